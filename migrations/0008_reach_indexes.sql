-- Whoever serves a thousand organisations holds a thousand roles: each page asks for one organisation's, and for the
-- installation's, which have none; a search over all of them reads the roles from the index alone.
DROP INDEX membership_person;
CREATE INDEX membership_person ON membership(person_id, organisation_id, revoked_at, role);

-- The newest records are walked past those of other people's organisations without reading these.
DROP INDEX record_latest;
CREATE INDEX record_latest ON record(updated_at, organisation_id) WHERE deleted_at IS NULL;
