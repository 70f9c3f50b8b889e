using System.Text;
using System.Text.Json;
using Warta.Content;
using Warta.Engines;
using Warta.Exchange.Ninjs;
using Warta.Media;
using Warta.Storage;
using Warta.Tests;
using Xunit;

namespace Warta.Exchange;

public sealed class PicturePassTests
{
    [VipsOnBothEngines]
    public void Pictures_beside_the_import_are_taken_in_once(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        Directory.CreateDirectory(Path.GetDirectoryName(newsroom.File("media/x"))!);
        File.WriteAllBytes(newsroom.File("media/besar satu.png"), TestPictures.Png(800, 450));
        var file = Write(newsroom, new
        {
            uri = "test:a",
            headline = "Dengan gambar",
            body_text = "Isi.",
            associations = new
            {
                logo = new { type = "graphic", renditions = new { main = new { href = "media/logo.png", mimetype = "image/png", width = 90, height = 90 } } },
                mainpic = new
                {
                    type = "picture",
                    headline = "Kapal di dermaga",
                    description_text = "Kapal bersandar, Senin.",
                    byline = "Budi Santoso",
                    renditions = new { small = new { href = "media/kecil.png", mimetype = "image/png", width = 100, height = 50 }, main = new { href = "media/besar%20satu.png", mimetype = "image/png", width = 800, height = 450 } },
                },
            },
        }, new
        {
            uri = "test:b",
            headline = "Gambar yang sama",
            body_text = "Isi.",
            renditions = new[] { new { name = "main", href = "media/besar%20satu.png", contentType = "image/png", width = 800, height = 450 } },
        });

        var report = Import(newsroom, file);
        Assert.Equal((2, 1, 0, 0), (report.Added, report.Pictures, report.PicturesFailed, report.PicturesWaiting));
        var stories = newsroom.Query<string>("SELECT picture FROM publications ORDER BY article_id").ConvertAll(json => Picture.Read(json)!);
        Assert.Equal(stories[0].Media, stories[1].Media);
        var item = newsroom.Database.Read(session => MediaItem.Read(session, [stories[0].Media], newsroom.Clock.Now, Shape.Wide)[stories[0].Media]);
        Assert.Equal(("Kapal di dermaga", "Kapal bersandar, Senin.", "Budi Santoso", 800), (item.Alt, item.Caption, item.Credit, item.Width));
        Assert.NotEmpty(item.Of(Shape.Wide, "webp"));

        var again = Import(newsroom, file);
        Assert.Equal((2, 0, 1), (again.Unchanged, again.Pictures, newsroom.Value<long>("SELECT count(*) FROM media")));
    }

