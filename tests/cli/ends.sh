#!/usr/bin/env bash
# How commands end: within two seconds after SIGTERM or SIGINT with what is there, valid and marked; what a killed run
# leaves is removed by the next; budgets hold in a small memory.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
cd "$work"
{
  printf 'name = "long"\nstep = "1/8"\n[sketch]\nkind = "bernoulli"\np = "1/3"\n[method]\nkind = "sketched-gradient"\n'
  for k in 1 2 3 4 5; do
    printf '[[worker]]\nL = [[%s, 1, 0, 0], [1, 3, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]\nb = [1, 0, 0, 0]\n' "$k"
  done
} >long.toml
printf 'claim quick { conclude 1 = 1 }\n' >both.claim
printf 'claim long { setting case = long conclude E[abs(trace(Bbar*Bbar*Bbar))] >= 0 }\n' >>both.claim
# A claim whose search does not end soon.
printf 'claim open { setting method = sketched-gradient conclude spectral_radius(E[Bbar*Bbar]) >= 0 }\n' >open.claim
mkdir claims && cp open.claim claims/
cp "$root/cases/paper/heterogeneous-perm1.toml" short.toml

# ends SIGNAL CODE COMMAND…: the signal after two seconds. Speed is not measured here: it ends, and in time for the
# grace of a second and a half.
ends() {
  local signal=$1 code=$2 started status begin
  shift 2
  "$@" >out 2>err &
  started=$!
  sleep 2
  kill -"$signal" "$started" 2>/dev/null || fail "it ended before $signal: $*"
  begin=$(date +%s)
  wait "$started"
  status=$?
  [ "$status" -eq "$code" ] || fail "exit code $status after $signal: $*"
  [ $(($(date +%s) - begin)) -le 20 ] || fail "$signal did not end: $*"
}
outcomes='--max-outcomes 100000000'
for signal in INT TERM; do
  rm -rf report
  # shellcheck disable=SC2086  # options are meant to split
  ends "$signal" 3 "$program" analyze short.toml long.toml --enumerate $outcomes --json
  python3 - out <<'P' || fail "analyze: JSON after $signal"
import json, sys
found = json.load(open(sys.argv[1]))
assert found[0]["name"] and found[-1] == {"interrupted": "interrupted: 1 of 2 files were analysed"}, found[-1]
P
  # shellcheck disable=SC2086
  ends "$signal" 3 "$program" analyze long.toml --enumerate $outcomes
  has out 'interrupted: 0 of 1 files were analysed'
  ends "$signal" 3 "$program" search open.claim --seconds 600 --no-solvers --json
  python3 - out <<'P' || fail "search: JSON after $signal"
import json, sys
(found,) = json.load(open(sys.argv[1]))["claims"]
assert found["interrupted"] and found["answer"] == "unknown", found
P
  ends "$signal" 3 "$program" search --all open.claim --seconds 600 --no-solvers
  has err 'sizes were searched'
done
# A claim within all budgets whose sum takes half a minute: no machine is so fast that it ends before the signal.
printf 'claim slow { conclude sum(i in 1..900 : sum(j in 1..1000 : 1/(i + j)^40)) >= 0 }\n' >slow.claim
for signal in INT TERM; do
  ends "$signal" 3 "$program" explain slow.claim --case short.toml
  has out 'conclude sum('
  has out 'interrupted: the values on the case are missing'
  cat both.claim slow.claim >three.claim
  ends "$signal" 3 "$program" report three.claim --case short.toml --formats json,markdown -o report
  python3 -m json.tool report/report.json >/dev/null || fail "report: JSON after $signal"
  has report/report.md 'Partial report:'
  has err 'interrupted:'
  ends "$signal" 3 "$program" certify --rocq three.claim --case short.toml --out theorems
  has out 'interrupted: 0 of 1 cases were written'
  ends "$signal" 3 "$program" search --tighten factor --claims "$root/proofs/claims" thm2-constants --from 4 --seconds 600 --json
  python3 - out <<'P' || fail "search --tighten: JSON after $signal"
