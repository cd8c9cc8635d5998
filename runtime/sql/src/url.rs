//! The URL of a database: a text comes in, and where the database is goes out.

use std::path::{Path, PathBuf};

use sqlx::{any::AnyConnectOptions, sqlite::SqliteConnectOptions};

use crate::{database::Backend, error::SqlError};

/// What the driver for Postgres knows. It logs the values of all other parameters, and a misspelt `password` is one.
const PARAMETERS: [&str; 18] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// Where a database is.
pub(crate) struct Place {
    pub(crate) backend: Backend,
    pub(crate) options: AnyConnectOptions,
    pub(crate) in_memory: bool,
    /// The file of a SQLite database that is made if there is none.
    pub(crate) made: Option<PathBuf>,
}

pub(crate) fn read(url: &str) -> Result<Place, SqlError> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let backend = match scheme {
        "sqlite" => Backend::Sqlite,
        "postgres" | "postgresql" => Backend::Postgres,
        _ => return Err(SqlError::Url("the URL of the database is none of SQLite or Postgres")),
    };
    let malformed = |_| SqlError::Url("the URL of the database is malformed");
    let file = match backend {
        Backend::Sqlite => Some(url.parse::<SqliteConnectOptions>().map_err(malformed)?.get_filename().to_owned()),
        Backend::Postgres => None,
    };
    let in_memory = file.as_deref().is_some_and(|file| is_in_memory(url, file));
    let file = file.filter(|_| !in_memory);
    if file.as_deref() == Some(Path::new("")) {
        return Err(SqlError::Url("the URL of the SQLite database names no file"));
    }
    let text = if file.is_some() { made_if_missing(url) } else { url.to_owned() };
    let options: AnyConnectOptions = text.parse().map_err(malformed)?;
    if backend == Backend::Postgres {
        let unknown = options.database_url.query_pairs().find(|(name, _)| !is_known(name));
        if let Some((name, _)) = unknown {
            return Err(SqlError::UnknownParameter(name.into_owned()));
        }
    }
    let made = file.filter(|_| text.contains("mode=rwc"));
    Ok(Place { backend, options, in_memory, made })
}

/// Whether each connection would have a database of its own.
fn is_in_memory(url: &str, file: &Path) -> bool {
    url.contains(":memory:") || url.contains("mode=memory") || file == Path::new(":memory:")
}

/// Without a mode, SQLite opens only files that are there.
fn made_if_missing(url: &str) -> String {
    match url.split_once('?') {
        None => format!("{url}?mode=rwc"),
        Some((_, parameters)) if parameters.split('&').any(|one| one.starts_with("mode=")) => url.to_owned(),
        Some(_) => format!("{url}&mode=rwc"),
    }
}

fn is_known(name: &str) -> bool {
    PARAMETERS.contains(&name) || (name.starts_with("options[") && name.ends_with(']'))
}
