#!/usr/bin/env bash
# Checks every answer of the service by hand, with its status, challenge and body.
set -euo pipefail
base=$1

# `expect STATUS TEXT ARGUMENTS…`: the answer to curl with these arguments has the status and contains the text.
expect() {
    local status=$1 text=$2 answer
    shift 2
    answer=$(curl -sS -i "$@" | tr -d '\r')
    if [[ $answer != "HTTP/1.1 $status "* || $answer != *"$text"* ]]; then
        printf 'curl %s\nexpected %s and %s, got:\n%s\n' "$*" "$status" "$text" "$answer" >&2
        exit 1
    fi
}

# `log_in PASSWORD SCOPE`: the arguments of a login.
log_in() { printf '%s\n' "$base/token" -d grant_type=password -d username=johndoe -d "password=$1" --data-urlencode "scope=$2"; }
token() { mapfile -t login < <(log_in secret "$1"); curl -sS --fail "${login[@]}" | sed 's/.*"access_token":"\([^"]*\).*/\1/'; }

mapfile -t wrong < <(log_in wrong me)
full=$(token "me items") weak=$(token me)
expect 400 '{"error":"invalid_grant","error_description":"Incorrect username or password"}' "${wrong[@]}"
expect 400 'cache-control: no-store' "${wrong[@]}"
expect 400 '"error":"unsupported_grant_type"' "$base/token" -d 'grant_type=refresh_token&username=a&password=b'
expect 400 '"error":"invalid_request"' "$base/token" -d grant_type=password
expect 400 '"error":"invalid_request"' "$base/token" -d 'grant_type=password&username=a&password=b&username=c'
expect 200 '"username":"johndoe"' "$base/users/me/" -H "Authorization: Bearer $weak"
expect 200 '"owner":"johndoe"' "$base/users/me/items/" -H "Authorization: Bearer $full"
expect 403 'error="insufficient_scope", scope="items me"' "$base/users/me/items/" -H "Authorization: Bearer $weak"
expect 401 'www-authenticate: Bearer realm="tutorial", scope="me", resource_metadata="' "$base/users/me/"
expect 401 'realm="tutorial", error="invalid_token"' "$base/users/me/" -H "Authorization: Bearer $full."
expect 400 'error="invalid_request"' "$base/users/me/" -H "Authorization: Bearer $full" -H "Authorization: Bearer $full"
expect 401 'acr_values="urn:example:second-factor", max_age="300"' -X POST "$base/users/me/transfer/" \
    -H "Authorization: Bearer $full"
metadata=$(curl -sS -i "$base/users/me/" | sed -n 's/.*resource_metadata="\([^"]*\)".*/\1/p')
expect 200 "{\"resource\":\"$base\"" "$metadata"
