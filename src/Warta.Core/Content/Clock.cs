namespace Warta.Content;

/// <summary>How a title tells the time: moments in its zone, and dates in the words of its language.</summary>
public static class Clock
{
    private static readonly string[] IndonesianDays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
    private static readonly string[] IndonesianMonths = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] ArabicDays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];
    private static readonly string[] ArabicMonths = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

    /// <summary>The names of weekdays and months in every language that dates are written in.</summary>
    public static IEnumerable<string> DateNames => [.. IndonesianDays, .. IndonesianMonths, .. EnglishDays, .. EnglishMonths, .. ArabicDays, .. ArabicMonths];

    /// <summary>The day as the number yyyymmdd, in the zone.</summary>
    public static long Day(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return local.Year * 10000L + local.Month * 100 + local.Day;
    }

    /// <summary>The moment at which a day begins in the zone.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }

    /// <summary>The moment at which the day after this one begins in the zone.</summary>
    public static DateTimeOffset NextMidnight(DateTimeOffset moment, TimeZoneInfo zone) =>
        Midnight(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime).AddDays(1), zone);

    /// <summary>"Senin, 2 Desember 2024".</summary>
    public static string DateInWords(DateTimeOffset moment, TimeZoneInfo zone, string language)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var (days, months, comma) = Names(language);
        return $"{days[(int)local.DayOfWeek]}{comma} {local.Day} {months[local.Month - 1]} {local.Year}";
    }

    /// <summary>"Senin, 2 Desember 2024 | 10:15 WIB".</summary>
    public static string InWords(DateTimeOffset moment, TimeZoneInfo zone, string language) =>
        $"{DateInWords(moment, zone, language)} | {TimeInWords(moment, zone)}";

    /// <summary>"10:15 WIB" for a moment of today, "2 Des 2024" for one of another day.</summary>
    public static string Short(DateTimeOffset moment, TimeZoneInfo zone, string language, DateTimeOffset now)
    {
        if (Day(moment, zone) == Day(now, zone)) return TimeInWords(moment, zone);
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        var month = Names(language).Months[local.Month - 1];
        return $"{local.Day} {(Languages.Primary(language) == "ar" || month.Length <= 4 ? month : month[..3])} {local.Year}";
    }

    /// <summary>ISO 8601 with the zone's offset, to the second.</summary>
    public static string Iso(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz");

    /// <summary>"10:15 WIB".</summary>
    public static string TimeInWords(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return $"{local.Hour:00}:{local.Minute:00} {Abbreviation(zone, local)}";
    }

    /// <summary>WIB, WITA and WIT for Indonesia's zones; elsewhere the offset.</summary>
    private static string Abbreviation(TimeZoneInfo zone, DateTimeOffset local) => zone.Id switch
    {
        "Asia/Jakarta" or "Asia/Pontianak" => "WIB",
        "Asia/Makassar" => "WITA",
        "Asia/Jayapura" => "WIT",
        "UTC" or "Etc/UTC" => "UTC",
        _ => local.ToString("'GMT'zzz"),
    };

    private static (string[] Days, string[] Months, string Comma) Names(string language) => Languages.Primary(language) switch
    {
        "id" => (IndonesianDays, IndonesianMonths, ","),
        "ar" => (ArabicDays, ArabicMonths, "،"),
        _ => (EnglishDays, EnglishMonths, ","),
    };
}
