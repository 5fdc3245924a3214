#!/usr/bin/env bash
# istcheck search: every false statement of the paper is refuted from scratch and stays refuted on the
# written case; determinism, --tighten, --all, JSON, Markdown, Ctrl-C, bad input. Other tests run beside this one: a search
# that ends as soon as it has its answer has time to spare.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

# No case of the repository is in sight: only the claims are copied.
cp -r "$root/proofs/claims" "$work/claims"
cd "$work"
search() { "$program" search --claims claims "$@"; }

# What the paper says wrongly, claim by claim; the arguments after a claim fix sizes.
TIMEFORMAT='%U'
refutes() {
  local id=$1
  shift
  rm -rf found
  # Processor time: that of an idle machine is no longer, and a busy one makes no difference.
  { time run 0 search "$id" --seconds 60 --threads 2 --write found "$@"; } 2>spent
  has out "$id  refuted"
  head -n -1 spent >&2
  tail -n 1 spent >>times
  [ -f "found/$id.toml" ] || return 0 # claims about no case reproduce by themselves
  # Short entries: every number has at most four characters.
  grep -oE '"?-?[0-9]+(/[0-9]+)?"?' "found/$id.toml" | tr -d '"' | awk 'length($0) > 5 {exit 1}' ||
    fail "$id: a long number in the counterexample"
  "$program" verify "$id" --claims claims --case "found/$id.toml" --baseline none.tsv --json >out 2>err
  has out '"verdict": "violated"'
}
: >none.tsv
for id in remark1-positive perm1-loewner-converse perm1-loewner-rate remark1-value homogeneous-chain scaled-mean \
  one-step-ist reconstruction-scaled bias-vanishes thm2-gamma-one affine-bias affine-bias-two-sided \
  interpolation-small-steps interpolation-divergence any-omega bounded-gradient \
  cgd-fixed-heterogeneous ist-not-fixed fixed-point-coincides dense-gradient perm1-mean-printed \
  noisy-gradients rand-ab-inequality; do
  refutes "$id"
done
refutes remark1-positive -n 2 -d 4 -q 2
has "found/remark1-positive.toml" 'q = 2'
sort -n times | awk '{ t[NR] = $1 } END {
  print "seconds of processor time: median", t[int((NR + 1) / 2)], "longest", t[NR]
  exit !(NR >= 24 && t[int((NR + 1) / 2)] < 2 && t[NR] <= 60) }' || fail "the times of refutations"

# The same seed gives the same counterexample on any number of threads.
run 0 search scaled-mean --write one --threads 1
run 0 search scaled-mean --write three --threads 3
cmp -s one/scaled-mean.toml three/scaled-mean.toml || fail "the counterexample depends on the threads"

# A true claim: nothing found, what was tried is said, and no word of a proof.
run 0 search perm1-mean --seconds 3 --prove 0
grep -qE "perm1-mean  (unknown|unsat-uncertified)" out || fail "perm1-mean"
has out "enumeration of small integers:"
grep -q proved out && fail "a search says proved"

# A claim expected to be refuted at sizes where it is true stays undecided; a false claim expected to
# hold is not as expected.
run 3 search remark1-positive -n 1 -d 1 --seconds 1
cat >wrong.claim <<'C'
claim wrong {
  setting sketch = perm, n = d, q = 1
  assume Lbar >> 0
  conclude E[Bbar] <<= Lbar
  expect holds
}
C
run 1 search wrong.claim
has out "NOT as expected"
has out "hypothesis (true): Lbar >> 0"
has out "reproduce: istcheck verify wrong"

# Violated at gamma = 1 ± √½ only: kept exact in the case, certified, and checked again.
cat >halves.claim <<'C'
claim halves {
  setting sketch = identity, method = gradient, noiseless
  assume L[1] = I and b[1] = 0 and x0 != 0
  conclude E[||x[1]||^2] != 1/2*||x0||^2
  expect refuted because "(1 - gamma)^2 = 1/2 has two roots"
}
C
run 0 search halves.claim -n 1 -d 1 --seconds 60 --write roots --certificates roots/certificates
grep -qE '^step = \{ surd = \[\[1, 1\], \["-?1/2", 2\]\] \}' roots/halves.toml || fail "an irrational step"
run 0 "$program" verify halves.claim --case roots/halves.toml
"$(dirname "$program")/istcheck-check" --all roots/certificates >out || fail "the certificate of halves"
run 0 "$program" analyze roots/halves.toml

# The same at gamma = 2^(1/3) only, of degree three.
cat >thirds.claim <<'C'
claim thirds {
  setting sketch = identity, method = gradient, noiseless
  assume L[1] = I and b[1] = 0 and x0 != 0
  conclude gamma^3*||x0||^2 != 2*||x0||^2
  expect refuted because "2 has a third root"
}
C
run 0 search thirds.claim -n 1 -d 1 --seconds 60 --write roots --certificates roots/thirds
has out "alpha"
grep -qE '^step = \{ alpha = \[0, 1, 0\] \}' roots/thirds.toml || fail "a step of degree three"
grep -qE '^poly = \[-2, 0, 0, 1\]' roots/thirds.toml || fail "the polynomial of alpha"
run 0 "$program" verify thirds.claim --case roots/thirds.toml
run 0 "$program" explain thirds.claim --case roots/thirds.toml
has out "alpha = 1.25992104989…, the root of x^3 - 2 in [1, 2]"
"$(dirname "$program")/istcheck-check" --all roots/thirds >out || fail "the certificate of thirds"
run 0 "$program" analyze roots/thirds.toml

