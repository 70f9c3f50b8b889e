using Warta.Content;

namespace Warta.Media;

/// <summary>A file can't become a picture; the message says why, and what would do.</summary>
public class MediaException : ContentException
{
    public MediaException(string message) : base(message)
    {
    }

    public MediaException(Sentence sentence) : base(sentence)
    {
    }
}

/// <summary>This machine lacks what makes pictures of files.</summary>
public sealed class VipsMissingException() : MediaException("Pictures can't be taken in: vips is missing on this machine. Install Debian's package libvips-tools.");

/// <summary>Somebody sends more files than there is room for at once.</summary>
public sealed class TooMuchAtOnceException() : MediaException("Too many files are on their way already. Let those finish first.");
