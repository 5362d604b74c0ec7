-- Roles on a branch of the tree, and roles that end. `branch`: this role also holds in every organisation below. `via`: this row
-- came down from that one; it is written and revoked with it, so that no question about rights ever walks the tree.
ALTER TABLE membership ADD COLUMN branch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE membership ADD COLUMN via BLOB;
ALTER TABLE membership ADD COLUMN ends_at INTEGER;
DROP INDEX membership_once;
CREATE UNIQUE INDEX membership_once ON membership(person_id, organisation_id, role)
    WHERE revoked_at IS NULL AND organisation_id IS NOT NULL AND via IS NULL;
-- Also what a right is looked up by, whether it was granted here or came down.
CREATE INDEX membership_held ON membership(person_id, organisation_id, role) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX membership_come_down ON membership(via, organisation_id) WHERE revoked_at IS NULL AND via IS NOT NULL;
CREATE INDEX membership_end ON membership(ends_at) WHERE revoked_at IS NULL AND ends_at IS NOT NULL;
-- All the rows of a person in an organisation, ended ones too: the first is their actor there.
CREATE INDEX membership_person_in ON membership(person_id, organisation_id);
DROP INDEX membership_person;
