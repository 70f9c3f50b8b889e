using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Warta.Bench;

/// <summary>
/// The newsroom and its readers while pages are asked for: other picks and another most-read story every second, a new story every five. A checker beside
/// it asks for pages all the time, and knows of each of these lists which one it should be.
/// </summary>
internal sealed partial class Disturbance(int port, SyntheticArchive archive)
{
    private const int PicksOfVersion = 8, Rotating = 10, Lead = 2;
    private static readonly TimeSpan PublishEvery = TimeSpan.FromSeconds(5), SampleEvery = TimeSpan.FromMilliseconds(10), Limit = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly BlockHistory _picks = new(), _popular = new(), _latest = new();
    private readonly Dictionary<long, long> _reads = [];
    private readonly List<string> _sectionPages = archive.Addresses.Where(path => path.StartsWith($"/{SyntheticArchive.Section.ToLowerInvariant()}/", StringComparison.Ordinal)).Take(20_000).ToList();
    private readonly Random _random = new(7);
    private Exception? _failure;
    private volatile bool _stops;

    public int Samples { get; private set; }
    public int Violations { get; private set; }

    /// <summary>The oldest live block seen, by its name, in ms: from when what replaced it was sent to the server until the page that still showed it had arrived.</summary>
    public SortedDictionary<string, double> OldestMs { get; } = new(StringComparer.Ordinal) { ["latest"] = 0, ["picks"] = 0, ["popular"] = 0 };

    public int Changes => _picks.Changes + _popular.Changes + _latest.Changes;

    /// <summary>Disturbs while <paramref name="load"/> runs.</summary>
    public Load During(Func<Load> load)
    {
        _stops = false;
        using (var connection = new Connection(port))
        {
            // The lists that stand when the checker begins are known ones.
            SetPicks(connection);
            Read(connection);
            Publish(connection);
        }

        Thread.Sleep(Limit);
        Thread[] threads = [Repeat(TimeSpan.FromSeconds(1), SetPicks), Repeat(TimeSpan.FromSeconds(1), Read), Repeat(PublishEvery, Publish), Repeat(SampleEvery, Sample)];
        Load done;
        try
        {
            done = load();
        }
        finally
        {
            _stops = true;
            foreach (var thread in threads) thread.Join();
        }

        return _failure is { } failure ? throw new IOException($"The disturbance broke off: {failure.Message}", failure) : done;
    }

    private Thread Repeat(TimeSpan every, Action<Connection> act)
    {
        var thread = new Thread(() =>
        {
            try
            {
                using var connection = new Connection(port);
                for (var next = _clock.Elapsed; !_stops; next += every)
                {
                    if (next > _clock.Elapsed) Thread.Sleep(next - _clock.Elapsed);
                    // One that can't keep up doesn't make up for it.
                    else next = _clock.Elapsed;
                    act(connection);
                }
            }
            catch (Exception e) when (e is IOException or InvalidDataException or System.Net.Sockets.SocketException or JsonException)
            {
                _failure = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    private int _readers;

    private void SetPicks(Connection connection)
    {
        var first = _picks.Changes * PicksOfVersion % (archive.Addresses.Length / 2);
        var stories = Enumerable.Range(first + 1, PicksOfVersion).Select(id => (long)id).ToList();
        _picks.Set(stories, _clock.Elapsed.TotalMilliseconds);
        Expect(connection.Send(Connection.Request("PUT", "/api/v1/picks", JsonSerializer.Serialize(new { picks = stories }), archive.Token)), 200);
    }

    /// <summary>So many reads of the story whose turn it is that it leads clearly.</summary>
    private void Read(Connection connection)
    {
        var story = archive.Addresses.Length / 2 + 1 + _popular.Changes % Rotating * 7L;
        var missing = _reads.Values.DefaultIfEmpty().Max() + Lead - _reads.GetValueOrDefault(story);
        for (var i = 0; i < missing; i++)
        {
            // With this one it may draw level, and later reads weigh more.
            if (i == Math.Max(0, missing - Lead - 1)) _popular.Set([story], _clock.Elapsed.TotalMilliseconds);
            Expect(connection.Send(Connection.Beacon(story, $"Reader/{_readers++}")), 204);
        }

        _reads[story] = _reads.GetValueOrDefault(story) + missing;
    }

    private void Publish(Connection connection)
    {
        var story = NewStory.Save(connection, archive.Token, $"Kabar sela {_latest.Changes}");
        _latest.Set([story], _clock.Elapsed.TotalMilliseconds);
        NewStory.Publish(connection, archive.Token, story);
    }

    /// <summary>A page as a reader gets it, mostly of the section in which stories appear.</summary>
    private void Sample(Connection connection)
    {
        var path = _random.Next(4) switch
        {
            0 => archive.Addresses[_random.Next(archive.Addresses.Length)],
            1 => "/",
            _ => _sectionPages[_random.Next(_sectionPages.Count)],
        };
        var (status, html) = connection.GetText(path);
        var at = _clock.Elapsed.TotalMilliseconds;
        if (status != 200) throw new InvalidDataException($"{path} was answered with {status}.");
        Samples++;
        var related = Stories(html, "related");
        if (OwnStory().Match(html) is { Success: true } own) related.Add(long.Parse(own.Groups[1].Value));
        var picks = Stories(html, "picks");
        Note("picks", picks.Count == 0 ? double.PositiveInfinity : picks.Max(story => _picks.Age(_picks.VersionOf(story), at)));
        // A page that names one of these elsewhere leaves it out of this list: it says nothing then.
        if (!related.Exists(story => _popular.VersionOf(story) >= 0)) Note("popular", Stories(html, "popular") is [var most, ..] ? _popular.Age(_popular.VersionOf(most), at) : double.PositiveInfinity);
        if (path.StartsWith($"/{SyntheticArchive.Section.ToLowerInvariant()}/", StringComparison.Ordinal))
            Note("latest", Stories(html, "latest") is { Count: > 0 } latest ? _latest.Age(latest.Max(_latest.VersionOf), at) : double.PositiveInfinity);
    }

    private void Note(string block, double age)
    {
        OldestMs[block] = Math.Max(OldestMs[block], age);
        if (age > Limit.TotalMilliseconds) Violations++;
    }

    private static List<long> Stories(string html, string block)
    {
        var from = html.IndexOf($"data-block=\"{block}\"", StringComparison.Ordinal);
        if (from < 0) return [];
        var section = html[from..html.IndexOf("</section>", from, StringComparison.Ordinal)];
        return StoryIds().Matches(section).Select(match => long.Parse(match.Groups[1].Value)).ToList();
    }

    private static void Expect((int Status, byte[] Body) answer, int status)
    {
        if (answer.Status != status) throw new InvalidDataException($"Answered with {answer.Status}: {System.Text.Encoding.UTF8.GetString(answer.Body)}");
    }

    [GeneratedRegex("data-id=\"([0-9]+)\"")]
    private static partial Regex StoryIds();

    [GeneratedRegex("data-article=\"([0-9]+)\"")]
    private static partial Regex OwnStory();
}
