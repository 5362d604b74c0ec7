-- The second belt (see 0001_base.postgres.sql) on what came since: exchanges, drafts, views, acts, background work. What an
-- organisation shares down the tree (terms, fields) and who signs in stays without; a test of storage knows the list.
ALTER TABLE organisation_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON organisation_key USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON job USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON draft USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON saved_view USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE list_choice ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON list_choice USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE act ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON act USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE record_comment ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_comment USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE record_mention ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_mention USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE notification ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON notification USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE record_opened ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_opened USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE record_favourite ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_favourite USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE import_mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON import_mapping USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
