-- What editors keep out of the most read: a story, a section with what is in it, a tag, or headlines with certain words.
CREATE TABLE popular_exclusions (
    id [[identity]],
    title_id [[int]] NOT NULL REFERENCES titles (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    until_at [[int]],
    set_at [[int]] NOT NULL,
    set_by TEXT NOT NULL,
    ended_at [[int]]
)[[strict]];
CREATE INDEX popular_exclusions_current ON popular_exclusions (title_id) WHERE ended_at IS NULL;

-- The list finds its half-life itself.
DELETE FROM title_settings WHERE key = 'popular.halflife';
