using Warta.Content;
using Warta.Discovery;
using Warta.Publishing;
using Warta.Reader;

namespace Warta.Composition;

/// <summary>A newsroom where anything happens that can happen, in an order that its seed decides.</summary>
internal sealed class RandomNewsroom(TestSite site, int seed)
{
    private static readonly string[] Sections = ["Nasional", "Bola", "Bola/Liga 1", "Ekonomi"];
    private static readonly string[] Tags = ["Banjir", "Panen"];
    private static readonly string[] Authors = ["Rina Sari", "Tono"];
    private static readonly string[] Words = ["beras", "pasar", "banjir", "jembatan", "panen", "nelayan", "harga", "sekolah", "desa", "sungai"];
    private static readonly (string Key, string[] Values)[] Settings =
    [
        ("name", ["Kabar", "Warta"]), ("latest.scope", ["section", "title", "language"]), ("picks.scope", ["title", "section", "language"]), ("popular.scope", ["title", "section"]),
        ("latest.count", ["0", "3", "10"]), ("picks.count", ["1", "5"]), ("related.count", ["0", "5"]), ("related.scope", ["title", "section"]), ("live.seconds", ["0", "10"]),
        ("menu", ["", "nasional, Berita Banjir=/tag/banjir"]), ("timezone", ["Asia/Jakarta", "Asia/Jayapura"]), ("permalink", ["", "/{section}/{slug}-{id}"]), ("tagline", ["", "Setiap pagi"]),
    ];

    private readonly Random _random = new(seed);
    private readonly List<long> _articles = [];
    private int _written, _themes;

    /// <summary>What happened, newest last.</summary>
    public List<string> Log { get; } = [];
    public IReadOnlyList<long> Articles => _articles;

    /// <summary>Something happens, or nothing where it can't.</summary>
    public void Happen()
    {
        (string Name, Action Run)[] events =
        [
            ("publish", () => Publish(Write())), ("publish", () => Publish(Write())), ("update", Update), ("update", Update), ("draft", () => Save(One(), Change)), ("reslug", Reslug),
            ("withdraw", () => Do(act => act.WithdrawStory(One()))), ("take down", () => Do(act => act.TakeDown(One(), "Keliru."))), ("undo", () => Do(act => act.UndoTakedown(One()))),
            ("purge", Purge), ("republish", () => Publish(One())), ("pick", Pick), ("pick", Pick), ("read", Read), ("read", Read), ("set", Set), ("section", MoveSection), ("correct", Correct),
            ("page", StandingPage), ("describe", Describe), ("schedule", Schedule), ("expire", Expire), ("theme", Theme), ("second title", InSecondTitle), ("wait", () => site.Clock.Now += TimeSpan.FromMinutes(_random.Next(1, 90))),
            ("a day", () => site.Clock.Now += TimeSpan.FromHours(_random.Next(5, 26))), ("promise", Promise), ("import", Import),
            ("repeat", Repeat), ("choose", Choose), ("repair", Repair), ("pick", Pick),
        ];
        var (name, run) = events[_random.Next(events.Length)];
        Log.Add(name);
        try
        {
            run();
        }
        catch (Exception e) when (e is ContentException or PublishingException or NoSuchArticleException)
        {
            // What can't be done is refused, and changes nothing.
            Log[^1] += " (refused)";
        }

        // The Timetable's.
        site.Press.ReleaseDue();
        site.Press.ExpireDue();
        site.MostRead.Flush(site.Clock.Now);
    }

    private void Do(Action<Act> work) => site.Press.Run("acak", work);

    private string Text() => string.Join(' ', Enumerable.Range(0, 12).Select(_ => Words[_random.Next(Words.Length)])) + ".";

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private long One() => _articles.Count == 0 ? throw new NoSuchArticleException("none") : Any(_articles);

    private Draft Change(Draft draft) => draft with
    {
        Headline = $"{Any(Words)} {Any(Words)} {++_written}",
        Standfirst = Text(),
        Kind = _random.Next(12) == 0 ? ArticleKind.Advertorial : ArticleKind.Story,
        Language = _random.Next(8) == 0 ? "en" : "id",
        Tags = _random.Next(2) == 0 ? [Any(Tags)] : [],
        Bylines = [new Byline(Any(Authors), Byline.Writer)],
        UsageTerms = _random.Next(4) == 0 ? "Bebas dikutip" : "",
        Body = new Body([new ParagraphBlock("p1", TextWithLink()), .. Link(), new ParagraphBlock("p2", Text()), .. _random.Next(5) == 0 ? [new PageBreakBlock("b"), new ParagraphBlock("p3", Text())] : Array.Empty<Block>()]),
    };

