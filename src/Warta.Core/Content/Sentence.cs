using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Warta.Content;

/// <summary>A sentence whose gaps are kept apart from its words: the compiler makes one of <c>$"…"</c>.</summary>
[InterpolatedStringHandler]
public sealed class Sentence(int literalLength, int formattedCount)
{
    private readonly StringBuilder _words = new(literalLength + formattedCount * 3);
    private readonly StringBuilder _text = new(literalLength + formattedCount * 8);
    private readonly List<Gap> _gaps = new(formattedCount);

    public readonly record struct Gap(object? Value, string? Format)
    {
        public string In(IFormatProvider culture) => Value is IFormattable formattable ? formattable.ToString(Format, culture) : Value?.ToString() ?? "";
    }

    /// <summary>The words, with {0}, {1} … for the gaps.</summary>
    public string Words => _words.ToString();

    public IReadOnlyList<Gap> Gaps => _gaps;

    public static Sentence Of(string text)
    {
        var sentence = new Sentence(text.Length, 0);
        sentence.AppendLiteral(text);
        return sentence;
    }

    public void AppendLiteral(string text)
    {
        _words.Append(text);
        _text.Append(text);
    }

    public void AppendFormatted<T>(T value, string? format = null)
    {
        _words.Append(CultureInfo.InvariantCulture, $"{{{_gaps.Count}}}");
        _gaps.Add(new Gap(value, format));
        _text.Append(_gaps[^1].In(CultureInfo.InvariantCulture));
    }

    public override string ToString() => _text.ToString();
}
