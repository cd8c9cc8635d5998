//! Counts of attempts, by the generic cell rate algorithm.

use std::time::{Duration, SystemTime};

use axum_scopes::{
    error::StoreError,
    login::store::{Digest, Limit, Taken, ThrottleStore},
};
use sqlx::query;

use crate::{
    database::Database,
    error::SqlError,
    lease::Lease,
    row::get,
    statements,
    store::SqlStore,
    time::{length, micros},
};

/// The longest that a limit may last, 10,000 years, so that no time gets too large for the database.
const LONGEST: i64 = 10_000 * 365 * 24 * 60 * 60 * 1_000_000;

/// How far the clocks of replicas are never apart.
const SKEW: i64 = 60 * 60 * 1_000_000;

impl ThrottleStore for SqlStore {
    async fn take(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<Taken, StoreError> {
        let database = &self.0.database;
        database.call(take(database, key, limit, micros(now))).await
    }

    async fn give_back(&self, key: &Digest, limit: Limit, now: SystemTime) -> Result<(), StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.write().await?;
            let query = query(statements::GIVE_BACK).bind(&key[..]).bind(period(limit)).bind(micros(now));
            query.execute(lease.connection()?).await?;
            lease.settle();
            Ok(())
        };
        database.call(work).await
    }
}

async fn take(database: &Database, key: &Digest, limit: Limit, now: i64) -> Result<Taken, SqlError> {
    let latest = now.saturating_add(tolerance(limit));
    // Most attempts of an attack end here, and neither lock the row nor wait for the disk. So they do not hold up other accounts.
    let mut lease = database.read().await?;
    if let Some(retry_after) = waits(&mut lease, key, latest).await? {
        lease.settle();
        if length(retry_after) <= period(limit).saturating_add(SKEW) {
            return Ok(Taken::Refused { retry_after });
        }
        return bring_back(database, key, limit, latest).await;
    }
    lease.settle();
    let mut lease = database.write().await?;
    let query = query(statements::TAKE).bind(&key[..]).bind(now).bind(period(limit)).bind(latest);
    let is_allowed = query.execute(lease.connection()?).await?.rows_affected() > 0;
    let taken = if is_allowed {
        Taken::Allowed
    } else {
        // One microsecond if the attempts have come back meanwhile.
        let retry_after = waits(&mut lease, key, latest).await?.unwrap_or(Duration::from_micros(1));
        Taken::Refused { retry_after }
    };
    lease.settle();
    Ok(taken)
}

/// The clock of a replica was far ahead, and is right again: all attempts are used up, and come back as the limit says.
async fn bring_back(database: &Database, key: &Digest, limit: Limit, latest: i64) -> Result<Taken, SqlError> {
    let used_up = latest.saturating_add(period(limit));
    let mut lease = database.write().await?;
    let query = query(statements::BRING_BACK).bind(&key[..]).bind(used_up).bind(used_up.saturating_add(SKEW));
    query.execute(lease.connection()?).await?;
    lease.settle();
    Ok(Taken::Refused { retry_after: Duration::from_micros(period(limit).unsigned_abs()) })
}

/// How long the next attempt has to wait, if it has to.
async fn waits(lease: &mut Lease, key: &Digest, latest: i64) -> Result<Option<Duration>, SqlError> {
    let row = query(statements::ARRIVAL).bind(&key[..]).fetch_optional(lease.connection()?).await?;
    let arrival: i64 = row.as_ref().map_or(Ok(i64::MIN), |row| get(row, 0))?;
    Ok((arrival > latest).then(|| Duration::from_micros(arrival.abs_diff(latest))))
}

fn period(limit: Limit) -> i64 {
    length(limit.period).clamp(1, LONGEST)
}

/// How far ahead the arrival may be for one more attempt.
fn tolerance(limit: Limit) -> i64 {
    period(limit).saturating_mul(i64::from(limit.burst.saturating_sub(1))).min(LONGEST)
}
