#!/usr/bin/env bash
# Starts the provider and runs the tests against it, over HTTP and HTTPS. Needs Node.js, npm and openssl.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9400}
. ./provider.sh
# A self-signed certificate, so that only clients that are told to trust it do so.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
    -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
start "$port"
TLS_KEY=$folder/key.pem TLS_CERT=$folder/cert.pem start $((port + 1))

export IDP_URL=http://127.0.0.1:$port IDP_TLS_URL=https://localhost:$((port + 1))
for tests in provider opaque senders load; do
    cargo test --workspace --test "$tests" -- --ignored
done
cargo test --workspace --test certificate -- --ignored an_untrusted
SSL_CERT_FILE=$folder/cert.pem SSL_CERT_DIR=$folder/none \
    cargo test --workspace --test certificate -- --ignored a_trusted
