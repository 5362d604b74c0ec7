-- Who came in, who was let in, what left: the journal of access. Ids and codes alone, no title and no value of a record. It is kept
-- for some months (setting journal-months); what people wrote is vouched for by the ledger, for ever.
CREATE TABLE journal_entry(
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    organisation_id BLOB,
    person_id BLOB,
    actor_id BLOB,
    subject TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    details TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_organisation ON journal_entry(organisation_id, at, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX journal_time ON journal_entry(at, id);
CREATE INDEX journal_person ON journal_entry(person_id) WHERE person_id IS NOT NULL;
