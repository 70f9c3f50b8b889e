using System.Net.Http.Headers;
using System.Text.Json;
using Warta.Engines;
using Warta.Media;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Api;

public sealed class MediaApiTests
{
    [VipsOnBothEngines]
    public async Task Picture_is_sent_and_named_by_a_draft(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var (status, json) = await SendAsync(site, "?alt=Perahu&credit=Budi&focus=30,70", TestPictures.Png(900, 600), "reporter");
        Assert.Equal(201, status);
        var media = json.GetProperty("id").GetInt64();
        var url = json.GetProperty("renditions").EnumerateArray().First(r => r.GetProperty("shape").GetString() == "wide").GetProperty("url").GetString()!;
        Assert.Contains("-30x70/wide-", url);
        Assert.Equal(404, (await site.GetAsync(url)).Status);

        var blocks = new object[] { new { type = "figure", media, alt = "" } };
        var made = await site.SendAsync("POST", "/api/v1/articles", new { headline = "Bergambar", blocks, picture = new { media, caption = "Milik berita" } }, "editor");
        Assert.Equal(201, made.Status);
        Assert.Empty(made.Json.GetProperty("ignored").EnumerateArray());
        var id = made.Json.GetProperty("id").GetInt64();
        Assert.Equal(200, (await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor")).Status);
        Assert.Equal(200, (await site.GetAsync(url)).Status);
        var article = (await site.GetAsync($"/api/v1/articles/{id}")).Json;
        var picture = article.GetProperty("picture");
        Assert.Equal(("Perahu", "Milik berita", "Budi", 900), (picture.GetProperty("alt").GetString(), picture.GetProperty("caption").GetString(), picture.GetProperty("credit").GetString(), picture.GetProperty("width").GetInt32()));
        Assert.Contains("<picture><img src=\"/media/", article.GetProperty("html").GetString());

        await site.SendAsync("PUT", $"/api/v1/articles/{id}", new { picture = (object?)null }, "editor", headers: [("If-Match", "*")]);
        await site.SendAsync("POST", $"/api/v1/articles/{id}/publish", role: "editor");
        Assert.Equal(JsonValueKind.Null, (await site.GetAsync($"/api/v1/articles/{id}")).Json.GetProperty("picture").ValueKind);
    }

    [VipsFact]
    public async Task Form_does_as_well_and_a_known_file_answers_with_its_number()
    {
        using var site = new TestSite();
        var file = TestPictures.Png(64, 48);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "a.png" }, { new StringContent("Keterangan"), "caption" } };
        var (status, json) = await SendAsync(site, "", form, "contributor");
        Assert.Equal((201, "Keterangan"), (status, json.GetProperty("caption").GetString()));
        var (again, same) = await SendAsync(site, "?caption=Lain", file, "contributor");
        Assert.Equal((200, json.GetProperty("id").GetInt64(), "Keterangan"), (again, same.GetProperty("id").GetInt64(), same.GetProperty("caption").GetString()));
    }

    [Fact]
    public async Task Refusals_say_why()
    {
        using var site = new TestSite();
        Assert.Equal(401, (await SendAsync(site, "", TestPictures.Png(), null)).Status);
        await RefusedAsync("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "", "SVG");
        await RefusedAsync([], "", "Send the picture");
        await RefusedAsync("teks"u8.ToArray(), "", "no picture");
        await RefusedAsync(TestPictures.Png(50_000, 50_000, new byte[9]), "", "at most");
        await RefusedAsync(TestPictures.Png(), "?focus=tengah", "focus");
        await RefusedAsync(TestPictures.Png(), "?focus=101,0", "focus");
        await RefusedAsync(TestPictures.Png(), "?expiresAt=besok", "expiresAt");
        foreach (var picture in (object[])[7, "x", new { }, new { media = "1" }, new { media = 987654 }])
            Assert.Equal(400, (await site.SendAsync("POST", "/api/v1/articles", new { headline = "Bergambar", text = "Isi.", picture }, "editor")).Status);

        async Task RefusedAsync(byte[] file, string query, string why)
        {
            var (status, json) = await SendAsync(site, query, file, "editor");
            Assert.Equal(400, status);
            Assert.Contains(why, json.GetProperty("detail").GetString());
        }
    }

    private static Task<(int Status, JsonElement Json)> SendAsync(TestSite site, string query, byte[] file, string? role) =>
        SendAsync(site, query, new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, role);

    private static async Task<(int Status, JsonElement Json)> SendAsync(TestSite site, string query, HttpContent content, string? role)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Address, "/api/v1/media" + query)) { Content = content };
        if (role is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", site.Token(role));
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
