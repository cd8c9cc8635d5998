//! The store: opened, migrated, and handed to the login.

use std::sync::{Arc, Mutex};

use axum_scopes::error::StoreError;
use sqlx::AnyPool;
use tokio::task::AbortHandle;

use crate::{
    database::{Backend, Database},
    error::SqlError,
    migrate,
    options::SqlStoreOptions,
};

/// The stores of a login in SQLite or Postgres. Copies share their connections.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::{Duration, SystemTime};
/// use axum_scopes::login::store::{Ending, SessionId, SessionStore};
/// use axum_scopes_sql::SqlStore;
///
/// let store = SqlStore::connect("sqlite::memory:").await?;
/// store.migrate().await?;
/// let (session, now) = (SessionId::from_bytes([7; 16]), SystemTime::now());
/// let ended = store.end(Ending::Session(session), now, now + Duration::from_secs(600)).await?;
/// assert_eq!(ended, [session]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqlStore(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) database: Database,
    /// The task that cleans up.
    pub(crate) task: Mutex<Option<AbortHandle>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Ok(Some(task)) = self.task.get_mut() {
            task.abort();
        }
    }
}

impl SqlStore {
    /// Opens a database with the default options.
    ///
    /// # Errors
    ///
    /// [`SqlError`] if the URL is wrong, or if the database does not answer.
    ///
    /// # Panics
    ///
    /// If the program has called [`sqlx::any::install_drivers`] itself.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// assert_eq!(store.backend(), Backend::Sqlite);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(url: &str) -> Result<Self, SqlError> {
        Self::options().connect(url).await
    }

    /// Options for opening a database, with their defaults.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::options().connections(20).connect("sqlite::memory:").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub const fn options() -> SqlStoreOptions {
        SqlStoreOptions::new()
    }

    pub(crate) fn new(database: Database) -> Self {
        Self(Arc::new(Inner { database, task: Mutex::new(None) }))
    }

    /// Makes the tables, or brings them to the form that this version of the crate needs.
    ///
    /// Replicas may call it at the same time. The tables are named `axum_scopes_…`, and do not get in the way of the migrations of
    /// the service.
    ///
    /// # Errors
    ///
    /// [`SqlError::NewerSchema`] if a newer version of this crate has made the tables. [`SqlError`] if the database fails.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// store.migrate().await?;
    /// store.check().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn migrate(&self) -> Result<(), SqlError> {
        migrate::migrate(&self.0.database).await
    }

    /// Which database it is.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// assert_eq!(store.backend(), Backend::Sqlite);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.0.database.backend
    }

    /// The connections, for the service's own tables in the same database. With SQLite, this is the one connection that writes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// let one: i64 = sqlx::query_scalar("SELECT 1").fetch_one(store.pool()).await?;
    /// assert_eq!(one, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.0.database.writer
    }

    /// Connections that only read. With Postgres, they are those of [`pool`](Self::pool). With SQLite, they do not wait for the one
    /// that writes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// let one: i64 = sqlx::query_scalar("SELECT 1").fetch_one(store.read_pool()).await?;
    /// assert_eq!(one, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn read_pool(&self) -> &AnyPool {
        &self.0.database.reader
    }

    /// Asks the database whether it is there, for a route that says whether the service is ready.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it does not answer, or if [`migrate`](Self::migrate) was not called.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// assert_eq!(store.check().await.unwrap_err().retry_after(), 2);
    /// store.migrate().await?;
    /// assert!(store.check().await.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn check(&self) -> Result<(), StoreError> {
        let database = &self.0.database;
        let work = async {
            let mut lease = database.write().await?;
            migrate::version(lease.connection()?).await?;
            lease.settle();
            Ok(())
        };
        database.call(work).await
    }

    /// Closes the connections. What is under way is finished first.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use axum_scopes_sql::{Backend, SqlStore, sqlx};
    /// let store = SqlStore::connect("sqlite::memory:").await?;
    /// store.close().await;
    /// assert!(store.check().await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn close(&self) {
        self.0.database.reader.close().await;
        self.0.database.writer.close().await;
    }
}
