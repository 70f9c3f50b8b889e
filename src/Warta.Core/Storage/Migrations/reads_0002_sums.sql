-- Each node's own sums of a story's reads at six half-lives, three times as long from one to the next, slowest first; as they were at counted_at.
CREATE TABLE read_sums (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    node [[key]] NOT NULL,
    sum1 [[real]] NOT NULL,
    sum2 [[real]] NOT NULL,
    sum3 [[real]] NOT NULL,
    sum4 [[real]] NOT NULL,
    sum5 [[real]] NOT NULL,
    sum6 [[real]] NOT NULL,
    counted_at [[int]] NOT NULL,
    saved_at [[int]] NOT NULL,
    reads [[int]] NOT NULL,
    PRIMARY KEY (title_id, article_id, node)
)[[by_key]];
CREATE INDEX read_sums_saved ON read_sums (saved_at);

-- What one sum with a half-life of an hour tells, had the reads come evenly.
INSERT INTO read_sums (title_id, article_id, node, sum1, sum2, sum3, sum4, sum5, sum6, counted_at, saved_at, reads)
SELECT title_id, article_id, node, score * 12.15, score * 4.05, score * 1.35, score * 0.45, score * 0.15, score * 0.05, scored_at, scored_at, reads FROM read_scores;
DROP TABLE read_scores;
