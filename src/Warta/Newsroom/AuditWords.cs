using System.Text.Json;
using Warta.Content;
using Warta.Publishing;
using Warta.Storage;

namespace Warta.Newsroom;

/// <summary>The audit trail's rows as sentences. What has no sentence here shows its verb; the detail as it is kept stands folded beside each.</summary>
public sealed class AuditWords
{
    private readonly TitleDirectory _titles;
    private readonly Names _names;
    private readonly Dictionary<long, string> _headlines, _users;

    public AuditWords(Session session, TitleDirectory titles, IReadOnlyList<AuditTrail.Entry> rows)
    {
        _titles = titles;
        _names = new Names(session, rows.Select(row => row.Actor));
        var articles = rows.Where(row => row.ArticleId is not null).Select(row => row.ArticleId!.Value).Distinct().ToList();
        _headlines = articles.Count == 0 ? [] : session.Query<(long Id, string Headline)>("SELECT id, worked_headline FROM articles WHERE id IN [[ids:articles]]", new { articles = session.Ids(articles) }).ToDictionary(row => row.Id, row => row.Headline);
        var users = rows.Select(row => long.TryParse(Of(row, "user"), out var id) ? id : 0).Where(id => id > 0).Distinct().ToList();
        _users = users.Count == 0 ? [] : session.Query<(long Id, string Email)>("SELECT id, email FROM users WHERE id IN [[ids:users]]", new { users = session.Ids(users) }).ToDictionary(row => row.Id, row => row.Email);
    }

    public string Who(AuditTrail.Entry row) => _names.Of(row.Actor);

