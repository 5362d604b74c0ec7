-- The second belt, as in 0007.
ALTER TABLE access_review ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON access_review USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE access_review_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON access_review_line USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
