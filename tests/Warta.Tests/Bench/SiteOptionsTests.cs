using Xunit;

namespace Warta.Bench;

public sealed class SiteOptionsTests
{
    [Fact]
    public void Without_options_both_archives_are_measured_whole()
    {
        var (options, wrong) = SiteOptions.Read([]);

        Assert.Null(wrong);
        Assert.Equal([10_000, 1_000_000], options!.Stories);
        Assert.Equal((15, 3), (options.Seconds, options.Runs));
        Assert.All(SiteOptions.Parts, part => Assert.True(options.Has(part)));
    }

    [Fact]
    public void A_quick_look_is_short_and_what_stands_after_it_still_counts()
    {
        var (options, _) = SiteOptions.Read(["--quick", "--seconds", "2", "--only", "zipf", "--json", "--fresh"]);

        Assert.Equal([10_000], options!.Stories);
        Assert.Equal((2, 1), (options.Seconds, options.Runs));
        Assert.Equal(["zipf"], SiteOptions.Parts.Where(options.Has));
        Assert.True(options.Json && options.Fresh);
    }

    [Fact]
    public void Archives_are_measured_from_the_smallest_on() => Assert.Equal([5_000, 20_000], SiteOptions.Read(["--stories", "20000,5000"]).Options!.Stories);

    [Theory]
    [InlineData("--hot")]
    [InlineData("--only warm")]
    [InlineData("--seconds 0")]
    [InlineData("--runs")]
    [InlineData("--stories 10000,many")]
    [InlineData("--stories 3")]
    public void What_is_not_understood_is_named(string words) => Assert.Equal((null, words), SiteOptions.Read(words.Split(' ')));
}
