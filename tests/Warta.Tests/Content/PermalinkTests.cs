using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class PermalinkTests
{
    private const long Day = 20241202, Id = 4711;

    [Theory]
    [InlineData(Permalink.Default, "/bola/2024/12/02/timnas-menang")]
    [InlineData("/{sections}/{yyyy}/{MM}/{dd}/{slug}", "/bola/liga-1/2024/12/02/timnas-menang")]
    [InlineData("/{yyyy}/{MM}/{dd}/{slug}", "/2024/12/02/timnas-menang")]
    [InlineData("/{section}/{slug}-{id}", "/bola/timnas-menang-4711")]
    [InlineData("/baca/{id}/{slug}", "/baca/4711/timnas-menang")]
    public void A_pattern_makes_addresses(string pattern, string path)
    {
        Assert.Null(Permalink.Check(pattern));
        Assert.Equal(path, new Permalink(pattern).Path("bola/liga-1", Day, "timnas-menang", Id));
    }

    [Fact]
    public void Letters_of_other_scripts_are_encoded_in_an_address() =>
        Assert.Equal("/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9/2024/12/02/%D8%AE%D8%A8%D8%B1", new Permalink(Permalink.Default).Path("رياضة", Day, "خبر", Id));

    [Theory]
    [InlineData("")]
    [InlineData("{section}/{yyyy}/{MM}/{dd}/{slug}")]
    [InlineData("/{section}/{yyyy}/{MM}/{dd}/{slug}/")]
    [InlineData("/{section}//{yyyy}/{MM}/{dd}/{slug}")]
    [InlineData("/{section}/{slug}")]
    [InlineData("/{section}/{yyyy}/{MM}/{slug}")]
    [InlineData("/{yyyy}/{MM}/{dd}/{id}")]
    [InlineData("/{section}/{yyyy}/{MM}/{dd}/{slug}/{slug}")]
    [InlineData("/{section}/{yyyy}/{MM}/{dd}/{title}")]
    [InlineData("/{section}/{yyyy}/{MM}/{dd}/{slug}.html")]
    [InlineData("/{section}/{yyyy}/{MM}/{dd}/{slug}?x=1")]
    [InlineData("/{Section}/{yyyy}/{MM}/{dd}/{slug}")]
    [InlineData("/berita harian/{id}/{slug}")]
    [InlineData("/{id}/{slug")]
    // A number of their own would be taken for the id.
    [InlineData("/{yyyy}/{MM}/{slug}-{id}")]
    [InlineData("/{yyyy}/{slug}-{id}")]
    [InlineData("/2024/{slug}-{id}")]
    [InlineData("/{id}/{slug}-{id}")]
    // These are Warta's own.
    [InlineData("/newsroom/{id}/{slug}")]
    [InlineData("/search/{yyyy}/{MM}/{dd}/{slug}")]
    public void A_pattern_that_would_not_find_its_stories_is_refused(string pattern)
    {
        var e = Assert.Throws<ContentException>(() => TitleSettings.Checked("permalink", pattern));
        Assert.Contains(Permalink.Default, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/bola")]
    [InlineData("/bola/2024/12/02/judul/")]
    [InlineData("/tag/judul-berita")]
    [InlineData("/123456789012345678901234567890/judul")]
    public void What_can_not_be_a_storys_address_is_none(string path) => Assert.Null(Permalink.Read(path));

    [Theory]
    [InlineData("/bola/2024/13/02/judul")]
    [InlineData("/bola/2024/12/32/judul")]
    [InlineData("/bola/2024/1/2/judul")]
    [InlineData("/٢٠٢٤/١٢/٠٢/judul-٧")]
    public void What_is_no_date_is_not_read_as_one(string path) => Assert.Null(Permalink.Read(path)?.Day);

    [Fact]
    public void Every_address_that_a_good_pattern_makes_leads_back_to_its_story()
    {
        var random = new Random(20241202);
        string[] before = ["", "/{section}", "/{sections}", "/baca", "/baca/{section}", "/{sections}/arsip-2020"];
        string[] ends = ["/{yyyy}/{MM}/{dd}/{slug}", "/{id}/{slug}", "/{slug}-{id}"];
        string[] headlines = ["Banjir", "Harga Emas 2024", "2024", "7", "Top 10", "Pasal 2/12/2024", "Nomor 12-34", "أسعار الذهب ٢٠٢٤", "100% Cinta?", "-"];
        string[] sections = ["Bola", "Bola/Liga 1", "Bola/2024", "2024", "2024/12", "2024/12/Hari", "Search", "رياضة/كرة القدم", "1/2"];
        foreach (var pattern in before.SelectMany(b => ends.Select(e => b + e)))
        {
            Assert.Null(Permalink.Check(pattern));
            foreach (var headline in headlines)
            {
                foreach (var section in sections)
                {
                    var slug = Slug.From(headline) is { Length: > 0 } from ? from : "berita";
                    var day = random.Next(1950, 2100) * 10000L + random.Next(1, 13) * 100 + random.Next(1, 29);
                    var id = random.NextInt64(1, 10_000_000);
                    var path = new Permalink(pattern).Path(Titles.SectionPaths(section)[^1].Path, day, slug, id);
                    var address = Permalink.Read(Uri.UnescapeDataString(path));
                    Assert.True(address is not null, path);
                    if (pattern.Contains("{id}", StringComparison.Ordinal)) Assert.True(address!.Id == id && address.Day is null, path);
                    else Assert.True(address!.Slug == slug && address.Day == day, path);
                }
            }
        }
    }
}
