namespace Warta.Demo;

/// <summary>The demonstration's two papers: a national one, and a regional one that shares its newsroom and some of its stories.</summary>
internal static class DemoTitles
{
    /// <param name="Menu">Its sections in order; they come with the stories.</param>
    /// <param name="Picks">Stories by number, in order; the last ones are reserves.</param>
    internal sealed record DemoTitle(string Slug, string Host, IReadOnlyList<(string Key, string Value)> Settings, string Menu, IReadOnlyList<string> Picks);

    public const string National = "warta", Regional = "pesisir";

    public static readonly IReadOnlyList<DemoTitle> All =
    [
        new(National, "localhost",
        [
            ("name", "Harian Warta"),
            ("tagline", "Koran percontohan dari Nusantara"),
            ("ads.slots", "side=300x250/300x250"),
        ],
        "nasional, ekonomi, internasional, bola, teknologi, sains, kesehatan, lingkungan, budaya, gaya-hidup, otomotif, opini, daerah, olahraga, english, العربية",
        ["15", "01", "49", "30", "26", "56", "43", "28"]),
        new(Regional, "pesisir.localhost",
        [
            ("name", "Pesisir Timur"),
            ("tagline", "Kabar dari pantai, untuk pantai"),
            ("timezone", "Asia/Makassar"),
            ("colors.light", "#f9fbf9 #13211f #0b5f63"),
            ("colors.dark", "#0e1716 #dde8e5 #74c9c4"),
        ],
        "daerah, bahari, ekonomi, lingkungan, pendidikan, budaya, olahraga",
        ["56", "60", "52", "63", "65", "62", "59", "66"]),
    ];

    public static string Notice(int port) => $"The second title of the same newsroom is at http://pesisir.localhost:{port}.";
}
