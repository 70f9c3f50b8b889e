using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>What a title's settings put on each of its pages: its name and logo, and the question about its vendors.</summary>
public static class Look
{
    public static TitleView Of(Title title, TitleFiles files) => new(title.Slug, title.Name, title.Tagline, title.Language, Languages.Direction(title.Language))
    {
        Logo = files.Find(title, title["logo"]) is { } logo ? new LogoView(logo.Url, logo.Width, logo.Height) : null,
        Paper = title.Light?.Paper.ToString() ?? "",
        DarkPaper = title.Dark?.Paper.ToString() ?? "",
    };

    /// <summary>Null where there is nothing to ask for: no vendors, or none but a consent manager.</summary>
    public static ConsentView? ConsentOf(Title title, Theme theme)
    {
        if (title.Vendors.Count == 0 || theme.Consent is not { } files) return null;
        // A consent manager loads before those that ask it.
        var vendors = title.Vendors.OrderBy(v => v.Purpose != Vendors.Consent).Select(v => new VendorView(v.Name, v.Purpose, v.Script)).ToList();
        var purposes = new (string Key, string Name)[] { (Vendors.Ads, title.Words.ConsentAds), (Vendors.Analytics, title.Words.ConsentAnalytics) }
            .Select(p => new PurposeView(p.Key, p.Name, vendors.Where(v => v.Purpose == p.Key).ToList()))
            .Where(p => p.Vendors.Count > 0)
            .ToList();
        return purposes.Count == 0 ? null : new ConsentView(Version(title), files.Module, files.Css, purposes, vendors);
    }

    private static string Version(Title title) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title["vendors"])))[..12];
}
