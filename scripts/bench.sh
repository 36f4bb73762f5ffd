#!/usr/bin/env bash
# Measures the release binary with the demo's data: sizes, start, memory and requests per second. About 30 seconds after the build.
#
#   scripts/bench.sh [PATH…]   which addresses to ask for; without any, the first page and the style sheet
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/build.sh release
say "Sizes"
(cd target/site/pkg && for f in *.wasm *.js *.css; do printf '   %-44s %7d bytes, brotli %7d\n' "$f" "$(stat -c %s "$f")" "$(stat -c %s "$f.br" 2>/dev/null || echo 0)"; done)
say "Running"
exec node scripts/bench.mjs "$CARGO_TARGET_DIR/release/kvalitetshjulet" "$@" </dev/null
