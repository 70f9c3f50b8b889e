using System.Globalization;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>Where somebody may begin a story.</summary>
/// <param name="Kinds">What may be begun there.</param>
public sealed record WritingPlace(Title Title, Section Section, IReadOnlyList<string> Kinds);

/// <summary>Beginning a story, and its page: the form that works without script, and what the editor takes over.</summary>
internal static class Stories
{
    public static readonly Needs SignedIn = new(null);

    public static void Map(NewsroomRoutes.Map map, Site site)
    {
        var presence = new Presence(site.Press);
        map.Get("/stories/new", SignedIn, visit => Places(visit).Any() ? Visit.Page<NewStory>(200, ("Frame", visit.Frame()), ("Places", Places(visit).ToList())) : visit.Forbid(Permission.WriteOwn));
        map.Post("/stories", SignedIn, Begin);
        map.Get("/stories/{id:long}", SignedIn, visit => Read(visit, (story, session) => Page(visit, session, story, presence)));
        map.Post("/stories/{id:long}", SignedIn, Save);
        StoryList.Map(map);
        StoryConflict.Map(map);
        StoryRevisions.Map(map);
        StoryPreview.Map(map);
        StoryEditing.Map(map, presence);
    }

    /// <summary>The story that the address names, for whoever may read it.</summary>
    public static IResult Read(Visit visit, Func<StoryInHand, Session, IResult> show) => visit.Press.Database.Read(session =>
    {
        var story = Named(visit, session);
        if (story is null || story.IsPurged > 0) return NewsroomRoutes.NotThere(visit);
        return story.MayRead(visit.Me, visit.Site.Titles) ? show(story, session) : null;
    }) ?? visit.Forbid(Permission.WriteAny, IdOf(visit));

    /// <summary>Whether who asks may write on the story that the address names; else what to answer.</summary>
    public static IResult? MayNotWrite(Visit visit, out StoryInHand story)
    {
        var found = visit.Press.Database.Read(session => Named(visit, session));
        story = found!;
        if (found is null || found.IsPurged > 0) return NewsroomRoutes.NotThere(visit);
        return found.MayWrite(visit.Me, visit.Press.Titles) ? null : visit.Forbid(found.IsAdvertorial ? Permission.Advertorial : Permission.WriteAny, found.Id);
    }

    /// <summary>He may write it as it is; may he make of it what he sent?</summary>
    public static IResult? MayNotBecome(Visit visit, StoryInHand story, Writing writing)
    {
        var (section, kind) = (long.Parse(writing[Writing.Section], CultureInfo.InvariantCulture), writing[Writing.Kind]);
        if (section == story.SectionId && kind == story.Kind) return null;
        var titles = visit.Press.Titles;
        if (titles.Sections(story.TitleId).All(s => s.Id != section)) return visit.Refuse(422, visit.T("Tidak bisa", "That can't be done"), visit.T("Kanal itu tidak ada di terbitan ini.", "The title has no such section."));
        return StoryInHand.MayWriteAt(visit.Me, titles, story.TitleId, section, kind, story.IsHis(visit.Me)) ? null
            : visit.Forbid(kind == ArticleKind.Advertorial ? Permission.Advertorial : Permission.WriteAny, story.Id);
    }

    public static long IdOf(Visit visit) => long.Parse(visit.Request.RouteValues["id"]!.ToString()!, CultureInfo.InvariantCulture);

    private static StoryInHand? Named(Visit visit, Session session) => StoryInHand.Find(session, IdOf(visit));

    /// <summary>Where somebody may begin a story.</summary>
    public static IEnumerable<WritingPlace> Places(Visit visit)
    {
        var titles = visit.Press.Titles;
        foreach (var title in titles.Titles.OrderBy(title => title.Id != visit.Title.Id))
        {
            foreach (var section in titles.Sections(title.Id).OrderBy(section => section.Path, StringComparer.Ordinal))
            {
                var kinds = new[] { ArticleKind.Story, ArticleKind.Advertorial }.Where(kind => StoryInHand.MayWriteAt(visit.Me, titles, title.Id, section.Id, kind, isOwn: true)).ToList();
                if (kinds.Count > 0) yield return new WritingPlace(title, section, kinds);
            }
        }
    }

