-- Who sees what inside one organisation (docs/decisions/0036). `service`: the service the record says it belongs to, folded as people
-- compare words; '' when it names none, '*' when it is everybody's, '?' until the program has looked: what nobody has looked at is
-- no limited contributor's. `restricted`: seen by those who answer for data protection, and by the people named on it.
ALTER TABLE record ADD COLUMN service TEXT NOT NULL DEFAULT '?';
ALTER TABLE record ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX record_restricted ON record(organisation_id) WHERE restricted=1;
CREATE INDEX record_service_unknown ON record(organisation_id) WHERE service='?';

-- The people named on a record: they see it when it is restricted, and an external author sees nothing else.
CREATE TABLE record_reader(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    named_at INTEGER NOT NULL,
    named_by BLOB NOT NULL,
    PRIMARY KEY(organisation_id, record_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_reader_person ON record_reader(person_id);

-- `limited`: this role of contributor holds for the services below alone. It is said apart from them, so that a role whose last
-- service went away opens nothing.
ALTER TABLE membership ADD COLUMN limited INTEGER NOT NULL DEFAULT 0;
CREATE TABLE membership_service(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    membership_id BLOB NOT NULL REFERENCES membership(id) ON DELETE CASCADE,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY(membership_id, service)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_service_organisation ON membership_service(organisation_id);
CREATE INDEX membership_limited ON membership(person_id) WHERE limited=1;
CREATE INDEX membership_role ON membership(person_id, role) WHERE revoked_at IS NULL;
