-- Reviews of access: who had which right when it began, and what was decided of each. Names are kept as they stood: the evidence must
-- be read after people have left.
CREATE TABLE access_review(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    started_by BLOB NOT NULL,
    finished_at INTEGER,
    finished_by BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX access_review_organisation ON access_review(organisation_id, started_at);
CREATE UNIQUE INDEX access_review_open ON access_review(organisation_id) WHERE finished_at IS NULL;

-- `subject`: a membership row or a token. `decision`: "" until there is one, then kept or removed.
CREATE TABLE access_review_line(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    review_id BLOB NOT NULL REFERENCES access_review(id) ON DELETE CASCADE,
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    from_above TEXT NOT NULL,
    since INTEGER NOT NULL,
    last_seen INTEGER,
    decision TEXT NOT NULL DEFAULT '',
    decided_at INTEGER,
    decided_by BLOB,
    PRIMARY KEY(review_id, subject)
) STRICT, WITHOUT ROWID;