import json, sys
assert '"interrupted": true' in open(sys.argv[1]).read() and json.load(open(sys.argv[1]))
P
  rm -rf drawn
  ends "$signal" 3 "$program" report quick --claims both.claim --case short.toml \
    --case "$root/cases/paper/heterogeneous-perm2.toml" --case "$root/cases/paper/interpolation.toml" \
    --formats json -o drawn --png drawn --plots all
  python3 -m json.tool drawn/report.json >/dev/null || fail "report: JSON after $signal while pictures are drawn"
  has err 'interrupted: pictures are missing'
done
python3 - <<'P'
import random
random.seed(1)
with open('wide.csv', 'w') as f:
    print('y', *(f'a{i}' for i in range(700)), sep=',', file=f)
    for _ in range(3000):
        print(*(f'{random.random():.17f}' for _ in range(701)), sep=',', file=f)
P
ends TERM 3 "$program" import wide.csv --workers 2 --target y -o wide.toml
has err 'interrupted: no case was written'
[ ! -e wide.toml ] || fail 'import: a part of a case'

# Killed without a word: the next run removes what is left, and nothing that a run still holds.
mkdir part
: >part/notes.istcheck-abcdef
flock part/notes.istcheck-abcdef sleep 20 &
holder=$!
: >part/report.md.istcheck-Ab3xYz
mkdir part/.istcheck-000000
: >part/report.istcheck-toolong1
run 0 "$program" report quick --claims both.claim --case short.toml --formats markdown -o part
[ -e part/report.md ] || fail 'no report'
[ ! -e part/report.md.istcheck-Ab3xYz ] && [ ! -e part/.istcheck-000000 ] || fail 'what a killed run left is still there'
[ -e part/notes.istcheck-abcdef ] && [ -e part/report.istcheck-toolong1 ] || fail 'a file of somebody else was removed'
kill "$holder"
mkdir temporary
export TMPDIR=$work/temporary
for command in "report three.claim --case short.toml -o killed" "verify three.claim --case short.toml --certificates killed" \
  "search open.claim --seconds 600 --write killed"; do
  # shellcheck disable=SC2086
  "$program" $command >out 2>err &
  started=$!
  sleep 2
  kill -KILL "$started"
  wait "$started" 2>/dev/null
done
run 0 "$program" report quick --claims both.claim --case short.toml --formats markdown -o killed
run 0 "$program" search "$root/tests/inputs/search/gamma-not-3-7.claim" --seconds 30 -n 1 -d 1
left=$(find killed temporary -name '*.istcheck-??????')
[ -z "$left" ] || fail "left behind: $left"
unset TMPDIR

# A Loewner order at d = 300 keeps its verdict, without a margin, in little memory.
python3 - <<'P'
n, d = 2, 300
with open("big.toml", "w") as f:
    f.write('name = "big"\nstep = "1/10"\n[sketch]\nkind = "perm"\nq = 150\n[method]\nkind = "sketched-gradient"\n')
    for w in range(n):
        rows = [[str(2 + (i + w) % 3) if i == j else "1" if abs(i - j) == 1 else "0" for j in range(d)] for i in range(d)]
        f.write("[[worker]]\nL = [" + ",".join("[" + ",".join(r) + "]" for r in rows) + "]\nb = [" + ",".join("1" * d) + "]\n")
P
printf 'claim big { conclude E[Bbar] <<= 100*I }\n' >big.claim
(
  ulimit -v 3000000
  run 0 "$program" verify big.claim --case big.toml --certificates big.d --json
  has out '"verdict": "holds"'
  has out '"margin": null'
  exit "$failures"
) || failures=$((failures + 1))
has "$work/err" 'more outcomes than the header allows'

finish ends
