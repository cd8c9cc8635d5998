#!/usr/bin/env bash
# Runs the tests of this crate on SQLite, and on a Postgres that it starts. Arguments go to `cargo test`.
set -eu
cd "$(dirname "$0")/../../.."
. tests/postgres.sh
trap stop_postgres EXIT
start_postgres
cargo test -p axum-scopes-sql "$@"
