#!/usr/bin/env bash
# A PostgreSQL of our own for the tests: a new cluster in a temporary folder, on a free port of 127.0.0.1, gone afterwards.
# Starts in about 3 seconds. No password: it listens on the loopback only and lives as long as the test.
#
#   scripts/postgres.sh run CMD…   runs CMD with KVALITET_TEST_POSTGRES=postgres://…, stops, and answers as CMD did
#   scripts/postgres.sh            prints the URL and stays until it is ended
#   scripts/postgres.sh hostssl    one that lets nobody in over TCP without TLS: prints the URL of its socket and its port, and
#                                  stays until its input is closed. It has no certificate yet: the story of TLS gives it some
set -euo pipefail

die() {
    printf '\n!! %s\n' "$*" >&2
    exit 1
}

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
[[ -n $bin && -x $bin/initdb ]] || bin=$(dirname "$(command -v initdb || true)")
[[ -x $bin/initdb ]] || die "PostgreSQL is missing: run scripts/tools.sh"

# PostgreSQL refuses to run as root
as_postgres=()
if [[ $(id -u) -eq 0 ]]; then
    as_postgres=(runuser -u postgres --)
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/kvalitet-postgres.XXXXXX")
if [[ ${#as_postgres[@]} -gt 0 ]]; then
    chown postgres "$dir"
fi

stop() {
    # the folder is a place the user postgres may stand in; ours may not be
    (cd "$dir" && "${as_postgres[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1) || true
    rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 20000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    die "found no free port"
}

(
    cd "$dir"
    "${as_postgres[@]}" "$bin/initdb" -D "$dir/data" -U kvalitet -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1
) || {
    cat "$dir/initdb.log" >&2
    die "initdb failed"
}

if [[ ${1:-} == hostssl ]]; then
    printf '%s\n' 'local all all trust' 'hostssl all all 127.0.0.1/32 trust' >"$dir/data/pg_hba.conf"
fi

# another program may take the port between the look and the start
for attempt in 1 2 3; do
    port=$(free_port)
    # fsync off: the cluster is thrown away
    if (
        cd "$dir"
        "${as_postgres[@]}" "$bin/pg_ctl" -D "$dir/data" -w -t 30 -s -l "$dir/data/server.log" start -o \
            "-h 127.0.0.1 -p $port -k $dir -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" >/dev/null </dev/null
    ); then
        break
    fi
    if [[ $attempt -eq 3 ]]; then
        cat "$dir/data/server.log" >&2 || true
        die "PostgreSQL did not start"
    fi
done

url=postgres://kvalitet@127.0.0.1:$port/postgres

if [[ ${1:-} == run ]]; then
    shift
    [[ $# -gt 0 ]] || die "scripts/postgres.sh run CMD…"
    status=0
    KVALITET_TEST_POSTGRES=$url "$@" || status=$?
    exit "$status"
fi
if [[ ${1:-} == hostssl ]]; then
    echo "postgres:///postgres?host=$dir&port=$port&user=kvalitet $port"
    # whoever started us holds the other end: when they are gone, however they went, so are we
    cat >/dev/null || true
    exit 0
fi
[[ $# -eq 0 ]] || die "scripts/postgres.sh [hostssl|run CMD…]"

echo "$url"
# wait in small steps, so that a signal is answered at once
while :; do
    sleep 1 &
    wait $!
done
