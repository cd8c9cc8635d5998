//! One use of a refresh token: one statement decides, and all that comes of it is one transaction.

use axum_scopes::login::store::{Rotated, Rotation, Session};
use sqlx::{AnyConnection, query};

use crate::{
    database::Database,
    error::SqlError,
    time::{length, micros},
};

/// Uses the token, unless it may not be used. Of statements at the same time, each waits for those before it, and looks at the row
/// that they have left.
///
/// It was used before, and may be used again, only with the same successor: who has another key must not get a second one.
const USE: &str = "UPDATE axum_scopes_refresh_token \
     SET used_at = COALESCE(used_at, $2), successor = COALESCE(successor, $3) \
     WHERE digest = $1 AND expires_at > $2 \
     AND (used_at IS NULL OR (used_at > $4 AND successor = $3 AND NOT EXISTS \
         (SELECT 1 FROM axum_scopes_refresh_token AS next WHERE next.digest = $3 AND next.used_at IS NOT NULL))) \
     AND EXISTS (SELECT 1 FROM axum_scopes_session AS s \
         WHERE s.id = axum_scopes_refresh_token.session AND s.ended_at IS NULL AND s.expires_at > $2)";

const SUCCEED: &str = "INSERT INTO axum_scopes_refresh_token (digest, session, expires_at) VALUES ($1, $2, $3) \
     ON CONFLICT (digest) DO NOTHING";

const WAS_USED: &str = "SELECT 1 FROM axum_scopes_refresh_token WHERE digest = $1 AND used_at IS NOT NULL";

const END: &str = "UPDATE axum_scopes_session \
     SET ended_at = $2, keep_until = CASE WHEN keep_until < $3 THEN $3 ELSE keep_until END \
     WHERE id = $1 AND ended_at IS NULL";

/// How long a session is remembered after it has expired, or after reuse has ended it: longer than an access token of it lives.
pub(crate) const A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// Uses the token of this session. What is read of a session does not change, so it was read without a lock.
pub(crate) async fn rotate(database: &Database, session: Session, rotation: &Rotation) -> Result<Rotated, SqlError> {
    let mut lease = database.write().await?;
    let mut transaction = database.begin(&mut lease).await?;
    let result = if is_used(&mut transaction, rotation).await? {
        let repeated = !succeeds(&mut transaction, &session, rotation).await?;
        Rotated::Rotated { session, repeated }
    } else if was_used(&mut transaction, rotation).await? {
        let ended = ends(&mut transaction, &session, rotation).await?;
        Rotated::Reused { session, ended }
    } else {
        Rotated::Refused
    };
    transaction.commit().await?;
    lease.settle();
    Ok(result)
}

async fn is_used(connection: &mut AnyConnection, rotation: &Rotation) -> Result<bool, SqlError> {
    let now = micros(rotation.now);
    let query = query(USE)
        .bind(&rotation.presented[..])
        .bind(now)
        .bind(&rotation.successor[..])
        .bind(now.saturating_sub(length(rotation.grace)));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

/// Keeps the successor, and says whether it was not kept before.
async fn succeeds(connection: &mut AnyConnection, session: &Session, rotation: &Rotation) -> Result<bool, SqlError> {
    let query =
        query(SUCCEED).bind(&rotation.successor[..]).bind(&session.id.as_bytes()[..]).bind(micros(rotation.idle_until));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

async fn was_used(connection: &mut AnyConnection, rotation: &Rotation) -> Result<bool, SqlError> {
    let query = query(WAS_USED).bind(&rotation.presented[..]);
    Ok(query.fetch_optional(connection).await?.is_some())
}

/// Ends the session, and says whether it had not ended before.
async fn ends(connection: &mut AnyConnection, session: &Session, rotation: &Rotation) -> Result<bool, SqlError> {
    let now = micros(rotation.now);
    let query = query(END).bind(&session.id.as_bytes()[..]).bind(now).bind(now.saturating_add(A_DAY));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}
