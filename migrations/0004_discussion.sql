-- Exchanges about a record, what the page tells people, and what each of them opened and keeps at hand.
-- None of it is the record's content: it stands in no version and in no ledger entry.

-- A thread is its first comment (thread_id is its own id) and the answers to it. Times are those of the server;
-- edited_at is absent while an edit came within the quarter of an hour after writing. A comment taken back while
-- others answered it keeps its row, without its words. Erasing a record takes its comments with it.
CREATE TABLE record_comment(
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    thread_id BLOB NOT NULL,
    author_id BLOB NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    deleted_at INTEGER,
    resolved_at INTEGER,
    resolved_by BLOB,
    PRIMARY KEY(organisation_id, id),
    FOREIGN KEY(organisation_id, record_id) REFERENCES record(organisation_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX record_comment_thread ON record_comment(organisation_id, record_id, thread_id, created_at);

-- Whom a comment calls by name; called is the name as it stands in the text, so that it is found again there.
CREATE TABLE record_mention(
    organisation_id BLOB NOT NULL,
    comment_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    called TEXT NOT NULL,
    PRIMARY KEY(organisation_id, comment_id, person_id),
    FOREIGN KEY(organisation_id, comment_id) REFERENCES record_comment(organisation_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What happened that concerns a person, whatever the organisation. Ids only: titles and words are read when it is
-- shown, by the rights of that day. detail is a status code or a count, never anybody's words.
CREATE TABLE notification(
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    organisation_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    register TEXT NOT NULL DEFAULT '',
    record_id BLOB,
    version INTEGER,
    comment_id BLOB,
    about_id BLOB,
    actor_id BLOB NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    read_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_person ON notification(person_id, created_at);
-- The bell counts on every page: it must visit nothing but what is unread.
CREATE INDEX notification_unread ON notification(person_id, organisation_id) WHERE read_at IS NULL;
CREATE INDEX notification_age ON notification(created_at);

-- The last records a person opened, a few per organisation.
CREATE TABLE record_opened(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    organisation_id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY(person_id, organisation_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_opened_last ON record_opened(person_id, opened_at);

CREATE TABLE record_favourite(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    organisation_id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY(person_id, organisation_id, record_id)
) STRICT, WITHOUT ROWID;

-- A broad word is looked for in the newest records, whoever they belong to: by date alone. Nothing read record_all, and
-- a save should not keep one index more than before.
DROP INDEX record_all;
CREATE INDEX record_latest ON record(updated_at) WHERE deleted_at IS NULL;
