namespace Warta.Storage;

// Stands in for the enum of src/Warta.Core/Storage until that is merged: delete this file then (the compiler will ask for it).
public enum EngineKind
{
    Sqlite,
    Postgres,
}
