# Functions for scripts that need a Postgres of their own: `. tests/postgres.sh`.
#
#   start_postgres     starts one, in a new folder and on a socket in it, and sets POSTGRES_URL and POSTGRES_FOLDER
#   stop_postgres      stops it at once, and removes the folder
#   kill_postgres      kills it as a crash would (SIGKILL to the server)
#   restart_postgres   starts it again on the same data
#   pause_postgres, resume_postgres     halt all of its processes, and let them go on
#
# It needs the programs of Debian's package `postgresql`. They do not run as root, so root becomes `postgres`.

postgres_programs() {
    local folder
    folder=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$folder" ] || folder=$(dirname "$(command -v initdb)" 2>/dev/null)
    [ -x "$folder/initdb" ] || { echo "postgres.sh: Postgres is not installed (apt-get install postgresql)" >&2; return 1; }
    echo "$folder"
}

as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd "$POSTGRES_FOLDER" && setpriv --reuid=postgres --regid=postgres --init-groups --reset-env "$@")
    else
        "$@"
    fi
}

# Commits wait for the disk, as they do in production. `POSTGRES_SETTINGS` can say otherwise: `-c fsync=off`.
start_postgres() {
    POSTGRES_PROGRAMS=$(postgres_programs) || return 1
    POSTGRES_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/postgres.XXXXXX") || return 1
    [ "$(id -u)" != 0 ] || chown postgres "$POSTGRES_FOLDER"
    as_postgres "$POSTGRES_PROGRAMS/initdb" --username=axum_scopes --auth=trust --encoding=UTF8 --no-locale \
        --pgdata="$POSTGRES_FOLDER/data" >"$POSTGRES_FOLDER.log" 2>&1 || { cat "$POSTGRES_FOLDER.log" >&2; return 1; }
    restart_postgres || return 1
    POSTGRES_URL="postgres://axum_scopes@localhost/postgres?host=$POSTGRES_FOLDER"
    export POSTGRES_FOLDER POSTGRES_PROGRAMS POSTGRES_URL
}

restart_postgres() {
    as_postgres "$POSTGRES_PROGRAMS/pg_ctl" start --wait --timeout=60 --pgdata="$POSTGRES_FOLDER/data" \
        --log="$POSTGRES_FOLDER/log" \
        --options="-k $POSTGRES_FOLDER -c listen_addresses='' -c max_connections=200 ${POSTGRES_SETTINGS:-}" \
        >>"$POSTGRES_FOLDER.log" 2>&1 || { cat "$POSTGRES_FOLDER.log" "$POSTGRES_FOLDER/log" >&2; return 1; }
}

postgres_pid() {
    head -n 1 "$POSTGRES_FOLDER/data/postmaster.pid"
}

# The children end by themselves when their server is gone. The next start has to wait for that. A killed server whose parent does not
# care stays as a zombie, and its files would look as if it ran.
kill_postgres() {
    local pid children
    pid=$(postgres_pid)
    children=$(pgrep -P "$pid" || true)
    kill -KILL "$pid"
    for pid in "$pid" $children; do
        while postgres_runs "$pid"; do sleep 0.02; done
    done
    rm -f "$POSTGRES_FOLDER/data/postmaster.pid" "$POSTGRES_FOLDER"/.s.PGSQL.*
}

postgres_runs() {
    local state
    state=$(ps -o stat= -p "$1") && [ "${state#Z}" = "$state" ]
}

pause_postgres() {
    local pid
    pid=$(postgres_pid)
    # First the one that makes the others, so that none is made while they are listed.
    kill -STOP "$pid"
    kill -STOP $(pgrep -P "$pid")
}

resume_postgres() {
    local pid
    pid=$(postgres_pid)
    kill -CONT "$pid" $(pgrep -P "$pid")
}

stop_postgres() {
    [ -n "${POSTGRES_FOLDER:-}" ] || return 0
    as_postgres "$POSTGRES_PROGRAMS/pg_ctl" stop --wait --mode=immediate --pgdata="$POSTGRES_FOLDER/data" \
        >>"$POSTGRES_FOLDER.log" 2>&1 || true
    rm -rf "$POSTGRES_FOLDER" "$POSTGRES_FOLDER.log"
    unset POSTGRES_FOLDER POSTGRES_URL
}
