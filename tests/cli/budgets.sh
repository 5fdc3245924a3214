#!/usr/bin/env bash
# Budgets end as undecided with their names, soon and in little memory (docs/semantics.md 12.1, docs/manual.md).
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
cd "$work" || exit 1
# One second is what the slowest takes on an idle machine; a program that is built with sanitizers needs its address space.
limited() { timeout -k 1 100 "$@"; }
count=0
while IFS=@ read -r name statement; do
  count=$((count + 1))
  printf 'claim much { conclude %s expect holds }\n' "$statement" >much.claim
  run 3 limited "$program" verify much.claim --details
  has out "the budget '$name' of"
done <<'E'
bits@(2^10000)^10000 > 1
bits@((1 + sqrt(2))^10000)^10000 > 1
bits@([[2, 1], [1, 1]]^10000)^10000 = [[1, 0], [0, 1]]
exponents@1^10001 = 1
whole numbers@forall i in 1..10^7 : i > 0
passes@forall i in 1..10^6 : forall j in 1..10^6 : i*j > 0
passes@sum(i in 1..10^6, j in 1..10^6 : 1) > 0
passes@trace(mat(i in 1..10^5, j in 1..10^5 : 1)) > 0
passes@trace(kron(mat(i in 1..40, j in 1..40 : 1), mat(i in 1..40, j in 1..40 : 1))) > 0
square roots@1/sum(i in 1..40 : sqrt(i)) < 1
degree@sqrt(1 + sqrt(2 + sqrt(3 + sqrt(5 + sqrt(7 + sqrt(11 + sqrt(13 + sqrt(17)))))))) > 1
bits of a prime@det([[sqrt(2^1279 - 1), 0], [0, 1]]) > 1
bits of a comparison@sqrt(1 + sqrt(2)) + sqrt(1 + sqrt(3)) + sqrt(1 + sqrt(5)) + sqrt(1 + sqrt(7)) + sqrt(1 + sqrt(11)) + sqrt(1 + sqrt(13)) + sqrt(1 + sqrt(17)) = sqrt(1 + sqrt(17)) + sqrt(1 + sqrt(13)) + sqrt(1 + sqrt(11)) + sqrt(1 + sqrt(7)) + sqrt(1 + sqrt(5)) + sqrt(1 + sqrt(3)) + sqrt(1 + sqrt(2))
E
[ "$count" -eq 13 ] || fail "$count statements"
# The fineness of ceil costs digits only.
echo 'claim fine { conclude ceil(sqrt(2), 1/10^30) = 1414213562373095048801688724210/10^30 expect holds }' >fine.claim
run 0 limited "$program" verify fine.claim --certificates fine
run 0 "$checker" --all fine
has out '1 certificates accepted'
# A file without an end.
echo 'claim any { conclude n >= 1 expect holds }' >any.claim
run 2 limited "$program" verify /dev/zero
has err 'larger than 64 MB'
run 2 limited "$program" verify any.claim --case /dev/zero
has err 'larger than 64 MB'
run 2 limited "$checker" - /dev/zero any.claim
has err 'not a regular file'
run 2 limited "$checker" /dev/zero any.claim any.claim
has err 'not a regular file'
run 2 limited "$checker" - any.claim /dev/zero
has err 'not a regular file'
# A step of a million digits.
{
  printf 'name = "A"\nstep = "1/'
  head -c 1000000 /dev/zero | tr '\0' 7
  printf '"\n[sketch]\nkind = "identity"\n[method]\nkind = "sketched-gradient"\n[[worker]]\nL = [[2]]\nb = [1]\n'
} >step.toml
for moment in 'x[20]' 'x[infinity]'; do
  echo "claim long { conclude E[||$moment||^2] >= 0 expect holds }" >long.claim
  run 3 limited "$program" verify long.claim --case step.toml --details
  has out "the budget 'bits' of"
done
finish budgets
