using Warta.Publishing;

namespace Warta.Newsroom;

/// <summary>What the newsroom calls the parts of a story.</summary>
public static class StoryWords
{
    public static string BlockName(string language, string type) => (type, language == "en") switch
    {
        ("heading", false) => "subjudul",
        ("list", false) => "daftar",
        ("quote", false) => "kutipan",
        ("figure", false) => "gambar",
        ("figure", true) => "picture",
        ("gallery", false) => "galeri",
        ("read-also", false) => "baca juga",
        ("read-also", true) => "read also",
        ("embed", false) => "sematan",
        ("table", false) => "tabel",
        ("fact-box", false) => "kotak fakta",
        ("fact-box", true) => "fact box",
        ("page-break", false) => "batas halaman",
        ("page-break", true) => "page break",
        ("divider", false) => "pemisah",
        ("paragraph", false) => "paragraf",
        _ => type,
    };

    public static string FieldName(string language, string field) => (field, language == "en") switch
    {
        (Writing.Kicker, false) => "Kicker (judul kecil)",
        (Writing.Kicker, true) => "Kicker",
        (Writing.Headline, false) => "Judul",
        (Writing.Headline, true) => "Headline",
        (Writing.Standfirst, false) => "Teras (ringkasan)",
        (Writing.Standfirst, true) => "Standfirst",
        (Writing.SearchTitle, false) => "Judul di mesin pencari",
        (Writing.SearchTitle, true) => "Title in search results",
        (Writing.Section, false) => "Kanal",
        (Writing.Section, true) => "Section",
        (Writing.Tags, false) => "Tag, dipisah koma",
        (Writing.Tags, true) => "Tags, with commas between",
        (Writing.Bylines, false) => "Nama di bawah berita",
        (Writing.Bylines, true) => "Bylines",
        (Writing.DatelinePlace, false) => "Tempat",
        (Writing.DatelinePlace, true) => "Dateline: place",
        (Writing.DatelineCredit, false) => "Kredit media",
        (Writing.DatelineCredit, true) => "Dateline: credit",
        (Writing.Language, false) => "Bahasa",
        (Writing.Language, true) => "Language",
        (Writing.Kind, false) => "Jenis",
        (Writing.Kind, true) => "Kind",
        (Writing.EmbargoedUntil, false) => "Embargo sampai",
        (Writing.EmbargoedUntil, true) => "Embargo until",
        (Writing.ExpiresAt, false) => "Turun sendiri pada",
        (Writing.ExpiresAt, true) => "Expires at",
        (Writing.NoAds, false) => "Tanpa iklan di halaman ini",
        (Writing.NoAds, true) => "No ads on its page",
        (Writing.Unverified, false) => "Masih diverifikasi",
        (Writing.Unverified, true) => "Still being verified",
        (Writing.Lead, false) => "Gambar utama",
        (Writing.Lead, true) => "Lead picture",
        _ => field,
    };
}
