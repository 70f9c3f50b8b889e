using Warta.Content;

namespace Warta.Newsroom;

/// <summary>What the settings of a title are called in the newsroom. <see cref="TitleSettings"/> says what each is, in English.</summary>
internal static class SettingWords
{
    public static readonly (string Indonesian, string English, string[] Keys)[] Groups =
    [
        ("Identitas", "Identity", ["name", "tagline", "language", "timezone", "url"]),
        ("Alamat", "Addresses", ["permalink", "section"]),
        ("Tampilan", "Look", ["theme", "logo", "colors.light", "colors.dark", "font.headlines", "font.text"]),
        ("Daftar di halaman", "Lists on pages", ["picks.count", "picks.scope", "popular.count", "popular.scope", "latest.count", "latest.scope", "related.count", "related.scope", "live.seconds"]),
        ("Umpan dan mesin pencari", "Feeds and search engines", ["feeds.content", "feeds.count", "robots"]),
        ("Iklan", "Advertising", ["ads.slots", "ads.off", "ads.advertorials", "ads.story.after", "ads.story.every", "ads.story.least", "ads.story.most", "ads.house", "ads.txt"]),
        ("Vendor dan persetujuan", "Vendors and consent", ["vendors"]),
    ];

    private static readonly Dictionary<string, (string Indonesian, string English, string Help)> Words = new()
    {
        ["name"] = ("Nama", "Name", "nama terbitan"),
        ["tagline"] = ("Semboyan", "Tagline", "satu baris di bawah nama"),
        ["language"] = ("Bahasa", "Language", "bahasa tampilan: id, en, ar, atau tag BCP 47 lain"),
        ["timezone"] = ("Zona waktu", "Time zone", "zona tanggal dan alamat: Asia/Jakarta, Asia/Makassar, Asia/Jayapura"),
        ["url"] = ("Alamat publik", "Public address", "untuk tautan kanonis, umpan, dan peta situs: https://contoh.id"),
        ["permalink"] = ("Pola alamat berita", "Pattern of story addresses", "alamat lama tetap dialihkan"),
        ["section"] = ("Kanal bawaan", "Default section", "kanal bagi berita yang datang tanpa kanal"),
        ["theme"] = ("Tema", "Theme", "hanya tema yang utuh yang dapat dipilih"),
        ["logo"] = ("Logo", "Logo", "PNG atau WebP yang menggantikan nama"),
        ["colors.light"] = ("Warna siang", "Colours by day", "kertas, tinta, aksen: #fbf8f1 #1c1814 #96301a; kosong: warna tema"),
        ["colors.dark"] = ("Warna malam", "Colours by night", "kertas, tinta, aksen: #171411 #e6ded0 #ec8f6c; kosong: warna tema"),
        ["font.headlines"] = ("Huruf judul", "Headline font", "text atau label dari tema, atau berkas WOFF2"),
        ["font.text"] = ("Huruf isi", "Text font", "label dari tema, atau berkas WOFF2"),
        ["picks.count"] = ("Pilihan: jumlah", "Picks: how many", "pilihan redaksi di sebuah halaman"),
        ["picks.scope"] = ("Pilihan: dari", "Picks: from", "title: terbitan, section: kanal, language: bahasa"),
        ["popular.count"] = ("Terpopuler: jumlah", "Most read: how many", "berita terpopuler di sebuah halaman"),
        ["popular.scope"] = ("Terpopuler: dari", "Most read: from", "title: terbitan, section: kanal, language: bahasa"),
        ["latest.count"] = ("Terkini: jumlah", "Latest: how many", "berita terkini di halaman berita"),
        ["latest.scope"] = ("Terkini: dari", "Latest: from", "title: terbitan, section: kanal, language: bahasa"),
        ["related.count"] = ("Terkait: jumlah", "Related: how many", "berita terkait di halaman berita"),
        ["related.scope"] = ("Terkait: dari", "Related: from", "title: terbitan, section: kanal, language: bahasa"),
        ["live.seconds"] = ("Segarkan tiap (detik)", "Refresh every (seconds)", "halaman yang terbuka meminta daftarnya lagi; 0: tidak pernah"),
        ["feeds.content"] = ("Isi umpan", "What feeds hold", "full: lengkap, summary: ringkasan"),
        ["feeds.count"] = ("Berita dalam umpan", "Stories in a feed", "jumlah berita"),
        ["robots"] = ("Baris robots.txt", "Lines of robots.txt", "baris tambahan"),
        ["ads.slots"] = ("Slot iklan", "Ad slots", "top middle side bottom story, dengan =MEJA/PONSEL untuk ukuran lain"),
        ["ads.off"] = ("Tanpa iklan", "Without ads", "kanal tanpa iklan, atau tanpa beberapa slot: obituari nasional:top,side"),
        ["ads.advertorials"] = ("Iklan di advertorial", "Ads in advertorials", "on atau off"),
        ["ads.story.after"] = ("Iklan dalam berita: setelah paragraf", "Ads in a story: after paragraph", "letak slot pertama"),
        ["ads.story.every"] = ("Iklan dalam berita: tiap", "Ads in a story: every", "jarak antarslot dalam paragraf"),
        ["ads.story.least"] = ("Iklan dalam berita: paling sedikit", "Ads in a story: at least", "jumlah paragraf agar berita punya slot"),
        ["ads.story.most"] = ("Iklan dalam berita: paling banyak", "Ads in a story: at most", "jumlah slot dalam satu berita"),
        ["ads.house"] = ("Iklan sendiri", "House ads", "daftar JSON seperti yang ditulis `warta ad add`"),
        ["ads.txt"] = ("ads.txt", "ads.txt", "isi berkasnya; kosong: tidak ada"),
        ["vendors"] = ("Vendor", "Vendors", "iklan, analitik, dan persetujuan: daftar JSON seperti yang ditulis `warta vendor add`"),
    };

    public static (string Indonesian, string English) Label(string key) => (Words[key].Indonesian, Words[key].English);

    public static string Help(string key, string language) => language == "en" ? TitleSettings.Find(key).Meaning : Words[key].Help;
}
