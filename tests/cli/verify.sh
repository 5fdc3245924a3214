#!/usr/bin/env bash
# istcheck verify: the paper, exit codes, a wrong constant, baselines, JSON, JUnit, new, check-syntax.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

cd "$work"

# The paper, from anywhere below the source folder, in both routes.
for route in "" --enumerate; do
  run 0 "$program" verify $route --claims "$root/proofs/claims" --cases "$root/cases/paper" --junit junit.xml
  has out "as expected"
done
grep -qE '^(FAIL|ERR|NONE|\?\?\?\?)' out && fail "a claim is not as expected"
grep -qE '^ok +rand-ab-inequality +violated +-5/2 \(-2\.5\) +2 ' out || fail "margin exact and decimal, tightness"
# Every row of the paper's table of claims, of the discussion and of what goes beyond.
rows=0
while IFS=$'\t' read -r row claims; do
  case $row in '' | '#'*) continue ;; esac
  rows=$((rows + 1))
  for id in $claims; do
    grep -qE "^ok +$id " out || fail "row $row: no line for the claim $id"
  done
done <"$root/proofs/claims/rows.tsv"
[ "$rows" -ge 49 ] || fail "only $rows rows in proofs/claims/rows.tsv"
has junit.xml '<testcase classname='
python3 - <<'P' || fail "the JUnit file is no XML"
import xml.etree.ElementTree as tree
assert tree.parse("junit.xml").getroot().tag == "testsuites"
P
run 0 "$program" verify thm2-sharp --json --claims "$root/proofs/claims" --cases "$root/cases/paper"
python3 - <<'P' || fail "the JSON lacks fields"
import json
claim = json.load(open("out"))["claims"][0]
assert claim["claim"] == "thm2-sharp" and claim["outcome"] == "expected" and claim["margin"] == "0"
assert {"tried", "sides", "tightness", "values"} <= set(claim["cases"][0])
P

# Each claim has a tight case, or says why there is none; cases where its hypotheses fail; and, where it is
# refuted, a case that violates it.
run 0 "$program" verify --json --claims "$root/proofs/claims" --cases "$root/cases/paper"
python3 - <<'P' || fail "a claim lacks a tight, a vacuous or a violating case"
import json
missing = []
for c in json.load(open("out"))["claims"]:
    verdicts = [k["verdict"] for k in c["cases"]]
    for k in c["cases"]:
        assert (k["scope"] is None) == (k["verdict"] not in ("holds", "vacuous")), k
        assert k["scope"] != "tried" or k["verdict"] == "holds" and k["tried"], k
    assert c["scope"] == ("tried" if any(k["scope"] == "tried" for k in c["cases"]) else "all") or c["verdict"] != "holds", c["claim"]
    assert isinstance(c["settings"], list) and c["on"], c["claim"]
    vacuous = "vacuous" in verdicts or any(k["vacuous_choices"] > 0 for k in c["cases"])
    if c["expect"] == "holds" and (c["tightness"] == "1") == bool(c["loose"]):
        missing.append(c["claim"] + (": tight, and yet 'loose'" if c["loose"] else ": no tight case and no 'loose because'"))
    if c["hypotheses"] and not vacuous:
        missing.append(c["claim"] + ": no case on which a hypothesis is false")
    if c["expect"] == "refuted" and "violated" not in verdicts:
        missing.append(c["claim"] + ": no violating case")
print("\n".join(missing))
assert not missing
P

# A new user's claim with a wrong constant: refuted on a shipped case, both sides shown.
run 0 "$program" new claim mine
run 0 "$program" verify mine.claim --cases "$root/cases/paper"
sed -i 's/2 - gamma\*theta/2 - 9\/10*gamma*theta/' mine.claim
run 1 "$program" verify mine.claim --cases "$root/cases/paper"
has out "violated"
has out "left ="
has out "right ="
run 2 "$program" new claim mine
# The template and every whole claim of the documents say what is true for all values of their variables: they verify,
# and no search refutes them; with the wrong constant one does.
run 1 "$program" search mine.claim -n 2 -d 2 -q 1 --seconds 60 --prove 0
has out "mine  refuted"
python3 - "$root" >taught.claim <<'P'
import re, sys
found, texts = [], []
for document in ("README.md", "docs/claim-language.md", "docs/manual.md"):
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", open(f"{sys.argv[1]}/{document}", encoding="utf-8").read(), re.M | re.S):
        claims = re.findall(r"^claim [^\n]*\{\n.*?^\}\n|^define [^\n]*\n", block, re.M | re.S)
        methods = re.findall(r"^method [^\n]*\{\n.*?^\}\n", block, re.M | re.S)
        if methods:
            texts += methods + claims
        else:
            found += claims
