#!/usr/bin/env bash
# Every proof that a claim names is a theorem in proofs/rocq.
set -uo pipefail
program=$(realpath "$1")
failures=0 links=0
while read -r module theorem; do
  links=$((links + 1))
  grep -qE "^(Theorem|Lemma|Corollary) $theorem\b" "proofs/rocq/$module.v" 2>/dev/null || {
    echo "no theorem $theorem in proofs/rocq/$module.v" >&2
    failures=$((failures + 1))
  }
done < <("$program" check-syntax --print proofs/claims/*/*.claim | sed -nE 's/^  proof ([A-Za-z0-9_]+)\.([A-Za-z0-9_]+)$/\1 \2/p')
[ "$links" -ge 30 ] || { echo "only $links links to proofs" >&2; failures=1; }
echo "$links links to proofs"
exit $((failures > 0))
