namespace Warta.Composition;

/// <summary>What a reader gets: a page, or another address to go to.</summary>
/// <param name="Html">With marks where its holes are; empty when <c>Location</c> is set.</param>
public sealed record Page(int Status, string Html, LivePlan? Plan, string? Location = null)
{
    public static Page MovedTo(string location) => new(301, "", null, location);
}

/// <summary>Names a page that may be kept.</summary>
/// <param name="Path">Decoded, as the request has it.</param>
/// <param name="Number">Which page of it; 0 for all on one.</param>
public readonly record struct PageKey(long TitleId, string Path, long Number);
