-- Where a story is on its way from its writer to its readers. stage: draft, submitted, editing, returned, ready. done_at: readers have it; what is scheduled stands in
-- releases. Stories that came from elsewhere have no row until somebody works on them.
CREATE TABLE desk_stories (
    article_id [[int]] PRIMARY KEY REFERENCES articles (id),
    stage [[key]] NOT NULL,
    assignee [[int]],
    deadline_at [[int]],
    changed_at [[int]] NOT NULL,
    changed_by TEXT NOT NULL,
    done_at [[int]]
)[[strict]];
CREATE INDEX desk_stories_open ON desk_stories (stage, changed_at, article_id) WHERE done_at IS NULL;
CREATE INDEX desk_stories_done ON desk_stories (done_at, article_id) WHERE done_at IS NOT NULL;

-- What the newsroom says to itself about a story. kind: note, returned.
CREATE TABLE desk_notes (
    id [[identity]],
    article_id [[int]] NOT NULL REFERENCES articles (id),
    kind [[key]] NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    noted_at [[int]] NOT NULL
)[[strict]];
CREATE INDEX desk_notes_article ON desk_notes (article_id, noted_at);

CREATE INDEX releases_failed ON releases (release_at) WHERE failure IS NOT NULL;
