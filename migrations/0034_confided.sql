-- Notes confided to the data protection officer (docs/decisions/0051): whether an organisation has any is asked at each sign of life of
-- somebody who may not read them.
CREATE INDEX record_confided ON record(register, organisation_id) WHERE register='notes';
