-- Where an act's result was seen, and how many milliseconds after its commit. finished_at is null while the places are asked; where it stays null a
-- stop cut the asking short.
CREATE TABLE receipts (
    event_number [[int]] PRIMARY KEY,
    verb [[key]] NOT NULL,
    title_id [[int]],
    article_id [[int]],
    committed_at [[int]] NOT NULL,
    surfaces TEXT NOT NULL,
    finished_at [[int]]
)[[strict]];
CREATE INDEX receipts_article ON receipts (article_id, event_number);
