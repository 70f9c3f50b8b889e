using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Warta.Accounts;
using Warta.Composition;
using Warta.Content;
using Warta.Discovery;
using Warta.Engines;
using Warta.Media;
using Warta.Publishing;
using Warta.Storage;
using Warta.Themes;

namespace Warta.Reader;

/// <summary>A clock that stands where a test puts it.</summary>
public sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A whole Warta on a real port with a database of its own. As a fixture it runs on SQLite; it is Monday, 26 January 2026, 10:00 WIB.</summary>
public sealed class TestSite : IDisposable
{
    private readonly string? _database;
    private readonly Dictionary<string, string> _tokens = [];
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebApplication? _app;
    private Database? _main, _reads;
    private int _stories;
    private readonly bool _witnessed;

    public TestSite() : this(EngineKind.Sqlite)
    {
    }

    /// <param name="witnessed">The site asks itself after each act, as one in earnest does.</param>
    internal TestSite(EngineKind engine, Action<Press>? fill = null, bool witnessed = false)
    {
        _witnessed = witnessed;
        if (engine == EngineKind.Postgres)
        {
            _database = "site_" + Guid.NewGuid().ToString("n");
            FreshDatabase.Make(_database);
        }
        else
        {
            FreshDatabase.CopyTo(Folder, "main", "reads");
        }

        Open(fill);
    }

    public StandingClock Clock { get; } = new(new DateTimeOffset(2026, 1, 26, 3, 0, 0, TimeSpan.Zero));
    public DataFolder Folder { get; } = new(Path.Combine(Path.GetTempPath(), "warta-site-" + Guid.NewGuid().ToString("n")));
    public Press Press { get; private set; } = null!;
    /// <summary>Null on SQLite.</summary>
    public string? DatabaseName => _database;
    public MostRead MostRead { get; private set; } = null!;
    public Site Site { get; private set; } = null!;
    public Pages Pages { get; private set; } = null!;
    public ThemeStore Themes { get; private set; } = null!;
    public SetUp SetUp { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;

    /// <summary>What the server has mapped.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
    public Title Title => Press.Titles.Default;

    /// <summary>What the server answered.</summary>
    public sealed record Answer(int Status, string Text, HttpResponseMessage Raw)
    {
        public string Location => Raw.Headers.Location?.OriginalString ?? "";
        public IHtmlDocument Page => new HtmlParser().ParseDocument(Text);
        public JsonElement Json => JsonDocument.Parse(Text).RootElement;

        public string? Header(string name) =>
            Raw.Headers.TryGetValues(name, out var values) || Raw.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
    }

    /// <summary>Stops the server and starts another one on the same data.</summary>
    public void Restart()
    {
        Close();
        Open(null);
    }

    /// <summary>Works on the data as a command does while nothing serves it.</summary>
    public void Between(Action<Press> work)
    {
        using var main = Database.Open(Folder, _database is null ? null : new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Database = _database, MaxPoolSize = 5 }.ConnectionString, "main");
        work(Press.Open(main, Clock, new MediaFolder(Folder)));
    }

    public void Reopen() => Open(null);

    public Task<Answer> GetAsync(string path, string? host = null) => SendAsync("GET", path, host: host);

