-- Where the audit trail ends, kept beside it: rows cut off its end show. It goes on from this hash, so that the gap stays.
CREATE TABLE audit_end (
    id [[int]] PRIMARY KEY CHECK (id = 1),
    entries [[int]] NOT NULL,
    hash [[key]] NOT NULL
)[[strict]];
INSERT INTO audit_end (id, entries, hash) SELECT 1, count(*), coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '') FROM audit;

CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX audit_verb ON audit (verb, id);
CREATE INDEX audit_article ON audit (article_id, id);

-- The trail is only added to. It never holds a story's words, so no purge has to change it.
[[sqlite]]
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
[[/sqlite]]
[[postgres]]
CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();
[[/postgres]]
