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

# What rustc is told when it builds what is run: rustflags server|front demo|release. In the same words for whoever builds these
# profiles, or everything compiles again. (cargo test and clippy use the dev profile, and the flags of .cargo/config.toml.)
rustflags() {
    local flags=
    # Panic messages carry file names: take the machine's paths out of them. Our own crates are compiled by relative path, so only
    # cargo's home needs it, and a checkout in another folder has the same flags. One with a space cannot be written here.
    [[ $cargo_home == *' '* ]] || flags="--remap-path-prefix=$cargo_home=cargo"
    case $1-$2 in
    # as in .cargo/config.toml, whose flags these replace
    *-demo) flags+=" --cfg erase_components" ;;
    server-release)
        flags+=" --cfg erase_components"
        # code that is there twice under two names is there once: the linker that Rust brings can do it
        if [[ $(uname -sm) == 'Linux x86_64' ]]; then flags+=" -Clink-arg=-Wl,--icf=all"; fi
        ;;
    # erased views are twenty kilobytes more to fetch
    front-release) ;;
    *) die "rustflags server|front demo|release, not '$1 $2'" ;;
    esac
    echo "${flags# }"
}
