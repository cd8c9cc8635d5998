# The scripts in this folder source this file. It tells how long each step takes, how much of the processors its programs use, and how
# much of the disk is free at its end. A step that takes long and uses little waits for something. A database on a full disk fails with
# messages that do not say so.
table=$(mktemp)
current=""
# What is called before each step.
before_each=:

# Sets $processors to the seconds that all programs have used that have ended. A subshell would have times of its own.
measure() {
    times >"$table.times"
    processors=$(awk -F'[ms ]+' 'END { printf "%d", $1 * 60 + $2 + $3 * 60 + $4 }' "$table.times")
}

free_megabytes() { df -Pm . | awk 'NR == 2 { print $4 }'; }

# Writes the line of the current step.
finished() {
    [ -n "$current" ] || return 0
    measure
    printf '%6d s  %6d s  %6d MB  %s\n' $((SECONDS - began)) $((processors - used)) "$(free_megabytes)" "$current" | tee -a "$table"
    current=""
}

step() {
    finished
    $before_each
    measure
    began=$SECONDS
    used=$processors
    current=$*
    printf '\n== %s\n' "$current"
}

# Shows the lines of all steps.
summary() {
    finished >/dev/null
    printf '\n   takes      uses       free\n'
    cat "$table"
    rm -f "$table"*
}

# Installs Debian's package $2 if there is no command $1.
needs() {
    command -v "$1" >/dev/null && return
    { apt-get update -q && apt-get install -y -q --no-install-recommends "$2"; } >"$table.apt" 2>&1 ||
        { cat "$table.apt" >&2; exit 1; }
}
