-- The links inside the paragraphs of published revisions, in their order within a block. target_id: the story here that the address leads to, as far as one is known; title_id where
-- the address names a title's host. is_ours: the address is on a host of ours. An address whose story isn't known yet waits for it by its slug and day, or by its uri.
CREATE TABLE text_links (
    article_id [[int]] NOT NULL REFERENCES articles (id),
    block_id [[key]] NOT NULL,
    number [[int]] NOT NULL,
    href [[key]] NOT NULL,
    words TEXT NOT NULL,
    is_ours [[int]] NOT NULL,
    title_id [[int]],
    target_id [[int]] REFERENCES articles (id),
    wanted_uri [[key]] NOT NULL,
    wanted_slug [[key]] NOT NULL,
    wanted_day [[int]] NOT NULL,
    PRIMARY KEY (article_id, block_id, number)
)[[by_key]];
CREATE INDEX text_links_pending_slug ON text_links (wanted_slug, wanted_day) WHERE target_id IS NULL;
CREATE INDEX text_links_pending_uri ON text_links (wanted_uri) WHERE target_id IS NULL;
CREATE INDEX text_links_target ON text_links (target_id);

-- How far the stories that were live before this have been gone through for links and near-duplicates; -1 when all have.
CREATE TABLE links_noted (
    id [[int]] PRIMARY KEY CHECK (id = 1),
    article_id [[int]] NOT NULL
)[[strict]];
INSERT INTO links_noted (id, article_id) SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM publications) THEN 0 ELSE -1 END;
