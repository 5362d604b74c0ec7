-- The second belt, as in 0007.
ALTER TABLE record_reader ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON record_reader USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE membership_service ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON membership_service USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
