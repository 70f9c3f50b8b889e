using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>A size of an advertisement in CSS pixels.</summary>
public sealed record AdSize(int Width, int Height)
{
    public override string ToString() => $"{Width}x{Height}";
}

/// <summary>A place for an advertisement and the room that it keeps free, on a screen as wide as a desk's and on a phone.</summary>
public sealed record AdSlot(string Name, AdSize Desk, AdSize Phone);

/// <summary>The newspaper's own advertisement, in a slot that no vendor has filled.</summary>
/// <param name="Picture">The name of one of the title's files, or a path on this site.</param>
public sealed record HouseAd(string Slot, string Picture, string Link, string Alt);

/// <summary>A title's slots, where they are off, and the newspaper's own advertisements: what the settings <c>ads.…</c> hold.</summary>
public static partial class AdSlots
{
    /// <summary>The slot inside a story's text; the others stand where the theme puts them.</summary>
    public const string Story = "story";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Sizes that the trade sells (IAB's fixed ones), so that what comes fits what is kept free.</summary>
    public static IReadOnlyList<AdSize> Sizes { get; } =
        [new(970, 250), new(970, 90), new(728, 90), new(336, 280), new(300, 600), new(300, 250), new(160, 600), new(320, 100), new(320, 50)];

    /// <summary>Every slot there is, with its size unless the title sets another.</summary>
    public static IReadOnlyList<AdSlot> Defaults { get; } =
    [
        new("top", new(970, 250), new(320, 100)),
        new("middle", new(728, 90), new(300, 250)),
        new("side", new(300, 600), new(300, 250)),
        new("bottom", new(728, 90), new(320, 100)),
        new(Story, new(336, 280), new(300, 250)),
    ];

    /// <summary>"top story=300x250/320x100" → the slots, in that order.</summary>
    public static IReadOnlyList<AdSlot> Read(string value) => Words(value).Select(word => Slot(word)!).ToList();

    /// <summary>Null for a good list, else what it should be.</summary>
    public static string? Check(string value)
    {
        var slots = Words(value).Select(Slot).ToList();
        return slots.All(s => s is not null) && slots.DistinctBy(s => s!.Name).Count() == slots.Count
            ? null
            : $"slots among {string.Join(", ", Defaults.Select(s => s.Name))}, each once and with spaces between, and with =DESK/PHONE where its size isn't the usual one: top side=300x250/320x50. Sizes: {string.Join(", ", Sizes)}; on a phone at most 320 wide, in a story at most 336, at the side at most 300";
    }

    /// <summary>"obituari nasional:top,side" → by section path the slots that are off in it; an empty list is all of them.</summary>
    public static ILookup<string, string> ReadOff(string value) => Words(value)
        .SelectMany(word => word.Split(':') is [var path, var slots] ? slots.Split(',').Select(slot => (path, slot)) : [(path: word, slot: "")])
        .ToLookup(pair => pair.path, pair => pair.slot);

    public static string? CheckOff(string value) => Words(value).All(word => Off().IsMatch(word) && ReadOff(word).SelectMany(slots => slots).All(slot => slot.Length == 0 || Defaults.Any(d => d.Name == slot)))
        ? null
        : $"paths of sections with spaces between, each with :SLOT,SLOT where only some are off: obituari nasional:top,side. Slots: {string.Join(", ", Defaults.Select(s => s.Name))}";

    public static IReadOnlyList<HouseAd> ReadHouse(string value) => value.Length == 0 ? [] : JsonSerializer.Deserialize<List<HouseAd>>(value, Json) ?? throw new JsonException("null is no list");

    public static string WriteHouse(IReadOnlyList<HouseAd> ads) => ads.Count == 0 ? "" : JsonSerializer.Serialize(ads, Json);

    public static string? CheckHouse(string value)
    {
        try
        {
            return ReadHouse(value).Select(ad => ad is null ? "an advertisement, not null" : Check(ad)).FirstOrDefault(fault => fault is not null);
        }
        catch (JsonException)
        {
            return "a JSON list such as [{\"slot\":\"top\",\"picture\":\"langganan.png\",\"link\":\"/langganan\",\"alt\":\"Berlangganan\"}], as `warta ad add` writes it";
        }
    }

    private static string? Check(HouseAd ad) =>
        Defaults.All(slot => slot.Name != ad.Slot) ? $"a slot among {string.Join(", ", Defaults.Select(s => s.Name))}"
        : !TitleFile.IsPicture(ad.Picture) ? $"a picture that is one of the title's files, such as langganan.png or langganan.webp, not \"{ad.Picture}\""
        : !Links.IsAllowed(ad.Link) || !(ad.Link[0] == '/' || ad.Link.StartsWith("http", StringComparison.OrdinalIgnoreCase)) ? $"a link that is a path on this site or an address with https://, not \"{ad.Link}\""
        : ad.Alt.Trim().Length is 0 or > 200 || ad.Alt.Any(char.IsControl) ? "what the picture says, in 1 to 200 characters, for those who don't see it"
        : null;

    private static string[] Words(string value) => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static AdSlot? Slot(string word)
    {
        if (SlotWord().Match(word) is not { Success: true } match || Defaults.FirstOrDefault(d => d.Name == match.Groups[1].Value) is not { } usual) return null;
        if (!match.Groups[2].Success) return usual;
        var (desk, phone) = (Size(match.Groups[2].Value), Size(match.Groups[3].Value));
        var widest = usual.Name switch { Story => 336, "side" => 300, _ => 970 };
        return Sizes.Contains(desk) && Sizes.Contains(phone) && desk.Width <= widest && phone.Width <= 320 ? new AdSlot(usual.Name, desk, phone) : null;
    }

    private static AdSize Size(string text)
    {
        var numbers = text.Split('x').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return new AdSize(numbers[0], numbers[1]);
    }

    [GeneratedRegex(@"\A([a-z]+)(?:=([0-9]{2,4}x[0-9]{2,4})/([0-9]{2,4}x[0-9]{2,4}))?\z")]
    private static partial Regex SlotWord();

    [GeneratedRegex(@"\A[^\s:,=<>""';]+(?::[a-z]+(?:,[a-z]+)*)?\z")]
    private static partial Regex Off();
}
