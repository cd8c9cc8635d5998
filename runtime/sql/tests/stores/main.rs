//! Tests of the stores on SQLite, and on the Postgres of `POSTGRES_URL` or `DATABASE_URL`. `tests/run.sh` starts one.
#![allow(clippy::unwrap_used, reason = "tests")]

mod clean_up;
mod conformance;
mod database;
mod faults;
mod kills;
mod migrations;
mod plans;
mod races;
mod secrets;
mod server;
#[cfg(feature = "tls")]
mod tls;
