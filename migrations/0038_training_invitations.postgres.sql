-- The second belt, as in 0007.
ALTER TABLE training_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON training_invitation USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
