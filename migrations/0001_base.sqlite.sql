-- The index of words on SQLite: FTS5 over record_text.

CREATE VIRTUAL TABLE record_fts USING fts5(scope, title, folded, content='record_text', content_rowid='rid',
    tokenize='unicode61 remove_diacritics 0', detail=column);

-- The index must be told the exact former words, or it is silently corrupted: so nobody but these may tell it.
CREATE TRIGGER record_text_added AFTER INSERT ON record_text BEGIN
    INSERT INTO record_fts(rowid, scope, title, folded) VALUES(new.rid, new.scope, new.title, new.folded);
END;
CREATE TRIGGER record_text_removed AFTER DELETE ON record_text BEGIN
    INSERT INTO record_fts(record_fts, rowid, scope, title, folded)
    VALUES('delete', old.rid, old.scope, old.title, old.folded);
END;
CREATE TRIGGER record_text_changed AFTER UPDATE ON record_text
WHEN old.scope <> new.scope OR old.title <> new.title OR old.folded <> new.folded BEGIN
    INSERT INTO record_fts(record_fts, rowid, scope, title, folded)
    VALUES('delete', old.rid, old.scope, old.title, old.folded);
    INSERT INTO record_fts(rowid, scope, title, folded) VALUES(new.rid, new.scope, new.title, new.folded);
END;