# Formats.
run 0 search scaled-mean --json
python3 - <<'P' || fail "the JSON lacks fields"
import json
claim = json.load(open("out"))["claims"][0]
found = claim["counterexample"]
assert claim["answer"] == "refuted" and claim["as_expected"] is True
assert {"why", "case", "statements", "inputs", "history", "reproduce", "gap"} <= set(found)
assert any(not s["true"] for s in found["statements"])
P
run 0 search scaled-mean --markdown
has out '```toml'
has out '| statement | value | true |'

# Queries for solvers: each file is whole, comments name the claim, and what cvc5 says of it never
# contradicts what Z3 said.
run 0 search remark1-sign perm1-mean identity-theta -n 2 -d 2 --seconds 6 --smt2 queries --json
python3 - <<'P' || fail "solvers on the written files"
import json, subprocess
from concurrent.futures import ThreadPoolExecutor
asked = [a for claim in json.load(open("out"))["claims"] for a in claim["solvers"] if a["file"]]
def ask(file):
    return subprocess.run(["cvc5", "-q", "--tlimit=3000", file], capture_output=True, text=True).stdout.split("\n")[0]
definite = 0
for a, second in zip(asked, ThreadPoolExecutor(2).map(ask, [a["file"] for a in asked])):
    text = open(a["file"]).read()
    assert text.startswith(";") and "; claim " in text and "(check-sat)" in text, a["file"]
    if second in ("sat", "unsat") and a["answer"] in ("sat", "unsat"):
        definite += 1
        assert second == a["answer"], (a["file"], a["answer"], second)
assert len(asked) >= 10 and definite >= 5, (len(asked), definite)
P
for id in descent-theorem1 descent-theorem2 descent-interpolation; do # forms as free numbers: any d
  run 0 search "$id" --seconds 60 --prove 0
  has out "$id  unsat-uncertified"
done
# The same from the theorems themselves, heterogeneous workers at n = d = 2: nobody writes the forms.
for id in thm1-gradients thm2-sharp thm2 interpolation-contracts interpolation-border; do
  run 0 search "$id" -n 2 -d 2 --seconds 90 --prove 0 --json
  python3 - "$id" <<'P' || fail "$id without entries"
import json, sys
claim = json.load(open("out"))["claims"][0]
forms = [a for a in claim["solvers"] if a["encoding"] == "forms, witness"]
assert claim["answer"] == "unsat-uncertified" and forms, (sys.argv[1], claim["answer"])
assert all(a["answer"] == "unsat" for a in forms)
P
done
# True claims, repaired from false ones: never a counterexample (that would be exit code 1).
mapfile -t repaired < <(awk '/^claim / { id = $2 } /^  repairs / { print id }' claims/*/*.claim)
[ "${#repaired[@]}" -ge 15 ] || fail "only ${#repaired[@]} repaired claims"
run 0 search --all "${repaired[@]}" --largest 2 --seconds 0.2 --prove 0
grep -q '| refuted |' out && fail "a repaired claim is refuted"
run 0 search perm1-mean -n 2 -d 2 --seconds 60 --prove 0
has out "perm1-mean  unsat-uncertified"
run 0 search perm1-mean -n 2 -d 2 --seconds 1 --no-solvers --prove 0
has out "perm1-mean  unknown"

# Worst cases: the factor of Theorem 2 comes down to 1, and no step beyond 1 is allowed.
run 0 search --tighten factor thm2-constants --from 4 --seconds 1 --steps 12
has out "stands at 1 (1)"
has out "general proof section4.sharp_theorem2"
run 0 search --tighten longest thm2-constants --seconds 2 --steps 8 --json
python3 - <<'P' || fail "--tighten --json"
import json
from fractions import Fraction
t = json.load(open("out"))
assert Fraction(t["stands_at"]) == 1 and 1 < Fraction(t["refuted_at"]) < Fraction(11, 10) and t["case"]
P

# In bulk.
run 0 search --all remark1-value perm1-mean --largest 2 --seconds 0.2 --prove 0
has out '| remark1-value | 2, 2 | refuted |  | enumeration of small integers |'
grep -qE '\| perm1-mean \| 2, 2 \| (unknown|unsat-uncertified) \|' out || fail "no rung of perm1-mean"

# Ctrl-C ends it cleanly with what is known. Nothing settles this search: it would take its minute.
"$program" search --claims claims exact-limit --seconds 60 -n 3 -d 3 >out 2>err &
pid=$!
sleep 2
kill -INT "$pid"
wait "$pid"
[ $? -eq 3 ] || fail "Ctrl-C: not exit code 3"
has out "interrupted"

# Bad input.
run 2 search
has err "search needs a claim"
run 2 search remark1-positiv
has err "remark1-positive"
run 2 search --tighten nothing thm2-constants
has err "its definitions are: factor, longest"
run 2 search --tighten factor thm2-constants --from x
has err "--from"
run 2 search scaled-mean --largest 99
run 0 search --help
has out "istcheck search perm1-loewner-converse"

finish search
