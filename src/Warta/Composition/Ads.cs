using System.Net;
using System.Text;
using Warta.Content;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>
/// The ad slots of one page. A slot is printed where the title uses it, the page's section allows it, and something may stand in it: a vendor's advertisement once the reader has agreed,
/// or the newspaper's own. It keeps its room from the start (<see cref="TitleSheet"/>), so nothing moves when it is filled.
/// </summary>
public sealed class Ads
{
    private readonly Title _title;
    private readonly TitleFiles _files;
    private readonly Dictionary<string, AdSlot> _slots;

    /// <param name="sectionPath">The page's section; null on a page of none.</param>
    public Ads(Site site, Title title, string? sectionPath)
    {
        (_title, _files) = (title, site.Files);
        var off = Lineage(sectionPath).SelectMany(path => title.SlotsOff[path]).ToHashSet();
        var isSold = title.Vendors.Any(v => v.Purpose == Vendors.Ads);
        _slots = title.Slots
            .Where(slot => !off.Contains("") && !off.Contains(slot.Name) && (isSold || title.HouseAds.Any(ad => ad.Slot == slot.Name)))
            .ToDictionary(slot => slot.Name);
    }

    /// <summary>The slots of a story's page, and none on one that bears no ads.</summary>
    public static Ads? Of(Site site, Title title, LiveArticle article) =>
        article.NoAds || (article.IsAdvertorial && title["ads.advertorials"] == "off") ? null : new Ads(site, title, article.SectionPath);

    /// <summary>A slot's HTML for a template's <c>ad</c>; empty where it isn't to be.</summary>
    public string Html(string name)
    {
        if (!_slots.TryGetValue(name, out var slot)) return "";
        var label = WebUtility.HtmlEncode(_title.Words.Advertisement);
        return $"<div class=\"ad ad-{name}\" role=\"group\" aria-label=\"{label}\" lang=\"{_title.Language}\" dir=\"{Languages.Direction(_title.Language)}\"><p aria-hidden=\"true\">{label}</p>"
            + $"<div data-ad=\"{name}\" data-desk=\"{slot.Desk}\" data-phone=\"{slot.Phone}\">{House(name)}</div></div>\n";
    }

    /// <summary>A story's blocks as HTML, with the slots that the title's rule puts between its paragraphs.</summary>
    public static string InText(Ads? ads, IReadOnlyList<Block> blocks, RenderContext context)
    {
        var slot = ads?.Html(AdSlots.Story) ?? "";
        if (slot.Length == 0) return BodyRenderer.Render(blocks, context);
        var html = new StringBuilder();
        var from = 0;
        foreach (var to in ads!.Gaps(blocks))
        {
            html.Append(BodyRenderer.Render(blocks.Skip(from).Take(to - from).ToList(), (from == 0 ? context : context with { Dateline = null }) with { IsUnverified = false })).Append(slot);
            from = to;
        }

        return html.Append(BodyRenderer.Render(blocks.Skip(from).ToList(), from == 0 ? context : context with { Dateline = null })).ToString();
    }

    /// <summary>
    /// Where a slot may stand: after the paragraph that the rule counts to, between two paragraphs. A heading belongs to what follows it, so a slot that would
    /// part them waits for the next gap; nothing stands after the last paragraph but one.
    /// </summary>
    private IEnumerable<int> Gaps(IReadOnlyList<Block> blocks)
    {
        var total = blocks.Count(IsParagraph);
        if (total < int.Parse(_title["ads.story.least"])) yield break;
        var (next, every, left) = (int.Parse(_title["ads.story.after"]), int.Parse(_title["ads.story.every"]), int.Parse(_title["ads.story.most"]));
        var seen = 0;
        for (var i = 0; i + 1 < blocks.Count && left > 0; i++)
        {
            if (!IsParagraph(blocks[i])) continue;
            seen++;
            if (seen < next || total - seen < 2 || !IsParagraph(blocks[i + 1])) continue;
            yield return i + 1;
            next = seen + every;
            left--;
        }
    }

    private static bool IsParagraph(Block block) => block is ParagraphBlock { Text.IsEmpty: false };

    private string House(string slot)
    {
        if (_title.HouseAds.FirstOrDefault(ad => ad.Slot == slot) is not { } ad || _files.Find(_title, ad.Picture) is not { } picture) return "";
        return $"<a href=\"{WebUtility.HtmlEncode(ad.Link)}\"><img src=\"{picture.Url}\" alt=\"{WebUtility.HtmlEncode(ad.Alt)}\" width=\"{picture.Width}\" height=\"{picture.Height}\" loading=\"lazy\" decoding=\"async\"></a>";
    }

    /// <summary>"bola/liga-1" → "bola", "bola/liga-1".</summary>
    private static IEnumerable<string> Lineage(string? path)
    {
        if (path is null) yield break;
        for (var at = path.IndexOf('/'); at >= 0; at = path.IndexOf('/', at + 1)) yield return path[..at];
        yield return path;
    }
}
