using Warta.Content;

namespace Warta.Composition;

/// <summary>A story in a sentence or two, for who doesn't see the story: search engines, share cards, feeds.</summary>
public static class Summary
{
    private const int Longest = 200;

    /// <summary>Its standfirst, or how it begins.</summary>
    public static string Of(Story story, Body body) => Cut(story.Standfirst.Length > 0 ? story.Standfirst : BodyRenderer.PlainText(body).Split('\n')[0]);

    /// <summary>The text up to the last whole word that fits.</summary>
    public static string Cut(string text, int longest = Longest)
    {
        if (text.Length <= longest) return text;
        var end = text.LastIndexOf(' ', longest - 1);
        if (end <= 0) end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }
}
