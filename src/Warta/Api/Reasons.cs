using Warta.Content;

namespace Warta.Api;

/// <summary>Why the newsroom is shown a story, in the language of its title.</summary>
internal sealed class Reasons
{
    private readonly Func<int, string> _same, _older, _newer, _reads;
    private readonly Func<string, string> _shares, _section;
    private readonly string _sameDay, _comma;

    private static readonly Reasons Indonesian = new(n => $"{n} persen teksnya sama", s => $"sama-sama menyebut {s}", s => $"satu kanal ({s})", n => $"{n} hari lebih lama", n => $"{n} hari lebih baru", "pada hari yang sama", n => $"nomor {n} terpopuler", ", ");
    private static readonly Reasons English = new(n => $"{n} percent of the text is the same", s => $"shares {s}", s => $"same section ({s})", n => n == 1 ? "1 day older" : $"{n} days older", n => n == 1 ? "1 day newer" : $"{n} days newer", "of the same day", n => $"number {n} of the most read", ", ");
    private static readonly Reasons Arabic = new(n => $"{n}٪ من النص متطابق", s => $"يشترك في {s}", s => $"القسم نفسه ({s})", n => $"أقدم بعدد أيام: {n}", n => $"أحدث بعدد أيام: {n}", "في اليوم نفسه", n => $"رقم {n} في الأكثر قراءة", "، ");

    private Reasons(Func<int, string> same, Func<string, string> shares, Func<string, string> section, Func<int, string> older, Func<int, string> newer, string sameDay, Func<int, string> reads, string comma) =>
        (_same, _shares, _section, _older, _newer, _sameDay, _reads, _comma) = (same, shares, section, older, newer, sameDay, reads, comma);

    public static Reasons In(string language) => Languages.Primary(language) switch
    {
        "id" => Indonesian,
        "ar" => Arabic,
        _ => English,
    };

    /// <param name="similarity">0 to 1.</param>
    public string Same(double similarity) => _same((int)Math.Floor(similarity * 100));

    /// <summary>"shares Aleppo, Assad; same section (Dunia); 2 days older; number 3 of the most read".</summary>
    /// <param name="section">Its name, where both stand in it.</param>
    /// <param name="days">How many days older it is; negative for a newer one.</param>
    /// <param name="place">Among the most read, from 1; 0 for none.</param>
    public string Near(IReadOnlyList<string> shared, string? section, int days, int place) => string.Join("; ", new[]
    {
        shared.Count > 0 ? _shares(string.Join(_comma, shared)) : "",
        section is null ? "" : _section(section),
        days == 0 ? _sameDay : days > 0 ? _older(days) : _newer(-days),
        place > 0 ? _reads(place) : "",
    }.Where(reason => reason.Length > 0));
}
