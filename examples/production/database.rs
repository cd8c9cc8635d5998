//! The database: SQLite in a file, or Postgres by its URL, with the tables of the login and that of the users.

use axum_scopes_sql::SqlStore;

use crate::{config::Config, demo, users::Users};

/// Connects, and brings the tables up to date.
pub async fn open(config: &Config) -> Result<(SqlStore, Users), String> {
    let cannot = |what: &str, error: &dyn std::error::Error| format!("cannot {what}: {error}{}", causes(error));
    let store = SqlStore::connect(&config.database_url).await.map_err(|error| {
        let cause = cannot("connect to the database", &error);
        format!("{cause}; DATABASE_URL says where it is: sqlite:FILE in a folder that is there, or postgres://USER@HOST/DATABASE")
    })?;
    store.migrate().await.map_err(|error| cannot("prepare the database", &error))?;
    let published = if config.is_for_this_machine() { None } else { Some(demo::is_published as fn(&str) -> bool) };
    let users = Users::open(store.clone(), published).await.map_err(|error| cannot("prepare the users", &error))?;
    Ok((store, users))
}

/// What stands behind an error.
fn causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |cause| cause.source()).map(|cause| format!(": {cause}")).collect()
}
