-- How many stories stand in each list, an empty one has no row: to count a list of a million stories takes longer than a page may. The database keeps it
-- itself, whatever comes into listings or leaves it; rows there are never updated.
CREATE TABLE listing_sizes (
    title_id [[int]] NOT NULL,
    kind [[key]] NOT NULL,
    key_id [[int]] NOT NULL,
    stories [[int]] NOT NULL,
    PRIMARY KEY (title_id, kind, key_id)
)[[by_key]];
INSERT INTO listing_sizes (title_id, kind, key_id, stories) SELECT title_id, kind, key_id, count(*) FROM listings GROUP BY title_id, kind, key_id;

[[sqlite]]
CREATE TRIGGER listings_grow AFTER INSERT ON listings BEGIN
    INSERT INTO listing_sizes (title_id, kind, key_id, stories) VALUES (NEW.title_id, NEW.kind, NEW.key_id, 1)
    ON CONFLICT (title_id, kind, key_id) DO UPDATE SET stories = stories + 1;
END;
CREATE TRIGGER listings_shrink AFTER DELETE ON listings BEGIN
    UPDATE listing_sizes SET stories = stories - 1 WHERE title_id = OLD.title_id AND kind = OLD.kind AND key_id = OLD.key_id;
    DELETE FROM listing_sizes WHERE title_id = OLD.title_id AND kind = OLD.kind AND key_id = OLD.key_id AND stories = 0;
END;
[[/sqlite]]
[[postgres]]
CREATE FUNCTION listings_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_sizes AS s (title_id, kind, key_id, stories)
    SELECT title_id, kind, key_id, count(*) FROM came GROUP BY title_id, kind, key_id
    ON CONFLICT (title_id, kind, key_id) DO UPDATE SET stories = s.stories + excluded.stories;
    RETURN NULL;
END $$;
CREATE FUNCTION listings_shrink() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing_sizes s SET stories = s.stories - g.stories
    FROM (SELECT title_id, kind, key_id, count(*) AS stories FROM gone GROUP BY title_id, kind, key_id) g
    WHERE s.title_id = g.title_id AND s.kind = g.kind AND s.key_id = g.key_id;
    DELETE FROM listing_sizes s USING gone g WHERE s.title_id = g.title_id AND s.kind = g.kind AND s.key_id = g.key_id AND s.stories = 0;
    RETURN NULL;
END $$;
CREATE TRIGGER listings_grow AFTER INSERT ON listings REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION listings_grow();
CREATE TRIGGER listings_shrink AFTER DELETE ON listings REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION listings_shrink();
[[/postgres]]
