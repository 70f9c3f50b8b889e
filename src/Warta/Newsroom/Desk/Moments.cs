using System.Globalization;
using Warta.Content;

namespace Warta.Newsroom;

/// <summary>Times as a form's datetime-local field sends them: a wall clock's, in a title's zone.</summary>
internal static class Moments
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <param name="said">What to tell whoever asked: that the hour comes twice that night.</param>
    /// <exception cref="ContentException">It is no time, one that the clocks leave out, or one that lies behind.</exception>
    public static DateTimeOffset ToCome(Visit visit, string local, Title title, out string said)
    {
        said = "";
        if (!DateTime.TryParseExact(local.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year is < 1900 or > 9000) throw new ContentException(visit.T("Pilih tanggal dan jamnya dulu.", "Choose a date and a time first."));
        var zone = title.Zone;
        if (zone.IsInvalidTime(time)) throw new ContentException(visit.T($"Pukul {time:HH.mm} tidak ada di hari itu: jam dimajukan. Pilih jam lain.", $"There is no {time:HH:mm} on that day: the clocks go forward. Choose another time."));
        var moment = new DateTimeOffset(time, zone.GetUtcOffset(time));
        if (zone.IsAmbiguousTime(time))
        {
            // The first of the two, which is the one with the larger offset.
            moment = new DateTimeOffset(time, zone.GetAmbiguousTimeOffsets(time).Max());
            said = visit.T(" Jam itu terjadi dua kali malam itu; dipakai yang pertama.", " That hour comes twice that night; the first is taken.");
        }

        if (moment <= visit.Press.Now) throw new ContentException(visit.T($"{Clock.InWords(moment, zone, visit.Language)} sudah lewat. Pilih waktu yang akan datang, atau tayangkan sekarang.", $"{Clock.InWords(moment, zone, visit.Language)} has passed. Choose a time to come, or publish now."));
        return moment;
    }

    /// <summary>As a datetime-local field shows it.</summary>
    public static string Local(DateTimeOffset? moment, TimeZoneInfo zone) => moment is { } time ? TimeZoneInfo.ConvertTime(time, zone).ToString(Forms[0], CultureInfo.InvariantCulture) : "";
}
