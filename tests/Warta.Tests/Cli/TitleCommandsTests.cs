using Warta.Reader;
using Xunit;

namespace Warta.Cli;

/// <summary>What makes a title its own, by command: sections, vendors, ads, look.</summary>
public sealed class TitleCommandsTests
{
    [Fact]
    public void Vendors_are_added_replaced_listed_and_removed()
    {
        using var newsroom = new Newsroom();
        newsroom.Do("vendor", "add", "Contoh Iklan", "--purpose", "ads", "--script", "https://cdn.example.com/a.js", "--frame", "https://a.example.com", "--frame", "https://b.example.com");
        newsroom.Do("vendor", "add", "Contoh Iklan", "--purpose", "ads", "--script", "https://cdn.example.com/b.js", "--connect", "https://c.example.com");
        var list = newsroom.Do("vendor", "list");
        Assert.Contains("https://cdn.example.com/b.js  https://c.example.com", list);
        Assert.DoesNotContain("a.js", list);
        Assert.Contains("\"purpose\":\"ads\"", newsroom.Do("vendor", "list", "--json"));

        Assert.Contains("can't be added: give hosts such as https://ads.example.com, without a path or a wildcard, not \"https://*.example.com\"", newsroom.Fails("vendor", "add", "X", "--purpose", "ads", "--script", "https://x.example.com/x.js", "--frame", "https://*.example.com"));
        Assert.Contains("give a purpose that is one of ads, analytics, consent", newsroom.Fails("vendor", "add", "X", "--purpose", "fun", "--script", "https://x.example.com/x.js"));
        Assert.Contains("There is no vendor \"X\"", newsroom.Fails("vendor", "remove", "X"));
        newsroom.Do("vendor", "remove", "Contoh Iklan");
        Assert.Equal("[]", newsroom.Do("vendor", "list", "--json").Trim());
    }

    [Fact]
    public void Logo_and_the_newspaper_s_own_ads_are_taken_in_from_files_while_serve_runs()
    {
        using var newsroom = new Newsroom();
        File.WriteAllBytes(newsroom.PathOf("Logo Baru.PNG"), AdsTests.Png(300, 60));
        File.WriteAllText(newsroom.PathOf("palsu.png"), "<svg/>");
        var server = newsroom.Serve();
        Assert.Contains("logo of warta is now logo-baru.png", newsroom.Do("title", "set", "warta", "logo", "Logo Baru.PNG"));
        Assert.Contains("its content is no PNG", newsroom.Fails("title", "set", "warta", "logo", "palsu.png"));
        Assert.Contains("There is no file", newsroom.Fails("title", "set", "warta", "logo", "tidak-ada.png"));
        Assert.Contains("title set warta ads.slots \"top\"", newsroom.Do("ad", "add", "top", "--picture", "Logo Baru.PNG", "--link", "/langganan", "--alt", "Berlangganan"));
        newsroom.Do("title", "set", "warta", "ads.slots", "top");
        var front = server.Get("/");
        Assert.Contains("<img src=\"/assets/title/logo-baru.png?v=", front);
        Assert.Contains("<a href=\"/langganan\"><img", front);
        Assert.Contains("top      logo-baru.png", newsroom.Do("ad", "list"));
        Assert.Contains("a link that is a path", newsroom.Fails("ad", "add", "side", "--picture", "Logo Baru.PNG", "--link", "javascript:alert(1)", "--alt", "x"));
        newsroom.Do("ad", "remove", "top");
        newsroom.Do("title", "set", "warta", "logo", "");
        Assert.DoesNotContain("/assets/title/", server.Get("/"));
        Assert.Contains("There is no theme \"hilang\"", newsroom.Fails("title", "set", "warta", "theme", "hilang"));
        Assert.Contains("has a contrast of", newsroom.Fails("title", "set", "warta", "colors.light", "#ffffff #101828 #ffd700"));
    }

    [Fact]
    public void Sections_are_added_renamed_moved_and_listed()
    {
        using var newsroom = new Newsroom();
        Assert.Contains("Liga 1 is at /bola/liga-1.", newsroom.Do("section", "add", "Bola/Liga 1"));
        Assert.Contains("Olahraga is at /olahraga.", newsroom.Do("section", "rename", "bola", "Olahraga", "--slug", "olahraga"));
        Assert.Contains("It is at /liga-1 now.", newsroom.Do("section", "move", "/bola/liga-1/"));
        Assert.Contains("It is at /olahraga/liga-1 now.", newsroom.Do("section", "move", "liga-1", "--under", "bola"));
        Assert.Equal(2, newsroom.Do("section", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"path\":\"olahraga/liga-1\"", newsroom.Do("section", "list", "--json"));
        Assert.Contains("has no section \"politik\". Sections: olahraga, olahraga/liga-1.", newsroom.Fails("section", "rename", "politik", "Politik"));
        Assert.Contains("none of Warta's own addresses", newsroom.Fails("section", "rename", "olahraga", "Cari", "--slug", "search"));
    }
}
