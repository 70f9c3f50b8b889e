using Warta.Content;

namespace Warta.Themes;

// What a theme may print. A template names these properties in camelCase ({{title.name}}); docs/themes.md lists them and a
// test keeps that list true. Everything is text that the engine escapes, except where the name ends in Html.

/// <summary>What every page begins with.</summary>
public sealed record Frame(TitleView Title, HeadView Head, Words Words, AssetsView Assets, IReadOnlyList<SectionLink> Sections, string Today)
{
    public IReadOnlyList<Link> Pages { get; init; } = [];
    public ConsentView? Consent { get; init; }
}

/// <summary>What every page holds.</summary>
public abstract record PageView
{
    protected PageView(Frame frame) => (Title, Head, Words, Assets, Sections, Pages, Today, Consent) = (frame.Title, frame.Head, frame.Words, frame.Assets, frame.Sections, frame.Pages, frame.Today, frame.Consent);

    public TitleView Title { get; }
    public HeadView Head { get; }
    public Words Words { get; }
    public AssetsView Assets { get; }

    /// <summary>The title's sections, for the menu.</summary>
    public IReadOnlyList<SectionLink> Sections { get; }

    /// <summary>The title's standing pages (editorial staff, press code, privacy, contact …), for the footer.</summary>
    public IReadOnlyList<Link> Pages { get; }

    /// <summary>What to ask readers before vendors' scripts load; absent in a title without vendors.</summary>
    public ConsentView? Consent { get; }

    /// <summary>Today in the title's zone, in words: "Senin, 26 Januari 2026".</summary>
    public string Today { get; }
}

public sealed record TitleView(string Slug, string Name, string Tagline, string Language, string Dir)
{
    /// <summary>Stands for the name; absent unless the title has one.</summary>
    public LogoView? Logo { get; init; }

    /// <summary>The colour of the page by day, "#fbf8f1"; empty where it is the theme's.</summary>
    public string Paper { get; init; } = "";

    /// <summary>The colour of the page by night; empty where it is the theme's.</summary>
    public string DarkPaper { get; init; } = "";
}

public sealed record LogoView(string Url, int Width, int Height);

/// <summary>The question before vendors' scripts load. <c>Version</c> changes with the vendors, so that readers are asked again.</summary>
public sealed record ConsentView(string Version, string Module, string Css, IReadOnlyList<PurposeView> Purposes, IReadOnlyList<VendorView> Vendors);

/// <summary>One thing that readers agree to or refuse: <c>Key</c> is "ads" or "analytics".</summary>
public sealed record PurposeView(string Key, string Name, IReadOnlyList<VendorView> Vendors);

/// <summary><c>Purpose</c> is "ads", "analytics" or "consent".</summary>
public sealed record VendorView(string Name, string Purpose, string Script);

/// <summary>What stands in &lt;head&gt;. <c>Robots</c> is empty on a page that may be indexed; <c>Canonical</c> is empty on one that may not. Every address is absolute, but for the feeds'.</summary>
public sealed record HeadView(string PageTitle, string Description, string Canonical, string Robots)
{
    /// <summary>As Open Graph has it: "website", "article" or "profile".</summary>
    public string Type { get; init; } = "website";
    public bool IsArticle => Type == "article";

    /// <summary>The title without the newspaper's name, which a share card shows beside it.</summary>
    public string ShareTitle { get; init; } = PageTitle;

    /// <summary>"id_ID"; may be empty.</summary>
    public string Locale { get; init; } = "";

    /// <summary>What a share card shows; absent where there is none.</summary>
    public ShareImageView? Image { get; init; }

    /// <summary>When a story was first published, ISO 8601; empty on other pages, as are the next three.</summary>
    public string Published { get; init; } = "";
    public string Modified { get; init; } = "";
    public string Section { get; init; } = "";

    /// <summary>The pages of those who wrote a story.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<FeedLink> Feeds { get; init; } = [];

    /// <summary>The same page in other languages, this one among them; empty where there is none.</summary>
    public IReadOnlyList<AlternateView> Alternates { get; init; } = [];

    /// <summary>What the page is, in the words of schema.org: script elements that hold JSON-LD.</summary>
    public string StructuredDataHtml { get; init; } = "";
}

public sealed record ShareImageView(string Url, int Width, int Height, string Alt);

/// <summary><c>Language</c> is a language tag or "x-default".</summary>
public sealed record AlternateView(string Language, string Url);

