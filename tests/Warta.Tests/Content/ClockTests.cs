using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Moment = new(2024, 12, 2, 3, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Asia/Jakarta", "id", "Senin, 2 Desember 2024 | 10:15 WIB")]
    [InlineData("Asia/Makassar", "id", "Senin, 2 Desember 2024 | 11:15 WITA")]
    [InlineData("Asia/Jayapura", "id-ID", "Senin, 2 Desember 2024 | 12:15 WIT")]
    [InlineData("UTC", "en", "Monday, 2 December 2024 | 03:15 UTC")]
    [InlineData("Europe/London", "en-GB", "Monday, 2 December 2024 | 03:15 GMT+00:00")]
    [InlineData("America/New_York", "en", "Sunday, 1 December 2024 | 22:15 GMT-05:00")]
    [InlineData("Asia/Jakarta", "ar", "الاثنين، 2 ديسمبر 2024 | 10:15 WIB")]
    [InlineData("UTC", "de", "Monday, 2 December 2024 | 03:15 UTC")]
    public void A_moment_is_told_in_the_titles_zone_and_language(string zone, string language, string words) =>
        Assert.Equal(words, Clock.InWords(Moment, TimeZoneInfo.FindSystemTimeZoneById(zone), language));

    [Theory]
    [InlineData("Asia/Jakarta", "2024-12-31T16:59:59Z", 20241231)]
    [InlineData("Asia/Jakarta", "2024-12-31T17:00:00Z", 20250101)]
    [InlineData("Asia/Jayapura", "2024-12-31T15:00:00Z", 20250101)]
    [InlineData("UTC", "1969-12-31T23:59:59Z", 19691231)]
    public void A_day_ends_at_midnight_in_the_zone(string zone, string moment, long day) =>
        Assert.Equal(day, Clock.Day(DateTimeOffset.Parse(moment), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("id", "2024-12-02T16:59:59Z", "10:15 WIB")]
    [InlineData("id", "2024-12-02T17:00:00Z", "2 Des 2024")]
    [InlineData("en", "2024-12-03T17:00:00Z", "2 Dec 2024")]
    [InlineData("ar", "2024-12-03T17:00:00Z", "2 ديسمبر 2024")]
    public void A_short_time_is_the_hour_today_and_the_date_later(string language, string now, string words) =>
        Assert.Equal(words, Clock.Short(Moment, TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"), language, DateTimeOffset.Parse(now)));

    [Fact]
    public void A_machine_gets_the_zones_offset() => Assert.Equal("2024-12-02T10:15:00+07:00", Clock.Iso(Moment, TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta")));
}
