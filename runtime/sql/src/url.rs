//! The URL of a database: a text comes in, and where the database is goes out.

use sqlx::any::AnyConnectOptions;

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
}

pub(crate) fn read(url: &str) -> Result<Place, SqlError> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let backend = match scheme {
        "sqlite" => Backend::Sqlite,
        "postgres" | "postgresql" => Backend::Postgres,
        _ => return Err(SqlError::Url("the URL of the database is none of SQLite or Postgres")),
    };
    let in_memory = backend == Backend::Sqlite && (url.contains(":memory:") || url.contains("mode=memory"));
    let text = if backend == Backend::Sqlite && !in_memory { made_if_missing(url) } else { url.to_owned() };
    let options: AnyConnectOptions = text.parse().map_err(|_| SqlError::Url("the URL of the database is malformed"))?;
    if backend == Backend::Postgres {
        let unknown = options.database_url.query_pairs().find(|(name, _)| !is_known(name));
        if let Some((name, _)) = unknown {
            return Err(SqlError::UnknownParameter(name.into_owned()));
        }
    }
    Ok(Place { backend, options, in_memory })
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
