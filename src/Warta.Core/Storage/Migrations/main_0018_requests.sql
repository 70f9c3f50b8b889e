-- Somebody asks for a correction, or for the right to reply. kind as in corrections; contact is for the newsroom only. correction_id: what was issued; declined: why nothing was.
CREATE TABLE correction_requests (
    id [[identity]],
    article_id [[int]] NOT NULL REFERENCES articles (id),
    kind [[key]] NOT NULL,
    asked_by TEXT NOT NULL,
    contact TEXT NOT NULL,
    text TEXT NOT NULL,
    owner [[int]],
    due_at [[int]] NOT NULL,
    actor TEXT NOT NULL,
    received_at [[int]] NOT NULL,
    closed_at [[int]],
    closed_by TEXT NOT NULL,
    correction_id [[int]] REFERENCES corrections (id),
    declined TEXT NOT NULL
)[[strict]];
CREATE INDEX correction_requests_open ON correction_requests (due_at, id) WHERE closed_at IS NULL;
CREATE INDEX correction_requests_closed ON correction_requests (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX correction_requests_article ON correction_requests (article_id, received_at);
