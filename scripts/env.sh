# Read by the other scripts: where things are. Not run by itself.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# On a build machine the checkout is new every time, so what has been built is kept outside it.
if [[ -z ${CARGO_TARGET_DIR:-} ]]; then
    if [[ ${CI:-} == true ]]; then
        CARGO_TARGET_DIR=${XDG_CACHE_HOME:-$HOME/.cache}/kvalitetshjulet/target
    else
        CARGO_TARGET_DIR=$root/target
    fi
fi
export CARGO_TARGET_DIR

cargo_home=${CARGO_HOME:-$HOME/.cargo}
export PATH=$cargo_home/bin:$root/end2end/node_modules/.bin:$PATH

toolchain=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)

started=$SECONDS
say() {
    printf '\n== %s\n' "$*"
}
took() {
    printf '   %s (%d min %02d s)\n' "$*" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
    started=$SECONDS
}
die() {
    printf '\n!! %s\n' "$*" >&2
    exit 1
}
