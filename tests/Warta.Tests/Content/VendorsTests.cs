using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public sealed class VendorsTests
{
    private static readonly Vendor Good = new() { Name = "Contoh Iklan", Purpose = "ads", Script = "https://cdn.example.com/ads.js?v=1", Frame = ["https://ads.example.com", "https://ads.example.com:8443"] };

    [Fact]
    public void Vendors_are_read_as_they_were_written()
    {
        var text = Vendors.Write([Good]);
        Assert.Equal(text, TitleSettings.Checked("vendors", text));
        var read = Assert.Single(Vendors.Read(text));
        Assert.Equal((Good.Name, Good.Purpose, Good.Script), (read.Name, read.Purpose, read.Script));
        Assert.Equal(Good.Frame, read.Frame);
        Assert.Equal(["https://cdn.example.com"], read.Scripts);
        Assert.Empty(Vendors.Read(Vendors.Write([])));
    }

    [Theory]
    [InlineData("https://ads.example.com", true)]
    [InlineData("https://xn--bcher-kva.example", true)]
    [InlineData("http://localhost:8081", true)]
    [InlineData("http://127.0.0.1:8081", true)]
    [InlineData("http://ads.example.com", false)]
    [InlineData("ads.example.com", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("https://*", false)]
    [InlineData("*", false)]
    [InlineData("https:", false)]
    [InlineData("'unsafe-inline'", false)]
    [InlineData("data:", false)]
    [InlineData("https://example", false)]
    [InlineData("https://10.0.0.1", false)]
    [InlineData("https://example.com/path", false)]
    [InlineData("https://example.com;script-src", false)]
    [InlineData("https://example.com; script-src *", false)]
    [InlineData("https://example.com 'unsafe-inline'", false)]
    [InlineData("https://example.com\nX-Header: 1", false)]
    [InlineData("https://example.com\n", false)]
    [InlineData("https://example.com,https://evil.example", false)]
    [InlineData("https://user@example.com", false)]
    [InlineData("https://localhost.example.com:99999999", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("", false)]
    public void Hosts_are_whole_origins_that_can_be_nothing_else_in_a_policy(string host, bool good) =>
        Assert.Equal(good, Vendors.Check(Good with { Connect = [host] }) is null);

    [Theory]
    [InlineData("https://cdn.example.com/a.js", true)]
    [InlineData("http://localhost:9000/a.js", true)]
    [InlineData("http://cdn.example.com/a.js", false)]
    [InlineData("https://cdn.example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/javascript,alert(1)", false)]
    [InlineData("//cdn.example.com/a.js", false)]
    [InlineData("/a.js", false)]
    [InlineData("https://cdn.example.com/\"><script>", false)]
    [InlineData("https://a@cdn.example.com/a.js", false)]
    public void Script_has_an_address_that_its_host_can_be_told_from(string script, bool good) =>
        Assert.Equal(good, Vendors.Check(Good with { Script = script }) is null);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{\"name\":\"A\"}]")]
    [InlineData("[{\"name\":null,\"purpose\":\"ads\",\"script\":\"https://a.example/a.js\"}]")]
    [InlineData("[{\"name\":\"A\",\"purpose\":\"ads\",\"script\":null}]")]
    [InlineData("[{\"name\":\"A\",\"purpose\":\"ads\",\"script\":\"https://a.example/a.js\",\"img\":null}]")]
    [InlineData("[{\"name\":\"A\",\"purpose\":\"ads\",\"script\":\"https://a.example/a.js\",\"worker\":[]}]")]
    [InlineData("[{\"name\":\"A\",\"purpose\":\"fun\",\"script\":\"https://a.example/a.js\"}]")]
    [InlineData("[{\"name\":\"A\",\"purpose\":\"ads\",\"script\":\"https://a.example/a.js\"},{\"name\":\"A\",\"purpose\":\"ads\",\"script\":\"https://b.example/b.js\"}]")]
    public void What_is_no_list_of_vendors_is_refused_with_a_sentence(string value) =>
        Assert.StartsWith("vendors can't be", Assert.Throws<ContentException>(() => TitleSettings.Checked("vendors", value)).Message, StringComparison.Ordinal);
}
