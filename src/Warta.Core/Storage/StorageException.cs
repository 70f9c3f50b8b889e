namespace Warta.Storage;

/// <summary>Something is wrong with the data folder or the database; the message is for the person who runs it and says what to do.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
