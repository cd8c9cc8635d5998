-- Times are microseconds since 1970. Tokens and proofs are known by their SHA-256 alone.

-- One login. Without a subject it is only remembered as ended: its access tokens came without a refresh token.
CREATE TABLE axum_scopes_session (
    id BLOB NOT NULL PRIMARY KEY,
    subject TEXT,
    client_id TEXT,
    scope TEXT,
    bound_key BLOB,
    started_at INTEGER,
    expires_at INTEGER,
    ended_at INTEGER,
    -- From then on, nobody needs the row.
    keep_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX axum_scopes_session_subject ON axum_scopes_session (subject, started_at);
CREATE INDEX axum_scopes_session_ended ON axum_scopes_session (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX axum_scopes_session_keep ON axum_scopes_session (keep_until);

-- No foreign key: each refresh would lock the session, and a token without a session grants nothing.
CREATE TABLE axum_scopes_refresh_token (
    digest BLOB NOT NULL PRIMARY KEY,
    session BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    -- The digest of the token that was given for this one.
    successor BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX axum_scopes_refresh_token_session ON axum_scopes_refresh_token (session);
CREATE INDEX axum_scopes_refresh_token_expires ON axum_scopes_refresh_token (expires_at);

CREATE TABLE axum_scopes_personal_token (
    digest BLOB NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX axum_scopes_personal_token_subject ON axum_scopes_personal_token (subject, created_at);
CREATE INDEX axum_scopes_personal_token_expires ON axum_scopes_personal_token (expires_at) WHERE expires_at IS NOT NULL;

-- The generic cell rate algorithm: at this time, all attempts are back.
CREATE TABLE axum_scopes_throttle (
    digest BLOB NOT NULL PRIMARY KEY,
    arrival INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX axum_scopes_throttle_arrival ON axum_scopes_throttle (arrival);

-- Proofs of possession that were used (RFC 9449).
CREATE TABLE axum_scopes_proof (
    digest BLOB NOT NULL PRIMARY KEY,
    keep_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX axum_scopes_proof_keep ON axum_scopes_proof (keep_until);
