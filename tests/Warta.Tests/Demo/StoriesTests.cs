using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using Xunit;

namespace Warta.Demo;

/// <summary>The stories that <c>warta demo</c> fills its newsroom with: ninjs 3.0, but for an <c>age</c> in place of dates.</summary>
public sealed partial class StoriesTests
{
    private const string PendingTarget = "https://warta.example/demo/bendung-cikaluna-tahap-dua";

    private static readonly Assembly Program = Assembly.Load("warta");

    public static TheoryData<string> Names => [.. Files];

    private static IEnumerable<string> Files => Program.GetManifestResourceNames().Where(name => name.StartsWith("Demo/", StringComparison.Ordinal));

    private static List<JsonNode> All => [.. Files.Select(Read)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_story_holds_all_that_a_paper_prints(string name)
    {
        var story = Read(name);
        var slug = Path.GetFileNameWithoutExtension(name)[3..];

        Assert.Equal("https://warta.example/demo/" + slug, Text(story["uri"]));
        Assert.Equal(("text", "usable"), (Text(story["type"]), Text(story["pubStatus"])));
        Assert.Contains(Text(story["language"]), (string[])["id", "en", "ar"]);
        Assert.InRange(XmlConvert.ToTimeSpan(Text(story["age"])), TimeSpan.FromMinutes(1), TimeSpan.FromDays(800));
        Assert.Equal("main", Text(story["headlines"]![0]!["role"]));
        Assert.Equal("summary", Text(story["descriptions"]![0]!["role"]));
        Assert.Equal("text/html", Text(story["bodies"]![0]!["contentType"]));
        Assert.NotEmpty(Text(story["by"]));
        Assert.NotEmpty(story["located"] is JsonArray places ? Text(places[0]!["name"]) : Text(story["located"]));
        Assert.Single(Subjects(story, "section"));
        Assert.NotEmpty(Subjects(story, "keyword"));
        Assert.InRange(Tags().Replace(Body(story), " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 220, 1_900);
        Assert.NotEmpty(Text(story["picture"]!["alt"]));
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "demo", Text(story["picture"]!["file"]) + "-1280.jpg")), "its picture is missing");
    }

    [Fact]
    public void Every_read_also_leads_to_another_story_but_the_one_that_waits_for_its_target()
    {
        var uris = All.Select(story => Text(story["uri"])).ToHashSet();
        var targets = All.SelectMany(story => ReadAlso().Matches(Body(story))).Select(match => match.Groups[1].Value).ToList();

        Assert.True(uris.Count >= 80, $"only {uris.Count} stories");
        Assert.Equal([PendingTarget], targets.Where(target => !uris.Contains(target)));
        Assert.True(targets.Count(uris.Contains) >= 40);
    }

    [Fact]
    public void A_read_also_bears_its_target_s_headline()
    {
        var headlines = All.ToDictionary(story => Text(story["uri"]), story => Text(story["headlines"]![0]!["value"]));

        foreach (var match in All.SelectMany(story => ReadAlso().Matches(Body(story))).Where(match => headlines.ContainsKey(match.Groups[1].Value)))
            Assert.Equal(headlines[match.Groups[1].Value], match.Groups[2].Value);
    }

    [Theory]
    [InlineData("<table>", 5)]
    [InlineData("<aside>", 5)]
    [InlineData("<blockquote>", 3)]
    [InlineData("<ol>", 2)]
    [InlineData("<!--nextpage-->", 2)]
    public void Each_kind_of_block_is_shown_somewhere(string markup, int atLeast) =>
        Assert.True(All.Sum(story => Body(story).Split(markup).Length - 1) >= atLeast);

    [Theory]
    [InlineData("correction")]
    [InlineData("takedown")]
    [InlineData("unverified")]
    public void Something_befell_one_story(string what) => Assert.Single(All, story => story[what] is not null);

    [Fact]
    public void One_story_is_an_advertorial() => Assert.Single(All, story => story["kind"]?.GetValue<string>() == "advertorial");

    [Fact]
    public void Both_titles_have_stories_some_in_both_and_every_language_too()
    {
        Assert.True(All.Count(story => story["title"]?.GetValue<string>() == "pesisir") >= 20);
        Assert.Contains(All, story => story["alsoIn"] is not null);
        Assert.True(All.SelectMany(story => Subjects(story, "section")).Distinct().Count() >= 12);
        Assert.Equal(["ar", "en", "id"], All.Select(story => Text(story["language"])).Distinct().Order());
    }

    private static JsonNode Read(string name)
    {
        using var stream = Program.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!;
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Body(JsonNode story) => Text(story["bodies"]![0]!["value"]);

    private static IEnumerable<string> Subjects(JsonNode story, string rel) =>
        story["subjects"]!.AsArray().Where(subject => Text(subject!["rel"]) == rel).Select(subject => Text(subject!["name"]));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("""<p>(?:Baca Juga|Read also|اقرأ أيضًا): <a href="([^"]+)">([^<]+)</a></p>""")]
    private static partial Regex ReadAlso();
}
