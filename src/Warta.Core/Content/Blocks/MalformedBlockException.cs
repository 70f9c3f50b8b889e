namespace Warta.Content;

/// <summary>A body that we can't read. The message names the place in the tree and what was expected there.</summary>
public sealed class MalformedBlockException : ContentException
{
    internal MalformedBlockException(string path, string problem, Exception? inner = null)
        : base(path.Length == 0 ? problem : $"{path}: {problem}", inner) => Path = path;

    /// <summary>The place, as in <c>blocks[3].items[1].href</c>; empty when it is the whole.</summary>
    public string Path { get; }
}
