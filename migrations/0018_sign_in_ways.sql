-- Signing in through a provider (OpenID Connect) or a directory (LDAP). Nothing of an organisation but where a role came from.

-- Who a provider's or a directory's account is here. Once made, a link is known by issuer and subject alone: an address
-- of mail that changes hands changes nobody's account.
CREATE TABLE linked_identity(
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    UNIQUE(issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_identity_person ON linked_identity(person_id);

-- The roles that a provider's groups gave: withdrawn as they were given. One given by hand has no row here.
CREATE TABLE membership_source(
    membership_id BLOB PRIMARY KEY REFERENCES membership(id) ON DELETE CASCADE,
    provider TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which sign-in of a provider a session (or a half sign-in) came from, to end both together. id_token: sealed, handed back to the
-- provider when one signs out.
CREATE TABLE session_origin(
    holder BLOB PRIMARY KEY,
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    provider_session TEXT NOT NULL,
    id_token BLOB,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_origin_subject ON session_origin(issuer, subject);
CREATE INDEX session_origin_end ON session_origin(expires_at);
