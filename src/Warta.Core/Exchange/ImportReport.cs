using System.Runtime.InteropServices;

namespace Warta.Exchange;

/// <summary>What an import did: every item is added, updated, unchanged or refused, and whatever was dropped is named.</summary>
public sealed class ImportReport
{
    /// <summary>Refused items that are listed one by one; all are counted.</summary>
    public const int MostListed = 1_000;

    private readonly Dictionary<string, long> _dropped = [];
    private readonly List<Refusal> _refusals = [];
    private readonly List<LostPicture> _lostPictures = [];

    /// <param name="Line">1 for a file that holds one item.</param>
    public sealed record Refusal(string File, long Line, string? Uri, string Reason);

    public sealed record LostPicture(string Source, string Reason);

    public long Added { get; internal set; }
    public long Updated { get; internal set; }
    public long Unchanged { get; internal set; }
    public long Refused { get; private set; }
    public IReadOnlyList<Refusal> Refusals => _refusals;

    /// <summary>What of the items has no place in a story, and how often: "renditions", "bare Baca Juga".</summary>
    public IReadOnlyDictionary<string, long> Dropped => _dropped;

    /// <summary>Read-alsos that still wait for a story of that headline.</summary>
    public long PendingReadAlsos { get; internal set; }

    /// <summary>Files that ended early or couldn't be read, in sentences. Then the import has failed, though what came before is kept.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Pictures that were taken in, and those that still have no file: at addresses that weren't asked, or failed.</summary>
    public long Pictures { get; internal set; }
    public long PicturesWaiting { get; internal set; }
    public long PicturesFailed { get; private set; }
    public IReadOnlyList<LostPicture> LostPictures => _lostPictures;

    /// <summary>What this machine lacks to take pictures in; null when nothing.</summary>
    public string? PicturesNeed { get; internal set; }
    public TimeSpan PicturesTook { get; internal set; }

    public bool Stopped { get; internal set; }
    public bool DryRun { get; internal set; }
    public long Related { get; internal set; }
    public TimeSpan StoriesTook { get; internal set; }
    public TimeSpan RelatedTook { get; internal set; }
    public long Items => Added + Updated + Unchanged + Refused;

    internal void Refuse(string file, long line, string? uri, string reason)
    {
        Refused++;
        if (_refusals.Count < MostListed) _refusals.Add(new Refusal(file, line, uri, reason));
    }

    internal void LosePicture(string source, string reason)
    {
        PicturesFailed++;
        if (_lostPictures.Count < MostListed) _lostPictures.Add(new LostPicture(source, reason));
    }

    internal void Drop(string what, long times = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_dropped, what, out _) += times;
}

/// <summary>How far an import is. <c>Fraction</c> is 0 to 1 of the present phase.</summary>
public sealed record ImportProgress(string Phase, double Fraction, long Items);
