#!/usr/bin/env bash
# Installs a program from crates.io in one version, and prints its path: `tests/tools/cargo.sh cargo-deny 0.20.2`.
# It is in target/tools, unless the machine has this version already.
set -euo pipefail
name=$1 version=$2

has() { [ "$("$1" --version 2>/dev/null)" = "$name $version" ]; }

if has "$name"; then
    command -v "$name"
    exit
fi
cd "$(dirname "$0")/../.."
root=$PWD/target/tools
if ! has "$root/bin/$name"; then
    # These programs run for seconds, and would be optimised for minutes.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=false CARGO_INCREMENTAL=0 \
        cargo install --quiet --locked --root "$root" --target-dir "$root/build" "$name@$version" >&2
    rm -r "$root/build"
fi
echo "$root/bin/$name"
