ALTER TABLE record_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_key USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE sealed_lookup ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON sealed_lookup USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
