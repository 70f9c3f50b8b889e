using Warta.Content;
using Warta.Engines;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Tests;

/// <summary>A clock that stands where a test puts it.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(TimeSpan time) => Now += time;
}

/// <summary>
/// An empty newsroom on a real engine: a data folder of its own, a fresh database, the title "harian" in WIB with the section Berita, and a clock
/// that stands at Monday, 2 December 2024, 10:15 WIB. What it leaves is deleted when it is disposed.
/// </summary>
internal sealed class TestNewsroom : IDisposable
{
    public const string Anna = "anna@example.com";
    public static readonly DateTimeOffset Start = new(2024, 12, 2, 3, 15, 0, TimeSpan.Zero);
    private static int _number;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"warta-newsroom-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
    private readonly string? _postgres;
    private int _written;

    public TestNewsroom(EngineKind engine)
    {
        Engine = engine;
        Folder = new DataFolder(_path);
        if (engine == EngineKind.Postgres) Connection = FreshDatabase.Make(_postgres = Path.GetFileName(_path).Replace('-', '_'));
        else FreshDatabase.CopyTo(Folder, Migrator.Main);
        Database = Database.Open(Folder, Connection, Migrator.Main);
        Press = new Press(Database, Clock, new MediaFolder(Folder));
        Title = AddTitle("harian");
        Berita = Section("Berita");
    }

    public EngineKind Engine { get; }
    public DataFolder Folder { get; }

    /// <summary>Null on SQLite.</summary>
    public string? Connection { get; }
    public Database Database { get; private set; }
    public ManualClock Clock { get; } = new(Start);
    public Press Press { get; private set; }
    public long Title { get; }
    public long Berita { get; }

    /// <summary>Closes the database and opens it again, as a restart does.</summary>
    public void Restart()
    {
        Database.Dispose();
        Database = Database.Open(Folder, Connection, Migrator.Main);
        Press = new Press(Database, Clock, new MediaFolder(Folder));
    }

    public Database OpenReads() => Database.Open(Folder, Connection, Migrator.Reads);

    public long AddTitle(string slug) => Press.Run(Anna, act => act.Sql.AddTitle(slug, null, act.Now));

    public long Section(string name, long? title = null) => Press.Run(Anna, act => act.SectionNamed(title ?? Title, name));

    public Draft Draft(string headline, params Block[] body) => new()
    {
        Uri = $"test:{++_written}",
        TitleId = Title,
        SectionId = Berita,
        Language = "id",
        Headline = headline,
        Body = new Body(body),
    };

    /// <summary>A draft with a paragraph for each text.</summary>
    public Draft Draft(string headline, params string[] paragraphs) => Draft(headline, Paragraphs(paragraphs));

    public static Block[] Paragraphs(params string[] texts) => texts.Select((text, i) => (Block)new ParagraphBlock($"p{i + 1}", text)).ToArray();

    public long Save(Draft draft, long? article = null) => Press.Run(Anna, act => act.Save(article, draft)).ArticleId;

    /// <summary>Saves a story and leaves it a draft.</summary>
    public long Write(string headline, params string[] paragraphs) => Save(Draft(headline, paragraphs));

    /// <summary>Saves a story and publishes it now.</summary>
    public long Publish(string headline, params string[] paragraphs) => Publish(Draft(headline, paragraphs));

    public long Publish(Draft draft)
    {
        var article = Save(draft);
        Publish(article);
        return article;
    }

    public PublishRevision.Published Publish(long article, long? title = null) => Do(act => act.Publish(article, title ?? Title));

    public T Do<T>(Func<Act, T> work) => Press.Run(Anna, work);

    public void Do(Action<Act> work) => Press.Run(Anna, work);

    public T Value<T>(string sql, object? arguments = null) => Database.Read(session => session.Value<T>(sql, arguments));

    public List<T> Query<T>(string sql, object? arguments = null) => Database.Read(session => session.Query<T>(sql, arguments));

    public LiveArticle? Live(long article, long? title = null) => Database.Read(session => session.First<LiveArticle>(
        $"SELECT {LiveArticle.AllColumns} FROM live_articles a WHERE a.article_id = @article AND a.title_id = @title", new { article, title = title ?? Title }));

    public IEnumerable<long> Listed(string kind = ListingKind.Title, long key = 0, long? title = null) =>
        Database.Read(session => Listings.Page(session, title ?? Title, kind, key, 1_000, 0)).Select(s => s.ArticleId);

    /// <summary>Ids of what a search finds, newest first.</summary>
    public List<long> Search(string words) => Find(new Warta.Search.StoryFilter { TitleId = Title, Words = words });

    public List<long> Find(Warta.Search.StoryFilter filter) =>
        Database.Read(session => filter.Find(session, Press.Search, 1_000, 0)).Stories.ConvertAll(s => s.ArticleId);

    /// <summary>A path for a file beside the data folder's own; its folder goes with the newsroom.</summary>
    public string File(string name)
    {
        var folder = Path.Combine(_path, "files");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    public void Dispose()
    {
        Database.Dispose();
        if (_postgres is not null) FreshDatabase.Drop(_postgres);
        Directory.Delete(_path, recursive: true);
    }
}
