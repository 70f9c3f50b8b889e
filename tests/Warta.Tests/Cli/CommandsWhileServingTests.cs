using System.Text.Json;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>Every command does the same with and without a running server, which shows the change at the next request.</summary>
public sealed class CommandsWhileServingTests
{
    [OnBothEngines]
    public void A_running_site_shows_what_a_command_did_at_the_next_request(EngineKind engine)
    {
        using var newsroom = new Newsroom(engine);
        Fill(newsroom);
        var server = newsroom.Serve();
        var path = PathOf(server, "urn:satu");

        newsroom.Do("title", "set", "warta", "name", "Harian Langsung");
        Assert.Contains("Harian Langsung", server.Get("/"));
        newsroom.Do("picks", "set", "urn:dua");
        Assert.Contains("Cerita dua", server.Get("/api/v1/picks"));
        newsroom.Do("picks", "set");
        Assert.DoesNotContain("Cerita dua", server.Get("/api/v1/picks"));

        var issued = newsroom.Do("correction", "add", "urn:satu", "--kind", "hak-jawab", "--text", "Saya tidak di sana.", "--asked-by", "Pak Darmo");
        var number = System.Text.RegularExpressions.Regex.Match(issued, "^Issued as number ([0-9]+)").Groups[1].Value;
        Assert.Contains("Saya tidak di sana.", server.Get(path));
        Assert.Contains("Pak Darmo", server.Get("/corrections"));
        Assert.Contains("hak", newsroom.Run("correction", "add", "urn:satu", "--kind", "maaf", "--text", "x").Error);
        newsroom.Do("correction", "withdraw", number);
        Assert.DoesNotContain("Saya tidak di sana.", server.Get(path));
        Assert.Contains("(withdrawn)", newsroom.Do("correction", "list", "urn:satu"));

        newsroom.Do("unverified", "urn:satu");
        Assert.Contains("(Masih memerlukan verifikasi)", server.Get(path));
        newsroom.Do("unverified", "urn:satu", "--clear");
        Assert.DoesNotContain("(Masih memerlukan verifikasi)", server.Get(path));

        Assert.Contains("warta/redaksi", newsroom.Do("doctor"));
        File.WriteAllText(newsroom.PathOf("redaksi.md"), "# Redaksi\n\nPemimpin redaksi: Rini.\n");
        File.WriteAllText(newsroom.PathOf("pedoman.html"), "<p>Kami mengikuti pedoman.</p><script>alert(1)</script>");
        newsroom.Do("page", "set", "redaksi", "redaksi.md");
        Assert.Contains("Left out: ", newsroom.Do("page", "set", "pedoman-media-siber", "pedoman.html", "--name", "Pedoman"));
        Assert.Contains("Pemimpin redaksi: Rini.", server.Get("/redaksi"));
        Assert.Contains(">Pedoman</a>", server.Get("/"));
        Assert.DoesNotContain("warta/redaksi", newsroom.Do("doctor"));
        Assert.Contains("/redaksi", newsroom.Do("page", "list"));
        newsroom.Do("page", "remove", "redaksi");
        Assert.Equal(404, server.Status("/redaksi"));
        Assert.Contains("There is no file at", newsroom.Fails("page", "set", "redaksi", "nowhere.md"));

        newsroom.Do("withdraw", "urn:satu");
        Assert.Equal(404, server.Status(path));
        Assert.Matches(@"(Live on 1\d surfaces in \d+ ms|Its surfaces are still being asked)\.\n$", newsroom.Do("publish", "urn:satu"));
        Assert.Equal(200, server.Status(path));
        // A slow machine is still asking them.
        for (var i = 0; i < 100 && newsroom.Do("receipt", "urn:satu").Contains("still being asked", StringComparison.Ordinal); i++) Thread.Sleep(200);
        Assert.Contains("news-sitemap", newsroom.Do("receipt", "urn:satu"));
        Assert.Contains("\"verb\":\"published\"", newsroom.Do("receipt", "urn:satu", "--json"));

        Assert.Matches(@"(Gone from 1\d surfaces in \d+ ms|Its surfaces are still being asked)\.\n$", newsroom.Do("takedown", "urn:satu", "--reason", "Diminta oleh keluarga"));
        Assert.Equal(410, server.Status(path));
        Assert.Contains("Diminta oleh keluarga", server.Text(path));
        newsroom.Do("takedown", "urn:satu", "--undo");
        Assert.Equal(200, server.Status(path));

        newsroom.Do("purge", "urn:satu", "--reason", "Putusan pengadilan");
        Assert.Equal(410, server.Status(path));
        Assert.DoesNotContain("Cerita satu", server.Get("/"));

        newsroom.Do("schedule", "urn:tahan", "2026-01-26T09:00:00+07:00");
        server.Until("/", (_, page) => page.Contains("Cerita yang ditahan"));
        newsroom.Do("doctor");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Users_and_tokens_are_kept_with_and_without_a_server(bool serving)
    {
        using var newsroom = new Newsroom();
        if (serving) newsroom.Serve();

        Assert.Matches("with the password [a-z2-9]{20} ", newsroom.Do("user", "add", "rini@example.com", "--name", "Rini", "--role", "editor"));
        var given = newsroom.RunWithInput("sebuah sandi panjang\n", "user", "add", "ayu@example.com", "--name", "Ayu", "--role", "admin", "--password-stdin");
        Assert.Equal((0, "Added ayu@example.com.\n"), (given.Exit, given.Out));
        Assert.Contains("already", newsroom.Fails("user", "add", "Rini@example.com", "--name", "Rini", "--role", "editor"));
        Assert.Contains("10 to 200", newsroom.RunWithInput("pendek\n", "user", "add", "budi@example.com", "--name", "Budi", "--role", "editor", "--password-stdin").Error);
        newsroom.Do("user", "disable", "rini@example.com");
        Assert.Contains("(disabled)", newsroom.Do("user", "list"));
        newsroom.Do("user", "reset", "rini@example.com");
        Assert.DoesNotContain("(disabled)", newsroom.Do("user", "list"));

        Assert.Matches("^warta_[0-9a-f]{48}\n$", newsroom.Do("token", "add", "program", "--role", "editor"));
        Assert.Contains("already", newsroom.Fails("token", "add", "program", "--role", "editor"));
        newsroom.Do("token", "revoke", "program");
        newsroom.Do("doctor");
    }

    [Fact]
    public void Stories_are_changed_without_a_server_too()
    {
        using var newsroom = new Newsroom();
        Fill(newsroom);

        newsroom.Do("withdraw", "urn:satu");
        Assert.Contains("No surface was asked", newsroom.Do("publish", "urn:satu"));
        newsroom.Do("takedown", "urn:satu", "--reason", "Salah");
        Assert.Contains("already", newsroom.Fails("takedown", "urn:satu", "--reason", "Salah"));
        newsroom.Do("takedown", "urn:satu", "--undo");
        newsroom.Do("picks", "set", "urn:dua", "urn:satu");
        newsroom.Do("purge", "urn:dua");
        Assert.Contains("the story was purged here, and may not come back", newsroom.Do("import", "ninjs", newsroom.PathOf("dua.json")));

        var front = newsroom.Serve().Get("/");
        Assert.Contains("Cerita satu", front);
        Assert.DoesNotContain("Cerita dua", front);
    }

    [Fact]
    public void A_token_that_was_revoked_is_worthless_at_once()
    {
        using var newsroom = new Newsroom();
        var server = newsroom.Serve();
        var token = newsroom.Do("token", "add", "program", "--role", "editor").Trim();
        Assert.Equal(201, (int)server.Send("/api/v1/articles", HttpMethod.Post, "{\"headline\":\"Judul\",\"text\":\"Isi.\"}", token).StatusCode);

        newsroom.Do("token", "revoke", "program");

        Assert.Equal(401, (int)server.Send("/api/v1/articles", HttpMethod.Post, "{\"headline\":\"Judul\",\"text\":\"Isi.\"}", token).StatusCode);
    }

    [Fact]
    public void A_failure_inside_the_server_reaches_the_command_as_its_line_and_code()
    {
        using var newsroom = new Newsroom();
        newsroom.Serve();

        Assert.Contains("There is no article with the uri urn:none.", newsroom.Fails("publish", "urn:none"));
        Assert.Contains("There is no file or folder at", newsroom.Fails("import", "ninjs", "nowhere"));
    }

    private static void Fill(Newsroom newsroom)
    {
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("satu.json"), "urn:satu", "Cerita satu"));
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("dua.json"), "urn:dua", "Cerita dua"));
        newsroom.Do("import", "ninjs", GeneratedStories.WriteOne(newsroom.PathOf("tahan.json"), "urn:tahan", "Cerita yang ditahan", ("pubStatus", "withheld")));
    }

    private static string PathOf(Newsroom.Served server, string uri)
    {
        using var list = JsonDocument.Parse(server.Get($"/api/v1/articles?uri={uri}"));
        return list.RootElement.GetProperty("items")[0].GetProperty("url").GetString()!;
    }
}
