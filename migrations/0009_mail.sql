-- Mail that leaves, of the whole installation: written in the transaction of its cause, sent by whoever holds its lease.
-- sealed: what the message says, under a key of keys/, for it may hold an address that opens once; emptied once it is sent.
-- once_key: what is asked twice is sent once. said: what the mail server answered. away: the server's trouble, not the message's.
CREATE TABLE mail_outbox(
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    once_key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    person_id BLOB REFERENCES person(id) ON DELETE CASCADE,
    organisation_id BLOB REFERENCES organisation(id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    sealed BLOB,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER NOT NULL,
    lease_owner BLOB,
    lease_until INTEGER,
    problem TEXT NOT NULL DEFAULT '',
    said TEXT NOT NULL DEFAULT '',
    away INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_outbox_due ON mail_outbox(next_try) WHERE state='waiting';
CREATE INDEX mail_outbox_state ON mail_outbox(state, created_at);
CREATE INDEX mail_outbox_person ON mail_outbox(person_id) WHERE person_id IS NOT NULL;
CREATE INDEX mail_outbox_organisation ON mail_outbox(organisation_id) WHERE organisation_id IS NOT NULL;

-- Kinds of messages a person asked not to receive.
CREATE TABLE mail_refusal(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    refused_at INTEGER NOT NULL,
    PRIMARY KEY(person_id, kind)
) STRICT, WITHOUT ROWID;

-- Where a person signed in from: keyed hashes of a browser's cookie, and of a network with the browser's name.
CREATE TABLE sign_in_place(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    place BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY(person_id, place)
) STRICT, WITHOUT ROWID;
