#!/usr/bin/env bash
# Builds the browser part, then the server with it embedded, and prints the path of the binary on its last line.
#
#   scripts/build.sh demo      profiles demo and wasm-demo: quick to build. From nothing 8–10 minutes on two cores
#   scripts/build.sh release   profiles release and wasm-release, wasm-opt, precompressed. From nothing 15–20 minutes
#   scripts/build.sh watch     demo profiles, rebuilt and restarted at every change, on 127.0.0.1:3000
#
# cargo-leptos writes the site to target/site in the checkout (the server embeds it from there) whatever CARGO_TARGET_DIR
# says, and hash.txt beside the binary.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

kind=${1:-demo}

# Panic messages carry file names: take the machine's paths out of them. Our own crates are compiled by relative path, so
# only cargo's home needs it, and a checkout in another folder has the same flags. The same flags for every build of these
# profiles, or everything compiles again. (cargo test and clippy use the dev profile and no flags.)
if [[ $cargo_home == *' '* ]]; then
    echo "   cargo's home has a space in its path and cannot be taken out of the panic messages"
    unset RUSTFLAGS
else
    export RUSTFLAGS="--remap-path-prefix=$cargo_home=cargo"
fi

case $kind in
demo)
    say "Building the demo (profiles demo and wasm-demo)"
    cargo leptos build --cargo-locked </dev/null
    ;;
release)
    say "Building the release (profiles release and wasm-release)"
    cargo leptos build --release --precompress --cargo-locked </dev/null
    ;;
watch)
    exec cargo leptos watch
    ;;
*)
    die "scripts/build.sh [demo|release|watch], not '$kind'"
    ;;
esac

binary=$CARGO_TARGET_DIR/$kind/kvalitetshjulet
[[ -x $binary ]] || die "no binary at $binary"

wasm=$(find target/site/pkg -name '*.wasm' | head -n 1)
if [[ -n $wasm ]] && [[ $kind == release ]] && grep -aqF -e "$cargo_home/" -e "$root/" "$wasm"; then
    die "the WASM holds paths of this machine: $wasm"
fi

took "built: server $(du -h "$binary" | cut -f1), WASM $(du -h "$wasm" | cut -f1)"
echo "$binary"
