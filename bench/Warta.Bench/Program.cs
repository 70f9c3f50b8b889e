using Warta.Bench;

const string Help = """
    Measures Warta on this machine. docs/bench.md says how to read the figures.

      bin/bench main    import, start, memory, latency of pages, beside the same bytes from a bare Kestrel and from nginx
      bin/bench site    comes with a later release
      bin/bench lists   comes with a later release

      --articles FILE   stories to import, ninjs as .jsonl or .jsonl.gz (default: ../shared/data, else made up)
      --json            the last line is one JSON object

    """;

switch (args)
{
    case ["kestrel", var file]:
        return BareKestrel.Serve(file);
    case [] or ["--help" or "-h" or "-?", ..] or [_, "--help" or "-h" or "-?"]:
        Console.Write(Help);
        return args.Length == 0 ? 2 : 0;
    case ["site" or "lists", ..]:
        Console.Error.WriteLine($"bench {args[0]} comes with a later release.");
        return 2;
    case ["main", .. var options]:
        string? articles = null;
        var json = false;
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--json") json = true;
            else if (options[i] == "--articles" && i + 1 < options.Length) articles = options[++i];
            else return Wrong(options[i]);
        }

        return MainBench.Run(articles, json);
    default:
        return Wrong(args[0]);
}

static int Wrong(string what)
{
    Console.Error.WriteLine($"\"{what}\" isn't understood here. Run `bin/bench --help` to see how it is used.");
    return 2;
}
