//! What can go wrong with a database.

use std::{error::Error, fmt};

use axum_scopes::error::StoreError;

/// The seconds after which a client may try again while the database is away.
const RETRY_AFTER: u32 = 2;

/// A database cannot be opened, migrated or asked.
///
/// Neither `Display` nor `Debug` shows the URL, which may have a password in it.
///
/// An error of sqlx becomes one of these, and so a [`StoreError`]: `.await.map_err(SqlError::from)?` in the queries of the service's
/// own [`Accounts`](axum_scopes::login::Accounts). As an answer it is 503 with `Retry-After`.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use axum_scopes_sql::{SqlError, SqlStore};
///
/// let error = SqlStore::connect("mysql://root:secret@localhost/login").await.unwrap_err();
/// assert!(matches!(error, SqlError::Url(_)));
/// assert_eq!(error.to_string(), "the URL of the database is none of SQLite or Postgres");
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum SqlError {
    /// The URL is malformed, or of another database. The text says what is wrong.
    Url(&'static str),
    /// The URL of a Postgres database has a parameter with this name, which nobody knows. Its value is not shown.
    UnknownParameter(String),
    /// A newer version of this crate has made the tables, so this version may misread them.
    NewerSchema {
        /// The version of the tables.
        found: i64,
        /// The newest version that this crate knows.
        known: i64,
    },
    /// The database has not answered in time.
    TimedOut,
    /// A row does not look as this crate has written it. The text says where.
    Row(&'static str),
    /// What the database says, or why it says nothing.
    Database(sqlx::Error),
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(what) => f.write_str(what),
            Self::UnknownParameter(name) => write!(f, "the URL of the database has an unknown parameter `{name}`"),
            Self::NewerSchema { found, known } => write!(
                f,
                "the tables of the login have version {found}, and this program knows versions up to {known}; run the newer program"
            ),
            Self::TimedOut => f.write_str("the database has not answered in time"),
            Self::Row(place) => write!(f, "the database has a malformed {place}"),
            Self::Database(_) => f.write_str("the database has failed"),
        }
    }
}

impl Error for SqlError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for SqlError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::TimedOut,
            error => Self::Database(error),
        }
    }
}

impl From<SqlError> for StoreError {
    fn from(error: SqlError) -> Self {
        Self::new(RETRY_AFTER, error)
    }
}
