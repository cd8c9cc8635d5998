//! The database behind a store: who writes, who reads, and how long a call may take.

use std::{future::Future, time::Duration};

use axum_scopes::error::StoreError;
use sqlx::{Any, AnyPool, Transaction};
use tokio::time::timeout;

use crate::{error::SqlError, lease::Lease};

/// Which database it is.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes_sql::SqlError> {
/// use axum_scopes_sql::{Backend, SqlStore};
///
/// let store = SqlStore::connect("sqlite::memory:").await?;
/// assert_eq!(store.backend(), Backend::Sqlite);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// SQLite, in a file or in memory.
    Sqlite,
    /// Postgres.
    Postgres,
}

/// The pools of a database.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) backend: Backend,
    /// SQLite: one connection, so that writers wait in the pool and not for the lock of the file.
    pub(crate) writer: AnyPool,
    /// SQLite: connections that only read, so that they do not wait for writers. Postgres: the same pool.
    pub(crate) reader: AnyPool,
    pub(crate) time_limit: Duration,
}

impl Database {
    pub(crate) async fn write(&self) -> Result<Lease, SqlError> {
        Ok(Lease::new(self.writer.acquire().await?, self.backend == Backend::Postgres))
    }

    pub(crate) async fn read(&self) -> Result<Lease, SqlError> {
        Ok(Lease::new(self.reader.acquire().await?, self.backend == Backend::Postgres))
    }

    /// Begins a transaction that writes. In SQLite, it takes the lock first: one that reads first may be refused the lock later.
    pub(crate) async fn begin<'l>(&self, lease: &'l mut Lease) -> Result<Transaction<'l, Any>, SqlError> {
        use sqlx::Connection;
        let statement = match self.backend {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => "BEGIN",
        };
        Ok(lease.connection_to_begin()?.begin_with(statement).await?)
    }

    /// Does the work of one call of a store, within its time.
    pub(crate) async fn call<T>(&self, work: impl Future<Output = Result<T, SqlError>>) -> Result<T, StoreError> {
        let result = timeout(self.time_limit, work).await.unwrap_or(Err(SqlError::TimedOut));
        result.map_err(StoreError::from)
    }
}
