//! Sessions and their refresh tokens.

use std::time::SystemTime;

use axum_scopes::{
    error::StoreError,
    login::store::{Digest, Ended, Ending, Rotated, Rotation, Session, SessionId, SessionStore},
};
use sqlx::{any::AnyRow, query};

use crate::{
    database::Database,
    error::SqlError,
    rotate::{self, A_DAY},
    row::{at, bytes, get, session_id, text},
    statements,
    store::SqlStore,
    text::escape,
    time::micros,
};

impl SessionStore for SqlStore {
    async fn begin(&self, session: &Session, token: &Digest, idle_until: SystemTime) -> Result<(), StoreError> {
        let database = &self.0.database;
        database.call(begin(database, session, token, micros(idle_until))).await
    }

    async fn find(&self, token: &Digest) -> Result<Option<Session>, StoreError> {
        let database = &self.0.database;
        database.call(find(database, token)).await
    }

    async fn rotate(&self, rotation: &Rotation) -> Result<Rotated, StoreError> {
        let database = &self.0.database;
        let work = async {
            match find(database, &rotation.presented).await? {
                Some(session) => rotate::rotate(database, session, rotation).await,
                // No lock is taken for what anybody can make up.
                None => Ok(Rotated::Refused),
            }
        };
        database.call(work).await
    }

    async fn end(
        &self,
        which: Ending<'_>,
        now: SystemTime,
        remember_until: SystemTime,
    ) -> Result<Vec<SessionId>, StoreError> {
        let database = &self.0.database;
        let (now, until) = (micros(now), micros(remember_until));
        match which {
            Ending::Session(id) => database.call(end_one(database, id, now, until)).await,
            Ending::SessionOf(subject, id) => database.call(end_own(database, subject, id, now, until)).await,
            Ending::Subject(subject) => database.call(end_all(database, subject, &[], now, until)).await,
            Ending::SubjectExcept(subject, id) => {
                database.call(end_all(database, subject, id.as_bytes(), now, until)).await
            }
        }
    }

    async fn ended_since(&self, since: SystemTime) -> Result<Vec<Ended>, StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.read().await?;
            let rows = query(statements::ENDED_SINCE).bind(micros(since)).fetch_all(lease.connection()?).await?;
            lease.settle();
            rows.iter().map(|row| Ok(Ended { session: session_id(row, 0)?, at: at(row, 1)? })).collect()
        };
        database.call(work).await
    }

    async fn sessions_of(&self, subject: &str, now: SystemTime, limit: u32) -> Result<Vec<Session>, StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.read().await?;
            let query =
                query(statements::SESSIONS_OF).bind(escape(subject).as_ref()).bind(micros(now)).bind(i64::from(limit));
            let rows = query.fetch_all(lease.connection()?).await?;
            lease.settle();
            rows.iter().map(read).collect()
        };
        database.call(work).await
    }
}

async fn begin(database: &Database, session: &Session, token: &Digest, idle_until: i64) -> Result<(), SqlError> {
    let id = &session.id.as_bytes()[..];
    let expires = micros(session.expires);
    let mut lease = database.write().await?;
    let mut transaction = database.begin(&mut lease).await?;
    query(statements::BEGIN_SESSION)
        .bind(id)
        .bind(escape(&session.subject).as_ref())
        .bind(session.client_id.as_deref().map(escape).as_deref())
        .bind(escape(session.scope.as_str()).as_ref())
        .bind(session.key.as_ref().map(|key| &key[..]))
        .bind(micros(session.started))
        .bind(expires)
        .bind(expires.saturating_add(A_DAY))
        .execute(&mut *transaction)
        .await?;
    query(statements::KEEP_FIRST).bind(&token[..]).bind(id).bind(idle_until).execute(&mut *transaction).await?;
    transaction.commit().await?;
    lease.settle();
    Ok(())
}

async fn find(database: &Database, token: &Digest) -> Result<Option<Session>, SqlError> {
    let mut lease = database.read().await?;
    let row = query(statements::FIND_SESSION).bind(&token[..]).fetch_optional(lease.connection()?).await?;
    lease.settle();
    row.as_ref().map(read).transpose()
}

async fn end_one(database: &Database, id: SessionId, now: i64, until: i64) -> Result<Vec<SessionId>, SqlError> {
    let mut lease = database.write().await?;
    let connection = lease.connection()?;
    let bytes = &id.as_bytes()[..];
    let ends =
        query(statements::END_ONE).bind(bytes).bind(now).bind(until).execute(&mut *connection).await?.rows_affected()
            > 0;
    if !ends {
        query(statements::REMEMBER_ONE).bind(bytes).bind(until).execute(connection).await?;
    }
    lease.settle();
    Ok(if ends { vec![id] } else { Vec::new() })
}

async fn end_own(
    database: &Database,
    subject: &str,
    id: SessionId,
    now: i64,
    until: i64,
) -> Result<Vec<SessionId>, SqlError> {
    let mut lease = database.write().await?;
    let subject = escape(subject);
    let end = query(statements::END_OWN).bind(subject.as_ref()).bind(now).bind(until).bind(&id.as_bytes()[..]);
    let ends = end.execute(lease.connection()?).await?.rows_affected() > 0;
    lease.settle();
    Ok(if ends { vec![id] } else { Vec::new() })
}

/// Ends all sessions of a subject but one; no session has an empty name.
async fn end_all(
    database: &Database,
    subject: &str,
    except: &[u8],
    now: i64,
    until: i64,
) -> Result<Vec<SessionId>, SqlError> {
    let subject = &*escape(subject);
    let mut lease = database.write().await?;
    let mut transaction = database.begin(&mut lease).await?;
    let end = query(statements::END_ALL).bind(subject).bind(now).bind(until).bind(except);
    let rows = end.fetch_all(&mut *transaction).await?;
    query(statements::REMEMBER_ALL).bind(subject).bind(until).bind(except).execute(&mut *transaction).await?;
    transaction.commit().await?;
    lease.settle();
    rows.iter().map(|row| session_id(row, 0)).collect()
}

/// A session, from the columns of `FIND` and `OF_SUBJECT`.
fn read(row: &AnyRow) -> Result<Session, SqlError> {
    let client_id: Option<&str> = get(row, 2)?;
    let key: Option<&[u8]> = get(row, 4)?;
    Ok(Session {
        id: session_id(row, 0)?,
        subject: text(row, 1)?.into(),
        client_id: if client_id.is_some() { Some(text(row, 2)?) } else { None },
        scope: text(row, 3)?.as_str().into(),
        key: key.map(bytes).transpose()?,
        started: at(row, 5)?,
        expires: at(row, 6)?,
    })
}
