#!/usr/bin/env bash
# Everything that has to be green; the two test runners last, so that the output ends with their summaries. From nothing about an hour on two cores, afterwards 20 minutes.
# Tools have to be there: scripts/tools.sh.
#
#   scripts/test.sh            all of it
#   scripts/test.sh STEP…      only these: fmt clippy deny release smoke unit browser demo
#   scripts/test.sh released   as deny, but advisories that could not be checked fail: what is given to others
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# the server embeds the site when it is compiled; before the first build there is none
mkdir -p target/site

steps=("$@")
[[ ${#steps[@]} -gt 0 ]] || steps=(fmt clippy deny release smoke unit browser)

# what is tried: what was built last in this run, or what has been built before
binary=${KVALITET_BIN:-$CARGO_TARGET_DIR/release/kvalitetshjulet}

for step in "${steps[@]}"; do
    case $step in
    fmt)
        say "Format, and the first lines of commits (seconds)"
        cargo fmt --all --check
        scripts/commits.sh
        ;;
    clippy)
        say "Clippy, server and browser side (2–6 minutes from nothing)"
        cargo clippy --locked --workspace --exclude wasm --exclude wasm-entry --all-targets -- -D warnings
        cargo clippy --locked -p wasm -p wasm-entry --target wasm32-unknown-unknown -- -D warnings
        ;;
    deny | released)
        say "Licences, advisories and sources of what we link (seconds)"
        if cargo deny --version >/dev/null 2>&1; then
            cargo deny check --hide-inclusion-graph licenses bans sources
            # the advisories are a git repository of their own, which a closed network does not let through
            if timeout 120 cargo deny fetch db >/dev/null 2>&1; then
                cargo deny check --hide-inclusion-graph --disable-fetch advisories
            elif [[ $step == released ]]; then
                die "advisories could not be checked, so this is no release: their database cannot be reached from here"
            else
                echo "   advisories NOT checked: their database cannot be reached from here"
            fi
        elif [[ $step == released ]]; then
            die "advisories could not be checked, so this is no release: cargo-deny is not installed (scripts/tools.sh ci installs it)"
        else
            echo "   NOT checked: cargo-deny is not installed (scripts/tools.sh ci installs it)"
        fi
        ;;
    unit)
        say "Tests of domain, store on SQLite and PostgreSQL, and web (5–8 minutes from nothing)"
        scripts/postgres.sh run cargo test --locked --workspace --exclude wasm --exclude wasm-entry --lib --bins --tests --no-fail-fast
        ;;
    release | demo)
        scripts/build.sh "$step"
        binary=$CARGO_TARGET_DIR/$step/kvalitetshjulet
        ;;
    smoke)
        say "The release starts on an empty database, and its size (seconds)"
        node end2end/smoke.mjs "$binary"
        ;;
    browser)
        say "Browser tests against $binary (about 8 minutes)"
        (cd end2end && KVALITET_BIN=$(realpath "$binary") npx --no-install playwright test </dev/null)
        ;;
    *)
        die "no step called '$step': fmt clippy deny release smoke unit browser demo released"
        ;;
    esac
    # the runners' own summaries are the last words
    [[ $step == unit || $step == browser ]] || took "$step done"
done
