using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Warta.Content;

namespace Warta.Exchange.Ninjs;

/// <summary>
/// One item of ninjs 1.x, 2.x or 3.x as Warta understands it. 1.x writes its keys in lower case and some by other names
/// (<c>body_html</c>, <c>description_text</c>, <c>subject</c>); all are read alike.
/// </summary>
internal sealed record NinjsItem
{
    /// <summary>Part of the item's hash: another mapping makes every item new.</summary>
    private const string MappingVersion = "2";

    public required string Uri { get; init; }
    public required string Headline { get; init; }
    public required Body Body { get; init; }
    public required string Hash { get; init; }
    public required string Status { get; init; }
    public Dateline? Dateline { get; init; }
    public string? Language { get; init; }
    public string Standfirst { get; init; } = "";
    public IReadOnlyList<Byline> Bylines { get; init; } = [];
    public string? Section { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset? FirstCreated { get; init; }
    public DateTimeOffset? VersionCreated { get; init; }
    public DateTimeOffset? EmbargoedUntil { get; init; }
    public DateTimeOffset? Expires { get; init; }
    public string UsageTerms { get; init; } = "";
    public string CopyrightHolder { get; init; } = "";
    public string Kind { get; init; } = ArticleKind.Story;
    public NinjsPicture? Picture { get; init; }
    public required IReadOnlyDictionary<string, int> Dropped { get; init; }

    /// <summary>An item that can't become a story; the message is the reason.</summary>
    internal sealed class RefusedException(string? uri, string reason) : Exception(reason)
    {
        public string? Uri { get; } = uri;
    }

    private static readonly HashSet<string> Understood =
    [
        "uri", "standard", "type", "language", "pubstatus", "headlines", "headline", "title", "bodies", "body_html", "body_xhtml", "body_text", "descriptions",
        "description_text", "description_html", "by", "byline", "located", "subjects", "subject", "versioncreated", "firstcreated", "contentcreated", "embargoed",
        "embargoeduntil", "expires", "usageterms", "copyrightholder", "genre", "genres", "version", "profile", "mimetype", "representationtype", "$schema",
        "renditions", "associations",
    ];

    private static readonly HashSet<string> PaidGenres = ["advertiser supplied", "sponsored", "advertorial"];

    private static readonly string[] NoNames = ["penulis tidak ditemukan", "unknown", "anonymous", "n/a", "none", "admin", "-"];

    /// <exception cref="RefusedException">It is no JSON, or lacks what a story must have.</exception>
    public static NinjsItem Read(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        // A byte order mark, which editors on Windows put at the start of a file.
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new RefusedException(null, "the item is not a JSON object");
            return new Reader(document.RootElement, now).Item(json.Span);
        }
        catch (JsonException e)
        {
            throw new RefusedException(null, $"not valid JSON ({e.Message.Split(" LineNumber")[0].TrimEnd('.', ' ')}, at byte {e.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException e) when (e.InnerException is DecoderFallbackException || e.Message.Contains("UTF", StringComparison.Ordinal))
        {
            throw new RefusedException(null, "the text is not valid UTF-8");
        }
    }

    private sealed class Reader(JsonElement item, DateTimeOffset now)
    {
        private readonly Dictionary<string, int> _dropped = [];

        public NinjsItem Item(ReadOnlySpan<byte> json)
        {
            var uri = Text("uri");
            if (uri is null) throw new RefusedException(null, "the item has no uri, which is its identity");
            if (uri.Length > 2_000) throw new RefusedException(uri[..100], "the uri is longer than 2,000 characters");
            if (Text("type") is { } type && type is not ("text" or "composite")) throw new RefusedException(uri, $"it is of type {type}, not a text");
            var headline = OneLine(ByRole("headlines", "main") ?? Text("headline") ?? Text("title"));
            if (headline.Length == 0) throw new RefusedException(uri, "it has no headline");
            if (headline.Length > 500) throw new RefusedException(uri, $"the headline has {headline.Length} characters; at most 500 fit");

            var standfirst = OneLine(ByRole("descriptions", "summary", "lead") ?? Text("description_text"));
            var mapped = MapBody();
            if (mapped is null && standfirst.Length == 0) throw new RefusedException(uri, "it has no body in text/html or text/plain");
            var (body, dateline) = Dateline.Lift(mapped?.Body ?? Body.Empty);
            if (dateline?.Place is null && Located() is { } place) dateline = new Dateline(place, dateline?.Credit, dateline?.Order ?? DatelineOrder.PlaceFirst);
            foreach (var (what, count) in mapped?.Dropped ?? new Dictionary<string, int>()) Drop(what, count);
            foreach (var property in item.EnumerateObject())
            {
                if (!Understood.Contains(property.Name.ToLowerInvariant())) Drop(property.Name);
            }

            var picture = NinjsPicture.Of(item, Drop);
            foreach (var name in (string[])["renditions", "associations"])
            {
                if (picture is null && Find(name) is not null) Drop(name);
            }

            var version = Time("versionCreated");
            return new NinjsItem
            {
                Uri = uri,
                Headline = headline,
                Standfirst = standfirst,
                Body = body,
                Picture = picture,
                Dateline = dateline,
                Hash = HashOf(json),
                Status = Status(uri),
                Language = Language(),
                Bylines = Bylines(),
                Section = Subjects("section").FirstOrDefault(),
                Tags = Subjects("keyword").Distinct(StringComparer.OrdinalIgnoreCase).Take(50).ToList(),
                FirstCreated = Past(Time("firstCreated") ?? Time("contentCreated") ?? version),
                VersionCreated = Past(version),
                EmbargoedUntil = Time("embargoedUntil") ?? Time("embargoed"),
                Expires = Time("expires"),
                UsageTerms = OneLine(Text("usageTerms")),
                CopyrightHolder = OneLine(Text("copyrightHolder")),
                Kind = Kind(),
                Dropped = _dropped,
            };
        }

        private MappedBody? MapBody()
        {
            string? html = null, plain = null;
            foreach (var body in Elements("bodies"))
            {
                var value = TextOf(body, "value");
                var kind = TextOf(body, "contentType") ?? "text/html";
                if (value is null) continue;
                if (kind.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)) plain ??= value;
                else if (kind.Contains("html", StringComparison.OrdinalIgnoreCase)) html ??= value;
                else Drop($"body of {kind}");
            }

            html ??= Text("body_html") ?? Text("body_xhtml");
            plain ??= Text("body_text");
            return html is not null ? HtmlMapper.FromHtml(html) : plain is not null ? PlainTextMapper.FromPlainText(plain) : null;
        }

        private string Status(string uri) => Text("pubStatus")?.ToLowerInvariant() switch
        {
            null or "usable" => "usable",
            "withheld" => "withheld",
            "canceled" or "cancelled" => "canceled",
            var other => throw new RefusedException(uri, $"its pubStatus is \"{other}\"; usable, withheld and canceled are known"),
        };

        private string? Language()
        {
            var language = Text("language");
            if (language is null || Languages.IsTag(language)) return language;
            Drop("unknown language");
            return null;
        }

        /// <summary>Paid for, by IPTC's genre codes: as a URI (2.x, 3.x), a code or a QCode (1.x), or by name.</summary>
        private string Kind()
        {
            var kind = ArticleKind.Story;
            foreach (var genre in Elements("genres").Concat(Elements("genre")))
            {
                var codes = new[] { TextOf(genre, "uri"), TextOf(genre, "code"), TextOf(genre, "literal"), TextOf(genre, "name") }.OfType<string>();
                if (codes.Any(code => PaidGenres.Contains(code[(code.LastIndexOfAny(['/', ':']) + 1)..].Replace('_', ' ').Trim().ToLowerInvariant()))) kind = ArticleKind.Advertorial;
                else Drop("genre");
            }

            return kind;
        }

        private List<Byline> Bylines()
        {
            var names = (Text("by") ?? Text("byline") ?? "").Split(["; ", ";", " / ", "/", " dan ", " and ", " & "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var bylines = new List<Byline>();
            foreach (var part in names)
            {
                // "Rangga Rahadiansyah - detikOto" names the desk after the person; "Oleh: …" and "By …" say that a name follows.
                var name = part.Split([" - ", " -"], StringSplitOptions.TrimEntries)[0];
                foreach (var lead in (string[])["Oleh:", "Oleh ", "By "])
                {
                    if (name.StartsWith(lead, StringComparison.OrdinalIgnoreCase)) name = name[lead.Length..].Trim();
                }

                if (name.Length is 0 or > 100 || NoNames.Contains(name.ToLowerInvariant()) || !name.Any(char.IsLetter)) Drop("byline without a name");
                else bylines.Add(new Byline(name, Byline.Writer));
            }

            return bylines.DistinctBy(b => b.Name).Take(20).ToList();
        }

        private string? Located()
        {
            var value = Find("located");
            var name = value?.ValueKind switch
            {
                JsonValueKind.String => value.Value.GetString(),
                JsonValueKind.Object => TextOf(value.Value, "name"),
                JsonValueKind.Array => value.Value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString() : TextOf(e, "name")).FirstOrDefault(n => n is not null),
                _ => null,
            };
            return OneLine(name) is { Length: > 0 and <= 100 } place ? place : null;
        }

        private IEnumerable<string> Subjects(string rel) => Elements("subjects").Concat(Elements("subject"))
            .Where(s => TextOf(s, "rel") is { } r && r.Equals(rel, StringComparison.OrdinalIgnoreCase))
            .Select(s => OneLine(TextOf(s, "name")))
            .Where(name => name.Length is > 0 and <= 100 && name.Any(char.IsLetterOrDigit));

        private string? ByRole(string list, params string[] roles)
        {
            var all = Elements(list).ToList();
            foreach (var role in roles)
            {
                if (all.Where(e => TextOf(e, "role") == role).Select(e => TextOf(e, "value")).FirstOrDefault(v => v is not null) is { } value) return value;
            }

            // A single headline or description needs no role.
            return all.Count == 1 ? TextOf(all[0], "value") : null;
        }

        private DateTimeOffset? Time(string name)
        {
            if (Text(name) is not { } text) return null;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is >= 1900 and < 2200) return time;
            Drop($"unreadable {name}");
            return null;
        }

        /// <summary>A story can't have been published in the future: a clock was wrong.</summary>
        private DateTimeOffset? Past(DateTimeOffset? time)
        {
            if (time <= now || time is null) return time;
            Drop("date in the future (taken as now)");
            return now;
        }

        private JsonElement? Find(string name)
        {
            if (item.TryGetProperty(name, out var exact)) return exact;
            foreach (var property in item.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
            }

            return null;
        }

        private IEnumerable<JsonElement> Elements(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object)
            : [];

        private string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && Clean(value.GetString()!) is { Length: > 0 } text ? text : null;

        private static string? TextOf(JsonElement element, string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Clean(value.GetString()!) : null;

        /// <summary>Neither database, nor any page, has a use for NUL or half a surrogate pair.</summary>
        private static string Clean(string text)
        {
            text = text.Trim();
            if (text.Contains('\0')) text = text.Replace("\0", "");
            return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        private static string OneLine(string? text) => text is null ? "" : CleanText.Of(text);

        private void Drop(string what, int times = 1) => _dropped[what] = _dropped.GetValueOrDefault(what) + times;

        private static string HashOf(ReadOnlySpan<byte> json)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes(MappingVersion));
            hash.AppendData(json);
            return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
        }
    }
}