    [VipsFact]
    public void Point_of_interest_is_kept_in_percent()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        File.WriteAllBytes(newsroom.File("a.png"), TestPictures.Png(400, 200));
        Import(newsroom, Write(newsroom, new { uri = "test:a", headline = "A", body_text = "Isi.", renditions = new[] { new { name = "main", href = "a.png", contentType = "image/png", width = 400, height = 200, poi = new { x = 100, y = 180 } } } }));
        Assert.Equal((25, 90), newsroom.Query<(int, int)>("SELECT focus_x, focus_y FROM media")[0]);
        Assert.EndsWith("-25x90", Assert.Single(newsroom.Press.Media.Keys()));
    }

    [VipsFact]
    public void No_way_leads_out_of_the_import_s_folder()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var secret = newsroom.File("rahasia.png");
        File.WriteAllBytes(secret, TestPictures.Png());
        var folder = Directory.CreateDirectory(newsroom.File("masuk")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "tautan.png"), secret);
        Directory.CreateSymbolicLink(Path.Combine(folder, "luar"), Path.GetDirectoryName(secret)!);
        foreach (var href in (string[])["../rahasia.png", "..%2Frahasia.png", "a/../../rahasia.png", secret, "file://" + secret, "tautan.png", "luar/rahasia.png", "//example.org/a.png", "ftp://example.org/a.png"])
        {
            var file = Path.Combine(folder, "satu.json");
            File.WriteAllText(file, JsonSerializer.Serialize(new { uri = "test:" + href, headline = "Keluar", body_text = "Isi.", renditions = new[] { new { name = "main", href, contentType = "image/png" } } }));
            var report = Import(newsroom, file);
            Assert.Equal((href, 1, 1, 0), (href, report.Added, report.Dropped.GetValueOrDefault("picture outside the import's folder"), report.Pictures));
        }

        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM media"));
    }

    [VipsOnBothEngines]
    public void Addresses_are_asked_when_told_so_and_a_picture_that_fails_costs_its_story_nothing(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var png = TestPictures.Png(640, 360);
        using var server = new OutboundTests.Answering((path, _) => path == "/ada.png"
            ? [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {png.Length}\r\n\r\n"), .. png]
            : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        var file = Write(newsroom,
            new { uri = "test:a", headline = "Ada", body_html = $"<p>Isi.</p><figure><img src=\"{server.Url}ada.png\" alt=\"Di dalam\"></figure>", renditions = new[] { new { name = "main", href = server.Url + "ada.png", contentType = "image/png" } } },
            new { uri = "test:b", headline = "Hilang", body_html = "<p>Isi.</p>", renditions = new[] { new { name = "main", href = server.Url + "hilang.png", contentType = "image/png" } } });

        var stories = Import(newsroom, file);
        Assert.Equal((2, 0, 0, 2), (stories.Added, stories.Pictures, stories.PicturesFailed, stories.PicturesWaiting));
        Assert.Equal(0, server.Asked);

        var fetched = Import(newsroom, file, MediaChoice.All);
        Assert.Equal((2, 1, 1, 1), (fetched.Unchanged, fetched.Pictures, fetched.PicturesFailed, fetched.PicturesWaiting));
        var lost = Assert.Single(fetched.LostPictures);
        Assert.Equal((server.Url + "hilang.png", "The answer was 404."), (lost.Source, lost.Reason));
        Assert.Equal(2, newsroom.Listed().Count());
        Assert.Equal(1, newsroom.Value<long>("SELECT count(*) FROM revisions r JOIN articles a ON a.id = r.article_id WHERE a.uri = 'test:a'"));

        // From this machine nothing is asked unless a test says so.
        Assert.Equal(1, new NinjsImport(newsroom.Press, newsroom.Title) { Media = MediaChoice.All }.Run(file, null, CancellationToken.None).PicturesFailed);
    }

    [SharedDataTheory]
    [InlineData("1.4/ninjsExComplex1.json", "http://hosted.ap.org/photos/2/2643c588-dc8d-4923-bebd-e3b904edbb3a-big.jpg", "Paulo Santalucia")]
    [InlineData("3.0/tt_text_image_3.json", "", "")]
    [InlineData("2.1/tt_text_image_2.json", "", "")]
    public void Examples_of_each_version_tell_their_picture(string example, string source, string credit)
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var item = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Engines.SharedData.Path("ninjs", "examples", example)))!.AsObject();
        item["uri"] = "test:example";
        item["headline"] = "Contoh";
        item["body_text"] ??= "Isi.";
        File.WriteAllText(newsroom.File("contoh.json"), item.ToJsonString());
        Assert.Equal(1, Import(newsroom, newsroom.File("contoh.json"), MediaChoice.None).Added);
        var media = newsroom.Query<(string Source, string Caption, string Credit)>("SELECT source, caption, credit FROM media");
        Assert.Contains(media, m => m.Source.StartsWith("http", StringComparison.Ordinal) && (source.Length == 0 || (m.Source == source && m.Credit == credit)) && m.Caption.Length > 0);
    }

    private static string Write(TestNewsroom newsroom, params object[] items)
    {
        var file = newsroom.File("items.jsonl");
        File.WriteAllLines(file, items.Select(item => JsonSerializer.Serialize(item)));
        return file;
    }

    private static ImportReport Import(TestNewsroom newsroom, string file, MediaChoice media = MediaChoice.Files) =>
        new NinjsImport(newsroom.Press, newsroom.Title) { Media = media, Outbound = OutboundTests.Only("127.0.0.1") }.Run(file, null, CancellationToken.None);
}
