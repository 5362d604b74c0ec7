-- The index of words on PostgreSQL. A word of the record begins with "=", a token of scope does not: no typed word can
-- meet one. The words were split and folded by the program, so nothing here parses: they are taken as they stand.
ALTER TABLE record_text ADD COLUMN words tsvector GENERATED ALWAYS AS (
    array_to_tsvector(
        array_remove(string_to_array(scope, ' '), '') ||
        array_remove(array_remove(string_to_array(replace(' ' || title || ' ' || folded, ' ', ' ='), ' '), '='), ''))) STORED;
-- Without the list of pending entries, which stalls one save in a thousand for a second (storage.md, trap 13).
CREATE INDEX record_text_words ON record_text USING gin(words) WITH (fastupdate = off);

-- Room on the page for a record's next version of its columns.
ALTER TABLE record SET (fillfactor = 85);
