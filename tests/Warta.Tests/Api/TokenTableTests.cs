using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Warta.Accounts;
using Warta.Reader;
using Xunit;

namespace Warta.Api;

/// <summary>Which token opens what: each endpoint × role × title, played with requests, against a table that people have read.</summary>
public partial class TokenTableTests
{
    private static readonly (char Letter, string Role)[] Cast =
        [('C', "contributor"), ('R', "reporter"), ('P', "photo-editor"), ('A', "advertising"), ('E', "editor"), ('M', "managing-editor"), ('X', "admin")];

    [Fact]
    public async Task Every_endpoint_takes_the_tokens_that_the_table_says_and_no_others()
    {
        using var site = new TestSite();
        var other = site.AddTitle("lain", "lain.example");
        var live = site.Story("Banjir di Demak");
        var groups = new long?[] { null, site.Title.Id, other }.Select(title => Cast.Select(one => (one.Letter, Token: site.Press.Run("test", act => act.AddToken($"{one.Role} {title}", one.Role, title)))).ToList()).ToList();

        var (played, broken) = (new List<string>(), new List<string>());
        foreach (var (method, pattern) in Endpoints(site))
        {
            var line = new StringBuilder($"{method} {pattern} |");
            if (await PassesAsync(method, pattern, "")) line.Append(" everybody");
            else
                foreach (var group in groups)
                {
                    line.Append(' ');
                    foreach (var (letter, token) in group) line.Append(await PassesAsync(method, pattern, token) ? letter : '.');
                }

            played.Add(line.ToString());
        }

        var wrong = played.Where(line => !TokenTable.Lines.Contains(line)).ToList();
        var gone = TokenTable.Lines.Where(line => !played.Contains(line)).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.True(wrong.Count == 0 && gone.Count == 0, $"The API answers these otherwise than tests/Warta.Tests/Api/TokenTable.cs says, or they aren't in it. Read each line: if that is what it should do, put it there.\n{string.Join('\n', wrong)}\nThese stand there:\n{string.Join('\n', gone)}");

        async Task<bool> PassesAsync(string method, string pattern, string token)
        {
            // New each time, for what one has done another shall not find.
            var story = method == "GET" ? live : site.Story("Banjir di Demak");
            var path = Hole().Replace(pattern, hole => hole.Value.StartsWith("{id", StringComparison.Ordinal) ? $"{story}" : "1") + (method == "GET" ? "?title=warta&q=banjir" : "");
            var answer = pattern == "/api/v1/media" ? await SendPictureAsync(site, token) : await site.SendAsync(method, path, method == "GET" ? null : new { title = "warta", headline = "Judul", text = "Isi.", reason = "Salah." }, headers: token.Length > 0 ? [("Authorization", "Bearer " + token)] : []);
            if (answer.Status is 429 or >= 500) broken.Add($"{method} {path} {answer.Status} {answer.Text}");
            return answer.Status is not (401 or 403);
        }
    }

    private static async Task<TestSite.Answer> SendPictureAsync(TestSite site, string token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Address, "/api/v1/media")) { Content = new ByteArrayContent([1]) { Headers = { ContentType = new("image/jpeg") } } };
        if (token.Length > 0) request.Headers.Authorization = new("Bearer", token);
        var response = await client.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    private static List<(string Method, string Pattern)> Endpoints(TestSite site) => site.Endpoints
        .Select(endpoint => (Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], Pattern: "/" + endpoint.RoutePattern.RawText!.Trim('/')))
        .Where(endpoint => endpoint.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !endpoint.Pattern.Contains("{**", StringComparison.Ordinal))
        .SelectMany(endpoint => endpoint.Methods.Where(method => method != "HEAD").Select(method => (method, endpoint.Pattern)))
        .OrderBy(endpoint => endpoint.Pattern, StringComparer.Ordinal).ThenBy(endpoint => endpoint.method, StringComparer.Ordinal).ToList();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
