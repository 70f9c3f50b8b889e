using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;

namespace Warta.Demo;

/// <summary>
/// A strip at the foot of each page of the demonstration, and there only: a visitor publishes a story, changes the picks or takes a story down, and sees
/// what becomes of the page that is open. Plain forms, no script.
/// </summary>
public sealed class DemoStrip
{
    private const string Actor = "demo";
    private const int Remembered = 3, PicksChosen = 6, PickPool = 30;
    private const string Style = "/_/demo/strip.css";

    private static readonly List<Bulletin> Bulletins = ReadBulletins();
    private readonly Site _site;
    private readonly Lock _gate = new();
    private readonly LinkedList<Done> _done = [];
    private int _published;

    private sealed record Bulletin(string Section, string Place, string By, string Headline, string Standfirst, IReadOnlyList<string> Text);

    /// <param name="Undo">The story whose takedown can be undone; 0 for what can't.</param>
    private sealed record Done(long TitleId, DateTimeOffset At, string What, string Headline, string Url, double Milliseconds, long Undo);

    public DemoStrip(Site site)
    {
        _site = site;
        site.Strip = Html;
    }

    public static void Map(WebApplication app, Site site)
    {
        var strip = new DemoStrip(site);
        app.MapGet(Style, () => Results.Stream(Resource("strip.css"), "text/css; charset=utf-8")).ExcludeFromDescription();
        app.MapPost("/_/demo/{act}", strip.Take).ExcludeFromDescription();
    }

    private IResult Take(HttpContext context, string act)
    {
        // A form of another site must not change this one, not even a demonstration.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var title = _site.TitleOf(context);
        try
        {
            switch (act)
            {
                case "tayangkan": Publish(title); break;
                case "pilihan": ChangePicks(title); break;
                case "cabut": TakeDown(title); break;
                case "pulihkan": Restore(title); break;
                default: return Results.NotFound();
            }
        }
        catch (Exception e) when (e is ContentException or PublishingException or NoSuchArticleException)
        {
            Remember(new Done(title.Id, _site.Press.Now, e.Message, "", "", 0, 0));
        }

        // 303: the page that the visitor was on, asked for anew. Only its path is taken, so it leads nowhere else.
        var from = Uri.TryCreate(context.Request.Headers.Referer.ToString(), UriKind.Absolute, out var referrer) ? referrer.PathAndQuery : "/";
        context.Response.Headers.Location = from.StartsWith("//", StringComparison.Ordinal) ? "/" : from;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private void Publish(Title title)
    {
        var bulletin = Bulletins[(Interlocked.Increment(ref _published) - 1) % Bulletins.Count];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var receipt = _site.Press.Run(Actor, act =>
        {
            var saved = act.Save(null, new Draft
            {
                Uri = $"https://warta.example/demo/kilas/{Guid.CreateVersion7(act.Now):n}",
                TitleId = title.Id,
                SectionId = act.SectionNamed(title.Id, bulletin.Section),
                Language = "id",
                Kicker = "Kilas",
                Headline = bulletin.Headline,
                Standfirst = bulletin.Standfirst,
                Dateline = new Dateline(bulletin.Place, ""),
                Bylines = [new Byline(bulletin.By, Byline.Writer)],
                Tags = ["Kilas"],
                Body = new Body(bulletin.Text.Select((text, n) => (Block)new ParagraphBlock($"p{n + 1}", text)).ToList()),
            });
            return act.Publish(saved.ArticleId, title.Id);
        });
        Remember(new Done(title.Id, receipt.PublishedAt, "Tayang", bulletin.Headline, receipt.Path, clock.Elapsed.TotalMilliseconds, 0));
    }

    private void ChangePicks(Title title)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _site.Press.Run(Actor, act =>
        {
            var current = Picks.Stories(act.Sql, title.Id, 0, act.Now).Select(s => s.ArticleId).ToHashSet();
            var fresh = Latest.Stories(act.Sql, title.Id, 0, null, PickPool).Select(s => s.ArticleId).Where(id => !current.Contains(id)).ToArray();
            Random.Shared.Shuffle(fresh);
            act.ReplacePicks(title.Id, 0, fresh.Take(PicksChosen).Select(id => new Picks.Pick(id)).ToList());
        });
        Remember(new Done(title.Id, _site.Press.Now, "Pilihan diganti", "", "", clock.Elapsed.TotalMilliseconds, 0));
    }

