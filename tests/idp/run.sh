#!/usr/bin/env bash
# Starts the provider and runs the tests against it, over HTTP and HTTPS. Needs Node.js, npm and openssl.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9400}
folder=$(mktemp -d)
providers=()
stop() {
    for provider in "${providers[@]}"; do
        { kill "$provider" && wait "$provider"; } 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap stop EXIT

# Starts a provider at a port and waits until it listens.
start() {
    node "$folder/idp.mjs" "$1" >"$folder/log$1" 2>&1 &
    providers+=($!)
    for _ in $(seq 100); do
        grep -q 'is ready' "$folder/log$1" && return
        sleep 0.1
    done
    cat "$folder/log$1" >&2
    exit 1
}

cp package.json idp.mjs "$folder/"
npm install --prefix "$folder" --no-audit --no-fund --no-package-lock --silent
# Signed by itself, so that nobody trusts it who is not told to.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
    -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
start "$port"
TLS_KEY=$folder/key.pem TLS_CERT=$folder/cert.pem start $((port + 1))

export IDP_URL=http://127.0.0.1:$port IDP_TLS_URL=https://localhost:$((port + 1))
cargo test -p axum-scopes-idp-tests --test provider -- --ignored
cargo test -p axum-scopes-idp-tests --test certificate -- --ignored an_untrusted
SSL_CERT_FILE=$folder/cert.pem SSL_CERT_DIR=$folder/none \
    cargo test -p axum-scopes-idp-tests --test certificate -- --ignored a_trusted
