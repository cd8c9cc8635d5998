#!/usr/bin/env bash
# Copies each example out of the repository into its own crate, as its first lines say, and builds and tests it there:
# `tests/copied_out/run.sh [EXAMPLE…]`. Then `target/debug` has the programs, with the names of the examples. With AXUM_SCOPES_PACKAGES,
# the crates of this repository are those that tests/release/run.sh has unpacked into this folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# As the workspace has it, so that what both depend on is built once.
export CARGO_PROFILE_DEV_DEBUG=line-tables-only

# Makes the crate $crate of the example $1.
copy() {
    cargo init --quiet --vcs none --name "$1" "$crate"
    # The same versions as in the workspace.
    [ ! -f Cargo.lock ] || cp Cargo.lock "$crate"
    if [ -d "examples/$1" ]; then
        cp -r "examples/$1/." "$crate/src"
        # The manifest of an example that is a package of the workspace.
        rm -f "$crate/src/Cargo.toml"
    else
        cp "examples/$1.rs" "$crate/src/main.rs"
    fi
    case $1 in
    # Its tests ask by a crate of this repository.
    production | tutorial) rm -r "$crate/src/tests" "$crate/src/tests.rs" ;;
    tutorial_aide) cp -r examples/tutorial "$crate" ;;
    esac
}

# The crates that the example's first lines add, but for axum-scopes and axum-scopes-sql, which are those of this repository.
add() {
    local runtime=$PWD/runtime sql=$PWD/runtime/sql name
    if [ -n "${AXUM_SCOPES_PACKAGES:-}" ]; then
        runtime=$AXUM_SCOPES_PACKAGES/axum-scopes sql=$AXUM_SCOPES_PACKAGES/axum-scopes-sql
        printf '\n[patch.crates-io]\n' >>"$crate/Cargo.toml"
        for name in axum-scopes axum-scopes-macros axum-scopes-sql; do
            echo "$name = { path = \"$AXUM_SCOPES_PACKAGES/$name\" }" >>"$crate/Cargo.toml"
        done
    fi
    sed -n 's#^//! \(cargo add .*\)#\1#p' "$crate/src/main.rs" |
        sed "s#^cargo add axum-scopes-sql#& --path $sql#; t
            s#^cargo add.* axum-scopes#& --path $runtime#" >"$crate/add"
    (cd "$crate" && . ./add) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

all=(basic_and_keys expansion grpc hello_scopes mcp_server mtls nested production resource_server rfc6750 testing tutorial tutorial_aide)
for example in "${@:-${all[@]}}"; do
    echo "-- $example"
    crate=$work/$example
    copy "$example"
    add
    cargo build --quiet --manifest-path "$crate/Cargo.toml" --target-dir target
    case $example in production | tutorial) continue ;; esac
    cargo test --quiet --manifest-path "$crate/Cargo.toml" --target-dir target
done
