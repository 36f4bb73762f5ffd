#!/usr/bin/env bash
# Builds the browser part, then the server with it embedded, and prints the path of the binary on its last line.
#
#   scripts/build.sh demo      profiles demo and wasm-demo: quick to build. From nothing about 8 minutes on two cores
#   scripts/build.sh release   profiles release and wasm-release, wasm-opt, precompressed. From nothing 15–20 minutes
#   scripts/build.sh watch     the demo, built anew and started at every change, on 127.0.0.1:3000
#
# The site is put together in target/site in the checkout, where the server embeds it from, whatever CARGO_TARGET_DIR says.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

kind=${1:-demo}

# wasm-opt shrinks what wasm-bindgen gives; every browser that opens the pages has these features
wasm_opt=(-Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext
    --enable-mutable-globals --enable-reference-types --enable-multivalue)

case $kind in
demo)
    # views are erased, as in .cargo/config.toml, whose flags these replace
    flags="--cfg erase_components"
    ;;
release)
    flags=
    ;;
watch)
    # what a build reads; a change of any of them is a new build
    changes() { find app server style migrations Cargo.lock \( -name target -prune \) -o -type f -printf '%T@ %p\n' | sort | sha256sum; }
    while :; do
        seen=$(changes)
        pid=
        if scripts/build.sh demo; then
            "$CARGO_TARGET_DIR/demo/kvalitetshjulet" demo "${@:2}" &
            pid=$!
            trap 'kill "$pid" 2>/dev/null || true' EXIT
        fi
        until [[ $(changes) != "$seen" ]]; do sleep 1; done
        [[ -z $pid ]] || { kill "$pid" && wait "$pid" || true; }
    done
    ;;
*)
    die "scripts/build.sh [demo|release|watch], not '$kind'"
    ;;
esac

# Panic messages carry file names: take the machine's paths out of them. Our own crates are compiled by relative path, so
# only cargo's home needs it, and a checkout in another folder has the same flags. The same flags for every build of these
# profiles, or everything compiles again. (cargo test and clippy use the dev profile and no flags.)
if [[ $cargo_home == *' '* ]]; then
    echo "   cargo's home has a space in its path and cannot be taken out of the panic messages"
else
    flags="--remap-path-prefix=$cargo_home=cargo $flags"
fi
export RUSTFLAGS=${flags% }

say "Building the browser part (profile wasm-$kind)"
# a target folder of its own: the two builds have different features, and one must not undo the other
front=$CARGO_TARGET_DIR/front
cargo build --locked -p wasm --lib --target wasm32-unknown-unknown --profile "wasm-$kind" --target-dir "$front" </dev/null
bindgen=$front/bindgen-$kind
rm -rf "$bindgen"
wasm-bindgen --target web --no-typescript --out-dir "$bindgen" --out-name kvalitetshjulet \
    "$front/wasm32-unknown-unknown/wasm-$kind/wasm.wasm"
if [[ $kind == release ]]; then
    wasm-opt "${wasm_opt[@]}" "$bindgen/kvalitetshjulet_bg.wasm" -o "$bindgen/kvalitetshjulet_bg.wasm"
    node scripts/site.mjs "$bindgen" --release
else
    node scripts/site.mjs "$bindgen"
fi

say "Building the server (profile $kind)"
cargo build --locked -p web --bin kvalitetshjulet --profile "$kind" </dev/null

binary=$CARGO_TARGET_DIR/$kind/kvalitetshjulet
[[ -x $binary ]] || die "no binary at $binary"

wasm=$bindgen/kvalitetshjulet_bg.wasm
if [[ $kind == release ]] && grep -aqF -e "$cargo_home/" -e "$root/" "$wasm"; then
    die "the WASM holds paths of this machine: $wasm"
fi

took "built: server $(du -h "$binary" | cut -f1), WASM $(du -h "$wasm" | cut -f1)"
echo "$binary"
