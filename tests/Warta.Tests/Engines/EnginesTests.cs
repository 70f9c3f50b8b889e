using Warta.Storage;
using Xunit;

namespace Warta.Engines;

public sealed class EnginesTests
{
    [OnBothEngines]
    public void A_test_on_both_engines_is_told_its_engine(EngineKind engine)
    {
        Assert.True(Enum.IsDefined(engine));
        Assert.True(engine == EngineKind.Sqlite || Requirements.Postgres is not null);
    }

    [SharedDataFact]
    public void Shared_data_is_found_beside_the_repository() => Assert.True(File.Exists(SharedData.Path("README.md")));

    [SharedDataTheory]
    [InlineData("ninjs")]
    [InlineData("wxr")]
    public void Shared_data_has_its_folders(string folder) => Assert.True(Directory.Exists(SharedData.Path(folder)));
}
