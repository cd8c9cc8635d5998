//! The stores of a login in SQLite and Postgres.
