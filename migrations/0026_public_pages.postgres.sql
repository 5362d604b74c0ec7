-- The second belt, as in 0007.
ALTER TABLE public_page ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON public_page USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE public_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON public_words USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE follow_up ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON follow_up USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
ALTER TABLE public_form ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_organisation ON public_form USING (CASE coalesce(current_setting('greffier.organisation', true), '') WHEN '' THEN true
    ELSE organisation_id = decode(current_setting('greffier.organisation', true), 'hex') END);
