using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>What an editor looks at before a story goes out. It warns and never forbids: what can't be is refused by the verb itself.</summary>
internal static class Checklist
{
    private const int LongHeadline = 110;
    private static readonly TimeSpan SoonEnding = TimeSpan.FromDays(7);

    public static List<string> Of(Visit visit, Session session, StoryInHand story, Writing writing)
    {
        var said = new List<string>();
        var headline = writing[Writing.Headline];
        var text = BodyRenderer.PlainText(writing.Body);
        if (headline.Length == 0) said.Add(visit.T("Belum ada judul.", "There is no headline yet."));
        else if (headline.Length > LongHeadline) said.Add(visit.T($"Judulnya {headline.Length} huruf; mesin pencari memotong setelah kira-kira {LongHeadline}.", $"The headline has {headline.Length} characters; search engines cut it after some {LongHeadline}."));
        if (text.Length == 0) said.Add(visit.T("Belum ada isi.", "There is no text yet."));
        if (writing[Writing.Standfirst].Length == 0) said.Add(visit.T("Tanpa teras: daftar dan mesin pencari memakai awal berita.", "No standfirst: lists and search engines take the beginning of the text."));
        if (writing[Writing.Bylines].Length == 0 && !story.IsAdvertorial) said.Add(visit.T("Tanpa nama penulis.", "No byline."));
        if (writing[Writing.Unverified].Length > 0) said.Add(visit.T("Bertanda masih diverifikasi: pembaca akan melihatnya.", "Marked as still being verified: readers will see that."));
        Pictures(visit, session, writing, said);
        Links(visit, session, story, writing, said);
        Copies(visit, session, story, writing, text, said);
        return said;
    }

    private static void Pictures(Visit visit, Session session, Writing writing, List<string> said)
    {
        var lead = Picture.Read(writing[Writing.Lead]);
        var figures = Figures(writing.Body.Blocks).ToList();
        if (lead is null) said.Add(visit.T("Tanpa gambar utama: kartu saat dibagikan memakai gambar terbitan.", "No lead picture: share cards take the title's own."));
        var blind = figures.Count(figure => figure.Alt.Length == 0) + (lead is { Alt: "" } ? 1 : 0);
        if (blind > 0) said.Add(visit.T($"{blind} gambar tanpa teks alternatif: pembaca tunanetra tidak tahu isinya.", $"{blind} pictures without alternative text: blind readers don't know what they show."));
        var ids = figures.Select(figure => figure.Media).OfType<long>().Append(lead?.Media ?? 0).Where(id => id > 0).ToList();
        if (ids.Count == 0) return;
        foreach (var ends in session.Query<DateTimeOffset>("SELECT m.expires_at FROM [[ids:ids]] i CROSS JOIN media m WHERE m.id = i.id AND m.expires_at IS NOT NULL ORDER BY m.expires_at", new { ids = session.Ids(ids) }))
        {
            if (ends > visit.Press.Now + SoonEnding) break;
            said.Add(visit.T("Izin sebuah gambar berakhir ", "The licence of a picture ends ") + Clock.InWords(ends, visit.Site.Titles.Title(visit.Title.Id).Zone, visit.Language) + ".");
        }
    }

    private static IEnumerable<FigureBlock> Figures(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        FigureBlock figure => [figure],
        GalleryBlock gallery => gallery.Figures,
        _ => Array.Empty<FigureBlock>(),
    });

    private static void Links(Visit visit, Session session, StoryInHand story, Writing writing, List<string> said)
    {
        var links = writing.Body.Blocks.OfType<ReadAlsoBlock>().ToList();
        var known = links.Select(link => link.Article).OfType<long>().ToList();
        var live = known.Count == 0 ? [] : Story.Live(session, story.TitleId, known).Select(one => one.ArticleId).ToHashSet();
        var dead = known.Count(id => !live.Contains(id));
        if (dead > 0) said.Add(visit.T($"{dead} Baca Juga menuju naskah yang tidak tayang; pembaca tidak melihatnya.", $"{dead} read-alsos lead to a story that isn't live; readers don't see them."));
        var wanted = links.Count(link => link.Article is null);
        if (wanted > 0) said.Add(visit.T($"{wanted} Baca Juga belum menemukan naskahnya.", $"{wanted} read-alsos have no story yet."));
    }

    private static void Copies(Visit visit, Session session, StoryInHand story, Writing writing, string text, List<string> said)
    {
        if (story.IsLive) return;
        var probe = new Probe(story.Id, writing[Writing.Language], writing[Writing.Headline], text, visit.Press.Now, story.SectionId, []);
        foreach (var copy in Story.Live(session, story.TitleId, NearDuplicates.Of(session, visit.Press.Related, probe).Take(2).Select(copy => copy.ArticleId).ToList()))
            said.Add(visit.T($"Hampir sama dengan yang sudah tayang: “{copy.Headline}”.", $"Nearly the same is live already: “{copy.Headline}”."));
    }
}
