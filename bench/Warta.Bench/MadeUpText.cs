using System.Text;

namespace Warta.Bench;

/// <summary>Text that reads like Indonesian news from afar: plain words, some marks, no letter that JSON or an address would have to escape.</summary>
internal sealed class MadeUpText(Random random)
{
    private static readonly string[] Words =
    [
        "yang", "dan", "di", "dari", "untuk", "dengan", "pada", "ini", "itu", "akan", "tidak", "dalam", "juga", "sudah", "para", "oleh", "karena", "saat", "kata", "telah",
        "warga", "kota", "pemerintah", "harga", "pasar", "sekolah", "jalan", "rumah", "tahun", "hari", "pekan", "bulan", "pagi", "malam", "daerah", "provinsi", "kabupaten", "desa", "laut", "sungai",
        "petani", "nelayan", "pedagang", "guru", "dokter", "pelatih", "pemain", "penonton", "menteri", "gubernur", "bupati", "wali", "ketua", "anggota", "dewan", "partai", "polisi", "hakim", "saksi", "petugas",
        "naik", "turun", "membuka", "menutup", "menang", "kalah", "meminta", "menolak", "menunggu", "menyusun", "membangun", "memperbaiki", "mengantar", "menjual", "membeli", "menanam", "memanen", "menyebut", "menjelaskan", "menambahkan",
        "baru", "lama", "besar", "kecil", "cepat", "lambat", "murah", "mahal", "tinggi", "rendah", "pertama", "kedua", "terakhir", "utama", "bersama", "lebih", "hampir", "sekitar", "sebelum", "sesudah",
        "beras", "cabai", "kopi", "garam", "listrik", "air", "banjir", "hujan", "kemarau", "kereta", "pelabuhan", "bandara", "stadion", "museum", "film", "lagu", "buku", "liga", "gol", "musim",
        "anggaran", "pajak", "ekspor", "bank", "kredit", "saham", "pabrik", "teknologi", "aplikasi", "data", "jaringan", "vaksin", "obat", "rumah sakit", "hutan", "tambang", "energi", "mobil", "motor", "wisata",
    ];

    private static readonly string[] Syllables = ["ka", "ri", "mu", "lan", "to", "se", "bar", "ni", "gu", "pel", "dan", "wi", "tor", "ja", "mas", "ku", "len", "ba", "sir", "pa"];

    private readonly StringBuilder _text = new();

    /// <summary>Somebody or some place.</summary>
    public string Name() => Capital(string.Concat(Syllables[random.Next(20)], Syllables[random.Next(20)], Syllables[random.Next(20)]));

    /// <summary>Words and single spaces alone, at most 90 characters.</summary>
    public string Headline()
    {
        var words = Enumerable.Range(0, 4 + random.Next(3)).Select(_ => Capital(Word())).Prepend(Name()).Append(Name());
        return string.Join(' ', words);
    }

    public string Paragraph(int words)
    {
        _text.Clear();
        for (var i = 0; i < words; i++)
        {
            var word = random.Next(8) == 0 ? Name() : Word();
            _text.Append(i == 0 ? Capital(word) : word).Append(i == words - 1 ? "." : random.Next(12) == 0 ? ", " : " ");
        }

        return _text.ToString();
    }

    // Squared, so that some words stand everywhere and most now and then.
    private string Word() => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 2))];

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
