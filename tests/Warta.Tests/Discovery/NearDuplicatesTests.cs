using Warta.Discovery;
using Warta.Engines;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Discovery;

/// <summary>Near-duplicates: the same wire story on three desks. All texts are made up.</summary>
public sealed class NearDuplicatesTests
{
    private static readonly string[] Flood =
    [
        "Banjir setinggi dada orang dewasa merendam empat desa di Kecamatan Karang Asri sejak Senin (2/12/2024) dini hari setelah tanggul Sungai Lempuyang jebol di dua titik.",
        "Sedikitnya 1.240 warga mengungsi ke balai desa dan dua sekolah dasar, sementara petugas gabungan masih mengevakuasi lansia dengan perahu karet.",
        "Kepala Badan Penanggulangan Bencana setempat, Suryana Wiraatmaja, mengatakan hujan deras selama enam jam membuat debit sungai naik jauh di atas batas aman.",
        "\"Kami mendahulukan ibu hamil, anak-anak dan warga yang sakit. Dapur umum sudah berdiri sejak pagi,\" kata Suryana di lokasi pengungsian.",
        "Jalan penghubung antardesa terputus sepanjang 300 meter sehingga bantuan hanya dapat dikirim lewat jalur persawahan di sisi utara.",
        "Pemerintah kabupaten menetapkan masa tanggap darurat selama tujuh hari dan menyiapkan anggaran Rp2,4 miliar untuk perbaikan tanggul.",
    ];

    private static string Gold(string day, string date, string price, string buyback, string half) =>
        $"Harga emas batangan di gerai Logam Jaya pada hari ini, {day} ({date}), tercatat Rp{price} per gram, berubah dari posisi penutupan sebelumnya. " +
        $"Harga pembelian kembali atau buyback emas batangan hari ini berada di level Rp{buyback} per gram. " +
        $"Adapun emas batangan ukuran 0,5 gram dijual seharga Rp{half} per keping di seluruh gerai resmi. " +
        "Sesuai peraturan Menteri Keuangan, penjualan kembali emas batangan dengan nominal lebih dari sepuluh juta rupiah dikenai pajak penghasilan yang dipotong langsung dari nilai pembelian kembali. " +
        "Pembelian emas batangan juga dikenai pajak penghasilan sebesar nol koma empat lima persen bagi pemegang nomor pokok wajib pajak dan setiap pembelian disertai bukti potong.";

    private static string Text(IEnumerable<string> paragraphs) => string.Join('\n', paragraphs);

    private static bool IsCopy(string a, string b) => Shingles.Of(a).To(Shingles.Of(b)) is var one && Shingles.Of(b).To(Shingles.Of(a)) == one && one.IsCopy;

    [Fact]
    public void The_same_text_is_a_copy_whatever_its_headline() => Assert.True(IsCopy(Text(Flood), Text(Flood)));

    [Fact]
    public void An_agency_s_head_and_tail_make_no_other_story() =>
        Assert.True(IsCopy(Text(Flood), "KARANG ASRI, 2/12 (Kantor Berita) - " + Text(Flood) + "\nPewarta: Dian Lestari\nEditor: Bagas Prakoso\nHAK CIPTA 2024. Dilarang mengambil konten tanpa izin tertulis."));

    [Fact]
    public void A_shortened_version_is_a_copy() => Assert.True(IsCopy(Text(Flood), Text(Flood.Take(3))));

    [Fact]
    public void A_version_with_some_words_changed_is_a_copy() =>
        Assert.True(IsCopy(Text(Flood), Text(Flood).Replace("mengatakan", "menyebutkan", StringComparison.Ordinal).Replace("setempat", "kabupaten itu", StringComparison.Ordinal).Replace("Senin (2/12/2024)", "Senin (2/12)", StringComparison.Ordinal)));

    [Fact]
    public void A_daily_price_story_is_no_copy_of_yesterday_s()
    {
        var days = new[]
        {
            Gold("Senin", "2/12/2024", "1.514.000", "1.364.000", "807.000"), Gold("Selasa", "3/12/2024", "1.509.000", "1.358.000", "804.500"),
            Gold("Rabu", "4/12/2024", "1.509.000", "1.358.000", "804.500"), Gold("Kamis", "5/12/2024", "1.520.000", "1.369.000", "810.000"),
        };
        foreach (var one in days)
        {
            foreach (var other in days.Where(day => day != one)) Assert.False(IsCopy(one, other));
            Assert.True(IsCopy(one, one));
        }
    }

    [Fact]
    public void A_story_whose_toll_alone_has_changed_is_no_copy() => Assert.False(IsCopy(Text(Flood), Text(Flood).Replace("1.240", "2.115", StringComparison.Ordinal)));

    [Fact]
    public void An_update_with_a_new_beginning_is_no_copy_of_what_it_repeats() => Assert.False(IsCopy(Text(Flood), Text(
    [
        "Air mulai surut di Karang Asri pada Selasa pagi, namun sebagian besar pengungsi memilih bertahan karena lumpur tebal masih menutupi rumah dan halaman mereka.",
        "Tim gabungan memulihkan aliran listrik di dua dusun dan membersihkan puskesmas pembantu yang sempat terendam, sedangkan sekolah diliburkan sampai akhir pekan.",
        "Menteri dijadwalkan meninjau tanggul yang jebol dan menyerahkan bantuan perahu, tenda keluarga serta obat-obatan bagi para pengungsi di balai desa.",
        "Sebelumnya diberitakan, banjir melanda wilayah itu setelah tanggul jebol.",
        .. Flood.Take(4),
    ])));

    [Fact]
    public void A_text_of_a_few_words_is_never_a_copy() => Assert.False(IsCopy("Simak videonya di sini.", "Simak videonya di sini."));

