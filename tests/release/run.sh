#!/usr/bin/env bash
# Packs the crates as they are published, and unpacks them into an empty folder: `tests/release/run.sh FOLDER`. Then checks what is in
# them, makes their documentation as docs.rs does, builds the README's program with them, and compares their API with the last release.
set -euo pipefail
packages=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
crates=(axum-scopes-macros axum-scopes axum-scopes-sql)

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

echo "-- packages"
# Without verification, which would build each on its own: the examples are built with all three. In a folder of its own, because
# cargo keeps what it has packed.
(cd "$packages" && mkdir packed "${crates[@]}")
cargo package "${crates[@]/#/-p}" --no-verify --allow-dirty --target-dir "$packages/packed" 2>&1 | tee "$packages/log"
! grep -q '^warning' "$packages/log" || fail "a package has a warning"
for crate in "${crates[@]}"; do
    packed=$(echo "$packages/packed/package/$crate"-[0-9]*.crate)
    tar -xzf "$packed" -C "$packages/$crate" --strip-components 1
    for file in Cargo.toml README.md LICENSE-APACHE LICENSE-MIT src/lib.rs; do
        [ -s "$packages/$crate/$file" ] || fail "$crate has no $file"
    done
    large=$(find "$packages/$crate" -type f -size +150k)
    [ -z "$large" ] || fail "larger than 150 KiB:" "$large"
    size=$(stat -c %s "$packed")
    [ "$size" -le 1000000 ] || fail "$crate has $size bytes, of at most 1000000"
done

echo "-- documentation, as docs.rs makes it"
# docs.rs has the nightly toolchain. The stable one has its options with the right to unstable ones, which only rustdoc gets.
printf '#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n' >"$packages/rustdoc"
chmod +x "$packages/rustdoc"
patches=()
for crate in "${crates[@]}"; do
    patches+=(--config "patch.crates-io.$crate.path='$packages/$crate'")
done
for crate in "${crates[@]}"; do
    options=()
    ! grep -q '^all-features = true' "$packages/$crate/Cargo.toml" || options+=(--all-features)
    RUSTDOC=$packages/rustdoc RUSTDOCFLAGS="--cfg docsrs -D warnings" CARGO_PROFILE_DEV_DEBUG=line-tables-only \
        cargo doc --quiet --lib --no-deps "${options[@]}" "${patches[@]}" --manifest-path "$packages/$crate/Cargo.toml" --target-dir target
done

echo "-- the README's program"
# `--workspace`, because nothing is then built with other features than for all tests.
AXUM_SCOPES_PACKAGES=$packages cargo test -q --workspace --test readme

echo "-- the API since the last release"
if ! last=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null); then
    echo "skipped: nothing is released yet, so there is no tag to compare with"
    exit
fi
# It does not read crates of macros.
"$(tests/tools/cargo.sh cargo-semver-checks 0.51.0)" semver-checks -p axum-scopes -p axum-scopes-sql --all-features --baseline-rev "$last"
