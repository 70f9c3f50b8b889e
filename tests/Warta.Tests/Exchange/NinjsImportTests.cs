using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Exchange;
using Warta.Exchange.Ninjs;
using Warta.Publishing;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Exchange;

public sealed class NinjsImportTests
{
    private const string Uri = "https://example.com/1";

    [OnBothEngines]
    public void An_item_becomes_a_live_story(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var report = Import(newsroom, Item(new
        {
            uri = Uri,
            type = "text",
            language = "id-ID",
            pubStatus = "usable",
            versionCreated = "2024-11-30T08:00:00+07:00",
            firstCreated = "2024-11-29T08:00:00+07:00",
            by = "Siti Aminah dan Budi - harianDesk",
            headlines = new[] { new { role = "short", value = "Pendek" }, new { role = "main", value = "Harga  Beras\nNaik" } },
            descriptions = new[] { new { role = "summary", value = "Naik lagi." }, new { role = "other", value = "x" } },
            bodies = new[] { new { contentType = "text/plain", value = "JAKARTA, KORAN.com - Pedagang mengeluh.\nPembeli juga." } },
            subjects = new[] { new { rel = "section", name = "Ekonomi/Pasar" }, new { rel = "keyword", name = "Beras" }, new { rel = "keyword", name = "beras" } },
            located = new { name = "Bandung" },
            usageTerms = "Untuk pembaca",
            copyrightHolder = "Harian",
            renditions = Array.Empty<object>(),
            charcount = 3,
        }));
        Assert.Equal((1, 0, 0, 0), Counts(report));
        Assert.Equal((1, 1), (report.Dropped["renditions"], report.Dropped["charcount"]));

        var live = Live(newsroom, Uri)!;
        Assert.Equal(("Harga Beras Naik", "Naik lagi.", "id-ID", "ekonomi/pasar", "harga-beras-naik", 20241129L), (live.Headline, live.Standfirst, live.Language, live.SectionPath, live.Slug, live.Day));
        Assert.Equal((new DateTimeOffset(2024, 11, 29, 1, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 11, 30, 1, 0, 0, TimeSpan.Zero)), (live.FirstPublishedAt, live.UpdatedAt));
        Assert.Equal(("Untuk pembaca", "Harian"), (live.UsageTerms, live.CopyrightHolder));
        Assert.Equal("JAKARTA, KORAN.com", Datelines.Read(live.Dateline)!.ToString());
        Assert.Equal("Pedagang mengeluh.\n\nPembeli juga.", Text(live));
        Assert.Equal(["beras"], newsroom.Database.Read(session => People.Tags(session, live.TagIds)).Select(t => t.Slug));
        Assert.Equal(["Budi", "Siti Aminah"], newsroom.Database.Read(session => People.Authors(session, live.BylineRefs.Select(b => b.Author))).Values.Select(a => a.Name).Order());
        Assert.Equal([live.ArticleId], newsroom.Search("pedagang"));
    }