    private static IResult Begin(Visit visit)
    {
        var places = Places(visit).ToList();
        var kind = visit.Field("kind") is { Length: > 0 } given ? given : places.FirstOrDefault()?.Kinds[0] ?? ArticleKind.Story;
        if (!long.TryParse(visit.Field("section"), NumberStyles.None, CultureInfo.InvariantCulture, out var section) || places.Find(p => p.Section.Id == section && p.Kinds.Contains(kind)) is not { } place)
            return visit.Forbid(kind == ArticleKind.Advertorial ? Permission.Advertorial : Permission.WriteOwn);
        var headline = CleanText.Of(visit.Field("headline"));
        var id = visit.Press.Run(visit.Actor, act => act.Save(null, new Draft
        {
            Uri = $"urn:warta:{place.Title.Slug}:{Guid.CreateVersion7(act.Now)}",
            TitleId = place.Title.Id,
            SectionId = section,
            Kind = kind,
            Language = place.Title.Language,
            Headline = headline.Length > 0 ? headline : Writing.UntitledIn(place.Title),
            Body = Body.Empty,
            Bylines = kind == ArticleKind.Advertorial ? [] : [new Byline(visit.Me.Name, Byline.Writer)],
        })).ArticleId;
        return visit.Go($"/newsroom/stories/{id}");
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Page(Visit visit, Session session, StoryInHand story, Presence presence)
    {
        var titles = visit.Site.Titles;
        var standing = Autosaves.Of(session, titles, story.Id);
        var people = new Names(session, [standing.By, story.CreatedBy]);
        return Visit.Page<StoryPage>(200,
            ("Frame", visit.Frame()),
            ("Story", story),
            ("Standing", standing),
            ("Title", titles.Title(story.TitleId)),
            ("Sections", Sections(visit, story)),
            ("MayWrite", story.MayWrite(visit.Me, titles)),
            ("Desk", StoryDesk.Of(visit, session, story, standing)),
            ("Now", visit.Press.Now),
            ("Text", PlainNotation.Write(standing.Writing.Body, HintOf(session))),
            ("SavedBy", people.Of(standing.By)),
            ("Others", presence.At(story.Id).Where(here => here.UserId != visit.Me.Id).Select(here => here.Name).ToList()),
            ("Publications", StoryPlaces.Of(session, visit.Site, story.Id)),
            ("MayAdvertorial", visit.Me.May(Permission.Advertorial, titles, story.TitleId, story.SectionId)));
    }

    private static List<Section> Sections(Visit visit, StoryInHand story) => visit.Site.Titles.Sections(story.TitleId)
        .Where(section => section.Id == story.SectionId || StoryInHand.MayWriteAt(visit.Me, visit.Site.Titles, story.TitleId, section.Id, story.Kind, story.IsHis(visit.Me)))
        .OrderBy(section => section.Path, StringComparer.Ordinal).ToList();

    /// <summary>What to say of blocks that the plain text only names.</summary>
    private static Func<Block, string> HintOf(Session session) => block => block switch
    {
        FigureBlock figure => figure.Alt.Length > 0 ? figure.Alt : figure.Caption.ToString(),
        ReadAlsoBlock { Article: { } id } => session.First<string>("SELECT worked_headline FROM articles WHERE id = @id", new { id }) ?? "",
        TableBlock table => table.Caption,
        FactBoxBlock box => box.Heading,
        _ => BodyRenderer.PlainText(new Body([block])) is { Length: > 60 } text ? text[..60] : BodyRenderer.PlainText(new Body([block])),
    };

    private static IResult Save(Visit visit)
    {
        if (MayNotWrite(visit, out var story) is { } refusal) return refusal;
        if (Sent(visit, story) is not { } sent) return visit.Refuse(422, visit.T("Tidak bisa", "That can't be done"), visit.T("Formulir ini tidak lengkap. Muat ulang halamannya.", "The form is incomplete. Load its page again."));
        return SaveWriting(visit, story, sent.Seen, sent.Mine);
    }

    /// <summary>What the story's form says, and on top of what; null where the form isn't the story's.</summary>
    /// <exception cref="ContentException">A field is nothing that it may be.</exception>
    public static (Autosaves.Version Seen, Writing Mine)? Sent(Visit visit, StoryInHand story)
    {
        if (!long.TryParse(visit.Field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var seen = Autosaves.Version.Of(number);
        var shown = visit.Press.Database.Read(session => Autosaves.At(session, visit.Press.Titles, story.Id, seen));
        // The editor sends the block tree; without it the text is what was written.
        var body = visit.Field("body") is { Length: > 0 } tree ? BodyJson.Read(tree) : visit.Form.ContainsKey("text") ? PlainNotation.Read(visit.Field("text"), shown.Body) : shown.Body;
        return (seen, shown.With(Given(visit), body));
    }

    public static IResult SaveWriting(Visit visit, StoryInHand story, Autosaves.Version seen, Writing mine)
    {
        if (MayNotBecome(visit, story, mine) is { } no) return no;
        var (outcome, saved) = visit.Press.Run(visit.Actor, act => act.SaveWriting(story.Id, seen, mine, visit.Field("note")));
        if (outcome.IsConflict) return StoryConflict.Page(visit, story, seen, mine, outcome);
        return visit.Go($"/newsroom/stories/{story.Id}", saved is null
            ? visit.T("Tidak ada yang berubah sejak revisi terakhir.", "Nothing has changed since the last revision.")
            : outcome.IsMerged
                ? visit.T($"Tersimpan sebagai revisi {saved.Number}, digabung dengan perubahan orang lain.", $"Saved as revision {saved.Number}, together with others' changes.")
                : visit.T($"Tersimpan sebagai revisi {saved.Number}.", $"Saved as revision {saved.Number}."));
    }

    /// <summary>The form's fields. A box that isn't ticked isn't sent; that it could have been is said by a field beside it.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Given(Visit visit)
    {
        foreach (var name in Writing.Names)
        {
            if (visit.Form.ContainsKey(name)) yield return new(name, visit.Field(name).ReplaceLineEndings("\n"));
            else if (visit.Form.ContainsKey("boxes") && name is Writing.NoAds or Writing.Unverified) yield return new(name, "");
        }
    }
}
