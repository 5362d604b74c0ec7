-- Saved views of the registers' lists, what a person chose for a list, and bulk acts with their undo.

-- state is the list's address without page: q, status, filter, findings, overdue, deleted, sort, per_page, columns.
-- owner_id is a membership, as in versions: a view belongs to one person in one organisation.
CREATE TABLE saved_view(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    owner_id BLOB NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_view_register ON saved_view(organisation_id, register);

-- columns: names separated by commas, empty for the usual ones.
CREATE TABLE list_choice(
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    owner_id BLOB NOT NULL,
    columns TEXT NOT NULL DEFAULT '',
    default_view BLOB,
    PRIMARY KEY(organisation_id, register, owner_id)
) STRICT, WITHOUT ROWID;

-- One thing done to many records: a bulk act of a list, an import. request is a JSON object of what was asked,
-- without personal data of anyone's record but the values to set.
CREATE TABLE act(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    actor_id BLOB NOT NULL,
    request TEXT NOT NULL DEFAULT '{}',
    asked INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    finished_at INTEGER,
    undone_at INTEGER,
    undone_by BLOB,
    undone INTEGER NOT NULL DEFAULT 0,
    not_undone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX act_organisation ON act(organisation_id, created_at);

-- What it meant to do to each record (seen_version is the one its author saw), and what it did: before_version 0 is
-- a record that did not exist. outcome: '' to do, done, same, refused; undo_outcome: '' not undone, done, refused.
CREATE TABLE act_step(
    act_id BLOB NOT NULL REFERENCES act(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    register TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    seen_version INTEGER NOT NULL DEFAULT 0,
    before_version INTEGER NOT NULL DEFAULT 0,
    after_version INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    arguments TEXT NOT NULL DEFAULT '{}',
    undo_outcome TEXT NOT NULL DEFAULT '',
    undo_code TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(act_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_step_order ON act_step(act_id, outcome, position);

-- Background work: who it was leased to last, so that a runner whose lease ran out cannot go on writing.
ALTER TABLE job ADD COLUMN lease_owner BLOB;
ALTER TABLE job ADD COLUMN finished_at INTEGER;
ALTER TABLE job ADD COLUMN cancel_asked INTEGER NOT NULL DEFAULT 0;
