using Warta.Content;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>Corrections as a page prints them, in the words of its title.</summary>
public static class CorrectionViews
{
    public static IReadOnlyList<CorrectionView> Of(Site site, Title title, Session session, IReadOnlyList<Correction> corrections)
    {
        var linked = Corrections.Linked(session, title.Id, corrections);
        return corrections.Select(correction => new CorrectionView
        {
            Kind = correction.Kind,
            Label = Label(title.Words, correction.Kind),
            Anchor = correction.Anchor,
            By = correction.AskedBy.Length == 0 ? "" : $"{(correction.Kind == CorrectionKind.Reply ? title.Words.ReplyFrom : title.Words.AskedBy)} {correction.AskedBy}",
            Paragraphs = correction.Paragraphs,
            Link = LinkOf(title, correction, linked),
            At = site.Moment(session, title, correction.IssuedAt),
        }).ToList();
    }

    public static string Label(Words words, string kind) => kind switch
    {
        CorrectionKind.Erratum => words.Erratum,
        CorrectionKind.Correction => words.Correction,
        _ => words.Reply,
    };

    /// <summary>A story that isn't live is not linked to; neither are its words printed.</summary>
    private static Link? LinkOf(Title title, Correction correction, IReadOnlyDictionary<long, Story> linked) =>
        correction.LinkArticleId is { } id ? linked.TryGetValue(id, out var story) ? new Link(story.Headline, title.PathOf(story)) : null
        : correction.Link.Length > 0 ? new Link(correction.Link, correction.Link)
        : null;
}
