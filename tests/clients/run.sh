#!/usr/bin/env bash
# Real OAuth2 clients log in at `examples/rfc6750.rs` and call it: `tests/clients/run.sh http://127.0.0.1:8000`.
# Needs curl, Python with venv, Node.js and Rust. Fetches the clients from PyPI, npm and crates.io.
set -euo pipefail
base=${1:?"usage: $0 BASE_URL"}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "-- curl"
"$here/curl.sh" "$base"

echo "-- requests-oauthlib and Authlib"
"$here/../tools/python.sh" "$work/venv" "$here/requirements.txt"
"$work/venv/bin/python" "$here/requests_oauthlib_client.py" "$base"
"$work/venv/bin/python" "$here/authlib_client.py" "$base"

echo "-- oauth4webapi"
cp "$here/package.json" "$here/oauth4webapi.mjs" "$work"
"$here/../tools/npm.sh" "$work"
node "$work/oauth4webapi.mjs" "$base"

echo "-- oauth2 (Rust)"
cp -r "$here/rust" "$work/rust"
cargo run --quiet --manifest-path "$work/rust/Cargo.toml" --target-dir "${CARGO_TARGET_DIR:-$here/../../target}/clients" -- "$base"

echo "all clients got what they asked for, and were told what they did not"
