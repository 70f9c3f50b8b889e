-- What editors have chosen for the related stories of a story: pins by their position from 1, and bans (position 0). No recomputation touches them.
CREATE TABLE related_choices (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL REFERENCES articles (id),
    target_id [[int]] NOT NULL REFERENCES articles (id),
    position [[int]] NOT NULL,
    reason TEXT NOT NULL,
    set_at [[int]] NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (title_id, article_id, target_id)
)[[by_key]];
CREATE INDEX related_choices_article ON related_choices (article_id);
CREATE INDEX related_choices_target ON related_choices (target_id);

-- Stories that say the same in the same words, in groups. twin_id is the one that a story was recognised by, similarity how much of the shorter text stands in the
-- other one. A row outlives a withdrawal: lists look at what is live.
CREATE TABLE twins (
    article_id [[int]] PRIMARY KEY REFERENCES articles (id),
    group_id [[int]] NOT NULL,
    twin_id [[int]] NOT NULL,
    similarity [[real]] NOT NULL,
    found_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX twins_group ON twins (group_id);
