using System.Text.RegularExpressions;
using Warta.Content;
using Warta.House;
using Warta.Reader;
using Xunit;

namespace Warta.Themes;

public sealed partial class ThemeTests
{
    private static readonly Dictionary<string, string> Partials = new() { ["kartu"] = "{{headline}}", ["salah"] = "a\n {{tidakAda}}" };

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "<p>\n  {{judul}}", "page.hbs:2:3: there is no \"judul\" here; there are bodyHtml" },
        { "{{headline.panjang}}", "page.hbs:1:1: there is no \"panjang\" here" },
        { "\n\n{{#if headline}}x", "page.hbs:3:1: {{#if headline}} is never closed; add {{/if}}" },
        { "{{#if headline}}\n{{/each}}", "page.hbs:2:1: {{/each}} stands where {{/if}} should: the block {{#if headline}} opened on line 1" },
        { "x{{/if}}", "page.hbs:1:2: {{/if}} closes nothing" },
        { "{{else}}", "page.hbs:1:1: {{else}} stands outside any block" },
        { "{{{headline}}}", "page.hbs:1:1: headline is text and must be escaped: write {{headline}}" },
        { "{{&headline}}", "page.hbs:1:1: {{&headline}} is not understood; themes use {{#if x}}" },
        { "{{> kaki}}", "page.hbs:1:1: there is no partial \"kaki\"; there are kartu, salah" },
        { "{{> salah}}", "partials/salah.hbs:2:2: there is no \"tidakAda\" here" },
        { "{{{> kartu}}}", "page.hbs:1:1: a partial takes two braces: write {{> kartu}}" },
        { "{{upper headline}}", "page.hbs:1:1: there is no helper \"upper\"; there are live and ad" },
        { "{{{ad \"atas\"}}}", "page.hbs:1:1: there is no ad slot \"atas\"; there are top, middle, side, bottom" },
        { "{{ad \"top\"}}", "page.hbs:1:1: an ad slot is HTML: write {{{ad \"top\"}}}" },
        { "{{{live \"terbaru\"}}}", "page.hbs:1:1: there is no live block \"terbaru\"; there are related, popular, picks, latest" },
        { "{{live \"popular\"}}", "page.hbs:1:1: a live block is HTML: write {{{live \"popular\"}}}" },
        { "{{#each headline}}{{/each}}", "page.hbs:1:1: \"headline\" is no list" },
        { "{{#each tags}}{{headline}}{{/each}}", "page.hbs:1:15: there is no \"headline\" here; there are name, url" },
        { "{{../headline}}", "page.hbs:1:1: ../ leads out of the view" },
        { "a\n{{headline", "page.hbs:2:1: a tag opens here and is never closed with }}" },
        { "{{}}", "page.hbs:1:1: an empty tag" },
        { "{{#with headline}}{{/with}}", "page.hbs:1:1: {{#with headline}} is not understood" },
    };

    public sealed record Page(string Headline, string BodyHtml, IReadOnlyList<Link> Tags);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_named_with_its_place_and_what_could_stand_there(string template, string message) =>
        Assert.StartsWith(message, Assert.Throws<ThemeException>(() => new TemplateCheck(Partials).Check("page.hbs", template, typeof(Page))).Message);

    [Fact]
    public void Good_template_passes() =>
        new TemplateCheck(Partials).Check("page.hbs", "{{!-- {{x}} --}}{{> kartu}}{{{bodyHtml}}}{{#each tags}}{{@index}}{{name}}{{../headline}}{{else}}-{{/each}}{{{live \"latest\"}}}", typeof(Page));

    [Fact]
    public async Task Changed_template_takes_effect_and_a_broken_one_leaves_the_last_good()
    {
        using var site = new TestSite();
        site.Story("Berita satu");
        await site.GetAsync("/");
        var folder = Path.Combine(site.Folder.ThemesFolder, "warta");
        Copy(Checkout.Path("themes", "warta"), folder);
        site.Themes.Refresh();
        var front = Path.Combine(folder, "templates", "front.hbs");

        Write(front, "<p>Versi satu {{title.name}}</p>{{{live \"latest\"}}}{{{live \"latest\"}}}", 1);
        site.Themes.Refresh();
        var text = (await site.GetAsync("/")).Text;
        Assert.StartsWith("<p>Versi satu Warta</p>", text);
        Assert.Equal(3, text.Split("data-block=\"latest\"").Length);

        Write(front, "<p>Versi dua {{tidakAda}}</p>", 2);
        site.Themes.Refresh();
        Assert.Equal(text, (await site.GetAsync("/")).Text);

        Write(front, "<p>Versi tiga</p>", 3);
        site.Themes.Refresh();
        Assert.Equal("<p>Versi tiga</p>", (await site.GetAsync("/")).Text);
    }

    [Theory]
    [InlineData("    {{> judul}}\n")]
    [InlineData("\t{{~> judul}}\n")]
    [InlineData("{{#if sections}}x{{else}}\n  {{ > judul}}\n{{/if}}")]
    [InlineData("{{> judul}}")]
    public async Task Partial_is_escaped_wherever_it_stands(string template)
    {
        using var site = new TestSite();
        await site.GetAsync("/");
        var folder = Path.Combine(site.Folder.ThemesFolder, "warta");
        Copy(Checkout.Path("themes", "warta"), folder);
        File.WriteAllText(Path.Combine(folder, "templates", "partials", "judul.hbs"), "{{title.name}}");
        Write(Path.Combine(folder, "templates", "front.hbs"), template, 1);
        site.Themes.Refresh();
        site.Set("name", "<b>Warta</b>");

        Assert.Equal("&lt;b&gt;Warta&lt;/b&gt;", (await site.GetAsync("/")).Text.Trim());
    }

    [Fact]
    public void The_docs_name_every_property_of_every_view_and_every_word()
    {
        var doc = File.ReadAllText(Checkout.Path("docs", "themes.md"));
        var missing = new List<string>();
        foreach (var view in typeof(PageView).Assembly.GetTypes().Where(t => t is { Namespace: "Warta.Themes", IsPublic: true, IsAbstract: false } && (t.Name.EndsWith("View", StringComparison.Ordinal) || t == typeof(StoryCard) || t == typeof(Link) || t == typeof(SectionLink) || t == typeof(PageLink))))
        {
            var part = Heading(doc, view.Name) + (view.IsSubclassOf(typeof(PageView)) ? Heading(doc, "Every page") : "");
            missing.AddRange(TemplateCheck.Properties(view).Where(p => !part.Contains($"`{p.Name}`", StringComparison.Ordinal)).Select(p => $"{view.Name}.{p.Name}"));
        }

        missing.AddRange(TemplateCheck.Properties(typeof(Words)).Where(p => !Heading(doc, "Words").Contains($"`{p.Name}`", StringComparison.Ordinal)).Select(p => $"words.{p.Name}"));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_docs_name_nothing_that_is_not_there()
    {
        var doc = File.ReadAllText(Checkout.Path("docs", "themes.md"));
        foreach (var view in (Type[])[typeof(FrontView), typeof(ListView), typeof(ArticleView), typeof(TextView), typeof(RegisterView), typeof(RegisterEntryView), typeof(CorrectionView), typeof(AbsentView), typeof(LiveBlockView), typeof(StoryCard)])
            Assert.Empty(FirstColumn().Matches(Heading(doc, view.Name)).Select(m => m.Groups[1].Value).Except(TemplateCheck.Properties(view).Select(p => p.Name)));
    }

    /// <summary>What the docs say under a heading, or in the row of a table.</summary>
    private static string Heading(string doc, string name)
    {
        var start = doc.IndexOf($"### {name}\n", StringComparison.Ordinal);
        if (start < 0) return doc.Split('\n').FirstOrDefault(line => line.StartsWith($"| {name} |", StringComparison.Ordinal)) ?? "";
        var end = doc.IndexOf("\n#", start + 4, StringComparison.Ordinal);
        return end < 0 ? doc[start..] : doc[start..end];
    }

    private static void Write(string file, string text, int seconds)
    {
        File.WriteAllText(file, text);
        // Two writes within the clock's grain would look like one.
        File.SetLastWriteTimeUtc(file, new DateTime(2040, 1, 1, 0, 0, seconds, DateTimeKind.Utc));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstColumn();
}
