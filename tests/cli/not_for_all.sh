#!/usr/bin/env bash
# The manual lists the shipped claims that hold at the values tried only, as the baseline has them.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
listed() {
  sed -n '/^| claim | why on some cases/,/^$/p' "$root/docs/manual.md" | sed 1,2d | cut -d '|' -f 2 | tr ',' '\n' | tr -d ' ' | grep . | sort
}
tried() { awk -F '\t' '$4 == "tried" { print $1 }' "$root/proofs/claims/baseline.tsv" | sort -u; }
[ -n "$(listed)" ] || fail "the manual has no list of claims that are not decided for all values"
diff <(listed) <(tried) || fail "the manual's list (<) and the baseline (>) differ"
finish not_for_all
