using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class DatelineTests
{
    private static (string Text, Dateline? Dateline) Lift(string text)
    {
        var (body, dateline) = Dateline.Lift(PlainTextMapper.FromPlainText(text + "\nParagraf kedua.").Body);
        return (Bodies.FirstText(body), dateline);
    }

    [Theory]
    [InlineData("Suara.com - Isi.", null, "Suara.com", "Suara.com")]
    [InlineData("JAKARTA, KOMPAS.com - Isi.", "JAKARTA", "KOMPAS.com", "JAKARTA, KOMPAS.com")]
    [InlineData("JAKARTA, KOMPAS.com–Isi.", "JAKARTA", "KOMPAS.com", "JAKARTA, KOMPAS.com")]
    [InlineData("JAKARTA,KOMPAS.com -\n\nIsi.", "JAKARTA", "KOMPAS.com", "JAKARTA, KOMPAS.com")]
    [InlineData("JAKARTA KOMPAS.com - Isi.", "JAKARTA", "KOMPAS.com", "JAKARTA, KOMPAS.com")]
    [InlineData("Liputan6.com, Jakarta - Isi.", "Jakarta", "Liputan6.com", "Liputan6.com, Jakarta")]
    [InlineData("Liputan6.com, Jakarta -Isi.", "Jakarta", "Liputan6.com", "Liputan6.com, Jakarta")]
    [InlineData("Liputan6.com, JakartaIsi.", "Jakarta", "Liputan6.com", "Liputan6.com, Jakarta")]
    [InlineData("Liputan6.com, Jakarta Isi.", "Jakarta", "Liputan6.com", "Liputan6.com, Jakarta")]
    [InlineData("TEMPO.CO, Jakarta - Isi.", "Jakarta", "TEMPO.CO", "TEMPO.CO, Jakarta")]
    [InlineData("TEMPO.CO,Jakarta –\u00A0Isi.", "Jakarta", "TEMPO.CO", "TEMPO.CO, Jakarta")]
    [InlineData("REPUBLIKA.CO.ID,\u00A0JAKARTA -- Isi.", "JAKARTA", "REPUBLIKA.CO.ID", "REPUBLIKA.CO.ID, JAKARTA")]
    [InlineData("Liputan6.com, Washington, DC - Isi.", "Washington, DC", "Liputan6.com", "Liputan6.com, Washington, DC")]
    [InlineData("Bisnis.com, JAKARTA – Isi.", "JAKARTA", "Bisnis.com", "Bisnis.com, JAKARTA")]
    [InlineData("JAKARTA, iNews.id - Isi.", "JAKARTA", "iNews.id", "JAKARTA, iNews.id")]
    [InlineData("Jakarta (ANTARA) - Isi.", "Jakarta", "ANTARA", "Jakarta (ANTARA)")]
    [InlineData("Jakarta, CNBC Indonesia - Isi.", "Jakarta", "CNBC Indonesia", "Jakarta, CNBC Indonesia")]
    [InlineData("VIVA – Isi.", null, "VIVA", "VIVA")]
    [InlineData("INFO NASIONAL - Isi.", null, "INFO NASIONAL", "INFO NASIONAL")]
    [InlineData("JAKARTA - Isi.", "JAKARTA", null, "JAKARTA")]
    [InlineData("JAKARTA-Isi.", "JAKARTA", null, "JAKARTA")]
    [InlineData("TANJUNG REDEB – Isi.", "TANJUNG REDEB", null, "TANJUNG REDEB")]
    [InlineData("Jakarta - Isi.", "Jakarta", null, "Jakarta")]
    [InlineData("Kuala Lumpur -\nIsi.", "Kuala Lumpur", null, "Kuala Lumpur")]
    [InlineData("Jakarta\n-\n\nIsi.", "Jakarta", null, "Jakarta")]
    [InlineData("JAKARTA, KOMPAS.com - JAKARTA, KOMPAS.com - Isi.", "JAKARTA", "KOMPAS.com", "JAKARTA, KOMPAS.com")]
    public void A_leading_credit_is_lifted_and_prints_as_it_was(string text, string? place, string? credit, string printed)
    {
        var (rest, dateline) = Lift(text);
        Assert.NotNull(dateline);
        Assert.Equal((place, credit, printed), (dateline.Place, dateline.Credit, dateline.ToString()));
        Assert.Equal("Isi.", rest);
    }

    [Theory]
    [InlineData("Presiden ke-7 RI berkunjung.")]
    [InlineData("Timnas Indonesia U-23 menang.")]
    [InlineData("Liputan6.com, Gunung Anu Timnas Indonesia U-17 menang.")]
    [InlineData("Revisi Undang-Undang disahkan.")]
    [InlineData("Paris Saint-Germain menang.")]
    [InlineData("Periode 2019-2024 berakhir.")]
    [InlineData("Gara-gara hujan.")]
    [InlineData("KPK-Polri bekerja sama.")]
    [InlineData("KPK - lembaga antirasuah - menahan dia.")]
    [InlineData("Jakarta - Bandung kini 40 menit.")]
    [InlineData("JAKARTA-BANDUNG macet.")]
    [InlineData("Kompas.com merayakan ulang tahun.")]
    [InlineData("Victoria - bukan nama sebenarnya - menangis.")]
    [InlineData("Jakarta, 24 April 2019 - Isi.")]
    [InlineData("VIDEO - Banjir di kota.")]
    [InlineData("Hotel kini memanjakan tamu -- terutama akhir pekan.")]
    public void What_only_looks_like_a_credit_stays(string text)
    {
        var (rest, dateline) = Lift(text);
        Assert.Null(dateline);
        Assert.Equal(text, rest);
    }

    [Theory]
    [InlineData("JAKARTA, KOMPAS.com -")]
    [InlineData("Jakarta")]
    [InlineData("")]
    public void A_body_that_is_nothing_but_the_credit_stays_as_it_is(string text)
    {
        var body = PlainTextMapper.FromPlainText(text).Body;
        Assert.Equal((body, null), Dateline.Lift(body));
    }

    [Fact]
    public void The_credit_is_lifted_through_its_marks_and_the_paragraph_keeps_its_id()
    {
        var mapped = HtmlMapper.FromHtml("<figure><img src=/a.jpg></figure><p><strong>JAKARTA, KOMPAS.com</strong> - Isi <b>tebal</b>.</p>").Body;
        var (body, dateline) = Dateline.Lift(mapped);
        Assert.Equal(new Dateline("JAKARTA", "KOMPAS.com"), dateline);
        var paragraph = (ParagraphBlock)body.Blocks[1];
        Assert.Equal(new InlineText([new("Isi "), new("tebal", Bold: true), new(".")]), paragraph.Text);
        Assert.Equal(mapped.Blocks[1].Id, paragraph.Id);
    }
}
