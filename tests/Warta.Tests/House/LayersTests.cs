using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Warta.House;

public sealed class LayersTests
{
    // DESIGN.md's order. Program, Routes and Timetable lie in the root namespace and wire it all.
    private static readonly Layers House = new("Warta",
        "Storage ← Content ← {Search, Discovery, Media} ← Publishing ← Exchange ← {Themes, Accounts} ← Composition ← {Reader, Feeds, Newsroom, Api} ← {Cli, Demo}");

    private static readonly Layers PlantedHouse = new("Planted", "Storage ← Content ← {Search, Media} ← Publishing");

    [Theory]
    [InlineData("Warta.Core")]
    [InlineData("warta")]
    public void Nobody_knows_a_later_folder_or_a_sibling(string assembly) => Assert.Empty(House.Violations(Assembly.Load(assembly).GetTypes()));

    [Fact]
    public void Planted_faults_are_all_found_and_nothing_else() => Assert.Equal(
        [
            "Planted.Attic.Homeless lies in Attic, which has no place in the order: give it one",
            "Planted.Content.FaultInAttribute uses Planted.Search.Index: Content may know Storage only.",
            "Planted.Content.FaultInBody uses Planted.Publishing.Verb: Content may know Storage only.",
            "Planted.Content.FaultInLambda uses Planted.Publishing.Verb: Content may know Storage only.",
            "Planted.Content.FaultInSignature uses Planted.Publishing.Verb: Content may know Storage only.",
            "Planted.Media.FaultBetweenSiblings uses Planted.Search.Index: Media may know Storage and Content only.",
            "Planted.Publishing.FaultTowardsTheRoot uses Planted.Wiring: Publishing may know Storage, Content, Search and Media only.",
        ],
        PlantedHouse.Violations(typeof(LayersTests).Assembly.GetTypes()));

    [Fact]
    public void Every_namespace_follows_its_folder()
    {
        var astray =
            from file in Directory.EnumerateFiles(Checkout.Path("src"), "*.cs", SearchOption.AllDirectories)
            let inProject = Path.GetRelativePath(Checkout.Path("src"), file).Split(Path.DirectorySeparatorChar)[1..]
            let folder = inProject.Length > 1 ? "Warta." + inProject[0] : "Warta"
            from Match line in Regex.Matches(File.ReadAllText(file), @"^namespace\s+([\w.]+)", RegexOptions.Multiline)
            let name = line.Groups[1].Value
            where name != folder && (inProject.Length == 1 || !name.StartsWith(folder + ".", StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Checkout.Root, file)} has the namespace {name}: it should be {folder}";

        Assert.Empty(astray);
    }
}
