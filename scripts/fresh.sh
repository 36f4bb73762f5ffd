#!/usr/bin/env bash
# How long the first start takes for a newcomer: a clone of what is committed here, an empty HOME, an empty cargo registry, no
# target folder. Prints the minutes of each step, until the port answers. On the machine: rustup with the toolchain, Node, and what apt
# has installed. About a quarter of an hour on two cores; nothing else should run beside it.
#
#   scripts/fresh.sh         make demo, until http://127.0.0.1:… answers
#   scripts/fresh.sh build   make build: the release from nothing
#   scripts/fresh.sh test    make test
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

what=${1:-demo}
[[ $what == demo || $what == build || $what == test ]] || die "scripts/fresh.sh [demo|build|test], not '$what'"
most=15
[[ $what == demo ]] || most=40
[[ $what != build ]] || most=20

work=$(mktemp -d "${TMPDIR:-/tmp}/kvalitet-fresh.XXXXXX")
job=
finish() {
    [[ -z $job ]] || kill -- "-$job" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

git clone --quiet "$root" "$work/kvalitetshjulet"
mkdir -p "$work/home" "$work/bin"

# the toolchain is what "with Rust" means; of what else stands in cargo's own folder a newcomer has nothing
export RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
proxies=$(dirname "$(command -v rustup)")
for program in rustup cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    [[ ! -e $proxies/$program ]] || ln -s "$proxies/$program" "$work/bin/$program"
done
# where packages come from is for the machine to say
if [[ -f $HOME/.npmrc ]]; then export NPM_CONFIG_USERCONFIG=$HOME/.npmrc; fi
mkdir -p "$work/home/.cargo"
for config in config config.toml; do
    [[ ! -f $cargo_home/$config ]] || cp "$cargo_home/$config" "$work/home/.cargo/"
done
path=$work/bin
IFS=: read -ra folders <<<"$PATH"
for folder in "${folders[@]}"; do
    [[ $folder == "$cargo_home/bin" || $folder == "$proxies" || $folder == "$root"/* ]] || path+=:$folder
done

while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done

unset CARGO_TARGET_DIR CARGO_HOME CI
unset "${!CARGO_PROFILE_@}" CARGO_INCREMENTAL RUSTFLAGS
mkfifo "$work/said"
set -m
HOME=$work/home PATH=$path KVALITET_LISTEN=127.0.0.1:$port make -C "$work/kvalitetshjulet" "$what" >"$work/said" 2>&1 </dev/null &
job=$!
set +m

minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }
from=$SECONDS
step= begun=$from steps=()
note() {
    [[ -z $step ]] || steps+=("$(minutes $((SECONDS - begun)))  $step")
    step=${1:-} begun=$SECONDS
}
answered=
while IFS= read -r line; do
    printf '%s  %s\n' "$(minutes $((SECONDS - from)))" "$line"
    case $line in
    '== '*) note "${line#== }" ;;
    *'listening on '*)
        answered=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/logga-in")
        break
        ;;
    esac
done <"$work/said"
note
took=$((SECONDS - from))

say "From nothing, make $what"
printf '   %s\n' "${steps[@]}"
if [[ $what == demo ]]; then
    [[ $answered == 200 ]] || die "no answer on port $port"
else
    wait "$job" || die "make $what failed"
    job=
fi
echo "   $(minutes "$took")  in all (asked: at most $most minutes on two cores)"
[[ $took -le $((most * 60)) ]]
