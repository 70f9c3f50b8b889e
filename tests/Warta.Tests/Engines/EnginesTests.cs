using Npgsql;
using Warta.Storage;
using Xunit;

namespace Warta.Engines;

public sealed class EnginesTests
{
    [OnBothEngines]
    public async Task A_test_told_that_it_runs_on_PostgreSQL_can_reach_it(EngineKind engine)
    {
        if (engine == EngineKind.Sqlite)
            return;

        await using var connection = new NpgsqlConnection(Requirements.Postgres);
        await connection.OpenAsync();
        await using var question = new NpgsqlCommand("SELECT 1", connection);
        Assert.Equal(1, await question.ExecuteScalarAsync());
    }

    [SharedDataFact]
    public void Shared_data_is_found_beside_the_repository() => Assert.True(File.Exists(SharedData.Path("README.md")));

    [SharedDataTheory]
    [InlineData("ninjs")]
    [InlineData("wxr")]
    public void Shared_data_has_its_folders(string folder) => Assert.True(Directory.Exists(SharedData.Path(folder)));
}
