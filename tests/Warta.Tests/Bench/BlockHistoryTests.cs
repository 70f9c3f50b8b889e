using Xunit;

namespace Warta.Bench;

public sealed class BlockHistoryTests
{
    private readonly BlockHistory _picks = new();

    public BlockHistoryTests()
    {
        _picks.Set([1, 2], at: 1_000);
        _picks.Set([3, 4], at: 2_000);
        _picks.Set([5, 6], at: 3_000);
    }

    [Fact]
    public void The_list_that_stands_has_no_age() => Assert.Equal(0, _picks.Age(_picks.VersionOf(5), at: 9_000));

    [Fact]
    public void A_list_ages_from_the_moment_that_the_next_one_was_sent()
    {
        Assert.Equal(500, _picks.Age(_picks.VersionOf(4), at: 3_500));
        Assert.Equal(1_500, _picks.Age(_picks.VersionOf(2), at: 3_500));
    }

    [Fact]
    public void A_list_from_before_the_first_change_ages_from_that_one() => Assert.Equal(2_500, _picks.Age(_picks.VersionOf(77), at: 3_500));

    [Fact]
    public void A_story_that_comes_back_stands_for_the_newest_list_that_holds_it()
    {
        _picks.Set([1, 2], at: 4_000);

        Assert.Equal(0, _picks.Age(_picks.VersionOf(1), at: 9_000));
        Assert.Equal(5_000, _picks.Age(_picks.VersionOf(6), at: 9_000));
    }
}
