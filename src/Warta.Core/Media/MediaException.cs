using Warta.Content;

namespace Warta.Media;

/// <summary>What is the matter with a file, for those who say it in another language.</summary>
public enum MediaFault
{
    Other,
    Svg,
    Unknown,
    Damaged,
    TooManyPixels,
    TooLarge,
    TooSlow,
    NoVips,
    TooMuchAtOnce,
}

/// <summary>A file can't become a picture; the message says why, and what would do.</summary>
public class MediaException(string message, MediaFault fault = MediaFault.Other) : ContentException(message)
{
    public MediaFault Fault => fault;
}

/// <summary>This machine lacks what makes pictures of files.</summary>
public sealed class VipsMissingException() : MediaException("Pictures can't be taken in: vips is missing on this machine. Install Debian's package libvips-tools.", MediaFault.NoVips);
