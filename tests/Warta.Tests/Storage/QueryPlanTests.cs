using Microsoft.Data.Sqlite;
using Warta.Content;
using Warta.Discovery;
using Warta.Feeds;
using Warta.Publishing;
using Warta.Search;
using Warta.Storage;
using Xunit;

namespace Warta.Tests.Storage;

/// <summary>Every query that a reader's page asks, on an archive of 100,000 stories: none may walk through a table or sort what an index could have sorted.</summary>
public sealed class QueryPlanTests(QueryPlanTests.Archive archive) : IClassFixture<QueryPlanTests.Archive>
{
    private const long Title = 1, Section = 1, Tag = 3, Author = 4, Article = 50_000;
    private static readonly SearchIndex Index = SearchIndex.For(EngineKind.Sqlite);

    [Fact]
    public void The_archive_answers_as_it_should()
    {
        archive.Ask(session =>
        {
            Assert.Equal(100_000, session.Value<long>("SELECT count(*) FROM live_articles"));
            Assert.Equal(10, Listings.Page(session, Title, ListingKind.Tag, Tag, 10, 0).Count);
            Assert.Equal(20, Related.Of(session, Title, Article).Count());
            Assert.Equal(3, ReadAlso.Of(session, Title, Article).Count);
            Assert.Equal(5, Picks.Stories(session, Title, 0, TestNewsroom.Start).Count);
            Assert.Equal(103, new StoryFilter { TitleId = Title, Words = "berita jarang7" }.Find(session, Index, 10, 0).Total);
        });
    }

    [Fact]
    public void A_test_of_plans_sees_a_bad_one()
    {
        Assert.Throws<Xunit.Sdk.FailException>(() => Planned(session => session.Query<long>("SELECT article_id FROM live_articles WHERE kind = 'story'")));
        Assert.Throws<Xunit.Sdk.FailException>(() => Planned(session => session.Query<long>("SELECT article_id FROM publications WHERE title_id = 1 ORDER BY updated_at LIMIT 1")));
    }

    [Theory]
    [InlineData(ListingKind.Title, 0)]
    [InlineData(ListingKind.Section, Section)]
    [InlineData(ListingKind.Tag, Tag)]
    [InlineData(ListingKind.Author, Author)]
    public void Listings_go_by_their_index(string kind, long key)
    {
        Planned(session => Listings.Page(session, Title, kind, key, 20, 5_000));
        Planned(session => Listings.Count(session, Title, kind, key));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(Section, null)]
    [InlineData(0, "id")]
    [InlineData(Section, "en")]
    public void The_latest_go_by_their_index(long section, string? language) => Planned(session => Latest.Stories(session, Title, section, language, 10));

