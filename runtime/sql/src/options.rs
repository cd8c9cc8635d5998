//! How a database is opened.

use std::time::Duration;

use sqlx::{
    AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
};
use tokio::time::timeout;

use crate::{
    database::{Backend, Database},
    error::SqlError,
    new_file,
    store::SqlStore,
    url,
};

/// A connection that has been idle for longer is pinged before its next use. Postgres may have restarted meanwhile.
const TRUSTED_FOR: Duration = Duration::from_millis(500);

/// How a database is opened: limits on time, the number of connections, and when a commit is safe.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), axum_scopes_sql::SqlError> {
/// use std::time::Duration;
/// use axum_scopes_sql::SqlStore;
///
/// let store = SqlStore::options()
///     .connections(20)
///     .acquire_timeout(Duration::from_secs(1))
///     .time_limit(Duration::from_secs(3))
///     .connect("sqlite::memory:")
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct SqlStoreOptions {
    connections: Option<u32>,
    acquire_timeout: Duration,
    time_limit: Duration,
    survives_power_loss: bool,
}

impl SqlStoreOptions {
    pub(crate) const fn new() -> Self {
        Self {
            connections: None,
            acquire_timeout: Duration::from_secs(2),
            time_limit: Duration::from_secs(5),
            survives_power_loss: true,
        }
    }

    /// The most connections to Postgres, 10 by default. With SQLite, these are the connections that read, 4 by default; one more
    /// writes.
    ///
    /// ```
    /// let options = axum_scopes_sql::SqlStore::options().connections(20);
    /// # let _ = options;
    /// ```
    pub const fn connections(mut self, most: u32) -> Self {
        self.connections = Some(most);
        self
    }

    /// How long a call waits for a connection, 2 seconds by default. While the database is away, calls fail after this time.
    ///
    /// ```
    /// let options = axum_scopes_sql::SqlStore::options().acquire_timeout(std::time::Duration::from_secs(1));
    /// # let _ = options;
    /// ```
    pub const fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.acquire_timeout = timeout;
        self
    }

    /// How long a call may take in all, 5 seconds by default. It then fails, and Postgres stops its statement.
    ///
    /// ```
    /// let options = axum_scopes_sql::SqlStore::options().time_limit(std::time::Duration::from_secs(3));
    /// # let _ = options;
    /// ```
    pub const fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Whether SQLite waits for the disk at each commit, which it does by default (`synchronous = FULL`).
    ///
    /// Without that (`synchronous = NORMAL`), what was answered still survives if the process is killed. If the machine loses its
    /// power, the last logins and logouts may be lost. Postgres has its own setting, `synchronous_commit`, which is not touched.
    ///
    /// ```
    /// let options = axum_scopes_sql::SqlStore::options().survives_power_loss(false);
    /// # let _ = options;
    /// ```
    pub const fn survives_power_loss(mut self, survives: bool) -> Self {
        self.survives_power_loss = survives;
        self
    }

    /// Opens the database. The file of a SQLite database is made if there is none, and only the user of the service can read it then.
    ///
    /// It calls [`sqlx::any::install_default_drivers`].
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
    /// # async fn main() -> Result<(), axum_scopes_sql::SqlError> {
    /// let store = axum_scopes_sql::SqlStore::options().connect("sqlite::memory:").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(self, url: &str) -> Result<SqlStore, SqlError> {
        sqlx::any::install_default_drivers();
        let place = url::read(url)?;
        if let Some(path) = &place.made {
            new_file::make(path);
        }
        let (options, backend) = (place.options, place.backend);
        let opened = match backend {
            Backend::Sqlite => self.sqlite(options.clone(), place.in_memory).await,
            Backend::Postgres => self.postgres(options.clone()).await,
        };
        match opened {
            Ok(database) => Ok(SqlStore::new(database)),
            Err(SqlError::TimedOut) => Err(self.refused(&options, backend).await.unwrap_or(SqlError::TimedOut)),
            Err(error) => Err(error),
        }
    }

    /// Why the database takes no connection. A pool tries again until its time is over, and only knows that then.
    async fn refused(&self, options: &AnyConnectOptions, backend: Backend) -> Option<SqlError> {
        // Without a look into the file, everything is taken for a database of SQLite.
        let look = match backend {
            Backend::Sqlite => "PRAGMA schema_version",
            Backend::Postgres => "SELECT 1",
        };
        let attempt = async {
            let mut connection = AnyConnection::connect_with(options).await?;
            connection.execute(look).await?;
            connection.close().await
        };
        timeout(self.acquire_timeout, attempt).await.ok()?.err().map(SqlError::from)
    }

    async fn sqlite(&self, options: AnyConnectOptions, in_memory: bool) -> Result<Database, SqlError> {
        let busy = (self.time_limit / 2).as_millis();
        let synchronous = if self.survives_power_loss { "FULL" } else { "NORMAL" };
        let writes =
            format!("PRAGMA busy_timeout = {busy}; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};");
        let reads = format!("PRAGMA busy_timeout = {busy}; PRAGMA query_only = ON;");
        // A database in memory is gone with its connection.
        let pool = || self.pool().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
        let writer = prepared(pool().max_connections(1), writes).connect_with(options.clone()).await?;
        let reader = if in_memory {
            writer.clone()
        } else {
            prepared(pool().max_connections(self.connections.unwrap_or(4)), reads).connect_with(options).await?
        };
        Ok(self.database(Backend::Sqlite, writer, reader))
    }

    async fn postgres(&self, options: AnyConnectOptions) -> Result<Database, SqlError> {
        let limit = self.time_limit.as_millis().max(1);
        // The statements rely on `read committed`: a waiting update looks again at the row that another one has changed. A replica
        // that stops in a transaction must not keep the locks of the others' rows.
        let session = format!(
            "SET default_transaction_isolation = 'read committed'; SET statement_timeout = {limit}; \
             SET idle_in_transaction_session_timeout = {limit};"
        );
        let pool = self.pool().max_connections(self.connections.unwrap_or(10)).test_before_acquire(false);
        let answers_within = self.acquire_timeout / 2;
        let pool = pool.before_acquire(move |connection, idle| {
            Box::pin(async move { Ok(idle.idle_for < TRUSTED_FOR || answers(connection, answers_within).await) })
        });
        let pool = prepared(pool, session).connect_with(options).await?;
        Ok(self.database(Backend::Postgres, pool.clone(), pool))
    }

    fn pool(&self) -> AnyPoolOptions {
        AnyPoolOptions::new().acquire_timeout(self.acquire_timeout)
    }

    fn database(&self, backend: Backend, writer: AnyPool, reader: AnyPool) -> Database {
        Database { backend, writer, reader, time_limit: self.time_limit }
    }
}

/// A pool whose connections begin with these statements.
fn prepared(pool: AnyPoolOptions, statements: String) -> AnyPoolOptions {
    pool.after_connect(move |connection, _| {
        let statements = statements.clone();
        Box::pin(async move {
            connection.execute(sqlx::raw_sql(AssertSqlSafe(statements))).await?;
            Ok(())
        })
    })
}

async fn answers(connection: &mut AnyConnection, within: Duration) -> bool {
    matches!(timeout(within, connection.ping()).await, Ok(Ok(())))
}
