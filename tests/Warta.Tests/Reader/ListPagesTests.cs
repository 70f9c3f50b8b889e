using AngleSharp.Html.Dom;
using Xunit;

namespace Warta.Reader;

public sealed class ListPagesTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_days_index_has_its_date_in_the_form_and_leads_to_the_nearest_days_with_stories()
    {
        site.Story("Berita hari ini", section: "Nasional");
        site.Story("Berita tiga hari lalu", section: "Nasional", at: site.Clock.Now.AddDays(-3));
        var today = (await site.GetAsync("/index")).Page;
        Assert.Equal("2026-01-26", ((IHtmlInputElement)today.QuerySelector("#date")!).Value);
        Assert.Equal("/index?date=2026-01-23", today.QuerySelector(".days [rel=prev]")!.GetAttribute("href"));
        Assert.Null(today.QuerySelector(".days [rel=next]"));

        var yesterday = (await site.GetAsync("/index?date=2026-01-25&section=nasional")).Page;
        Assert.Equal("/index?date=2026-01-26&section=nasional", yesterday.QuerySelector(".days [rel=next]")!.GetAttribute("href"));
        Assert.Equal("nasional", yesterday.QuerySelector("#section option[selected]")!.GetAttribute("value"));
        // Whoever follows the days back comes to an end.
        Assert.Null((await site.GetAsync("/index?date=2026-01-23")).Page.QuerySelector(".days [rel=prev]"));
        Assert.Null((await site.GetAsync("/index?date=1926-01-23")).Page.QuerySelector(".days [rel=prev]"));
    }

    [Fact]
    public async Task The_most_read_are_ranked_and_each_section_has_its_own()
    {
        var first = site.Story("Paling dibaca", section: "Bola");
        var second = site.Story("Kedua", section: "Tekno");
        site.Read(first, 9);
        site.Read(second, 5);
        var page = (await site.GetAsync("/popular")).Page;
        Assert.Equal(["Paling dibaca", "Kedua"], page.QuerySelectorAll("ol.ranked h2").Select(h => h.TextContent));
        Assert.Equal("1", page.QuerySelector("ol.ranked")!.GetAttribute("start"));
        Assert.Equal([("Bola", "Paling dibaca"), ("Tekno", "Kedua")], page.QuerySelectorAll(".columns section").Select(s => (s.QuerySelector("h3")!.TextContent, s.QuerySelector("li a")!.TextContent)).Order());
    }

    [Fact]
    public async Task A_list_of_many_pages_takes_a_reader_to_any_of_them()
    {
        for (var i = 0; i < 201; i++) site.Story($"Kabar {i}", section: "Arsip");
        var page = (await site.GetAsync("/arsip?page=6")).Page;
        Assert.Equal(["1", "…", "4", "5", "6", "7", "8", "…", "11"], page.QuerySelectorAll(".pagination .number").Select(n => n.TextContent));
        var field = (IHtmlInputElement)page.QuerySelector(".pagination form [name=page]")!;
        Assert.Equal(("/arsip", "11"), (field.Form!.GetAttribute("action"), field.Maximum));

        // The rest of a list's query goes along.
        var search = (await site.GetAsync("/search?q=kabar")).Page;
        Assert.Equal("kabar", search.QuerySelector(".pagination form [name=q]")!.GetAttribute("value"));
        Assert.Null((await site.GetAsync("/nasional")).Page.QuerySelector(".pagination form"));
    }
}
