-- Read counts stand apart from the newspaper: their loss would cost minutes of a list, not a story.

-- Each node's own sums, so that writing a batch twice adds nothing. score is the decayed count as it was at scored_at.
CREATE TABLE read_scores (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    node [[key]] NOT NULL,
    score [[real]] NOT NULL,
    scored_at [[int]] NOT NULL,
    reads [[int]] NOT NULL,
    PRIMARY KEY (title_id, article_id, node)
)[[by_key]];

CREATE TABLE read_batches (
    node [[key]] NOT NULL,
    epoch [[int]] NOT NULL,
    sequence [[int]] NOT NULL,
    flushed_at [[int]] NOT NULL,
    PRIMARY KEY (node, epoch, sequence)
)[[by_key]];
CREATE INDEX read_batches_time ON read_batches (flushed_at);
