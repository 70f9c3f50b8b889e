-- What each act changed, by the keys that pages depend on, eight bytes each (little-endian). number is the act's last in the event log. Rows
-- are kept for as long as a page made before them may be asked for; one older than the oldest row is made anew.
CREATE TABLE changes (
    number [[int]] PRIMARY KEY,
    updated [[blob]] NOT NULL,
    gone [[blob]] NOT NULL,
    erased [[blob]] NOT NULL
)[[strict]];
