#!/usr/bin/env bash
# Installs what is missing to build and test, and says what it skips. Safe to run again: a second run takes seconds.
# From nothing on two cores: about 2 minutes, most of it wasm-bindgen. What only waits for the network comes beside it.
#
#   scripts/tools.sh         everything that the tests need
#   scripts/tools.sh build   only what a build needs (no browser or database)
#   scripts/tools.sh ci      the tests' tools and cargo-deny, which takes some minutes to compile
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

what=${1:-all}
[[ $what == all || $what == build || $what == ci ]] || die "scripts/tools.sh [all|build|ci], not '$what'"

bindgen_version=0.2.130
deny_version=0.20.2

# tools for ourselves, not for users: quick to build rather than quick to run. They are built with the project's own
# toolchain, in a target folder of their own, so the project's build is not touched.
install_crate() {
    local crate=$1 version=$2
    shift 2
    if cargo binstall -V >/dev/null 2>&1 && cargo binstall --no-confirm --disable-telemetry "$crate@$version"; then
        return
    fi
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        CARGO_TARGET_DIR="$CARGO_TARGET_DIR/tools" RUSTFLAGS='' \
        cargo install "$crate" --version "$version" --force "$@"
    rm -rf "$CARGO_TARGET_DIR/tools"
}

has_version() { # has_version VERSION CMD…: the command answers with that version
    local version=$1
    shift
    local answer
    answer=$("$@" 2>/dev/null) || return 1
    [[ " ${answer%%$'\n'*} " == *" $version "* ]]
}

apt_install() {
    command -v apt-get >/dev/null || die "$* is missing, and this is not a Debian system: install it and run again"
    local as_root=()
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null ||
            die "$* is missing. Installing it needs root: run 'sudo apt-get install $*' and then this again"
        as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

command -v rustup >/dev/null || die "rustup is missing: see the Rust project's site for how to install it"

# What only waits for the network and the disk goes on beside what compiles, and says afterwards what it did.
beside=()
begin() { # begin NAME CMD…
    local name=$1
    shift
    (
        started=$SECONDS
        "$@"
    ) >"$said/$name" 2>&1 &
    beside+=("$name:$!")
}
join() {
    local job failed=
    for job in "${beside[@]}"; do
        wait "${job#*:}" || failed=1
        cat "$said/${job%%:*}"
    done
    beside=()
    [[ -z $failed ]] || exit 1
}
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT

packages_of_npm() {
    say "npm packages of end2end/: lightningcss, wasm-opt, Playwright, axe (seconds)"
    command -v npm >/dev/null || die "npm is missing: install Node.js 20 or later"
    if [[ end2end/node_modules/.package-lock.json -nt end2end/package-lock.json && -x end2end/node_modules/.bin/wasm-opt && -d end2end/node_modules/lightningcss ]]; then
        echo "   there already"
        return
    fi
    (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-fund --no-audit </dev/null)
    touch end2end/node_modules/.package-lock.json
    took installed
}

programs_of_tests() {
    say "Chromium, PostgreSQL, and what opens our files in tests: poppler and python-docx (1 minute)"
    local missing=()
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
    # of Debian's own Python, whichever one else there is
    /usr/bin/python3 -c 'import docx' 2>/dev/null || missing+=(python3-docx)
    [[ -n ${KVALITET_CHROMIUM:-} ]] || [[ -x /usr/bin/chromium ]] || missing+=(chromium)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    if [[ ${#missing[@]} -eq 0 ]]; then
        echo "   there already"
        return
    fi
    apt_install "${missing[@]}"
    took installed
}

# what is compiled afterwards
sources() {
    cargo fetch --locked --quiet </dev/null || echo "   the sources of the libraries are fetched when they are compiled"
}

begin npm packages_of_npm
[[ $what == build ]] || begin apt programs_of_tests

say "Rust $toolchain with wasm32-unknown-unknown"
targets=$(rustup target list --installed --toolchain "$toolchain" 2>/dev/null || true)
if [[ $targets == *wasm32-unknown-unknown* ]] && cargo clippy -V >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then
    echo "   there already"
else
    rustup toolchain install "$toolchain" --profile minimal --component rustfmt,clippy --target wasm32-unknown-unknown
    took installed
fi

begin sources sources

say "wasm-bindgen $bindgen_version (about 1 minute)"
if has_version "$bindgen_version" wasm-bindgen --version; then
    echo "   there already"
else
    # without --locked: its lockfile holds versions that no longer build
    install_crate wasm-bindgen-cli "$bindgen_version"
    took installed
fi

join

[[ $what == ci ]] || exit 0

say "cargo-deny $deny_version (about 8 minutes)"
if has_version "$deny_version" cargo deny --version; then
    echo "   there already"
else
    install_crate cargo-deny "$deny_version" --locked
    took installed
fi
