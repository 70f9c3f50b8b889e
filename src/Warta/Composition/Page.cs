namespace Warta.Composition;

/// <summary>What a reader gets: a page, or another address to go to.</summary>
/// <param name="Html">With marks where its holes are; empty when <c>Location</c> is set.</param>
public sealed record Page(int Status, string Html, LivePlan? Plan, string? Location = null)
{
    /// <summary>Its own address, decoded; null where it is shown at no other.</summary>
    public string? Address { get; init; }

    /// <summary>It has several pages; any other is the same whichever number is asked for.</summary>
    public bool IsPaged { get; init; }

    /// <summary>False for one that anybody can ask for under any number of names.</summary>
    public bool Keep { get; init; } = true;

    /// <summary>Whether it may be kept under a name: one page under many names would fill the memory.</summary>
    public bool MayBe(PageKey key) => Keep && Status != 404 && (IsPaged || key.Number == 1) && (Address is null || Address == key.Path);

    public static Page MovedTo(string location) => new(301, "", null, location);
}

/// <summary>Names a page that may be kept.</summary>
/// <param name="Path">Decoded, as the request has it.</param>
/// <param name="Number">Which page of it; 0 for all on one.</param>
public readonly record struct PageKey(long TitleId, string Path, long Number);
