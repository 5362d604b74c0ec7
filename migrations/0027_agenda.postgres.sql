-- The second belt, as in 0007.
ALTER TABLE due ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON due USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE reminder_sent ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON reminder_sent USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE due_taken ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON due_taken USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE reminder_rung ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON reminder_rung USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE reminder_waiting ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON reminder_waiting USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
