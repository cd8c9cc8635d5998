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
    /// If the program has called [`sqlx::any::driver::install_drivers`] itself.
    pub async fn connect(url: &str) -> Result<Self, SqlError> {
        Self::options().connect(url).await
    }

    /// Options for opening a database.
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
    pub async fn migrate(&self) -> Result<(), SqlError> {
        migrate::migrate(&self.0.database).await
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.0.database.backend
    }

    /// The connections, for the service's own tables in the same database. With SQLite, this is the one connection that writes.
    #[must_use]
    pub fn pool(&self) -> &AnyPool {
        &self.0.database.writer
    }

    /// Connections that only read. With Postgres, they are those of [`pool`](Self::pool). With SQLite, they do not wait for the one
    /// that writes.
    #[must_use]
    pub fn read_pool(&self) -> &AnyPool {
        &self.0.database.reader
    }

    /// Asks the database whether it is there, for a route that says whether the service is ready.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it does not answer, or if [`migrate`](Self::migrate) was not called.
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
    pub async fn close(&self) {
        self.0.database.reader.close().await;
        self.0.database.writer.close().await;
    }
}
