-- Fields sealed at rest (docs/decisions/0035-sealed-fields.md). A record of a register that seals has a key of its own,
-- wrapped by a generation of its organisation's key, which organisation_key holds (purpose "records.<generation>")
-- wrapped by the installation's. wrapped is NULL once the key was destroyed: the line stays to say so.
CREATE TABLE record_key(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    register TEXT NOT NULL,
    generation INTEGER NOT NULL,
    wrapped BLOB,
    destroyed_at INTEGER,
    PRIMARY KEY(organisation_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_key_generation ON record_key(organisation_id, generation) WHERE wrapped IS NOT NULL;

-- Equality on what is sealed: a keyed hash of the folded value, under a key derived from that generation's.
CREATE TABLE sealed_lookup(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    register TEXT NOT NULL,
    field TEXT NOT NULL,
    hash BLOB NOT NULL,
    record_id BLOB NOT NULL,
    PRIMARY KEY(organisation_id, register, field, hash, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_lookup_record ON sealed_lookup(organisation_id, record_id);

-- 1: the wrapped key opens in its own line alone; 0: wrapped by a program from before that.
ALTER TABLE organisation_key ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;

-- The generation of the organisation's key that seals the draft's body; 0: it is not sealed.
ALTER TABLE draft ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;

-- The record whose key seals the content: of a register that seals; NULL: the organisation's key does.
ALTER TABLE attachment_blob ADD COLUMN record_id BLOB;
CREATE INDEX attachment_blob_record ON attachment_blob(organisation_id, record_id) WHERE record_id IS NOT NULL;
