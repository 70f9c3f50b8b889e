using System.Text;
using HandlebarsDotNet;

namespace Warta.Themes;

/// <summary>Escapes what stands in HTML and in quoted attributes, and leaves every letter of every script as it is.</summary>
internal sealed class HtmlText : ITextEncoder
{
    public IFormatProvider? FormatProvider { get; }

    public void Encode(StringBuilder? text, TextWriter target)
    {
        if (text is null) return;
        foreach (var chunk in text.GetChunks())
        {
            foreach (var c in chunk.Span) Put(c, target);
        }
    }

    public void Encode(string? text, TextWriter target)
    {
        var rest = text.AsSpan();
        for (int next; (next = rest.IndexOfAny("<>&\"'")) >= 0; rest = rest[(next + 1)..])
        {
            target.Write(rest[..next]);
            Put(rest[next], target);
        }

        target.Write(rest);
    }

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        while (text?.MoveNext() == true) Put(text.Current, target);
    }

    private static void Put(char c, TextWriter target)
    {
        switch (c)
        {
            case '<': target.Write("&lt;"); break;
            case '>': target.Write("&gt;"); break;
            case '&': target.Write("&amp;"); break;
            case '"': target.Write("&quot;"); break;
            case '\'': target.Write("&#39;"); break;
            default: target.Write(c); break;
        }
    }
}
