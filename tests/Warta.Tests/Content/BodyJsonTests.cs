using System.Text;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class BodyJsonTests
{
    [Fact]
    public void Every_block_comes_back_as_it_was_written()
    {
        var json = BodyJson.Write(Bodies.Everything);
        var read = BodyJson.Read(json);
        Assert.Equal(json, BodyJson.Write(read));
        Assert.Equal(Bodies.Everything.Blocks.Select(block => block.GetType()), read.Blocks.Select(block => block.GetType()));
        Assert.Equal(Bodies.Html([.. Bodies.Everything.Blocks]), Bodies.Html([.. read.Blocks]));
    }

    [Fact]
    public void Text_without_marks_is_a_plain_string_and_every_script_stays_readable() =>
        Assert.Equal("""{"version":1,"blocks":[{"id":"a","type":"paragraph","text":"“Ya” قال & <kata>"}]}""",
            BodyJson.Write(Bodies.Of(new ParagraphBlock("a", "“Ya” قال & <kata>"))));

    [Theory]
    [InlineData("""{"type":"list","ordered":true,"items":["a",[{"text":"b","href":"javascript:alert(1)"}]]}""",
        "blocks[0].items[1][0].href: \"javascript:alert(1)\" is not a link that Warta prints; use http, https, mailto or tel")]
    [InlineData("""{"type":"raw-html","html":"x"}""", "blocks[0].type: \"raw-html\" is not a block that Warta knows; it knows paragraph, heading,")]
    [InlineData("""{"type":"paragraph","text":"a","style":"x"}""", "blocks[0]: \"style\" is not known here; known are id, type, text.")]
    [InlineData("""{"type":"paragraph"}""", "blocks[0]: \"text\" is missing.")]
    [InlineData("""{"type":"paragraph","text":null}""", "blocks[0].text: expected a text, or an array of spans, found null.")]
    [InlineData("""{"type":"paragraph","text":"half \ud800"}""", "blocks[0].text: the text has half a surrogate pair")]
    [InlineData("""{"type":"heading","level":1,"text":"a"}""", "blocks[0].level: 1 is not a level of heading; use 2, 3 or 4.")]
    [InlineData("""{"type":"heading","level":2.5,"text":"a"}""", "blocks[0].level: expected a whole number, found a number.")]
    [InlineData("""{"type":"paragraph","id":"a b","text":"a"}""", "blocks[0].id: \"a b\" is not an id;")]
    [InlineData("""{"type":"figure","image":{"src":"data:image/png;base64,AA"},"alt":""}""", "blocks[0].image.src: \"data:image/png;base64,AA\" is not an image address")]
    [InlineData("""{"type":"figure","image":{"src":"/a.png","width":0},"alt":""}""", "blocks[0].image.width: 0 is not a size in pixels;")]
    [InlineData("""{"type":"gallery","figures":[{"type":"divider"}]}""", "blocks[0].figures[0]: a gallery holds figures only.")]
    [InlineData("""{"type":"fact-box","heading":"a","blocks":[{"type":"divider"}]}""", "blocks[0].blocks[0]: a fact box holds paragraphs and lists only.")]
    [InlineData("""{"type":"embed","provider":"youtube","url":"https://example.org/"}""", "blocks[0].url: \"https://example.org/\" is not an address that can be embedded; the providers are youtube, x,")]
    [InlineData("""{"type":"embed","provider":"vimeo","url":"https://youtu.be/abcdefghijk"}""", "blocks[0].provider: \"vimeo\" is not the provider of this address; it is \"youtube\".")]
    [InlineData("""{"type":"read-also"}""", "blocks[0]: a read-also names its target;")]
    [InlineData("""{"type":"table","rows":["a"]}""", "blocks[0].rows[0]: expected an array, found a text.")]
    [InlineData("\"a\"", "blocks[0]: expected a block (an object), found a text.")]
    public void A_malformed_block_is_refused_with_its_place_and_what_was_expected(string block, string message)
    {
        var refused = Assert.Throws<MalformedBlockException>(() => BodyJson.Read($$"""{"version":1,"blocks":[{{block}}]}"""));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The body is not JSON")]
    [InlineData("[]", "expected an object, found an array.")]
    [InlineData("""{"blocks":[]}""", "\"version\" is missing.")]
    [InlineData("""{"version":1,"version":1,"blocks":[]}""", "The body is not JSON")]
    [InlineData("""{"version":2,"blocks":[]}""", "version: This body has version 2, and this Warta reads up to 1. A newer Warta wrote it: update this one.")]
    [InlineData("""{"version":0,"blocks":[]}""", "version: 0 is not a version; use 1.")]
    public void What_is_no_body_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<MalformedBlockException>(() => BodyJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_id_that_occurs_twice_is_refused_also_across_levels()
    {
        const string Json = """{"version":1,"blocks":[{"id":"a","type":"divider"},{"type":"fact-box","heading":"","blocks":[{"id":"a","type":"paragraph","text":"x"}]}]}""";
        Assert.Equal("blocks[1].blocks[0].id: \"a\" is the id of an earlier block; each id occurs once in a body.",
            Assert.Throws<MalformedBlockException>(() => BodyJson.Read(Json)).Message);
    }

    [Fact]
    public void A_block_without_an_id_gets_one_from_its_words_that_is_the_same_each_time()
    {
        const string Json = """{"version":1,"blocks":[{"type":"paragraph","text":"x"},{"type":"paragraph","text":"x"},{"type":"fact-box","heading":"","blocks":[{"type":"paragraph","text":"x"}]}]}""";
        var first = BodyJson.Read(Json);
        Assert.Equal(BodyJson.Write(first), BodyJson.Write(BodyJson.Read(Json)));
        var id = first.Blocks[0].Id;
        Assert.Equal(8, id.Length);
        Assert.Equal(id + "-2", first.Blocks[1].Id);
        Assert.Equal(id + "-3", ((FactBoxBlock)first.Blocks[2]).Blocks[0].Id);
    }

    [Fact]
    public void A_body_has_at_most_five_thousand_blocks()
    {
        var json = new StringBuilder("""{"version":1,"blocks":[""");
        json.AppendJoin(',', Enumerable.Repeat("""{"type":"fact-box","heading":"","blocks":[{"type":"paragraph","text":"x"}]}""", 2_501)).Append("]}");
        Assert.Equal("blocks[2500]: A body has at most 5,000 blocks; split the story.",
            Assert.Throws<MalformedBlockException>(() => BodyJson.Read(json.ToString())).Message);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var open = string.Concat(Enumerable.Repeat("""{"type":"fact-box","heading":"","blocks":[""", 10_000));
        Assert.Throws<MalformedBlockException>(() => BodyJson.Read($$"""{"version":1,"blocks":[{{open}}"""));
    }

    [Fact]
    public void Control_characters_are_taken_out_and_line_breaks_become_spaces()
    {
        var body = BodyJson.Read("""{"version":1,"blocks":[{"type":"paragraph","text":"a\u0000b\u001b c\td\ne"}]}""");
        Assert.Equal("ab c d e", Bodies.FirstText(body));
    }

    [Fact]
    public void Any_body_survives_the_round_trip()
    {
        var random = new Random(20240926);
        for (var n = 0; n < 500; n++)
        {
            var body = new RandomBody(random).Next();
            var json = BodyJson.Write(body);
            var read = BodyJson.Read(json);
            Assert.Equal(json, BodyJson.Write(read));
            Assert.Equal(BodyRenderer.PlainText(body), BodyRenderer.PlainText(read));
            SafeHtml.Check(BodyRenderer.Render(read.Blocks, Bodies.Indonesian));
        }
    }
}
