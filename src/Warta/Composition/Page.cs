namespace Warta.Composition;

/// <summary>What a reader gets: a page, or another address to go to.</summary>
/// <param name="Html">Empty when <c>Location</c> is set.</param>
public sealed record Page(int Status, string Html, string? Location = null)
{
    public static Page MovedTo(string location) => new(301, "", location);
}
