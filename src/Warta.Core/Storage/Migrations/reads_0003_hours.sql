-- Reads by the hour (Unix hours) and by what led there: the story (0: none of ours) and the block of its page. A row is a node's whole count, so writing it twice adds nothing.
CREATE TABLE read_hours (
    title_id [[int]] NOT NULL,
    article_id [[int]] NOT NULL,
    hour [[int]] NOT NULL,
    from_id [[int]] NOT NULL,
    block [[key]] NOT NULL,
    node [[key]] NOT NULL,
    reads [[int]] NOT NULL,
    PRIMARY KEY (title_id, article_id, hour, from_id, block, node)
)[[by_key]];
CREATE INDEX read_hours_from ON read_hours (title_id, from_id, hour);
CREATE INDEX read_hours_hour ON read_hours (hour);
