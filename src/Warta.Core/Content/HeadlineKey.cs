using System.Text;

namespace Warta.Content;

/// <summary>A headline as read-alsos look it up: letters and digits in lower case, so that quotes, dashes and spaces don't matter.</summary>
public static class HeadlineKey
{
    private const int Longest = 300;

    /// <summary>At most 300 characters; empty for a headline without letters or digits, which then matches nothing.</summary>
    public static string Of(string headline)
    {
        var key = new StringBuilder(Math.Min(headline.Length, Longest));
        foreach (var c in headline)
        {
            if (key.Length == Longest) break;
            if (char.IsLetterOrDigit(c)) key.Append(char.ToLowerInvariant(c));
            else if (key.Length > 0 && key[^1] != ' ') key.Append(' ');
        }

        return key.ToString().TrimEnd();
    }
}
