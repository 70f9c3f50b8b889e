using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Warta.Bench;

/// <summary>What <c>bin/bench newsroom</c> was asked for.</summary>
internal sealed record NewsroomOptions
{
    public int Stories { get; init; } = 100_000;
    public int Writers { get; init; } = 8;
    public bool Json { get; init; }

    /// <summary>A PostgreSQL server, where a database is made and dropped; null for SQLite.</summary>
    public string? Postgres { get; init; }

    /// <returns>The options, or the word that isn't understood.</returns>
    public static (NewsroomOptions? Options, string? Wrong) Read(IReadOnlyList<string> words)
    {
        var options = new NewsroomOptions();
        for (var i = 0; i < words.Count; i++)
        {
            var number = i + 1 < words.Count && int.TryParse(words[i + 1], out var n) ? n : 0;
            var read = words[i] switch
            {
                "--postgres" when i + 1 < words.Count => options with { Postgres = words[i + 1] },
                "--json" => options with { Json = true },
                "--stories" when number is >= 1_000 and <= 10_000_000 => options with { Stories = number },
                "--writers" when number is >= 1 and <= 100 => options with { Writers = number },
                _ => null,
            };
            if (read is null) return (null, words[i]);
            options = read;
            if (words[i] != "--json") i++;
        }

        return (options, null);
    }
}

/// <summary>How long the newsroom takes, beside an archive: what somebody waits for who writes, and who looks for a story. Times are the browser's, over loopback.</summary>
internal sealed partial class NewsroomBench(NewsroomOptions options, Uri address, string[] pages)
{
    private const int Saves = 300, Looks = 60, WordsOfStory = 600;

    // Pages a second that readers ask for on a usual day and in a rush, and how many of them at a time.
    private const int Usual = 200, Rush = 5 * Usual, Readers = 32;

    private readonly SortedDictionary<string, object> _figures = new(StringComparer.Ordinal);
    private bool _allMet = true;

