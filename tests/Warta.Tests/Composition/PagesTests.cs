using System.Buffers;
using System.Text;
using Npgsql;
using Warta.Engines;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Composition;

public sealed class PagesTests
{
    [Fact]
    public async Task A_thousand_readers_of_a_cold_page_cost_one_rendering_though_the_first_leaves()
    {
        using var site = new TestSite();
        var (rendered, hold) = (0, new ManualResetEventSlim());
        using var leaves = new CancellationTokenSource();
        var first = Ask(leaves.Token);
        var others = Enumerable.Range(0, 999).Select(_ => Ask(CancellationToken.None)).ToList();
        await leaves.CancelAsync();
        hold.Set();
        var answers = await Task.WhenAll(others);
        // Whoever leaves may be the one whose thread renders: then he is told when it is done.
        await Task.WhenAny(first);

        Assert.Equal(1, rendered);
        Assert.All(answers, answer => Assert.Equal("<p>Utuh.</p>", Text(answer)));

        Task<Pages.Answer> Ask(CancellationToken left) => Task.Run(() => site.Pages.Get(Key(site, "/utuh"), true, (_, title, _) =>
        {
            Interlocked.Increment(ref rendered);
            hold.Wait();
            return new Page(200, "<p>Utuh.</p>", LivePlan.Of(title));
        }, left));
    }

    [Fact]
    public async Task A_page_rendered_before_a_takedown_never_goes_out_after_it()
    {
        using var site = new TestSite();
        var id = site.Story("Yang dicabut");
        var (begun, go, times) = (new TaskCompletionSource(), new ManualResetEventSlim(), 0);
        var asked = Task.Run(() => site.Pages.Get(Key(site, "/x"), true, Slow, CancellationToken.None));
        await begun.Task;
        site.Do(act => act.TakeDown(id, "Keliru."));
        var after = Task.Run(() => site.Pages.Get(Key(site, "/x"), true, Slow, CancellationToken.None));
        go.Set();

        Assert.Equal("gone", Text(await after));
        Assert.Equal("gone", Text(await asked));

        Page Slow(Site s, Content.Title title, Session session)
        {
            var live = Addresses.Live(session, title.Id, id);
            if (Interlocked.Increment(ref times) == 1)
            {
                begun.SetResult();
                go.Wait();
            }

            return new Page(200, live is null ? "gone" : live.Headline, LivePlan.Of(title));
        }
    }

    [Fact]
    public async Task What_was_taken_down_is_gone_before_the_verb_returns_and_what_was_updated_stands_in()
    {
        using var site = new TestSite();
        var id = site.Story("Judul pertama");
        var path = site.PathOf(id);
        Assert.Contains("Judul pertama", (await site.GetAsync(path)).Text);

        site.Pages.Patience = TimeSpan.Zero;
        site.Revise(id, draft => draft with { Headline = "Judul kedua" });
        var old = await site.GetAsync(path);
        Assert.NotNull(old.Header("Age"));
        Assert.Contains("Judul pertama", old.Text);
        await Until(async () => (await site.GetAsync(path)).Text.Contains("Judul kedua"));

        site.Do(act => act.TakeDown(id, "Keliru."));
        Assert.Equal(410, (await site.GetAsync(path)).Status);
        Assert.DoesNotContain("Judul kedua", (await site.GetAsync("/")).Text);
        Assert.DoesNotContain("Judul kedua", (await site.GetAsync("/nasional")).Text);
        Assert.DoesNotContain("Judul kedua", (await site.GetAsync("/_/live/latest")).Text);
    }

    [Fact]
    public async Task An_expired_story_does_not_stand_in()
    {
        using var site = new TestSite();
        var id = site.Story("Berlisensi", with: draft => draft with { ExpiresAt = site.Clock.Now.AddHours(1) });
        var path = site.PathOf(id);
        Assert.Equal(200, (await site.GetAsync(path)).Status);
        site.Pages.Patience = TimeSpan.Zero;
        site.Clock.Now += TimeSpan.FromHours(1);
        site.Press.ExpireDue();
        Assert.Equal(404, (await site.GetAsync(path)).Status);
    }

    [Fact]
    public async Task When_too_many_wait_the_old_page_stands_in_and_a_new_one_is_refused()
    {
        using var site = new TestSite();
        var key = Key(site, "/ramai");
        var text = "satu";
        await site.Pages.Get(key, true, Now, CancellationToken.None);
        var hold = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 1_000).Select(i => Task.Run(() => site.Pages.Get(Key(site, "/antre/" + i), true, (_, title, _) =>
        {
            hold.Wait();
            return new Page(200, "", LivePlan.Of(title));
        }, CancellationToken.None))).ToList();
        await Until(() => Task.FromResult(site.Pages.Waiting == 1_000));

