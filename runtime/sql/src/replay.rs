//! Proofs of possession that were used (RFC 9449 §11.1).

use std::time::{Duration, UNIX_EPOCH};

use axum_scopes::{error::StoreError, sender::dpop::ReplayStore};
use sqlx::query;

use crate::{statements, store::SqlStore, time::micros};

/// Who cleans up may have a clock that is ahead.
const LEEWAY: u64 = 60;

impl ReplayStore for SqlStore {
    async fn first_use(&self, digest: &[u8; 32], _: &[u8; 32], until: u64) -> Result<bool, StoreError> {
        let database = &self.0.database;
        let until = UNIX_EPOCH.checked_add(Duration::from_secs(until.saturating_add(LEEWAY)));
        let work = async {
            let mut lease = database.write().await?;
            let query = query(statements::USE_PROOF).bind(&digest[..]).bind(until.map_or(i64::MAX, micros));
            let is_first = query.execute(lease.connection()?).await?.rows_affected() > 0;
            lease.settle();
            Ok(is_first)
        };
        database.call(work).await
    }
}
