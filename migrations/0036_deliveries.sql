-- Answers to requests of people, given behind their follow-up address and a code (src/reception/deliveries). code_hash: keyed by this
-- installation and salted by the row, in hexadecimal; a code is nothing elsewhere. Names of files stay in the record, under its key.
CREATE TABLE delivery(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL,
    code_way TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    most_downloads INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    try_again_at INTEGER,
    locked_at INTEGER,
    withdrawn_at INTEGER,
    withdrawn_by BLOB,
    PRIMARY KEY(organisation_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_record ON delivery(organisation_id, record_id);

CREATE TABLE delivery_file(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    delivery_id BLOB NOT NULL,
    attachment_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    downloads INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(organisation_id, delivery_id, attachment_id)
) STRICT, WITHOUT ROWID;

-- The proof: what was tried and taken, when, from which part of the network.
CREATE TABLE delivery_trace(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    delivery_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    network TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY(organisation_id, delivery_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_defaults(
    organisation_id BLOB PRIMARY KEY REFERENCES organisation(id) ON DELETE CASCADE,
    downloads INTEGER NOT NULL,
    days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Records that are not purged when their time has come, and why (src/reception/purge).
CREATE TABLE purge_hold(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    placed_at INTEGER NOT NULL,
    placed_by BLOB NOT NULL,
    reason TEXT NOT NULL,
    lifted_at INTEGER,
    lifted_by BLOB,
    PRIMARY KEY(organisation_id, record_id, placed_at)
) STRICT, WITHOUT ROWID;

-- When those who answer for it were told that a record is about to be purged: none is before they had time to hold it.
CREATE TABLE purge_notice(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    told_on TEXT NOT NULL,
    PRIMARY KEY(organisation_id, record_id)
) STRICT, WITHOUT ROWID;
