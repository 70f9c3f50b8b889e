using System.Text.Json;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class BlocksDocTests
{
    [Fact]
    public void Every_example_in_the_documentation_is_read_and_written_as_it_stands_and_none_is_missing()
    {
        var text = File.ReadAllText(SharedData.Above("docs/blocks.md")!);
        var examples = text.Split("```json\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();
        var types = new HashSet<string>();
        foreach (var example in examples)
        {
            var json = example.StartsWith("{\"version\"", StringComparison.Ordinal) ? example : $$"""{"version":1,"blocks":[{{example}}]}""";
            var body = BodyJson.Read(json);
            Assert.Equal(Compact(json), BodyJson.Write(body));
            types.UnionWith(body.Blocks.Select(BodyJson.TypeOf));
        }
        Assert.Equal(Bodies.Everything.Blocks.Select(BodyJson.TypeOf).Distinct().Order(), types.Order());
    }

    private static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Relaxed);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
