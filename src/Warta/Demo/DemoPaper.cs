using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml;
using Warta.Content;
using Warta.Discovery;
using Warta.Exchange.Ninjs;
using Warta.Publishing;

namespace Warta.Demo;

/// <summary>The demonstration paper, written for Warta: its stories are some hours or days old whenever it is first opened.</summary>
public static class DemoPaper
{
    private static readonly string[] Picked = ["04", "11", "01", "08", "13", "06"];

    /// <summary>Brings in the stories that aren't there yet; a second start changes nothing.</summary>
    public static void Fill(Press press)
    {
        var stories = Stories();
        var known = press.Database.Read(session => session.Query<string>("SELECT uri FROM articles WHERE uri IN [[texts:uris]]", new { uris = session.Texts(stories.Select(s => UriOf(s.Item))) })).ToHashSet();
        var missing = stories.Where(s => !known.Contains(UriOf(s.Item))).ToList();
        if (missing.Count == 0) return;
        var title = press.Titles.Default;
        var file = Path.Combine(Path.GetTempPath(), $"warta-demo-{Guid.NewGuid():n}.jsonl");
        try
        {
            File.WriteAllLines(file, missing.Select(s => Dated(s.Item, press.Now).ToJsonString()));
            new NinjsImport(press, title.Id).Run(file, null, CancellationToken.None);
        }
        finally
        {
            File.Delete(file);
        }

        press.Run("demo", act =>
        {
            if (title.Name == "Warta")
            {
                act.Sql.SetTitle(title.Id, "name", "Harian Warta");
                act.Sql.SetTitle(title.Id, "tagline", "Koran percontohan dari Nusantara");
                act.Record("title-set", title.Id, null);
            }

            var byNumber = stories.ToDictionary(s => s.Number, s => UriOf(s.Item));
            var picks = Picked.Where(byNumber.ContainsKey).Select(number => new Picks.Pick(Articles.ByUri(act.Sql, byNumber[number]))).ToList();
            if (act.Sql.Value<long>("SELECT count(*) FROM picks WHERE title_id = @Id", new { title.Id }) == 0) act.ReplacePicks(title.Id, 0, picks);
        });
    }

    private static List<(string Number, JsonObject Item)> Stories()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("Demo/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return (name["Demo/".Length..][..2], JsonNode.Parse(stream)!.AsObject());
        }).ToList();
    }

    private static string UriOf(JsonObject item) => (string)item["uri"]!;

    private static JsonObject Dated(JsonObject item, DateTimeOffset now)
    {
        var created = (now - XmlConvert.ToTimeSpan((string)item["age"]!)).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
        item.Remove("age");
        item["firstCreated"] = created;
        item["versionCreated"] = created;
        return item;
    }
}