        await Assert.ThrowsAsync<OverloadException>(() => site.Pages.Get(Key(site, "/baru"), true, Now, CancellationToken.None));
        var refused = await site.GetAsync("/tag/tidak-ada");
        Assert.Equal((503, "10", "no-store"), (refused.Status, refused.Header("Retry-After"), refused.Header("Cache-Control")));
        text = "dua";
        site.Set("tagline", "Lain");
        var stale = await site.Pages.Get(key, true, Now, CancellationToken.None);
        Assert.Equal("satu", Text(stale));
        Assert.NotNull(stale.Age);

        hold.Set();
        await Task.WhenAll(waiting);
        Assert.Equal("dua", Text(await site.Pages.Get(key, true, Now, CancellationToken.None)));

        Page Now(Site s, Content.Title title, Session session) => new(200, text, LivePlan.Of(title));
    }

    [OnPostgres]
    public async Task With_the_database_away_warm_pages_go_on_for_an_hour_and_cold_ones_answer_503(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (warm, cold) = (site.PathOf(site.Story("Hangat")), site.PathOf(site.Story("Dingin")));
        await site.GetAsync(warm);
        await site.GetAsync("/");
        var database = new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Pooling = false };
        Administer($"ALTER DATABASE {site.DatabaseName} ALLOW_CONNECTIONS false", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{site.DatabaseName}'");

        Assert.False(site.Pages.Follow());
        foreach (var path in new[] { warm, "/" }) Assert.Equal((path, 200), (path, (await site.GetAsync(path)).Status));
        Assert.Equal(503, (await site.GetAsync(cold)).Status);
        Assert.Equal(503, (await site.GetAsync("/readyz")).Status);
        site.Clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal(200, (await site.GetAsync(warm)).Status);
        site.Clock.Now += TimeSpan.FromMinutes(2);
        var late = await site.GetAsync(warm);
        Assert.Equal((503, "10"), (late.Status, late.Header("Retry-After")));

        Administer($"ALTER DATABASE {site.DatabaseName} ALLOW_CONNECTIONS true");
        Assert.True(site.Pages.Follow());
        foreach (var path in new[] { warm, cold, "/" }) Assert.Equal((path, 200), (path, (await site.GetAsync(path)).Status));

        void Administer(params string[] statements)
        {
            using var connection = new NpgsqlConnection(database.ConnectionString);
            connection.Open();
            foreach (var sql in statements) new NpgsqlCommand(sql, connection).ExecuteNonQuery();
        }
    }

    [OnPostgres]
    public async Task What_was_taken_down_is_gone_though_the_database_goes_away_after_the_commit(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var id = site.Story("Yang dicabut");
        var path = site.PathOf(id);
        foreach (var warm in new[] { path, "/", "/" }) Assert.Contains("Yang dicabut", (await site.GetAsync(warm)).Text);
        var server = new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Pooling = false }.ConnectionString;
        var follow = site.Press.Committed;
        site.Press.Committed = commit =>
        {
            Administer($"ALTER DATABASE {site.DatabaseName} ALLOW_CONNECTIONS false", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{site.DatabaseName}'");
            follow!(commit);
        };
        site.Do(act => act.TakeDown(id, "Keliru."));
        foreach (var gone in new[] { path, "/", "/_/live/latest" }) Assert.DoesNotContain("Yang dicabut", (await site.GetAsync(gone)).Text);
        site.Press.Committed = follow;
        Administer($"ALTER DATABASE {site.DatabaseName} ALLOW_CONNECTIONS true");
        Assert.True(site.Pages.Follow());
        Assert.Equal(410, (await site.GetAsync(path)).Status);

        void Administer(params string[] statements)
        {
            using var connection = new NpgsqlConnection(server);
            connection.Open();
            foreach (var sql in statements) new NpgsqlCommand(sql, connection).ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task A_takedown_while_a_reader_waits_leaves_no_old_page_to_stand_in()
    {
        using var site = new TestSite();
        var id = site.Story("Judul lama");
        await site.Pages.Get(Key(site, "/x"), true, Shown, CancellationToken.None);
        site.Set("tagline", "Lain");
        site.Pages.Patience = TimeSpan.FromMilliseconds(300);
        var hold = new ManualResetEventSlim();
        var asked = site.Pages.Get(Key(site, "/x"), true, (s, title, session) =>
        {
            hold.Wait();
            return Shown(s, title, session);
        }, CancellationToken.None);
        site.Do(act => act.TakeDown(id, "Keliru."));
        await Task.Delay(400);
        hold.Set();
        Assert.Equal("gone", Text(await asked));

        Page Shown(Site s, Content.Title title, Session session) => new(200, Addresses.Live(session, title.Id, id)?.Headline ?? "gone", LivePlan.Of(title));
    }

    [Fact]
    public async Task A_page_is_kept_under_its_own_address_only()
    {
        using var site = new TestSite();
        var ids = Enumerable.Range(1, 3).Select(i => site.Story($"Panen {i} di sawah", with: draft => draft with { Tags = ["Panen"] })).ToList();
        foreach (var path in new[] { "/", "/tag/panen", site.PathOf(ids[0]) }) await site.GetAsync(path);
        var kept = site.Pages.InMemory;
        foreach (var odd in new[] { "/?page=7", "/?page=all", "/TAG/panen", "/tag/panen/", "/tag/Panen", "/tag/panen?page=2", "/_/live/related?article=99&page=x", "/_/live/related?article=98", site.PathOf(ids[0]) + "?page=9", site.PathOf(ids[0]).ToUpperInvariant(), "/tidak-ada" })
            await site.GetAsync(odd);
        Assert.Equal(kept, site.Pages.InMemory);
    }

    [Fact]
    public async Task Each_story_has_its_own_related_stories_at_their_address()
    {
        using var site = new TestSite();
        var ids = Enumerable.Range(1, 4).Select(i => site.Story($"Harga beras naik di pasar {i}", "Harga beras naik lagi di pasar induk.", at: site.Clock.Now.AddHours(i - 9))).ToList();
        foreach (var id in ids.Append(ids[3]))
        {
            var shown = (await site.GetAsync(site.PathOf(id))).Page.QuerySelector("[data-block=related]")?.OuterHtml ?? "";
            Assert.Equal(shown, (await site.GetAsync($"/_/live/related?article={id}")).Text.Trim());
        }
    }

    [OnBothEngines]
    public async Task After_a_restart_pages_are_there_but_none_that_changed_meanwhile(EngineKind engine)
    {
        using var site = new TestSite(engine);
        site.Set("url", "https://harian.example");
        // Nothing in common: else one would stand in the others' related stories.
        var (same, updated, down) = (site.Story("Tetap sama", "Waduk penuh."), site.Story("Harga berubah", "Cabai turun."), site.Story("Akan dicabut", "Kereta terlambat."));
        var paths = new[] { same, updated, down }.Select(id => site.PathOf(id)).ToArray();
        foreach (var path in paths) Assert.Equal(200, (await site.GetAsync(path)).Status);
        var before = await site.GetAsync(paths[0]);
        site.Close();
        // By commands, while nothing serves.
        site.Between(press =>
        {
            press.Run("test", act => act.Correct(updated, "ralat", "Angkanya keliru."));
            press.Run("test", act => act.TakeDown(down, "Keliru."));
        });
        site.Reopen();

        var after = await site.GetAsync(paths[0]);
        Assert.Equal((1, 0), (site.Pages.Counts[PageSource.Disk], site.Pages.Counts[PageSource.Rendered]));
        Assert.Equal(before.Page.QuerySelector("article")!.OuterHtml, after.Page.QuerySelector("article")!.OuterHtml);
        Assert.Contains("Angkanya keliru.", (await site.GetAsync(paths[1])).Text);
        Assert.Equal(410, (await site.GetAsync(paths[2])).Status);
        Assert.Equal(1, site.Pages.Counts[PageSource.Disk]);
    }

    [Fact]
    public async Task A_purge_leaves_no_word_in_memory_or_on_the_disk()
    {
        using var site = new TestSite();
        site.Set("url", "https://harian.example");
        var (id, other) = (site.Story("Xylofon rahasia", "Kata pusaka kwartet."), site.Story("Tetap ada", "Isi biasa saja di sini."));
        foreach (var path in new[] { site.PathOf(id), site.PathOf(other), "/", "/nasional" }) await site.GetAsync(path);
        site.Restart();
        foreach (var path in new[] { site.PathOf(id), "/" }) await site.GetAsync(path);
        Assert.True(site.Pages.Counts[PageSource.Disk] > 0);
        Assert.Contains("kwartet", Inflated(site));
        site.Do(act => act.PurgeStory(id, "Putusan pengadilan."));
        Assert.DoesNotContain("kwartet", Inflated(site));
        Assert.DoesNotContain("Xylofon", Inflated(site));
        Assert.Contains("Isi biasa", Inflated(site));
        Assert.DoesNotContain("Xylofon", (await site.GetAsync("/")).Text);
    }

    /// <summary>Every text that can be inflated from the files of kept pages.</summary>
    private static string Inflated(TestSite site)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(site.Folder.Path, "pages")))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[open.Length];
            open.ReadExactly(bytes);
            for (var at = 0; at < bytes.Length - 8; at++)
            {
                // Where a run begins is not known from without: try everywhere that isn't blank.
                if (bytes[at] == 0 && bytes[at + 1] == 0) continue;
                using var run = new System.IO.Compression.DeflateStream(new MemoryStream(bytes, at, Math.Min(20_000, bytes.Length - at)), System.IO.Compression.CompressionMode.Decompress);
                var (buffer, length) = (new byte[20_000], 0);
                try
                {
                    for (int read; length < buffer.Length && (read = run.Read(buffer, length, Math.Min(64, buffer.Length - length))) > 0;) length += read;
                }
                catch (InvalidDataException)
                {
                    // No run begins here, or here it ends.
                }

                if (length > 40) text.Append(Encoding.UTF8.GetString(buffer, 0, length)).Append('\n');
            }
        }

        return text.ToString();
    }

    [Fact]
    public async Task A_page_is_sent_as_it_was_asked_for()
    {
        using var site = new TestSite();
        site.Story("Kabar");
        var plain = await site.GetAsync("/");
        var gzip = await site.SendAsync("GET", "/", headers: ("Accept-Encoding", "br, gzip;q=0.8, *;q=0.1"));
        Assert.Equal(("gzip", "Accept-Encoding"), (gzip.Header("Content-Encoding"), gzip.Header("Vary")));
        using var unzipped = new StreamReader(new System.IO.Compression.GZipStream(await gzip.Raw.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress));
        Assert.Equal(plain.Text, await unzipped.ReadToEndAsync());
        Assert.Null((await site.SendAsync("GET", "/", headers: ("Accept-Encoding", "gzip;q=0, br"))).Header("Content-Encoding"));

        var (tag, zipped) = (plain.Header("ETag")!, gzip.Header("ETag")!);
        Assert.Equal(tag[..^1] + "-g\"", zipped);
        foreach (var known in new[] { tag, zipped, "W/" + tag, $"\"lain\", {zipped}", "*" })
        {
            var again = await site.SendAsync("GET", "/", headers: ("If-None-Match", known));
            Assert.Equal((known, 304, "", "Accept-Encoding"), (known, again.Status, again.Text, again.Header("Vary")));
        }

        Assert.Equal(200, (await site.SendAsync("GET", "/", headers: ("If-None-Match", "\"lain\""))).Status);
        var head = await site.SendAsync("HEAD", "/");
        Assert.Equal((200, "", tag, plain.Header("Content-Length")), (head.Status, head.Text, head.Header("ETag"), head.Header("Content-Length")));
        Assert.Equal(tag, (await site.GetAsync("/?utm_source=x&page=1")).Header("ETag"));
        site.Story("Kabar lain");
        Assert.NotEqual(tag, (await site.GetAsync("/")).Header("ETag"));
    }

    [Fact]
    public async Task Only_pages_whose_own_stories_stand_in_a_list_have_a_list_of_their_own()
    {
        using var site = new TestSite();
        var ids = Enumerable.Range(1, 30).Select(i => site.Story($"Kabar {i}", $"Isi {i}", at: site.Clock.Now.AddMinutes(-i))).ToList();
        site.Set("related.count", "0");
        site.Set("latest.scope", "title");
        var (old, other, recent) = (await Latest(ids[28]), await Latest(ids[25]), await Latest(ids[3]));
        Assert.Equal(old, other);
        Assert.NotEqual(old, recent);
        Assert.DoesNotContain($"data-id=\"{ids[3]}\"", recent);

        site.Story("Kabar terbaru");
        Assert.NotEqual(old, await Latest(ids[28]));

        async Task<string> Latest(long id) => (await site.GetAsync(site.PathOf(id))).Page.QuerySelector("[data-block=latest]")!.OuterHtml;
    }

    private static PageKey Key(TestSite site, string path) => new(site.Title.Id, path, 1);

    private static string Text(Pages.Answer answer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        answer.Composed!.WriteText(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 500, "It never came to pass.");
            await Task.Delay(20);
        }
    }
}
