//! All that the stores ask the databases, in words that both understand. It imports nothing, so tests and the benchmark read it, too.
//!
//! Digests and names of sessions are bytes, times are microseconds. Of calls at the same time, one statement decides in each. It
//! waits for those before it, and then looks at the row that they have left.

pub(crate) const BEGIN_SESSION: &str = "INSERT INTO axum_scopes_session \
     (id, subject, client_id, scope, bound_key, started_at, expires_at, keep_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(crate) const KEEP_FIRST: &str =
    "INSERT INTO axum_scopes_refresh_token (digest, session, expires_at) VALUES ($1, $2, $3)";

pub(crate) const FIND_SESSION: &str = "SELECT s.id, s.subject, s.client_id, s.scope, s.bound_key, s.started_at, s.expires_at \
     FROM axum_scopes_refresh_token AS t JOIN axum_scopes_session AS s ON s.id = t.session \
     WHERE t.digest = $1 AND s.subject IS NOT NULL";

pub(crate) const SESSIONS_OF: &str = "SELECT id, subject, client_id, scope, bound_key, started_at, expires_at \
     FROM axum_scopes_session WHERE subject = $1 AND ended_at IS NULL AND expires_at > $2 \
     ORDER BY started_at DESC LIMIT $3";

pub(crate) const ENDED_SINCE: &str = "SELECT id, ended_at FROM axum_scopes_session WHERE ended_at >= $1";

/// A session that is not known is remembered, too. One that is known is kept as long as it would have been.
pub(crate) const END_ONE: &str = "INSERT INTO axum_scopes_session (id, ended_at, keep_until) VALUES ($1, $2, $3) \
     ON CONFLICT (id) DO UPDATE SET ended_at = $2, keep_until = \
         CASE WHEN axum_scopes_session.keep_until < $3 THEN $3 ELSE axum_scopes_session.keep_until END \
     WHERE axum_scopes_session.ended_at IS NULL";

pub(crate) const REMEMBER_ONE: &str =
    "UPDATE axum_scopes_session SET keep_until = $2 WHERE id = $1 AND keep_until < $2";

pub(crate) const END_OWN: &str = "UPDATE axum_scopes_session \
     SET ended_at = $2, keep_until = CASE WHEN keep_until < $3 THEN $3 ELSE keep_until END \
     WHERE id = $4 AND subject = $1 AND ended_at IS NULL";

pub(crate) const END_ALL: &str = "UPDATE axum_scopes_session \
     SET ended_at = $2, keep_until = CASE WHEN keep_until < $3 THEN $3 ELSE keep_until END \
     WHERE subject = $1 AND id <> $4 AND ended_at IS NULL RETURNING id";

pub(crate) const REMEMBER_ALL: &str = "UPDATE axum_scopes_session SET keep_until = $2 \
     WHERE subject = $1 AND id <> $3 AND ended_at IS NOT NULL AND keep_until < $2";

/// A token that was used is used again only with the same successor. A service with another key must not get a second one from it.
pub(crate) const USE_TOKEN: &str = "UPDATE axum_scopes_refresh_token \
     SET used_at = COALESCE(used_at, $2), successor = COALESCE(successor, $3) \
     WHERE digest = $1 AND expires_at > $2 \
     AND (used_at IS NULL OR (used_at > $4 AND successor = $3 AND NOT EXISTS \
         (SELECT 1 FROM axum_scopes_refresh_token AS next WHERE next.digest = $3 AND next.used_at IS NOT NULL))) \
     AND EXISTS (SELECT 1 FROM axum_scopes_session AS s \
         WHERE s.id = axum_scopes_refresh_token.session AND s.ended_at IS NULL AND s.expires_at > $2)";

pub(crate) const KEEP_SUCCESSOR: &str = "INSERT INTO axum_scopes_refresh_token (digest, session, expires_at) VALUES ($1, $2, $3) \
     ON CONFLICT (digest) DO NOTHING";

/// A call that was there before the successor was used is not the work of a thief. It has waited, and its client has gone on.
pub(crate) const WAS_USED: &str = "SELECT 1 FROM axum_scopes_refresh_token AS t \
     WHERE t.digest = $1 AND t.used_at IS NOT NULL AND NOT (t.successor = $2 AND EXISTS \
         (SELECT 1 FROM axum_scopes_refresh_token AS next WHERE next.digest = $2 AND next.used_at > $3))";

