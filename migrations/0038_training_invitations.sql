-- What was told whom of a session of training, by mail (src/overview/training_invitations): one row for each letter, for ever. `version`: of
-- the record it was written from, and the SEQUENCE of its calendar entry. `told`: a hash of what it said of when, where and who invites; one
-- who was told the same is not told again. `starts_at`: of the session as it was told. `checked`: the record's version that was last looked at.
CREATE TABLE training_invitation(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    address TEXT NOT NULL,
    version INTEGER NOT NULL,
    method TEXT NOT NULL,
    name TEXT NOT NULL,
    organiser TEXT NOT NULL,
    told TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    sent_by BLOB NOT NULL,
    checked INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, record_id, address, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_invitation_when ON training_invitation(starts_at);
