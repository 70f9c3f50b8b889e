using System.Text.RegularExpressions;

namespace Warta.Content;

/// <summary>The names of the files that a title may have of its own, in the data folder's <c>titles/SLUG/</c>.</summary>
public static partial class TitleFile
{
    public static bool IsPicture(string name) => Picture().IsMatch(name);

    public static bool IsFont(string name) => Font().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,60}\.(?:png|webp)\z")]
    private static partial Regex Picture();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,60}\.woff2\z")]
    private static partial Regex Font();
}
