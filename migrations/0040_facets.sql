-- The bin of a register, and what went into it since an instant.
CREATE INDEX record_bin ON record(organisation_id, register, deleted_at) WHERE deleted_at IS NOT NULL;
