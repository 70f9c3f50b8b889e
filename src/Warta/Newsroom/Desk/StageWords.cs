using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What the newsroom calls where a story is.</summary>
public static class StageWords
{
    public const string Scheduled = "scheduled", Live = "live", Withdrawn = "withdrawn", TakenDown = "taken-down";

    public static string Of(string state, bool isEnglish) => (state, isEnglish) switch
    {
        (Stage.Draft, false) => "Draf",
        (Stage.Draft, true) => "Draft",
        (Stage.Submitted, false) => "Masuk Desk",
        (Stage.Submitted, true) => "At the desk",
        (Stage.Editing, false) => "Disunting",
        (Stage.Editing, true) => "Being edited",
        (Stage.Returned, false) => "Dikembalikan",
        (Stage.Returned, true) => "Returned",
        (Stage.Ready, false) => "Siap Tayang",
        (Stage.Ready, true) => "Ready",
        (Scheduled, false) => "Terjadwal",
        (Scheduled, true) => "Scheduled",
        (Live, false) => "Tayang",
        (Live, true) => "Live",
        (Withdrawn, false) => "Diturunkan",
        (Withdrawn, true) => "Withdrawn",
        (TakenDown, false) => "Dicabut",
        (TakenDown, true) => "Taken down",
        _ => state,
    };

    public static string KindName(this Frame frame, string kind) => kind switch
    {
        Content.CorrectionKind.Erratum => frame.T("Ralat", "Erratum"),
        Content.CorrectionKind.Correction => frame.T("Koreksi", "Correction"),
        Content.CorrectionKind.Reply => frame.T("Hak Jawab", "Right of reply"),
        _ => kind,
    };

    public static string Of(this Frame frame, string state) => Of(state, frame.Language == "en");
}