/// <summary>
/// URLs of the theme's files, with a hash of their content in them. <c>Icon</c> (a square PNG) and <c>Share</c> (what a share card shows of a page without a picture
/// of its own) are empty for a theme that has none.
/// </summary>
public sealed record AssetsView(string Css, string Module, string Icon, string Share)
{
    /// <summary>The title's own style sheet, after the theme's; empty where it has none.</summary>
    public string TitleCss { get; init; } = "";
}

/// <summary>A feed of the page, for feed readers to find: <c>&lt;link rel="alternate"&gt;</c>.</summary>
public sealed record FeedLink(string Type, string Name, string Url);

/// <summary><c>Subsections</c> is empty for a section without any.</summary>
public sealed record SectionLink(string Name, string Url, bool Current, IReadOnlyList<SectionLink> Subsections);

public sealed record Link(string Name, string Url);

/// <summary>
/// A moment: <c>Iso</c> for &lt;time datetime&gt;, <c>Words</c> "Senin, 2 Desember 2024 | 10:15 WIB", <c>Short</c> "10:15 WIB" today and "2 Des 2024" before,
/// <c>Time</c> "10:15 WIB" always.
/// </summary>
public sealed record MomentView(string Iso, string Words, string Short, string Time);

/// <summary>
/// A picture in one shape. <c>Src</c> is a middling file for browsers that know no <c>srcset</c>, <c>Width</c> and <c>Height</c> the largest one's: their proportion
/// keeps the picture's place. <c>AvifSrcset</c> is empty until those files are made. All words may be empty; an empty <c>Alt</c> says that the picture tells nothing new.
/// </summary>
public sealed record PictureView
{
    public required string Src { get; init; }
    public required string Srcset { get; init; }
    public required string AvifSrcset { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required string Alt { get; init; }
    public required string Caption { get; init; }
    public required string Credit { get; init; }
}

/// <summary>A story as a list shows it.</summary>
public sealed record StoryCard
{
    public required long Id { get; init; }
    public required string Headline { get; init; }
    public required string Url { get; init; }
    public required string Kicker { get; init; }
    public required string Standfirst { get; init; }
    public required Link Section { get; init; }
    public required MomentView Published { get; init; }
    public required string Language { get; init; }
    public required string Dir { get; init; }
    public required bool IsAdvertorial { get; init; }

    /// <summary>16:9; absent where the story has none.</summary>
    public required PictureView? Picture { get; init; }

    /// <summary>On search pages the headline with the words that were asked for in &lt;mark&gt;; empty elsewhere.</summary>
    public string HeadlineHtml { get; init; } = "";

    /// <summary>On search pages the standfirst or the passage that holds most of the words, likewise marked; empty elsewhere.</summary>
    public string SnippetHtml { get; init; } = "";

    /// <summary>On search pages "+2 similar", where as many near-duplicates of the story were found; empty elsewhere.</summary>
    public string Versions { get; init; } = "";

    /// <summary>"Advertorial" in the story's language, or empty: paid stories are labelled wherever a card stands.</summary>
    public string Advertorial => IsAdvertorial ? Words.In(Language).Advertorial : "";
}

/// <summary>One of the four lists: <c>Name</c> is "related", "popular", "picks" or "latest".</summary>
public sealed record LiveBlockView
{
    public required string Name { get; init; }
    public required string Heading { get; init; }
    public required bool Ordered { get; init; }
    public required IReadOnlyList<StoryCard> Stories { get; init; }

    /// <summary>Templates can't compare; this says what <c>Name</c> says.</summary>
    public bool IsRelated => Name == "related";

    /// <summary>Where the script asks for the list as it is now; empty where the title wants no refreshing.</summary>
    public required string Url { get; init; }

    /// <summary>After how many seconds.</summary>
    public required int Every { get; init; }

    /// <summary>Changes when a row of the list does, so the script needn't be sent what it has.</summary>
    public string Version { get; init; } = "";

    /// <summary>What follows further down the list: a page that must leave out a row fills up from here. Only the script is given them.</summary>
    public IReadOnlyList<StoryCard> Spares { get; init; } = [];
}

public sealed record RiverView(Link Section, IReadOnlyList<StoryCard> Stories);

public sealed record FrontView : PageView
{
    public FrontView(Frame frame) : base(frame)
    {
    }

    /// <summary>No lead on a paper without stories.</summary>
    public required StoryCard? Lead { get; init; }

    /// <summary>Up to four, beside the lead.</summary>
    public required IReadOnlyList<StoryCard> Seconds { get; init; }
    public required IReadOnlyList<RiverView> Rivers { get; init; }
}

/// <summary>Any page that is a list: a section, tag, author, search or day.</summary>
public sealed record ListView : PageView
{
    public ListView(Frame frame) : base(frame)
    {
    }

