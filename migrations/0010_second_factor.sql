-- Second factors of people. Nothing of an organisation: one person signs in once for all of theirs.

-- What the browser says it is, and when the person last proved anew who they are (0: never).
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;

-- The secret of an authenticator application, sealed by a key of its own derived from keys/data.key; the last step of
-- thirty seconds whose code was used; and one that waits for its first code.
CREATE TABLE authenticator(
    person_id BLOB PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    secret BLOB,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0,
    waiting BLOB,
    waiting_until INTEGER
) STRICT, WITHOUT ROWID;

-- Codes for the day the telephone is lost: a keyed hash of each.
CREATE TABLE recovery_code(
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY(person_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey(
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    credential_id BLOB NOT NULL UNIQUE,
    algorithm INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_person ON passkey(person_id);

-- Challenges that were answered, until they would have ended anyway: none is answered twice.
CREATE TABLE spent_challenge(
    challenge_hash BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Those whose password was right and whose second factor is awaited. No session: it opens nothing but its own pages.
CREATE TABLE half_sign_in(
    token_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    next TEXT NOT NULL,
    last_organisation BLOB,
    tries INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
