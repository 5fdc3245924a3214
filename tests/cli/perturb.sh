#!/usr/bin/env bash
# Every constant of every claim is changed; those that nothing notices must be the ones that
# tests/cli/perturb-survivors.txt lists with the reason, and the test prints them.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
"$program" verify --perturb >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
grep -E '^survived' "$work/out" | sed -E 's/^survived ([^:]*):[0-9]+:[0-9]+ ([^ ]*) .*/\1 \2/' | sort >"$work/survived"
grep -vE '^(#|$)' "$root/tests/cli/perturb-survivors.txt" | cut -f1 | sort >"$work/known"
if ! diff "$work/known" "$work/survived" >"$work/diff"; then
  echo "constants that nothing notices (< listed in tests/cli/perturb-survivors.txt, > found now):" >&2
  cat "$work/diff" >&2
  exit 1
fi
if grep -vE '^(#|$)' "$root/tests/cli/perturb-survivors.txt" | grep -vE $'^[^\t]+ [^\t]+\t.+'; then
  echo "survivors without a reason (above)" >&2
  exit 1
fi
# A true claim with a tight case and a constant must turn red when the constant changes.
tight=$(awk -F'\t' '$3 == "violated" { no[$1] } $3 == "holds" && $6 == "1" { yes[$1] }
  END { for (c in yes) if (!(c in no)) print c }' "$root/proofs/claims/baseline.tsv")
count=0
for claim in $tight; do
  grep -qE "^[a-z]+ +$claim:" "$work/out" || continue # no constant
  grep -qE "^red +$claim:" "$work/out" || { echo "no constant of $claim turns the run red" >&2; exit 1; }
  count=$((count + 1))
done
[ "$count" -ge 50 ] || { echo "only $count tight claims with constants" >&2; exit 1; }
grep -vE '^(#|$)' "$root/tests/cli/perturb-survivors.txt" | sed 's/^/survives: /; s/\t/: /'
tail -n 1 "$work/out"
