namespace Warta.Storage;

/// <summary>The two databases that Warta runs on.</summary>
public enum EngineKind
{
    Sqlite,
    Postgres,
}
