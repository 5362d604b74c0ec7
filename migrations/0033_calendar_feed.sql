-- Addresses at which a person's calendar program reads what falls due for them (docs/decisions/0050). token_hash: SHA-256 in hexadecimal.
-- `organisations`: those that were chosen, ids in hexadecimal with blanks between them; empty: all of the person's, of each day.
CREATE TABLE calendar_feed(
    token_hash TEXT PRIMARY KEY,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    organisations TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_feed_person ON calendar_feed(person_id, created_at);
