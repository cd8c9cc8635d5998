//! The stores of a login in SQLite and Postgres.

mod clean_up;
mod database;
mod error;
mod lease;
mod migrate;
mod options;
mod personal;
mod replay;
mod rotate;
mod row;
mod sessions;
mod statements;
mod store;
mod text;
mod throttle;
mod time;
mod url;

pub use sqlx;

pub use self::{clean_up::CleanedUp, database::Backend, error::SqlError, options::SqlStoreOptions, store::SqlStore};