    /// <summary>"section", "tag", "author", "search", "popular" or "index".</summary>
    public required string Kind { get; init; }

    /// <summary>Templates can't compare; these say what <c>Kind</c> says.</summary>
    public bool IsSearch => Kind == "search";
    public bool IsIndex => Kind == "index";
    public bool IsPopular => Kind == "popular";

    /// <summary>Its stories are looked for, not browsed: headlines in close order, without pictures.</summary>
    public bool IsCompact => IsSearch || IsIndex;
    public required string Heading { get; init; }
    public required IReadOnlyList<Link> Breadcrumbs { get; init; }
    public required IReadOnlyList<Link> Subsections { get; init; }
    public required IReadOnlyList<StoryCard> Stories { get; init; }

    /// <summary>The place of the first of them in the whole list, for a rank.</summary>
    public required long FirstNumber { get; init; }
    public required PaginationView? Pagination { get; init; }

    /// <summary>On a day's index; absent elsewhere.</summary>
    public DayView? Day { get; init; }

    /// <summary>The most read of each section, on the first page of the most read; empty elsewhere.</summary>
    public IReadOnlyList<RiverView> Rivers { get; init; } = [];

    /// <summary>Of an author, square; absent on other lists and where there is none.</summary>
    public PictureView? Portrait { get; init; }

    /// <summary>A sentence or two about an author; empty elsewhere.</summary>
    public string About { get; init; } = "";

    /// <summary>What was searched for; empty elsewhere.</summary>
    public required string Query { get; init; }

    /// <summary>On the search page; absent elsewhere.</summary>
    public SearchView? Search { get; init; }
}

/// <summary>The search form as the reader left it, and what came of it.</summary>
public sealed record SearchView
{
    /// <summary>The title's sections, after one for all of them.</summary>
    public required IReadOnlyList<OptionView> Sections { get; init; }
    public required string Author { get; init; }

    /// <summary>yyyy-MM-dd, or empty; both days are included.</summary>
    public required string From { get; init; }
    public required string To { get; init; }
    public required IReadOnlyList<OptionView> Sorts { get; init; }

    /// <summary>Something but the words is given, so that part of the form is to be seen.</summary>
    public required bool IsNarrowed { get; init; }

    /// <summary>"1.204 berita ditemukan"; empty where nothing was asked for or found.</summary>
    public required string Count { get; init; }

    /// <summary>The words that were searched for in place of mistyped ones; else empty.</summary>
    public required string Mended { get; init; }

    /// <summary>Leads to a search for the very words; empty where none were mended.</summary>
    public required string ExactUrl { get; init; }

    /// <summary>Few stories hold all of the words: say so with <c>words.searchPartial</c>.</summary>
    public required bool IsPartial { get; init; }
}

/// <summary>A day's index: <c>Date</c> is yyyy-MM-dd, the URLs lead to the nearest days that have stories, and are empty where there is none. <c>Sections</c> to narrow it by, the chosen one marked.</summary>
public sealed record DayView(string Date, string PreviousUrl, string NextUrl, IReadOnlyList<OptionView> Sections);

/// <summary>One choice of a form.</summary>
public sealed record OptionView(string Value, string Name, bool Chosen);

/// <summary>Where a list or a long story has several pages. <c>AllUrl</c> only on a story.</summary>
public sealed record PaginationView
{
    public required int Page { get; init; }
    public required int Pages { get; init; }
    public required string PreviousUrl { get; init; }
    public required string NextUrl { get; init; }
    public required string AllUrl { get; init; }
    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>On a list of many pages, a form to go to any of them: a field <c>page</c>, and the list's own query. Absent on a short one.</summary>
    public required JumpView? Jump { get; init; }
}

/// <summary><c>Fields</c> are the hidden ones, by name and value.</summary>
public sealed record JumpView(string Action, IReadOnlyList<FieldView> Fields);

public sealed record FieldView(string Name, string Value);

/// <summary>A gap (…) has no URL.</summary>
public sealed record PageLink(string Label, string Url, bool Current);

/// <summary><c>Portrait</c> is square, and absent where there is none.</summary>
public sealed record BylineView(string Name, string Url, string Role, PictureView? Portrait);

public sealed record ArticleView : PageView
{
    public ArticleView(Frame frame) : base(frame)
    {
    }

    public required long Id { get; init; }
    public required string Language { get; init; }
    public required string Dir { get; init; }
    public required string Kicker { get; init; }
    public required string Headline { get; init; }
    public required string Standfirst { get; init; }
    public required IReadOnlyList<BylineView> Bylines { get; init; }
    public required MomentView Published { get; init; }

