#!/usr/bin/env bash
# Builds the demo and starts it on http://127.0.0.1:3000. Extra words go to `kvalitetshjulet demo`, such as --listen.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

scripts/build.sh demo
exec "$CARGO_TARGET_DIR/demo/kvalitetshjulet" demo "$@"
