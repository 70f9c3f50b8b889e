using System.Buffers;
using System.IO.Compression;
using System.Text;
using Warta.Content;
using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Composition;

/// <summary>
/// Whatever happens in the newsroom, and in whatever order: the page that is served is, byte for byte, the page rendered from scratch. WARTA_ORACLE_SEED repeats one
/// sequence, which a failure names; WARTA_ORACLE_SEQUENCES asks for more of them.
/// </summary>
public sealed class OracleTests
{
    private const int EventsBetween = 4;

    private static readonly int Sequences = int.Parse(Environment.GetEnvironmentVariable("WARTA_ORACLE_SEQUENCES") ?? "110");

    [OnBothEngines]
    public async Task A_page_that_is_served_is_the_page_rendered_from_scratch(EngineKind engine)
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("WARTA_ORACLE_SEED"), out var one) ? [one] : Enumerable.Range(1, engine == EngineKind.Sqlite ? Sequences : Sequences / 2);
        foreach (var few in seeds.Chunk(10))
        {
            using var site = new TestSite(engine);
            foreach (var seed in few) Assert.Null(await FirstDifference(site, seed, 1, Compose));
        }
    }

    /// <summary>Each kind of key: a page that forgets to note it is found out.</summary>
    /// <param name="first">A sequence that is known to show it; where it no longer does, others are tried.</param>
    [Theory]
    [InlineData(4, "story", 2)]
    [InlineData(5, "author", 70)]
    [InlineData(7, "standing pages", 62)]
    [InlineData(8, "list", 5)]
    [InlineData(9, "picks", 17)]
    [InlineData(2, "register of corrections", 3)]
    [InlineData(3, "register of removals", 15)]
    public async Task A_forgotten_dependency_is_found_out(byte kind, string what, int first) =>
        Assert.True(await IsFoundOut((probe, site, title, session) =>
        {
            var page = Compose(probe, site, title, session);
            session.Reading!.Keys.RemoveWhere(key => key.Value >> 56 == kind);
            return page;
        }, first), what);

    [Fact]
    public async Task A_page_of_an_older_moment_that_passes_for_current_is_found_out()
    {
        var old = new Dictionary<string, Page?>();
        Assert.True(await IsFoundOut((probe, site, title, session) =>
        {
            var page = Compose(probe, site, title, session);
            var before = old.GetValueOrDefault(probe.Path);
            old[probe.Path] = page;
            return before ?? page;
        }));
    }

    /// <summary>An event that comes while a page is rendered: the page may go out, but not stay.</summary>
    [OnBothEngines]
    public async Task A_page_that_an_event_overtakes_is_not_kept(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var newsroom = new RandomNewsroom(site, 77);
        for (var i = 0; i < 12; i++) newsroom.Happen();
        for (var round = 0; round < 30; round++)
        {
            var overtaken = 0;
            foreach (var probe in Probes(site, newsroom))
            {
                await Served(site, probe, (p, s, title, session) =>
                {
                    var page = Compose(p, s, title, session);
                    // A reader's snapshot doesn't see what is committed meanwhile.
                    if (Interlocked.Increment(ref overtaken) == 1 + round % 5) newsroom.Happen();
                    return page;
                });
            }

            foreach (var probe in Probes(site, newsroom)) Assert.Null(await Difference(site, probe, Compose, $"round {round}: {string.Join(", ", newsroom.Log)}"));
        }
    }

    private static async Task<bool> IsFoundOut(Composing compose, int first = 1)
    {
        foreach (var seed in Enumerable.Range(1, 120).Prepend(first))
        {
            using var site = new TestSite();
            if (await FirstDifference(site, seed, 6, compose) is not null) return true;
        }

        return false;
    }

    private static async Task<string?> FirstDifference(TestSite site, int seed, int rounds, Composing compose)
    {
        var newsroom = new RandomNewsroom(site, seed);
        for (var i = 0; i < 6; i++) newsroom.Happen();
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var probe in Probes(site, newsroom))
            {
                if (await Difference(site, probe, compose, $"WARTA_ORACLE_SEED={seed}, after {string.Join(", ", newsroom.Log)}") is { } found) return found;
            }

            for (var i = 0; i < EventsBetween; i++) newsroom.Happen();
        }

        return null;
    }

    /// <summary>An address, and which of the routes leads there.</summary>
    private sealed record Probe(string Path, long Number, string Route, string Slug);

    private delegate Page? Composing(Probe probe, Site site, Title title, Session session);

    private static List<Probe> Probes(TestSite site, RandomNewsroom newsroom)
    {
        var probes = new List<Probe> { new("/", 1, "front", ""), new("/tag/banjir", 1, "tag", "banjir"), new("/author/rina-sari", 1, "author", "rina-sari"), new("/corrections", 1, "corrections", ""), new("/takedowns", 1, "takedowns", ""), new("/redaksi", 1, "", ""), new("/kontak", 1, "", "") };
        probes.AddRange(site.Press.Titles.Sections(site.Title.Id).Take(6).Select(section => new Probe(Uri.UnescapeDataString(Site.Address(section)), 1, "", "")));
        var title = site.Title;
        // A few that have been asked for before, at the addresses that they had then.
        foreach (var id in newsroom.Articles.Where((_, i) => i % 3 == 0).TakeLast(8))
        {
            foreach (var (slug, day) in site.Press.Database.Read(session => session.Query<(string, long)>("SELECT slug, day FROM slugs WHERE article_id = @id AND title_id = @Id", new { id, title.Id })))
            {
                foreach (var section in site.Press.Database.Read(session => session.Query<string>("SELECT path FROM sections WHERE title_id = @Id ORDER BY id LIMIT 2", new { title.Id })))
                    probes.Add(new Probe(title.Permalink.Path(section, day, slug, id), 1, "", ""));
            }

            if (site.Press.Database.Read(session => Addresses.Live(session, title.Id, id)) is { } live)
            {
                probes.Add(new Probe(title.PathOf(live), 1, "", ""));
                probes.Add(new Probe(title.PathOf(live), 0, "", ""));
            }
        }

        return probes.DistinctBy(probe => (probe.Path, probe.Number)).ToList();
    }

    private static Page? Compose(Probe probe, Site site, Title title, Session session) => probe.Route switch
    {
        "front" => FrontPage.Compose(site, title, session),
        "tag" => Lists.Tag(site, title, session, probe.Slug, (int)probe.Number),
        "author" => Lists.Author(site, title, session, probe.Slug, (int)probe.Number),
        "corrections" => RegisterPage.Corrections(site, title, session, (int)probe.Number),
        "takedowns" => RegisterPage.Takedowns(site, title, session, (int)probe.Number),
        _ => ReaderRoutes.WhatStandsAt(site, title, session, new ReaderRoutes.Asked(probe.Path, new Microsoft.AspNetCore.Http.QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(probe.Number == 0 ? [new("page", "all")] : [])), default, [])),
    };

    private static Task<Pages.Answer> Served(TestSite site, Probe probe, Composing compose) =>
        site.Pages.Get(new PageKey(site.Title.Id, probe.Path, probe.Number), true, (s, title, session) => compose(probe, s, title, session), CancellationToken.None);

    private static async Task<string?> Difference(TestSite site, Probe probe, Composing compose, string when)
    {
        site.Pages.Follow();
        var served = await Served(site, probe, compose);
        for (var tries = 0; served.Age is not null && tries < 100; tries++)
        {
            await Task.Delay(20);
            served = await Served(site, probe, compose);
        }

        // Another Warta on the same data, which has never seen a page.
        using var scratch = new Pages(new Site(site.Press, site.MostRead, site.Themes, () => site.Address.ToString()), 0, new PageDisk(Path.Combine(site.Folder.Path, "none"), 0, _ => { }));
        var fresh = await scratch.Get(new PageKey(site.Title.Id, probe.Path, probe.Number), false, (s, title, session) => Compose(probe, s, title, session), CancellationToken.None);
        if (served.Location != fresh.Location) return $"{probe.Path} leads to {served.Location} and should lead to {fresh.Location}; {when}";
        if (served.Page?.Status != fresh.Page?.Status) return $"{probe.Path} is answered {served.Page?.Status} and should be {fresh.Page?.Status}; {when}";
        if (served.Page is null) return null;
        var (is_, should) = (Text(served.Composed!), Text(fresh.Composed!));
        if (is_ != should)
        {
            var at = is_.Zip(should).TakeWhile(pair => pair.First == pair.Second).Count();
            return $"{probe.Path} differs at {at}: …{Around(is_, at)}… should be …{Around(should, at)}…; {when}";
        }

        return Unzipped(served.Composed!) == is_ ? null : $"{probe.Path} differs when it is compressed; {when}";
    }

    private static string Around(string text, int at) => text.Substring(Math.Max(0, at - 60), Math.Min(160, text.Length - Math.Max(0, at - 60)));

    private static string Text(Composed composed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        composed.WriteText(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string Unzipped(Composed composed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        composed.WriteGzip(bytes);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes.WrittenSpan.ToArray()), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
