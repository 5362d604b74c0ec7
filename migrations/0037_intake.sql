-- Messages that became records (src/reception/intake): one that comes again is known by its Message-ID, kept as its SHA-256.
CREATE TABLE intake_message(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    register TEXT NOT NULL,
    message_hash TEXT NOT NULL,
    record_id BLOB NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, register, message_hash)
) STRICT, WITHOUT ROWID;

-- How far each mailbox of this installation was read (src/app/mail_room), and what went wrong last.
CREATE TABLE intake_box(
    name TEXT PRIMARY KEY,
    validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;
