-- The second belt, as in 0007.
ALTER TABLE see_as_consent ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON see_as_consent USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE see_as_visit ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON see_as_visit USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE movement_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON movement_item USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE movement ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON movement USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE movement_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON movement_step USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
