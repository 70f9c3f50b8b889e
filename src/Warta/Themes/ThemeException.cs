namespace Warta.Themes;

/// <summary>A theme can't be used; the message names file, line and column, what stands there and what could.</summary>
public sealed class ThemeException(string message) : Exception(message);
