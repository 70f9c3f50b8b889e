-- expired_at: when the end of a picture's licence was carried out. worded: its words stand in media_words; those from before are cut by the Timetable.
ALTER TABLE media ADD COLUMN expired_at [[int]];
ALTER TABLE media ADD COLUMN worded [[int]] NOT NULL DEFAULT 0;
CREATE INDEX media_here ON media (id) WHERE arrived_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX media_own ON media (created_by, id) WHERE arrived_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX media_expiring ON media (expires_at, id) WHERE expires_at IS NOT NULL AND arrived_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX media_to_expire ON media (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL AND purged_at IS NULL;
CREATE INDEX media_unworded ON media (id) WHERE worded = 0 AND purged_at IS NULL;

-- By which words the newsroom finds a picture: each as it stands and as its stems.
CREATE TABLE media_words (
    word [[key]] NOT NULL,
    media_id [[int]] NOT NULL,
    PRIMARY KEY (word, media_id)
)[[by_key]];
CREATE INDEX media_words_media ON media_words (media_id);

-- How a picture stood until it was changed: its file, its focus and its words. A purge empties it.
CREATE TABLE media_history (
    id [[identity]],
    media_id [[int]] NOT NULL REFERENCES media (id),
    hash [[key]] NOT NULL,
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
    until_at [[int]] NOT NULL,
    until_by TEXT NOT NULL
)[[strict]];
CREATE INDEX media_history_media ON media_history (media_id, id);
CREATE INDEX media_history_hash ON media_history (hash);
