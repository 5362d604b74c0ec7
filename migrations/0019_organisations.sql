-- Modules an organisation does without (codes, with commas), its picture ("<sha256>.png", kept like an attachment) and its own
-- colour ("#rrggbb"): in the organisation's row, for every page reads it.
ALTER TABLE organisation ADD COLUMN modules_off TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN logo TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN accent TEXT NOT NULL DEFAULT '';

-- Organisations made together from a list: under which one (none: from the command line), from which model, by whom.
-- state: ready, making, made, undoing, undone.
CREATE TABLE founding(
    id BLOB PRIMARY KEY,
    under_id BLOB REFERENCES organisation(id) ON DELETE CASCADE,
    actor_id BLOB NOT NULL,
    person_id BLOB REFERENCES person(id) ON DELETE SET NULL,
    file_name TEXT NOT NULL,
    base TEXT NOT NULL,
    model_id BLOB,
    parts TEXT NOT NULL,
    state TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    made INTEGER NOT NULL DEFAULT 0,
    left_alone INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX founding_under ON founding(under_id, created_at);

-- One line each. `body` holds what the file said, until the organisation is made; `key` is what a later file finds it by;
-- `born` counts its ledger's entries at birth: one more, and somebody has written in it.
CREATE TABLE founding_line(
    founding_id BLOB NOT NULL REFERENCES founding(id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    made_id BLOB REFERENCES organisation(id) ON DELETE CASCADE,
    born INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(founding_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX founding_line_key ON founding_line(key) WHERE made_id IS NOT NULL;
CREATE INDEX founding_line_made ON founding_line(made_id) WHERE made_id IS NOT NULL;
