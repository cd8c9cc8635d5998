#!/usr/bin/env bash
# Changes the security core at one place after the other, and fails if no test notices. Such a change is a mutant.
#
#   run.sh                     all rooms; hours
#   run.sh ROOM...             some rooms
#   run.sh --sample N [SEED]   N mutants of all rooms, and others in each run unless SEED says which
#   run.sh --list [ROOM...]    the names of the mutants, as survivors.txt has them
#
# A mutant that the unit tests miss is tried against slower tests, too. What survives all of them has to be in survivors.txt.
# Without --sample, what is in survivors.txt has to survive.
#
# Functions that are constants run in the compiler, too. A mutant that builds no more because the compiler's evaluation fails is
# caught, for the code without the mutant builds. A mutant that builds no more for other reasons, such as its types, is no program, and does not count.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=27.1.0
work=$root/target/mutants
mkdir -p "$work"

# What is compiled for the rooms. The first has the fewest features, so it builds in a second.
core=(scopes tree dependency credential scheme)
tokens=(jose token login)
macros=(check expand)
files() {
    case $1 in
        scopes | tree | dependency | credential | scheme | jose | token | login) echo "runtime/src/$1/**/*.rs" ;;
        check) echo "macros/src/check.rs" ;;
        expand) echo "macros/src/expand/**/*.rs" ;;
        *) echo "there is no room $1; there are ${core[*]} ${tokens[*]} ${macros[*]}" >&2 && exit 2 ;;
    esac
}

sample="" seed="" list=""
case ${1:-} in
    --sample) sample=$2 seed=${3:-$((RANDOM * 32768 + RANDOM))} && set -- ;;
    --list) list=1 && shift ;;
