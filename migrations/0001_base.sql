-- The tables and their indexes, in the words every engine understands (see src/storage/dialect.hpp): INTEGER, TEXT, BLOB,
-- STRICT, WITHOUT ROWID, partial indexes. What an engine has of its own is in 0001_base.<engine>.sql, which runs after.
-- Ids are UUIDs in 16 bytes, instants are milliseconds since 1970 in UTC, booleans are 0 or 1.

CREATE TABLE schema_migration(
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

-- Settings of the whole installation.
CREATE TABLE installation(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Organisations and people -------------------------------------------------------------------------

CREATE TABLE organisation(
    id BLOB PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id BLOB REFERENCES organisation(id),
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    colour INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    archived_at INTEGER,
    ledger_origin TEXT NOT NULL DEFAULT '',
    is_demo INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Slugs an organisation had before: their addresses redirect, and nobody else may take them.
CREATE TABLE organisation_slug(
    slug TEXT PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Keys of an organisation, wrapped by the key in keys/.
CREATE TABLE organisation_key(
    organisation_id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY(organisation_id, purpose)
) STRICT, WITHOUT ROWID;

-- email is folded and decides who is who; email_shown is as it was typed.
CREATE TABLE person(
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    email_shown TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT,
    language TEXT NOT NULL DEFAULT '',
    theme TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    failed_count INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER
) STRICT, WITHOUT ROWID;

-- A role held by a person in an organisation; without organisation, in the installation.
CREATE TABLE membership(
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id),
    organisation_id BLOB REFERENCES organisation(id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session(
    token_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    csrf_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_organisation BLOB
) STRICT, WITHOUT ROWID;

-- Set-up, invitation and reset addresses; person_id is absent for the set-up of the installation.
CREATE TABLE one_time_link(
    token_hash BLOB PRIMARY KEY,
    purpose TEXT NOT NULL,
    person_id BLOB REFERENCES person(id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token(
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    organisation_id BLOB NOT NULL,
    person_id BLOB REFERENCES person(id),
    membership_id BLOB NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;

-- Records ------------------------------------------------------------------------------------------

-- What lists need; the body stands apart so that a list never reads it. rid is internal (SQLite's word index
-- wants an integer). worst_finding: 0 = none, else 1 + the severity of the worst finding.
CREATE TABLE record(
    rid INTEGER PRIMARY KEY,
    organisation_id BLOB NOT NULL,
    id BLOB NOT NULL,
    register TEXT NOT NULL,
    version INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    status TEXT NOT NULL,
    owner_id BLOB,
    due_at INTEGER,
    review_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    updated_by BLOB,
    deleted_at INTEGER,
    completeness INTEGER NOT NULL DEFAULT 0,
    worst_finding INTEGER NOT NULL DEFAULT 0,
    import_key TEXT,
    UNIQUE(organisation_id, id)
) STRICT;

CREATE TABLE record_body(
    rid INTEGER PRIMARY KEY REFERENCES record(rid) ON DELETE CASCADE,
    schema_version INTEGER NOT NULL DEFAULT 1,
    body TEXT NOT NULL
) STRICT;

-- Every version, never rewritten; erasing empties title, reason, decision, salt and body and leaves the row.
-- decided_by and decided_on (YYYY-MM-DD) are the controller's decision recorded with the act.
CREATE TABLE record_version(
    vid INTEGER PRIMARY KEY,
    rid INTEGER NOT NULL REFERENCES record(rid) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor_id BLOB,
    action TEXT NOT NULL DEFAULT 'update',
    reference TEXT,
    title TEXT,
    status TEXT,
    reason TEXT,
    ledger_sequence INTEGER,
    salt BLOB,
    codec INTEGER NOT NULL DEFAULT 0,
    body BLOB,
    UNIQUE(rid, version)
) STRICT;

-- Dictionaries of the compressed versions: losing one would lose the history, so they live with it.
CREATE TABLE codec(
    id INTEGER PRIMARY KEY,
    dictionary BLOB NOT NULL
) STRICT;

-- What a record points at, from one version to another (to_version is absent while it still does).
CREATE TABLE record_link(
    rid INTEGER NOT NULL REFERENCES record(rid) ON DELETE CASCADE,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    target BLOB NOT NULL,
    from_version INTEGER NOT NULL,
    to_version INTEGER,
    PRIMARY KEY(rid, field, position, from_version)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_link_target ON record_link(target);

-- severity: 0 advice, 1 minor, 2 major, 3 blocking.
CREATE TABLE finding(
    rid INTEGER NOT NULL REFERENCES record(rid) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    severity INTEGER NOT NULL,
    field TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    message_args TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY(rid, rule, place)
) STRICT, WITHOUT ROWID;

-- Folded words. scope holds the two tokens o<32 hexadecimal digits> and r<letters>.
CREATE TABLE record_text(
    rid INTEGER PRIMARY KEY REFERENCES record(rid) ON DELETE CASCADE,
    scope TEXT NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL
) STRICT;

-- The next number of generated references, such as T-0042.
CREATE TABLE reference_counter(
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, register)
) STRICT, WITHOUT ROWID;

-- Codes added to open lists; without organisation, for the whole installation.
CREATE TABLE term(
    organisation_id BLOB,
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    label_fr TEXT NOT NULL,
    label_en TEXT NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Content kept in attachments/, counted: the file goes when nothing holds it any more.
CREATE TABLE attachment_blob(
    organisation_id BLOB NOT NULL,
    storage_name TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, storage_name)
) STRICT, WITHOUT ROWID;

-- Exchange and background work ---------------------------------------------------------------------

-- The last imported row of a record: with it, a new import tells our changes from theirs.
CREATE TABLE import_base(
    rid INTEGER NOT NULL REFERENCES record(rid) ON DELETE CASCADE,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(rid, source)
) STRICT;

CREATE TABLE import_run(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    source TEXT NOT NULL,
    source_hash BLOB NOT NULL,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    cursor INTEGER NOT NULL DEFAULT 0,
    report TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    actor_id BLOB
) STRICT;

-- What each group of a run added to its report: rewriting the whole report per group would cost the square of the file.
CREATE TABLE import_part(
    run_id BLOB NOT NULL REFERENCES import_run(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY(run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE job(
    id BLOB PRIMARY KEY,
    organisation_id BLOB,
    actor_id BLOB,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    progress INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    payload TEXT NOT NULL DEFAULT '{}',
    result TEXT,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Answers already given to a POST, so that a repeated one changes nothing.
CREATE TABLE idempotency(
    organisation_id BLOB NOT NULL,
    key TEXT NOT NULL,
    actor_id BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    location TEXT NOT NULL DEFAULT '',
    etag TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, key, actor_id)
) STRICT;

-- The ledger ---------------------------------------------------------------------------------------

-- frontier is the open right edge after this entry, so that an append reads one row.
CREATE TABLE ledger_entry(
    organisation_id BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    entry TEXT NOT NULL,
    leaf BLOB NOT NULL,
    frontier BLOB NOT NULL,
    PRIMARY KEY(organisation_id, sequence)
) STRICT, WITHOUT ROWID;

-- Roots of complete subtrees of levels 8, 16, 24…
CREATE TABLE ledger_node(
    organisation_id BLOB NOT NULL,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY(organisation_id, level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_checkpoint(
    organisation_id BLOB NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, size)
) STRICT, WITHOUT ROWID;

-- Indexes ------------------------------------------------------------------------------------------

CREATE INDEX organisation_parent ON organisation(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX organisation_former ON organisation_slug(organisation_id);

-- One role is held once; the empty organisation needs an index of its own, for NULLs never collide.
CREATE UNIQUE INDEX membership_once ON membership(person_id, organisation_id, role)
    WHERE revoked_at IS NULL AND organisation_id IS NOT NULL;
CREATE UNIQUE INDEX membership_installation_once ON membership(person_id, role)
    WHERE revoked_at IS NULL AND organisation_id IS NULL;
CREATE INDEX membership_organisation ON membership(organisation_id);
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX session_person ON session(person_id);
CREATE INDEX session_expiry ON session(expires_at);
CREATE INDEX one_time_link_person ON one_time_link(person_id);
CREATE INDEX api_token_organisation ON api_token(organisation_id);
CREATE INDEX api_token_person ON api_token(person_id);

-- Partial: lists and counts must not visit deleted rows (storage.md, trap 5).
CREATE INDEX record_title ON record(organisation_id, register, title_key, id) WHERE deleted_at IS NULL;
CREATE INDEX record_updated ON record(organisation_id, register, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX record_status ON record(organisation_id, register, status, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_recent ON record(organisation_id, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_due ON record(due_at, organisation_id, register) WHERE deleted_at IS NULL AND due_at IS NOT NULL;
-- What is to be looked at again soon, in one organisation.
CREATE INDEX record_review ON record(organisation_id, review_at) WHERE deleted_at IS NULL AND review_at IS NOT NULL;
CREATE INDEX record_all ON record(register, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_worst ON record(organisation_id, worst_finding, register) WHERE deleted_at IS NULL AND worst_finding > 0;
-- Not partial: also serves the trash, and the lists of a past date.
CREATE INDEX record_reference ON record(organisation_id, register, reference, id);
CREATE UNIQUE INDEX record_import_key ON record(organisation_id, register, import_key) WHERE import_key IS NOT NULL;

CREATE UNIQUE INDEX term_of_organisation ON term(organisation_id, list, code) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX term_of_installation ON term(list, code) WHERE organisation_id IS NULL;
CREATE INDEX attachment_content ON attachment_blob(organisation_id, sha256);

CREATE INDEX import_run_organisation ON import_run(organisation_id, created_at);
CREATE INDEX job_waiting ON job(state, created_at);
CREATE INDEX job_organisation ON job(organisation_id, created_at);
CREATE INDEX idempotency_age ON idempotency(created_at);
