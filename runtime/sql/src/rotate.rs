//! One use of a refresh token: one statement decides, and all that comes of it is one transaction.

use axum_scopes::login::store::{Rotated, Rotation, Session};
use sqlx::{AnyConnection, query};

use crate::{
    database::Database,
    error::SqlError,
    statements,
    time::{length, micros},
};

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
    let query = query(statements::USE_TOKEN)
        .bind(&rotation.presented[..])
        .bind(now)
        .bind(&rotation.successor[..])
        .bind(now.saturating_sub(length(rotation.grace)));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

/// Keeps the successor, and says whether it was not kept before.
async fn succeeds(connection: &mut AnyConnection, session: &Session, rotation: &Rotation) -> Result<bool, SqlError> {
    let query = query(statements::KEEP_SUCCESSOR)
        .bind(&rotation.successor[..])
        .bind(&session.id.as_bytes()[..])
        .bind(micros(rotation.idle_until));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}

async fn was_used(connection: &mut AnyConnection, rotation: &Rotation) -> Result<bool, SqlError> {
    let query = query(statements::WAS_USED).bind(&rotation.presented[..]).bind(&rotation.successor[..]);
    let query = query.bind(micros(rotation.now));
    Ok(query.fetch_optional(connection).await?.is_some())
}

/// Ends the session, and says whether it had not ended before.
async fn ends(connection: &mut AnyConnection, session: &Session, rotation: &Rotation) -> Result<bool, SqlError> {
    let now = micros(rotation.now);
    let query =
        query(statements::END_REUSED).bind(&session.id.as_bytes()[..]).bind(now).bind(now.saturating_add(A_DAY));
    Ok(query.execute(connection).await?.rows_affected() > 0)
}
