#!/usr/bin/env bash
# Starts the provider and runs the tests against it. Needs Node.js and npm.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9400}
folder=$(mktemp -d)
provider=""
stop() {
    [ -z "$provider" ] || { kill "$provider" && wait "$provider"; } 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT

cp package.json idp.mjs "$folder/"
npm install --prefix "$folder" --no-audit --no-fund --no-package-lock --silent
node "$folder/idp.mjs" "$port" >"$folder/log" 2>&1 &
provider=$!
for _ in $(seq 100); do
    grep -q 'is ready' "$folder/log" && break
    sleep 0.1
done
grep -q 'is ready' "$folder/log" || { cat "$folder/log" >&2; exit 1; }

IDP_URL="http://127.0.0.1:$port" cargo test -p axum-scopes-idp-tests -- --ignored
