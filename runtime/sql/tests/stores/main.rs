//! Tests of the stores on SQLite, and on the Postgres of `POSTGRES_URL` or `DATABASE_URL`. `tests/run.sh` starts one.

mod clean_up;
mod conformance;
mod database;
mod faults;
mod migrations;
mod plans;
mod races;
mod server;
