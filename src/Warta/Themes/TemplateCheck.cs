using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Warta.Themes;

/// <summary>
/// Reads a template before the engine does: every name must exist in the view that the template is given, every block be closed, every partial be
/// there. The engine's own messages name no line, and it prints nothing for a name that doesn't exist.
/// </summary>
internal sealed partial class TemplateCheck(IReadOnlyDictionary<string, string> partials)
{


    private readonly HashSet<(string Partial, Type View)> _checked = [];

    private readonly record struct Tag(string Text, bool Raw, int Line, int Column);

    private sealed record Open(string Kind, Tag Tag);

    /// <param name="view">What the template is given.</param>
    /// <exception cref="ThemeException">Something is wrong; the message says where.</exception>
    public void Check(string file, string text, Type view) => Check(file, text, new Stack<Type>([view]));

    private void Check(string file, string text, Stack<Type> scopes)
    {
        var open = new Stack<Open>();
        foreach (var tag in Tags(file, text))
        {
            var words = tag.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "#if" or "#unless" when words.Length == 2:
                    TypeOf(file, tag, words[1], scopes);
                    open.Push(new Open(words[0][1..], tag));
                    break;
                case "#each" when words.Length == 2:
                    scopes.Push(ItemOf(file, tag, words[1], TypeOf(file, tag, words[1], scopes)));
                    open.Push(new Open("each", tag));
                    break;
                case "else" when words.Length == 1:
                    if (open.Count == 0) throw At(file, tag, "{{else}} stands outside any block");
                    break;
                case ['/', .. var closed]:
                    if (!open.TryPop(out var opened)) throw At(file, tag, $"{{{{/{closed}}}}} closes nothing");
                    if (opened.Kind != closed) throw At(file, tag, $"{{{{/{closed}}}}} stands where {{{{/{opened.Kind}}}}} should: the block {{{{{opened.Tag.Text}}}}} opened on line {opened.Tag.Line}");
                    if (closed == "each") scopes.Pop();
                    break;
                case ">" when words.Length == 2:
                    // The engine would print all of it unescaped.
                    if (tag.Raw) throw At(file, tag, $"a partial takes two braces: write {{{{{tag.Text}}}}}");
                    CheckPartial(file, tag, words[1], scopes);
                    break;
                case "live" when words.Length == 2:
                    if (!tag.Raw) throw At(file, tag, $"a live block is HTML: write {{{{{{{tag.Text}}}}}}}");
                    if (!Theme.LiveBlocks.Contains(words[1].Trim('"', '\''))) throw At(file, tag, $"there is no live block {words[1]}; there are {string.Join(", ", Theme.LiveBlocks)}");
                    break;
                case "ad" when words.Length == 2:
                    if (!tag.Raw) throw At(file, tag, $"an ad slot is HTML: write {{{{{{{tag.Text}}}}}}}");
                    if (!Theme.AdSlots.Contains(words[1].Trim('"', '\''))) throw At(file, tag, $"there is no ad slot {words[1]}; there are {string.Join(", ", Theme.AdSlots)}");
                    break;
                case ['#' or '>' or '&' or '^', ..]:
                    throw At(file, tag, $"{{{{{tag.Text}}}}} is not understood; themes use {{{{#if x}}}}, {{{{#unless x}}}}, {{{{#each x}}}}, {{{{> partial}}}}, {{{{{{live \"popular\"}}}}}} and {{{{{{ad \"top\"}}}}}}");
                default:
                    if (words.Length > 1) throw At(file, tag, $"there is no helper \"{words[0]}\"; there are live and ad");
                    TypeOf(file, tag, words[0], scopes);
                    if (tag.Raw && !words[0].EndsWith("Html", StringComparison.Ordinal)) throw At(file, tag, $"{words[0]} is text and must be escaped: write {{{{{words[0]}}}}}. Only names that end in Html are HTML");
                    break;
            }
        }

        if (open.TryPop(out var left)) throw At(file, left.Tag, $"{{{{{left.Tag.Text}}}}} is never closed; add {{{{/{left.Kind}}}}}");
    }

    private void CheckPartial(string file, Tag tag, string name, Stack<Type> scopes)
    {
        if (!partials.TryGetValue(name, out var text)) throw At(file, tag, $"there is no partial \"{name}\"; there are {string.Join(", ", partials.Keys.Order())}");
        if (!_checked.Add((name, scopes.Peek()))) return;
        Check($"partials/{name}.hbs", text, scopes);
    }

    private static Type TypeOf(string file, Tag tag, string path, Stack<Type> scopes)
    {
        if (path is "@index" or "@first" or "@last" or "@key") return typeof(object);
        var levels = scopes.ToArray();
        var depth = 0;
        while (path.StartsWith("../", StringComparison.Ordinal))
        {
            path = path[3..];
            if (++depth >= levels.Length) throw At(file, tag, "../ leads out of the view");
        }

        var type = levels[depth];
        if (path is "this" or ".") return type;
        foreach (var name in path.Split('.'))
        {
            var property = Properties(type).FirstOrDefault(p => p.Name == name);
            if (property.Type is null) throw At(file, tag, $"there is no \"{name}\" here; there are {string.Join(", ", Properties(type).Select(p => p.Name).Order())}");
            type = property.Type;
        }

        return type;
    }

    private static Type ItemOf(string file, Tag tag, string path, Type list) =>
        list.IsGenericType && typeof(IEnumerable).IsAssignableFrom(list) ? list.GetGenericArguments()[0] : throw At(file, tag, $"\"{path}\" is no list: {{{{#each}}}} needs one");

    /// <summary>The names that a view offers, as templates write them.</summary>
    public static IEnumerable<(string Name, Type Type)> Properties(Type view) => view.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract" && view != typeof(string))
        .Select(p => (char.ToLowerInvariant(p.Name[0]) + p.Name[1..], Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType));

    private static IEnumerable<Tag> Tags(string file, string text)
    {
        var line = 1;
        var lineStart = 0;
        for (var at = 0; (at = NextTag(text, at, ref line, ref lineStart)) >= 0;)
        {
            var tag = new Tag("", false, line, at - lineStart + 1);
            var comment = text.AsSpan(at).StartsWith("{{!--");
            var raw = text.AsSpan(at).StartsWith("{{{");
            var close = comment ? "--}}" : raw ? "}}}" : "}}";
            var start = at + (raw ? 3 : 2);
            var end = text.IndexOf(close, start, StringComparison.Ordinal);
            if (end < 0) throw At(file, tag, $"a tag opens here and is never closed with {close}");
            var inner = text[start..end].Trim().Trim('~').Trim();
            at = end + close.Length;
            if (comment || inner.StartsWith('!')) continue;
            if (inner.Length == 0) throw At(file, tag, "an empty tag {{}}");
            yield return tag with { Text = Spaces().Replace(inner, " "), Raw = raw };
        }
    }

    private static int NextTag(string text, int from, ref int line, ref int lineStart)
    {
        var at = text.IndexOf("{{", from, StringComparison.Ordinal);
        // Lines are counted from the start of the last counted one, so each character is looked at once or twice.
        for (var i = text.IndexOf('\n', lineStart); i >= 0 && at >= 0 && i < at; i = text.IndexOf('\n', lineStart)) (line, lineStart) = (line + 1, i + 1);
        return at;
    }

    private static ThemeException At(string file, Tag tag, string what) => new(new StringBuilder(file).Append($":{tag.Line}:{tag.Column}: ").Append(what).Append('.').ToString());

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
