//! Personal tokens.

use std::time::{Duration, SystemTime};

use axum_scopes::{
    error::StoreError,
    login::store::{Digest, PersonalToken, PersonalTokenStore},
};
use sqlx::{any::AnyRow, query};

use crate::{
    database::Database,
    error::SqlError,
    row::{at, get, text},
    statements,
    store::SqlStore,
    text::escape,
    time::{length, micros, time},
};

impl PersonalTokenStore for SqlStore {
    async fn create(&self, token: &PersonalToken, digest: &Digest, at_most: u32) -> Result<bool, StoreError> {
        let database = &self.0.database;
        database.call(create(database, token, digest, at_most)).await
    }

    async fn find(
        &self,
        digest: &Digest,
        now: SystemTime,
        coarse: Duration,
    ) -> Result<Option<PersonalToken>, StoreError> {
        let database = &self.0.database;
        let now = micros(now);
        let Some(token) = database.call(find(database, digest, now)).await? else { return Ok(None) };
        let noted_before = now.saturating_sub(length(coarse));
        if token.last_used.is_none_or(|last| micros(last) <= noted_before) {
            let noted = database.call(note(database, digest, now, noted_before)).await;
            if let Err(error) = noted {
                tracing::debug!(%error, "the use of a personal token was not noted");
            }
        }
        Ok(Some(token))
    }

    async fn list(&self, subject: &str, now: SystemTime) -> Result<Vec<PersonalToken>, StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.read().await?;
            let query = query(statements::LIST_PERSONAL).bind(escape(subject).as_ref()).bind(micros(now));
            let rows = query.fetch_all(lease.connection()?).await?;
            lease.settle();
            rows.iter().map(read).collect()
        };
        database.call(work).await
    }

    async fn delete(&self, subject: &str, id: &str) -> Result<bool, StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.write().await?;
            let query = query(statements::DELETE_PERSONAL).bind(escape(subject).as_ref()).bind(escape(id).as_ref());
            let deleted = query.execute(lease.connection()?).await?.rows_affected();
            lease.settle();
            Ok(deleted > 0)
        };
        database.call(work).await
    }

    async fn delete_all(&self, subject: &str) -> Result<u64, StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.write().await?;
            let query = query(statements::DELETE_ALL_PERSONAL).bind(escape(subject).as_ref());
            let deleted = query.execute(lease.connection()?).await?.rows_affected();
            lease.settle();
            Ok(deleted)
        };
        database.call(work).await
    }
}

async fn create(database: &Database, token: &PersonalToken, digest: &Digest, at_most: u32) -> Result<bool, SqlError> {
    let mut lease = database.write().await?;
    let query = query(statements::CREATE_PERSONAL)
        .bind(&digest[..])
        .bind(escape(&token.id).as_ref())
        .bind(escape(&token.subject).as_ref())
        .bind(escape(&token.name).as_ref())
        .bind(escape(token.scope.as_str()).as_ref())
        .bind(micros(token.created))
        .bind(token.expires.map(micros))
        .bind(token.last_used.map(micros))
        .bind(i64::from(at_most));
    let created = query.execute(lease.connection()?).await?.rows_affected();
    lease.settle();
    Ok(created > 0)
}

async fn find(database: &Database, digest: &Digest, now: i64) -> Result<Option<PersonalToken>, SqlError> {
    let mut lease = database.read().await?;
    let row = query(statements::FIND_PERSONAL).bind(&digest[..]).bind(now).fetch_optional(lease.connection()?).await?;
    lease.settle();
    row.as_ref().map(read).transpose()
}

async fn note(database: &Database, digest: &Digest, now: i64, noted_before: i64) -> Result<(), SqlError> {
    let mut lease = database.write().await?;
    query(statements::NOTE_PERSONAL)
        .bind(&digest[..])
        .bind(now)
        .bind(noted_before)
        .execute(lease.connection()?)
        .await?;
    lease.settle();
    Ok(())
}

/// A token, from the columns of `FIND` and `LIST`.
fn read(row: &AnyRow) -> Result<PersonalToken, SqlError> {
    let expires: Option<i64> = get(row, 5)?;
    let last_used: Option<i64> = get(row, 6)?;
    Ok(PersonalToken {
        id: text(row, 0)?,
        subject: text(row, 1)?.into(),
        name: text(row, 2)?,
        scope: text(row, 3)?.as_str().into(),
        created: at(row, 4)?,
        expires: expires.map(time),
        last_used: last_used.map(time),
    })
}
