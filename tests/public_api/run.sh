#!/usr/bin/env bash
# Compares what axum-scopes exports, with all features, with axum-scopes.txt. UPDATE=1 rewrites the listing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

# The format of rustdoc's JSON that the tool reads. It is not stable: another toolchain may write another.
readable=57

# The stable rustdoc writes JSON only with the right to unstable options. Nothing else is compiled with that right.
bin=$(mktemp -d)
trap 'rm -r "$bin"' EXIT
printf '#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n' >"$bin/rustdoc-with-json"
chmod +x "$bin/rustdoc-with-json"
RUSTDOC="$bin/rustdoc-with-json" cargo rustdoc -q -p axum-scopes --lib --all-features --target-dir target -- \
    -Z unstable-options --output-format json --cap-lints allow
json=target/doc/axum_scopes.json

written=$(grep -o '"format_version":[0-9]*' "$json" | grep -o '[0-9]*$')
if [ "$written" != "$readable" ]; then
    echo "skipped: this toolchain's rustdoc writes format $written, and the public API is read from format $readable"
    exit 0
fi

cargo run -q --manifest-path "$here/Cargo.toml" --target-dir target/public_api -- "$json" >"$bin/listing"
if [ -n "${UPDATE:-}" ]; then
    cp "$bin/listing" "$here/axum-scopes.txt"
elif ! diff -u "$here/axum-scopes.txt" "$bin/listing"; then
    echo "the public API is not as listed; if that is meant, run UPDATE=1 tests/public_api/run.sh and commit the listing" >&2
    exit 1
fi
