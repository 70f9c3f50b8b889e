using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;

namespace Warta.Themes;

/// <summary>One version of a theme: its templates, checked and compiled in an environment of their own, and its files.</summary>
public sealed partial class Theme
{
    /// <summary>Which view each template is given.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Templates = new Dictionary<string, Type>
    {
        ["front"] = typeof(FrontView),
        ["list"] = typeof(ListView),
        ["article"] = typeof(ArticleView),
        ["page"] = typeof(TextView),
        ["register"] = typeof(RegisterView),
        ["absent"] = typeof(AbsentView),
        ["live-block"] = typeof(LiveBlockView),
    };

    /// <summary>The pixels of assets/share.jpg, which share cards are told beforehand.</summary>
    public const int ShareWidth = 1200, ShareHeight = 630;

    public static readonly IReadOnlyList<string> LiveBlocks = ["related", "popular", "picks", "latest"];

    /// <summary>Ad slots that a template may place; the one inside a story is placed by rule.</summary>
    public static readonly IReadOnlyList<string> AdSlots = Content.AdSlots.Defaults.Select(s => s.Name).Where(name => name != Content.AdSlots.Story).ToList();

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".woff2"] = "font/woff2",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".ico"] = "image/x-icon",
        [".txt"] = "text/plain; charset=utf-8",
    };

    [ThreadStatic]
    private static Func<string, string>? _live;

    [ThreadStatic]
    private static Func<string, string>? _ad;

    private readonly Dictionary<string, HandlebarsTemplate<TextWriter, object, object>> _templates = [];
    private readonly Dictionary<string, Asset> _assets = [];

    public sealed record Asset(byte[] Bytes, string ContentType);

    /// <param name="folders">Its own, then those of the themes that it is based on: a file that one lacks is taken from the next.</param>
    /// <exception cref="ThemeException">A template or a file is missing or wrong; the message says where.</exception>
    /// <exception cref="IOException">A folder can't be read.</exception>
    public Theme(IReadOnlyList<string> folders)
    {
        var partials = Files(folders, Path.Combine("templates", "partials"), ".hbs").ToDictionary(f => Path.GetFileNameWithoutExtension(f.Key), f => File.ReadAllText(f.Value));
        var engine = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new HtmlText(), ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver() });
        engine.RegisterHelper("live", (in EncodedTextWriter output, in HelperOptions _, in Context _, in Arguments arguments) => output.WriteSafeString(_live?.Invoke(arguments[0]?.ToString() ?? "") ?? ""));
        engine.RegisterHelper("ad", (in EncodedTextWriter output, in HelperOptions _, in Context _, in Arguments arguments) => output.WriteSafeString(_ad?.Invoke(arguments[0]?.ToString() ?? "") ?? ""));
        foreach (var (name, text) in partials) engine.RegisterTemplate(name, Unindented(text));

        var check = new TemplateCheck(partials);
        foreach (var (name, view) in Templates)
        {
            var file = Files(folders, "templates", ".hbs").GetValueOrDefault(name + ".hbs") ?? throw new ThemeException($"The theme has no templates/{name}.hbs.");
            var text = File.ReadAllText(file);
            check.Check(name + ".hbs", text, view);
            using var reader = new StringReader(Unindented(text));
            _templates.Add(name, engine.Compile(reader));
        }

        foreach (var (name, file) in Files(folders, "assets", ""))
        {
            if (ContentTypes.TryGetValue(Path.GetExtension(file), out var type)) _assets.Add(name, new Asset(File.ReadAllBytes(file), type));
        }

        Version = Convert.ToHexStringLower(SHA256.HashData(Files(folders, "", "").OrderBy(f => f.Key, StringComparer.Ordinal)
            .SelectMany(f => System.Text.Encoding.UTF8.GetBytes(f.Key).Concat(SHA256.HashData(File.ReadAllBytes(f.Value)))).ToArray()));
        Assets = new AssetsView(UrlOf("warta.css"), UrlOf("warta.js"), UrlIfAny("icon.png"), UrlIfAny("share.jpg"));
    }

    /// <summary>The theme that the one in this folder is based on, as its theme.json says; null for a whole one.</summary>
    /// <exception cref="ThemeException">The file is no JSON object.</exception>
    public static string? BasedOn(string folder)
    {
        var file = Path.Combine(folder, "theme.json");
        if (!File.Exists(file)) return null;
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(file))?["basedOn"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ThemeException($"{file} can't be read: write {{\"name\": \"…\", \"version\": \"…\"}} and, for a theme that changes another one, \"basedOn\": \"warta\".");
        }
    }

    public AssetsView Assets { get; }

    /// <summary>A hash of all of its files.</summary>
    public string Version { get; }

    /// <summary>The module and style sheet of the consent dialog; null in a theme that has none, and then no vendor's script ever loads.</summary>
    public (string Module, string Css)? Consent => _assets.ContainsKey("consent.js") && _assets.ContainsKey("consent.css") ? (UrlOf("consent.js"), UrlOf("consent.css")) : null;

    /// <param name="live">Gives a live block's HTML, or an empty text.</param>
    /// <param name="ad">Gives an ad slot's HTML, or an empty text; null on a page without ads.</param>
    public string Render(string template, object view, Func<string, string> live, Func<string, string>? ad = null)
    {
        using var writer = new StringWriter();
        // A live block is rendered in the midst of its page, which has more of them to come.
        var outer = (_live, _ad);
        (_live, _ad) = (live, ad);
        try
        {
            _templates[template](writer, view);
        }
        finally
        {
            (_live, _ad) = outer;
        }

        return writer.ToString();
    }

    public string RenderBlock(LiveBlockView block) => Render("live-block", block, _ => "");

    public Asset? Find(string path) => _assets.GetValueOrDefault(path);

    /// <summary>The files in a folder of a theme by their path from there, each from the first of the themes that has it.</summary>
    private static Dictionary<string, string> Files(IReadOnlyList<string> folders, string under, string ending) => folders
        .Select(folder => Path.Combine(folder, under))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories).Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file)))
        .DistinctBy(f => f.Name)
        .ToDictionary(f => f.Name, f => f.File);

    /// <summary>
    /// Partials moved to the start of their line. The engine (Handlebars.Net 2.4.3) indents what an indented partial prints, and on that way forgets to
    /// escape it.
    /// </summary>
    private static string Unindented(string text) => PartialsIndent().Replace(text, "");

    [GeneratedRegex(@"^[ \t]+(?=\{\{~?\s*>)", RegexOptions.Multiline)]
    private static partial Regex PartialsIndent();

    private string UrlIfAny(string file) => _assets.ContainsKey(file) ? UrlOf(file) : "";

    /// <summary>The content's hash stands in the address, so that it can be kept for ever.</summary>
    private string UrlOf(string file) => _assets.TryGetValue(file, out var asset)
        ? $"/assets/{file}?v={Convert.ToHexStringLower(SHA256.HashData(asset.Bytes))[..12]}"
        : throw new ThemeException($"The theme has no assets/{file}.");
}
