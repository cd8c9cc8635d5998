#!/usr/bin/env bash
# Starts the provider and examples/resource_server, calls the example with tokens of the provider, and logs in on its docs page in a
# browser. Needs Node.js, npm and curl. CHROMIUM is the browser. Without it, the login is skipped.
set -euo pipefail
cd "$(dirname "$0")"

port=${PORT:-9410}
url=http://127.0.0.1:$((port + 1))
export ISSUER=http://127.0.0.1:$port AUDIENCE=$url CLIENT_ID=docs-page LISTEN=127.0.0.1:$((port + 1))
export REDIRECT_URI=$url/docs/oauth2-redirect.html

cargo build --workspace --example resource_server
example=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/examples/resource_server
. ./provider.sh
start "$port"

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Without its configuration, the example names the missing part, and does not start.
if message=$(env -u ISSUER "$example" 2>&1) || [[ $message != *"ISSUER is missing"* ]]; then
    fail "without ISSUER:" "$message"
fi

"$example" >"$folder/example" 2>&1 &
running+=($!)
for _ in $(seq 100); do
    status=$(curl -s -o "$folder/body" -w '%{http_code}' "$url/ready") || true
    [ "$status" = 200 ] && break
    sleep 0.1
done
[ "$status" = 200 ] || fail "the keys do not arrive:" "$(cat "$folder/example")"

# An access token with scopes $1 for $2, by client credentials.
token() {
    curl -sS "$ISSUER/token" -u svc:svc-secret -d grant_type=client_credentials -d "scope=$1" -d "resource=$2" |
        sed 's/.*"access_token":"\([^"]*\).*/\1/'
}

# Checks that the answer to a request with curl's options $3… has status $1, and contains the text $2 in its head or body.
answers() {
    local answer
    answer=$(curl -sSi "${@:3}")
    [[ $answer == "HTTP/1.1 $1 "* && $answer == *"$2"* ]] || fail "not $1 with $2:" "$answer"
}

bearer() { echo "Authorization: Bearer $1"; }
note=(-H 'Content-Type: application/json' -d '{"text":"Buy milk"}' "$url/notes")
metadata=$url/.well-known/oauth-protected-resource
reader=$(token notes:read "$AUDIENCE")
writer=$(token "notes:read notes:write" "$AUDIENCE")
stranger=$(token me urn:example:other)

answers 401 "resource_metadata=\"$metadata\"" "$url/notes"
answers 200 "\"authorization_servers\":[\"$ISSUER\"]" "$metadata"
answers 200 "\"tokenUrl\":\"$ISSUER/token\"" "$url/openapi.json"
answers 200 '[]' -H "$(bearer "$reader")" "$url/notes"
answers 403 'error="insufficient_scope", scope="notes:write notes:read"' -H "$(bearer "$reader")" "${note[@]}"
answers 201 '' -H "$(bearer "$writer")" "${note[@]}"
answers 200 '[{"text":"Buy milk"}]' -H "$(bearer "$reader")" "$url/notes"
for refused in "$stranger" "${reader%?????}AAAAA" "no.token.this"; do
    answers 401 'error="invalid_token"' -H "$(bearer "$refused")" "$url/notes"
done
answers 400 'error="invalid_request"' -H "$(bearer "$reader")" -H "$(bearer "$writer")" "$url/notes"
echo "tokens by client credentials: ok"

if ! CHROMIUM=${CHROMIUM:-$(command -v chromium)}; then
    echo "skipped: the login on the docs page, because there is no chromium"
    exit
fi
export CHROMIUM
mkdir "$folder/browser"
cp ../browser/package.json ../browser/*.mjs "$folder/browser/"
../tools/npm.sh "$folder/browser"
node "$folder/browser/login.mjs" "$url" "$ISSUER"
