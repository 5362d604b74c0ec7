-- Indexes, in words every engine understands. They run after the tables of this engine.

CREATE INDEX organisation_parent ON organisation(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX organisation_former ON organisation_slug(organisation_id);

-- One role is held once; the empty organisation needs an index of its own, for NULLs never collide.
CREATE UNIQUE INDEX membership_once ON membership(person_id, organisation_id, role)
    WHERE revoked_at IS NULL AND organisation_id IS NOT NULL;
CREATE UNIQUE INDEX membership_installation_once ON membership(person_id, role)
    WHERE revoked_at IS NULL AND organisation_id IS NULL;
CREATE INDEX membership_organisation ON membership(organisation_id);
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX session_person ON session(person_id);
CREATE INDEX session_expiry ON session(expires_at);
CREATE INDEX one_time_link_person ON one_time_link(person_id);
CREATE INDEX api_token_organisation ON api_token(organisation_id);
CREATE INDEX api_token_person ON api_token(person_id);

-- Partial: lists and counts must not visit deleted rows (storage.md, trap 5).
CREATE INDEX record_title ON record(organisation_id, register, title_key, id) WHERE deleted_at IS NULL;
CREATE INDEX record_updated ON record(organisation_id, register, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX record_status ON record(organisation_id, register, status, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_recent ON record(organisation_id, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_due ON record(due_at, organisation_id, register) WHERE deleted_at IS NULL AND due_at IS NOT NULL;
-- What is to be looked at again soon, in one organisation.
CREATE INDEX record_review ON record(organisation_id, review_at) WHERE deleted_at IS NULL AND review_at IS NOT NULL;
CREATE INDEX record_all ON record(register, updated_at) WHERE deleted_at IS NULL;
CREATE INDEX record_worst ON record(organisation_id, worst_finding, register) WHERE deleted_at IS NULL AND worst_finding > 0;
-- Not partial: also serves the trash, and the lists of a past date.
CREATE INDEX record_reference ON record(organisation_id, register, reference, id);
CREATE UNIQUE INDEX record_import_key ON record(organisation_id, register, import_key) WHERE import_key IS NOT NULL;

CREATE UNIQUE INDEX term_of_organisation ON term(organisation_id, list, code) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX term_of_installation ON term(list, code) WHERE organisation_id IS NULL;
CREATE INDEX attachment_content ON attachment_blob(organisation_id, sha256);

CREATE INDEX import_run_organisation ON import_run(organisation_id, created_at);
CREATE INDEX job_waiting ON job(state, created_at);
CREATE INDEX job_organisation ON job(organisation_id, created_at);
CREATE INDEX idempotency_age ON idempotency(created_at);
