using Warta.Content;
using Warta.Publishing;

namespace Warta.Demo;

/// <summary>What lies on the demonstration's desk: stories on their way, each at another stage.</summary>
internal static class DemoDesk
{
    private sealed record OnDesk(string Number, string By, string Name, string Title, string Section, string Headline, string Standfirst, IReadOnlyList<string> Text, Action<Press, long, long> Move);

    private static readonly OnDesk[] Stories =
    [
        new("desk-1", "reporter", "Yusuf Maulana", DemoTitles.National, "Nasional", "Perahu Penyeberangan Kali Wates Kembali Berlayar", "Setelah dua pekan surut, warga dua dusun tidak perlu lagi memutar sebelas kilometer.",
            ["Perahu kayu itu berangkat lagi pukul enam pagi, dengan tujuh sepeda dan seorang bidan.", "Juru mudinya, Karto Wiyono, berkata ia sempat ragu tali tambangnya masih kuat."], (_, _, _) => { }),
        new("desk-2", "reporter", "Yusuf Maulana", DemoTitles.National, "Ekonomi", "Harga Garam Petambak Naik, Gudang Justru Kosong", "Hujan di luar musim memotong panen di tiga desa pesisir.",
            ["Petambak menjual garam dengan harga dua kali lipat tahun lalu, tetapi hanya sedikit yang masih punya.", "Koperasi meminta perusahaan pengolah tidak menimbun."], (press, id, _) => press.Run(ActorOf("reporter"), act => act.Submit(id))),
        new("desk-3", "reporter", "Yusuf Maulana", DemoTitles.National, "Budaya", "Penabuh Gamelan Terakhir di Lereng Sumbing", "Ia melatih sebelas anak setiap Kamis sore, di serambi yang sama sejak 1983.",
            ["Sutarno menyetel saron dengan telinga, bukan dengan aplikasi.", "“Kalau sumbang, anak-anak yang lebih dulu tertawa,” katanya."],
            (press, id, _) =>
            {
                press.Run(ActorOf("reporter"), act => act.Submit(id));
                press.Run(ActorOf("redaktur"), act => act.Return(id, "Siapa yang akan meneruskan? Tambahkan satu anak didiknya, dengan nama orang tuanya."));
            }),
        new("desk-4", "kontributor", "Nona Bawole", DemoTitles.Regional, "Bahari", "Mercusuar Tanjung Lolak Menyala Lagi dengan Tenaga Surya", "Nelayan tidak lagi berpatokan pada lampu rumah kepala desa.",
            ["Lampu itu padam empat bulan sejak generatornya rusak.", "Panel baru dipasang oleh enam teknisi dari dinas perhubungan."],
            (press, id, user) => press.Run(ActorOf("pelaksana"), act =>
            {
                act.Submit(id);
                act.Take(id, user);
            })),
        new("desk-5", "redaktur", "Laksmi Prameswari", DemoTitles.National, "Sains", "Peneliti Mencatat Paus Biru Kerdil di Laut Sawu Lebih Awal", "Suhu permukaan yang hangat diduga memajukan musim lewatnya.",
            ["Tim mencatat sembilan ekor dalam dua hari.", "Pengamatan dilanjutkan sampai akhir bulan dengan dua perahu."], (press, id, _) => press.Run(ActorOf("redaktur"), act => act.Approve(id))),
    ];

    /// <summary>Lays out what isn't there yet.</summary>
    public static void Fill(Press press)
    {
        foreach (var story in Stories)
        {
            var uri = $"https://warta.example/demo/{story.Number}";
            if (press.Database.Read(session => Articles.Find(session, uri)) is not null) continue;
            var id = press.Run(ActorOf(story.By), act =>
            {
                var title = act.Titles.Title(story.Title);
                return act.Save(null, new Draft
                {
                    Uri = uri,
                    TitleId = title.Id,
                    SectionId = act.SectionNamed(title.Id, story.Section),
                    Language = title.Language,
                    Headline = story.Headline,
                    Standfirst = story.Standfirst,
                    Bylines = [new Byline(story.Name, Byline.Writer)],
                    Body = new Body(story.Text.Select((text, n) => (Block)new ParagraphBlock($"p{n + 1}", text)).ToList()),
                }).ArticleId;
            });
            var editor = press.Database.Read(session => session.Value<long>("SELECT id FROM users WHERE email = @email", new { email = DemoStaff.AddressOf("pelaksana") }));
            story.Move(press, id, editor);
        }
    }

    private static string ActorOf(string person) => "user:" + DemoStaff.AddressOf(person);
}
