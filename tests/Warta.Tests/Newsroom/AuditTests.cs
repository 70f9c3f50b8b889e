using System.Text.RegularExpressions;
using Warta.Engines;
using Warta.House;
using Warta.Publishing;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public partial class AuditTests
{
    [OnBothEngines]
    internal async Task The_audit_log_reads_as_sentences_and_is_filtered_by_person_act_story_and_day(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin", name: "Ibu Pemred");
        var story = site.Story("Banjir di Demak");
        site.Clock.Now += TimeSpan.FromDays(2);
        await admin.PostAsync("/newsroom/account/email", ("email", "ibu@example.com"), ("present", Staff.Password));
        using var second = await Staff.SignInAsync(site, "admin", name: "Pak Redpel");

        Assert.Contains("Pak Redpel masuk", await Log(""), StringComparison.Ordinal);
        Assert.Contains("menayangkan: Banjir di Demak", await Log($"?article={story}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Pak Redpel masuk", await Log($"?article={story}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Banjir di Demak", await Log("?actor=" + second.Email), StringComparison.Ordinal);
        Assert.DoesNotContain("Banjir di Demak", await Log("?verb=signed-in"), StringComparison.Ordinal);
        Assert.Contains("Banjir di Demak", await Log("?from=2026-01-26&until=2026-01-26"), StringComparison.Ordinal);
        Assert.DoesNotContain("Banjir di Demak", await Log("?from=2026-01-27"), StringComparison.Ordinal);
        foreach (var odd in (string[])["?from=x&until=9999-12-31", "?article=%27&before=-1", "?verb=%27;DROP TABLE audit"]) await Log(odd);

        async Task<string> Log(string query)
        {
            var answer = await second.GetAsync("/newsroom/audit" + query);
            Assert.Equal(200, answer.Status);
            return Regex.Replace(string.Join('\n', answer.Page.QuerySelectorAll("main ul.rows li span").Select(line => line.TextContent)), @"[ \t\r\n]+", " ").Replace(" :", ":", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_act_that_is_recorded_has_its_sentence()
    {
        var words = File.ReadAllText(Checkout.Path("src", "Warta", "Newsroom", "AuditWords.cs"));
        var verbs = Directory.EnumerateFiles(Checkout.Path("src"), "*.cs", SearchOption.AllDirectories).SelectMany(file => Recorded().Matches(File.ReadAllText(file)).Select(match => match.Groups["verb"].Value)).Distinct().ToList();
        Assert.Contains("submitted", verbs);
        Assert.All(verbs, verb => Assert.Contains($"\"{verb}\" =>", words, StringComparison.Ordinal));
    }

    [GeneratedRegex("""(\bRecord\(|\bMove\(act, .*, )"(?<verb>[a-z-]+)"\)?""")]
    private static partial Regex Recorded();

    [OnBothEngines]
    internal async Task CSV_and_log_injection_are_neutralised(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var admin = await Staff.SignInAsync(site, "admin");
        site.Press.Run("=HYPERLINK(\"https://evil.example\")\r\n1,now,user:anna", act => act.Record("+cmd", null, null, new { name = "\",=1+1\r\n2,x" }));

        var answer = await admin.GetAsync("/newsroom/audit.csv");
        Assert.StartsWith("text/csv", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\r\n1,now,user:anna\",'+cmd,", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n2,x", answer.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await admin.PostAsync("/newsroom/account", ("name", "Anna\r\nroot signed in"), ("language", ""))).Status);
    }

    [OnBothEngines]
    internal async Task Who_looks_after_a_section_sees_its_stories_acts_and_requests_and_no_other_sections(EngineKind engine)
    {
        using var site = new TestSite(engine);
        var lain = site.AddTitle("lain", "lain.example");
        var (own, foreign, abroad) = (site.Story("Banjir di Demak", section: "Nasional"), site.Story("Panen raya", section: "Ekonomi"), site.Story("Taman dibuka", titleId: lain));
        site.Do(act =>
        {
            foreach (var story in (long[])[own, foreign]) act.Ask(story, "koreksi", "Warga", "", $"Salah nama {story}", null, null);
            act.Record("picks-set", site.Title.Id, null, new { });
            act.Record("menu-set", lain, null, new { });
        });
        var section = site.Press.Titles.Sections(site.Title.Id).Single(s => s.Name == "Nasional").Id;
        using var local = await Staff.SignInAsync(site, "managing-editor", site.Title.Id, section);
        using var whole = await Staff.SignInAsync(site, "managing-editor", site.Title.Id);
        using var chief = await Staff.SignInAsync(site, "managing-editor");

        foreach (var (staff, sees) in new[] { (local, (long?[])[own]), (whole, [own, foreign]), (chief, [own, foreign, abroad]) })
        {
            var rows = (await staff.GetAsync("/newsroom/audit.csv")).Text.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
            Assert.Equal(sees.Order(), rows.Where(row => row[5].Length > 0).Select(row => (long?)long.Parse(row[5])).Distinct().Order());
            Assert.Contains(rows, row => row[3] == "picks-set");
            Assert.Contains(rows, row => row[3] == "signed-in");
            Assert.Equal(staff == chief, rows.Exists(row => row[3] == "menu-set"));
            var page = (await staff.GetAsync("/newsroom/audit")).Text;
            Assert.Equal((true, sees.Contains(foreign), sees.Contains(abroad)), (page.Contains("Banjir di Demak", StringComparison.Ordinal), page.Contains("Panen raya", StringComparison.Ordinal), page.Contains("Taman dibuka", StringComparison.Ordinal)));
            // Who asks for another section's story by its number is told nothing of it.
            Assert.Equal(sees.Contains(foreign), (await staff.GetAsync($"/newsroom/audit.csv?article={foreign}")).Text.Trim().Split('\n').Length > 1);
            var requests = (await staff.GetAsync("/newsroom/requests")).Text;
            Assert.Equal((true, sees.Contains(foreign)), (requests.Contains("Banjir di Demak", StringComparison.Ordinal), requests.Contains("Panen raya", StringComparison.Ordinal)));
        }
    }
}
