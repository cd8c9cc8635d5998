//! The tables: an older form of them comes in, and the newest goes out.

use sqlx::{AnyConnection, Executor, Row};

use crate::{
    database::{Backend, Database},
    error::SqlError,
};

/// Each version for SQLite and for Postgres. What was released does not change any more.
const VERSIONS: [[&str; 2]; 1] = [[include_str!("schema/sqlite/1.sql"), include_str!("schema/postgres/1.sql")]];

/// The version of the tables has a table of its own, so the migrations of a service do not see it.
const MAKE: &str = "CREATE TABLE IF NOT EXISTS axum_scopes_schema (version BIGINT NOT NULL)";
const VERSION: &str = "SELECT version FROM axum_scopes_schema";

/// Only one replica migrates; the others wait for as long as it takes. The number is the name of this crate's lock.
const LOCK: [&str; 2] = ["SET LOCAL statement_timeout = 0", "SELECT pg_advisory_xact_lock(7017280452245743464)"];

/// Brings the tables to the newest version, in one transaction.
pub(crate) async fn migrate(database: &Database) -> Result<(), SqlError> {
    let mut lease = database.write().await?;
    let mut transaction = database.begin(&mut lease).await?;
    if database.backend == Backend::Postgres {
        for statement in LOCK {
            transaction.execute(statement).await?;
        }
    }
    transaction.execute(MAKE).await?;
    let found = version(&mut transaction).await?;
    let known = i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX);
    let missing = usize::try_from(found).ok().and_then(|found| VERSIONS.get(found..));
    let Some(missing) = missing else { return Err(SqlError::NewerSchema { found, known }) };
    for [sqlite, postgres] in missing {
        let statements = match database.backend {
            Backend::Sqlite => *sqlite,
            Backend::Postgres => *postgres,
        };
        transaction.execute(sqlx::raw_sql(statements)).await?;
    }
    if !missing.is_empty() {
        transaction.execute("DELETE FROM axum_scopes_schema").await?;
        let insert = sqlx::query("INSERT INTO axum_scopes_schema (version) VALUES ($1)");
        transaction.execute(insert.bind(known)).await?;
    }
    transaction.commit().await?;
    lease.settle();
    Ok(())
}

/// The version of the tables, 0 if there are none yet.
pub(crate) async fn version(connection: &mut AnyConnection) -> Result<i64, SqlError> {
    let row = connection.fetch_optional(VERSION).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get(0)?))
}