    /// <summary>An address of today or of once, of a story that is there, isn't any more, or never was.</summary>
    private InlineText TextWithLink()
    {
        if (_random.Next(2) == 0) return Text();
        var known = site.Press.Database.Read(session => session.Query<(string Slug, long Day)>("SELECT slug, day FROM slugs WHERE title_id = @Id ORDER BY article_id, slug LIMIT 20", new { site.Title.Id }));
        var (slug, day) = known.Count == 0 || _random.Next(6) == 0 ? ("alamat-" + _random.Next(9), 20260126) : Any(known);
        return new InlineText([new TextSpan(Text()), new TextSpan(Any(Words), Href: $"/nasional/{day / 10000:0000}/{day / 100 % 100:00}/{day % 100:00}/{slug}")]);
    }

    private Block[] Link() => _random.Next(3) switch
    {
        0 when _articles.Count > 0 => [new ReadAlsoBlock("r1", One())],
        1 => [new ReadAlsoBlock("r2", null, "Janji yang ditepati " + _random.Next(6))],
        _ => [],
    };

    private long Write(string? headline = null)
    {
        long id = 0;
        Do(act =>
        {
            var draft = Change(new Draft { Uri = $"urn:acak:{seed}:{++_written}", TitleId = site.Title.Id, SectionId = act.SectionNamed(site.Title.Id, Any(Sections)), Language = "id", Headline = "x", Body = Body.Empty });
            id = act.Save(null, headline is null ? draft : draft with { Headline = headline }).ArticleId;
        });
        _articles.Add(id);
        return id;
    }

    private void Publish(long id) => Do(act => act.Publish(id, site.Title.Id));

    private void Save(long id, Func<Draft, Draft> change) => Do(act => act.Save(id, change(Publishing.Articles.Newest(act.Sql, id).Draft)));

    private void Update()
    {
        var id = One();
        Save(id, Change);
        Do(act => act.Publish(id, site.Title.Id, null, _random.Next(3) == 0 ? Any(Sections).ToLowerInvariant().Replace(' ', '-') : null));
    }

    private void Reslug()
    {
        var id = One();
        Do(act => act.Publish(id, site.Title.Id, slug: "alamat-" + ++_written));
    }

    private void Purge()
    {
        if (_random.Next(2) == 0) Do(act => act.PurgeStory(One(), "Hukum."));
    }

    private void Pick()
    {
        var (ids, section) = (Enumerable.Range(0, _random.Next(1, 7)).Select(_ => One()).Distinct().ToList(), _random.Next(3) == 0 ? site.Press.Titles.Section(site.Title.Id, "bola")?.Id ?? 0 : 0);
        Do(act => act.ReplacePicks(site.Title.Id, section, ids.ConvertAll(id => new Picks.Pick(id,
            _random.Next(4) == 0 ? act.Now.AddMinutes(_random.Next(1, 60)) : null, _random.Next(4) == 0 ? act.Now.AddMinutes(_random.Next(61, 200)) : null))));
    }

    private void Read()
    {
        // Readers read what is live.
        var id = One();
        if (site.Count("SELECT count(*) FROM publications WHERE article_id = @id AND title_id = @title", new { id, title = site.Title.Id }) == 0) return;
        for (var n = _random.Next(1, 5); n > 0; n--) site.MostRead.Count(site.Title.Id, id, site.Clock.Now);
    }

    private void Set()
    {
        var (key, values) = Any(Settings);
        var value = Any(values);
        site.Set(key, key == "permalink" && value.Length == 0 ? Permalink.Default : value);
    }

    private void MoveSection() => Do(act =>
    {
        var sections = act.Titles.Sections(site.Title.Id).ToList();
        if (sections.Count == 0) return;
        var section = Any(sections);
        if (_random.Next(2) == 0) act.Sql.RenameSection(section, "Kanal " + ++_written, _random.Next(2) == 0 ? "kanal-" + _written : null, act.Now);
        else act.Sql.MoveSection(section, _random.Next(2) == 0 ? null : Any(sections), act.Now);
        act.TitlesChanged();
    });