pub(crate) const END_REUSED: &str = "UPDATE axum_scopes_session \
     SET ended_at = $2, keep_until = CASE WHEN keep_until < $3 THEN $3 ELSE keep_until END \
     WHERE id = $1 AND ended_at IS NULL";

pub(crate) const CREATE_PERSONAL: &str = "INSERT INTO axum_scopes_personal_token \
     (digest, id, subject, name, scope, created_at, expires_at, used_at) SELECT $1, $2, $3, $4, $5, $6, $7, $8 \
     WHERE (SELECT COUNT(*) FROM axum_scopes_personal_token \
         WHERE subject = $3 AND (expires_at IS NULL OR expires_at > $6)) < $9";

pub(crate) const FIND_PERSONAL: &str = "SELECT id, subject, name, scope, created_at, expires_at, used_at \
     FROM axum_scopes_personal_token WHERE digest = $1 AND (expires_at IS NULL OR expires_at > $2)";

pub(crate) const NOTE_PERSONAL: &str =
    "UPDATE axum_scopes_personal_token SET used_at = $2 WHERE digest = $1 AND (used_at IS NULL OR used_at <= $3)";

pub(crate) const LIST_PERSONAL: &str = "SELECT id, subject, name, scope, created_at, expires_at, used_at \
     FROM axum_scopes_personal_token WHERE subject = $1 AND (expires_at IS NULL OR expires_at > $2) \
     ORDER BY created_at DESC";

pub(crate) const DELETE_PERSONAL: &str = "DELETE FROM axum_scopes_personal_token WHERE subject = $1 AND id = $2";

pub(crate) const DELETE_ALL_PERSONAL: &str = "DELETE FROM axum_scopes_personal_token WHERE subject = $1";

pub(crate) const ARRIVAL: &str = "SELECT arrival FROM axum_scopes_throttle WHERE digest = $1";

/// It changes a row if the attempt is allowed.
pub(crate) const TAKE: &str = "INSERT INTO axum_scopes_throttle (digest, arrival) VALUES ($1, $2 + $3) \
     ON CONFLICT (digest) DO UPDATE SET arrival = \
         CASE WHEN axum_scopes_throttle.arrival > $2 THEN axum_scopes_throttle.arrival ELSE $2 END + $3 \
     WHERE axum_scopes_throttle.arrival <= $4";

/// For a time that no clock of a replica can have made that is right.
pub(crate) const BRING_BACK: &str = "UPDATE axum_scopes_throttle SET arrival = $2 WHERE digest = $1 AND arrival > $3";

pub(crate) const GIVE_BACK: &str =
    "UPDATE axum_scopes_throttle SET arrival = arrival - $2 WHERE digest = $1 AND arrival > $3";

pub(crate) const USE_PROOF: &str =
    "INSERT INTO axum_scopes_proof (digest, keep_until) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";

pub(crate) const EXPIRED_TOKENS: &str = "DELETE FROM axum_scopes_refresh_token WHERE digest IN \
     (SELECT digest FROM axum_scopes_refresh_token WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";

pub(crate) const TOKENS_OF_EXPIRED: &str = "DELETE FROM axum_scopes_refresh_token WHERE digest IN \
     (SELECT t.digest FROM axum_scopes_session AS s JOIN axum_scopes_refresh_token AS t ON t.session = s.id \
      WHERE s.keep_until <= $1 LIMIT $2)";

pub(crate) const EXPIRED_SESSIONS: &str = "DELETE FROM axum_scopes_session WHERE id IN \
     (SELECT id FROM axum_scopes_session AS s WHERE keep_until <= $1 \
      AND NOT EXISTS (SELECT 1 FROM axum_scopes_refresh_token AS t WHERE t.session = s.id) \
      ORDER BY keep_until LIMIT $2) AND keep_until <= $1";

pub(crate) const EXPIRED_PERSONAL: &str = "DELETE FROM axum_scopes_personal_token WHERE digest IN \
     (SELECT digest FROM axum_scopes_personal_token WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";

pub(crate) const FULL_THROTTLES: &str = "DELETE FROM axum_scopes_throttle WHERE digest IN \
     (SELECT digest FROM axum_scopes_throttle WHERE arrival <= $1 ORDER BY arrival LIMIT $2) AND arrival <= $1";

pub(crate) const OLD_PROOFS: &str = "DELETE FROM axum_scopes_proof WHERE digest IN \
     (SELECT digest FROM axum_scopes_proof WHERE keep_until <= $1 ORDER BY keep_until LIMIT $2)";
