-- Mappings of spreadsheet columns, saved per source, and what an import's undo needs beyond its act.

-- headings: those of the file it was made on, folded, one a line: a file with the same ones gets it proposed.
CREATE TABLE import_mapping(
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL,
    register TEXT NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    headings TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX import_mapping_name ON import_mapping(organisation_id, register, folded_name);

-- What the source had said of a record before an import changed it: undone, the same file tells the same news again.
CREATE TABLE import_before(
    run_id BLOB NOT NULL REFERENCES import_run(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY(run_id, record_id)
) STRICT, WITHOUT ROWID;
