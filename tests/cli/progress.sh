#!/usr/bin/env bash
# Long commands: what they say on a terminal, and what Ctrl-C leaves behind while they write certificates.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
check=$(dirname "$program")/istcheck-check

# on_terminal PATTERN COMMAND…: what the command says on a terminal fits the pattern, and its line is cleared.
on_terminal() {
  python3 - "$@" <<'P' >"$work/out" 2>"$work/err" || fail "progress of: ${*:2}"
import re, sys
from terminal import written
pattern, said = sys.argv[1], written(sys.argv[2:])
assert re.search(pattern, said), said
assert said.rfind("\r\x1b[K") > max(said.rfind(" left"), said.rfind(" of ", 0, said.rfind("\r\x1b[K"))), "the line stays: " + said
P
}
on_terminal 'claims 2 of 2: thm2-sharp, about [0-9]+ s left' "$program" verify thm2 thm2-sharp
on_terminal 'certificates 2 of 2: perm1-mean--homogeneous-perm1.cert, about [0-9]+ s left' \
  "$program" verify perm1-mean --case cases/paper/heterogeneous-perm1.toml \
  --case cases/paper/homogeneous-perm1.toml --certificates "$work/certificates"
on_terminal 'cases 2 of 2: homogeneous-perm1, about [0-9]+ s left' \
  "$program" certify --rocq perm1-mean rand-unbiased --case cases/paper/rand-shared.toml \
  --case cases/paper/homogeneous-perm1.toml --out "$work/rocq"
on_terminal 'claims 2 of 2: remark1-positive, round 1: [0-9]+ searches of [0-9]+ points, at most [0-9]+ s left' \
  "$program" search remark1-value remark1-positive --seconds 20 --no-solvers
on_terminal 'certificates 1 of 1: remark1-value' \
  "$program" search remark1-value --certificates "$work/found"
on_terminal 'searches 6 of 6: remark1-sign at n = 2, d = 2, round 1: .* at most 0 s left' \
  "$program" search --all remark1-value remark1-sign --largest 2 --seconds 0.2
on_terminal 'values 2 of 7: factor = ' \
  "$program" search --tighten factor thm2-constants --from 4 --steps 0 --seconds 0.1 --no-solvers
# The line is written again while a step goes on.
on_terminal 'at most 1 s left' \
  "$program" search thm1-iterates -n 2 -d 2 --seconds 2 --prove 0 --no-solvers

# interrupted FOLDER LEAST PATTERN COMMAND…: Ctrl-C when the folder has so many files that fit the pattern.
interrupted() {
  local folder=$1 least=$2 pattern=$3 started begin
  shift 3
  "$@" >"$work/out" 2>"$work/err" &
  started=$!
  for _ in $(seq 1 6000); do # five minutes: a busy machine judges all claims before it writes the first
    [ "$(find "$folder" -name "$pattern" 2>/dev/null | wc -l)" -ge "$least" ] && break
    sleep 0.05
  done
  begin=$SECONDS
  kill -INT "$started"
  wait "$started"
  [ $? -eq 3 ] || fail "exit code of an interrupted: $*"
  [ $((SECONDS - begin)) -le 5 ] || fail "$((SECONDS - begin)) s until the end of: $*"
  [ -z "$(find "$folder" -name '*.??????' ! -name "$pattern")" ] || fail "a temporary file is left by: $*"
}

# A claim that takes long by itself: the first signal ends the program within two seconds, with what there is.
{
  printf 'name = "long"\nstep = "1/8"\n[sketch]\nkind = "bernoulli"\np = "1/3"\n[method]\nkind = "sketched-gradient"\n'
  for k in 1 2 3 4; do
    printf '[[worker]]\nL = [[%s, 1, 0, 0], [1, 3, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]\nb = [1, 0, 0, 0]\n' "$k"
  done
} >"$work/long.toml"
printf 'claim quick { conclude 1 = 1 }\nclaim long { conclude E[abs(trace(Bbar*Bbar*Bbar))] >= 0 }\n' >"$work/long.claim"
for signal in INT TERM; do
  "$program" verify "$work/long.claim" --case "$work/long.toml" --max-outcomes 100000000 >"$work/out" 2>"$work/err" &
  started=$!
  sleep 1
  kill -"$signal" "$started"
  begin=$(date +%s%N)
  wait "$started"
  [ $? -eq 3 ] || fail "$signal: not exit code 3"
  [ $((($(date +%s%N) - begin) / 1000000)) -le 3000 ] || fail "$signal: more than two seconds until the end"
  has "$work/out" 'interrupted: 1 of 2 claims were checked'
  has "$work/out" 'ok    quick'
done

# The checker: what it had checked by then, marked.
make_shipped certificates
"$check" --all "$shipped/certificates" --jobs 1 >"$work/out" 2>"$work/err" &
started=$!
sleep 0.3
kill -INT "$started"
wait "$started"
[ $? -eq 3 ] || fail "the checker: not exit code 3"
grep -qE '^interrupted: [1-9][0-9]* certificates were not checked$' "$work/out" || fail "the checker: not marked as partial"
grep -qE '^[0-9]+ certificates accepted, 0 rejected, 0 incomplete' "$work/out" || fail "the checker: no sums"

interrupted "$work/part" 20 '*.cert' "$program" verify --certificates "$work/part"
said=$(grep -oE '^interrupted: [0-9]+ of [0-9]+ certificates were written$' "$work/err") || fail "not marked as partial"
read -r _ written _ all _ <<<"$said"
[ "${written:-0}" -ge 20 ] && [ "$written" -lt "${all:-0}" ] || fail "nothing was left out: $said"
"$check" --all "$work/part" >"$work/out" 2>"$work/err" || fail "what was written before Ctrl-C"
grep -q "^$written certificates accepted, 0 rejected, 0 incomplete" "$work/out" || fail "certificates of: $said"

interrupted "$work/rocq-part" 4 'case_*.v' "$program" certify --rocq --out "$work/rocq-part"
grep -qE '^interrupted: [0-9]+ of [0-9]+ cases were written$' "$work/out" || fail "certify is not marked as partial"
for file in "$work"/rocq-part/case_*.v; do
  [ "$(tail -n 1 "$file")" = "Print Assumptions certificate." ] || fail "$file is not whole"
done

finish progress
