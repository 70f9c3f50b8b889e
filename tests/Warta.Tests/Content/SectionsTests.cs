using Warta.Content;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Content;

public sealed class SectionsTests
{
    [OnBothEngines]
    public void Old_addresses_of_a_renamed_section_lead_to_it_for_ever(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var league = newsroom.Section("Bola/Liga 1");
        var bola = Section(newsroom, "bola");
        Assert.Equal("olahraga", Rename(newsroom, bola, "Olahraga", "olahraga"));
        Assert.Equal("arena", Rename(newsroom, Section(newsroom, "olahraga"), "Arena", "arena"));
        foreach (var path in (string[])["bola", "olahraga", "arena"]) Assert.Equal((bola.Id, "arena"), (Section(newsroom, path).Id, Section(newsroom, path).Path));
        foreach (var path in (string[])["bola/liga-1", "olahraga/liga-1", "arena/liga-1"]) Assert.Equal((league, "arena/liga-1"), (Section(newsroom, path).Id, Section(newsroom, path).Path));

        // A source that goes on sending the old name means the same section.
        Assert.Equal(bola.Id, newsroom.Section("Bola"));
        Assert.Equal(league, newsroom.Section("Bola/Liga 1"));
        newsroom.Section("Bola/Liga 2");
        Assert.Equal("arena/liga-2", Section(newsroom, "arena/liga-2").Path);

        // And back again.
        Assert.Equal("bola", Rename(newsroom, Section(newsroom, "arena"), "Bola", "bola"));
        Assert.Equal("bola/liga-1", Section(newsroom, "arena/liga-1").Path);
    }

    [OnBothEngines]
    public void An_address_that_another_section_has_or_had_stays_its_own(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Section("Bola");
        newsroom.Section("Ekonomi");
        Rename(newsroom, Section(newsroom, "bola"), "Olahraga", "olahraga");
        foreach (var slug in (string[])["bola", "olahraga", "search", "2024", "Dua Kata", ""])
            Assert.Throws<ContentException>(() => Rename(newsroom, Section(newsroom, "ekonomi"), "Uang", slug));
        Assert.Throws<ContentException>(() => Rename(newsroom, Section(newsroom, "ekonomi"), " ", null));
        Assert.Equal("Ekonomi", Section(newsroom, "ekonomi").Name);
        Assert.Equal("ekonomi", Rename(newsroom, Section(newsroom, "ekonomi"), "Ekonomi & Bisnis", null));
    }

    [OnBothEngines]
    public void A_section_that_moves_takes_its_stories_into_the_lists_above_it(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var league = newsroom.Section("Bola/Liga 1");
        var bola = Section(newsroom, "bola");
        var story = newsroom.Publish(newsroom.Draft("Persada menang", "Isi.") with { SectionId = league });
        var other = newsroom.Publish(newsroom.Draft("Timnas berlatih", "Isi.") with { SectionId = bola.Id });
        Assert.Equal([other, story], Listed(bola.Id).OrderDescending());

        Assert.Equal("liga-1", Move("bola/liga-1", null));
        Assert.Equal([other], Listed(bola.Id));
        Assert.Equal([story], Listed(league));
        Assert.Equal("/liga-1/2024/12/02/persada-menang", newsroom.Press.Titles.Default.PathOf(newsroom.Live(story)!));

        Assert.Equal("berita/liga-1", Move("liga-1", "berita"));
        Assert.Equal([story], Listed(newsroom.Berita));
        Assert.Equal([story], Listed(league));
        Assert.Equal(league, Section(newsroom, "bola/liga-1").Id);

        Assert.Throws<ContentException>(() => Move("berita", "bola"));
        Assert.Throws<ContentException>(() => Move("bola", "berita/liga-1"));
        Assert.Throws<ContentException>(() => Move("bola", "bola"));

        IEnumerable<long> Listed(long section) => newsroom.Listed(ListingKind.Section, section);
        string Move(string path, string? under) => newsroom.Do(act => act.Sql.MoveSection(Section(newsroom, path), under is null ? null : Section(newsroom, under), act.Now));
    }

    [OnBothEngines]
    public void A_menu_names_sections_that_are_there(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Section("Bola");
        newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "menu", "bola, berita, Cek Fakta=/tag/cek-fakta"));
        Assert.Equal(["bola", "berita", null], newsroom.Press.Titles.Default.Menu.Select(m => m.Section));
        Assert.Contains("names the section \"politik\"", Assert.Throws<ContentException>(() => newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "menu", "politik"))).Message, StringComparison.Ordinal);
        Assert.Contains("names the section \"politik\"", Assert.Throws<ContentException>(() => newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "ads.off", "politik:top"))).Message, StringComparison.Ordinal);
    }

    private static Section Section(TestNewsroom newsroom, string path) => newsroom.Press.Titles.Section(newsroom.Title, path)!;

    private static string Rename(TestNewsroom newsroom, Section section, string name, string? slug) => newsroom.Do(act => act.Sql.RenameSection(section, name, slug, act.Now));
}
