using Xunit;

namespace Warta.Cli;

/// <summary>A flag goes before WARTA_… in the environment, and that before warta.json in the data folder.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void The_address_is_taken_from_the_flag_then_the_environment_then_the_file()
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.Data);
        var (byFlag, byVariable, inFile) = (Url(), Url(), Url());
        File.WriteAllText(Path.Combine(newsroom.Data, "warta.json"), $"{{\"urls\": \"{inFile}\"}}");

        Assert.Equal(byFlag, At(["--urls", byFlag], ("WARTA_URLS", byVariable)));
        Assert.Equal(byVariable, At([], ("WARTA_URLS", byVariable)));
        Assert.Equal(inFile, At([]));
        Assert.Equal(inFile, At([], ("WARTA_URLS", "")));

        string At(string[] more, params (string, string)[] environment)
        {
            var server = Newsroom.Served.By(newsroom.Keep(WartaProcess.Start(["serve", "--data", newsroom.Data, .. more], newsroom.Folder, environment)));
            var address = server.Address.ToString().TrimEnd('/');
            server.Stop();
            return address;
        }

        static string Url() => $"http://127.0.0.1:{Newsroom.FreePort()}";
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_data_folder_name_counts_as_none(string name)
    {
        using var newsroom = new Newsroom();

        var done = WartaProcess.Start(["title", "list", "--data", name], newsroom.Folder, [("WARTA_DATA", name)]).Wait();

        Assert.Equal((0, ""), (done.Exit, done.Error));
        Assert.True(Directory.Exists(newsroom.PathOf("warta-data")));
    }

    [Fact]
    public void The_data_folder_is_taken_from_the_flag_then_the_environment_then_beside()
    {
        using var newsroom = new Newsroom();
        (string, string)[] environment = [("WARTA_DATA", newsroom.PathOf("by-variable"))];

        WartaProcess.Start(["title", "list", "--data", "by-flag"], newsroom.Folder, environment).Wait();
        Assert.Equal(["by-flag"], Folders());
        WartaProcess.Start(["title", "list"], newsroom.Folder, environment).Wait();
        Assert.Equal(["by-flag", "by-variable"], Folders());
        WartaProcess.Start(["title", "list"], newsroom.Folder).Wait();
        Assert.Equal(["by-flag", "by-variable", "warta-data"], Folders());

        string[] Folders() => Directory.GetDirectories(newsroom.Folder).Select(f => Path.GetFileName(f)).Order().ToArray();
    }

    [Theory]
    [InlineData("{\"urls\":")]
    [InlineData("[]")]
    [InlineData("{\"database\": 5}")]
    public void A_warta_json_that_is_no_object_of_texts_is_named_in_one_line(string text)
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.Data);
        File.WriteAllText(Path.Combine(newsroom.Data, "warta.json"), text);

        Assert.Contains("warta.json should hold one JSON object of texts", newsroom.Fails("title", "list"));
    }

    [Fact]
    public void A_database_that_can_t_be_reached_is_named_wherever_it_was_set()
    {
        using var newsroom = new Newsroom();
        Directory.CreateDirectory(newsroom.Data);
        File.WriteAllText(Path.Combine(newsroom.Data, "warta.json"), "{\"database\": \"Host=/nowhere/at/all;Database=surat\"}");

        Assert.Contains("PostgreSQL at /nowhere/at/all/surat can't be reached", newsroom.Fails("title", "list"));
        Assert.Contains("not a PostgreSQL connection string", newsroom.Fails("title", "list", "--database", "nonsense"));
    }
}
