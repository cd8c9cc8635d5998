#!/usr/bin/env bash
# Runs fuzz targets with libFuzzer, on stable Rust: `run.sh [executions [target...]]`. Needs a C++ compiler.
# Fails on a panic, if an oracle disagrees, if an input takes more than 10 seconds or 1 GB, and if coverage is not measured.
# Each run has another seed, which it prints, unless SEED is set. New inputs are written to FOUND, if that is set. An input that fails is written beside the binaries. Mend the mistake, and add the
# input to the corpus as a line of `escape_ascii` with unescaped quotes. `cargo test` replays the corpus.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

executions=${1:-500000}
seed=${SEED:-$((RANDOM * 32768 + RANDOM + 1))}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(authorization introspection keys login proofs tokens)

# The flags of cargo-fuzz. With `--target`, build scripts and macros are built without them.
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
    echo "-- $target, seed $seed"
    "$built/$target" -runs="$executions" -seed="$seed" -max_len=2048 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$built/" \
        -dict="$here/dictionaries/$target.dict" "$found" "$corpus" >"$scratch/log" 2>&1 || {
        tail -n 40 "$scratch/log" >&2
        exit 1
    }
    grep -E '(INITED|DONE)|average_exec_per_sec|number_of_executed' "$scratch/log"
    # Without the flags, libFuzzer would run without coverage, and report it only here.
    grep -qE 'DONE +cov: [0-9]{3,}' "$scratch/log" || { echo "no coverage: $target" >&2; exit 1; }
done
