using Warta.Content;
using Warta.Storage;

namespace Warta.Publishing;

/// <summary>What an act did to one story, or to the picks, that readers see.</summary>
/// <param name="Number">Its newest event.</param>
/// <param name="TitleId">Null where it was about all titles.</param>
public sealed record Deed(long Number, string Verb, long? TitleId, long? ArticleId);

/// <summary>Where a story stood in a title before an act changed that.</summary>
public sealed record Stand
{
    public long TitleId { get; init; }
    public long ArticleId { get; init; }
    public long SectionId { get; init; }
    public string Slug { get; init; } = "";
    public long Day { get; init; }
    public DateTimeOffset FirstPublishedAt { get; init; }
    public string Headline { get; init; } = "";

    /// <summary>The lists that it stood in; none where it wasn't live.</summary>
    public IReadOnlyList<(string Kind, long Key)> Lists { get; init; } = [];

    public string Path(TitleDirectory titles) => titles.Title(TitleId).Permalink.Path(titles.Section(SectionId).Path, Day, Slug, ArticleId);
}

/// <summary>What is told of an act once it is committed.</summary>
/// <param name="Number">Its newest event.</param>
/// <param name="Touched">The keys that changed.</param>
/// <param name="Stands">Where the stories of its deeds stood before.</param>
/// <param name="At">The commit's moment, as <see cref="TimeProvider.GetTimestamp"/> has it.</param>
public sealed record Commit(long Number, IReadOnlyDictionary<Key, Change> Touched, IReadOnlyList<Deed> Deeds, IReadOnlyList<Stand> Stands, long At);
