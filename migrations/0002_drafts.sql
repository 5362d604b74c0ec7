-- What a person has typed in a form and not saved yet: the raw form, invalid values included. Never checked, never
-- searched, in no ledger and no export; only its author reads it. record_id is sixteen zero bytes for a new record.
-- form names the page it was typed in: another page (another tab, another device) does not overwrite it unseen.
CREATE TABLE draft(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    register TEXT NOT NULL,
    record_id BLOB NOT NULL,
    form BLOB NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY(organisation_id, person_id, register, record_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_age ON draft(saved_at);
CREATE INDEX draft_person ON draft(person_id);