    public static int Run(NewsroomOptions options)
    {
        using var children = new Children();
        try
        {
            var kept = Directory.CreateDirectory(Path.Combine(Archive.Checkout, "artifacts", "bench")).FullName;
            var schema = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Archive.Checkout, "src", "Warta.Core", "Storage", "Migrations"), "main_*.sql").Max()!);
            var archive = SyntheticArchive.Get(options.Stories, false, kept, schema, command => children.Run(["dotnet", Servers.Warta, .. command]));
            // What writers leave is thrown away: the archive is for the next run too.
            var data = Directory.CreateDirectory(Path.Combine(children.Folder, "data")).FullName;
            using var postgres = options.Postgres is { } where ? new PostgresCopy(where) : null;
            string[] at = postgres is null ? ["--data", data] : ["--data", data, "--database", postgres.Connection];
            if (postgres is null)
                foreach (var file in Directory.GetFiles(archive.Data, "*.db*")) File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
            else
            {
                // It makes its tables first.
                children.Run(["dotnet", Servers.Warta, "title", "list", .. at]);
                postgres.Fill(Path.Combine(archive.Data, "warta.db"));
            }

            var made = children.Run(["dotnet", Servers.Warta, "user", "add", "bench@example.com", "--name", "Bench", "--role", "admin", .. at]);
            var password = PasswordForm().Match(made).Groups[1].Value;
            var server = Servers.StartWarta(children, data, isPinned: false, at[2..]);
            var bench = new NewsroomBench(options, new Uri($"http://127.0.0.1:{server.Port}"), archive.Addresses);
            bench.MeasureAsync(password).GetAwaiter().GetResult();
            children.End(server.Process);
            if (options.Json) Console.WriteLine(JsonSerializer.Serialize(bench._figures));
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or TimeoutException or Win32Exception or SocketException or HttpRequestException or NpgsqlException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private async Task MeasureAsync(string password)
    {
        Console.WriteLine($"The newsroom beside {options.Stories:N0} stories, on {(options.Postgres is null ? "SQLite" : "PostgreSQL")}");
        var desk = await DeskAsync(password);
        var section = SectionForm().Match(await desk.GetStringAsync("/newsroom/stories/new")).Groups[1].Value;
        var story = await BeginAsync(desk, section, "Naskah bench");
        var random = new Random(26);

        await SaveAsync(desk, story, random, Saves / 10);
        Say("autosave, one writer", await SaveAsync(desk, story, random, Saves), 100);
        foreach (var rate in new[] { Usual, Rush })
        {
            var (times, reached) = await BesideReadersAsync(desk, story, random, rate);
            Say($"autosave beside {rate:N0} pages a second", times, 100);
            Console.WriteLine($"  {"readers got",-52} {reached:N0} pages a second");
        }

        var together = new List<Task<List<double>>>();
        for (var i = 0; i < options.Writers; i++)
        {
            var own = await BeginAsync(desk, section, $"Naskah bersama {i}");
            var theirs = new Random(i);
            together.Add(Task.Run(() => SaveAsync(desk, own, theirs, Saves / 3)));
        }

        Say($"autosave, {options.Writers} writers at once without a pause", (await Task.WhenAll(together)).SelectMany(times => times).ToList(), 100);
        Say("autosave of 10,000 words", await SaveAsync(desk, story, random, 30, 10_000), 100);
        Say("open a story", await LookAsync(desk, "/newsroom/stories/" + story), 200);
        Say("a live story's revisions", await LookAsync(desk, "/newsroom/stories/1/revisions"), 200);
        Say("compare", await LookAsync(desk, $"/newsroom/stories/{story}/compare?older=1"), 200);
        Say("preview", await LookAsync(desk, $"/newsroom/stories/{options.Stories / 2}/preview"), 200);

        var word = HeadlineForm().Match(await desk.GetStringAsync("/newsroom/stories?state=live")).Groups[1].Value.Split(' ')[0].ToLowerInvariant();
        Say("the desk's board", await LookAsync(desk, "/newsroom"), 200);
        Say("the desk's board, a section", await LookAsync(desk, $"/newsroom?section={section}"), 200);
        Say("the audit log", await LookAsync(desk, "/newsroom/audit"), 200);
        Say("tags", await LookAsync(desk, "/newsroom/manage/tags"), 200);
        foreach (var (what, query) in new[]
        {
            ("all stories", ""), ("a section", $"section={section}"), ("live", "state=live"), ("drafts", "state=draft"), ("scheduled (none)", "state=scheduled"), ("withdrawn (none)", "state=withdrawn"), ("mine", "mine=1"),
            ("drafts of a section", $"state=draft&section={section}"), ("a day", "from=2025-06-01&to=2025-06-01"), ("far down", $"after={1_600_000_000_000}.5"), ($"the word \"{word}\"", $"q={word}"), ("the beginning of a word", $"q={word[..2]}"),
            ("drafts with that word", $"q={word}&state=draft"), ("a word that nobody wrote", "q=xyzzy"),
        }) Say("list: " + what, await LookAsync(desk, "/newsroom/stories?" + query), 200);
        Console.WriteLine(_allMet ? "All aims are met." : "Some aims are NOT MET.");
    }

    private async Task<HttpClient> DeskAsync(string password)
    {
        var desk = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var form = await desk.GetStringAsync("/newsroom/sign-in");
        using var signed = await desk.PostAsync("/newsroom/sign-in", new FormUrlEncodedContent([new("email", "bench@example.com"), new("password", password), new("_form", ProofForm().Match(form).Groups[1].Value)]));
        if (signed.StatusCode != HttpStatusCode.Redirect) throw new InvalidDataException($"Signing in was answered with {(int)signed.StatusCode}.");
        desk.DefaultRequestHeaders.Add("X-Form", ProofForm().Match(await desk.GetStringAsync("/newsroom/account")).Groups[1].Value);
        return desk;
    }

    private static async Task<string> BeginAsync(HttpClient desk, string section, string headline)
    {
        using var begun = await desk.PostAsync("/newsroom/stories", new FormUrlEncodedContent([new("section", section), new("kind", "story"), new("headline", headline), new("_form", desk.DefaultRequestHeaders.GetValues("X-Form").First())]));
        var path = begun.Headers.Location?.OriginalString ?? throw new InvalidDataException($"A new story was answered with {(int)begun.StatusCode}.");
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private static async Task<List<double>> SaveAsync(HttpClient desk, string story, Random random, int saves, int words = WordsOfStory)
    {
        var text = new MadeUpText(random);
        var paragraphs = Enumerable.Range(0, words / 40).Select(_ => text.Paragraph(40)).ToList();
        var times = new List<double>(saves);
        var version = long.Parse(VersionForm().Match(await desk.GetStringAsync("/newsroom/stories/" + story)).Groups[1].Value);
        for (var i = 0; i < saves; i++)
        {
            paragraphs[random.Next(paragraphs.Count)] += $" {text.Name()} {i}";
            var body = new { version = 1, blocks = paragraphs.Select((paragraph, n) => new { id = $"p{n}", type = "paragraph", text = paragraph }) };
            var began = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/newsroom/stories/{story}/autosave") { Content = JsonContent.Create(new { version, fields = new { kicker = $"Kicker {i}" }, body }) };
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await desk.SendAsync(request);
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.StatusCode == HttpStatusCode.Conflict) throw new InvalidDataException("An autosave of one writer was taken for a conflict.");
            if (!answer.IsSuccessStatusCode) throw new InvalidDataException($"An autosave was answered with {(int)answer.StatusCode}: {json}");
            version = json.GetProperty("version").GetInt64();
        }

        return times;
    }

    /// <summary>Saving while readers ask for pages at a steady pace, most of them for few; the pace that they reached comes with it.</summary>
    private async Task<(List<double> Times, double Reached)> BesideReadersAsync(HttpClient desk, string story, Random random, int rate)
    {
        using var stop = new CancellationTokenSource();
        var (began, read) = (Stopwatch.GetTimestamp(), 0);
        var readers = Enumerable.Range(0, Readers).Select(n => Task.Run(() => ReadAsync(n))).ToList();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (from, before) = (Stopwatch.GetTimestamp(), read);
        var times = await SaveAsync(desk, story, random, Saves);
        var reached = (read - before) / Stopwatch.GetElapsedTime(from).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        return (times, reached);

        async Task ReadAsync(int reader)
        {
            using var client = new HttpClient { BaseAddress = address };
            var which = new Random(reader);
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var wait = TimeSpan.FromSeconds((i * (double)Readers + reader) / rate) - Stopwatch.GetElapsedTime(began);
                if (wait > TimeSpan.Zero) await Task.Delay(wait);
                using var answer = await client.GetAsync(pages[which.Next(which.Next(10) == 0 ? pages.Length : Math.Min(200, pages.Length))]);
                await answer.Content.ReadAsByteArrayAsync();
                if (answer.IsSuccessStatusCode) Interlocked.Increment(ref read);
            }
        }
    }

    private static async Task<List<double>> LookAsync(HttpClient desk, string path)
    {
        var times = new List<double>(Looks);
        for (var i = 0; i < Looks + 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await desk.GetAsync(path);
            await answer.Content.ReadAsByteArrayAsync();
            // The first few have the compiler with them.
            if (i >= 3) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode) throw new InvalidDataException($"{path} was answered with {(int)answer.StatusCode}.");
        }

        return times;
    }

    private void Say(string what, List<double> times, double aim)
    {
        times.Sort();
        var (half, most, worst) = (times[times.Count / 2], times[(int)(times.Count * .95)], times[^1]);
        _figures[what] = new { p50Ms = Math.Round(half, 1), p95Ms = Math.Round(most, 1), worstMs = Math.Round(worst, 1), aimMs = aim };
        _allMet &= most < aim;
        Console.WriteLine($"  {what,-52} p50 {half,7:0.0}   p95 {most,7:0.0}   worst {worst,7:0.0} ms   aim p95 < {aim:0} {(most < aim ? "met" : "NOT MET")}");
    }

    [GeneratedRegex("password ([^ ]+) \\(")]
    private static partial Regex PasswordForm();

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"")]
    private static partial Regex ProofForm();

    [GeneratedRegex("<option value=\"([0-9]+)\"")]
    private static partial Regex SectionForm();

    [GeneratedRegex("data-version=\"([0-9]+)\"")]
    private static partial Regex VersionForm();

    [GeneratedRegex("class=\"headline\"[^>]*>([^<]+)<")]
    private static partial Regex HeadlineForm();
}
