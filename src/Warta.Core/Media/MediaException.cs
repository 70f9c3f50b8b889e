using Warta.Content;

namespace Warta.Media;

/// <summary>A file can't become a picture; the message says why, and what would do.</summary>
public class MediaException(string message) : ContentException(message);

/// <summary>This machine lacks what makes pictures of files.</summary>
public sealed class VipsMissingException() : MediaException("Pictures can't be taken in: vips is missing on this machine. Install Debian's package libvips-tools.");
