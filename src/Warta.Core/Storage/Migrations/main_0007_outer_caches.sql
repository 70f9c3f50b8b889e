-- How far the caches in front of a node have been told what changed: the number of an act, and the masthead that pages bore then.
CREATE TABLE outer_caches (
    node [[key]] NOT NULL,
    title_id [[int]] NOT NULL,
    told [[int]] NOT NULL,
    masthead [[key]] NOT NULL,
    PRIMARY KEY (node, title_id)
)[[by_key]];
