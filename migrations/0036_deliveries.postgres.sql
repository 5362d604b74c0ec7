-- The second belt, as in 0007.
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON delivery USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE delivery_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON delivery_file USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE delivery_trace ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON delivery_trace USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE delivery_defaults ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON delivery_defaults USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE purge_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON purge_hold USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE purge_notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON purge_notice USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
