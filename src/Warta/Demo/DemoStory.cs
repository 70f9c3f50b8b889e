using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml;
using Warta.Publishing;

namespace Warta.Demo;

/// <summary>
/// A story written for the demonstration: ninjs 3.0, and beside it what ninjs has no place for. <c>age</c> stands in place of its dates, so that the paper is
/// fresh whenever it is first opened.
/// </summary>
internal sealed record DemoStory
{
    /// <summary>Two digits that its file begins with, and its picture's files.</summary>
    public required string Number { get; init; }
    public required JsonObject Item { get; init; }
    public required TimeSpan Age { get; init; }

    /// <summary>The title that it was written for, by slug.</summary>
    public required string Title { get; init; }
    public IReadOnlyList<string> AlsoIn { get; init; } = [];
    public string Kind { get; init; } = Content.ArticleKind.Story;
    public string Kicker { get; init; } = "";
    public bool IsUnverified { get; init; }

    /// <summary>What an erratum says of it; empty for most.</summary>
    public string Correction { get; init; } = "";

    /// <summary>Why it was taken down; empty for most.</summary>
    public string Takedown { get; init; } = "";
    public DemoPicture? Picture { get; init; }

    public string Uri => (string)Item["uri"]!;

    /// <param name="File">The first part of the names of its files.</param>
    internal sealed record DemoPicture(string File, string Alt, string Caption, string Credit);

    public static List<DemoStory> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith("Demo/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return Read(name["Demo/".Length..][..2], JsonNode.Parse(stream)!.AsObject());
        }).ToList();
    }

    /// <summary>The item as an importer reads it.</summary>
    public string Dated(DateTimeOffset now)
    {
        var created = (now - Age).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
        var item = Item.DeepClone().AsObject();
        item["firstCreated"] = created;
        item["versionCreated"] = created;
        return item.ToJsonString();
    }

    /// <summary>The draft that an import made, with what ninjs couldn't say.</summary>
    /// <param name="picture">The number of its picture in the media store.</param>
    public Draft Complete(Draft draft, long? picture) => draft with
    {
        Kind = Kind,
        Kicker = Kicker,
        IsUnverified = IsUnverified,
        Picture = picture is { } id ? new Content.Picture(id) : null,
    };

    private static DemoStory Read(string number, JsonObject item)
    {
        return new DemoStory
        {
            Number = number,
            Age = XmlConvert.ToTimeSpan(Taken("age")!),
            Title = Taken("title") ?? "warta",
            AlsoIn = TakenNode("alsoIn")?.AsArray().Select(slug => (string)slug!).ToList() ?? [],
            Kind = Taken("kind") ?? Content.ArticleKind.Story,
            Kicker = Taken("kicker") ?? "",
            IsUnverified = (bool?)TakenNode("unverified") ?? false,
            Correction = (string?)TakenNode("correction")?["text"] ?? "",
            Takedown = Taken("takedown") ?? "",
            Picture = TakenNode("picture") is { } picture
                ? new DemoPicture((string)picture["file"]!, (string)picture["alt"]!, (string?)picture["caption"] ?? "", (string?)picture["credit"] ?? "")
                : null,
            Item = item,
        };

        string? Taken(string key) => (string?)TakenNode(key);

        JsonNode? TakenNode(string key) => item.Remove(key, out var node) ? node : null;
    }
}
