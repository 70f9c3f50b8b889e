using System.Text.Json;
using Xunit;

namespace Warta.Cli;

public sealed class LinkCommandTests
{
    [Fact]
    public void Links_are_listed_with_what_has_become_of_their_targets()
    {
        using var newsroom = new Newsroom();
        Bring(newsroom);
        Assert.Contains("2 links; 1 lead out of the house.", newsroom.Do("links"));
        newsroom.Do("withdraw", "urn:b");
        using var dead = JsonDocument.Parse(newsroom.Do("links", "--state", "dead", "--json"));
        var link = Assert.Single(dead.RootElement.EnumerateArray());
        Assert.Equal(("withdrawn", "text"), (link.GetProperty("state").GetString(), link.GetProperty("kind").GetString()));
        Assert.Contains("pending", newsroom.Do("links", "--article", "urn:a"));
    }

    [Fact]
    public void Related_stories_are_pinned_banned_listed_and_cleared()
    {
        using var newsroom = new Newsroom();
        Bring(newsroom);
        newsroom.Do("related", "pin", "urn:a", "urn:b", "--reason", "Latar");
        Assert.Contains("pin", newsroom.Do("related", "list", "urn:a"));
        newsroom.Do("related", "ban", "urn:a", "urn:b");
        using (var list = JsonDocument.Parse(newsroom.Do("related", "list", "urn:a", "--json")))
            Assert.Equal(("ban", "live", "Dua"), (list.RootElement[0].GetProperty("kind").GetString(), list.RootElement[0].GetProperty("state").GetString(), list.RootElement[0].GetProperty("headline").GetString()));
        newsroom.Do("related", "clear", "urn:a", "urn:b");
        Assert.Contains("Nothing is pinned", newsroom.Do("related", "list", "urn:a"));
        Assert.Contains("nothing to clear", newsroom.Fails("related", "clear", "urn:a"));
    }

    private static void Bring(Newsroom newsroom)
    {
        File.WriteAllText(newsroom.PathOf("b.json"), """{"uri":"urn:b","type":"text","headlines":[{"role":"main","value":"Dua"}],"firstCreated":"2024-12-02T03:00:00Z","bodies":[{"contentType":"text/plain","value":"Isi dua."}]}""");
        File.WriteAllText(newsroom.PathOf("a.json"), """{"uri":"urn:a","type":"text","headlines":[{"role":"main","value":"Satu"}],"firstCreated":"2024-12-02T04:00:00Z","bodies":[{"contentType":"text/html","value":"<p>Lihat <a href=\"/berita/2024/12/02/dua\">ini</a> dan <a href=\"https://lain.example/\">itu</a>.</p><p>Baca Juga: Yang Dinanti</p>"}]}""");
        newsroom.Do("import", "ninjs", newsroom.PathOf("b.json"));
        newsroom.Do("import", "ninjs", newsroom.PathOf("a.json"));
    }
}
