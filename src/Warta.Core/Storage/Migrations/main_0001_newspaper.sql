-- Times are Unix milliseconds UTC. A column that ends in _at is a time; day is yyyymmdd in the title's zone.

-- One row, updated in the transaction whose events it numbers: so events commit in the order of their numbers on both engines.
CREATE TABLE event_clock (
    id [[int]] PRIMARY KEY CHECK (id = 1),
    number [[int]] NOT NULL
)[[strict]];
INSERT INTO event_clock (id, number) VALUES (1, 0);

CREATE TABLE events (
    number [[int]] PRIMARY KEY,
    kind [[key]] NOT NULL,
    title_id [[int]],
    article_id [[int]],
    actor TEXT NOT NULL,
    data TEXT NOT NULL,
    happened_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX events_article ON events (article_id, number);

-- Who did what. Each row's hash covers the row before it, so an edited row shows.
CREATE TABLE audit (
    id [[identity]],
    verb [[key]] NOT NULL,
    actor TEXT NOT NULL,
    title_id [[int]],
    article_id [[int]],
    detail TEXT NOT NULL,
    done_at [[int]] NOT NULL,
    hash [[key]] NOT NULL
)[[strict]];

CREATE TABLE titles (
    id [[identity]],
    slug [[key]] NOT NULL UNIQUE,
    created_at [[int]] NOT NULL
)[[strict]];

CREATE TABLE title_hosts (
    host [[key]] PRIMARY KEY,
    title_id [[int]] NOT NULL REFERENCES titles (id)
)[[strict]];

CREATE TABLE title_settings (
    title_id [[int]] NOT NULL REFERENCES titles (id),
    key [[key]] NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (title_id, key)
)[[strict]];

CREATE TABLE sections (
    id [[identity]],
    title_id [[int]] NOT NULL REFERENCES titles (id),
    parent_id [[int]] REFERENCES sections (id),
    path [[key]] NOT NULL,
    name TEXT NOT NULL,
    created_at [[int]] NOT NULL,
    UNIQUE (title_id, path)
)[[strict]];

CREATE TABLE tags (
    id [[identity]],
    slug [[key]] NOT NULL UNIQUE,
    name TEXT NOT NULL
)[[strict]];

CREATE TABLE authors (
    id [[identity]],
    slug [[key]] NOT NULL UNIQUE,
    name TEXT NOT NULL
)[[strict]];

-- headline_key is the newest revision's headline as read-alsos look it up; version goes up with every save (If-Match).
CREATE TABLE articles (
    id [[identity]],
    uri [[key]] NOT NULL UNIQUE,
    kind [[key]] NOT NULL,
    canonical_title_id [[int]] NOT NULL REFERENCES titles (id),
    section_id [[int]] NOT NULL REFERENCES sections (id),
    headline_key [[key]] NOT NULL,
    version [[int]] NOT NULL,
    embargoed_until [[int]],
    expires_at [[int]],
    no_ads [[int]] NOT NULL,
    usage_terms TEXT NOT NULL,
    copyright_holder TEXT NOT NULL,
    source_hash [[key]] NOT NULL,
    source_version_at [[int]],
    created_at [[int]] NOT NULL,
    created_by TEXT NOT NULL
)[[strict]];
CREATE INDEX articles_headline ON articles (headline_key);

-- Never overwritten. bylines and tags are JSON: [{"author":1,"role":"writer"}], [1,2]; body is the block tree (docs/blocks.md) and stands
-- last, so that a list reads headlines without touching it.
CREATE TABLE revisions (
    id [[identity]],
    article_id [[int]] NOT NULL REFERENCES articles (id),
    number [[int]] NOT NULL,
    language [[key]] NOT NULL,
    kicker TEXT NOT NULL,
    headline TEXT NOT NULL,
    standfirst TEXT NOT NULL,
    dateline TEXT NOT NULL,
    bylines TEXT NOT NULL,
    tags TEXT NOT NULL,
    saved_at [[int]] NOT NULL,
    saved_by TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (article_id, number)
)[[strict]];

-- Live now = a row here. Ending it moves the row to publication_history in the same transaction.
CREATE TABLE publications (
    title_id [[int]] NOT NULL REFERENCES titles (id),
    article_id [[int]] NOT NULL REFERENCES articles (id),
    revision_id [[int]] NOT NULL REFERENCES revisions (id),
    section_id [[int]] NOT NULL REFERENCES sections (id),
    slug [[key]] NOT NULL,
    day [[int]] NOT NULL,
    first_published_at [[int]] NOT NULL,
    updated_at [[int]] NOT NULL,
    from_at [[int]] NOT NULL,
    expires_at [[int]],
    actor TEXT NOT NULL,
    event_number [[int]] NOT NULL,
    PRIMARY KEY (title_id, article_id)
)[[by_key]];
CREATE INDEX publications_article ON publications (article_id);
CREATE INDEX publications_expiry ON publications (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE publication_history (
    id [[identity]],
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    revision_id [[int]] NOT NULL,
    section_id [[int]] NOT NULL,
    slug [[key]] NOT NULL,
    day [[int]] NOT NULL,
    first_published_at [[int]] NOT NULL,
    updated_at [[int]] NOT NULL,
    from_at [[int]] NOT NULL,
    until_at [[int]] NOT NULL,
    actor TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    end_verb [[key]] NOT NULL
)[[strict]];
CREATE INDEX publication_history_article ON publication_history (article_id, title_id, from_at);

-- The order of every public list: one row for each list that a live story stands in. kind: title (key 0), section, tag, author.
CREATE TABLE listings (
    title_id [[int]] NOT NULL,
    kind [[key]] NOT NULL,
    key_id [[int]] NOT NULL,
    first_published_at [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    PRIMARY KEY (title_id, kind, key_id, first_published_at, article_id)
)[[by_key]];
CREATE INDEX listings_article ON listings (article_id, title_id);

-- A slug on a day is one story's for ever, so an old URL always finds it.
CREATE TABLE slugs (
    title_id [[int]] NOT NULL,
    slug [[key]] NOT NULL,
    day [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    from_at [[int]] NOT NULL,
    PRIMARY KEY (title_id, slug, day)
)[[by_key]];
CREATE INDEX slugs_article ON slugs (article_id);

CREATE TABLE releases (
    id [[identity]],
    title_id [[int]] NOT NULL REFERENCES titles (id),
    article_id [[int]] NOT NULL REFERENCES articles (id),
    release_at [[int]] NOT NULL,
    actor TEXT NOT NULL,
    scheduled_at [[int]] NOT NULL,
    released_at [[int]],
    late_ms [[int]],
    cancelled_at [[int]],
    failure TEXT
)[[strict]];
CREATE INDEX releases_due ON releases (release_at) WHERE released_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX releases_article ON releases (article_id);

CREATE TABLE takedowns (
    id [[identity]],
    article_id [[int]] NOT NULL REFERENCES articles (id),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    taken_down_at [[int]] NOT NULL,
    undone_at [[int]],
    undone_by TEXT
)[[strict]];
CREATE INDEX takedowns_article ON takedowns (article_id) WHERE undone_at IS NULL;

-- Tombstones: what was erased, when and by whom. The words themselves are gone.
CREATE TABLE purges (
    uri [[key]] PRIMARY KEY,
    article_id [[int]] NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    purged_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX purges_article ON purges (article_id);

-- section_id 0 is the title's own list. A new list replaces the old one: its rows stay, with replaced_at.
CREATE TABLE picks (
    id [[identity]],
    title_id [[int]] NOT NULL REFERENCES titles (id),
    section_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL REFERENCES articles (id),
    position [[int]] NOT NULL,
    from_at [[int]] NOT NULL,
    until_at [[int]],
    set_at [[int]] NOT NULL,
    set_by TEXT NOT NULL,
    replaced_at [[int]]
)[[strict]];
CREATE INDEX picks_current ON picks (title_id, section_id, position) WHERE replaced_at IS NULL;

-- The read-alsos of published revisions: from a block to its target, or to a headline or uri still wanted.
CREATE TABLE read_alsos (
    article_id [[int]] NOT NULL REFERENCES articles (id),
    block_id [[key]] NOT NULL,
    target_id [[int]] REFERENCES articles (id),
    wanted TEXT NOT NULL,
    wanted_key [[key]] NOT NULL,
    wanted_uri [[key]] NOT NULL,
    PRIMARY KEY (article_id, block_id)
)[[by_key]];
CREATE INDEX read_alsos_pending_headline ON read_alsos (wanted_key) WHERE target_id IS NULL;
CREATE INDEX read_alsos_pending_uri ON read_alsos (wanted_uri) WHERE target_id IS NULL;
CREATE INDEX read_alsos_target ON read_alsos (target_id);

-- Related stories: the list, the terms that it was found by, and how many stories each term stands in.
CREATE TABLE related (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    position [[int]] NOT NULL,
    target_id [[int]] NOT NULL,
    score [[real]] NOT NULL,
    PRIMARY KEY (title_id, article_id, position)
)[[by_key]];

CREATE TABLE signatures (
    article_id [[int]] PRIMARY KEY REFERENCES articles (id),
    language [[key]] NOT NULL,
    first_published_at [[int]] NOT NULL,
    event_number [[int]] NOT NULL,
    terms [[blob]] NOT NULL
)[[strict]];
CREATE INDEX signatures_time ON signatures (first_published_at);
CREATE INDEX signatures_event ON signatures (event_number);

CREATE TABLE term_documents (
    language [[key]] NOT NULL,
    term [[int]] NOT NULL,
    documents [[int]] NOT NULL,
    PRIMARY KEY (language, term)
)[[by_key]];

-- A newly published story, until its related stories are found (an import finds them in a second pass).
CREATE TABLE related_pending (
    article_id [[int]] PRIMARY KEY,
    first_published_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX related_pending_time ON related_pending (first_published_at, article_id);

-- Both are given terms that are cut and folded already: "ascii" only cuts them at the spaces between.
[[sqlite]]
CREATE VIRTUAL TABLE search_entries USING fts5 (headline, standfirst, body, content = '', contentless_delete = 1, tokenize = 'ascii');
[[/sqlite]]
[[postgres]]
CREATE TABLE search_entries (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_entries_words ON search_entries USING gin (words);
[[/postgres]]

CREATE TABLE users (
    id [[identity]],
    email [[key]] NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role [[key]] NOT NULL,
    title_id [[int]] REFERENCES titles (id),
    password_hash TEXT NOT NULL,
    created_at [[int]] NOT NULL,
    disabled_at [[int]]
)[[strict]];

CREATE TABLE tokens (
    id [[identity]],
    name [[key]] NOT NULL,
    role [[key]] NOT NULL,
    hash [[key]] NOT NULL UNIQUE,
    created_at [[int]] NOT NULL,
    revoked_at [[int]]
)[[strict]];
CREATE UNIQUE INDEX tokens_name ON tokens (name) WHERE revoked_at IS NULL;

-- What the public may see, and nothing else. No clock: an embargo, draft or takedown has no publication.
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
    r.body
FROM publications p
JOIN articles a ON a.id = p.article_id
JOIN revisions r ON r.id = p.revision_id
JOIN sections s ON s.id = p.section_id;
