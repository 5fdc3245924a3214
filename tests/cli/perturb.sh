#!/usr/bin/env bash
# Every constant of every claim is changed; those that nothing notices are listed with the reason below.
set -uo pipefail
program=$(realpath "$1")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" verify --perturb >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
grep -E '^survived' "$work/out" | sed -E 's/^survived ([^:]*):[0-9]+:[0-9]+ ([^ ]*) .*/\1 \2/' | sort >"$work/survived"
grep -vE '^(#|$)' "$root/tests/cli/perturb-survivors.txt" | cut -f1 | sort >"$work/known"
if ! diff "$work/known" "$work/survived" >"$work/diff"; then
  echo "constants that nothing notices (< listed in tests/cli/perturb-survivors.txt, > found now):" >&2
  cat "$work/diff" >&2
  exit 1
fi
# A claim that is tight must turn red when its bound changes.
for claim in thm1-gradients thm1-iterates thm2-sharp exact-limit homogeneous-rate scaled-rate perm-unbiased; do
  grep -qE "^red +$claim:" "$work/out" || { echo "no constant of $claim turns the run red" >&2; exit 1; }
done
tail -n 1 "$work/out"
