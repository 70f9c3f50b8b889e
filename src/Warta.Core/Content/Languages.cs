namespace Warta.Content;

/// <summary>What we know of a language: its direction and how it writes a date.</summary>
public static class Languages
{
    private static readonly HashSet<string> RightToLeft = ["ar", "fa", "he", "ur", "ps", "ckb", "dv", "ug", "yi"];

    /// <summary>The primary subtag of a BCP 47 tag, in lower case: "id-ID" → "id".</summary>
    public static string Primary(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        return (end < 0 ? language : language[..end]).ToLowerInvariant();
    }

    /// <summary>"rtl" or "ltr", as the HTML attribute <c>dir</c> wants it.</summary>
    public static string Direction(string language) => RightToLeft.Contains(Primary(language)) ? "rtl" : "ltr";

    /// <summary>True for what may stand in <c>lang</c>: letters, digits and hyphens, 2 to 35 characters.</summary>
    public static bool IsTag(string language) =>
        language.Length is >= 2 and <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(language[0]);
}
