# The scripts in this folder source this file. It starts providers, each with its log in $folder, and stops them at the end.
folder=$(mktemp -d)
running=()
stop() {
    for process in "${running[@]}"; do
        { kill "$process" && wait "$process"; } 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap stop EXIT

cp package.json idp.mjs "$folder/"
../tools/npm.sh "$folder"

# Starts a provider at a port and waits until it listens.
start() {
    node "$folder/idp.mjs" "$1" >"$folder/log$1" 2>&1 &
    running+=($!)
    for _ in $(seq 100); do
        grep -q 'is ready' "$folder/log$1" && return
        sleep 0.1
    done
    cat "$folder/log$1" >&2
    exit 1
}
