-- "It protects everything" is a filter from now on: measures written before are marked as their next save would.
UPDATE record_text SET scope = scope || ' xeverywherexyes'
WHERE rid IN (SELECT r.rid FROM record r JOIN record_body b ON b.rid = r.rid WHERE r.register = 'measures' AND json_extract(b.body, '$.everywhere') = 1);
