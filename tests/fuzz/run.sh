#!/usr/bin/env bash
# Runs fuzz targets with libFuzzer, on stable Rust: `run.sh [executions [target...]]`. Needs a C++ compiler.
# Fails on a panic, an oracle's disagreement, an input of over 10 seconds or over 1 GB, and where coverage is not measured.
# What is found anew goes to FOUND, if that is set; an input that fails goes beside the binaries. Add it to the corpus, with
# the mistake mended: a line of `escape_ascii`, in which quotes stand as they are. `cargo test` replays that.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

executions=${1:-500000}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(authorization keys login tokens)

# As cargo-fuzz has them. With `--target`, so that build scripts and macros do without.
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="$coverage" cargo build --manifest-path "$here/Cargo.toml" --profile fuzz --target "$host" --features libfuzzer --bins
built=${CARGO_TARGET_DIR:-$here/../../target}/$host/fuzz

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for target in "${targets[@]}"; do
    found=${FOUND:-$scratch}/$target
    corpus=$scratch/corpus-$target
    mkdir -p "$found" "$corpus"
    i=0
    while IFS= read -r line; do printf '%b' "$line" >"$corpus/$((i++))"; done <"$here/corpus/$target.txt"
    echo "-- $target"
    "$built/$target" -runs="$executions" -seed="${SEED:-1}" -max_len=2048 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$built/" \
        -dict="$here/dictionaries/$target.dict" "$found" "$corpus" >"$scratch/log" 2>&1 || {
        tail -n 40 "$scratch/log" >&2
        exit 1
    }
    grep -E '(INITED|DONE)|average_exec_per_sec|number_of_executed' "$scratch/log"
    # Without the flags, libFuzzer would run blindly, and say so only here.
    grep -qE 'DONE +cov: [0-9]{3,}' "$scratch/log" || { echo "no coverage: $target" >&2; exit 1; }
done
