using System.Text.Json;
using Xunit;

namespace Warta.Cli;

public sealed class AuthorCommandTests
{
    [Fact]
    public void An_author_is_described_and_the_page_says_it_at_once()
    {
        using var newsroom = new Newsroom();
        Bring(newsroom);
        Assert.Contains("Sri Rahayu", newsroom.Do("author", "set", "Sri Rahayu", "--about", "Menulis tentang <laut>."));

        using var list = JsonDocument.Parse(newsroom.Do("author", "list", "--json"));
        Assert.Equal("Menulis tentang <laut>.", list.RootElement[0].GetProperty("about").GetString());
        Assert.Contains("Menulis tentang &lt;laut&gt;.", newsroom.Serve().Get("/author/sri-rahayu"));
    }

    [Fact]
    public void Who_isn_t_there_and_what_is_no_picture_is_refused_with_a_reason()
    {
        using var newsroom = new Newsroom();
        Bring(newsroom);

        Assert.Contains("No story bears the name Siapa", newsroom.Fails("author", "set", "Siapa", "--about", "x"));
        Assert.Contains("There is no file", newsroom.Fails("author", "set", "sri-rahayu", "--portrait", "tidak-ada.jpg"));
        Assert.Contains("at most 1000 fit", newsroom.Fails("author", "set", "sri-rahayu", "--about", new string('x', 1_001)));
    }

    private static void Bring(Newsroom newsroom)
    {
        File.WriteAllText(newsroom.PathOf("a.json"), """{"uri":"urn:a","type":"text","headlines":[{"role":"main","value":"Satu"}],"by":"Sri Rahayu","bodies":[{"contentType":"text/plain","value":"Isi."}]}""");
        newsroom.Do("import", "ninjs", newsroom.PathOf("a.json"));
    }
}