    /// <summary>What was done, without who did it.</summary>
    public string What(Frame frame, AuditTrail.Entry row)
    {
        var (whom, email, role) = (Whom(row), Of(row, "email"), frame.RoleName(Of(row, "role")));
        return row.Verb switch
        {
            "saved" => frame.T($"menyimpan revisi {Of(row, "revision")}", $"saved revision {Of(row, "revision")}"),
            "published" => Of(row, "first") == "true" ? frame.T("menayangkan", "published") : frame.T("menayangkan pembaruan", "published an update"),
            "scheduled" => frame.T($"menjadwalkan untuk {Of(row, "at")}", $"scheduled for {Of(row, "at")}"),
            "unscheduled" => frame.T("membatalkan jadwal", "took off the schedule"),
            "release-failed" => frame.T("jadwal gagal: ", "the scheduled release failed: ") + Of(row, "reason"),
            "withdrawn" => frame.T("menurunkan", "withdrew"),
            "expired" => frame.T("masa tayangnya habis", "reached its expiry"),
            "taken-down" => frame.T("mencabut berita", "took down"),
            "takedown-undone" => frame.T("membatalkan pencabutan", "undid the takedown"),
            "purged" => frame.T("menghapus isinya untuk selamanya", "purged for good"),
            "corrected" => frame.T("menerbitkan ralat, koreksi, atau hak jawab", "issued a correction"),
            "correction-withdrawn" => frame.T("menarik koreksi", "withdrew a correction"),
            "noted" => frame.T("menulis catatan", "wrote a note"),
            "assigned" => whom.Length == 0 ? frame.T("melepas penugasan", "took back the assignment") : frame.T($"menugaskan {whom}", $"assigned {whom}"),
            "picks-set" => frame.T("menata Pilihan", "set the picks"),
            "related-chosen" => frame.T("memilih berita terkait", "chose related stories"),
            "title-set" => frame.T("mengubah setelan ", "changed the setting ") + Of(row, "key"),
            "title-added" => frame.T("menambah terbitan", "added a title"),
            "section-added" => frame.T("menambah kanal", "added a section"),
            "page-set" => frame.T("mengubah halaman ", "changed the page ") + Of(row, "slug"),
            "page-removed" => frame.T("menghapus halaman ", "removed the page ") + Of(row, "slug"),
            "picture-taken-in" => frame.T($"mengunggah gambar {Of(row, "media")}", $"uploaded picture {Of(row, "media")}"),
            "picture-expired" => frame.T($"lisensi gambar {Of(row, "media")} habis", $"the licence of picture {Of(row, "media")} ended"),
            "picture-described" => frame.T($"mengubah keterangan gambar {Of(row, "media")}", $"described picture {Of(row, "media")}"),
            "picture-refocused" => frame.T($"memindahkan fokus gambar {Of(row, "media")}", $"moved the focus of picture {Of(row, "media")}"),
            "picture-replaced" => frame.T($"mengganti berkas gambar {Of(row, "media")}", $"replaced the file of picture {Of(row, "media")}"),
            "picture-retired" => frame.T($"menarik gambar {Of(row, "media")}", $"retired picture {Of(row, "media")}"),
            "picture-restored" => frame.T($"mengembalikan gambar {Of(row, "media")}", $"restored picture {Of(row, "media")}"),
            "imported" => frame.T($"mengimpor {Of(row, "stories")} naskah", $"imported {Of(row, "stories")} stories"),
            "signed-in" => frame.T("masuk", "signed in"),
            "signed-out" => frame.T("keluar", "signed out"),
            "sign-in-slowed" => frame.T($"terlalu banyak kata sandi salah dari {Of(row, "network")}; diperlambat", $"too many wrong passwords from {Of(row, "network")}; slowed down"),
            "second-factor-on" => frame.T($"menyalakan langkah kedua {whom}", $"turned on the second step of {whom}"),
            "second-factor-off" => frame.T($"mematikan langkah kedua {whom}", $"turned off the second step of {whom}"),
            "recovery-code-used" => frame.T($"memakai kode pemulihan {whom}", $"used a recovery code of {whom}"),
            "passkey-added" => frame.T($"menambah kunci sandi {email}: {Of(row, "name")}", $"added a passkey of {email}: {Of(row, "name")}"),
            "passkey-named" => frame.T($"menamai kunci sandi: {Of(row, "name")}", $"named a passkey: {Of(row, "name")}"),
            "passkey-removed" => frame.T($"menghapus kunci sandi {email}", $"removed a passkey of {email}"),
            "password-changed" => frame.T($"mengganti kata sandi {email}", $"changed the password of {email}"),
            "email-changed" => frame.T($"mengganti surel {Of(row, "from")} menjadi {Of(row, "to")}", $"changed the e-mail {Of(row, "from")} to {Of(row, "to")}"),
            "invited" => frame.T($"mengundang {email} sebagai {role}", $"invited {email} as {role}"),
            "invitation-revoked" => frame.T("membatalkan undangan", "revoked an invitation"),
            "recovery-link-made" => frame.T($"membuat tautan kata sandi baru untuk {email}", $"made a new-password link for {email}"),
            "user-added" => frame.T($"menambah {email} sebagai ", $"added {email} as ") + RolesOf(frame, row),
            "user-roles-set" => frame.T($"mengubah peran {whom} menjadi ", $"changed the roles of {whom} to ") + RolesOf(frame, row),
            "user-disabled" => frame.T($"menonaktifkan {email}", $"disabled {email}"),
            "user-enabled" => frame.T($"mengaktifkan lagi {email}", $"enabled {email} again"),
            "user-reset" => frame.T($"memberi {email} kata sandi baru", $"gave {email} a new password"),
            "token-added" => frame.T($"membuat token \"{Of(row, "name")}\" sebagai {role}", $"made the token \"{Of(row, "name")}\" as {role}"),
            "token-revoked" => frame.T($"mencabut token \"{Of(row, "name")}\"", $"revoked the token \"{Of(row, "name")}\""),
            "submitted" => frame.T("mengirim ke desk", "handed in"),
            "recalled" => frame.T("menarik kembali dari desk", "took back from the desk"),
            "taken" => frame.T("mengambil untuk disunting", "took in hand"),
            "returned" => frame.T("mengembalikan kepada penulis", "returned to the writer"),
            "approved" => frame.T("menyatakan siap tayang", "marked as ready"),
            "moved-back" => frame.T("mengurungkan perpindahan", "undid a move"),
            "correction-asked" => frame.T("mencatat permintaan ralat atau hak jawab", "noted a request for a correction or reply"),
            "correction-declined" => frame.T("menutup permintaan tanpa ralat", "closed a request without a correction"),
            "correction-reopened" => frame.T("membuka lagi permintaan ralat", "opened a request again"),
            "preview-link-made" => frame.T("membuat tautan pratinjau", "made a preview link"),
            "preview-links-ended" => frame.T("mengakhiri tautan pratinjau", "ended the preview links"),
            "related-found" => frame.T("mencari ulang berita terkait", "had related stories found again"),
            "link-repaired" => frame.T("memperbaiki tautan", "repaired a link"),
            "popular-excluded" => frame.T("mengeluarkan dari Terpopuler", "left out of most read"),
            "popular-included" => frame.T("memasukkan lagi ke Terpopuler", "let into most read again"),
            "section-renamed" => frame.T("mengganti nama kanal", "renamed a section"),
            "section-moved" => frame.T("memindahkan kanal", "moved a section"),
            "section-hidden" => frame.T("menyembunyikan kanal", "hid a section"),
            "section-shown" => frame.T("menampilkan kanal", "showed a section"),
            "tag-merged" => frame.T("menggabungkan tag", "merged a tag"),
            "tag-unmerged" => frame.T("membatalkan penggabungan tag", "undid the merger of a tag"),
            "tag-renamed" => frame.T("mengganti nama tag", "renamed a tag"),
            "author-merged" => frame.T("menggabungkan penulis", "merged an author"),
            "author-unmerged" => frame.T("membatalkan penggabungan penulis", "undid the merger of an author"),
            "author-renamed" => frame.T("mengganti nama penulis", "renamed an author"),
            "author-described" => frame.T("mengubah profil penulis", "changed an author's profile"),
            "author-job-set" => frame.T("mengubah jabatan penulis", "changed an author's job"),
            "redirects-set" => frame.T("mengatur pengalihan alamat", "set redirects"),
            "redirect-removed" => frame.T("menghapus pengalihan alamat", "removed a redirect"),
            "refused" => frame.T($"ditolak: {Of(row, "permission")} di {Of(row, "path")}", $"was refused: {Of(row, "permission")} at {Of(row, "path")}"),
            _ => row.Verb.Replace('-', ' '),
        };
    }

    /// <summary>Which story; its words are gone where it was purged.</summary>
    public string Story(AuditTrail.Entry row) => row.ArticleId is not { } id ? "" : _headlines.TryGetValue(id, out var headline) && headline.Length > 0 ? headline : $"#{id}";

    public string Title(AuditTrail.Entry row) => row.TitleId is { } id && _titles.Titles.Count > 1 && _titles.Titles.FirstOrDefault(title => title.Id == id) is { } title ? title.Name : "";

    private string Whom(AuditTrail.Entry row) => Of(row, "user") is var user && long.TryParse(user, out var id) && _users.TryGetValue(id, out var email) ? email : user;

    private static string RolesOf(Frame frame, AuditTrail.Entry row) => string.Join(", ", Of(row, "roles").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(frame.RoleName));

    /// <summary>A value of the detail as text; the items of a list with commas between.</summary>
    private static string Of(AuditTrail.Entry row, string name)
    {
        if (row.Detail.Length == 0) return "";
        using var detail = JsonDocument.Parse(row.Detail);
        if (detail.RootElement.ValueKind != JsonValueKind.Object || !detail.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return "";
        return value.ValueKind == JsonValueKind.Array ? string.Join(',', value.EnumerateArray()) : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString();
    }
}