    /// <param name="body">An object becomes JSON; a text goes as it stands.</param>
    public async Task<Answer> SendAsync(string method, string path, object? body = null, string? role = null, string? host = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (body is not null) request.Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body);
        if (role is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Token(role));
        if (host is not null) request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await _client.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>Sends a request line as it stands, which an HTTP client would put right first.</summary>
    /// <returns>The status.</returns>
    public async Task<int> SendLineAsync(string line)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var first = await reader.ReadLineAsync() ?? "";
        return int.Parse(first.Split(' ')[1]);
    }

    /// <summary>A token of this role, the same one each time.</summary>
    public string Token(string role)
    {
        if (!_tokens.TryGetValue(role, out var token)) _tokens.Add(role, token = Press.Run("test", act => act.AddToken("of-" + role, role)));
        return token;
    }

    public long AddTitle(string slug, string host, params (string Key, string Value)[] settings) => Press.Run("test", act =>
    {
        var id = act.Sql.AddTitle(slug, host, act.Now);
        foreach (var (key, value) in settings) act.Sql.SetTitle(id, key, value);
        return id;
    });

    public void Set(string key, string value, long? titleId = null) => Press.Run("test", act => act.Sql.SetTitle(titleId ?? act.Titles.Default.Id, key, value));

    /// <param name="text">A line is a paragraph, as in an import.</param>
    public long Draft(string headline, string text = "Isi berita.", string section = "Nasional", long? titleId = null, Func<Draft, Draft>? with = null) => Press.Run("test", act =>
    {
        var title = titleId ?? act.Titles.Default.Id;
        var (body, dateline) = Dateline.Lift(PlainTextMapper.FromPlainText(text).Body);
        var draft = new Draft
        {
            Uri = $"urn:test:{++_stories}",
            TitleId = title,
            SectionId = act.SectionNamed(title, section),
            Language = act.Titles.Title(title).Language,
            Headline = headline,
            Body = body,
            Dateline = dateline,
        };
        return act.Save(null, with is null ? draft : with(draft)).ArticleId;
    });

    /// <summary>A live story. Without a time it is published now.</summary>
    public long Story(string headline, string text = "Isi berita.", string section = "Nasional", DateTimeOffset? at = null, long? titleId = null, Func<Draft, Draft>? with = null)
    {
        var id = Draft(headline, text, section, titleId, with);
        Press.Run("test", act => act.Publish(id, titleId ?? act.Titles.Default.Id, new PublishRevision.Times(at)));
        return id;
    }

    /// <summary>Saves a story with changes and publishes it again.</summary>
    public void Revise(long id, Func<Draft, Draft> change, string? section = null) => Press.Run("test", act =>
    {
        var (draft, titleId) = Articles.Newest(act.Sql, id);
        if (section is not null) act.SectionNamed(titleId, section);
        act.Save(id, change(draft));
        act.Publish(id, titleId, null, section?.ToLowerInvariant());
    });

    public void Do(Action<Act> work) => Press.Run("test", work);

    public void Read(long id, int times = 1)
    {
        for (var i = 0; i < times; i++) MostRead.Count(Title.Id, id, Clock.Now);
        Site.Freshness.Follow();
    }

    /// <summary>Counts what browsers have reported, as the Timetable does a few times a second.</summary>
    public void CountReads()
    {
        Site.Reads.Fold(Clock.Now);
        Site.Freshness.Follow();
    }

    /// <summary>Where a live story is.</summary>
    public string PathOf(long id, long? titleId = null)
    {
        var title = Press.Titles.Title(titleId ?? Title.Id);
        return title.PathOf(Press.Database.Read(session => Composition.Addresses.Live(session, title.Id, id)) ?? throw new InvalidOperationException($"Story {id} is not live."));
    }

    public long Count(string sql, object? arguments = null) => Press.Database.Read(session => session.Value<long>(sql, arguments));

    public void Dispose()
    {
        Close();
        _client.Dispose();
        if (_database is not null) FreshDatabase.Drop(_database);
        Directory.Delete(Folder.Path, recursive: true);
    }

    private void Open(Action<Press>? fill)
    {
        var connection = _database is null ? null : new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Database = _database, MaxPoolSize = 20 }.ConnectionString;
        _main = Database.Open(Folder, connection, "main");
        _reads = Database.Open(Folder, connection, "reads");
        Press = Press.Open(_main, Clock, new MediaFolder(Folder));
        fill?.Invoke(Press);
        _app = Server.Build(Folder, Press, _reads, "http://127.0.0.1:0", new PageLimits(16 << 20, 16 << 20), out var site, out var pages, out var themes, out var setUp);
        (MostRead, Themes, Site, Pages, SetUp) = (site.MostRead, themes, site, pages, setUp);
        // A test that changed something waits for what it changed.
        pages.Patience = TimeSpan.FromMinutes(1);
        _app.Start();
        Address = new Uri(_app.Urls.First());
        if (_witnessed) Site.Witness.Begin();
    }

    public void Close()
    {
        Site.Witness.End();
        _app!.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Pages.Dispose();
        _reads!.Dispose();
        _main!.Dispose();
    }
}
