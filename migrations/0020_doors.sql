-- Seeing the product as somebody else: asked for with a reason, consented to by that person or by the controller's representative, for
-- a time; and each time it was done. `state`: asked, given, refused, withdrawn. `basis`: "" until it is given, then person or controller.
CREATE TABLE see_as_consent(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    asked_by BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    days INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    basis TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    answered_by BLOB,
    answer TEXT NOT NULL DEFAULT '',
    ends_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX see_as_consent_organisation ON see_as_consent(organisation_id, asked_at);
CREATE INDEX see_as_consent_person ON see_as_consent(person_id);
CREATE INDEX see_as_consent_asker ON see_as_consent(asked_by);

-- `base`: what addresses begin with, for the mail that tells of its end. `ended`: "" while it lasts, then button, time, consent or sign_out.
CREATE TABLE see_as_visit(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    consent_id BLOB NOT NULL REFERENCES see_as_consent(id) ON DELETE CASCADE,
    session_hash BLOB NOT NULL,
    visitor_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    base TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX see_as_visit_session ON see_as_visit(session_hash) WHERE ended_at IS NULL;
CREATE INDEX see_as_visit_due ON see_as_visit(until_at) WHERE ended_at IS NULL;
CREATE INDEX see_as_visit_consent ON see_as_visit(consent_id);
CREATE INDEX see_as_visit_organisation ON see_as_visit(organisation_id);
CREATE INDEX see_as_visit_visitor ON see_as_visit(visitor_id);
CREATE INDEX see_as_visit_person ON see_as_visit(person_id);

-- What is to be done when somebody joins, changes post or leaves, in the words of the organisation; of an organisation without rows, the
-- words the program comes with hold (accounts/movements.cpp). `kind`: joiner, mover, leaver.
CREATE TABLE movement_item(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    who TEXT NOT NULL,
    days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX movement_item_organisation ON movement_item(organisation_id, kind, position);

-- One person's arrival, change or departure. Names are kept as they stood: the evidence must be read after people have left. `rights`: what
-- the departure took back in one act, in numbers.
CREATE TABLE movement(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    person_id BLOB,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    note TEXT NOT NULL,
    day TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    opened_by BLOB NOT NULL,
    closed_at INTEGER,
    closed_by BLOB,
    left_at INTEGER,
    left_by BLOB,
    successor TEXT NOT NULL DEFAULT '',
    rights TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX movement_organisation ON movement(organisation_id, opened_at);

CREATE TABLE movement_step(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    movement_id BLOB NOT NULL REFERENCES movement(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    who TEXT NOT NULL,
    due TEXT NOT NULL,
    done_at INTEGER,
    done_by BLOB,
    PRIMARY KEY(movement_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX movement_step_organisation ON movement_step(organisation_id);

-- Minutes a session may stand idle: by the settings of the installation and the roles of its person.
ALTER TABLE session ADD COLUMN idle INTEGER NOT NULL DEFAULT 120;
