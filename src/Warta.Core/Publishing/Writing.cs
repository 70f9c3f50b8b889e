using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warta.Content;

namespace Warta.Publishing;

/// <summary>
/// A story while it is written: its body, and what a form holds besides, as texts by the names of the form's controls. A draft, which goes into a revision, is made of it and
/// of what was there before: a field that nobody touched keeps what a text can't say.
/// </summary>
public sealed record Writing(IReadOnlyDictionary<string, string> Fields, Body Body)
{
    public const string Kicker = "kicker", Headline = "headline", Standfirst = "standfirst", SearchTitle = "searchTitle", Section = "section", Tags = "tags", Bylines = "bylines",
        DatelinePlace = "datelinePlace", DatelineCredit = "datelineCredit", Language = "language", Kind = "kind", EmbargoedUntil = "embargoedUntil", ExpiresAt = "expiresAt",
        NoAds = "noAds", Unverified = "unverified", Lead = "picture";

    /// <summary>What a story is called as long as nobody has called it anything.</summary>
    private const string Untitled = "Tanpa judul", UntitledInEnglish = "Untitled";

    private const int LongestField = 20_000;

    private const string Minute = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Leaves every script readable in the database.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In the order in which they are kept.</summary>
    public static readonly IReadOnlyList<string> Names =
        [Kicker, Headline, Standfirst, SearchTitle, Section, Tags, Bylines, DatelinePlace, DatelineCredit, Language, Kind, EmbargoedUntil, ExpiresAt, NoAds, Unverified, Lead];

    public string this[string name] => Fields.GetValueOrDefault(name, "");

    public static bool IsUntitled(string headline) => headline is "" or Untitled or UntitledInEnglish;

    public static string UntitledIn(Title title) => Languages.Primary(title.Language) == "id" ? Untitled : UntitledInEnglish;

    /// <summary>As a form shows a draft.</summary>
    public static Writing Of(Draft draft, TimeZoneInfo zone) => new(new Dictionary<string, string>
    {
        [Kicker] = draft.Kicker,
        [Headline] = IsUntitled(draft.Headline) ? "" : draft.Headline,
        [Standfirst] = draft.Standfirst,
        [SearchTitle] = draft.SearchTitle,
        [Section] = draft.SectionId.ToString(CultureInfo.InvariantCulture),
        [Tags] = string.Join(", ", draft.Tags),
        [Bylines] = string.Join('\n', draft.Bylines.Select(byline => $"{byline.Name} | {byline.Role}")),
        [DatelinePlace] = draft.Dateline?.Place ?? "",
        [DatelineCredit] = draft.Dateline?.Credit ?? "",
        [Language] = draft.Language,
        [Kind] = draft.Kind,
        [EmbargoedUntil] = Local(draft.EmbargoedUntil, zone),
        [ExpiresAt] = Local(draft.ExpiresAt, zone),
        [NoAds] = draft.NoAds ? "1" : "",
        [Unverified] = draft.IsUnverified ? "1" : "",
        [Lead] = Picture.Write(draft.Picture),
    }.ToFrozenDictionary(), draft.Body);

    /// <summary>These fields in place of what was there; what they don't name stays, and what no form has is left out.</summary>
    /// <param name="given">As a browser sent them.</param>
    /// <exception cref="ContentException">One is too long, or is nothing that it may be.</exception>
    public Writing With(IEnumerable<KeyValuePair<string, string>> given, Body body)
    {
        var fields = new Dictionary<string, string>(Fields);
        foreach (var (name, value) in given)
        {
            if (!Names.Contains(name)) continue;
            if (value.Length > LongestField) throw new ContentException($"\"{name}\" has {value.Length:N0} characters; at most {LongestField:N0} fit.");
            fields[name] = Clean(name, value);
        }

        return new Writing(fields.ToFrozenDictionary(), body);
    }

