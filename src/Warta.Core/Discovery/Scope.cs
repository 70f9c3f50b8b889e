using Warta.Content;

namespace Warta.Discovery;

/// <summary>Which of a title's stories a list may take: all, those of a channel (a top section with what is in it), or those of a language.</summary>
/// <param name="Channel">The path of the top section; null for any.</param>
/// <param name="Language">The primary language subtag; null for any.</param>
public sealed record Scope(string? Channel, string? Language)
{
    public static readonly Scope Title = new(null, null);

    public bool Holds(Story story) =>
        (Channel is null || story.SectionPath == Channel || story.SectionPath.StartsWith(Channel + "/", StringComparison.Ordinal))
        && (Language is null || Languages.Primary(story.Language) == Language);
}