assert len(found) >= 2 and "my-step" in found[0] and any("claim " in text for text in texts), (found, texts)
print("".join(found))
open("diana.claim", "w", encoding="utf-8").write("".join(texts))  # where a shipped case looks for its method
P
run 0 "$program" new claim template
run 0 "$program" verify template.claim taught.claim --cases "$root/cases/paper"
cp "$root/cases/methods/diana.toml" .
run 0 "$program" verify diana.claim --case diana.toml --strict
run 0 "$program" search template.claim taught.claim --largest 2 --seconds 5 --json
python3 - <<'P' || fail "a claim that is taught to new users is not searched"
import json
for c in json.load(open("out"))["claims"]:
    assert c["answer"] in ("proved", "unsat-uncertified", "unknown") and not c["rejected"], c["claim"]
    assert c["judged"] > 0 or c["answer"] != "unknown" or c["claim"] == "bias-of-ones", c["claim"]
P
run 0 "$program" new case mycase
run 0 "$program" verify perm-unbiased --claims "$root/proofs/claims" --case mycase.toml

# A changed constant turns a run red against the baseline and names the case.
cp -r "$root/proofs/claims" claims
sed -i 's/(n - 1)\*I/(n - 2)*I/' claims/ist2023/sketches.claim
run 1 "$program" verify perm-unbiased --claims claims --cases "$root/cases/paper"
has err "baseline: perm-unbiased on"
cp -r "$root/proofs/claims/baseline.tsv" claims/baseline.tsv
run 1 "$program" verify --update-baseline --claims claims --cases "$root/cases/paper"
has err "verdict was holds, is violated"

# No case fits; unknown names; undecided is 3.
echo 'claim lonely { setting n = 63 conclude 1 = 1 }' >lonely.claim
run 3 "$program" verify lonely.claim --cases "$root/cases/paper"
has out "no case fits this claim"
run 2 "$program" verify thm2-shrap --claims "$root/proofs/claims" --cases "$root/cases/paper"
has err "did you mean 'thm2-sharp'?"
echo 'claim zero { conclude 1/(d - d) = 1 }' >zero.claim
run 2 "$program" verify zero.claim --cases "$root/cases/paper"
has err "division by zero: d - d = 0 (on case '"
echo 'claim wide { conclude E[abs(trace(Bbar))] >= 0 }' >wide.claim
run 3 "$program" verify wide.claim --case "$root/cases/paper/heterogeneous-perm1.toml" --max-outcomes 1
has out "more than the limit of 1"

# check-syntax
run 0 "$program" check-syntax "$root"/proofs/claims/*/*.claim
echo 'claim t { conclude Lbra = I }' >typo.claim
run 2 "$program" check-syntax typo.claim
has err "typo.claim:1:20: unknown name 'Lbra' (did you mean 'Lbar'?)"
run 0 "$program" check-syntax --print lonely.claim
has out "expect holds"
python3 - "$root/editors/istcheck.tmLanguage.json" <<'P' || fail "the grammar for editors"
import json, re, sys
for pattern in json.load(open(sys.argv[1]))["patterns"]:
    for key in ("match", "begin", "end"):
        re.compile(pattern.get(key, ""))
P

# explain
run 0 "$program" explain thm2-sharp --claims "$root/proofs/claims" --case "$root/cases/paper/scaled-diagonal.toml"
has out '\begin{claim}'
has out 'sigma2 = '
has out 'Verdict: holds'
run 0 "$program" explain thm2-sharp --unfold --latex --claims "$root/proofs/claims"
grep -q 'sigma' out && fail "a definition was not unfolded"

finish verify
