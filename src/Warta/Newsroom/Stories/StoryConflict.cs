using System.Globalization;
using System.Text.Json;
using Warta.Content;
using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>One thing that two people changed.</summary>
/// <param name="Name">Of the form's control: "block:p1" or "field:headline".</param>
public sealed record ConflictChoice(string Name, string Label, string Mine, string Theirs, bool MayBoth);

/// <summary>Two people changed the same: whoever comes second sees both, and chooses.</summary>
internal static class StoryConflict
{
    public const string Mine = "mine", Theirs = "theirs", Both = "both";

    public static void Map(NewsroomRoutes.Map map) => map.Post("/stories/{id:long}/settle", Stories.SignedIn, Settle);

    public static IResult Page(Visit visit, StoryInHand story, Autosaves.Version seen, Writing mine, Autosaves.Outcome outcome) => Visit.Page<ConflictPage>(409,
        ("Frame", visit.Frame()),
        ("Story", story),
        ("By", visit.Press.Database.Read(session => Names.Of(session, outcome.By))),
        ("Seen", seen.Number),
        ("Version", outcome.Version.Number),
        ("Mine", mine.Write()),
        ("Note", visit.Field("note")),
        ("Choices", Choices(visit, mine, outcome).ToList()));

    private static IEnumerable<ConflictChoice> Choices(Visit visit, Writing mine, Autosaves.Outcome outcome)
    {
        foreach (var name in outcome.Fields) yield return new ConflictChoice("field:" + name, StoryWords.FieldName(visit.Language, name), mine[name], outcome.Writing[name], false);
        foreach (var id in outcome.Blocks)
        {
            var (own, other) = (Block(mine, id), Block(outcome.Writing, id));
            // Who took it out shows nothing: then there is only one text to keep.
            yield return new ConflictChoice("block:" + id, visit.T("Bagian naskah", "Part of the text"), Text(own), own is not null && other == own ? "" : Text(other), own is not null && other is not null);
        }
    }

    private static string Text(Block? block) => block is null ? "" : PlainNotation.Write(new Body([block]));

    private static Block? Block(Writing writing, string id) => writing.Body.Blocks.FirstOrDefault(block => block.Id == id);

    private static IResult Settle(Visit visit)
    {
        if (Stories.MayNotWrite(visit, out var story) is { } refusal) return refusal;
        if (!long.TryParse(visit.Field("seen"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !long.TryParse(visit.Field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var shown)) throw new ContentException("The form is incomplete.");
        var seen = Autosaves.Version.Of(number);
        var titles = visit.Press.Titles;
        var (mine, outcome) = visit.Press.Database.Read(session =>
        {
            var own = Sent(visit, Autosaves.At(session, titles, story.Id, seen));
            return (own, Autosaves.Try(session, titles, story.Id, seen, own));
        });
        // Somebody saved once more while he chose: he sees what stands there now.
        if (outcome.IsConflict && outcome.Version.Number != shown) return Page(visit, story, seen, mine, outcome);
        return Stories.SaveWriting(visit, story, outcome.Version, Chosen(visit, mine, outcome));
    }

    private static Writing Sent(Visit visit, Writing before)
    {
        try
        {
            using var document = JsonDocument.Parse(visit.Field("mine"), new JsonDocumentOptions { MaxDepth = 24, AllowDuplicateProperties = false });
            var fields = document.RootElement.GetProperty("fields").EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString() ?? ""));
            return before.With(fields.ToList(), BodyJson.Read(document.RootElement.GetProperty("body").GetRawText()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ContentException("The form is incomplete.", e);
        }
    }

    private static Writing Chosen(Visit visit, Writing mine, Autosaves.Outcome outcome)
    {
        var fields = outcome.Fields.Where(name => visit.Field("field:" + name) != Theirs).Select(name => KeyValuePair.Create(name, mine[name]));
        var blocks = outcome.Writing.Body.Blocks.ToList();
        foreach (var id in outcome.Blocks)
        {
            var choice = visit.Field("block:" + id);
            if (choice == Theirs) continue;
            var at = blocks.FindIndex(block => block.Id == id);
            var own = Block(mine, id);
            if (own is null)
            {
                if (choice == Mine && at >= 0) blocks.RemoveAt(at);
            }
            else if (at < 0) blocks.Add(own);
            else if (choice == Both) blocks.Insert(at + 1, own with { Id = "" });
            else blocks[at] = own;
        }

        return outcome.Writing.With(fields, BodyJson.Read(BodyJson.Write(new Body(blocks)).Replace("\"id\":\"\",", "", StringComparison.Ordinal)));
    }
}
