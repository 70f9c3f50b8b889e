-- Signatures say by which recipe they were made, and hold what else tells stories apart: section, writers, brand credit, length.
ALTER TABLE signatures ADD COLUMN version [[int]] NOT NULL DEFAULT 1;
ALTER TABLE signatures ADD COLUMN facets [[blob]];
CREATE INDEX signatures_version ON signatures (version);

-- Earlier explainers of a story's matter, beside its related stories.
CREATE TABLE background (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    position [[int]] NOT NULL,
    target_id [[int]] NOT NULL,
    score [[real]] NOT NULL,
    PRIMARY KEY (title_id, article_id, position)
)[[by_key]];

-- The terms of all that wait are counted before the first list is found.
ALTER TABLE related_pending ADD COLUMN counted [[int]] NOT NULL DEFAULT 0;
CREATE INDEX related_pending_counted ON related_pending (counted, first_published_at, article_id);

-- A row while all lists are being found anew: title_id 0 for those of all titles; stories up to queued_to wait in related_pending or are done.
CREATE TABLE related_rebuild (
    id [[int]] PRIMARY KEY,
    title_id [[int]] NOT NULL,
    queued_to [[int]] NOT NULL,
    stories [[int]] NOT NULL,
    is_queued [[int]] NOT NULL
)[[strict]];
