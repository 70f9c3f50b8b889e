using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Warta.Content;
using Warta.House;
using Warta.Publishing;
using Xunit;

namespace Warta.BrowserTests.Newsroom;

/// <summary>A story is written, on a desk and on a phone, by mouse, by keyboard alone and with a composing keyboard.</summary>
public sealed class EditorTests(Desk desk) : IClassFixture<Desk>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => desk.EndAsync();

    [EditorBrowserFact]
    public async Task A_story_with_every_block_is_written_by_mouse()
    {
        var other = desk.Site.Story("Harga beras turun di pasar induk");
        var (paper, story) = await EmptyAsync();
        var page = paper.Page;
        await page.FillAsync("[name=headline]", "Air surut di Demak");
        await paper.Text.ClickAsync();
        await TypeAsync(paper, "Pembuka tebal");
        var word = await page.EvaluateAsync<float[]>("() => { const range = document.createRange(); const text = document.querySelector('#story-text p').firstChild; range.setStart(text, 8); range.setEnd(text, 13); const box = range.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }");
        await page.Mouse.DblClickAsync(word[0], word[1]);
        await Tool("Tebal");
        await paper.ToEndAsync();
        await NextAsync(paper);
        await Tool("Judul bagian");
        await TypeAsync(paper, "Bagian satu");
        await NextAsync(paper);
        await Tool("Daftar", exact: true);
        await TypeAsync(paper, "satu");
        await NextAsync(paper);
        await TypeAsync(paper, "dua");
        await NextAsync(paper);
        await NextAsync(paper);
        await Tool("Daftar bernomor");
        await TypeAsync(paper, "langkah");
        await NextAsync(paper);
        await NextAsync(paper);
        await Tool("Kutipan");
        await TypeAsync(paper, "“Kami siap.”");
        await page.GetByLabel("Siapa yang berkata").FillAsync("Siti Aminah");
        await page.GetByLabel("sebagai apa").FillAsync("lurah");
        await page.GetByLabel("sebagai apa").PressAsync("Enter");
        await Tool("Tabel");
        await TypeAsync(paper, "Desa");
        await page.GetByLabel("Judul tabel").FillAsync("Rumah terendam");
        await page.GetByRole(AriaRole.Button, new() { Name = "+ Baris" }).ClickAsync();
        await paper.ToEndAsync();
        await Tool("Kotak fakta");
        await page.GetByLabel("Judul kotak fakta").FillAsync("Sekilas");
        await page.Locator("#story-text aside p").ClickAsync();
        await TypeAsync(paper, "Dibuka 1974.");
        await paper.ToEndAsync();
        await Tool("Garis pemisah");
        await paper.ToEndAsync();
        await Tool("Halaman berikutnya");
        await paper.ToEndAsync();
        await Tool("Sematan");
        await page.Locator("dialog input").FillAsync("https://youtu.be/abcdefghijk");
        await page.Locator("dialog button.main").ClickAsync();
        await paper.ToEndAsync();
        await Tool("Baca Juga");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Cari naskah" }).FillAsync("harga ber");
        await page.GetByRole(AriaRole.Option, new() { Name = "Harga beras turun di pasar induk" }).ClickAsync();
        await paper.ToEndAsync();
        await Tool("Gambar");
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Dari berkas" }).ClickAsync());
        await chooser.SetFilesAsync(Picture("02"));
        await page.Locator("#story-text figure").GetByLabel("Teks alternatif").FillAsync("Perahu di jalan");
        await Assertions.Expect(page.Locator("#story-text figure img")).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("/newsroom/pictures/"), new() { Timeout = 30_000 });
        await paper.ToEndAsync();
        await Tool("Galeri");
        for (var i = 3; i < 5; i++)
        {
            chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Tambah gambar" }).ClickAsync());
            await chooser.SetFilesAsync(Picture($"0{i}"));
            await Assertions.Expect(page.Locator(".gallery li")).ToHaveCountAsync(i - 2, new() { Timeout = 30_000 });
        }

        await paper.SavedAsync();
        Assert.Equal(["paragraph", "heading", "list", "list", "quote", "table", "fact-box", "divider", "page-break", "embed", "read-also", "figure", "gallery"], Kinds(story));
        Assert.Equal(other, desk.Writing(story).Body.Blocks.OfType<ReadAlsoBlock>().Single().Article);
        Assert.Equal(("Siti Aminah", "lurah"), desk.Writing(story).Body.Blocks.OfType<QuoteBlock>().Select(quote => (quote.Speaker, quote.Role)).Single());
        Assert.Equal("Perahu di jalan", desk.Writing(story).Body.Blocks.OfType<FigureBlock>().Single().Alt);
        Assert.Contains("\"bold\":true", BodyJson.Write(desk.Writing(story).Body), StringComparison.Ordinal);
        await paper.ShootAsync("naskah-penuh", whole: true);
        Assert.Empty(paper.Complaints);

        async Task Tool(string name, bool exact = false) => await page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = name, Exact = exact || name is "Gambar" or "Tabel" or "Judul bagian" }).ClickAsync();
    }

    [EditorBrowserFact]
    public async Task A_story_with_every_block_is_written_by_keyboard_alone()
    {
        desk.Site.Story("Panen raya mundur dua pekan");
        var (paper, story) = await EmptyAsync();
        var keys = paper.Keyboard;
        // From the top of the page, with nothing but Tab and Enter.
        for (var i = 0; i < 80 && await paper.Page.EvaluateAsync<string>("document.activeElement.name ?? ''") != "kicker"; i++) await keys.PressAsync("Tab");
        await TypeAsync(paper, "Banjir");
        await keys.PressAsync("Enter");
        await TypeAsync(paper, "Air surut di Demak");
        await keys.PressAsync("Enter");
        await TypeAsync(paper, "Warga pulang.");
        await keys.PressAsync("Enter");
        await TypeAsync(paper, "Pembuka ");
        await keys.PressAsync("Control+b");
        await TypeAsync(paper, "tebal");
        await keys.PressAsync("Control+b");
        await NextAsync(paper);
        await TypeAsync(paper, "## Kecil");
        await NextAsync(paper);
        await TypeAsync(paper, "- satu");
        await NextAsync(paper);
        await NextAsync(paper);
        await SlashAsync("kutip");
        await TypeAsync(paper, "Kami siap.");
        await keys.PressAsync("Tab");
        await TypeAsync(paper, "Siti");
        await keys.PressAsync("Enter");
        await SlashAsync("tabel");
        await TypeAsync(paper, "Desa");
        await keys.PressAsync("Tab");
        await TypeAsync(paper, "Rumah");
        await paper.ToEndAsync();
        await SlashAsync("fakta");
        await TypeAsync(paper, "Dibuka 1974.");
        await NextAsync(paper);
        await NextAsync(paper);
        await TypeAsync(paper, "---");
        await paper.ToEndAsync();
        await SlashAsync("halaman");
        await paper.ToEndAsync();
        await SlashAsync("youtube");
        await TypeAsync(paper, "https://youtu.be/abcdefghijk");
        await keys.PressAsync("Enter");
        await paper.Page.WaitForSelectorAsync("#story-text .embed");
        await paper.ToEndAsync();
        await SlashAsync("baca");
        await paper.Page.WaitForFunctionAsync("() => document.activeElement.getAttribute('role') === 'combobox'");
        await TypeAsync(paper, "panen");
        await paper.Page.GetByRole(AriaRole.Option, new() { Name = "Panen raya" }).WaitForAsync();
        await keys.PressAsync("Enter");
        await paper.ToEndAsync();
        // The toolbar is one stop; arrows go along it.
        await keys.PressAsync("Alt+F10");
        await keys.PressAsync("End");
        await keys.PressAsync("ArrowLeft");
        Assert.Equal("Halaman berikutnya", await paper.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        await keys.PressAsync("Home");
        await keys.PressAsync("Escape");
        await TypeAsync(paper, "Penutup.");
        await keys.PressAsync("Alt+ArrowUp");
        await paper.SavedAsync();

        Assert.Equal(["paragraph", "heading", "list", "quote", "table", "fact-box", "divider", "page-break", "embed", "paragraph", "read-also"], Kinds(story));
        Assert.Equal("Warga pulang.", desk.Writing(story)["standfirst"]);
        Assert.Equal("Siti", desk.Writing(story).Body.Blocks.OfType<QuoteBlock>().Single().Speaker);
        Assert.Empty(paper.Complaints);

        async Task SlashAsync(string word)
        {
            await TypeAsync(paper, "/" + word);
            await paper.Page.WaitForSelectorAsync("#slash-menu:not([hidden])");
            await keys.PressAsync("Enter");
        }
    }

    [EditorBrowserFact]
    public async Task Pasted_text_becomes_clean_blocks_and_what_is_left_out_is_said()
    {
        var context = await desk.SignInAsync("Rina");
        foreach (var source in Directory.GetFiles(Checkout.Path("tests", "Warta.BrowserTests", "Newsroom", "pastes")).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
        {
            var story = Empty();
            var paper = await desk.OpenAsync(context, story);
            var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(source, ".json")))!;
            var text = await File.ReadAllTextAsync(source);
            await paper.Text.FocusAsync();
            await (source.EndsWith(".html", StringComparison.Ordinal) ? paper.PasteAsync(text, "teks polos") : paper.PasteAsync("", text));
            await paper.SavedAsync();

            var blocks = JsonNode.Parse(BodyJson.Write(desk.Writing(story).Body))!["blocks"]!.AsArray();
            foreach (var block in blocks) block!.AsObject().Remove("id");
            Assert.Equal(Path.GetFileName(source) + expected["blocks"]!.ToJsonString(), Path.GetFileName(source) + blocks.ToJsonString());
            var said = paper.Page.Locator(".editor-said");
            if (expected["told"]?.GetValue<string>() is { } told)
            {
                Assert.Contains(told, await said.InnerTextAsync(), StringComparison.Ordinal);
                await said.GetByRole(AriaRole.Button, new() { Name = "Urungkan" }).ClickAsync();
                await paper.SavedIfNeededAsync(() => desk.Writing(story).Body.Blocks.Count == 0);
            }
            else Assert.False(await said.IsVisibleAsync());

            Assert.Empty(paper.Complaints);
        }
    }

    [EditorBrowserFact]
    public async Task Copied_blocks_come_along_whole_from_one_story_to_another()
    {
        var context = await desk.SignInAsync("Rina", options: new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var from = desk.Site.Draft("Asal", with: draft => draft with { Body = new Body([new ParagraphBlock("a", "Satu."), new QuoteBlock("q", ["Kata."], "Siti", "lurah"), new EmbedBlock("e", "youtube", "https://www.youtube.com/watch?v=abcdefghijk")]) });
        var to = Empty();
        var paper = await desk.OpenAsync(context, from);
        await paper.Text.FocusAsync();
        await paper.Keyboard.PressAsync("Control+a");
        await paper.Keyboard.PressAsync("Control+c");
        var other = await desk.OpenAsync(context, to);
        await other.Text.FocusAsync();
        await other.Keyboard.PressAsync("Control+v");
        await other.SavedAsync();

        Assert.Equal(["paragraph", "quote", "embed"], Kinds(to));
        Assert.Equal("Siti", desk.Writing(to).Body.Blocks.OfType<QuoteBlock>().Single().Speaker);
    }

    [EditorBrowserFact]
    public async Task A_picture_arrives_through_a_connection_that_breaks()
    {
        var (paper, story) = await EmptyAsync();
        await paper.Text.FocusAsync();
        desk.Wire.BreakEvery(900 * 1024);
        await paper.Page.SetInputFilesAsync("input[type=file][multiple]", new FilePayload { Name = "banjir.jpg", MimeType = "image/jpeg", Buffer = Heavy(await File.ReadAllBytesAsync(Picture("05")), 3 << 20) });
        var figure = paper.Page.Locator("#story-text figure");
        // It can be described while it travels.
        await figure.GetByLabel("Teks alternatif").FillAsync("Perahu");
        await figure.GetByLabel("Keterangan gambar").FillAsync("Warga pulang.");
        await Assertions.Expect(figure.Locator("img")).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("/newsroom/pictures/"), new() { Timeout = 60_000 });
        Assert.True(desk.Wire.Breaks >= 2, $"{desk.Wire.Breaks} breaks");
        desk.Wire.Mend();
        await paper.SavedAsync();

        var block = desk.Writing(story).Body.Blocks.OfType<FigureBlock>().Single();
        Assert.Equal("Perahu", block.Alt);
        Assert.True(await figure.Locator("img").EvaluateAsync<bool>("img => img.decode().then(() => img.naturalWidth > 100)"));
    }

    [EditorBrowserFact]
    public async Task A_file_that_is_no_picture_is_refused_in_words()
    {
        var (paper, _) = await EmptyAsync();
        await paper.Text.FocusAsync();
        await paper.Page.SetInputFilesAsync("input[type=file][multiple]", new FilePayload { Name = "jahat.png", MimeType = "image/png", Buffer = "<svg onload=alert(1)>"u8.ToArray() });
        var failed = paper.Page.Locator("#story-text figure .failed");
        await failed.WaitForAsync(new() { Timeout = 20_000 });
        Assert.True((await failed.InnerTextAsync()).Length > 20);
        Assert.True(await failed.GetByRole(AriaRole.Button, new() { Name = "Coba lagi" }).IsVisibleAsync());
    }

    [EditorBrowserFact]
    public async Task A_composing_keyboard_writes_each_word_once_even_while_others_save()
    {
        var story = desk.Site.Draft("Banjir", with: draft => draft with { Body = new Body([new ParagraphBlock("a", "Satu."), new ParagraphBlock("b", "Dua.")]) });
        var paper = await desk.OpenAsync(await desk.SignInAsync("Rina", options: new() { ViewportSize = new() { Width = 390, Height = 800 }, IsMobile = true, HasTouch = true }), story);
        var budi = await desk.OpenAsync(await desk.SignInAsync("Budi"), story);
        await budi.ToEndOfAsync("Dua.");
        await budi.Keyboard.TypeAsync(" Oleh Budi.");
        await budi.SavedAsync();

        await paper.Page.Locator("#story-text p").First.TapAsync();
        await paper.Keyboard.PressAsync("End");
        var devtools = await paper.Page.Context.NewCDPSessionAsync(paper.Page);
        await ComposeAsync(" ban", " banj", " banjir");
        // Long enough for a save, whose answer brings Budi's words: they wait for the end of this one.
        await paper.Page.WaitForTimeoutAsync(4_000);
        await ComposeAsync(" banjir", " banjirnya");
        await devtools.SendAsync("Input.insertText", new() { ["text"] = " banjirnya" });
        await ComposeAsync(" su", " surut");
        await devtools.SendAsync("Input.insertText", new() { ["text"] = " surut" });
        await paper.SavedIfNeededAsync(() => desk.Text(story) == "Satu. banjirnya surut\nDua. Oleh Budi.");
        await Assertions.Expect(paper.Text.Locator("p").Nth(1)).ToHaveTextAsync("Dua. Oleh Budi.");
        await Assertions.Expect(paper.Text.Locator("p").First).ToHaveTextAsync("Satu. banjirnya surut");
        Assert.Empty(paper.Complaints);

        async Task ComposeAsync(params string[] steps)
        {
            foreach (var step in steps) await devtools.SendAsync("Input.imeSetComposition", new() { ["selectionStart"] = step.Length, ["selectionEnd"] = step.Length, ["text"] = step });
        }
    }

    [EditorBrowserFact]
    public async Task An_Arabic_story_runs_from_right_to_left_as_soon_as_its_language_says_so()
    {
        var (paper, story) = await EmptyAsync();
        await paper.Page.ClickAsync("details:has([name=language]) summary");
        await paper.Page.FillAsync("[name=language]", "ar");
        await paper.Text.FocusAsync();
        await TypeAsync(paper, "قال الوزير إن الأسعار مستقرة.");
        await NextAsync(paper);
        await TypeAsync(paper, "- أولا");
        await paper.Page.FillAsync("[name=headline]", "أسعار الأرز تنخفض في السوق المركزي");
        Assert.Equal("rtl", await paper.Text.GetAttributeAsync("dir"));
        Assert.Equal("ar", await paper.Text.GetAttributeAsync("lang"));
        Assert.Equal("rtl", await paper.Page.GetAttributeAsync("[name=headline]", "dir"));
        var (text, item) = (await paper.Text.BoundingBoxAsync(), await paper.Text.Locator("p").First.EvaluateAsync<double>("p => { const r = document.createRange(); r.selectNodeContents(p); return r.getBoundingClientRect().right; }"));
        Assert.InRange(item, text!.X + text.Width - 40, text.X + text.Width + 1);
        await paper.SavedAsync();
        Assert.Equal("ar", desk.Writing(story)["language"]);
        await paper.ShootAsync("arab");
    }

    [EditorBrowserFact]
    public async Task Find_and_replace_work_by_keyboard_and_replacing_all_is_one_step_back()
    {
        var story = desk.Site.Draft("Beras", with: draft => draft with { Body = new Body([new ParagraphBlock("a", "Beras naik, beras turun."), new ListBlock("l", false, ["beras"])]) });
        var paper = await desk.OpenAsync(await desk.SignInAsync("Rina"), story);
        await paper.Text.FocusAsync();
        await paper.Keyboard.PressAsync("Control+f");
        await TypeAsync(paper, "beras");
        var count = paper.Page.Locator(".find-bar output");
        await Assertions.Expect(count).ToHaveTextAsync("1 dari 3");
        await paper.Keyboard.PressAsync("Enter");
        await Assertions.Expect(count).ToHaveTextAsync("2 dari 3");
        await paper.Keyboard.PressAsync("Shift+Enter");
        await paper.ShootAsync("cari");
        await paper.Page.GetByLabel("Ganti dengan").FillAsync("gula");
        await paper.Page.GetByRole(AriaRole.Button, new() { Name = "Ganti semua" }).PressAsync("Enter");
        await paper.Keyboard.PressAsync("Escape");
        await Assertions.Expect(paper.Text).ToBeFocusedAsync();
        Assert.Contains("gula naik, gula turun.", await paper.Text.InnerTextAsync(), StringComparison.Ordinal);
        await paper.Keyboard.PressAsync("Control+z");
        Assert.Contains("Beras naik, beras turun.", await paper.Text.InnerTextAsync(), StringComparison.Ordinal);
    }

    [EditorBrowserFact]
    public async Task Counters_previews_and_reading_time_follow_what_is_written()
    {
        var (paper, _) = await EmptyAsync();
        var page = paper.Page;
        await page.FillAsync("[name=headline]", new string('a', 80));
        await Assertions.Expect(page.Locator("#count-headline")).ToHaveTextAsync("80 / 75 · agak panjang");
        await page.FillAsync("[name=headline]", "Air surut di Demak setelah lima hari");
        await page.FillAsync("[name=searchTitle]", "Banjir Demak");
        await page.FillAsync("[name=standfirst]", "Warga mulai pulang ke rumah.");
        await paper.Text.FocusAsync();
        await paper.PasteAsync("", string.Join(' ', Enumerable.Repeat("kata", 500)));
        await Assertions.Expect(page.Locator(".counts")).ToContainTextAsync("500 kata");
        await Assertions.Expect(page.Locator(".counts")).ToContainTextAsync("3 menit");
        await Assertions.Expect(page.Locator(".as-search b")).ToHaveTextAsync("Banjir Demak");
        await Assertions.Expect(page.Locator(".as-search")).ToContainTextAsync("Warga mulai pulang");
        Assert.Equal("", await page.Locator("input[type=file][capture=environment]").First.EvaluateAsync<string>("input => input.value"));
    }

    [EditorBrowserFact]
    public async Task What_is_written_becomes_a_revision_with_all_that_was_written()
    {
        var (paper, story) = await EmptyAsync();
        await paper.Text.FocusAsync();
        await TypeAsync(paper, "# Bagian");
        await paper.Page.FillAsync("[name=note]", "dari lapangan");
        await paper.Page.GetByRole(AriaRole.Button, new() { Name = "Simpan revisi" }).ClickAsync();
        await paper.SavedIfNeededAsync(() => desk.Site.Count("SELECT count(*) FROM revisions WHERE article_id = @story", new { story }) == 2);

        Assert.Equal(["heading"], desk.Site.Press.Database.Read(session => Articles.Newest(session, story)).Draft.Body.Blocks.Select(Kind));
        Assert.Equal("dari lapangan", desk.Site.Press.Database.Read(session => session.Value<string>("SELECT note FROM revisions WHERE article_id = @story ORDER BY number DESC LIMIT 1", new { story })));
    }

    [EditorBrowserFact]
    public async Task Script_in_every_field_is_text()
    {
        const string Bad = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        var story = desk.Site.Draft("Uji", with: draft => draft with { Headline = Bad, Body = new Body([new ParagraphBlock("a", Bad), new QuoteBlock("q", [Bad], Bad, Bad), new FigureBlock("f", new BodyImage("/x.jpg"), Bad, Bad, Bad), new TableBlock("t", Bad, [], [[Bad]]), new FactBoxBlock("x", Bad, [new ParagraphBlock("x1", Bad)])]) });
        var paper = await desk.OpenAsync(await desk.SignInAsync("Rina"), story);
        await paper.Text.FocusAsync();
        await paper.PasteAsync(Bad + "<p>tempel</p>", Bad);
        await paper.SavedAsync();
        await paper.ReloadAsync();

        Assert.True(await paper.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Contains("onerror", await paper.Text.InnerTextAsync(), StringComparison.Ordinal);
    }

    [EditorCheckerFact]
    public async Task Axe_finds_no_violation_and_nothing_is_wider_than_the_window_on_phone_and_desk_light_and_dark()
    {
        var axe = await File.ReadAllTextAsync(Checkers.File("node_modules", "axe-core", "axe.min.js"));
        var story = Whole();
        var violations = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            foreach (var (device, width) in ((string, int)[])[("telepon", 360), ("meja", 1440)])
            {
                var paper = await desk.OpenAsync(await desk.SignInAsync("Rina", options: new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, HasTouch = width < 500, IsMobile = width < 500 }), story);
                await paper.Page.WaitForTimeoutAsync(700);
                var name = $"editor-{device}-{(scheme == ColorScheme.Dark ? "gelap" : "terang")}";
                await paper.ShootAsync(name, whole: true);
                await paper.ShootAsync(name + "-atas");
                Assert.InRange(await paper.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
                await LookAsync(paper.Page, name);
                await paper.ToEndAsync();
                await paper.Keyboard.PressAsync("Enter");
                await TypeAsync(paper, "/");
                await paper.Page.WaitForSelectorAsync("#slash-menu:not([hidden])");
                await paper.ShootAsync(name + "-menu");
                await LookAsync(paper.Page, name + " menu");
                await paper.Keyboard.PressAsync("Escape");
                await paper.Keyboard.PressAsync("Control+k");
                await LookAsync(paper.Page, name + " link");
                await paper.Keyboard.PressAsync("Escape");
                await paper.Keyboard.PressAsync("Control+f");
                await LookAsync(paper.Page, name + " find");
                Assert.Empty(paper.Complaints);
            }
        }

        Assert.True(violations.Count == 0, string.Join('\n', violations));

        async Task LookAsync(IPage page, string where)
        {
            await page.EvaluateAsync(axe + "; undefined");
            var found = await page.EvaluateAsync<JsonElement>("() => axe.run().then(result => result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`)))");
            violations.AddRange(found.EnumerateArray().Select(v => $"{where}: {v.GetString()}"));
        }
    }

    private long Whole()
    {
        var other = desk.Site.Story("Panen raya mundur dua pekan");
        return desk.Site.Draft("Air surut di Demak, warga mulai pulang setelah lima hari mengungsi", with: draft => draft with
        {
            Kicker = "Banjir",
            Standfirst = "Posko di balai desa tetap dibuka; dapur umum memasak untuk 1.200 orang sampai pekan depan.",
            Body = new Body(
            [
                new ParagraphBlock("a", "Air di Kecamatan Sayung turun 30 sentimeter sejak Sabtu malam. Warga yang lima hari tinggal di balai desa mulai pulang untuk membersihkan rumah, sebagian dengan perahu karet yang dipinjamkan tetangga."),
                new ParagraphBlock("b", "“Belum semua kering,” kata seorang warga, “tetapi kami sudah ingin tidur di rumah sendiri.”"),
                new HeadingBlock("h", 2, "Dapur umum tetap buka"),
                new QuoteBlock("q", ["Kami siap sampai akhir pekan, kalau hujan tidak datang lagi."], "Siti Aminah", "lurah"),
                new ListBlock("l", true, ["Daftar di posko", "Ambil kupon", "Makan bersama"]),
                new TableBlock("t", "Rumah terendam", [["Desa", "Rumah"]], [["Sayung", "120"], ["Karangtengah", "84"]]),
                new FactBoxBlock("x", "Sekilas Sayung", [new ParagraphBlock("x1", "Kecamatan di pantai utara."), new ListBlock("x2", false, ["20 desa", "100.000 jiwa"])]),
                new EmbedBlock("e", "youtube", "https://www.youtube.com/watch?v=abcdefghijk"), new ReadAlsoBlock("r", other), new DividerBlock("d"), new PageBreakBlock("p"), new ParagraphBlock("z", "Penutup."),
            ]),
        });
    }

    private long Empty() => desk.Site.Draft("Naskah baru", with: draft => draft with { Body = new Body([]) });

    private async Task<(Paper Paper, long Story)> EmptyAsync()
    {
        var story = Empty();
        return (await desk.OpenAsync(await desk.SignInAsync("Rina"), story), story);
    }

    private IEnumerable<string> Kinds(long story) => desk.Writing(story).Body.Blocks.Select(Kind);

    private static string Kind(Block block) => JsonNode.Parse(BodyJson.Write(new Body([block])))!["blocks"]![0]!["type"]!.GetValue<string>();

    private static Task TypeAsync(Paper paper, string text) => paper.Keyboard.TypeAsync(text);

    private static Task NextAsync(Paper paper) => paper.Keyboard.PressAsync("Enter");

    private static string Picture(string number) => Checkout.Path("src", "Warta", "Demo", "pictures", number + "-1280.jpg");

    /// <summary>The same picture with so much said in its comments.</summary>
    private static byte[] Heavy(byte[] jpeg, int bytes)
    {
        var heavy = new MemoryStream();
        heavy.Write(jpeg.AsSpan(0, 2));
        for (var comment = new byte[60_000]; heavy.Length < bytes;)
        {
            new Random((int)heavy.Length).NextBytes(comment);
            heavy.Write([0xFF, 0xFE, (byte)((comment.Length + 2) >> 8), (byte)(comment.Length + 2)]);
            heavy.Write(comment);
        }

        heavy.Write(jpeg.AsSpan(2));
        return heavy.ToArray();
    }
}

/// <summary>A test of the story editor that needs a browser and the checkers.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EditorCheckerFactAttribute : FactAttribute
{
    public EditorCheckerFactAttribute() => Skip = new CheckerFactAttribute().Skip ?? new EditorBrowserFactAttribute().Skip;
}