    private void Correct()
    {
        var (id, other) = (One(), One());
        if (_random.Next(4) > 0) Do(act => act.Correct(id, "ralat", Text(), _random.Next(2) == 0 ? other.ToString() : null));
        else if (site.Count("SELECT coalesce(max(id), 0) FROM corrections") is var last and > 0) Do(act => act.WithdrawCorrection(last));
    }

    private void StandingPage() => Do(act =>
    {
        if (_random.Next(4) == 0) act.RemovePage(site.Title.Id, "redaksi");
        else act.PutPage(site.Title.Id, _random.Next(2) == 0 ? "redaksi" : "kontak", "Tentang kami", new Body([new ParagraphBlock("p1", Text())]));
    });

    private void Describe() => Do(act => act.Describe(People.Author(act.Sql, Slug.From(Any(Authors)))?.Id ?? throw new ContentException("Nobody"), Text(), null));

    private void Schedule()
    {
        var (id, at) = (Write(), site.Clock.Now.AddMinutes(_random.Next(5, 120)));
        if (_random.Next(2) == 0) Save(id, draft => draft with { EmbargoedUntil = at });
        Do(act => act.Schedule(id, site.Title.Id, at));
    }

    private void Expire()
    {
        var id = Write();
        Save(id, draft => draft with { ExpiresAt = site.Clock.Now.AddMinutes(_random.Next(5, 120)) });
        Publish(id);
    }

    private void Theme()
    {
        var folder = Path.Combine(site.Folder.ThemesFolder, "warta");
        Directory.CreateDirectory(Path.Combine(folder, "templates", "partials"));
        File.WriteAllText(Path.Combine(folder, "theme.json"), """{"name":"Acak","version":"1","basedOn":"warta"}""");
        var part = Path.Combine(folder, "templates", "partials", "live-item.hbs");
        File.WriteAllText(part, $"<li data-id=\"{{{{id}}}}\" data-rupa=\"{++_themes}\"><a href=\"{{{{url}}}}\">{{{{headline}}}}</a> {{{{published.short}}}}</li>\n");
        // A file system's clock may stand still for longer than it takes to write twice.
        File.SetLastWriteTimeUtc(part, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_themes));
        site.Themes.Refresh();
    }

    private void InSecondTitle()
    {
        var second = site.Press.Titles.Titles.FirstOrDefault(title => title.Slug == "kedua")?.Id ?? site.AddTitle("kedua", "kedua.example", ("url", "https://kedua.example"));
        Do(act => act.Publish(One(), second));
    }

    /// <summary>The story that others' read-alsos have waited for.</summary>
    private void Promise() => Publish(Write("Janji yang ditepati " + _random.Next(6)));

    /// <summary>What another story says, once more.</summary>
    private void Repeat()
    {
        var (of, text) = (One(), string.Join(' ', Enumerable.Range(0, 50).Select(i => Words[(i * i + i / 7) % Words.Length] + (char)('a' + i % 26))));
        foreach (var id in new[] { of, Write() })
        {
            Save(id, draft => draft with { Body = new Body([new ParagraphBlock("p1", _random.Next(2) == 0 ? text : text + " " + Text())]) });
            Publish(id);
        }
    }

    private void Choose()
    {
        var id = One();
        if (_random.Next(4) == 0) Do(act => act.ClearRelatedChoices(site.Title.Id, id, null));
        else Do(act => act.ChooseOne(site.Title.Id, id, One(), _random.Next(2) == 0, null));
    }

    private void Repair()
    {
        var links = site.Press.Database.Read(session => LinkInventory.Page(session, site.Press.Titles, site.Title.Id, LinkState.All, null, 20, 0));
        if (links.Count == 0) return;
        var link = Any(links);
        Do(act => act.Repair(site.Title.Id, link.Id, _random.Next(2) == 0 ? null : One()));
    }

    private void Import() => site.Press.Run("import", act =>
    {
        for (var n = 0; n < 3; n++)
        {
            var saved = act.Save(null, Change(new Draft { Uri = $"urn:impor:{seed}:{++_written}", TitleId = site.Title.Id, SectionId = act.SectionNamed(site.Title.Id, Any(Sections)), Language = "id", Headline = "x", Body = Body.Empty }));
            act.Publish(saved.ArticleId, site.Title.Id, new PublishRevision.Times(act.Now.AddHours(-n)));
            _articles.Add(saved.ArticleId);
        }
    }, batch: true);
}
