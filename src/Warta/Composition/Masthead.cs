using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Warta.Content;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>A title as all of its pages show it: its settings, menu and theme.</summary>
/// <param name="Hash">Of everything that a page may take from here. A page made with another one is out of date.</param>
public sealed record Masthead(Title Title, Menu Menu, UInt128 Hash)
{
    private readonly Theme? _theme;
    private readonly ThemeException? _missing;

    /// <summary>A page of an older program is out of date too.</summary>
    private static readonly string Program = typeof(Masthead).Module.ModuleVersionId.ToString("n");

    /// <exception cref="ThemeException">It is nowhere, or broken and never was whole.</exception>
    public Theme Theme => _theme ?? throw new ThemeException(_missing!.Message);

    private Masthead(Title title, Menu menu, UInt128 hash, Theme? theme, ThemeException? missing) : this(title, menu, hash) => (_theme, _missing) = (theme, missing);

    public static Masthead Of(Site site, TitleDirectory titles, Title title, Menu menu)
    {
        var (theme, missing) = Load(site, title);
        var text = new StringBuilder(Program).Append(theme?.Version);
        foreach (var other in titles.Titles) text.Append('\n').Append(other.Id).Append(' ').Append(other.Slug).Append(' ').Append(other.Language).Append(' ').Append(other["permalink"]).Append(' ').Append(site.RootOf(other));
        text.Append('\n').Append(title.Id).Append('\n').Append(title.Settings);
        foreach (var file in title.Files) text.Append('\n').Append(site.Files.Find(title, file)?.Url);
        foreach (var section in titles.Sections(title.Id)) text.Append('\n').Append(section.Id).Append(' ').Append(section.ParentId).Append(' ').Append(section.Path).Append(' ').Append(section.Name).Append(section.HiddenAt is null ? "" : " hidden");
        foreach (var section in menu.Sections) text.Append('\n').Append(section.Id).Append(':').AppendJoin(',', menu.Below[section.Id].Select(s => s.Id));
        foreach (var page in menu.Pages) text.Append('\n').Append(page.Url).Append(' ').Append(page.Name);
        return new Masthead(title, menu, BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))), theme, missing);
    }

    /// <summary>One title's broken theme is no other title's.</summary>
    private static (Theme?, ThemeException?) Load(Site site, Title title)
    {
        try
        {
            return (site.LoadTheme(title), null);
        }
        catch (ThemeException e)
        {
            return (null, e);
        }
    }
}
