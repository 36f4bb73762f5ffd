#!/usr/bin/env bash
# Builds the browser part, then the server with it embedded, and prints the path of the binary on its last line.
#
#   scripts/build.sh demo      profiles demo and wasm-demo: quick to build. From nothing about 8 minutes on two cores
#   scripts/build.sh release   profiles release and wasm-release, wasm-opt, precompressed. From nothing a quarter of an hour
#
# The site is put together in target/site in the checkout, where the server embeds it from, whatever CARGO_TARGET_DIR says.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

kind=${1:-demo}

# wasm-opt shrinks what wasm-bindgen gives; every browser that opens the pages has these features
wasm_opt=(-Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext
    --enable-mutable-globals --enable-reference-types --enable-multivalue)

[[ $kind == demo || $kind == release ]] || die "scripts/build.sh [demo|release], not '$kind'"

# The browser part is islands and domain: cargo compiles it anew when one of these changed, and not for a page.
say "Building the browser part (profile wasm-$kind)"
# a target folder of its own: the two builds have different features, and one must not undo the other
front=$CARGO_TARGET_DIR/front
RUSTFLAGS=$(rustflags front "$kind") cargo build --locked -p wasm -p wasm-entry --lib --target wasm32-unknown-unknown --profile "wasm-$kind" --target-dir "$front" </dev/null
bindgen=$front/bindgen-$kind
rm -rf "$bindgen"
bind() { # CRATE NAME
    local wasm=$bindgen/$2_bg.wasm
    wasm-bindgen --target web --no-typescript --out-dir "$bindgen" --out-name "$2" "$front/wasm32-unknown-unknown/wasm-$kind/$1.wasm"
    [[ $kind != release ]] || wasm-opt "${wasm_opt[@]}" "$wasm" -o "$wasm"
}
bind wasm kvalitetshjulet
bind wasm_entry kvalitetshjulet_entry
if [[ $kind == release ]]; then
    node scripts/site.mjs "$bindgen" --release
else
    node scripts/site.mjs "$bindgen"
fi

say "Building the server (profile $kind)"
RUSTFLAGS=$(rustflags server "$kind") cargo build --locked -p web --bin kvalitetshjulet --profile "$kind" </dev/null

binary=$CARGO_TARGET_DIR/$kind/kvalitetshjulet
[[ -x $binary ]] || die "no binary at $binary"

wasm=("$bindgen"/*_bg.wasm)
if [[ $kind == release ]] && grep -aqF -e "$cargo_home/" -e "$root/" "${wasm[@]}"; then
    die "the WASM holds paths of this machine: ${wasm[*]}"
fi

took "built: server $(du -h "$binary" | cut -f1), WASM $(du -h "${wasm[@]}" | cut -f1 | paste -sd /)"
echo "$binary"