    /// <summary>What goes into a revision.</summary>
    /// <param name="before">What the story was, with all that a form doesn't show.</param>
    /// <exception cref="ContentException">A field is nothing that it may be.</exception>
    public Draft On(Draft before, Title title)
    {
        var was = Of(before, title.Zone);
        return before with
        {
            Body = Body,
            Kicker = Is(Kicker) ? before.Kicker : this[Kicker],
            Headline = Is(Headline) ? before.Headline : this[Headline].Length == 0 ? UntitledIn(title) : this[Headline],
            Standfirst = Is(Standfirst) ? before.Standfirst : this[Standfirst],
            SearchTitle = Is(SearchTitle) ? before.SearchTitle : this[SearchTitle],
            SectionId = Is(Section) ? before.SectionId : long.Parse(this[Section], CultureInfo.InvariantCulture),
            Tags = Is(Tags) ? before.Tags : this[Tags].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList(),
            Bylines = Is(Bylines) ? before.Bylines : this[Bylines].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(BylineOf).OfType<Byline>().ToList(),
            Dateline = Is(DatelinePlace) && Is(DatelineCredit) ? before.Dateline
                : this[DatelinePlace].Length + this[DatelineCredit].Length == 0 ? null
                : new Dateline(Some(DatelinePlace), Some(DatelineCredit), before.Dateline?.Order ?? DatelineOrder.PlaceFirst),
            Language = Is(Language) ? before.Language : this[Language],
            Kind = Is(Kind) ? before.Kind : this[Kind],
            EmbargoedUntil = Is(EmbargoedUntil) ? before.EmbargoedUntil : Moment(this[EmbargoedUntil], title.Zone),
            ExpiresAt = Is(ExpiresAt) ? before.ExpiresAt : Moment(this[ExpiresAt], title.Zone),
            NoAds = this[NoAds].Length > 0,
            IsUnverified = this[Unverified].Length > 0,
            Picture = Is(Lead) ? before.Picture : PictureOf(this[Lead]),
        };

        bool Is(string name) => this[name] == was[name];
        string? Some(string name) => this[name].Length == 0 ? null : this[name];
    }

    public bool Says(Writing other) => Names.All(name => this[name] == other[name]) && BodyJson.Write(Body) == BodyJson.Write(other.Body);

    /// <exception cref="FormatException">It is no writing: only what <see cref="Write"/> wrote is read.</exception>
    public static Writing Read(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
        return new Writing(
            document.RootElement.GetProperty("fields").EnumerateObject().ToFrozenDictionary(field => field.Name, field => field.Value.GetString()!),
            BodyJson.Read(document.RootElement.GetProperty("body").GetRawText()));
    }

    public string Write()
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("fields");
            foreach (var name in Names) json.WriteString(name, this[name]);
            json.WriteEndObject();
            json.WritePropertyName("body");
            json.WriteRawValue(BodyJson.Write(Body), skipInputValidation: true);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Clean(string name, string value) => name switch
    {
        Bylines => string.Join('\n', value.Split('\n').Select(line => CleanText.Of(line)).Where(line => line.Length > 0)),
        Kind => ArticleKind.IsKnown(value) ? value : throw new ContentException($"\"{Short(value)}\" is no kind of article; use story or advertorial."),
        Section => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id.ToString(CultureInfo.InvariantCulture) : throw new ContentException($"\"{Short(value)}\" is no section's number."),
        NoAds or Unverified => value is "" or "0" or "false" ? "" : "1",
        Lead => Picture.Write(PictureOf(value)),
        _ => CleanText.Of(value),
    };

    private static Byline? BylineOf(string line)
    {
        var at = line.LastIndexOf('|');
        var (name, role) = at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 1)..].Trim().ToLowerInvariant());
        return name.Length == 0 ? null : new Byline(name, role switch
        {
            "" or "penulis" or "reporter" => Byline.Writer,
            "penyunting" or "redaktur" => Byline.Editor,
            "foto" or "fotografer" => Byline.Photographer,
            _ => role,
        });
    }

    private static Picture? PictureOf(string json)
    {
        if (json.Length == 0) return null;
        try
        {
            var picture = JsonSerializer.Deserialize<Picture>(json, Web);
            return picture is null or { Media: <= 0 } ? null : new Picture(picture.Media, CleanText.Of(picture.Alt ?? ""), CleanText.Of(picture.Caption ?? ""), CleanText.Of(picture.Credit ?? ""));
        }
        catch (JsonException)
        {
            throw new ContentException("The lead picture is {\"media\": …, \"alt\": \"…\", \"caption\": \"…\", \"credit\": \"…\"}, or nothing.");
        }
    }

    private static string Local(DateTimeOffset? moment, TimeZoneInfo zone) => moment is { } time ? TimeZoneInfo.ConvertTime(time, zone).ToString(Minute, CultureInfo.InvariantCulture) : "";

    /// <summary>A wall clock's time in the zone; one that a clock put forward leaves out is the moment when it does.</summary>
    /// <exception cref="ContentException">It is no time.</exception>
    private static DateTimeOffset? Moment(string local, TimeZoneInfo zone)
    {
        if (local.Length == 0) return null;
        if (!DateTime.TryParseExact(local, [Minute, "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1900 or > 9000) throw new ContentException($"\"{Short(local)}\" is no time; write it like 2026-01-26T09:00.");
        while (zone.IsInvalidTime(time)) time = time.AddMinutes(1);
        return new DateTimeOffset(time, zone.GetUtcOffset(time));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
