#!/usr/bin/env bash
# The first line of a commit has at most 72 characters and no full stop, as CONTRIBUTING.md says; the last 50 are read. Those written
# before the rule was held are let be: they are known by their author's date, which outlives a rebase and a shallow clone, as a
# commit's name does not. Merges are named by git. One that has been pushed stays as it is: then the date below is moved past it.
#
#   scripts/commits.sh            says which are too long, and fails
#   scripts/commits.sh SECONDS    the same for all written since then (seconds of Unix time)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

longest=72
# 2026-11-30
since=${1:-1795996800}

# ${#…} counts characters, not bytes, where the locale knows what a character is
for locale in C.UTF-8 C.utf8 en_US.UTF-8; do
    if locale -a 2>/dev/null | grep -qx "$locale"; then
        export LC_ALL=$locale
        break
    fi
done

# an archive has no history, and a clone of somebody else's folder may not be read
if ! log=$(git log -50 --no-merges --format='%at %h %s' 2>/dev/null); then
    echo "   commit subjects NOT checked: there is no history here"
    exit 0
fi

wrong=0
while read -r at name subject; do
    [[ -n $at && $at -ge $since ]] || continue
    if ((${#subject} > longest)); then
        echo "!! $name has ${#subject} characters, and a first line has at most $longest: $subject" >&2
        wrong=1
    elif [[ $subject == *. ]]; then
        echo "!! $name: a first line ends without a full stop: $subject" >&2
        wrong=1
    fi
done <<<"$log"
exit "$wrong"
