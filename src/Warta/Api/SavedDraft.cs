using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Api;

/// <summary>The answer to a draft that was kept. Whether live stories say the same already is looked up after the commit, which it mustn't hold up.</summary>
internal sealed class SavedDraft(Site site, Title title, SavedDraft.Answer saved, int status) : IResult
{
    public sealed record Answer(long Id, string Uri, long Revision, long Version, IReadOnlyList<string> Ignored)
    {
        public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];
    }

    /// <param name="Url">Null where it isn't live in this title.</param>
    /// <param name="Similarity">How much of the shorter text stands in the longer one, 0 to 1.</param>
    public sealed record Duplicate(long Id, string Headline, string? Url, double Similarity, string Why);

    public Task ExecuteAsync(HttpContext context) =>
        Results.Json(saved with { Duplicates = Duplicates() }, statusCode: status).ExecuteAsync(context);

    private List<Duplicate> Duplicates() => site.Read(session =>
    {
        var draft = Articles.Newest(session, saved.Id).Draft;
        var copies = NearDuplicates.Of(session, site.Press.Related, new Probe(saved.Id, draft.Language, draft.Headline, BodyRenderer.PlainText(draft.Body), site.Press.Now, draft.SectionId, []));
        var stories = Story.Live(session, title.Id, copies.ConvertAll(copy => copy.ArticleId)).ToDictionary(story => story.ArticleId);
        var states = StoryState.Of(session, title.Id, copies.Select(copy => copy.ArticleId));
        var reasons = Reasons.In(title.Language);
        return copies.ConvertAll(copy => new Duplicate(copy.ArticleId, states[copy.ArticleId].Headline,
            stories.TryGetValue(copy.ArticleId, out var story) ? title.Url + title.PathOf(story) : null, copy.Similarity, reasons.Same(copy.Similarity)));
    });
}
