using Warta.Engines;
using Warta.Reader;
using Warta.Storage;
using Xunit;

namespace Warta.Newsroom;

public class SignInTests
{
    [OnBothEngines]
    internal async Task Who_signs_in_gets_in_and_who_signs_out_is_out_at_once(EngineKind engine)
    {
        using var site = new TestSite(engine);
        using var editor = await Staff.SignInAsync(site, "editor");

        Assert.Equal(200, (await editor.GetAsync("/newsroom/account")).Status);
        Assert.Equal(302, (await editor.PostAsync("/newsroom/sign-out")).Status);
        var after = await editor.GetAsync("/newsroom/account");

        Assert.Equal(302, after.Status);
        Assert.StartsWith("/newsroom/sign-in", after.Location, StringComparison.Ordinal);
    }
}
