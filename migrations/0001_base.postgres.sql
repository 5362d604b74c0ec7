-- The index of words on PostgreSQL. A word of the record begins with "=", a token of scope does not: no typed word can
-- meet one. The words were split and folded by the program, so nothing here parses: they are taken as they stand.
ALTER TABLE record_text ADD COLUMN words tsvector GENERATED ALWAYS AS (
    array_to_tsvector(
        array_remove(string_to_array(scope, ' '), '') ||
        array_remove(array_remove(string_to_array(replace(' ' || title || ' ' || folded, ' ', ' ='), ' '), '='), ''))) STORED;
-- Without the list of pending entries, which stalls one save in a thousand for a second (storage.md, trap 13).
CREATE INDEX record_text_words ON record_text USING gin(words) WITH (fastupdate = off);

-- Room on the page for a record's next version of its columns.
ALTER TABLE record SET (fillfactor = 85);

-- The second belt (docs/decisions): where the program serves under an account that does not own the tables, a session that
-- says for which organisation it works sees no other's rows, whatever its statements say. One that says nothing sees all:
-- lists over organisations, and what concerns the installation. A CASE, for the planner takes it to hold for every second
-- row: of an equality it expects one row in two hundred, and leaves the index that has the order of a list.
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON ledger_entry USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE ledger_node ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON ledger_node USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE ledger_checkpoint ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON ledger_checkpoint USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE reference_counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON reference_counter USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE attachment_blob ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON attachment_blob USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE import_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON import_run USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON idempotency USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
