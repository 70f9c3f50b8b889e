using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using Warta.Engines;
using Warta.Storage;
using Xunit;

namespace Warta.Cli;

/// <summary>A folder of a test's own with a data folder in it, on either engine, and the commands that work there. Whatever was started in it ends with it.</summary>
internal sealed partial class Newsroom : IDisposable
{
    private readonly List<WartaProcess> _started = [];
    private readonly string? _postgres;

    /// <param name="data">The data folder's path in the test's folder.</param>
    public Newsroom(EngineKind engine = EngineKind.Sqlite, string data = "data")
    {
        Folder = Directory.CreateTempSubdirectory("warta-cli-").FullName;
        Data = Path.Combine(Folder, data);
        if (engine == EngineKind.Sqlite) return;
        var name = $"warta_cli_{Guid.NewGuid():n}";
        OnServer($"CREATE DATABASE {name}");
        _postgres = new NpgsqlConnectionStringBuilder(Requirements.Postgres) { Database = name, Pooling = false }.ToString();
    }

    public string Folder { get; }
    public string Data { get; }

    /// <summary>The options that name this newsroom.</summary>
    public string[] Options => _postgres is null ? ["--data", Data] : ["--data", Data, "--database", _postgres];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public WartaProcess Start(params string[] arguments) => Keep(WartaProcess.Start([.. arguments, .. Options], Folder));

    public WartaProcess Keep(WartaProcess process)
    {
        _started.Add(process);
        return process;
    }

    public Outcome Run(params string[] arguments) => Start(arguments).Wait();

    public Outcome RunWithInput(string input, params string[] arguments) => Keep(WartaProcess.Start([.. arguments, .. Options], Folder, input: input)).Wait();

    /// <summary>What a command prints that must succeed.</summary>
    public string Do(params string[] arguments)
    {
        var done = Run(arguments);
        Assert.True(done.Exit == 0, $"warta {string.Join(' ', arguments)} ended with {done.Exit}: {done.Error}{done.Out}");
        return done.Out;
    }

    /// <summary>A command that must fail with one line on standard error, progress apart.</summary>
    public string Fails(params string[] arguments)
    {
        var done = Run(arguments);
        Assert.True(done.Exit == 1, $"warta {string.Join(' ', arguments)} ended with {done.Exit}, not 1: {done.Error}{done.Out}");
        return Assert.Single(done.Error.TrimEnd('\n').Split('\n'), line => !line.Contains(" [█") && !line.Contains(" [·"));
    }

    public Served Serve(params string[] more) => Served.By(Start(["serve", "--urls", "http://127.0.0.1:0", .. more]));

    /// <summary>Looks into the database. Only while nobody works in the folder: one process at a time does.</summary>
    public T Read<T>(Func<Session, T> look)
    {
        using var database = Open();
        return database.Read(look);
    }

    public void Write(Action<WriteSession> work)
    {
        using var database = Open();
        database.Write(work);
    }

    public void Dispose()
    {
        _started.ForEach(process => process.Dispose());
        if (_postgres is not null) OnServer($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(_postgres).Database} WITH (FORCE)");
        Directory.Delete(Folder, recursive: true);
    }

    private Database Open() => Database.Open(new DataFolder(Data), _postgres, "main");

    private static void OnServer(string sql)
    {
        using var connection = new NpgsqlConnection(Requirements.Postgres);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>A running <c>serve</c> or <c>demo</c>.</summary>
    internal sealed partial class Served(WartaProcess process, HttpClient http)
    {
        public WartaProcess Process => process;
        public Uri Address => http.BaseAddress!;

        public static Served By(WartaProcess process)
        {
            process.WaitFor(p => AddressLine().IsMatch(p.Out));
            var address = new Uri(AddressLine().Match(process.Out).Groups[1].Value);
            return new Served(process, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address });
        }

        public int Status(string path) => (int)Send(path).StatusCode;

        public string Get(string path)
        {
            var answer = Send(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path} answers {(int)answer.StatusCode}");
            return Text(answer);
        }

        public string Text(string path) => Text(Send(path));

        public HttpResponseMessage Send(string path, HttpMethod? method = null, string? json = null, string? token = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
            if (json is not null) request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            if (token is not null) request.Headers.Authorization = new("Bearer", token);
            // Nobody else may count reads.
            if (path == "/_/read") request.Headers.Add("Sec-Fetch-Site", "same-origin");
            return Send(request);
        }

        public HttpResponseMessage Send(HttpRequestMessage request) => http.Send(request);

        /// <summary>Asks until the page is as expected: for what the Timetable does by and by.</summary>
        public void Until(string path, Func<HttpResponseMessage, string, bool> expected)
        {
            process.WaitFor(_ => Send(path) is var answer && expected(answer, Text(answer)));
        }

        /// <summary>Ends it as an operator does.</summary>
        public Outcome Stop()
        {
            process.Signal("TERM");
            return process.Wait();
        }

        public void KillAtOnce()
        {
            process.Signal("KILL");
            process.Wait();
        }

        private static string Text(HttpResponseMessage answer)
        {
            using var reader = new StreamReader(answer.Content.ReadAsStream());
            return reader.ReadToEnd();
        }

        [GeneratedRegex(@"^Warta is at (http://[^ ,]+)", RegexOptions.Multiline)]
        private static partial Regex AddressLine();
    }

    /// <summary>A port that nobody listened at a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
