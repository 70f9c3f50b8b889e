using Warta.Content;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Content;

public sealed class TitleSettingsTests
{
    [Theory]
    [InlineData("name", "Harian Kita", true)]
    [InlineData("name", "", false)]
    [InlineData("name", "dua\nbaris", false)]
    [InlineData("language", "ar", true)]
    [InlineData("language", "id-ID", true)]
    [InlineData("language", "x\"><script>", false)]
    [InlineData("timezone", "Asia/Makassar", true)]
    [InlineData("timezone", "Jakarta", false)]
    [InlineData("url", "https://example.com", true)]
    [InlineData("url", "http://localhost:5080", true)]
    [InlineData("url", "https://example.com/", false)]
    [InlineData("url", "https://example.com/berita", false)]
    [InlineData("url", "javascript:alert(1)", false)]
    [InlineData("section", "nasional", true)]
    [InlineData("section", "Nasional", false)]
    [InlineData("section", "search", false)]
    [InlineData("related.count", "0", true)]
    [InlineData("related.count", "21", false)]
    [InlineData("related.count", "lima", false)]
    [InlineData("latest.count", "50", true)]
    [InlineData("popular.count", "21", false)]
    [InlineData("picks.scope", "section", true)]
    [InlineData("picks.scope", "world", false)]
    [InlineData("theme", "warta", true)]
    [InlineData("theme", "../etc", false)]
    public void A_value_is_checked_before_it_is_kept(string key, string value, bool good)
    {
        if (good)
        {
            Assert.Equal(value, TitleSettings.Checked(key, $" {value} "));
            return;
        }

        var e = Assert.Throws<ContentException>(() => TitleSettings.Checked(key, value));
        Assert.StartsWith($"{key} can't be \"{value}\": give ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_default_would_itself_be_taken()
    {
        foreach (var setting in TitleSettings.All.Where(s => s.Default.Length > 0)) Assert.Equal(setting.Default, TitleSettings.Checked(setting.Key, setting.Default));
    }

    [Fact]
    public void An_unknown_setting_names_those_there_are()
    {
        var e = Assert.Throws<ContentException>(() => TitleSettings.Checked("colour", "red"));
        Assert.Contains("There is no setting \"colour\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("timezone", e.Message, StringComparison.Ordinal);
    }

    [OnBothEngines]
    public void A_setting_is_seen_at_once_and_after_a_restart(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Equal("harian", newsroom.Press.Titles.Default.Name);
        newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "name", "Harian Kita"));
        newsroom.Do(act => act.Sql.SetTitle(newsroom.Title, "name", "Harian Kami"));
        Assert.Equal("Harian Kami", newsroom.Press.Titles.Default.Name);
        newsroom.Restart();
        Assert.Equal("Harian Kami", newsroom.Press.Titles.Default.Name);
    }

    [OnBothEngines]
    public void A_host_belongs_to_one_title_and_an_unknown_one_to_the_first(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var second = newsroom.AddTitle("bola");
        newsroom.Do(act => act.Sql.SetTitle(second, "host", "Bola.Example.com"));
        Assert.Equal(second, newsroom.Press.Titles.ByHost("bola.example.com").Id);
        Assert.Equal(newsroom.Title, newsroom.Press.Titles.ByHost("elsewhere.example.com").Id);
        Assert.Contains("\"bola\" already", Assert.Throws<ContentException>(() => newsroom.Do(act => act.Sql.AddHost(newsroom.Title, "bola.example.com"))).Message, StringComparison.Ordinal);
        Assert.Throws<ContentException>(() => newsroom.Do(act => act.Sql.AddHost(newsroom.Title, "https://example.com")));
        Assert.Throws<ContentException>(() => newsroom.AddTitle("bola"));
        Assert.Throws<ContentException>(() => newsroom.AddTitle("Bola Kita"));
    }

    [OnBothEngines]
    public void A_section_gets_an_address_that_is_free(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Assert.Equal("search-2", Path("Search"));
        Assert.Equal("newsroom-2", Path("Newsroom"));
        Assert.Equal("2024-2", Path("2024"));
        Assert.Equal("bola/liga-1", Path("Bola/Liga 1"));
        Assert.Equal("bola/search", Path("Bola/Search"));
        Assert.Equal("kanal", Path("🔥"));
        Assert.Equal(newsroom.Section("bola / LIGA 1"), newsroom.Section("Bola/Liga 1"));
        Assert.Throws<ContentException>(() => newsroom.Section(" / "));

        string Path(string name)
        {
            var id = newsroom.Section(name);
            return newsroom.Press.Titles.Section(id).Path;
        }
    }
}
