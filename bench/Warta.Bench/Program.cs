using Warta.Bench;

const string Help = """
    Measures Warta on this machine. docs/bench.md says how to read the figures.

      bin/bench main    import, start, memory, latency of pages, beside the same bytes from a bare Kestrel and from nginx
      bin/bench site    the site under load: rates, percentiles and processor time, beside the same bytes from both; lists that change; publishing until it is seen
      bin/bench newsroom  saving while somebody writes, and the lists of the newsroom, beside an archive
      bin/bench lists   related stories beside what editors linked and stories of the same event; the most read beside what was read next

      --json              the last line is one JSON object

    main
      --articles FILE     stories to import, ninjs as .jsonl or .jsonl.gz (default: ../shared/data, else made up)

    site
      --stories N,N       sizes of the archives (default 10000,1000000); each is made once and kept in artifacts/bench
      --fresh             make them anew
      --seconds N         of each run (default 15)
      --runs N            of each measurement, whose median counts (default 3)
      --only PART         hot, zipf, disturbed, uncached, visible or beacons
      --quick             a first look: 10,000 stories, one run of 5 seconds each

    newsroom
      --stories N         size of the archive (default 100000)
      --writers N         who save at the same time (default 8)
      --postgres CONN     on this PostgreSQL server, in a database that is dropped afterwards (default: SQLite)

    lists
      --articles FILE     stories as ninjs, and
      --gold FILE         links between them: source_uri and target_uri, divided by a tab (default: ../shared/data/id-bacajuga)
      --reads FILE        quarter_hour,article,reads (default: ../shared/data/globo-clicks)
      --scale             what publishing costs beside 1,000,000 stories too; takes minutes and 3 GB of disk

    """;

switch (args)
{
    case ["kestrel", var file]:
        return BareKestrel.Serve(file);
    case [] or ["--help" or "-h" or "-?", ..] or [_, "--help" or "-h" or "-?"]:
        Console.Write(Help);
        return args.Length == 0 ? 2 : 0;
    case ["lists", ..]:
        var (lists, unknown) = ListsOptions.Read(args.AsSpan(1));
        return lists is null ? Wrong(unknown!) : ListsBench.Run(lists);
    case ["newsroom", .. var words]:
        var (newsroom, what) = NewsroomOptions.Read(words);
        return newsroom is null ? Wrong(what!) : NewsroomBench.Run(newsroom);
    case ["site", .. var words]:
        var (asked, wrong) = SiteOptions.Read(words);
        return asked is null ? Wrong(wrong!) : SiteBench.Run(asked);
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
