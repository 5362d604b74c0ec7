-- What falls due (docs/decisions/0050), derived from the fields of a record and kept with its head: `at` the last instant, `day` when
-- it is due by the end of a day ('' else), `owner_id` the person who answers for the record, `moved_at` when its status last changed,
-- `changed_at` and `revision` when and how often the deadline itself moved, `next_at` when the next reminder may be due (absent: none).
CREATE TABLE due(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    rid INTEGER NOT NULL REFERENCES record(rid) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    register TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    legal INTEGER NOT NULL,
    owner_id BLOB,
    moved_at INTEGER,
    changed_at INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    PRIMARY KEY(rid, kind, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_when ON due(organisation_id, at, rid);
CREATE INDEX due_everywhere ON due(at, rid);
CREATE INDEX due_register ON due(organisation_id, register);
CREATE INDEX due_owner ON due(owner_id, at) WHERE owner_id IS NOT NULL;
CREATE INDEX due_next ON due(next_at) WHERE next_at IS NOT NULL;

-- Reminders that were given: one row for each step of each deadline, for ever. `due_at` belongs to what it is: a deadline that moved is
-- another one.
CREATE TABLE reminder_sent(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    rung TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, record_id, kind, place, due_at, rung)
) STRICT, WITHOUT ROWID;

-- Somebody said that they see to it: until the next step nobody else is called.
CREATE TABLE due_taken(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    taken_by BLOB NOT NULL,
    PRIMARY KEY(organisation_id, record_id, kind, place, due_at)
) STRICT, WITHOUT ROWID;

-- Steps that an organisation adds to those of law/ladders.csv, or (`told` empty) does without.
CREATE TABLE reminder_rung(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    rung TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY(organisation_id, kind, rung)
) STRICT, WITHOUT ROWID;

-- What waits for the next letter that gathers.
CREATE TABLE reminder_waiting(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    PRIMARY KEY(person_id, organisation_id, record_id, kind, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_waiting_organisation ON reminder_waiting(organisation_id);

-- How often a person wants that letter: daily, weekly. `sent_on`: the day of the last.
CREATE TABLE reminder_choice(
    person_id BLOB PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    sent_on TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- All is judged again at the next start: so the table is filled.
DELETE FROM installation WHERE key='judged_on';
