namespace Warta.Content;

/// <summary>Something that a person or a program gave can't be kept; the message says what, and what would do.</summary>
public class ContentException(string message, Exception? inner = null) : Exception(message, inner);
