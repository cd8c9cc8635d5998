//! Removes what has expired: a bounded number of rows at a time.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Arc, Weak},
    time::{Duration, SystemTime},
};

use axum_scopes::error::StoreError;
use sqlx::query;
use tokio::time::sleep;

use crate::{
    database::Database,
    error::SqlError,
    statements,
    store::{Inner, SqlStore},
    time::micros,
};

/// The rows of each kind that one run of the task removes. They are removed in a few milliseconds, and logins wait for no longer.
const AT_ONCE: u32 = 500;
/// The pause before the task goes on, if there is more.
const PAUSE: Duration = Duration::from_millis(200);

/// What one run has removed.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::SystemTime;
/// use axum_scopes_sql::{CleanedUp, SqlStore};
///
/// let store = SqlStore::connect("sqlite::memory:").await?;
/// store.migrate().await?;
/// let cleaned = store.clean_up(SystemTime::now(), 100).await?;
/// assert_eq!(cleaned, CleanedUp::default());
/// assert_eq!(cleaned.sessions, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CleanedUp {
    /// Refresh tokens that have expired, or whose session is not remembered any more.
    pub refresh_tokens: u64,
    /// Sessions that have expired, or ended, and need not be remembered.
    pub sessions: u64,
    /// Personal tokens that have expired.
    pub personal_tokens: u64,
    /// Throttles that have all their attempts back.
    pub throttles: u64,
    /// Proofs of possession that are refused for their age.
    pub proofs: u64,
    /// Whether a kind has reached the limit, so that there may be more.
    pub more: bool,
}

impl SqlStore {
    /// Removes what has expired, at most `limit` rows of each kind. It is safe at any time, on all replicas at once.
    ///
    /// A session is remembered for a day after it has expired, or until the time that was asked for when it ended, if that is later.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database fails. Part of the rows may be removed then.
    pub async fn clean_up(&self, now: SystemTime, limit: u32) -> Result<CleanedUp, StoreError> {
        clean_up(&self.0.database, micros(now), limit).await
    }

    /// Cleans up about every `interval`, on the current Tokio runtime, until the last copy of the store is dropped. The pauses differ by
    /// a tenth, so that replicas do not do it at the same time. A second call replaces the first.
    ///
    /// # Panics
    ///
    /// Outside of a Tokio runtime.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use axum_scopes_sql::SqlStore;
    ///
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// store.migrate().await?;
    /// store.clean_up_every(Duration::from_secs(10 * 60));
    /// # Ok(())
    /// # }
    /// ```
    pub fn clean_up_every(&self, interval: Duration) {
        let task = tokio::spawn(repeat(Arc::downgrade(&self.0), interval)).abort_handle();
        if let Ok(mut current) = self.0.task.lock()
            && let Some(old) = current.replace(task)
        {
            old.abort();
        }
    }
}

async fn clean_up(database: &Database, now: i64, limit: u32) -> Result<CleanedUp, StoreError> {
    let limit = i64::from(limit);
    let remove = async |statement, limit| database.call(delete(database, statement, now, limit)).await;
    let expired = remove(statements::EXPIRED_TOKENS, limit).await?;
    let of_expired = remove(statements::TOKENS_OF_EXPIRED, limit - expired).await?;
    let counts = [
        expired + of_expired,
        remove(statements::EXPIRED_SESSIONS, limit).await?,
        remove(statements::EXPIRED_PERSONAL, limit).await?,
        remove(statements::FULL_THROTTLES, limit).await?,
        remove(statements::OLD_PROOFS, limit).await?,
    ];
    let [refresh_tokens, sessions, personal_tokens, throttles, proofs] = counts.map(i64::unsigned_abs);
    let more = counts.iter().any(|count| *count >= limit);
    Ok(CleanedUp { refresh_tokens, sessions, personal_tokens, throttles, proofs, more })
}

async fn delete(database: &Database, statement: &'static str, now: i64, limit: i64) -> Result<i64, SqlError> {
    let mut lease = database.write().await?;
    let query = query(statement).bind(now).bind(limit);
    let deleted = query.execute(lease.connection()?).await?.rows_affected();
    lease.settle();
    Ok(i64::try_from(deleted).unwrap_or(i64::MAX))
}

async fn repeat(store: Weak<Inner>, interval: Duration) {
    loop {
        sleep(jittered(interval)).await;
        while let Some(store) = store.upgrade() {
            match clean_up(&store.database, micros(SystemTime::now()), AT_ONCE).await {
                Ok(cleaned) if cleaned.more => {}
                Ok(_) => break,
                Err(error) => {
                    let cause = std::error::Error::source(&error);
                    tracing::warn!(cause, "the tables of the login were not cleaned up; it is tried again");
                    break;
                }
            }
            drop(store);
            sleep(PAUSE).await;
        }
    }
}

/// The interval, a tenth longer or shorter.
fn jittered(interval: Duration) -> Duration {
    let random = RandomState::new().hash_one(0) % 1000;
    interval.mul_f64(0.9 + 0.0002 * random as f64)
}
