using Microsoft.AspNetCore.WebUtilities;
using Warta.Themes;

namespace Warta.Composition;

/// <summary>Which pages to offer: the first, the last and those around the present one, with gaps between.</summary>
public static class Pagination
{
    private const int Around = 2, Many = 9;

    /// <summary>Null for a single page.</summary>
    /// <param name="all">The address of all pages on one; empty where there is none.</param>
    public static PaginationView? Of(int page, int pages, Func<int, string> address, string all = "")
    {
        if (pages <= 1) return null;
        var links = new List<PageLink>();
        var last = 0;
        foreach (var n in Enumerable.Range(page - Around, Around * 2 + 1).Append(1).Append(pages).Where(n => n >= 1 && n <= pages).Distinct().Order())
        {
            // A gap of one page is that page.
            if (n == last + 2) links.Add(new PageLink((n - 1).ToString(), address(n - 1), false));
            else if (n > last + 1) links.Add(new PageLink("…", "", false));
            links.Add(new PageLink(n.ToString(), n == page ? "" : address(n), n == page));
            last = n;
        }

        return new PaginationView
        {
            Page = page,
            Pages = pages,
            PreviousUrl = page > 1 ? address(page - 1) : "",
            NextUrl = page < pages ? address(page + 1) : "",
            AllUrl = all,
            Links = links,
            Jump = pages > Many && all.Length == 0 ? JumpTo(address(1)) : null,
        };
    }

    private static JumpView JumpTo(string first)
    {
        var query = first.IndexOf('?');
        var fields = query < 0 ? [] : QueryHelpers.ParseQuery(first[query..]).SelectMany(pair => pair.Value.Select(value => new FieldView(pair.Key, value ?? ""))).ToList();
        return new JumpView(query < 0 ? first : first[..query], fields);
    }
}
