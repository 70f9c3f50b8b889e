// A house with faults in it, for LayersTests. Its order: Storage ← Content ← {Search, Media} ← Publishing.

namespace Planted.Storage
{
    public sealed class Table;

    public sealed class Box<T>
    {
        public T? Content { get; set; }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class TiedToSearchAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;
    }
}

namespace Planted.Content
{
    public sealed class Honest
    {
        public static Storage.Box<Storage.Table> Read() => new() { Content = new Storage.Table() };
    }

    public sealed class FaultInSignature
    {
        public Storage.Box<Publishing.Verb[]>? Verbs { get; set; }
    }

    public sealed class FaultInBody
    {
        public static string Name() => new List<object> { Publishing.Verb.Make() }.Count.ToString();
    }

    public sealed class FaultInLambda
    {
        public static IEnumerable<int> Lengths(IEnumerable<string> texts)
        {
            foreach (var text in texts)
                yield return new[] { text }.Sum(each => each.Length + Publishing.Verb.Make().GetHashCode());
        }
    }

    [Storage.TiedToSearch(typeof(Search.Index))]
    public sealed class FaultInAttribute;
}

namespace Planted.Search
{
    public sealed class Index;
}

namespace Planted.Media
{
    public sealed class FaultBetweenSiblings
    {
        public static bool IsIndex(object thing) => thing is Search.Index;
    }
}

namespace Planted.Publishing
{
    public sealed class Verb
    {
        public static Verb Make() => new();

        public Content.Honest? Object { get; set; }
    }

    public sealed class FaultTowardsTheRoot
    {
        public static Type Wiring => typeof(Wiring);
    }
}

namespace Planted.Attic
{
    public sealed class Homeless;
}

namespace Planted
{
    public sealed class Wiring
    {
        public Publishing.Verb? Verb { get; set; }

        public Media.FaultBetweenSiblings? Media { get; set; }
    }
}
