#!/usr/bin/env bash
# Real clients show tokens of the provider that are bound to their keys, with and without nonces. Needs Node.js, npm and Python with
# venv. Fetches the clients from npm and PyPI.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9410}
. ./provider.sh
cp dpop.mjs "$folder/"
../tools/python.sh "$folder/venv" requirements.txt
# Cargo builds the service for the tests of its package, with the libraries of the workspace.
cargo test --workspace --no-run --test senders
service=${CARGO_TARGET_DIR:-$PWD/../../target}/debug/senders-service

# Starts a service for the tokens of the provider at port $1, and waits until it listens.
serve() {
    ISSUER=http://127.0.0.1:$1 LISTEN=127.0.0.1:$2 "$service" >"$folder/log$2" 2>&1 &
    running+=($!)
    for _ in $(seq 50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null && return
        sleep 0.1
    done
    cat "$folder/log$2" >&2
    exit 1
}

for nonces in "" nonces; do
    echo "-- ${nonces:-no nonces}"
    [ -z "$nonces" ] || export DPOP_NONCE=1
    start "$port"
    serve "$port" $((port + 1))
    addresses=("http://127.0.0.1:$port" "http://127.0.0.1:$((port + 1))" urn:example:api)
    # shellcheck disable=SC2086
    node "$folder/dpop.mjs" "${addresses[@]}" $nonces
    "$folder/venv/bin/python" dpop_client.py "${addresses[@]}"
    port=$((port + 2))
done
