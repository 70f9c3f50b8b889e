-- The list that stood before, for whoever takes a change back.
CREATE INDEX picks_replaced ON picks (title_id, section_id, replaced_at) WHERE replaced_at IS NOT NULL;

-- A token of one title may do nothing in another.
ALTER TABLE tokens ADD COLUMN title_id [[int]] REFERENCES titles (id);
ALTER TABLE tokens ADD COLUMN used_at [[int]];

-- A hidden section is in no menu; its page and its stories stay where they are.
ALTER TABLE sections ADD COLUMN hidden_at [[int]];

-- Two spellings made one: the row of the other stays, for revisions name it and readers know its address, and leads to the one that is meant. A slug of
-- before is such a row too.
ALTER TABLE tags ADD COLUMN merged_into_id [[int]];
ALTER TABLE authors ADD COLUMN merged_into_id [[int]];
ALTER TABLE authors ADD COLUMN job TEXT NOT NULL DEFAULT '';
ALTER TABLE authors ADD COLUMN user_id [[int]];

-- What was merged, for whoever takes it back. kind: tag, author. carried is JSON: the ids that led to the merged one already.
CREATE TABLE merges (
    id [[identity]],
    kind [[key]] NOT NULL,
    from_id [[int]] NOT NULL,
    into_id [[int]] NOT NULL,
    carried TEXT NOT NULL,
    merged_at [[int]] NOT NULL,
    actor TEXT NOT NULL,
    undone_at [[int]]
)[[strict]];

-- Addresses of before that lead elsewhere. path is decoded, in lower case, without a slash at its end. status: 301, 302, or 410 with no target.
-- shadows: it goes before the page that stands there.
CREATE TABLE redirects (
    title_id [[int]] NOT NULL REFERENCES titles (id),
    path [[key]] NOT NULL,
    target TEXT NOT NULL,
    status [[int]] NOT NULL,
    shadows [[int]] NOT NULL,
    set_at [[int]] NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (title_id, path)
)[[by_key]];
CREATE INDEX redirects_shadows ON redirects (title_id, path) WHERE shadows = 1;
