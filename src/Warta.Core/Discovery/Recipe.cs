namespace Warta.Discovery;

/// <summary>
/// The numbers behind related stories, fitted as docs/lists.md tells. Whoever changes one that bears on signatures or scores raises <see cref="Version"/>: `serve` then
/// advises a rebuild.
/// </summary>
internal static class Recipe
{
    public const int Version = 2;

    /// <summary>Terms that a story is known by.</summary>
    public const int Terms = 120;

    /// <summary>A word counts so often in the headline, and in a line of its own such as a crosshead.</summary>
    public const float Headline = 3, OwnLine = 3;

    /// <summary>A name of several words counts as often as this beside its words; and as this where the headline has it.</summary>
    public const float Name = 0.5f, NameInHeadline = 0.5f;

    /// <summary>BM25's k₁ and b, and a usual length, fixed so that a signature never changes.</summary>
    public const float K1 = 0.9f, B = 0.4f, AverageLength = 330;

    /// <summary>
    /// What a common section, writer, brand credit (or none in both) and tag add to a score, as parts of it. Tags are not fitted: the stories whose links we know have none.
    /// </summary>
    public const double Section = 1, Writer = 0.3, Credit = 0.5, Tag = 0.2;
    public const int MostTags = 2;
    public const double MostAffinity = 1 + Section + Writer + Credit + Tag * MostTags;

    /// <summary>Stories of the same minute are of the same time: which came first is chance.</summary>
    private const double SameTimeMs = 72_000;
    private const double DayMs = 86_400_000;
    private const double Floor = 0.2, LifeDays = 3;

    /// <summary>A later story is worth so much of one of the same time, and less with each day.</summary>
    private const double Later = 0.25, LaterLifeDays = 1;

    /// <summary>How near a story is that was published this much earlier; negative for one published later.</summary>
    public static double Nearness(long earlierMs) => earlierMs < -SameTimeMs
        ? Later * Faded(-earlierMs, LaterLifeDays)
        : Faded(Math.Max(0, earlierMs), LifeDays);

    private static double Faded(long ms, double lifeDays) => Floor + (1 - Floor) * Math.Exp(-ms / DayMs / lifeDays);

    /// <summary>Two stories whose signatures have a greater cosine are one story told twice.</summary>
    public const double Duplicate = 0.8;

    /// <summary>Background is older than this, and longer texts are better: words/(words + half).</summary>
    public const long BackgroundMs = 7 * 86_400_000L;
    public const double BackgroundHalfWords = 300;
}
