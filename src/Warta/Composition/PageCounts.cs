namespace Warta.Composition;

/// <summary>Where a page came from.</summary>
public enum PageSource
{
    Memory,
    Disk,
    Rendered,

    /// <summary>An old one stood in while the new one was made, or couldn't be.</summary>
    Stale,
}

/// <summary>Counts since the start, kept apart for each processor so that counting waits for nobody; a few may be lost.</summary>
public sealed class PageCounts
{
    // A cache line for each processor.
    private const int Stride = 16;
    private readonly long[] _counts = new long[Stride * 64];

    public void Add(PageSource source) => _counts[(Thread.GetCurrentProcessorId() & 63) * Stride + (int)source]++;

    public long this[PageSource source] => Enumerable.Range(0, 64).Sum(i => _counts[i * Stride + (int)source]);
}
