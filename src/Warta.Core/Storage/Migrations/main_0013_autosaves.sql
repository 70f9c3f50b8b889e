-- What writers type is kept as they type it (docs/decisions/0020-autosaves.md). version goes up by one with each; base_revision is the number of the revision that it
-- has taken in. draft: {"fields": {…}, "body": {…}}. Old versions go by themselves.
CREATE TABLE autosaves (
    article_id [[int]] NOT NULL REFERENCES articles (id),
    version [[int]] NOT NULL,
    base_revision [[int]] NOT NULL,
    saved_at [[int]] NOT NULL,
    saved_by TEXT NOT NULL,
    draft TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
)[[strict]];

-- settings: what a revision said of its article besides the words, as JSON; empty for those of before.
ALTER TABLE revisions ADD COLUMN search_title TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN settings TEXT NOT NULL DEFAULT '';

-- When, by whom and under which headline a story was last worked on, saved or not: the newsroom's lists.
ALTER TABLE articles ADD COLUMN worked_at [[int]] NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN worked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN worked_headline TEXT NOT NULL DEFAULT '';
UPDATE articles SET
    worked_at = coalesce((SELECT coalesce(articles.source_version_at, r.saved_at) FROM revisions r WHERE r.article_id = articles.id ORDER BY r.number DESC LIMIT 1), created_at),
    worked_by = coalesce((SELECT r.saved_by FROM revisions r WHERE r.article_id = articles.id ORDER BY r.number DESC LIMIT 1), ''),
    worked_headline = coalesce((SELECT r.headline FROM revisions r WHERE r.article_id = articles.id ORDER BY r.number DESC LIMIT 1), '');
CREATE INDEX articles_worked ON articles (worked_at, id);
CREATE INDEX articles_section_worked ON articles (section_id, worked_at, id);
CREATE INDEX articles_owner_worked ON articles (created_by, worked_at, id);

-- Which articles, live or not, hold which words; rowid is the article. The words come cut and folded, as for search_entries.
[[sqlite]]
CREATE VIRTUAL TABLE desk_entries USING fts5 (terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'");
[[/sqlite]]
[[postgres]]
CREATE TABLE desk_entries (rowid BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
CREATE INDEX desk_entries_terms ON desk_entries USING gin (terms);
[[/postgres]]

-- Articles of before, until their words are in desk_entries.
CREATE TABLE desk_pending (article_id [[int]] PRIMARY KEY)[[strict]];
INSERT INTO desk_pending (article_id) SELECT id FROM articles;

-- Who has a story open, where several nodes serve one newsroom; a single one keeps it in memory.
CREATE TABLE presence (
    article_id [[int]] NOT NULL,
    user_id [[int]] NOT NULL,
    name TEXT NOT NULL,
    since_at [[int]] NOT NULL,
    seen_at [[int]] NOT NULL,
    PRIMARY KEY (article_id, user_id)
)[[by_key]];

-- Links that show a story that isn't live to somebody from outside.
CREATE TABLE preview_links (
    hash [[key]] PRIMARY KEY,
    article_id [[int]] NOT NULL REFERENCES articles (id),
    made_by TEXT NOT NULL,
    made_at [[int]] NOT NULL,
    expires_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX preview_links_article ON preview_links (article_id);

DROP VIEW live_articles;
CREATE VIEW live_articles AS
SELECT
    p.title_id,
    p.article_id,
    p.revision_id,
    p.slug,
    p.day,
    p.first_published_at,
    p.updated_at,
    p.expires_at,
    p.picture,
    s.id AS section_id,
    s.path AS section_path,
    s.name AS section_name,
    a.uri,
    a.kind,
    a.canonical_title_id,
    a.no_ads,
    a.usage_terms,
    a.copyright_holder,
    r.language,
    r.kicker,
    r.headline,
    r.standfirst,
    r.dateline,
    r.bylines,
    r.tags,
    r.body,
    r.unverified,
    r.search_title
FROM publications p
JOIN articles a ON a.id = p.article_id
JOIN revisions r ON r.id = p.revision_id
JOIN sections s ON s.id = p.section_id;
