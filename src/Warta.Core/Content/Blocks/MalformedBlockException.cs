namespace Warta.Content;

/// <summary>A body that we can't read. The message names the place in the tree and what was expected there.</summary>
public sealed class MalformedBlockException : ContentException
{
    private readonly Sentence _problem;

    internal MalformedBlockException(string path, Sentence problem, Exception? inner = null) : base(problem, inner) => (Path, _problem) = (path, problem);

    /// <summary>The place, as in <c>blocks[3].items[1].href</c>; empty when it is the whole.</summary>
    public string Path { get; }

    public override string Message => Path.Length == 0 ? _problem.ToString() : $"{Path}: {_problem}";
}