    /// <summary>The newest story goes, so that it is seen to leave Terkini.</summary>
    private void TakeDown(Title title)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var newest = _site.Read(session => Latest.Stories(session, title.Id, 0, null, 1)).FirstOrDefault() ?? throw new ContentException("Tidak ada lagi berita yang dapat dicabut.");
        _site.Press.Run(Actor, act => act.TakeDown(newest.ArticleId, "Dicabut oleh pengunjung peragaan."));
        Remember(new Done(title.Id, _site.Press.Now, "Dicabut", newest.Headline, title.PathOf(newest), clock.Elapsed.TotalMilliseconds, newest.ArticleId));
    }

    private void Restore(Title title)
    {
        Done? last;
        lock (_gate) last = _done.FirstOrDefault(d => d.TitleId == title.Id && d.Undo > 0);
        if (last is null) throw new ContentException("Tidak ada pencabutan yang dapat dibatalkan.");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _site.Press.Run(Actor, act => act.UndoTakedown(last.Undo));
        lock (_gate) _done.Remove(last);
        Remember(new Done(title.Id, _site.Press.Now, "Dipulihkan", last.Headline, last.Url, clock.Elapsed.TotalMilliseconds, 0));
    }

    private void Remember(Done done)
    {
        lock (_gate)
        {
            _done.AddFirst(done);
            while (_done.Count > Remembered) _done.RemoveLast();
        }
    }

    private string Html(Title title)
    {
        List<Done> done;
        lock (_gate) done = _done.Where(d => d.TitleId == title.Id).ToList();
        var html = new StringBuilder("<link rel=\"stylesheet\" href=\"" + Style + "\">\n<aside class=\"demo\" aria-label=\"Peragaan Warta\" lang=\"id\" dir=\"ltr\">\n<p><b>Peragaan.</b> Ubah koran ini dan lihat halaman yang sedang terbuka ikut berubah, atau masuk ke <a href=\"/newsroom/sign-in\">ruang redaksi</a>.</p>\n");
        html.Append("<form method=\"post\">\n");
        Button("tayangkan", "Tayangkan", "Terbitkan satu berita sekarang");
        Button("pilihan", "Ganti Pilihan", "Susun ulang daftar Pilihan");
        Button("cabut", "Cabut Berita", "Cabut berita terbaru: alamatnya menjawab 410");
        if (done.Any(d => d.Undo > 0)) Button("pulihkan", "Batalkan cabut", "Pulihkan berita yang terakhir dicabut");
        html.Append("</form>\n");
        if (done.Count > 0)
        {
            html.Append("<ul role=\"status\">\n");
            foreach (var one in done)
            {
                html.Append("<li><time>").Append(Clock.TimeInWords(one.At, title.Zone)).Append("</time> ").Append(WebUtility.HtmlEncode(one.What));
                if (one.Headline.Length > 0) html.Append(": <a href=\"").Append(WebUtility.HtmlEncode(one.Url)).Append("\">").Append(WebUtility.HtmlEncode(one.Headline)).Append("</a>");
                if (one.Milliseconds > 0) html.Append(" <span>dalam ").Append(Math.Max(1, (int)one.Milliseconds)).Append(" ms</span>");
                html.Append("</li>\n");
            }

            html.Append("</ul>\n");
        }

        return html.Append("</aside>\n").ToString();

        void Button(string act, string name, string help) =>
            html.Append($"<button formaction=\"/_/demo/{act}\" title=\"{help}\">{name}</button>\n");
    }

    private static List<Bulletin> ReadBulletins()
    {
        using var stream = Resource("bulletins.json");
        return JsonNode.Parse(stream)!.AsArray().Select(b => new Bulletin(
            (string)b!["section"]!, (string)b["place"]!, (string)b["by"]!, (string)b["headline"]!, (string)b["standfirst"]!, b["text"]!.AsArray().Select(t => (string)t!).ToList())).ToList();
    }

    private static Stream Resource(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
