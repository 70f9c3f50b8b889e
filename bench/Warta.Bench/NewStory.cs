using System.Text;
using System.Text.Json;

namespace Warta.Bench;

/// <summary>A story of the bench's own, written and published by the API.</summary>
internal static class NewStory
{
    public const string Tag = "Kabar bench";
    public const string TagPath = "/tag/kabar-bench";

    /// <returns>Its id.</returns>
    public static long Save(Connection connection, string token, string headline)
    {
        var text = new MadeUpText(new Random(headline.Length));
        var json = JsonSerializer.Serialize(new
        {
            headline,
            standfirst = text.Paragraph(16),
            section = SyntheticArchive.Section.ToLowerInvariant(),
            tags = new[] { Tag },
            html = string.Concat(Enumerable.Range(0, 7).Select(_ => $"<p>{text.Paragraph(40)}</p>")),
        });
        return Answer(connection.Send(Connection.Request("POST", "/api/v1/articles", json, token)), 201).GetProperty("id").GetInt64();
    }

    /// <returns>Its path.</returns>
    public static string Publish(Connection connection, string token, long id) =>
        new Uri(Answer(connection.Send(Connection.Request("POST", $"/api/v1/articles/{id}/publish", "{}", token)), 200).GetProperty("url").GetString()!).AbsolutePath;

    private static JsonElement Answer((int Status, byte[] Body) answer, int status)
    {
        if (answer.Status != status) throw new InvalidDataException($"The API answered with {answer.Status}: {Encoding.UTF8.GetString(answer.Body)}");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }
}
