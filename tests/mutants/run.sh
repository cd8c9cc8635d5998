#!/usr/bin/env bash
# Changes the security core at one place after the other, and fails if no test notices. Such a change is a mutant.
#
#   run.sh                     all rooms; hours
#   run.sh ROOM...             some rooms
#   run.sh --sample N [SEED [ROOM...]]
#                              N mutants, and others in each run unless SEED says which
#   run.sh --list [ROOM...]    the names of the mutants, as survivors.txt has them
#
# A mutant that the quick tests miss is tried against slower ones, too. What survives all of them has to be in survivors.txt, and
# what survivors.txt has must survive. A sample has only what is not there.
#
# Constant functions run in the compiler, too. A mutant that does not build because the compiler's evaluation of a constant fails
# is caught, since the code without it builds. One that does not build for another reason, such as its types, is no program, and
# does not count.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=27.1.0
work=$root/target/mutants
mkdir -p "$work"

# Rooms whose unit tests need no feature, those whose tests need some, and files of the macros.
core=(credential dependency scheme scopes tree)
tokens=(jose login token)
macros=(check expand)
files() {
    case $1 in
        credential | dependency | scheme | scopes | tree | jose | login | token) echo "runtime/src/$1/**/*.rs" ;;
        check) echo "macros/src/check.rs" ;;
        expand) echo "macros/src/expand/**/*.rs" ;;
        *) echo "there is no room $1; there are ${core[*]} ${tokens[*]} ${macros[*]}" >&2 && exit 2 ;;
    esac
}

