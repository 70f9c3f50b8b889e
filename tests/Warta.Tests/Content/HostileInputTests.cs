using System.Text.Json;
using System.Text.RegularExpressions;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public partial class HostileInputTests
{
    [SharedDataFact("dompurify/expect.mjs")]
    public void No_attack_on_a_sanitiser_gets_through_the_mapper_and_the_renderer()
    {
        var payloads = new List<string>();
        foreach (Match match in Payload().Matches(File.ReadAllText(Path.Combine(SharedData.Folder!, "dompurify/expect.mjs"))))
            payloads.Add(JsonSerializer.Deserialize<string>(match.Groups[1].Value)!);
        Assert.True(payloads.Count > 200, $"only {payloads.Count} payloads found");
        foreach (var payload in payloads)
            CheckBothMappers(payload);
    }

    [SharedDataFact("blns/blns.json")]
    public void No_naughty_string_gets_through()
    {
        var strings = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(SharedData.Folder!, "blns/blns.json")))!;
        Assert.True(strings.Length > 400);
        foreach (var naughty in strings)
        {
            CheckBothMappers(naughty);
            CheckBothMappers($"<p>Teks <a href=\"{naughty}\">tautan</a> <img src='{naughty}' alt=\"{naughty}\"></p>");
        }
    }

    [Theory]
    [InlineData("<a href='java\tscript:alert(1)'>x</a>")]
    [InlineData("<a href='JaVaScRiPt:alert(1)'>x</a>")]
    [InlineData("<a href='&#106;avascript:alert(1)'>x</a>")]
    [InlineData("<a href='\u0001javascript:alert(1)'>x</a>")]
    [InlineData("<a href='data:text/html,<script>alert(1)</script>'>x</a>")]
    [InlineData("<a href='https://bank.example@evil.example/'>x</a>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<img src='https://example.org/\" onerror=\"alert(1)'>")]
    [InlineData("<svg><script>alert(1)</script></svg><p>x")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<iframe src='javascript:alert(1)'></iframe>")]
    [InlineData("<iframe src='https://www.youtube.com/embed/abcdefghijk\" onload=\"alert(1)'></iframe>")]
    [InlineData("<table><caption><script>1</script>\"onx=\"</caption><tr><td>a<td>b</table>")]
    [InlineData("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("<plaintext><script>alert(1)</script>")]
    [InlineData("<template><script>alert(1)</script></template><form action=javascript:1><input name=a></form>")]
    public void Nothing_that_runs_comes_out(string html) => CheckBothMappers(html);

    [Theory]
    [InlineData("<table><tr><td>")]
    [InlineData("<div>")]
    [InlineData("<blockquote>")]
    [InlineData("<ul><li>")]
    [InlineData("<b>")]
    [InlineData("<figure>")]
    [InlineData("<aside>")]
    [InlineData("<figure><figcaption>")]
    [InlineData("<h2><ul>")]
    public void Ten_thousand_nested_tags_do_no_harm_and_keep_the_text(string tag)
    {
        // So deep that the markup is given up, and as deep as the parser is still asked.
        foreach (var times in (int[])[10_000, 900])
        {
            var mapped = HtmlMapper.FromHtml("<p>Awal.</p>" + string.Concat(Enumerable.Repeat(tag, times)) + "teks");
            SafeHtml.Check(BodyRenderer.Render(mapped.Body.Blocks, Bodies.Indonesian));
            Assert.Contains("teks", BodyRenderer.PlainText(mapped.Body), StringComparison.Ordinal);
            BodyJson.Read(BodyJson.Write(mapped.Body));
        }
    }

    [Fact]
    public void A_body_never_grows_beyond_what_can_be_read_again()
    {
        foreach (var html in (string[])["<p>x</p>", "<ul>x</ul>", "<figure><img src=/a><img src=/b></figure>", "<aside><h2>a</h2><p>b</p></aside>", "<hr>", "<blockquote>x</blockquote>"])
        {
            var mapped = HtmlMapper.FromHtml(string.Concat(Enumerable.Repeat(html, 6_000)));
            BodyJson.Read(BodyJson.Write(mapped.Body));
            Assert.True(mapped.Dropped["block beyond 5000"] > 0);
        }
        BodyJson.Read(BodyJson.Write(PlainTextMapper.FromPlainText(string.Concat(Enumerable.Repeat("x\n", 6_000))).Body));
    }

    private static void CheckBothMappers(string text)
    {
        foreach (var mapped in (MappedBody[])[HtmlMapper.FromHtml(text), PlainTextMapper.FromPlainText(text)])
        {
            // What is stored is read back, and every read-also finds a story with the same bad headline.
            var body = BodyJson.Read(BodyJson.Write(mapped.Body));
            var html = BodyRenderer.Render(body.Blocks, Bodies.Indonesian with
            {
                Dateline = new Dateline(text, text),
                ReadAlso = _ => new ReadAlsoTarget(text, "/berita/1"),
            });
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            SafeHtml.Check(html);
        }
    }

    [GeneratedRegex("""(?:"payload"|\bpayload)\s*:\s*("(?:[^"\\]|\\.)*")""")]
    private static partial Regex Payload();
}
