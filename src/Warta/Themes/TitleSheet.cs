using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Warta.Content;

namespace Warta.Themes;

/// <summary>
/// A title's own style sheet, after the theme's: its colours and fonts as the custom properties that docs/themes.md names, and the room that its ad slots
/// keep. Written from checked settings only; nothing of it stands inline in a page.
/// </summary>
public static class TitleSheet
{
    private static readonly ConcurrentDictionary<string, Sheet> Known = new();

    /// <param name="Url">Holds a hash of the content.</param>
    public sealed record Sheet(string Url, string Css);

    /// <summary>Null for a title that sets nothing.</summary>
    public static Sheet? Of(Title title, TitleFiles files)
    {
        var css = Css(title, files);
        if (css.Length == 0) return null;
        // Changed settings leave their sheets behind; a handful each day at most.
        if (Known.Count > 1_000) Known.Clear();
        return Known.GetOrAdd(css, text => new Sheet($"/assets/title-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12]}.css", text));
    }

    private static string Css(Title title, TitleFiles files)
    {
        var css = new StringBuilder();
        Colours(css, "light", title.Light);
        Colours(css, "dark", title.Dark);
        Fonts(css, title, files);
        // A logo is as high as the name that it stands for, and never wider than the page.
        if (title["logo"].Length > 0) css.Append(".nameplate img{display:block;inline-size:auto;block-size:auto;max-inline-size:100%;max-block-size:5rem;margin-inline:auto}\n");
        Slots(css, title.Slots);
        if (title.Vendors.Count > 0) css.Append("[data-privacy]{padding:.3rem 0;border:0;background:none;color:inherit;font:inherit;cursor:pointer}\n");
        return css.ToString();
    }

    /// <summary>Only on a screen: on paper the theme's black on white is right.</summary>
    private static void Colours(StringBuilder css, string scheme, Palette? palette)
    {
        if (palette is null) return;
        css.Append($"@media screen and (prefers-color-scheme:{scheme}){{:root{{--paper:{palette.Paper};--sheet:{palette.Sheet};--ink:{palette.Ink};--soft:{palette.Soft};--line:{palette.Line};--edge:{palette.Edge};--soga:{palette.Accent};--soga-deep:{palette.Deep};--tumpal:conic-gradient(from 135deg at 50% 0,{palette.Paper.Towards(palette.Accent, scheme == "dark" ? .6 : 1)} 90deg,transparent 0) 0 0/14px 7px repeat-x}}}}\n");
    }

    private static void Fonts(StringBuilder css, Title title, TitleFiles files)
    {
        var (headlines, text) = (Face("font.headlines", "title-headlines", "var(--text)"), Face("font.text", "title-text", "Georgia,serif"));
        if (headlines is null && text is null) return;
        // A theme may set other faces for a language's script; the title's own goes before them.
        css.Append($":root,:lang({Languages.Primary(title.Language)}){{");
        if (headlines is not null) css.Append($"--display:{headlines};");
        if (text is not null) css.Append($"--text:{text};");
        css.Append("}\n");

        string? Face(string key, string name, string otherwise)
        {
            var value = title[key];
            if (value.Length == 0) return null;
            if (!TitleFile.IsFont(value)) return $"var(--{value})";
            if (files.Find(title, value) is not { } file) return null;
            // Optional: a font that comes late is for the next page, and never moves a line that is being read.
            css.Append($"@font-face{{font-family:\"{name}\";src:url(\"{file.Url}\") format(\"woff2\");font-weight:100 900;font-display:optional}}\n");
            return $"\"{name}\",{otherwise}";
        }
    }

    /// <summary>Each slot is as large before anything stands in it as after.</summary>
    private static void Slots(StringBuilder css, IReadOnlyList<AdSlot> slots)
    {
        if (slots.Count == 0) return;
        css.Append("""
            .ad{max-inline-size:100%;margin:1.5rem auto;color:var(--soft);font:.75rem/1.25rem var(--label,sans-serif);text-align:center}
            .ad>p{margin:0}
            .ad>div{display:grid;place-items:center;overflow:hidden;background:var(--sheet)}
            .ad img{display:block;max-inline-size:100%;block-size:auto}
            @media print{.ad{display:none}}

            """);
        foreach (var slot in slots) Room(slot.Name, slot.Phone);
        css.Append("@media (min-width:68rem){");
        foreach (var slot in slots) Room(slot.Name, slot.Desk);
        css.Append("}\n");

        void Room(string name, AdSize size) => css.Append($".ad-{name}{{inline-size:{size.Width}px}}.ad-{name}>div{{block-size:{size.Height}px}}");
    }
}
