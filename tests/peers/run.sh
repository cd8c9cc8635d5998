#!/usr/bin/env bash
# Compares the library with its peers, and prints the README's tables. `--write` writes them there. `--check` compares the
# tables that are there with the manifest. `time` and `instructions` print these alone, for each kind of request.
# Needs valgrind, about five minutes, and a machine that does nothing else. `PROCESSES=1 ROUNDS=200` measures less, for a first look.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1:-}" = --check ]; then
    cd "$here" && exec cargo test -q -p axum-scopes-house --manifest-path ../../Cargo.toml peers
fi
target=${CARGO_TARGET_DIR:-$here/../../target}/peers
cargo build --quiet --release --manifest-path "$here/Cargo.toml" --target-dir "$target"
case ${1:-} in
"" | --write) exec "$target/release/peers" table "$@" ;;
*) exec "$target/release/peers" "$@" ;;
esac
