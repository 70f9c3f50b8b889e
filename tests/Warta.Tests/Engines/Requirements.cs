namespace Warta.Engines;

/// <summary>What a test may need of its machine. On a laptop a test that lacks it is skipped; in CI it fails.</summary>
public static class Requirements
{
    public static bool InCI { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>How to reach PostgreSQL, as Npgsql wants it; null where there is none. <c>bin/test</c> starts one and sets it.</summary>
    public static string? Postgres { get; } = Environment.GetEnvironmentVariable("WARTA_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    public const string PostgresIsMissing = "PostgreSQL is not here: install it, or set WARTA_TEST_POSTGRES";
}
