using System.Text;
using Warta.Engines;
using Warta.Publishing;
using Warta.Storage;
using Warta.Tests;
using Xunit;

namespace Warta.Media;

public sealed class HostileFilesTests
{
    [Fact]
    public void Bomb_is_refused_by_its_header_before_anything_decodes_it() =>
        Assert.Contains("50,000 × 50,000", Refusal(TestPictures.Png(50_000, 50_000, new byte[1_000])));

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "SVG")]
    [InlineData("<?xml version=\"1.0\"?><!-- x --><svg onload=\"alert(1)\"/>", "SVG")]
    [InlineData("<html><script>alert(1)</script></html>", "no picture")]
    [InlineData("GIF89a", "damaged")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "no picture")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1miaf", "damaged")]
    [InlineData("%PDF-1.7", "no picture")]
    [InlineData("", "no picture")]
    public void What_is_no_photograph_is_refused(string file, string why) => Assert.Contains(why, Refusal(Encoding.UTF8.GetBytes(file)));

    [Fact]
    public void Damaged_beginning_is_refused()
    {
        var png = TestPictures.Png();
        Assert.Contains("damaged", Refusal(png[..16]));
        Assert.Contains("damaged", Refusal([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. new byte[40]]));
        Assert.Contains("damaged", Refusal([.. "RIFF____WEBPVP8?"u8, .. new byte[40]]));
        for (var length = 0; length < 64; length++)
        {
            // However short: an answer, never an index out of range.
            byte[][] starts = [[0xFF, 0xD8, 0xFF, 0xC0, 0, 2, 0, 0, 1, 0, 1], png, [.. "RIFF\0\0\0\0WEBPVP8X"u8, .. new byte[48]], [.. "RIFF\0\0\0\0WEBPVP8L/"u8, .. new byte[48]]];
            foreach (var start in starts)
            {
                try
                {
                    ImageHeader.Read(start.AsSpan(0, Math.Min(length, start.Length)));
                }
                catch (MediaException)
                {
                }
            }
        }
    }

    [VipsFact]
    public void Truncated_file_is_refused()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var png = TestPictures.Png(1_000, 800);
        Assert.Contains("damaged", Assert.Throws<MediaException>(() => TakeIn(newsroom, png[..(png.Length / 2)])).Message);
        var jpeg = TestPictures.JpegOfCamera(1_000, 800);
        Assert.Contains("damaged", Assert.Throws<MediaException>(() => TakeIn(newsroom, jpeg[..(jpeg.Length / 2)])).Message);
        Assert.Equal(0, newsroom.Value<long>("SELECT count(*) FROM media"));
        Assert.Empty(newsroom.Press.Media.Keys());
    }

    [VipsFact]
    public void Claim_of_more_pixels_than_there_are_costs_no_more_than_a_refusal()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        Assert.Throws<MediaException>(() => TakeIn(newsroom, TestPictures.Png(10_000, 10_000, new byte[1_000])));
    }

    [VipsFact]
    public void Script_behind_a_picture_and_what_a_camera_wrote_are_gone()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        byte[] file = [.. TestPictures.JpegOfCamera(800, 600), .. "<html><script>alert(document.domain)</script></html>"u8];
        Assert.True(file.AsSpan().IndexOf("Rahasia"u8) > 0 && file.AsSpan().IndexOf((byte[])[6, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0]) > 0);
        var id = TakeIn(newsroom, file);
        // It was held upright: 800 × 600 as stored is 600 × 800 as seen.
        Assert.Equal((600, 800), newsroom.Query<(int, int)>("SELECT width, height FROM media WHERE id = @id", new { id })[0]);
        var files = Files(newsroom, id);
        Assert.NotEmpty(files);
        foreach (var made in files)
        {
            var bytes = File.ReadAllBytes(made);
            // The latitude, in degrees, minutes and seconds of one each.
            foreach (var trace in (byte[][])["<script"u8.ToArray(), "Rahasia"u8.ToArray(), [6, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0]]) Assert.Equal(-1, bytes.AsSpan().IndexOf(trace));
        }
    }

    [VipsFact]
    public void Child_that_never_ends_is_killed_and_the_site_lives()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var folder = Directory.CreateDirectory(newsroom.File("work")).FullName;
        // A convolution that would take hours.
        File.WriteAllBytes(Path.Combine(folder, "a.png"), TestPictures.Png(3_000, 3_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<MediaException>(() => Vips.Run(folder, "median", "a.png", "b.png", "101"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"it took {clock.Elapsed}");
        Assert.True(TakeIn(newsroom, TestPictures.Png()) > 0);
    }

    [VipsFact]
    public void Loaders_that_vips_distrusts_are_off()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        var folder = Directory.CreateDirectory(newsroom.File("work")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
        Assert.Throws<MediaException>(() => Vips.Run(folder, "copy", "a.svg", "b.png"));
    }

    private static string Refusal(byte[] file) => Assert.Throws<MediaException>(() => ImageHeader.Read(file)).Message;

    private static long TakeIn(TestNewsroom newsroom, byte[] file) => newsroom.Press.TakeIn(TestNewsroom.Anna, new TakeInPicture.NewPicture(file)).Id;

    private static List<string> Files(TestNewsroom newsroom, long id)
    {
        var hash = newsroom.Value<string>("SELECT hash FROM media WHERE id = @id", new { id });
        return newsroom.Query<(string Shape, int Width, string Format)>("SELECT shape, width, format FROM renditions WHERE media_id = @id", new { id })
            .ConvertAll(r => newsroom.Press.Media.FileOf(hash, $"{r.Shape}-{r.Width}.{r.Format}"));
    }
}
