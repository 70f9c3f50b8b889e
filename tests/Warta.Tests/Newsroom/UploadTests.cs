using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Warta.Engines;
using Warta.Media;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class UploadTests
{
    private const int Piece = 512 << 10;

    [VipsOnBothEngines]
    internal async Task Picture_that_comes_in_pieces_is_whole_after_lost_pieces_and_a_restart(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var file = Noise(900, 700);
        var key = KeyOf(file);

        Assert.Equal("""{"offset":0}""", (await Begin(reporter, file)).Text);
        Assert.Equal(Piece, (await Send(reporter, key, 0, file[..Piece])).Json.GetProperty("offset").GetInt64());
        // The answer was lost; the browser sends the piece again, and is told where to go on.
        var again = await Send(reporter, key, 0, file[..Piece]);
        Assert.Equal(409, again.Status);
        Assert.Equal(Piece, again.Json.GetProperty("offset").GetInt64());
        site.Restart();
        Assert.Equal(Piece, (await Begin(reporter, file)).Json.GetProperty("offset").GetInt64());
        var last = await SendAll(reporter, file, Piece);

        Assert.Equal(200, last.Status);
        var id = last.Json.GetProperty("media").GetInt64();
        Assert.Equal(reporter.Actor, site.Press.Database.Read(session => session.First<string>("SELECT created_by FROM media WHERE id = @id", new { id })));
        Assert.Equal(id, (await Begin(reporter, file)).Json.GetProperty("media").GetInt64());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Folder.Path, "uploads"), "*", SearchOption.AllDirectories));

        // Nobody shows it yet: only the newsroom may look.
        var preview = await reporter.GetAsync($"/newsroom/pictures/{id}/preview");
        Assert.Equal("image/webp", preview.Header("Content-Type"));
        Assert.Contains("private", preview.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(302, (await site.GetAsync($"/newsroom/pictures/{id}/preview")).Status);
        var name = site.Press.Database.Read(session => session.First<string>("SELECT hash FROM media WHERE id = @id", new { id }));
        Assert.Equal(404, (await site.GetAsync($"/media/{name}/whole-320.webp")).Status);
    }

    [VipsTheory]
    [InlineData("gif"), InlineData("avif"), InlineData("webp"), InlineData("jpg"), InlineData("png")]
    internal async Task Each_of_the_five_formats_is_taken_in(string format)
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var file = TestPictures.As(format, 640, 480);

        await Begin(reporter, file);
        var answer = await SendAll(reporter, file);

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, site.Count("SELECT count(*) FROM media WHERE format = @format AND width = 640 AND height = 480", new { format }));
        Assert.Equal(200, (await reporter.GetAsync(answer.Json.GetProperty("picture").GetProperty("preview").GetString()!)).Status);
    }

    /// <summary>FIELD: SVG with script → refused; a page that says it is a picture; a film.</summary>
    [VipsTheory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "SVG")]
    [InlineData("<?xml version=\"1.0\"?><!-- x --><svg onload=\"alert(1)\"/>", "SVG")]
    [InlineData("<html><script>alert(document.domain)</script>                                    </html>", "bukan gambar")]
    [InlineData("GIF89a", "rusak")]
    internal async Task Svg_with_script_and_what_is_no_picture_is_refused_in_the_persons_language(string text, string why)
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var file = Encoding.UTF8.GetBytes(text);

        await Begin(reporter, file);
        var answer = await Send(reporter, KeyOf(file), 0, file);

        Assert.Equal(422, answer.Status);
        Assert.Contains(why, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, site.Count("SELECT count(*) FROM media"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Folder.Path, "uploads"), "*", SearchOption.AllDirectories));
    }

    /// <summary>FIELD: HTML/JPEG polyglot → re-encoded; EXIF GPS → removed.</summary>
    [VipsFact]
    public async Task Polyglot_of_html_and_jpeg_with_a_place_in_its_exif_is_made_anew_without_either()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        byte[] file = [.. TestPictures.JpegOfCamera(800, 600), .. "<html><script>alert(document.domain)</script></html>"u8];

        await Begin(reporter, file);
        var id = (await SendAll(reporter, file)).Json.GetProperty("media").GetInt64();

        foreach (var shape in (string[])["whole", "wide", "square", "share"])
        {
            var made = await (await reporter.GetAsync($"/newsroom/pictures/{id}/preview?shape={shape}")).Raw.Content.ReadAsByteArrayAsync();
            Assert.True(made.Length > 100);
            foreach (var trace in (byte[][])["<script"u8.ToArray(), "Rahasia"u8.ToArray(), [6, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0]]) Assert.Equal(-1, made.AsSpan().IndexOf(trace));
        }

        // What was sent itself is to be had nowhere.
        Assert.Equal(404, (await reporter.GetAsync($"/newsroom/pictures/{id}/preview?shape=original")).Status);
    }

    /// <summary>FIELD: 50k×50k pixel bomb → refused before decoding.</summary>
    [VipsFact]
    public async Task Pixel_bombs_are_refused_before_anything_decodes_them()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        foreach (var bomb in (byte[][])[TestPictures.Png(50_000, 50_000, new byte[1_000]), [.. "GIF89a"u8, 0x50, 0xC3, 0x50, 0xC3, .. new byte[100]], TestPictures.AvifClaiming(50_000, 50_000)])
        {
            await Begin(reporter, bomb);
            var answer = await Send(reporter, KeyOf(bomb), 0, bomb);
            Assert.Equal(422, answer.Status);
            Assert.Contains("piksel", answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    /// <summary>FIELD: crashing/looping image → child killed ≤5 s, site lives.</summary>
    [VipsFact]
    public async Task Image_that_the_decoder_chokes_on_is_refused_and_the_site_lives()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var jpeg = TestPictures.JpegOfCamera(1_000, 800);
        foreach (var bad in (byte[][])[jpeg[..(jpeg.Length / 2)], TestPictures.AvifClaiming(8_000, 8_000), TestPictures.Png(10_000, 10_000, new byte[1_000])])
        {
            await Begin(reporter, bad);
            Assert.Equal(422, (await SendAll(reporter, bad)).Status);
        }

        Assert.Equal(200, (await site.GetAsync("/")).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM media"));
    }

    [VipsFact]
    public async Task Upload_without_permission_or_without_the_forms_proof_is_refused()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var file = TestPictures.Png();
        var body = new { name = "a.png", size = file.Length, key = KeyOf(file) };

        Assert.Equal(401, (await site.SendAsync("POST", "/newsroom/uploads", body)).Status);
        Assert.Equal(400, (await reporter.SendAsync(HttpMethod.Post, "/newsroom/uploads", JsonOf(body), ("Accept", "application/json"))).Status);
        Assert.Equal(400, (await reporter.SendAsync(HttpMethod.Post, "/newsroom/uploads", JsonOf(body), ("X-Form", "lain"), ("Accept", "application/json"))).Status);
        using var elsewhere = await Staff.SignInAsync(site, "reporter", site.AddTitle("bola", "bola.example"));
        var refused = await elsewhere.PostJsonAsync("/newsroom/uploads", body);
        Assert.Equal(403, refused.Status);
        Assert.Equal(403, (await Send(elsewhere, KeyOf(file), 0, file)).Status);
    }

    [VipsFact]
    public async Task Nobody_goes_on_with_anothers_upload()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var anna = await Staff.SignInAsync(site, "reporter");
        using var budi = await Staff.SignInAsync(site, "reporter");
        var file = Noise(600, 500);
        await Begin(anna, file);
        await Send(anna, KeyOf(file), 0, file[..1_000]);

        Assert.Equal(404, (await Send(budi, KeyOf(file), 1_000, file[1_000..2_000])).Status);
        Assert.Equal(0, (await Begin(budi, file)).Json.GetProperty("offset").GetInt64());
        Assert.Equal(1_000, (await Begin(anna, file)).Json.GetProperty("offset").GetInt64());
    }

    [VipsFact]
    public async Task Content_that_is_not_its_keys_and_a_piece_beyond_the_end_are_refused()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var (file, other) = (TestPictures.Png(), TestPictures.Png());
        await Begin(reporter, file, other.Length);
        Assert.Equal(422, (await Send(reporter, KeyOf(file), 0, other)).Status);
        Assert.Equal(0, site.Count("SELECT count(*) FROM media"));

        await Begin(reporter, file);
        Assert.Equal(422, (await Send(reporter, KeyOf(file), 0, [.. file, 0])).Status);
        await Begin(reporter, file);
        Assert.Equal(413, (await Send(reporter, KeyOf(file), 0, new byte[(1 << 20) + 1])).Status);
        Assert.Equal(409, (await Send(reporter, KeyOf(file), 7, file)).Status);
        Assert.Equal(400, (await Send(reporter, KeyOf(file), -1, file)).Status);
        Assert.Equal(422, (await Begin(reporter, file, 31 << 20)).Status);
        Assert.Equal(422, (await Begin(reporter, file, 0)).Status);
    }

    /// <summary>FIELD: media path traversal → 404.</summary>
    [VipsTheory]
    [InlineData("../../warta.json"), InlineData("..%2F..%2Fwarta.json"), InlineData("%2e%2e%2fmain"), InlineData("ABCDEF"), InlineData("")]
    internal async Task Key_that_is_a_path_names_nothing(string key)
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        Assert.Equal(400, (await reporter.PostJsonAsync("/newsroom/uploads", new { name = "../../../etc/passwd", size = 10, key })).Status);
        Assert.Contains((await Send(reporter, key, 0, TestPictures.Png())).Status, (int[])[400, 404, 405, 413]);
        Assert.False(Directory.Exists(Path.Combine(site.Folder.Path, "uploads")));
    }

    [VipsFact]
    public async Task Too_much_at_once_waits_and_what_nobody_goes_on_with_is_removed_after_a_day()
    {
        using var site = new TestSite(EngineKind.Sqlite);
        using var reporter = await Staff.SignInAsync(site, "reporter");
        var answer = default(TestSite.Answer);
        for (var i = 0; i < 60 && answer?.Status != 429; i++) answer = await reporter.PostJsonAsync("/newsroom/uploads", new { name = "a.jpg", size = 25 << 20, key = KeyOf([(byte)i]) });
        Assert.Equal(429, answer!.Status);
        using var colleague = await Staff.SignInAsync(site, "reporter");
        Assert.Equal(200, (await Begin(colleague, TestPictures.Png())).Status);

        site.Clock.Now = site.Clock.Now.AddHours(23);
        site.Press.Media.Tidy(site.Press.Now);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(site.Folder.Path, "uploads"), "*", SearchOption.AllDirectories));
        site.Clock.Now = site.Clock.Now.AddHours(2);
        site.Press.Media.Tidy(site.Press.Now);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Folder.Path, "uploads"), "*", SearchOption.AllDirectories));
    }

    private static byte[] Noise(int width, int height)
    {
        var rows = new byte[height * (width * 3 + 1)];
        RandomNumberGenerator.Fill(rows);
        for (var y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0;
        return TestPictures.Png(width, height, rows);
    }

    private static string KeyOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static System.Net.Http.Json.JsonContent JsonOf(object body) => System.Net.Http.Json.JsonContent.Create(body);

    private static Task<TestSite.Answer> Begin(Staff staff, byte[] file, long? size = null) => staff.PostJsonAsync("/newsroom/uploads", new { name = "foto.jpg", size = size ?? file.Length, key = KeyOf(file) });

    private static Task<TestSite.Answer> Send(Staff staff, string key, long offset, byte[] piece)
    {
        var content = new ByteArrayContent(piece);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return staff.SendAsync(HttpMethod.Post, $"/newsroom/uploads/{key}?offset={offset}", content, ("X-Form", staff.Proof), ("Accept", "application/json"));
    }

    private static async Task<TestSite.Answer> SendAll(Staff staff, byte[] file, int from = 0)
    {
        for (var at = from; ; at += Piece)
        {
            var answer = await Send(staff, KeyOf(file), at, file[at..Math.Min(at + Piece, file.Length)]);
            if (answer.Status != 200 || answer.Json.TryGetProperty("media", out _)) return answer;
        }
    }
}
