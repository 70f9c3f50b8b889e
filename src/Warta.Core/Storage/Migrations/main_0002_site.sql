-- Pictures, corrections, standing pages, and what a story says of itself beyond its text.

-- A picture as it came in; its words are what a story may override. hash is of the file (SHA-256), source where an import found it, focus the
-- point in percent that no crop may lose. An import makes the row with the story and the file follows: until arrived_at the row has no hash and
-- no renditions, and failure says why the file didn't come. Two rows may share a file: an agency sends one picture with two captions. A purge
-- empties the words and erases the files; the row stays, so that the file is known again.
CREATE TABLE media (
    id [[identity]],
    hash [[key]] NOT NULL,
    source [[key]] NOT NULL,
    format [[key]] NOT NULL,
    width [[int]] NOT NULL,
    height [[int]] NOT NULL,
    bytes [[int]] NOT NULL,
    focus_x [[int]] NOT NULL,
    focus_y [[int]] NOT NULL,
    alt TEXT NOT NULL,
    caption TEXT NOT NULL,
    credit TEXT NOT NULL,
    usage_terms TEXT NOT NULL,
    expires_at [[int]],
    created_at [[int]] NOT NULL,
    created_by TEXT NOT NULL,
    arrived_at [[int]],
    failure TEXT NOT NULL,
    avif_at [[int]],
    purged_at [[int]]
)[[strict]];
CREATE INDEX media_hash ON media (hash);
CREATE INDEX media_source ON media (source) WHERE source <> '';
CREATE INDEX media_purged ON media (purged_at) WHERE purged_at IS NOT NULL;
CREATE INDEX media_awaited ON media (id) WHERE arrived_at IS NULL AND purged_at IS NULL;
CREATE INDEX media_without_avif ON media (id) WHERE avif_at IS NULL AND arrived_at IS NOT NULL AND purged_at IS NULL;

-- The files made of a picture. shape: whole, wide (16:9), square, share (for share cards).
CREATE TABLE renditions (
    media_id [[int]] NOT NULL REFERENCES media (id),
    shape [[key]] NOT NULL,
    width [[int]] NOT NULL,
    format [[key]] NOT NULL,
    height [[int]] NOT NULL,
    bytes [[int]] NOT NULL,
    PRIMARY KEY (media_id, shape, width, format)
)[[by_key]];

-- Which live stories show a picture: one that none shows is not public.
CREATE TABLE media_uses (
    media_id [[int]] NOT NULL,
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    PRIMARY KEY (media_id, title_id, article_id)
)[[by_key]];
CREATE INDEX media_uses_article ON media_uses (article_id, title_id);

-- Which stories name a picture in any revision: a purge erases those pictures that no other story has.
CREATE TABLE media_mentions (
    media_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    PRIMARY KEY (media_id, article_id)
)[[by_key]];
CREATE INDEX media_mentions_article ON media_mentions (article_id);

-- picture is JSON: {"media":1,"alt":"…","caption":"…","credit":"…"}, or empty. A publication repeats its revision's, so that a list of
-- cards never walks past a body.
ALTER TABLE revisions ADD COLUMN picture TEXT NOT NULL DEFAULT '';
ALTER TABLE publications ADD COLUMN picture TEXT NOT NULL DEFAULT '';

-- "Masih memerlukan verifikasi" stands under the story until a revision clears it.
ALTER TABLE revisions ADD COLUMN unverified [[int]] NOT NULL DEFAULT 0;

ALTER TABLE authors ADD COLUMN portrait_id [[int]];
CREATE INDEX authors_portrait ON authors (portrait_id) WHERE portrait_id IS NOT NULL;
ALTER TABLE authors ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- What a story said wrongly, in the open. kind: erratum (Ralat, ours), correction (Koreksi, asked for), reply (Hak Jawab). It may lead on to
-- another story (link_article_id, whose address may change) or to an address (link). text: a line is a paragraph.
CREATE TABLE corrections (
    id [[identity]],
    article_id [[int]] NOT NULL REFERENCES articles (id),
    kind [[key]] NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    link_article_id [[int]] REFERENCES articles (id),
    asked_by TEXT NOT NULL,
    actor TEXT NOT NULL,
    issued_at [[int]] NOT NULL,
    withdrawn_at [[int]],
    withdrawn_by TEXT
)[[strict]];
CREATE INDEX corrections_article ON corrections (article_id, issued_at) WHERE withdrawn_at IS NULL;
CREATE INDEX corrections_issued ON corrections (issued_at, id) WHERE withdrawn_at IS NULL;
CREATE INDEX takedowns_time ON takedowns (taken_down_at, article_id) WHERE undone_at IS NULL;
CREATE INDEX purges_time ON purges (purged_at, article_id);

-- Paid stories are few: lists that leave them out count them by this.
CREATE INDEX articles_advertorial ON articles (kind) WHERE kind = 'advertorial';

-- The standing pages: editorial staff, press code, privacy … A new text replaces the old one, whose row stays with until_at.
CREATE TABLE pages (
    id [[identity]],
    title_id [[int]] NOT NULL REFERENCES titles (id),
    slug [[key]] NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    position [[int]] NOT NULL,
    from_at [[int]] NOT NULL,
    set_by TEXT NOT NULL,
    until_at [[int]]
)[[strict]];
CREATE UNIQUE INDEX pages_current ON pages (title_id, slug) WHERE until_at IS NULL;
CREATE INDEX pages_footer ON pages (title_id, position, slug) WHERE until_at IS NULL;

-- Where a section was before it was renamed or moved: those addresses lead to it for ever.
CREATE TABLE section_paths (
    title_id [[int]] NOT NULL REFERENCES titles (id),
    path [[key]] NOT NULL,
    section_id [[int]] NOT NULL REFERENCES sections (id),
    from_at [[int]] NOT NULL,
    PRIMARY KEY (title_id, path)
)[[by_key]];

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
    r.unverified
FROM publications p
JOIN articles a ON a.id = p.article_id
JOIN revisions r ON r.id = p.revision_id
JOIN sections s ON s.id = p.section_id;
