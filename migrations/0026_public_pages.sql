-- Public pages (src/reception). Which are open in this installation: an organisation that arrives from elsewhere opens its own.
CREATE TABLE public_page(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    opened_by BLOB NOT NULL,
    PRIMARY KEY(organisation_id, page)
) STRICT, WITHOUT ROWID;

-- What it says on them in its own words, and what it chose to show (codes, with commas).
CREATE TABLE public_words(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    words_fr TEXT NOT NULL,
    words_en TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY(organisation_id, page)
) STRICT, WITHOUT ROWID;

-- Addresses at which a person follows what they sent. token_hash: SHA-256 in hexadecimal, so that it travels with the archive.
CREATE TABLE follow_up(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL,
    record_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY(organisation_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_record ON follow_up(organisation_id, record_id);

-- Forms that were kept, by the signed word they carried: one that is sent twice is kept once. Forgotten when that word has ended.
CREATE TABLE public_form(
    organisation_id BLOB NOT NULL REFERENCES organisation(id) ON DELETE CASCADE,
    word TEXT NOT NULL,
    reference TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY(organisation_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX public_form_received ON public_form(received_at);
