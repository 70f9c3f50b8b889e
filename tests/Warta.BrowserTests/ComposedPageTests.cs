using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Warta.Composition;
using Xunit;

namespace Warta.BrowserTests;

/// <summary>A page put together of runs that were compressed one by one is one page to a browser.</summary>
public sealed class ComposedPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_page_of_several_runs_reads_as_one()
    {
        var words = string.Join(' ', Enumerable.Range(1, 5000));
        var page = new Composed(
        [
            Segment.Of("<!doctype html><meta charset=utf-8><title>Jejak</title><p id=own>"), Segment.Of(words), Segment.Of("</p>"), Segment.Of(""),
            Segment.Of("<ol id=block><li>Harga «الأسعار»</ol>"), Segment.Of("<p id=end>habis"),
        ]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        string? asked = null;
        app.MapGet("/", async (HttpContext context) =>
        {
            asked = context.Request.Headers.AcceptEncoding;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.ETag = page.GzipETag;
            context.Response.ContentLength = page.GzipLength;
            page.WriteGzip(context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync();
        });
        await app.StartAsync();

        var tab = await chromium.NewPageAsync(javaScript: false);
        var answer = await tab.GotoAsync(app.Urls.First());
        Assert.Equal((200, page.GzipETag), (answer!.Status, answer.Headers["etag"]));
        Assert.True(Negotiation.PrefersGzip(asked), asked);
        Assert.Equal("Jejak", await tab.TitleAsync());
        Assert.Equal(words, await tab.Locator("#own").InnerTextAsync());
        Assert.Equal("Harga «الأسعار»", await tab.Locator("#block li").InnerTextAsync());
        Assert.Equal("habis", await tab.Locator("#end").InnerTextAsync());
    }
}