    [OnBothEngines]
    public void A_wire_story_that_three_desks_publish_is_one_group(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (first, second, third) = Three(newsroom);
        var other = newsroom.Publish("Harga emas", Gold("Senin", "2/12/2024", "1.514.000", "1.364.000", "807.000"));
        newsroom.Clock.Pass(TimeSpan.FromDays(1));
        newsroom.Publish("Harga emas", Gold("Selasa", "3/12/2024", "1.509.000", "1.358.000", "804.500"));
        Assert.Equal([(first, first), (second, first), (third, first)], Groups(newsroom));

        // What is rewritten leaves; a group of one is none.
        newsroom.Save(newsroom.Draft("Lain", "Isi lain sama sekali."), second);
        newsroom.Publish(second);
        Assert.Equal([(first, first), (third, first)], Groups(newsroom));
        newsroom.Do(act => act.PurgeStory(first, "Hukum."));
        Assert.Empty(Groups(newsroom));
        Assert.DoesNotContain(other, Groups(newsroom).Select(g => g.Article));
    }

    [OnBothEngines]
    public void Lists_show_one_of_a_group_and_another_when_that_is_gone(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (first, second, third) = Three(newsroom);
        newsroom.Clock.Pass(TimeSpan.FromHours(1));
        var beside = newsroom.Publish("Dapur umum Karang Asri", "Dapur umum di Karang Asri melayani pengungsi banjir Sungai Lempuyang setelah tanggul jebol, kata Suryana Wiraatmaja.");
        Assert.Single(Related(newsroom, beside), id => id == first || id == second || id == third);
        var shown = Related(newsroom, beside).First();
        Assert.DoesNotContain(Related(newsroom, third), id => id == first || id == second);
        newsroom.Do(act => act.TakeDown(shown, "Salah."));
        Assert.Single(Related(newsroom, beside), id => id == first || id == second || id == third);

        using var reads = newsroom.OpenReads();
        var most = new MostRead(reads, "simpul", newsroom.Clock.Now);
        foreach (var id in new[] { first, second, third }) most.Count(newsroom.Title, id, newsroom.Clock.Now, 3);
        Assert.Single(newsroom.Database.Read(session => most.Stories(session, newsroom.Title, Scope.Title, 10, newsroom.Clock.Now)));
    }

    [OnBothEngines]
    public void A_search_folds_near_duplicates_and_counts_each_group_once(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var (first, second, third) = Three(newsroom);
        var other = newsroom.Publish("Tanggul diperbaiki", "Tanggul Lempuyang diperbaiki bersama.");
        foreach (var byRelevance in (bool[])[true, false])
        {
            var found = newsroom.Database.Read(session => new StoryFilter { TitleId = newsroom.Title, Words = "tanggul", ByRelevance = byRelevance }.Find(session, newsroom.Press.Search, 10, 0));
            Assert.Equal((2, 2), (found.Stories.Count, found.Total));
            var shown = Assert.Single(found.Stories, story => story.ArticleId != other).ArticleId;
            Assert.Equal(2, found.Versions[shown]);
            Assert.False(found.Versions.ContainsKey(other));
            var pages = Enumerable.Range(0, 3).Select(page => newsroom.Database.Read(session => new StoryFilter { TitleId = newsroom.Title, Words = "tanggul", ByRelevance = byRelevance }.Find(session, newsroom.Press.Search, 1, page))).ToList();
            Assert.Equal([1, 1, 0], pages.Select(page => page.Stories.Count));
        }

        newsroom.Do(act => act.WithdrawStory(first));
        newsroom.Do(act => act.WithdrawStory(second));
        Assert.Empty(newsroom.Database.Read(session => new StoryFilter { TitleId = newsroom.Title, Words = "tanggul" }.Find(session, newsroom.Press.Search, 10, 0)).Versions);
        Assert.Contains(third, newsroom.Search("tanggul"));
    }

    [OnBothEngines]
    public void An_import_finds_near_duplicates_in_its_second_pass(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        newsroom.Press.Run("import", act =>
        {
            foreach (var name in (string[])["satu", "dua"]) act.Publish(act.Save(null, newsroom.Draft(name, Flood)).ArticleId, newsroom.Title);
        }, batch: true);
        Assert.Empty(Groups(newsroom));
        while (newsroom.Press.FindRelatedChunk() > 0)
        {
        }

        Assert.Equal(2, Groups(newsroom).Count);
    }

    [OnBothEngines]
    public void One_article_in_two_titles_is_no_duplicate_of_itself(EngineKind engine)
    {
        using var newsroom = new TestNewsroom(engine);
        var article = newsroom.Publish("Banjir", Flood);
        newsroom.Publish(article, newsroom.AddTitle("sore"));
        Assert.Empty(Groups(newsroom));
    }

    private static (long, long, long) Three(TestNewsroom newsroom)
    {
        var first = newsroom.Publish("Banjir rendam empat desa", Flood);
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        var second = newsroom.Publish("Tanggul jebol, ribuan mengungsi", [.. Flood, "Pewarta: Dian Lestari"]);
        newsroom.Clock.Pass(TimeSpan.FromMinutes(20));
        return (first, second, newsroom.Publish("Empat desa di Karang Asri terendam", [.. Flood.Take(4)]));
    }

    private static List<(long Article, long Group)> Groups(TestNewsroom newsroom) => newsroom.Query<(long, long)>("SELECT article_id, group_id FROM twins ORDER BY article_id");

    private static List<long> Related(TestNewsroom newsroom, long article) => newsroom.Database.Read(session => Warta.Discovery.Related.Of(session, newsroom.Title, article).Select(s => s.ArticleId).ToList());
}
