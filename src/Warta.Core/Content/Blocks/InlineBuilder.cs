using System.Text;

namespace Warta.Content;

/// <summary>The marks that hold where a mapper stands.</summary>
internal readonly record struct Marks(bool Bold, bool Italic, bool Superscript, string? Href);

/// <summary>Gathers one paragraph from the text nodes of HTML: blanks collapse across tags, none stays at either end.</summary>
internal sealed class InlineBuilder
{
    private readonly List<TextSpan> spans = [];
    private readonly StringBuilder run = new();
    private Marks runMarks;
    private bool spacePending;

    public bool IsEmpty => spans.Count == 0 && run.Length == 0;

    public void Add(string text, Marks marks)
    {
        foreach (var c in text)
        {
            if (CleanText.IsSpace(c))
            {
                spacePending = !IsEmpty;
                continue;
            }
            if (char.IsControl(c) || c == '\uFEFF')
                continue;
            if (spacePending)
            {
                // A space has the marks of both its sides: no underlined blank before or behind a link.
                Start(new Marks(
                    runMarks.Bold && marks.Bold, runMarks.Italic && marks.Italic, runMarks.Superscript && marks.Superscript, runMarks.Href == marks.Href ? marks.Href : null));
                run.Append(' ');
                spacePending = false;
            }
            Start(marks);
            run.Append(c);
        }
    }

    public void AddSpace() => spacePending = !IsEmpty;

    /// <summary>What was gathered; the builder is empty again.</summary>
    public InlineText Take()
    {
        EndRun();
        runMarks = default;
        var text = new InlineText(spans.Select(span => span with { Text = CleanText.Of(span.Text, keepEnds: true) }));
        spans.Clear();
        spacePending = false;
        return text;
    }

    private void Start(Marks marks)
    {
        if (marks == runMarks)
            return;
        EndRun();
        runMarks = marks;
    }

    private void EndRun()
    {
        if (run.Length > 0)
            spans.Add(new TextSpan(run.ToString(), runMarks.Bold, runMarks.Italic, runMarks.Superscript, runMarks.Href));
        run.Clear();
    }
}
