#!/usr/bin/env bash
# Runs the tests of this crate on SQLite, and on a Postgres that it starts. Arguments go to `cargo test`.
set -eu
cd "$(dirname "$0")/../../.."
. tests/postgres.sh
leave() {
    # Why it fails is often known to the server alone.
    [ $? -eq 0 ] || tail -n 20 "${POSTGRES_FOLDER:-}/log" >&2 || true
    stop_postgres
}
trap leave EXIT
start_postgres
cargo test -p axum-scopes-sql "$@"
