using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

/// <summary>Reads what the renderer wrote as a browser would, and holds every tag, attribute and address against a list.</summary>
internal static class SafeHtml
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["p"] = ["id", "data-block"],
        ["h2"] = ["id"],
        ["h3"] = ["id"],
        ["h4"] = ["id"],
        ["ul"] = ["id"],
        ["ol"] = ["id"],
        ["li"] = [],
        ["figure"] = ["id", "data-block", "data-provider"],
        ["blockquote"] = [],
        ["figcaption"] = [],
        ["img"] = ["src", "alt", "width", "height", "loading", "decoding"],
        ["span"] = ["class", "data-dateline"],
        ["a"] = ["href", "rel"],
        ["b"] = [],
        ["strong"] = [],
        ["em"] = [],
        ["sup"] = [],
        ["div"] = ["id", "data-block", "class", "tabindex", "role", "aria-label"],
        ["table"] = [],
        ["caption"] = [],
        ["thead"] = [],
        ["tbody"] = [],
        ["tr"] = [],
        ["th"] = ["scope", "class"],
        ["td"] = ["class"],
        ["aside"] = ["id", "data-block"],
        ["hr"] = ["id"],
    };

    public static void Check(string html)
    {
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument("<!doctype html><body>" + html);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.True(Allowed.TryGetValue(element.LocalName, out var attributes), $"<{element.LocalName}> in {html}");
            foreach (var attribute in element.Attributes)
            {
                Assert.True(attributes!.Contains(attribute.Name), $"{attribute.Name} on <{element.LocalName}> in {html}");
                if (attribute.Name is "href" or "src")
                    Assert.True(Links.IsAllowed(attribute.Value), $"{attribute.Name}={attribute.Value} in {html}");
            }
            if (element.Id is { Length: > 0 } id)
                Assert.True(ids.Add(id), $"id {id} occurs twice in {html}");
        }
        Assert.DoesNotContain(document.Body!.ChildNodes, node => node is IComment);
    }
}
