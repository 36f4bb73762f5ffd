#!/usr/bin/env bash
# Takes away what earlier builds left of our own crates in the target folder; built libraries stay. All of it goes when the
# disk has less room than a build needs, or when many versions of the libraries have gathered. Seconds.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

needed=10 # GB; a run from nothing writes about six
kept=12   # GB

free() {
    df --output=avail -BG "$CARGO_TARGET_DIR" | tail -n 1 | tr -dc 0-9
}

mkdir -p "$CARGO_TARGET_DIR"
say "Room on the disk"
find "$CARGO_TARGET_DIR" -type d -name incremental -prune -exec rm -rf {} +
for profile in dev demo release; do
    cargo clean --quiet --profile $profile -p domain -p entry -p islands -p ui -p store -p web </dev/null
done
for profile in dev wasm-demo wasm-release; do
    for folder in "$CARGO_TARGET_DIR" "$CARGO_TARGET_DIR/front"; do
        cargo clean --quiet --target-dir "$folder" --target wasm32-unknown-unknown --profile $profile -p domain -p entry -p islands -p wasm -p wasm-entry </dev/null
    done
done
if [[ $(free) -lt $needed || $(du -s -BG "$CARGO_TARGET_DIR" | tr -dc '0-9 \t' | cut -f 1) -gt $kept ]]; then
    rm -rf "${CARGO_TARGET_DIR:?}"/*
    echo "   everything built is taken away: the disk had less than $needed GB free, or this folder more than $kept"
fi
[[ $(free) -ge $needed ]] || echo "   only $(free) GB free; $needed are reckoned with"
took "$(free) GB free"
