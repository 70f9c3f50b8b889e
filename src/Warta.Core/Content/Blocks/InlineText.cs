namespace Warta.Content;

/// <summary>A run of text with the same marks.</summary>
public readonly record struct TextSpan(string Text, bool Bold = false, bool Italic = false, bool Superscript = false, string? Href = null)
{
    public bool IsPlain => !Bold && !Italic && !Superscript && Href is null;

    internal bool HasMarksOf(in TextSpan other) =>
        Bold == other.Bold && Italic == other.Italic && Superscript == other.Superscript && Href == other.Href;
}

/// <summary>Text with marks. No span is empty and neighbours differ in their marks, so equal texts have equal spans.</summary>
public sealed class InlineText : IEquatable<InlineText>
{
    private readonly TextSpan[] spans;

    public InlineText(string text) => spans = text.Length == 0 ? [] : [new TextSpan(text)];

    public InlineText(IEnumerable<TextSpan> spans)
    {
        var merged = new List<TextSpan>();
        foreach (var span in spans)
        {
            if (span.Text.Length == 0)
                continue;
            if (merged.Count > 0 && merged[^1].HasMarksOf(span))
                merged[^1] = merged[^1] with { Text = merged[^1].Text + span.Text };
            else
                merged.Add(span);
        }
        this.spans = [.. merged];
    }

    public static InlineText Empty { get; } = new("");

    public IReadOnlyList<TextSpan> Spans => spans;

    public bool IsEmpty => spans.Length == 0;

    public bool IsPlain => spans.Length == 0 || (spans.Length == 1 && spans[0].IsPlain);

    /// <summary>The text without its marks.</summary>
    public override string ToString() => spans.Length switch
    {
        0 => "",
        1 => spans[0].Text,
        _ => string.Concat(spans.Select(span => span.Text)),
    };

    /// <summary>The text without its first characters.</summary>
    public InlineText Skip(int characters)
    {
        var rest = new List<TextSpan>();
        foreach (var span in spans)
        {
            if (characters < span.Text.Length)
                rest.Add(span with { Text = span.Text[characters..] });
            characters = Math.Max(0, characters - span.Text.Length);
        }
        return new InlineText(rest);
    }

    public bool Equals(InlineText? other) => other is not null && spans.AsSpan().SequenceEqual(other.spans);

    public override bool Equals(object? obj) => Equals(obj as InlineText);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static implicit operator InlineText(string text) => new(text);
}
