#!/usr/bin/env bash
# Sizes that only a case decides and that do not fit leave an expression without a value (docs/semantics.md 2.2, F10): a
# message with the place, exit code 2, no verdict and no crash, in engine and checker; `defined` sees it.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
cd "$work" || exit 1
shipped_case=$root/cases/paper/heterogeneous-perm1.toml # two workers in two dimensions
count=0
while IFS=@ read -r expression equal; do
  [ -n "$expression" ] || continue
  count=$((count + 1))
  printf 'claim odd { conclude %s %s expect holds }\n' "$expression" "$equal" >odd.claim
  run 2 "$program" verify odd.claim --case "$shipped_case" --certificates written
  grep -qE 'odd.claim:1:[0-9]+: ' err out || fail "no place: $expression"
  ! grep -qE '^(ok|FAIL) ' out || fail "a verdict: $expression"
  # No certificate that anybody could accept.
  if [ -e written/index.tsv ] && "$checker" --all written >checked 2>&1 && grep -qE "^[1-9][0-9]* certificates accepted" checked; then
    fail "accepted: $expression"
  fi
  case $expression in *'1..j'*) continue ;; esac
  printf 'claim odd { conclude not defined(%s) expect holds }\n' "$expression" >odd.claim
  run 0 "$program" verify odd.claim --case "$shipped_case"
done <<'E'
inner(vec(j in 1..n+3 : 1), x0)@= 5
lambda_max(mat(i in 1..n+1, j in 1..n+1 : if i = j then 1 else 0), I)@= 1
||x0||^2_(mat(i in 1..n+1, j in 1..n+1 : 1))@= 5
det(mat(i in 1..n+1, j in 1..n : 1))@= 5
trace(mat(i in 1..n+1, j in 1..n : 1))@= 2
||grad f(vec(j in 1..n+3 : 1))||^2@= 5
E[||Bbar*vec(j in 1..n+3 : 1)||^2]@= 5
E[||Bbar*vec(j in 1..n-1 : 1)||^2]@= 5
E[||g(vec(j in 1..n-1 : 1))||^2]@= 5
E[||g(x0) - vec(j in 1..n+3 : 1)||^2]@= 5
||sum(i in 1..2 : vec(j in 1..3-i : 1))||^2@= 5
trace(mat(j in 1..2, k in 1..j : 1))@= 4
E
# Statements cannot be under `defined`.
for statement in 'mat(i in 1..n+1, j in 1..n+1 : if i = j then 1 else 0) <<= Lbar' \
  'mat(i in 1..n+1, j in 1..n+1 : if i = j then 1 else 0) <<= lambda_max(Lbar)*Lbar' \
  'forall j in 0..0 : trace(mat(j in 1..1+1, k in 1..j : 1)) = 4'; do
  printf 'claim odd { conclude %s expect holds }\n' "$statement" >odd.claim
  run 2 "$program" verify odd.claim --case "$shipped_case"
  grep -qE 'odd.claim:1:[0-9]+: ' err out || fail "no place: $statement"
done
[ "$count" -eq 12 ] || fail "$count expressions"
finish sizes
