#!/usr/bin/env bash
# Drives the login of examples/production over HTTP, with two replicas, on SQLite and on a Postgres of its own: `tests/login/run.sh
# [PART…]`. The replicas, the database and connections are killed meanwhile. Then real clients log in. Needs Debian's `postgresql`,
# Node.js, npm and Python with venv, from which the clients are fetched. SEED chooses the random moments.
set -euo pipefail
cd "$(dirname "$0")/../.."

# In the workspace, where the libraries are compiled once for all tests.
cargo build --workspace --example production --bin login-tests
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug
export EXAMPLE=$target/examples/production

folder=$(mktemp -d)
running=()
finish() {
    local status=$? process
    for process in "${running[@]}"; do
        { kill "$process" && wait "$process"; } 2>/dev/null || true
    done
    [ -z "${POSTGRES_FOLDER:-}" ] || stop_postgres
    if [ "$status" != 0 ]; then
        tail -n 20 "$folder"/*/*.log >&2 || true
    fi
    rm -rf "$folder"
}
trap finish EXIT

# A folder for the files of one database, in which everything is new.
new_folder() {
    mkdir "$folder/$1"
    export FOLDER=$folder/$1
}

echo "== SQLite"
new_folder sqlite
DATABASE_URL=sqlite:$FOLDER/production.db "$target/login-tests" "$@"

echo "== Postgres"
. tests/postgres.sh
start_postgres
new_folder postgres
cat >"$folder/control" <<END
#!/usr/bin/env bash
set -euo pipefail
. "$PWD/tests/postgres.sh"
POSTGRES_FOLDER=$POSTGRES_FOLDER POSTGRES_PROGRAMS=$POSTGRES_PROGRAMS
case \$1 in
kill) kill_postgres ;;
start) restart_postgres ;;
esac
END
chmod +x "$folder/control"
POSTGRES_CONTROL=$folder/control DATABASE_URL=$POSTGRES_URL "$target/login-tests" "$@"

[ $# = 0 ] || exit 0
echo "== real clients"
new_folder clients
url=http://127.0.0.1:${PORT:-9420}
CLIENT_SECRET=$(printf '0123456789abcdef%.0s' 1 2 3 4)
(cd "$FOLDER" && CLIENT_SECRET=$CLIENT_SECRET LISTEN=${url#http://} exec "$EXAMPLE" >example.log 2>&1) &
running+=($!)
cp tests/clients/package.json tests/login/clients/oauth4webapi.mjs "$FOLDER"
tests/tools/npm.sh "$FOLDER"
tests/tools/python.sh "$FOLDER/venv" tests/clients/requirements.txt
for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/${url##*:}") 2>/dev/null && break
    sleep 0.1
done
node "$FOLDER/oauth4webapi.mjs" "$url" "$CLIENT_SECRET"
"$FOLDER/venv/bin/python" tests/login/clients/authlib_client.py "$url" "$CLIENT_SECRET"
