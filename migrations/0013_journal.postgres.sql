-- The second belt, as in 0007: a session that works for one organisation sees its entries alone.
ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON journal_entry USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