    [Theory]
    [InlineData("articles_worked")]
    [InlineData("articles_section_worked", true)]
    [InlineData("articles_owner_worked", false, "user:penulis7@example.com")]
    [InlineData("articles_worked", false, "", "live")]
    [InlineData("articles_section_worked", true, "", "draft")]
    public void The_newsrooms_lists_walk_down_an_index_in_its_order(string index, bool isSection = false, string author = "", string state = "")
    {
        var titles = new TitleDirectory(archive.Session);
        var person = new Accounts.Person { Memberships = [new Accounts.Membership("editor", null, null)], Email = "anna@example.com" };
        foreach (var after in new (long, long)?[] { null, (TestNewsroom.Start.ToUnixTimeMilliseconds(), 90_000) })
        {
            var filter = new Newsroom.StoryListFilter { SectionId = isSection ? Section : null, Author = author, State = state, After = after };
            var (sql, plan) = archive.Ask(session => filter.Find(session, titles, person))[^1];
            Assert.Contains(index, plan[0], StringComparison.Ordinal);
            Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal) || (line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains(index, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_audit_log_walks_down_an_index() => Planned(Asked.AuditLog);

    [Fact]
    public void The_desks_board_walks_down_an_index() => Planned(Asked.DeskBoard);

    [Fact]
    public void Lists_of_what_is_managed_go_by_their_index() => Planned(Asked.ManageLists);

    [Fact]
    public void Which_of_the_stories_that_were_read_are_live_goes_by_an_index() => Planned(session => ReadTally.Published(session, Title, [1, Article]));

    [Theory]
    [InlineData(0)]
    [InlineData(Section)]
    public void Counting_the_latest_goes_by_an_index(long section) => Planned(session => Latest.Count(session, Title, section));

    [Theory]
    [InlineData(0)]
    [InlineData(Section)]
    public void Picks_go_by_their_index(long section) => Planned(session => Picks.Stories(session, Title, section, TestNewsroom.Start));

    [Fact]
    public void Related_stories_go_by_their_index() => Planned(session => Assert.NotEmpty(Related.Of(session, Title, Article)));

    [Fact]
    public void Background_goes_by_its_index() => Planned(session => Assert.Empty(Related.BackgroundOf(session, Title, Article)));

    [Fact]
    public void Pictures_are_looked_up_by_id() => Planned(session => Warta.Media.MediaItem.Read(session, [1, 2, 3], TestNewsroom.Start, Warta.Media.Shape.Wide));

    [Theory]
    [InlineData("", ""), InlineData("banjir", ""), InlineData("banjir jakarta perah", ""), InlineData("", "user:a"), InlineData("banjir", "user:a")]
    public void The_newsrooms_pictures_go_by_their_indices(string words, string own)
    {
        Planned(session => Newsroom.PictureQueries.List(session, new(words, own, long.MaxValue, 48)));
        Planned(session => Newsroom.PictureQueries.List(session, new(words, own, 50_000, 48, TestNewsroom.Start)));
        Planned(session => Newsroom.PictureQueries.Expiring(session, TestNewsroom.Start, 5, 48));
        Planned(session => Newsroom.PictureQueries.UsesOf(session, 5, 48));
        Planned(session => Newsroom.PictureQueries.Item(session, 5));
    }

    [Fact]
    public void Read_alsos_go_by_their_index() => Planned(session => ReadAlso.Of(session, Title, Article));

    [Fact]
    public void Links_in_a_text_go_by_their_index() => Planned(session => TextLinks.Of(session, Article));

    [Fact]
    public void Groups_of_near_duplicates_are_looked_up_by_id() => Planned(session => Twins.Groups(session, [1, 2, Article]));

    [Fact]
    public void The_most_read_are_looked_up_by_id()
    {
        using var newsroom = new TestNewsroom(EngineKind.Sqlite);
        using var reads = newsroom.OpenReads();
        var mostRead = new MostRead(reads, "a", TestNewsroom.Start);
        for (var id = 1; id < 40; id++) mostRead.Count(Title, id, TestNewsroom.Start);
        Planned(session => Assert.Equal(5, mostRead.Stories(session, Title, Scope.Title, 5, TestNewsroom.Start).Count));
    }

    [Fact]
    public void A_story_is_looked_up_by_its_address_and_its_id()
    {
        Planned(session => Assert.NotNull(session.First<LiveArticle>($"""
            SELECT {LiveArticle.AllColumns} FROM slugs s JOIN live_articles a ON a.title_id = s.title_id AND a.article_id = s.article_id
            WHERE s.title_id = @Title AND s.slug = @slug AND s.day = @day
            """, new { Title, slug = "berita-50000", day = Archive.Day(50_000) })));
        Planned(session => session.First<LiveArticle>($"SELECT {LiveArticle.AllColumns} FROM live_articles a WHERE a.title_id = @Title AND a.article_id = @Article", new { Title, Article }));
        Planned(session => session.First<LiveArticle>($"SELECT {LiveArticle.AllColumns} FROM live_articles a WHERE a.title_id = @Title AND a.uri = 'test:500'", new { Title }));
        Planned(session => People.Tag(session, "tag-3"));
        Planned(session => People.Author(session, "author-4"));
        Planned(session => People.Tags(session, [1, 2, 3]));
        Planned(session => People.Authors(session, [1, 2, 3]));
    }

    [Fact]
    public void Registers_corrections_and_standing_pages_go_by_their_index()
    {
        Planned(session => Corrections.Register(session, Title, TestNewsroom.Start, 20, 40));
        Planned(session => Corrections.Count(session, Title, TestNewsroom.Start));
        Planned(session => Corrections.Linked(session, Title, Corrections.Of(session, Article)));
        Planned(session => Removals.Register(session, Title, TestNewsroom.Start, 20, 40));
        Planned(session => Removals.Count(session, Title, TestNewsroom.Start));
        Planned(session => StandingPages.Of(session, Title));
        Planned(session => StandingPages.Find(session, Title, "redaksi"));
    }

    [Fact]
    public void Every_combination_of_filters_goes_by_an_index()
    {
        for (var bits = 0; bits < 128; bits++)
        {
            var filter = new StoryFilter
            {
                TitleId = Title,
                SectionId = (bits & 1) != 0 ? Section : null,
                TagId = (bits & 2) != 0 ? Tag : null,
                AuthorId = (bits & 4) != 0 ? Author : null,
                Words = (bits & 8) != 0 ? "berita jarang7" : null,
                From = (bits & 16) != 0 ? TestNewsroom.Start.AddDays(-300) : null,
                To = (bits & 32) != 0 ? TestNewsroom.Start.AddDays(-10) : null,
                ByRelevance = (bits & 64) != 0,
            };
            Planned(session => filter.Find(session, Index, 10, 20));
        }
    }

    [Theory]
    [InlineData(ListingKind.Title, 0)]
    [InlineData(ListingKind.Tag, Tag)]
    public void Feeds_go_by_their_index(string kind, long key) => Planned(session => Assert.NotEmpty(Listings.Articles(session, Title, kind, key, 30)));

    [Fact]
    public void Sitemaps_go_by_their_index()
    {
        var (from, to) = (TestNewsroom.Start.AddDays(-60), TestNewsroom.Start.AddDays(-30));
        Planned(session => Assert.NotNull(SitemapQueries.NewestBefore(session, Title, from)));
        Planned(session => Assert.InRange(SitemapQueries.SumOf(session, Title, from, to).Stories, 4_000, 5_000));
        Planned(session => Assert.Equal(1_000, SitemapQueries.After(session, Title, new SitemapQueries.Place(from, 0), to, 1_000).Count));
        Planned(session => Assert.InRange(SitemapQueries.Since(session, Title, TestNewsroom.Start.AddHours(-48)).Count, 280, 290));
        Planned(session => Assert.Equal(12, SitemapQueries.Keys(session, Title, ListingKind.Section, 100).Count));
        Planned(session => Assert.Equal(500, SitemapQueries.Keys(session, Title, ListingKind.Author, 1_000).Count));
        Planned(session => FeedResponse.LastChange(session, TestNewsroom.Start));
    }

    [Theory]
    [InlineData("brita jarang7", 103)]
    [InlineData("berita jarang7 tidakada", 103)]
    [InlineData("\"berita jarang7\"", 103)]
    [InlineData("berita -jarang7", SearchIndex.MostCandidates)]
    public void A_search_goes_by_its_index_also_when_it_mends_or_looks_for_a_phrase(string words, long total)
    {
        Planned(session => Assert.Equal(total, new StoryFilter { TitleId = Title, Words = words, ByRelevance = true }.Find(session, Index, 20, 40).Total));
        // Before the newest 2,000 of a word that every story holds.
        Planned(session => Assert.Equal(6, new StoryFilter { TitleId = Title, Words = "berita", From = TestNewsroom.Start.AddDays(-600), To = TestNewsroom.Start.AddDays(-600).AddHours(1) }.Find(session, Index, 20, 0).Total));
    }

    private void Planned(Action<Session> ask)
    {
        foreach (var (sql, plan) in archive.Ask(ask))
        {
            var bad = plan.Find(line => line.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal) || (line.StartsWith("SCAN ", StringComparison.Ordinal) && !IsHarmless(line["SCAN ".Length..], sql)));
            if (bad is not null) Assert.Fail($"{bad}\nin\n{string.Join('\n', plan)}\nof\n{sql}");
        }
    }

    /// <summary>Walking a list that the query was given, the few titles, the words' own index, or a subquery that has walked already.</summary>
    private static bool IsHarmless(string scanned, string sql) =>
        scanned.Contains(" VIRTUAL TABLE INDEX ", StringComparison.Ordinal) || scanned.StartsWith("(subquery", StringComparison.Ordinal) || sql.Contains($") {scanned}\n", StringComparison.Ordinal)
        || sql.Contains($"WITH RECURSIVE {scanned}(", StringComparison.Ordinal) || sql == "SELECT id FROM titles"
        // Holds what is scheduled and nothing else, in the order of its time.
        || scanned.EndsWith(" USING INDEX releases_due", StringComparison.Ordinal);

    public sealed class Archive : IDisposable
    {
        private const int Stories = 100_000;
        private readonly TestNewsroom _newsroom = new(EngineKind.Sqlite);
        private readonly Recording _connection;

        public Archive()
        {
            _newsroom.Database.Write(session =>
            {
                session.Execute("PRAGMA defer_foreign_keys = ON");
                Fill(session);
            });
            _connection = new Recording($"Data Source={_newsroom.Folder.DatabaseFile(Migrator.Main)};Pooling=False;Mode=ReadOnly");
            _connection.Open();
            PreparedConnection.KeepPlans(_connection);
        }

        public static long Day(long article) => Clock.Day(TestNewsroom.Start.AddMinutes(article * 10 - Stories * 10), TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"));

        public Session Session => new(_connection, null, Dialect.Sqlite);

        /// <summary>Asks, and tells how SQLite goes about each of the queries.</summary>
        public List<(string Sql, List<string> Plan)> Ask(Action<Session> ask)
        {
            _connection.Commands.Clear();
            using var transaction = _connection.BeginTransaction(deferred: true);
            ask(new Session(_connection, transaction, Dialect.Sqlite));
            return _connection.Commands.Where(c => c.CommandText.Contains("SELECT", StringComparison.Ordinal)).ToList().ConvertAll(asked =>
            {
                using var explain = new SqliteCommand("EXPLAIN QUERY PLAN " + asked.CommandText, _connection, transaction);
                foreach (SqliteParameter parameter in asked.Parameters) explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
                using var rows = explain.ExecuteReader();
                var plan = new List<string>();
                while (rows.Read()) plan.Add(rows.GetString(3));
                return (asked.CommandText, plan);
            });
        }

        public void Dispose()
        {
            _connection.Dispose();
            _newsroom.Dispose();
        }

        private static void Fill(WriteSession session)
        {
            var from = TestNewsroom.Start.AddMinutes(-Stories * 10);
            for (var i = 2; i <= 12; i++) session.Run("INSERT INTO sections (title_id, path, name, created_at) VALUES (1, @p1, @p1, 0)", $"kanal-{i}");
            for (var i = 1; i <= 500; i++)
            {
                session.Run("INSERT INTO tags (slug, name) VALUES (@p1, @p1)", $"tag-{i}");
                session.Run("INSERT INTO authors (slug, name) VALUES (@p1, @p1)", $"author-{i}");
            }

            for (long id = 1; id <= Stories; id++)
            {
                var at = from.AddMinutes(id * 10);
                var section = id % 12 + 1;
                session.Run("""
                    INSERT INTO articles (id, uri, kind, canonical_title_id, section_id, headline_key, version, no_ads, usage_terms, copyright_holder, source_hash, created_at, created_by, worked_at, worked_by, worked_headline)
                    VALUES (@p1, @p2, 'story', 1, @p3, @p4, 1, 0, '', '', '', @p5, @p6, @p5, @p6, @p7)
                    """, id, $"test:{id}", section, $"berita {id}", at, $"user:penulis{id % 40}@example.com", $"Berita {id}");
                session.Run("INSERT INTO revisions (id, article_id, number, language, kicker, headline, standfirst, dateline, bylines, tags, saved_at, saved_by, body) VALUES (@p1, @p1, 1, @p2, '', @p3, '', '', '[]', '[]', @p4, 'x', '{}')", id, id % 50 == 0 ? "en" : "id", $"Berita {id}", at);
                session.Run("INSERT INTO publications (title_id, article_id, revision_id, section_id, slug, day, first_published_at, updated_at, from_at, expires_at, actor, event_number) VALUES (1, @p1, @p1, @p2, @p3, @p4, @p5, @p5, @p5, NULL, 'x', @p1)", id, section, $"berita-{id}", Day(id), at);
                session.Run("INSERT INTO slugs VALUES (1, @p1, @p2, @p3, @p4)", $"berita-{id}", Day(id), id, at);
                session.Run("INSERT INTO listings VALUES (1, 'title', 0, @p1, @p2), (1, 'section', @p3, @p1, @p2), (1, 'tag', @p4, @p1, @p2), (1, 'author', @p5, @p1, @p2)", at, id, section, id % 500 + 1, id % 500 + 1);
                Index.Put(session, new SearchEntry
                {
                    TitleId = 1,
                    ArticleId = id,
                    FirstPublishedAt = at,
                    Language = id % 50 == 0 ? "en" : "id",
                    Kicker = "",
                    Headline = $"Berita jarang{id % 977}",
                    Standfirst = "",
                    Tags = "[]",
                    Body = "",
                    Lists = [(ListingKind.Section, section), (ListingKind.Tag, id % 500 + 1), (ListingKind.Author, id % 500 + 1)],
                });
                if (id % 10 == 0) session.Run("INSERT INTO read_alsos VALUES (@p1, 'a', @p2, '', '', ''), (@p1, 'b', @p3, '', '', ''), (@p1, 'c', @p4, '', '', '')", id, id - 1, id - 2, id - 3);
                for (var position = 1; id == Article && position <= 20; position++) session.Run("INSERT INTO related VALUES (1, @p1, @p2, @p3, 1.0)", id, position, id - position);
            }

            Index.Finish(session);
            Asked.Fill(session);
            for (var i = 1; i <= 5; i++) session.Run("INSERT INTO picks (title_id, section_id, article_id, position, from_at, set_at, set_by) VALUES (1, 0, @p1, @p2, 0, 0, 'x')", i * 1_000, i);
        }

        private sealed class Recording(string connection) : SqliteConnection(connection)
        {
            public List<SqliteCommand> Commands { get; } = [];

            public override SqliteCommand CreateCommand()
            {
                var command = base.CreateCommand();
                Commands.Add(command);
                return command;
            }
        }
    }
}
