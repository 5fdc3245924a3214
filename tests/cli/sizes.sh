#!/usr/bin/env bash
# Sizes that only a case decides and that do not fit leave an expression without a value (docs/semantics.md 2.2, F10): a
# message with the place, exit code 2, no verdict and no crash, in engine and checker; `defined` sees it.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
cd "$work" || exit 1
case_file=$root/tests/inputs/meaning/A.toml # two workers in two dimensions
count=0
while IFS=@ read -r expression equal; do
  [ -n "$expression" ] || continue
  count=$((count + 1))
  printf 'claim odd { conclude %s %s expect holds }\n' "$expression" "$equal" >odd.claim
  run 2 "$program" verify odd.claim --case "$case_file" --certificates written
  grep -qE 'odd.claim:1:[0-9]+: ' err out || fail "no place: $expression"
  ! grep -qE '^(ok|FAIL) ' out || fail "a verdict: $expression"
  # No certificate that anybody could accept.
  if [ -e written/index.tsv ] && "$checker" --all written >checked 2>&1 && grep -qE "^[1-9][0-9]* certificates accepted" checked; then
    fail "accepted: $expression"
  fi
  case $expression in *'1..j'*) continue ;; esac
  printf 'claim odd { conclude not defined(%s) expect holds }\n' "$expression" >odd.claim
  run 0 "$program" verify odd.claim --case "$case_file"
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
  run 2 "$program" verify odd.claim --case "$case_file"
  grep -qE 'odd.claim:1:[0-9]+: ' err out || fail "no place: $statement"
done
# Every operator and function with arguments of wrong sizes, and other values that only a case decides (docs/semantics.md
# 2.2, 5, 6): none has a value, and the checker finds the same. u, w: vectors of d + 1, d - 1; M, N: d x (d + 1), (d + 1) x d;
# S, T: (d + 1) x (d + 1), 1 x 1, symmetric.
expressions=$(
  u='vec(j in 1..d+1 : 1)' w='vec(j in 1..d-1 : 1)' M='mat(i in 1..d, j in 1..d+1 : 1)' N='mat(i in 1..d+1, j in 1..d : 1)'
  S='mat(i in 1..d+1, j in 1..d+1 : if i = j then 1 else 0)' T='mat(i in 1..d-1, j in 1..d-1 : 1)'
  for v in "$u" "$w"; do
    for e in "$v + x0" "x0 - $v" "Lbar*$v" "inner($v, x0)" "inner(x0, $v)" "x0'*$v" "f($v)" "f[1]($v)" "grad f($v)" "grad f[2]($v)" \
      "||$v||^2_Lbar" "||$v||_Lbar" "E[Bbar*$v]" "E[$v'*Bbar*x0]" "E[g($v)]" "E[step($v)]" "E[||Bbar*$v||^2]" "E[||g($v)||^2]" \
      "E[||step($v)||^2]" "E[||g(x0) - $v||^2]" "E[f($v + g(x0))]" "E[C[1]*$v]" "E[x[1] + $v]" "E[inner(x[1], $v)]" \
      "E[||x[1] - $v||^2]" "E[$v'*x[1]]" "E[||Bbar*(x[1] - $v)||^2]" "if 1 = 1 then x0 + $v else x0"; do
      echo "$e"
    done
  done
  for m in "$M" "$N"; do
    for e in "$m + Lbar" "Lbar - $m" "($m)^2" "($m)^0" "($m)^1" "($m)^(1/2)" "($m)^-1" "trace($m)" "det($m)" "diag($m)" "Diag($m)" \
      "sym($m)" "inverse($m)" "lambda_max($m)" "lambda_min($m, I)" "lambda_max(I, $m)" "spectral_radius($m)" "||x0||^2_($m)" \
      "||x0||_($m)" "E[trace($m)*Bbar]" "E[Bbar + $m]" "E[||x[1]||^2_($m)]" "E[||g(x0)||^2_($m)]"; do
      echo "$e"
    done
  done
  for m in "$S" "$T"; do
    for e in "Lbar*$m" "$m*Lbar" "$m*x0" "||x0||^2_($m)" "lambda_max($m, I)" "lambda_min(I, $m)" "E[Bbar*$m*Bbar]" "E[Bbar*$m]" \
      "E[C[1]*$m*C[1]]" "E[||g(x0)||^2_($m)]" "E[||x[1]||^2_($m)]" "E[$m*x[1]]" "E[x[1]'*$m]"; do
      echo "$e"
    done
  done
  echo "Lbar*$N
$M*Lbar
E[Bbar*$N]
E[$M*g(x0)] + E[$N*g(x0)]
sum(i in 1..2 : vec(j in 1..i : 1))
mean(i in 1..2 : vec(j in 1..i : 1))
sum(i in 1..d-2 : x0)
E[sum(i in 1..d-2 : x[1])]
E[mean(i in 1..d-2 : f(x[1]))]
mean(i in 1..d-2 : 1)
min(i in 1..d-2 : 1)
max(i in 1..d-2 : 1)
vec(i in 1..d-2 : 1)
mat(i in 1..d-2, j in 1..2 : 1)
mat(i in 1..2, j in 1..d-2 : 1)
x0[3]
x0[0]
x0[1/2]
Lbar[1, 3]
Lbar[0, 1]
L[3]
L[10^7]
b[0]
C[1] + L[3]
noise[n+1]
e(3)
gamma[0-1]
gamma[1/2]
E[C[3]]
E[x[1][3]]
E[x[0-1][1]]
E[x[1/2]]
sum(i in 1..1/2 : i)
8^(1/3)
2^(1/4)
Lbar^(1/3)
Lbar^(1/2)
ceil(2, 0)
ceil(2, 0-1)
||x0||^2_(mat(i in 1..d, j in 1..d : i))
E[||x[1]||^2_(mat(i in 1..d, j in 1..d : i))]
E[||g(x0)||^2_(mat(i in 1..d, j in 1..d : i))]
lambda_max(mat(i in 1..d, j in 1..d : i))
lambda_min(I, mat(i in 1..d, j in 1..d : i))
sqrt(0-d)
inverse(Lbar - Lbar)"
)
expressions=$(grep -v '^C\[1\] +' <<<"$expressions")
sed -n = <<<"$expressions" | paste -d '@' - <(cat <<<"$expressions") |
  sed -E 's/^([0-9]+)@(.*)$/claim wrong-\1 { conclude not defined(\2) expect holds }/' >wrong.claim
number=$(wc -l <wrong.claim)
run 0 "$program" verify wrong.claim --case "$case_file" --certificates wrong
[ "$(grep -c '^ok ' out)" -eq "$number" ] || fail "not all $number hold: $(grep -v '^ok ' out | head -5)"
run 0 "$checker" --all wrong
has out "$number certificates accepted, 0 rejected, 0 incomplete"
# A sum of nothing is 0 under E too (5.6).
printf 'claim empty { conclude E[sum(i in 1..0 : f(x[1]))] = 0 expect holds }\n' >empty.claim
run 0 "$program" verify empty.claim --case "$case_file" --certificates empty
run 0 "$checker" --all empty
has out '1 certificates accepted'
[ "$count" -eq 12 ] || fail "$count expressions"
finish sizes
