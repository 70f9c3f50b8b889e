namespace Warta.Publishing;

/// <summary>Where an act's result was to be seen, and when it was (<i>Jejak Tayang</i>).</summary>
public sealed record Receipt
{
    /// <summary>A receipt that isn't finished after this was cut short.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public required long EventNumber { get; init; }

    /// <summary>As the event log has it: "published", "taken-down".</summary>
    public required string Verb { get; init; }

    /// <summary>Null where it was about all titles.</summary>
    public long? TitleId { get; init; }
    public long? ArticleId { get; init; }
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>None where no server was there to ask.</summary>
    public required IReadOnlyList<Surface> Surfaces { get; init; }

    /// <summary>Null while surfaces are asked, and for ever where that was cut short.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Surfaces that have shown the new state.</summary>
    public int Shown => Surfaces.Count(s => s.Ms is not null);

    /// <summary>When the last of them did, in milliseconds after the commit.</summary>
    public long? Ms => Surfaces.Max(s => s.Ms);

    /// <summary>Taken away from readers, not given to them.</summary>
    public bool IsRemoval => Verb is "withdrawn" or "taken-down" or "purged" or "expired" or ExpirePictures.Gone;

    public bool WasCutShort(DateTimeOffset now) => FinishedAt is null && now - CommittedAt > Longest;
}

/// <summary>One place where readers, or their programs, see a story.</summary>
/// <param name="Name">What it is: "front", "rss", "search".</param>
/// <param name="Title">The slug of its title.</param>
/// <param name="Url">From the title's root; empty once the story was purged, for addresses hold words.</param>
/// <param name="Ms">How long after the commit it first showed the new state; null as long as it hasn't.</param>
/// <param name="State">One of <see cref="SurfaceState"/>.</param>
public sealed record Surface(string Name, string Title, string Url, long? Ms, string State);

public static class SurfaceState
{
    public const string Shown = "shown", Gone = "gone";

    /// <summary>It is still asked.</summary>
    public const string Pending = "pending";

    /// <summary>It needn't show the story, which is too old for it or stands too far down.</summary>
    public const string NotListed = "notListed";

    /// <summary>It didn't show the new state in time.</summary>
    public const string Late = "late";
}
