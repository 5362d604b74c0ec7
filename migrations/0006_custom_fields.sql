-- Fields that an organisation adds to a register, for itself and those below it in the tree. The kind never changes;
-- a field is retired, never deleted: records and their versions go on naming it. Order on pages: position, then code.

CREATE TABLE custom_field(
    organisation_id BLOB NOT NULL REFERENCES organisation(id),
    register TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    label_fr TEXT NOT NULL,
    label_en TEXT NOT NULL,
    help_fr TEXT NOT NULL,
    help_en TEXT NOT NULL,
    section TEXT NOT NULL,
    target TEXT NOT NULL,
    required INTEGER NOT NULL DEFAULT 0,
    in_list INTEGER NOT NULL DEFAULT 0,
    searchable INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(organisation_id, register, code)
) STRICT, WITHOUT ROWID;

-- Answers of the fields that are a choice.
CREATE TABLE custom_option(
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    label_fr TEXT NOT NULL,
    label_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(organisation_id, register, field, code),
    FOREIGN KEY(organisation_id, register, field) REFERENCES custom_field(organisation_id, register, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
