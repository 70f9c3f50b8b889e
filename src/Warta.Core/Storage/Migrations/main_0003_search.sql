-- The index of 0001 held words as they stand; this one holds stems, and beside them what ranking asks for. It is filled by the server, in batches.
DROP TABLE search_entries;

-- A row for each publication. The id says when: minutes since the year 1900, shifted by 16 bits, then a running number; so a range of ids is a range of time.
-- words: the story's words as numbers of four bytes, in their order (see StoryWords).
CREATE TABLE search_stories (
    id [[int]] PRIMARY KEY,
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    first_published_at [[int]] NOT NULL,
    words [[blob]] NOT NULL
)[[strict]];
CREATE UNIQUE INDEX search_stories_article ON search_stories (article_id, title_id);

-- Which of these rows hold which stem, under the same id. Terms such as _section12 say where a story stands. They come cut and folded: "ascii" only cuts
-- at the spaces between.
[[sqlite]]
CREATE VIRTUAL TABLE search_entries USING fts5 (terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'");
[[/sqlite]]
[[postgres]]
CREATE TABLE search_entries (rowid BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
-- A search for a common word reads many rows for their ids alone: the terms are kept out of their way.
ALTER TABLE search_entries SET (toast_tuple_target = 128);
ALTER TABLE search_entries ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE INDEX search_entries_terms ON search_entries USING gin (terms);
[[/postgres]]

-- Words as they stand in stories, for mending what was mistyped.
CREATE TABLE search_words (
    length [[int]] NOT NULL,
    word [[key]] NOT NULL,
    PRIMARY KEY (length, word)
)[[by_key]];

-- Live stories that are to be put into the index, the newest first.
CREATE TABLE search_pending (
    first_published_at [[int]] NOT NULL,
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    PRIMARY KEY (first_published_at, title_id, article_id)
)[[by_key]];
CREATE INDEX search_pending_article ON search_pending (article_id, title_id);

-- How words were cut when the index was begun.
CREATE TABLE search_version (
    id [[int]] PRIMARY KEY CHECK (id = 1),
    version [[int]] NOT NULL
)[[strict]];
INSERT INTO search_version (id, version) VALUES (1, 0);
