-- Whoever serves a thousand organisations holds a thousand roles: each page asks for one organisation's, and for the
-- installation's, which have none.
DROP INDEX membership_person;
CREATE INDEX membership_person ON membership(person_id, organisation_id);
