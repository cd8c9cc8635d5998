#!/usr/bin/env bash
# Starts a certified OpenID provider and examples/mcp_server, and calls the server with the MCP client in TypeScript: with bearer
# tokens, with tokens that are bound to a key, and with nonces. Needs Node.js and npm.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9430}
cargo build --workspace --example mcp_server
example=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/examples/mcp_server

# Without its configuration, the example names the missing part, and does not start.
if message=$(env -u ISSUER "$example" 2>&1) || [[ $message != *"ISSUER is missing"* ]]; then
    printf 'without ISSUER: %s\n' "$message" >&2
    exit 1
fi

clients=$PWD
cd ../idp
. ./provider.sh
mkdir "$folder/mcp"
cp "$clients/package.json" "$clients/client.mjs" "$folder/mcp/"
../tools/npm.sh "$folder/mcp"

# Logs in and calls tools by the client's mode $1. With $2, proofs need nonces of the provider and of the server.
check() {
    local issuer=http://127.0.0.1:$port url=http://127.0.0.1:$((port + 1)) callback=http://127.0.0.1:$((port + 2))/callback
    DPOP_NONCE=${2:-} REDIRECT_URI=$callback start "$port"
    ISSUER=$issuer LISTEN=127.0.0.1:$((port + 1)) DPOP_NONCE=${2:-} "$example" >"$folder/example$port" 2>&1 &
    running+=($!)
    for _ in $(seq 100); do
        grep -q "connect to $url" "$folder/example$port" && break
        sleep 0.1
    done
    # shellcheck disable=SC2086
    node "$folder/mcp/client.mjs" "$url" "$issuer" "$callback" $1 || {
        cat "$folder/example$port" "$folder/log$port" >&2
        exit 1
    }
    port=$((port + 3))
}

check ""
check dpop
check dpop 1
