using Warta.Content;
using Warta.Discovery;
using Warta.Storage;

namespace Warta.Api;

/// <summary>Why a story stands in another one's list, for editors.</summary>
/// <param name="Shared">Words and names of both that weighed most.</param>
/// <param name="DaysApart">How many days older it is; less than 0 for a later one.</param>
/// <param name="Section">The section's name, where both stand in it; else null.</param>
/// <param name="Text">All of that as a line in the title's language.</param>
internal sealed record RelatedWhy(IReadOnlyList<string> Shared, int DaysApart, string? Section, string Text)
{
    /// <summary>Found anew from both stories' words; nothing of it is kept.</summary>
    public static Dictionary<long, RelatedWhy> Of(Session session, Title title, LiveArticle article, IReadOnlyList<Story> stories)
    {
        var text = article.Standfirst + "\n" + BodyRenderer.PlainText(BodyJson.Read(article.Body));
        var shared = Related.Shared(session, new Probe(article.ArticleId, article.Language, article.Headline, text, article.FirstPublishedAt, article.SectionId, article.TagIds), stories.Select(s => s.ArticleId).ToList());
        return stories.ToDictionary(story => story.ArticleId, story =>
        {
            var words = shared.GetValueOrDefault(story.ArticleId, []);
            var days = (int)Math.Round((article.FirstPublishedAt - story.FirstPublishedAt).TotalDays);
            var section = story.SectionId == article.SectionId ? story.SectionName : null;
            return new RelatedWhy(words, days, section, Line(Languages.Primary(title.Language), words, days, section));
        });
    }

    private static string Line(string language, IReadOnlyList<string> words, int days, string? section)
    {
        var parts = language switch
        {
            "id" => new[] { $"sama-sama menyebut {string.Join(", ", words)}", days == 0 ? "terbit berdekatan" : $"{Math.Abs(days)} hari lebih {(days > 0 ? "lama" : "baru")}", $"sekanal: {section}" },
            "ar" => [$"تشتركان في: {string.Join("، ", words)}", days == 0 ? "في الوقت نفسه تقريبًا" : $"{(days > 0 ? "أقدم" : "أحدث")} بعدد أيام: {Math.Abs(days)}", $"القسم نفسه: {section}"],
            _ => [$"shares {string.Join(", ", words)}", days == 0 ? "of the same time" : $"{Math.Abs(days)} {(Math.Abs(days) == 1 ? "day" : "days")} {(days > 0 ? "older" : "newer")}", $"same section: {section}"],
        };
        return string.Join(language == "ar" ? "؛ " : "; ", parts.Where((_, i) => i == 0 ? words.Count > 0 : i == 1 || section is not null));
    }
}
