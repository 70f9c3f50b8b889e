using Warta.Content;
using Xunit;

namespace Warta.Tests.Content;

public class LinksTests
{
    [Theory]
    [InlineData("https://example.org")]
    [InlineData("http://example.org:8080/a?b=c&copy=1#d")]
    [InlineData("https://münchen.example/straße")]
    [InlineData("https://مثال.example/خبر")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("mailto:redaksi@example.org?subject=Ralat")]
    [InlineData("tel:+62-21-555-0100")]
    [InlineData("/ekonomi/2024/12/02/judul")]
    [InlineData("/")]
    public void Addresses_of_the_web_mail_telephone_and_the_own_site_are_links(string href) => Assert.True(Links.IsAllowed(href));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,x")]
    [InlineData("blob:https://example.org/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https:example.org")]
    [InlineData("https:///example.org")]
    [InlineData("https:\\\\example.org")]
    [InlineData("https://user@example.org/")]
    [InlineData("https://user:pw@example.org/")]
    [InlineData("https://exa mple.org/")]
    [InlineData("https://example.org/\u202Egpj")]
    [InlineData("https://example.org:80x/")]
    [InlineData("https://example&#46;org/")]
    [InlineData("https://")]
    [InlineData("//example.org")]
    [InlineData("/\\example.org")]
    [InlineData("/\t/example.org")]
    [InlineData("relative/path")]
    [InlineData("#bagian")]
    [InlineData("mailto:")]
    [InlineData("mailto:a@example.org%0abcc:x")]
    [InlineData("tel:abc")]
    public void Everything_else_is_not(string? href)
    {
        Assert.False(Links.IsAllowed(href));
        if (href?.StartsWith(' ') != true)
            Assert.Null(Links.Normalise(href));
    }

    [Theory]
    [InlineData("  HTTPS://Example.org/A B\"C\n", "https://Example.org/A%20B%22C")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("Mailto:a@example.org", "mailto:a@example.org")]
    public void Normalising_escapes_and_lowers_the_scheme(string href, string normal) => Assert.Equal(normal, Links.Normalise(href));

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=abcdefghijk&t=10s", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("https://m.youtube.com/watch?app=desktop&v=abcdefghijk", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("https://youtu.be/abcdefghijk?si=x", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("//www.youtube-nocookie.com/embed/abcdefghijk?rel=0", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("https://www.youtube.com/shorts/abcdefghijk", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("https://www.youtube.com/embed/videoseries?list=PL_a-1", "youtube", "https://www.youtube.com/playlist?list=PL_a-1")]
    [InlineData("https://twitter.com/nama/status/123?ref_src=x", "x", "https://x.com/nama/status/123")]
    [InlineData("https://mobile.twitter.com/nama/status/123/photo/1", "x", "https://x.com/nama/status/123")]
    [InlineData("https://platform.twitter.com/embed/Tweet.html?id=123", "x", "https://x.com/i/status/123")]
    [InlineData("https://www.instagram.com/p/Ab_1-x/embed/captioned/", "instagram", "https://www.instagram.com/p/Ab_1-x/")]
    [InlineData("https://instagram.com/nama/reel/Ab1/", "instagram", "https://www.instagram.com/reel/Ab1/")]
    [InlineData("https://www.tiktok.com/@nama.satu/video/987?lang=id", "tiktok", "https://www.tiktok.com/@nama.satu/video/987")]
    [InlineData("https://www.tiktok.com/embed/v2/987", "tiktok", "https://www.tiktok.com/embed/v2/987")]
    [InlineData("https://vt.tiktok.com/ZSabc/", "tiktok", "https://vt.tiktok.com/ZSabc/")]
    [InlineData("https://www.facebook.com/nama/posts/judul/123", "facebook", "https://www.facebook.com/nama/posts/123")]
    [InlineData("https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fnama%2Fvideos%2F123%2F&show_text=0", "facebook", "https://www.facebook.com/nama/videos/123")]
    [InlineData("https://fb.watch/abc/", "facebook", "https://fb.watch/abc/")]
    [InlineData("https://player.vimeo.com/video/123?h=abc", "vimeo", "https://vimeo.com/123/abc")]
    [InlineData("https://open.spotify.com/embed/episode/abc?utm=1", "spotify", "https://open.spotify.com/episode/abc")]
    [InlineData("https://open.spotify.com/intl-id/track/abc", "spotify", "https://open.spotify.com/track/abc")]
    public void An_embed_is_recognised_in_every_form_and_its_address_stays_the_same_when_read_again(string address, string provider, string url)
    {
        Assert.Equal(new Embed(provider, url), Embeds.Recognise(address));
        Assert.Equal(new Embed(provider, url), Embeds.Recognise(url));
    }

    [Theory]
    [InlineData("https://www.youtube.com/")]
    [InlineData("https://www.youtube.com/watch?v=abc\"onload=")]
    [InlineData("https://youtube.com.evil.example/watch?v=abcdefghijk")]
    [InlineData("https://evil.example/?https://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("https://x.com/nama")]
    [InlineData("https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2F")]
    [InlineData("https://maps.example.org/embed")]
    [InlineData("javascript://www.youtube.com/watch?v=abcdefghijk")]
    [InlineData("/watch?v=abcdefghijk")]
    [InlineData("https://")]
    public void Anything_else_is_no_embed(string address) => Assert.Null(Embeds.Recognise(address));
}
