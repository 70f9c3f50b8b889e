using System.Text.Json;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class HtmlMapperTests
{
    /// <summary>The blocks as JSON without ids, which is short to compare.</summary>
    private static string Map(string html)
    {
        using var json = JsonDocument.Parse(BodyJson.Write(HtmlMapper.FromHtml(html).Body));
        return string.Join('\n', json.RootElement.GetProperty("blocks").EnumerateArray().Select(block =>
            System.Text.RegularExpressions.Regex.Replace(block.GetRawText(), "\"id\":\"[^\"]*\",", "")));
    }

    [Theory]
    [InlineData("<p>a <b>b <i>c</i></b></p>", """{"type":"paragraph","text":[{"text":"a "},{"text":"b ","bold":true},{"text":"c","bold":true,"italic":true}]}""")]
    [InlineData("lepas<div>dalam<br><br/>dua<br>baris</div>ekor", "{\"type\":\"paragraph\",\"text\":\"lepas\"}\n{\"type\":\"paragraph\",\"text\":\"dalam\"}\n{\"type\":\"paragraph\",\"text\":\"dua baris\"}\n{\"type\":\"paragraph\",\"text\":\"ekor\"}")]
    [InlineData("<h1>a</h1><h3>b</h3><h6>c</h6>", "{\"type\":\"heading\",\"level\":2,\"text\":\"a\"}\n{\"type\":\"heading\",\"level\":3,\"text\":\"b\"}\n{\"type\":\"heading\",\"level\":4,\"text\":\"c\"}")]
    [InlineData("<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>", """{"type":"list","ordered":true,"items":["a","b","c d"]}""")]
    [InlineData("<blockquote><p>Siap.</p><footer>— Siti</footer></blockquote>", """{"type":"quote","text":["Siap."],"speaker":"Siti"}""")]
    [InlineData("<figure><a href='/x'><img src='//cdn.example/a.jpg' width=800 height='600px' alt=' a '></a><figcaption>Ramai <span class=credit>Foto: Budi</span></figcaption></figure>",
        """{"type":"figure","image":{"src":"https://cdn.example/a.jpg","width":800,"height":600},"alt":"a","caption":"Ramai","credit":"Budi"}""")]
    [InlineData("<p>a<img src='data:image/gif;base64,x' data-src='/b.jpg'>c</p>", "{\"type\":\"paragraph\",\"text\":\"a\"}\n{\"type\":\"figure\",\"image\":{\"src\":\"/b.jpg\"},\"alt\":\"\"}\n{\"type\":\"paragraph\",\"text\":\"c\"}")]
    [InlineData("<p>a</p><!--nextpage--><p>b</p><hr>", "{\"type\":\"paragraph\",\"text\":\"a\"}\n{\"type\":\"page-break\"}\n{\"type\":\"paragraph\",\"text\":\"b\"}\n{\"type\":\"divider\"}")]
    [InlineData("<table><caption>c</caption><tr><th>a<th>b</tr><tr><td>1<td><table><tr><td>x<td>y</table></table>",
        """{"type":"table","caption":"c","header":[["a","b"]],"rows":[["1","x y"]]}""")]
    [InlineData("<aside><h3>Sekilas</h3><p>a</p><ul><li>b</ul></aside>", """{"type":"fact-box","heading":"Sekilas","blocks":[{"type":"paragraph","text":"a"},{"type":"list","ordered":false,"items":["b"]}]}""")]
    [InlineData("<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>", """{"type":"embed","provider":"youtube","url":"https://www.youtube.com/watch?v=abcdefghijk"}""")]
    [InlineData("<p>https://youtu.be/abcdefghijk</p>", """{"type":"embed","provider":"youtube","url":"https://www.youtube.com/watch?v=abcdefghijk"}""")]
    [InlineData("<blockquote class='twitter-tweet'><p>x</p>— y <a href='https://twitter.com/y/status/1?s=20'>2024</a></blockquote><script async src=x></script>", """{"type":"embed","provider":"x","url":"https://x.com/y/status/1"}""")]
    [InlineData("<p><strong>Baca Juga: <a href='https://example.org/t'>Judul</a></strong></p>", """{"type":"read-also","wanted":"Judul","wantedUri":"https://example.org/t"}""")]
    [InlineData("<p>E=mc<sup>2</sup> dan H<sub>2</sub>O</p>", """{"type":"paragraph","text":[{"text":"E=mc"},{"text":"2","superscript":true},{"text":" dan H2O"}]}""")]
    [InlineData("<p>a</p><p>&nbsp;</p><p> , </p>", """{"type":"paragraph","text":"a"}""")]
    public void Html_becomes_blocks(string html, string blocks) => Assert.Equal(blocks, Map(html));

    [Fact]
    public void What_is_dropped_is_counted_by_name_and_its_text_stays_where_it_is_text()
    {
        var mapped = HtmlMapper.FromHtml(
            "<script>1</script><p style='color:red' onclick=x>a <a href='javascript:1'>b</a></p><style>x</style><form><input></form><svg><text>s</text></svg>"
            + "<iframe src='https://maps.example/'></iframe><p>Baca Juga:</p><img src=x><table><tr><td>1<td><table><tr><td>2<td>3</table></table>");
        Assert.Equal("a b\n1 2 3", BodyRenderer.PlainText(mapped.Body));
        Assert.Equal(
            ["bare Baca Juga 1", "form 1", "iframe 1", "image without a web address 1", "link javascript 1", "nested table 1", "script 1", "style 1", "svg 1"],
            mapped.Dropped.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_renderer_wrote_maps_back_to_much_the_same_blocks()
    {
        var body = HtmlMapper.FromHtml(Bodies.Html([.. Bodies.Everything.Blocks])).Body;
        Assert.Equal(
            ["paragraph", "paragraph", "heading", "list", "quote", "figure"],
            body.Blocks.Take(6).Select(BodyJson.TypeOf));
        Assert.Equal(((ParagraphBlock)Bodies.Everything.Blocks[1]).Text, ((ParagraphBlock)body.Blocks[1]).Text);
    }

    [Fact]
    public void Empty_html_is_an_empty_body() => Assert.Empty(HtmlMapper.FromHtml("<!-- x --><p></p>").Body.Blocks);
}
