#!/usr/bin/env bash
# Methods as text from end to end: every text of tests/inputs/methods that has claims, and the shipped one, is judged for
# all values with certificates, which the checker accepts; --perturb notices constants of such claims.
set -euo pipefail
program=$(realpath "$1")
check=$(dirname "$program")/istcheck-check
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
texts=0
for file in tests/inputs/methods/*.claim cases/methods/*.claim; do
  grep -q '^claim' "$file" || continue
  texts=$((texts + 1))
  "$program" verify --claims "$file" --cases "${file%.claim}.toml" --certificates "$work/certificates" --strict >"$work/out" 2>"$work/err" || {
    cat "$work/out" "$work/err" >&2
    exit 1
  }
  grep -q 'on 0 cases only at the values tried' "$work/out"
  "$check" --all "$work/certificates" >"$work/out" || { cat "$work/out" >&2; exit 1; }
  grep -q ' 0 rejected, 0 incomplete' "$work/out"
  rm -rf "$work/certificates"
done
[ "$texts" -ge 6 ]

# A certificate about another text of the method is rejected, and one of another case.
cp cases/methods/diana.* "$work"
"$program" verify --claims "$work/diana.claim" --cases "$work/diana.toml" --certificates "$work/certificates" >/dev/null 2>&1
cert=$work/certificates/diana-rate--diana.cert
"$check" "$work/diana.toml" "$work/diana.claim" "$cert" | grep -q '^accepted'
sed -i 's/alpha\*m\[i\]/2*alpha*m[i]/' "$work/diana.claim"
! "$check" "$work/diana.toml" "$work/diana.claim" "$cert" >"$work/out"
grep -q 'another text of the claim file' "$work/out"

# The case's text is read, too: a claim about a text that only shares its name does not fit.
mkdir "$work/other"
cp cases/methods/diana.claim "$work/other"
! "$program" verify --claims "$work/other/diana.claim" --cases "$work/diana.toml" >"$work/out" 2>&1
grep -q "is another than that of the claim's file" "$work/out"

"$program" verify --perturb --claims cases/methods/diana.claim --cases cases/methods/diana.toml >"$work/out" 2>&1 || true
! grep -q 'an error message' "$work/out"
grep -q 'turn the run red' "$work/out"
"$program" check-syntax --print cases/methods/diana.claim >"$work/printed.claim"
"$program" check-syntax --print "$work/printed.claim" | cmp - "$work/printed.claim"
"$program" explain cases/methods/diana.claim --case cases/methods/diana.toml | grep -q 'h\[i\] <- h\[i\] + alpha\*m\[i\]'

# What a case lacks or has too much of, each with its name and exit code 2.
refused() {
  cp cases/methods/diana.claim "$work/diana.claim"
  sed "$1" cases/methods/diana.toml >"$work/diana.toml"
  status=0
  "$program" verify --claims "$work/diana.claim" --cases "$work/diana.toml" >"$work/out" 2>&1 || status=$?
  [ "$status" -eq 2 ] || { echo "$1: exit code $status" >&2; cat "$work/out" >&2; exit 1; }
  grep -qF -- "$2" "$work/out" || { echo "$1: no '$2'" >&2; cat "$work/out" >&2; exit 1; }
}
refused 's/^alpha/alhpa/' "lacks the parameter 'alpha'"
refused 's/^alpha.*/&\nbeta = 1/' "gives the parameter 'beta', which its method 'diana' does not have"
refused 's/^alpha.*/alpha = [[1, 0], [0, 1]]/' "is no scalar for the parameter 'alpha'"
refused 's/h = \[\[0, 0\], \[0, 0\]\]/h = [[0, 0]]/' "start of the block 'h'"
refused 's/h = \[\[0, 0\], \[0, 0\]\]/g = [[0, 0], [0, 0]]/' "start of a block 'g'"
echo "$texts texts"