    /// <summary>Absent where the story stands as it was first published.</summary>
    public required MomentView? Updated { get; init; }
    public required int Minutes { get; init; }
    public required bool IsAdvertorial { get; init; }

    /// <summary>The whole picture that the story leads with; absent from page 2 on, and where there is none.</summary>
    public required PictureView? Picture { get; init; }

    /// <summary>Ralat and Koreksi, oldest first, to print above the text: whoever reads on should know. On each page of the story.</summary>
    public required IReadOnlyList<CorrectionView> Corrections { get; init; }

    /// <summary>Hak Jawab, to print under the text.</summary>
    public required IReadOnlyList<CorrectionView> Replies { get; init; }

    /// <summary>The body of this page, rendered and safe; the dateline runs in at its start.</summary>
    public required string BodyHtml { get; init; }
    public required IReadOnlyList<Link> Breadcrumbs { get; init; }
    public required IReadOnlyList<Link> Tags { get; init; }
    public required PaginationView? Pagination { get; init; }
    public required string Copyright { get; init; }

    /// <summary>Addresses that pass the story on.</summary>
    public required ShareView Share { get; init; }
}

/// <summary>Plain links: nothing is loaded from these services before a reader goes there. <c>Url</c> is the story's own, to be copied.</summary>
public sealed record ShareView(string Url, string WhatsApp, string Telegram, string X, string Facebook);

/// <summary>
/// A correction. <c>Label</c> is "Ralat", "Koreksi" or "Hak Jawab"; <c>By</c> says who asked or replies, and may be empty. <c>Anchor</c> must be the id of its
/// element: the register links to it. <c>Link</c> is where it leads on to, or absent.
/// </summary>
public sealed record CorrectionView
{
    /// <summary>"erratum", "correction" or "reply".</summary>
    public required string Kind { get; init; }
    public required string Label { get; init; }
    public required string Anchor { get; init; }
    public required string By { get; init; }
    public required IReadOnlyList<string> Paragraphs { get; init; }
    public required Link? Link { get; init; }
    public required MomentView At { get; init; }
}

/// <summary>A standing page: editorial staff, press code, privacy, contact.</summary>
public sealed record TextView : PageView
{
    public TextView(Frame frame) : base(frame)
    {
    }

    /// <summary>The last part of its address, for a class.</summary>
    public required string Slug { get; init; }
    public required string Heading { get; init; }
    public required IReadOnlyList<Link> Breadcrumbs { get; init; }

    /// <summary>Since when its text stands as it is.</summary>
    public required MomentView Updated { get; init; }
    public required string BodyHtml { get; init; }
}

/// <summary>A public register: of corrections, or of what was taken down.</summary>
public sealed record RegisterView : PageView
{
    public RegisterView(Frame frame) : base(frame)
    {
    }

    /// <summary>"corrections" or "takedowns".</summary>
    public required string Kind { get; init; }
    public required string Heading { get; init; }

    /// <summary>What the register is, in a sentence or two.</summary>
    public required string Text { get; init; }

    /// <summary>What to print where there are no entries.</summary>
    public required string Empty { get; init; }
    public IReadOnlyList<Link> Breadcrumbs { get; init; } = [];
    public IReadOnlyList<RegisterEntryView> Entries { get; init; } = [];
    public PaginationView? Pagination { get; init; }
}

/// <summary><c>Story</c> leads to the correction on its story; absent for what was taken down. <c>Language</c> and <c>Dir</c> are the story's.</summary>
public sealed record RegisterEntryView
{
    public required string Label { get; init; }
    public required MomentView At { get; init; }
    public required string By { get; init; }
    public required IReadOnlyList<string> Paragraphs { get; init; }
    public required Link? Story { get; init; }
    public required string Language { get; init; }
    public required string Dir { get; init; }
}

/// <summary>404 and 410.</summary>
public sealed record AbsentView : PageView
{
    public AbsentView(Frame frame) : base(frame)
    {
    }

    public required int Status { get; init; }
    public required string Heading { get; init; }
    public required string Text { get; init; }

    /// <summary>When it was taken down; absent on a 404.</summary>
    public required MomentView? At { get; init; }
    public required string Reason { get; init; }

    /// <summary>On a 404, the words of the address, to search for; empty elsewhere.</summary>
    public required string Query { get; init; }

    /// <summary>Sections that the address names.</summary>
    public required IReadOnlyList<Link> Nearby { get; init; }

    /// <summary>Stories that hold the address's words; empty where there are none.</summary>
    public required IReadOnlyList<StoryCard> Suggestions { get; init; }
}
