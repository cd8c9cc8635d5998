#!/usr/bin/env bash
# Runs fuzz targets with libFuzzer, on stable Rust: `run.sh [--keep] [--seconds N | executions] [target...]`. Needs a C++ compiler.
# Fails on a panic, if an oracle disagrees, if an input takes more than 10 seconds or 1 GB, and if coverage is not measured.
#
# Each run has another seed, which it prints, unless SEED is set. JOBS targets run at the same time, 2 unless it is set. With `--seconds`,
# each target runs for at most that time, however slow the machine is.
#
# An input that fails is written beside the binaries. Mend the mistake, and add the input to the corpus as a line of `escape_ascii` with
# unescaped quotes. `cargo test` replays the corpus. `--keep` adds to the corpus those of the new inputs that reach what no known one
# reaches, up to a number.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

keep=""
limit=(-runs=500000)
while [ $# -gt 0 ]; do
    case $1 in
        --keep) keep=1 ;;
        --seconds) limit=(-max_total_time="$2"); shift ;;
        [0-9]*) limit=(-runs="$1") ;;
        *) break ;;
    esac
    shift
done
seed=${SEED:-$((RANDOM * 32768 + RANDOM + 1))}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || for file in "$here"/corpus/*.txt; do targets+=("$(basename "$file" .txt)"); done

# The flags of cargo-fuzz. With `--target`, build scripts and macros are built without them.
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
RUSTFLAGS="$coverage" cargo build --manifest-path "$here/Cargo.toml" --profile fuzz --target "$host" --features libfuzzer "${bins[@]}"
built=${CARGO_TARGET_DIR:-$here/../../target}/$host/fuzz

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Runs one target, and writes what it reports into a file of its name.
fuzz() {
    local target=$1 found=$scratch/found-$1 corpus=$scratch/corpus-$1 log=$scratch/log-$1 i=0
    mkdir -p "$found" "$corpus"
    while IFS= read -r line; do printf '%b' "$line" >"$corpus/$((i++))"; done <"$here/corpus/$target.txt"
    local flags=(-max_len=2048 -timeout=10 -rss_limit_mb=1024 -artifact_prefix="$built/$target-")
    [ ! -f "$here/dictionaries/$target.dict" ] || flags+=(-dict="$here/dictionaries/$target.dict")
    "$built/$target" "${limit[@]}" -seed="$seed" -print_final_stats=1 "${flags[@]}" "$found" "$corpus" >"$log" 2>&1 || {
        tail -n 40 "$log"
        return 1
    }
    grep -E '(INITED|DONE)|average_exec_per_sec|number_of_executed' "$log"
    # Without the flags, libFuzzer would run without coverage, and report it only here.
    grep -qE 'DONE +cov: [0-9]{3,}' "$log" || { echo "no coverage: $target"; return 1; }
    if [ -n "$keep" ]; then
        "$built/$target" -merge=1 -use_counters=0 "${flags[@]}" "$corpus" "$found" >"$log" 2>&1 || { tail -n 40 "$log"; return 1; }
        python3 "$here/keep.py" "$here/corpus/$target.txt" "$corpus"
    fi
}

report() { echo "-- $1, seed $seed"; cat "$scratch/report-$1"; }

failed=()
running=0
done_with() {
    local pid status=0
    wait -n -p pid || status=$?
    running=$((running - 1))
    report "${of[$pid]}"
    [ "$status" = 0 ] || failed+=("${of[$pid]}")
}
declare -A of
for target in "${targets[@]}"; do
    [ "$running" -lt "${JOBS:-2}" ] || done_with
    fuzz "$target" >"$scratch/report-$target" 2>&1 &
    of[$!]=$target
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do done_with; done
[ ${#failed[@]} = 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }
