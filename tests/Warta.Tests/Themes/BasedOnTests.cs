using System.Text.RegularExpressions;
using Warta.House;
using Warta.Reader;
using Xunit;

namespace Warta.Themes;

/// <summary>A theme that changes another one, made as docs/themes.md tells a designer to.</summary>
public sealed partial class BasedOnTests : IDisposable
{
    private readonly TestSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Made_as_the_docs_say_it_takes_what_it_lacks_from_the_theme_that_it_is_based_on()
    {
        var article = _site.Story("Panen raya dimulai", with: d => d with { Tags = ["Padi"] });
        var steps = File.ReadAllText(Checkout.Path("docs", "themes.md"));
        Write("sawah", "theme.json", JsonText().Match(steps).Groups[1].Value);
        Write("sawah", "templates/front.hbs", "<!doctype html><title>{{title.name}}</title>{{> masthead}}<main>{{{live \"latest\"}}}</main>");
        Write("sawah", "templates/partials/footer.hbs", "<footer>Kaki sawah</footer>");
        _site.Set("theme", "sawah");

        Assert.Contains("<main><section class=\"live live-latest\"", (await _site.GetAsync("/")).Text);
        var page = await _site.GetAsync(_site.PathOf(article));
        Assert.NotNull(page.Page.QuerySelector("article[data-article] [data-body]"));
        Assert.Contains("Kaki sawah", page.Text);
        var css = page.Page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.Equal(File.ReadAllText(Checkout.Path("themes", "warta", "assets", "warta.css")), (await _site.GetAsync(css)).Text);
    }

    [Fact]
    public async Task A_change_in_the_theme_below_takes_effect_and_a_theme_may_change_the_one_of_its_own_name()
    {
        await _site.GetAsync("/");
        Write("warta", "theme.json", """{"basedOn": "warta"}""");
        Write("warta", "templates/partials/footer.hbs", "Kaki satu</body>");
        Write("anak", "theme.json", """{"basedOn": "warta"}""");
        _site.Themes.Refresh();
        _site.Set("theme", "anak");
        Assert.Contains("Kaki satu", (await _site.GetAsync("/")).Text);

        Write("warta", "templates/partials/footer.hbs", "Kaki dua</body>");
        _site.Themes.Refresh();

        Assert.Contains("Kaki dua", (await _site.GetAsync("/")).Text);
    }

    [Theory]
    [InlineData("""{"basedOn": "tidak-ada"}""", "is based on the theme \"tidak-ada\", which isn't there")]
    [InlineData("""{"basedOn": "lingkar"}""", "which is based on it in its turn")]
    [InlineData("[]", "can't be read")]
    [InlineData("{", "can't be read")]
    [InlineData("{}", "has no templates/front.hbs")]
    public void A_theme_that_can_t_stand_says_why(string json, string message)
    {
        Write("lingkar", "theme.json", json);

        Assert.Contains(message, Assert.Throws<ThemeException>(() => _site.Themes.Get("lingkar")).Message);
    }

    [Fact]
    public async Task Lembar_shows_every_kind_of_page()
    {
        var article = _site.Story("Nelayan pulang lebih awal", with: d => d with { Tags = ["Nelayan"] });
        for (var i = 0; i < 6; i++) _site.Story($"Kabar ke-{i} dari pelabuhan");
        _site.Read(article, 3);
        _site.Set("theme", "lembar");

        foreach (var path in (string[])["/", _site.PathOf(article), "/tag/nelayan", "/search?q=kabar", "/index", "/popular", "/corrections", "/tidak-ada"])
        {
            var answer = await _site.GetAsync(path);
            Assert.True(answer.Status == (path == "/tidak-ada" ? 404 : 200), path);
            Assert.NotNull(answer.Page.QuerySelector("p.today"));
            Assert.NotNull(answer.Page.QuerySelector("main h1"));
            Assert.NotNull(answer.Page.QuerySelector("[data-block] a[href]"));
        }
    }

    private void Write(string theme, string path, string text)
    {
        var file = Path.Combine(_site.Folder.ThemesFolder, theme, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        // Two writes within the clock's grain would look like one.
        File.SetLastWriteTimeUtc(file, new DateTime(2040, 1, 1, 0, 0, ++_written, DateTimeKind.Utc));
    }

    private int _written;

    [GeneratedRegex("```json\n\\s*(\\{.*basedOn.*\\})\n")]
    private static partial Regex JsonText();
}