esac
[ $# -gt 0 ] || set -- "${core[@]}" "${tokens[@]}" "${macros[@]}"
rooms=("$@")
for room in "${rooms[@]}"; do files "$room" >/dev/null; done

tool() { PATH="$work/tools/bin:$PATH" cargo mutants "$@"; }
if [ "$(tool --version 2>/dev/null)" != "cargo-mutants $version" ]; then
    # It is started once and waits for compilers, so it need not be fast.
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install --quiet --locked cargo-mutants --version "$version" --root "$work/tools"
fi

# Mutants are made in a copy, which stays where it is so that little is compiled again. What it needs of other crates is that of
# the repository. Times are kept, so unchanged files stay unchanged for cargo.
tree=$work/tree
rm -rf "$tree" && mkdir -p "$tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null -T - -cf - Cargo.lock) | tar -xf - -C "$tree"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target} CARGO_INCREMENTAL=1

# The mutants of a room, and behind a tab the names without positions.
mutants_of() {
    tool --dir "$tree" --config "$here/mutants.toml" --list --colors never -f "$(files "$1")" | sort -t: -k1,1 -s | awk '
        { name = $0; sub(/:[0-9]+:[0-9]+: /, ": ", name); mutant[NR] = $0; names[NR] = name; of[NR] = ++count[name] }
        END { for (i = 1; i <= NR; i++) print mutant[i] "\t" names[i] (count[names[i]] > 1 ? " (" of[i] " of " count[names[i]] ")" : "") }'
}
all=$work/all
: >"$all"
for room in "${rooms[@]}"; do mutants_of "$room" | sed "s/^/$room\t/" >>"$all"; done
if [ -n "$list" ]; then
    cut -f3 "$all"
    exit
fi

listed=$work/listed
grep -v -e '^#' -e '^ ' -e '^$' "$here/survivors.txt" | sort >"$listed" || true
faults=0
if [ -n "$sample" ]; then
    echo "$sample of $(wc -l <"$all") mutants, seed $seed"
    grep -v -x -F -f "$listed" <(cut -f3 "$all") | sort >"$work/unlisted"
    awk -F '\t' -v seed="$seed" 'BEGIN { srand(seed) } NR == FNR { unlisted[$0]; next } $3 in unlisted { print rand() "\t" $0 }' \
        "$work/unlisted" "$all" | sort -g | head -n "$sample" | cut -f2- >"$work/chosen"
else
    cp "$all" "$work/chosen"
fi
# A name that no mutant has any more was changed with the code.
for room in "${rooms[@]}"; do
    pattern="^$(files "$room" | sed 's|\*\*/\*\.rs$|.*|'):"
    grep -E -e "$pattern" "$listed" | while IFS= read -r name; do
        cut -f3 "$all" | grep -q -x -F -e "$name" || echo "survivors.txt lists what is no mutant: $name"
    done
done >"$work/strange"
if [ -s "$work/strange" ]; then
    cat "$work/strange" >&2
    faults=1
fi

# judge NAME ROOM,ROOM OPTIONS... -- TESTS...: tries the chosen mutants of these rooms that no step before has caught.
judge() {
    local out=$work/out/$1 rooms=$2 status=0
    shift 2
    grep -E "^(${rooms//,/|})"$'\t' "$work/chosen" | cut -f2 | grep -v -x -F -f "$work/done" >"$work/now" || true
    [ -s "$work/now" ] || return 0
    mkdir -p "$out"
    # As patterns: each character of a name stands for itself.
    { cat "$here/mutants.toml" && echo 'examine_re = [' &&
        sed -E "s/[][\\.*^$+?(){}|&~#-]/\\\\&/g; s/.*/'''^&\$''',/" "$work/now" && echo ']'; } >"$work/mutants.toml"
    echo "-- $(wc -l <"$work/now") mutants: $*"
    # A mutant may ask for memory without end.
    (ulimit -v 12000000 && tool --dir "$tree" --in-place --config "$work/mutants.toml" --output "$out" --colors never "$@") \
        >"$out/log" 2>&1 || status=$?
    # 2: some survive, 3: some do not end.
    if [ $status -ne 0 ] && [ $status -ne 2 ] && [ $status -ne 3 ]; then
        tail -n 40 "$out/log" >&2
        exit 1
    fi
    cd "$out/mutants.out"
    cat caught.txt timeout.txt >>"$work/caught"
    cat unviable.txt >>"$work/unviable"
    grep -l -r -E 'error\[E0080\]|constant evaluation is taking a long time' log | while IFS= read -r log; do
        sed -n 's/^\*\*\* \(.*:[0-9]*:[0-9]*: .*\)$/\1/p' "$log" | head -n 1
    done | grep -x -F -f unviable.txt >>"$work/evaluated" || true
    cat caught.txt timeout.txt unviable.txt >>"$work/done"
    tail -n 1 "$out/log"
    cd "$root"
}

for kind in done caught unviable evaluated; do : >"$work/$kind"; done
rm -rf "$work/out"
IFS=, eval 'core_rooms="${core[*]}" token_rooms="${tokens[*]}" macro_rooms="${macros[*]}"'
judge core "$core_rooms" -p axum-scopes --no-default-features -- --lib
judge unit "$core_rooms,$token_rooms" -p axum-scopes --all-features -- --lib
judge macros "$macro_rooms" -p axum-scopes-macros --all-features -- --lib
judge behaviour "$core_rooms,$token_rooms,$macro_rooms" --test-package axum-scopes-tests -- --test behaviour
judge mistakes "$macro_rooms,scopes,tree" --test-package axum-scopes-tests -- --test ui

names() { awk -F '\t' 'NR == FNR { wanted[$0]; next } $2 in wanted { print $3 }' "$1" "$work/chosen" | sort; }
awk -F '\t' 'NR == FNR { known[$0]; next } !($2 in known) { print $3 }' "$work/done" "$work/chosen" | sort >"$work/survivors"
{ names "$work/caught" && names "$work/evaluated"; } | sort -u >"$work/caught-names"
echo "$(wc -l <"$work/chosen") mutants: $(sort -u "$work/caught" | wc -l) caught by tests, $(sort -u "$work/evaluated" | wc -l) by the compiler's evaluation," \
    "$(grep -c -v -x -F -f "$work/evaluated" "$work/unviable" || true) are no programs, $(wc -l <"$work/survivors") survive"
comm -23 "$work/survivors" "$listed" | sed 's/^/survives: /' >"$work/faults"
comm -12 "$work/caught-names" "$listed" | sed 's/^/is caught, so survivors.txt must not list it: /' >>"$work/faults"
if [ -s "$work/faults" ]; then
    cat "$work/faults" >&2
    faults=1
fi
exit $faults
