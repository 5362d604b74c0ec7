-- The bin of a register, and what went into it since an instant.
CREATE INDEX record_bin ON record(organisation_id, register, deleted_at) WHERE deleted_at IS NOT NULL;
-- What was written since an instant and was there already: created_at is read from the index.
DROP INDEX record_updated;
CREATE INDEX record_updated ON record(organisation_id, register, updated_at, id, created_at) WHERE deleted_at IS NULL;
-- The latest of one status, in the whole order of a list: a rare status is no walk through the register.
DROP INDEX record_status;
CREATE INDEX record_status ON record(organisation_id, register, status, updated_at, id) WHERE deleted_at IS NULL;
