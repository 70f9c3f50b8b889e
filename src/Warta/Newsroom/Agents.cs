namespace Warta.Newsroom;

/// <summary>A browser by the name that people know it by.</summary>
internal static class Agents
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Name(string agent)
    {
        var (browser, system) = (NameIn(Browsers, agent), NameIn(Systems, agent));
        return browser is null ? (agent.Length > 40 ? agent[..40] : agent) : system is null ? browser : $"{browser}, {system}";
    }

    private static string? NameIn((string Mark, string Name)[] names, string agent) => names.FirstOrDefault(name => agent.Contains(name.Mark, StringComparison.Ordinal)).Name;
}
