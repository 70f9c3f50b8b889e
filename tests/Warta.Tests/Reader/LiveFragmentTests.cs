using AngleSharp.Dom;
using Microsoft.AspNetCore.WebUtilities;
using Warta.Discovery;
using Warta.Publishing;
using Xunit;

namespace Warta.Reader;

public sealed class LiveFragmentTests
{
    private static readonly string[] Order = ["related", "picks", "popular", "latest"];

    [Theory]
    [InlineData("title")]
    [InlineData("section")]
    [InlineData("language")]
    public async Task Each_list_of_a_page_is_to_be_had_again_at_the_address_that_it_names(string scope)
    {
        using var site = new TestSite();
        var ids = Enumerable.Range(1, 30).Select(i => site.Story($"Kabar {i} dari pelabuhan ikan", $"Nelayan {i} menunggu ombak reda di pelabuhan ikan.", i % 2 == 0 ? "Nasional" : "Bola", site.Clock.Now.AddMinutes(-i))).ToList();
        foreach (var list in Order) site.Set(list + ".scope", scope);
        site.Do(act => act.ReplacePicks(site.Title.Id, 0, ids.Take(8).Select(id => new Picks.Pick(id)).ToList()));
        for (var i = 0; i < 12; i++) site.Read(ids[i + 3], 40 - i);

        foreach (var path in (string[])["/", "/nasional", site.PathOf(ids[5])])
        {
            var page = (await site.GetAsync(path)).Page;
            // An open page leaves out its own story itself.
            var shown = page.QuerySelectorAll("article[data-article]").Select(own => own.GetAttribute("data-article")!).ToList();
            foreach (var block in Order.Select(name => page.QuerySelector($"[data-block={name}]")).OfType<IElement>())
            {
                Assert.Equal("10", block.GetAttribute("data-every"));
                var address = block.GetAttribute("data-live")!;
                var query = QueryHelpers.ParseQuery(new Uri(site.Address, address).Query);
                query["less"] = string.Join(',', query.GetValueOrDefault("less").Concat(shown));
                var again = (await site.GetAsync(QueryHelpers.AddQueryString(address.Split('?')[0], query))).Page;
                Assert.Equal(block.QuerySelector("ol, ul")!.OuterHtml, again.QuerySelector("[data-block]")!.QuerySelector("ol, ul")!.OuterHtml);
                shown.AddRange(block.QuerySelectorAll("[data-id]").Select(item => item.GetAttribute("data-id")!));
            }

            Assert.True(shown.Count >= 10, path);
        }
    }

    [Fact]
    public async Task A_title_may_want_no_refreshing()
    {
        using var site = new TestSite();
        site.Story("Kabar pagi");
        site.Set("live.seconds", "0");
        Assert.Null((await site.GetAsync("/")).Page.QuerySelector("[data-live]"));
    }
}