sample="" seed="" list=""
case ${1:-} in
    --sample) sample=$2 seed=${3:-$((RANDOM * 32768 + RANDOM))} && shift $(($# < 3 ? 2 : 3)) ;;
    --list) list=1 && shift ;;
esac
[ $# -gt 0 ] || set -- "${core[@]}" "${tokens[@]}" "${macros[@]}"
globs=()
for room in "$@"; do globs+=(-f "$(files "$room")"); done

tool() { PATH="$work/tools/bin:$PATH" cargo mutants --colors never "$@"; }
if [ "$(tool --version 2>/dev/null)" != "cargo-mutants $version" ]; then
    # It starts compilers and waits for them, so it need not be fast.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install --quiet --locked cargo-mutants --version "$version" --root "$work/tools"
fi

# Mutants are made in a copy, which is always at the same place, so that little is compiled again. All of its files are new to cargo.
# Otherwise it would take the last mutant of the run before for the code.
tree=$work/tree
rm -rf "$tree" && mkdir -p "$tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null -T - -cf - Cargo.lock) | tar -xmf - -C "$tree"
# What was compiled for the repository of other crates is linked, not copied. Of its own crates nothing may be shared: to cargo, those
# in the copy are the same.
if [ ! -d "$work/target" ] && [ -d "${CARGO_TARGET_DIR:-$root/target}/debug" ]; then
    mkdir -p "$work/target/debug"
    cp -al "${CARGO_TARGET_DIR:-$root/target}"/debug/{.fingerprint,build,deps} "$work/target/debug" || rm -rf "$work/target"
    rm -rf "$work/target/debug"/{.fingerprint,build,deps}/*axum?scopes*
fi
export CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=1

# Each mutant, and behind a tab its name without the position.
tool --dir "$tree" --config "$here/mutants.toml" --list "${globs[@]}" | awk '
    { name = $0; sub(/:[0-9]+:[0-9]+: /, ": ", name); mutant[NR] = $0; names[NR] = name; of[NR] = ++count[name] }
    END { for (i = 1; i <= NR; i++) print mutant[i] "\t" names[i] (count[names[i]] > 1 ? " (" of[i] " of " count[names[i]] ")" : "") }
' >"$work/all"
cut -f2 "$work/all" | sort >"$work/names"
if [ -n "$list" ]; then
    cut -f2 "$work/all"
    exit
fi
sed -e '/^#/d' -e '/^ /d' -e '/^$/d' "$here/survivors.txt" | sort >"$work/listed"
comm -23 "$work/listed" "$work/names" >"$work/strange"

if [ -n "$sample" ]; then
    echo "$sample of $(wc -l <"$work/all") mutants, seed $seed"
    awk -F '\t' -v seed="$seed" 'BEGIN { srand(seed) } FILENAME == ARGV[1] { listed[$0]; next } !($2 in listed) { print rand() "\t" $0 }' \
        "$work/listed" "$work/all" | sort -g >"$work/shuffled"
    head -n "$sample" "$work/shuffled" | cut -f2- >"$work/chosen"
else
    cp "$work/all" "$work/chosen"
fi

# judge NAME FILES OPTIONS...: tries the chosen mutants in these files that nothing before has caught.
judge() {
    local out=$work/out/$1 files=$2 status=0
    shift 2
    awk -F '\t' -v files="$files" 'FILENAME == ARGV[1] { done[$0]; next } $1 ~ files && !($1 in done) { print $1 }' \
        "$work/done" "$work/chosen" >"$work/now"
    [ -s "$work/now" ] || return 0
    mkdir -p "$out/mutants.out"
    # The tests of another package are tried only with mutants, so that it has to be shown here that they pass without one.
    if [ "$1" = --test-package ]; then
        (cd "$tree" && cargo test --quiet --package "$2" "${3#--cargo-arg=}") >"$out/log" 2>&1 || {
            tail -n 40 "$out/log" >&2
            exit 1
        }
        set -- --baseline skip --build-timeout 600 --timeout 300 "$@"
    fi
    # Patterns do not choose among all mutants (those of struct expressions pass them), but `--iterate` leaves out what a run before is
    # said to have caught.
    cut -f1 "$work/all" | grep -v -x -F -f "$work/now" >"$out/mutants.out/caught.txt" || true
    local globs=()
    while IFS= read -r file; do globs+=(-f "$file"); done < <(cut -d: -f1 "$work/now" | sort -u)
    echo "-- $(wc -l <"$work/now") mutants: $*"
    # A mutant may ask for memory without end.
    (ulimit -v 16000000 && tool --dir "$tree" --config "$here/mutants.toml" --in-place --iterate --output "$out" "${globs[@]}" "$@") \
        >"$out/log" 2>&1 || status=$?
    # 2: some survive. 3: some do not end.
    if [ $status -ne 0 ] && [ $status -ne 2 ] && [ $status -ne 3 ]; then
        tail -n 40 "$out/log" >&2
        exit 1
    fi
    grep 'tested in' "$out/log"
    (
        cd "$out/mutants.out"
        cat caught.txt timeout.txt >>"$work/caught"
        # The first line of a log that begins in this way names the mutant.
        { grep -l -E 'error\[E0080\]|constant evaluation is taking a long time' log/* || true; } | while IFS= read -r log; do
            sed -n 's/^\*\*\* \(.*:[0-9]*:[0-9]*: .*\)$/\1/p' "$log" | sed 1q
        done | sort >"$work/failed"
        sort unviable.txt | comm -12 - "$work/failed" >>"$work/caught"
        sort unviable.txt | comm -23 - "$work/failed" >>"$work/no-program"
        cat caught.txt timeout.txt unviable.txt >>"$work/done"
    )
}

rm -rf "$work/out"
for kind in done caught no-program; do : >"$work/$kind"; done
join() { local IFS='|' && echo "$*"; }
# Without `--lib` and `--test` in all that cargo does, everything of the package would be compiled for each mutant.
judge core "^runtime/src/($(join "${core[@]}"))/" -p axum-scopes --no-default-features --cargo-arg=--lib
for room in "${tokens[@]}"; do
    judge "$room" "^runtime/src/$room/" -p axum-scopes --all-features --cargo-arg=--lib -- -- "$room::"
done
# With all features, aws-lc does what these files do in Rust.
judge rust-crypto "^runtime/src/jose/(material|private|provider/)" -p axum-scopes --no-default-features \
    --features login,rust_crypto,testing --cargo-arg=--lib -- -- jose::
# These wait for servers, for limits of time, and for hashes, so they come last.
waiting=(docs:: introspection:: issuer:: password::)
judge unit "^runtime/" -p axum-scopes --all-features --cargo-arg=--lib -- -- "${waiting[@]/#/--skip=}"
judge macros "^macros/" -p axum-scopes-macros --all-features --cargo-arg=--lib
judge behaviour "" --test-package axum-scopes-tests --cargo-arg=--test=behaviour
judge waiting "^runtime/" -p axum-scopes --all-features --cargo-arg=--lib -- -- "${waiting[@]}"
judge mistakes "^macros/|^runtime/src/(scopes|tree)/" --test-package axum-scopes-tests --cargo-arg=--test=ui

# The names of what is in a file, and of what is not.
names_of() { awk -F '\t' 'FILENAME == ARGV[1] { in_file[$0]; next } $1 in in_file { print $2 }' "$1" "$work/chosen" | sort; }
names_beyond() { awk -F '\t' 'FILENAME == ARGV[1] { in_file[$0]; next } !($1 in in_file) { print $2 }' "$1" "$work/chosen" | sort; }
names_beyond "$work/done" >"$work/survivors"
echo "$(wc -l <"$work/chosen") mutants: $(wc -l <"$work/caught") caught, $(wc -l <"$work/survivors") survive," \
    "$(wc -l <"$work/no-program") are no programs"
{
    comm -23 "$work/survivors" "$work/listed" | sed 's/^/survives: /'
    names_of "$work/caught" | comm -12 - "$work/listed" | sed 's/^/is caught, so survivors.txt must not have it: /'
    names_of "$work/no-program" | comm -12 - "$work/listed" | sed 's/^/is no program, so survivors.txt must not have it: /'
    # Only a list of all rooms can tell.
    [ $# -lt $((${#core[@]} + ${#tokens[@]} + ${#macros[@]})) ] || sed 's/^/survivors.txt has what is no mutant: /' "$work/strange"
} >"$work/faults"
if [ -s "$work/faults" ]; then
    cat "$work/faults" >&2
    exit 1
fi