    [OnBothEngines]
    public void An_item_of_a_paid_genre_becomes_an_advertorial(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        object[] paid = [new { uri = "http://cv.iptc.org/newscodes/genre/Advertiser_Supplied", name = "Advertiser Supplied" }, new { scheme = "http://cv.iptc.org/newscodes/genre/", code = "Sponsored" }, new { code = "genre:Advertiser_Supplied" }, new { name = "Advertorial" }];
        object[] free = [new { uri = "http://cv.iptc.org/newscodes/genre/Supported" }, new { name = "Analysis" }, new { name = 7 }, new { }];
        var items = paid.Concat(free).SelectMany((genre, i) => new[] { Of($"genres:{i}", new { genres = new[] { genre } }), Of($"genre:{i}", new { genre = new[] { genre } }) }).ToArray();
        Import(newsroom, items);
        for (var i = 0; i < paid.Length + free.Length; i++)
        {
            foreach (var property in (string[])["genres", "genre"]) Assert.Equal((property, i, i < paid.Length), (property, i, Live(newsroom, $"{property}:{i}")!.IsAdvertorial));
        }

        static string Of(string uri, object genre)
        {
            var item = System.Text.Json.Nodes.JsonNode.Parse(Item(new { uri, headline = "Judul " + uri, bodies = new[] { new { contentType = "text/plain", value = "Isi." } } }))!.AsObject();
            foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(JsonSerializer.Serialize(genre))!.AsObject()) item[name] = value!.DeepClone();
            return item.ToJsonString();
        }
    }

    [OnBothEngines]
    public void Importing_again_changes_nothing_and_a_newer_version_updates(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var items = Enumerable.Range(0, 600).Select(i => Simple($"test:{i}", $"Berita {i}", "Isi.")).ToArray();
        Assert.Equal((600, 0, 0, 0), Counts(Import(newsroom, items)));
        var events = newsroom.Value<long>("SELECT count(*) FROM events");
        Assert.Equal((0, 0, 600, 0), Counts(Import(newsroom, items)));
        Assert.Equal(events, newsroom.Value<long>("SELECT count(*) FROM events"));

        items[5] = Item(new { uri = "test:5", headline = "Berita 5 baru", body_text = "Isi baru.", versionCreated = "2024-12-02T01:00:00Z" });
        Assert.Equal((0, 1, 599, 0), Counts(Import(newsroom, items)));
        Assert.Equal(600, newsroom.Value<long>("SELECT count(*) FROM publications"));
        Assert.Equal("Berita 5 baru", Live(newsroom, "test:5")!.Headline);
        Assert.Equal(2, newsroom.Value<long>("SELECT count(*) FROM revisions r JOIN articles a ON a.id = r.article_id WHERE a.uri = 'test:5'"));

        var older = Import(newsroom, Item(new { uri = "test:5", headline = "Berita 5 lama", body_text = "Isi.", versionCreated = "2024-11-01T00:00:00Z" }));
        Assert.Equal((0, 0, 0, 1), Counts(older));
        Assert.Contains("older than the version that is here", older.Refusals[0].Reason, StringComparison.Ordinal);
        Assert.Equal("Berita 5 baru", Live(newsroom, "test:5")!.Headline);
    }

    [OnBothEngines]
    public void A_uri_twice_in_one_file_is_an_update(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var report = Import(newsroom, Simple(Uri, "Satu", "Isi."), Simple(Uri, "Dua", "Isi."), Simple(Uri, "Dua", "Isi."));
        Assert.Equal((1, 1, 1, 0), Counts(report));
        Assert.Equal("Dua", Live(newsroom, Uri)!.Headline);
    }

    [OnBothEngines]
    public void Items_that_can_not_be_stories_are_refused_by_line_and_reason(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var report = Import(newsroom,
            Simple("test:a", "A", "Isi."),
            Item(new { headline = "Tanpa uri", body_text = "x" }),
            Item(new { uri = "test:b", body_text = "x" }),
            "{\"uri\": \"test:c\", \"headline\": ",
            "[]",
            Item(new { uri = "test:d", headline = "Tanpa isi" }),
            Item(new { uri = "test:e", headline = "Gambar", type = "picture" }),
            Item(new { uri = "test:f", headline = new string('x', 501), body_text = "x" }),
            Item(new { uri = "test:g", headline = "Status", body_text = "x", pubStatus = "maybe" }),
            "{\"uri\": \"test:\\ud800\", \"headline\": \"x\", \"body_text\": \"x\"}",
            "{\"uri\": \"test:h\", \"headline\": \"x\", \"body_text\": \"x\", \"\\ud800\": 1}",
            new string('[', 100_000),
            "null",
            Item(new { uri = "https://example.com/" + string.Concat(Enumerable.Range(0, 1_900).Select(i => (char)(0x4E00 + i * 7919 % 20_000))), headline = "Panjang", body_text = "x" }),
            Item(new { uri = "test:i", headline = "Waktu", body_text = "x", embargoedUntil = "2025-01-02T00:00:00Z", expires = "2025-01-01T00:00:00Z" }),
            Simple("test:z", "Z", "Isi."));
        Assert.Equal((2, 0, 0, 14), Counts(report));
        Assert.Equal(Enumerable.Range(2, 14).Select(line => (long)line), report.Refusals.Select(r => r.Line));
        string[] reasons =
        [
            "no uri", "no headline", "not valid JSON", "not a JSON object", "no body", "type picture", "501 characters", "pubStatus is \"maybe\"", "UTF-8", "UTF-8", "not valid JSON", "not a JSON object", "uri is longer", "expires before its embargo",
        ];
        Assert.All(reasons.Zip(report.Refusals), pair => Assert.Contains(pair.First, pair.Second.Reason, StringComparison.Ordinal));
        Assert.Equal(["A", "Z"], newsroom.Query<string>("SELECT headline FROM live_articles ORDER BY headline"));
    }

    [OnBothEngines]
    public void Naughty_values_do_no_harm(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var tables = string.Concat(Enumerable.Repeat("<table><tr><td>", 500));
        var report = Import(newsroom,
            Item(new { uri = "test:script", headline = "<script>alert(1)</script>", body_html = "<p>Isi<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a></p>" }),
            Item(new { uri = "test:tables", headline = "Tabel", body_html = tables + "dalam" }),
            Item(new { uri = "test:old", headline = "Lama", body_text = "Isi.", versionCreated = "1970-01-01T00:00:00Z", firstCreated = "1969-07-20T20:17:00Z" }),
            Item(new { uri = "test:future", headline = "Masa depan", body_text = "Isi.", versionCreated = "2099-01-01T00:00:00Z" }),
            Item(new { uri = "test:never", headline = "Kapan", body_text = "Isi.", versionCreated = "kemarin", firstCreated = "0001-01-01" }),
            Item(new { uri = "test:nul", headline = "Nol\0 byte", body_text = "Isi\0.", by = "\0" }),
            Item(new { uri = "test:types", headline = "Jenis", body_text = "Isi.", by = 7, subjects = "x", located = new object?[] { null, 3, new { name = "Solo" } }, language = "Bahasa!", bodies = new { } }),
            Item(new { uri = "test:tags", headline = "Tag", body_text = "Isi.", subjects = Enumerable.Range(0, 500).Select(i => new { rel = "keyword", name = $"tag {i}" }).Append(new { rel = "section", name = "🔥" }) }));
        Assert.Equal((8, 0, 0, 0), Counts(report));
        Assert.DoesNotContain("script>", Live(newsroom, "test:script")!.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", Live(newsroom, "test:script")!.Body, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(1969, 7, 20, 20, 17, 0, TimeSpan.Zero), Live(newsroom, "test:old")!.FirstPublishedAt);
        Assert.Equal((TestNewsroom.Start, TestNewsroom.Start), (Live(newsroom, "test:future")!.FirstPublishedAt, Live(newsroom, "test:future")!.UpdatedAt));
        Assert.Equal(TestNewsroom.Start, Live(newsroom, "test:never")!.FirstPublishedAt);
        Assert.Equal("Nol byte", Live(newsroom, "test:nul")!.Headline);
        Assert.Equal(("Solo", "id"), (Datelines.Read(Live(newsroom, "test:types")!.Dateline)!.Place, Live(newsroom, "test:types")!.Language));
        Assert.Equal(50, Live(newsroom, "test:tags")!.TagIds.Count);
        Assert.Equal("berita", Live(newsroom, "test:tags")!.SectionPath);
        Assert.All(new[] { "date in the future (taken as now)", "unreadable versionCreated", "unknown language" }, what => Assert.Contains(what, report.Dropped.Keys));
    }

    [OnBothEngines]
    public void Status_embargo_and_expiry_are_obeyed(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var embargo = newsroom.Clock.Now.AddHours(1);
        var report = Import(newsroom,
            Item(new { uri = "test:withheld", headline = "Ditahan", body_text = "Isi.", pubStatus = "withheld" }),
            Item(new { uri = "test:canceled", headline = "Batal", body_text = "Isi.", pubStatus = "canceled" }),
            Item(new { uri = "test:embargoed", headline = "Embargo", body_text = "Isi.", embargoedUntil = embargo }),
            Item(new { uri = "test:expired", headline = "Basi", body_text = "Isi.", expires = newsroom.Clock.Now }),
            Item(new { uri = "test:live", headline = "Tayang", body_text = "Isi.", expires = embargo.AddHours(1) }));
        Assert.Equal((5, 0, 0, 0), Counts(report));
        Assert.Equal(["test:live"], LiveUris(newsroom));
        newsroom.Clock.Now = embargo;
        newsroom.Press.ReleaseDue();
        Assert.Equal(["test:embargoed", "test:live"], LiveUris(newsroom));
        Assert.Equal(embargo, Live(newsroom, "test:embargoed")!.FirstPublishedAt);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        newsroom.Press.ExpireDue();
        Assert.Equal(["test:embargoed"], LiveUris(newsroom));
    }

    [OnBothEngines]
    public void A_source_may_withhold_cancel_and_restore(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Import(newsroom, Simple("test:a", "A", "Isi."), Simple("test:b", "B", "Isi."), Simple("test:c", "C", "Isi."));
        Import(newsroom,
            Item(new { uri = "test:a", headline = "A", body_text = "Isi.", pubStatus = "withheld" }),
            Item(new { uri = "test:b", headline = "B", body_text = "Isi.", pubStatus = "canceled" }),
            Item(new { uri = "test:c", headline = "C", body_text = "Isi.", embargoedUntil = newsroom.Clock.Now.AddHours(1) }));
        Assert.Empty(LiveUris(newsroom));
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM takedowns"));
        newsroom.Clock.Pass(TimeSpan.FromHours(2));
        newsroom.Press.ReleaseDue();
        Assert.Equal(["test:c"], LiveUris(newsroom));
        Import(newsroom, Item(new { uri = "test:a", headline = "A lagi", body_text = "Isi." }));
        Assert.Equal(["test:a", "test:c"], LiveUris(newsroom));
        Assert.Equal(TestNewsroom.Start, Live(newsroom, "test:a")!.FirstPublishedAt);
    }

    [OnBothEngines]
    public void A_story_that_is_canceled_or_withheld_while_it_waits_does_not_go_out(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var embargo = newsroom.Clock.Now.AddHours(1);
        foreach (var uri in new[] { "test:a", "test:b" }) Import(newsroom, Item(new { uri, headline = uri, body_text = "Isi.", embargoedUntil = embargo }));
        Import(newsroom,
            Item(new { uri = "test:a", headline = "A", body_text = "Isi.", pubStatus = "canceled" }),
            Item(new { uri = "test:b", headline = "B", body_text = "Isi.", pubStatus = "withheld" }));
        newsroom.Clock.Now = embargo;
        Assert.Empty(newsroom.Press.ReleaseDue());
        Assert.Empty(LiveUris(newsroom));
    }

    [OnBothEngines]
    public void What_was_decided_here_stands(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        string[] uris = ["test:withdrawn", "test:down", "test:purged"];
        Import(newsroom, uris.Select(uri => Simple(uri, "Judul", "Isi.")).ToArray());
        var ids = uris.Select(uri => Live(newsroom, uri)!.ArticleId).ToList();
        newsroom.Do(act => act.WithdrawStory(ids[0]));
        newsroom.Do(act => act.TakeDown(ids[1], "Salah."));
        newsroom.Do(act => act.PurgeStory(ids[2], "Putusan."));
        var report = Import(newsroom, uris.Append($"purged:{ids[2]}").Select(uri => Simple(uri, "Judul lagi", "Isi.")).ToArray());
        Assert.Equal((0, 1, 0, 3), Counts(report));
        Assert.Equal(1, report.Dropped["story that was taken offline here (kept so)"]);
        Assert.Contains(report.Refusals, r => r.Uri == "test:down" && r.Reason.Contains("taken down here", StringComparison.Ordinal));
        Assert.Contains(report.Refusals, r => r.Uri == "test:purged" && r.Reason.Contains("purged here", StringComparison.Ordinal));
        Assert.Empty(LiveUris(newsroom));
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM revisions WHERE article_id = @id AND headline <> ''", new { id = ids[2] }));
    }

    [OnBothEngines]
    public void A_story_that_ran_out_comes_back_when_its_source_gives_it_more_time(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Import(newsroom, Item(new { uri = Uri, headline = "Promo", body_text = "Isi.", expires = newsroom.Clock.Now.AddHours(1) }));
        newsroom.Clock.Pass(TimeSpan.FromHours(2));
        newsroom.Press.ExpireDue();
        Import(newsroom, Item(new { uri = Uri, headline = "Promo diperpanjang", body_text = "Isi.", expires = newsroom.Clock.Now.AddHours(1) }));
        Assert.Equal([Uri], LiveUris(newsroom));
    }

    [OnBothEngines]
    public void A_dry_run_writes_nothing_and_counts_the_same(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Import(newsroom, Simple("test:1", "Satu", "Isi."), Simple("test:2", "Dua", "Isi."));
        string[] items = [Simple("test:1", "Satu", "Isi."), Simple("test:2", "Dua baru", "Isi."), Simple("test:3", "Tiga", "Isi."), Simple("test:3", "Tiga lagi", "Isi."), "{}"];
        var file = Write(newsroom, "dry.jsonl", items);
        var before = newsroom.Value<long>("SELECT number FROM event_clock");
        var dry = Run(newsroom, file, dryRun: true);
        Assert.True(dry.DryRun);
        Assert.Equal(before, newsroom.Value<long>("SELECT number FROM event_clock"));
        Assert.Equal(2, newsroom.Value<long>("SELECT count(*) FROM articles"));
        Assert.Equal((1, 2, 1, 1), Counts(dry));
        Assert.Equal(Counts(dry), Counts(Run(newsroom, file)));
    }

    [OnBothEngines]
    public void An_import_that_was_stopped_and_run_again_ends_as_one_that_was_not(EngineKind engine)
    {
        var items = Enumerable.Range(0, 400).Select(i => Item(new
        {
            uri = $"test:{i}",
            headline = $"Berita {i % 200}",
            body_text = $"Kata{i % 17} kata{i % 23} terjadi.\nBaca Juga: Berita {(i + 60) % 200}",
            firstCreated = new DateTimeOffset(2024, 11, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i * 13 % 400),
        })).ToArray();
        var results = new[] { false, true }.Select(stopped =>
        {
            using var newsroom = new TestNewsroom(engine);
            var file = Write(newsroom, "all.jsonl", items);
            if (stopped)
            {
                using var stop = new CancellationTokenSource();
                var first = new NinjsImport(newsroom.Press, newsroom.Title).Run(file, new Callback(_ => stop.Cancel()), stop.Token);
                Assert.True(first.Stopped);
                Assert.InRange(first.Added, 1, 399);
                Assert.Equal(first.Added, newsroom.Value<long>("SELECT count(*) FROM articles"));
            }

            Assert.False(Run(newsroom, file).Stopped);
            Assert.Equal(0, newsroom.Database.Read(Related.PendingCount));
            return (
                newsroom.Query<string>("SELECT uri || ' ' || slug || ' ' || first_published_at FROM live_articles ORDER BY uri"),
                newsroom.Query<string>("SELECT a.uri || ' ' || k.position || ' ' || t.uri FROM related k JOIN articles a ON a.id = k.article_id JOIN articles t ON t.id = k.target_id ORDER BY a.uri, k.position"),
                newsroom.Query<string>("SELECT a.uri || ' ' || t.headline_key FROM read_alsos k JOIN articles a ON a.id = k.article_id JOIN articles t ON t.id = k.target_id ORDER BY a.uri"));
        }).ToList();
        Assert.Equal(400, results[0].Item1.Count);
        Assert.NotEmpty(results[0].Item2);
        Assert.Equal(400, results[0].Item3.Count);
        Assert.Equal(results[0].Item1, results[1].Item1);
        Assert.Equal(results[0].Item2, results[1].Item2);
        Assert.Equal(results[0].Item3, results[1].Item3);
    }

    [OnBothEngines]
    public void A_folder_of_files_is_imported_in_order(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Write(newsroom, "folder/a.json", Simple("test:a", "A", "Isi."));
        Write(newsroom, "folder/sub/b.jsonl", Simple("test:b", "B", "Isi."), "", "   ", Simple("test:c", "C", "Isi."));
        Write(newsroom, "folder/c.jsonl.gz", Simple("test:d", "D", "Isi."));
        Write(newsroom, "folder/readme.txt", "not news");
        File.WriteAllText(newsroom.File("folder/bom.json"), Simple("test:e", "E", "Isi."), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(newsroom.File("folder/crlf.jsonl"), "\uFEFF" + Simple("test:f", "F", "Isi.") + "\r\n" + Simple("test:g", "G", "Isi.") + "\r\n", new UTF8Encoding(false));
        var report = Run(newsroom, newsroom.File("folder"));
        Assert.Equal((7, 0, 0, 0), Counts(report));
        Assert.Empty(report.Failures);
        Assert.Contains("holds no", Assert.Single(Run(newsroom, Directory.CreateDirectory(newsroom.File("empty")).FullName).Failures), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Run(newsroom, newsroom.File("none.jsonl")));
    }

    [OnBothEngines]
    public void A_gzip_file_that_was_cut_off_is_a_failure_that_keeps_what_came_before(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var random = new Random(1);
        var whole = Write(newsroom, "whole.jsonl.gz", Enumerable.Range(0, 400).Select(i => Simple($"test:{i}", $"Berita {i}", Convert.ToBase64String(Enumerable.Range(0, 300).Select(_ => (byte)random.Next(256)).ToArray()))).ToArray());
        var bytes = File.ReadAllBytes(whole);
        var cut = newsroom.File("cut.jsonl.gz");
        File.WriteAllBytes(cut, bytes[..(bytes.Length / 2)]);
        var report = Run(newsroom, cut);
        Assert.Contains("cut.jsonl.gz", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.InRange(report.Added, 100, 399);
        Assert.Equal(0, report.Refused);

        // Without its trailer the text is whole, and that is what counts.
        var bare = newsroom.File("bare.jsonl.gz");
        File.WriteAllBytes(bare, bytes[..^8]);
        report = Run(newsroom, bare);
        Assert.Equal(400, report.Items);
        Assert.Equal(400, newsroom.Value<long>("SELECT count(*) FROM publications"));

        File.WriteAllText(newsroom.File("no.jsonl.gz"), "this is no gzip");
        Assert.Contains("no.jsonl.gz can't be read", Assert.Single(Run(newsroom, newsroom.File("no.jsonl.gz")).Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_beyond_8_MB_is_passed_over()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var report = Import(newsroom, Simple("test:a", "A", "Isi."), Simple("test:b", "B", new string('x', 9 << 20)), Simple("test:c", "C", "Isi."));
        Assert.Equal((2, 0, 0, 1), Counts(report));
        Assert.Equal((2, "the item is longer than 8 MB; no story is"), (report.Refusals[0].Line, report.Refusals[0].Reason));
        File.WriteAllText(newsroom.File("big.json"), new string(' ', 9 << 20));
        Assert.Equal(1, Run(newsroom, newsroom.File("big.json")).Refused);
    }

    [Fact]
    public void Datelines_are_lifted_and_never_printed_twice()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        (string Text, string? Dateline, string Body)[] stories =
        [
            ("Suara.com - Banjir melanda kota.", "Suara.com", "Banjir melanda kota."),
            ("JAKARTA, KOMPAS.com - Banjir melanda kota.", "JAKARTA, KOMPAS.com", "Banjir melanda kota."),
            ("Liputan6.com, Jakarta - Banjir melanda kota.", "Liputan6.com, Jakarta", "Banjir melanda kota."),
            ("Suara.com - Suara.com - Banjir melanda kota.", "Suara.com", "Banjir melanda kota."),
            ("Banjir melanda kota.", null, "Banjir melanda kota."),
        ];
        Import(newsroom, stories.Select((s, i) => Simple($"test:{i}", $"Berita {i}", s.Text)).ToArray());
        for (var i = 0; i < stories.Length; i++)
        {
            var live = Live(newsroom, $"test:{i}")!;
            Assert.Equal((stories[i].Dateline, stories[i].Body), (Datelines.Read(live.Dateline)?.ToString(), Text(live)));
        }
    }

    [OnBothEngines]
    public void Baca_Juga_is_resolved_also_when_its_target_comes_later(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var report = Import(newsroom,
            Simple("test:1", "Penaut", "Isi.\nBaca Juga: Banjir di Demak\nLagi.\nBaca Juga: Entah di mana\nBaca Juga\nBaca Juga: Sudah Ada"),
            Simple("test:0", "Sudah ada!", "Isi."),
            Simple("test:2", "Banjir di Demak", "Isi."));
        var links = newsroom.Database.Read(session => ReadAlso.Of(session, newsroom.Title, Live(newsroom, "test:1")!.ArticleId));
        Assert.Equal(["Banjir di Demak", "Sudah ada!"], links.Values.Select(l => l.Headline).Order());
        Assert.Equal((1, 1), (report.PendingReadAlsos, report.Dropped["bare Baca Juga"]));
        Assert.Equal("Entah di mana", Assert.Single(newsroom.Database.Read(session => ReadAlso.Pending(session, 10, 0))).Headline);

        Assert.Equal(0, Import(newsroom, Simple("test:3", "Entah di mana", "Isi.")).PendingReadAlsos);
        Assert.Equal(3, newsroom.Database.Read(session => ReadAlso.Of(session, newsroom.Title, Live(newsroom, "test:1")!.ArticleId)).Count);
    }

    [SharedDataTheory]
    [InlineData("1.4", 5)]
    [InlineData("2.1", 4)]
    [InlineData("3.0", 5)]
    public void IPTCs_examples_are_added_or_refused_with_a_reason(string version, int least)
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var folder = SharedData.Path("ninjs", "examples", version);
        var report = Run(newsroom, folder);
        Assert.Equal(Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Count(), report.Items);
        Assert.Empty(report.Failures);
        Assert.True(report.Added >= least, string.Join('\n', report.Refusals));
        Assert.All(report.Refusals, r => Assert.True(r.Reason.Length > 10, r.File));
        Assert.All(newsroom.Query<LiveArticle>($"SELECT {LiveArticle.AllColumns} FROM live_articles a"), live => Assert.NotEmpty(live.Slug));
        Assert.Equal(report.Added + report.Updated, report.Items - report.Refused - report.Unchanged);
    }

    [Fact]
    public void Memory_stays_flat_however_long_the_file()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var file = newsroom.File("long.jsonl");
        var text = string.Concat(Enumerable.Repeat("Harga beras di pasar naik lagi pekan ini. ", 240));
        var tail = Encoding.UTF8.GetBytes(Simple("URI", "Berita", text).Split("URI")[1] + "\n");
        var head = Simple("URI", "Berita", text).Split("URI")[0];
        using (var stream = File.Create(file))
        {
            for (var i = 0; stream.Length < 200 << 20; i++)
            {
                stream.Write(Encoding.UTF8.GetBytes($"{head}test:{i}"));
                stream.Write(tail);
            }
        }

        // Not the process's memory, for other tests run beside this one: what can still be reached of the items that have been read.
        var read = new List<WeakReference>();
        var held = 0;
        foreach (var bytes in NinjsSource.Items(new FileInfo(file)).Select(BytesOf))
        {
            read.Add(new WeakReference(bytes));
            if (read.Count % 5_000 != 0) continue;
            GC.Collect();
            held = Math.Max(held, read.Count(item => item.IsAlive));
        }

        Assert.True(read.Count > 15_000);
        Assert.InRange(held, 0, 100);
        File.Delete(file);
    }

    private static byte[] BytesOf(NinjsSource.Item item)
    {
        Assert.Null(item.Problem);
        Assert.StartsWith("test:", NinjsItem.Read(item.Bytes, TestNewsroom.Start).Uri, StringComparison.Ordinal);
        Assert.True(MemoryMarshal.TryGetArray(item.Bytes, out var bytes));
        return bytes.Array!;
    }

    private static string Item(object item) => JsonSerializer.Serialize(item);

    private static string Simple(string uri, string headline, string text) => Item(new { uri, headline, body_text = text });

    private static string Write(TestNewsroom newsroom, string name, params string[] lines)
    {
        var path = newsroom.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return path;
    }

    private static ImportReport Import(TestNewsroom newsroom, params string[] lines) => Run(newsroom, Write(newsroom, "items.jsonl", lines));

    private static ImportReport Run(TestNewsroom newsroom, string path, bool dryRun = false) => new NinjsImport(newsroom.Press, newsroom.Title, dryRun).Run(path, null, CancellationToken.None);

    private static (long Added, long Updated, long Unchanged, long Refused) Counts(ImportReport report) => (report.Added, report.Updated, report.Unchanged, report.Refused);

    private static LiveArticle? Live(TestNewsroom newsroom, string uri) => newsroom.Database.Read(session => session.First<LiveArticle>($"SELECT {LiveArticle.AllColumns} FROM live_articles a WHERE a.uri = @uri", new { uri }));

    private static List<string> LiveUris(TestNewsroom newsroom) => newsroom.Query<string>("SELECT uri FROM live_articles ORDER BY uri");

    private static string Text(LiveArticle live) => string.Join("\n\n", BodyJson.Read(live.Body).Blocks.OfType<ParagraphBlock>().Select(p => p.Text.ToString()));

    private sealed class Callback(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }
}
