#!/usr/bin/env bash
# A paper's own repository: ./claims and ./cases, or the folders of istcheck.toml, come before anything shipped, and what
# was taken is said; claims about named cases; the commands that reports show work as printed.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
PATH=$(dirname "$program"):$PATH

# said TEXT: this line, and nothing else, is on standard error.
said() { [ "$(cat "$work/err")" = "$1" ] || fail "standard error is not: $1"; }
# answer CLAIM ANSWER: what the search whose JSON is in $work/out says of it.
answer() {
  python3 - "$work/out" "$@" <<'P' || fail "search does not say that $1 is $2"
import json, sys
[one] = [c for c in json.load(open(sys.argv[1]))["claims"] if c["claim"] == sys.argv[2]]
assert one["answer"] == sys.argv[3], one["answer"]
P
}
# small FILE L: a case with one worker in one dimension.
small() {
  printf 'name = "%s"\nstep = "1/4"\n[sketch]\nkind = "identity"\n[method]\nkind = "gradient"\n[[worker]]\nL = [[%s]]\nb = [1]\n' \
    "a title" "$2" >"$1"
}

mkdir -p "$work/paper/claims/lemmas" "$work/paper/cases/data" "$work/paper/below"
cd "$work/paper" || exit 1
small cases/one.toml 2
small 'cases/data/with blank.toml' -1
small cases/root.toml '{ surd = [["1", 2]] }'
cp "$root/cases/paper/table.toml" cases/
cp "$root/cases/families/bias-identity.toml" cases/ # left out
cat >claims/paper.claim <<'C'
claim everywhere { title "Steps are positive" conclude gamma > 0 expect holds }
claim only-one { title "A step" setting case = one conclude gamma = 1/4 expect holds }
claim two-of-them { title "Two cases" setting case = one | "with blank" conclude n = 1 expect holds }
C
cat >claims/lemmas/table.claim <<'C'
claim table-unbiased { title "Unbiased" setting sketch = table, case = table conclude forall i in workers : E[C[i]] = I expect holds }
C

# What is there is taken, and said once.
run 0 istcheck verify --json
said 'claims/ (4), cases/ (4)'
python3 - "$work/out" <<'P' || fail "which claims were checked on which cases"
import json, sys
found = {c["claim"]: sorted(k["case"] for k in c["cases"]) for c in json.load(open(sys.argv[1]))["claims"]}
assert found == {"everywhere": ["one", "root", "table", "with blank"], "only-one": ["one"], "two-of-them": ["one", "with blank"],
                 "table-unbiased": ["table"]}, found
P
run 0 istcheck verify only-one
said 'claims/ (4), cases/ (4)'
run 0 istcheck verify claims/paper.claim --case cases/one.toml
said ''
run 0 istcheck verify --claims claims --cases cases
said ''
run 0 istcheck explain two-of-them --case 'cases/data/with blank.toml'
said 'claims/ (4)'
has "$work/out" 'setting case = one | "with blank"'
has "$work/out" 'On the case with blank'
run 0 istcheck explain only-one --case cases/table.toml
has "$work/out" 'its name is table'
run 0 istcheck certify --rocq only-one --out rocq
said 'claims/ (4), cases/ (4)'
run 0 istcheck search everywhere --seconds 1 --prove 0 --no-solvers --json
said 'claims/ (4), cases/ (4)'
# A shipped claim is not taken by its name, but the message says where it is.
run 2 istcheck verify remark1-value
has "$work/err" "claims/: there is no claim 'remark1-value'"
has "$work/err" 'istcheck ships one: --claims '
run 2 istcheck verify onlyone
has "$work/err" "did you mean 'only-one'"
# Folders above do not count.
(cd below && run 0 istcheck explain thm2 && has "$work/err" 'proofs/claims/ (' && exit "$failures") || failures=$((failures + 1))

# The baseline is the paper's.
run 0 istcheck verify --update-baseline
[ -s claims/baseline.tsv ] || fail "no claims/baseline.tsv"
run 0 istcheck verify
small cases/one.toml 3
sed -i 's|conclude gamma = 1/4|conclude gamma >= 1/4|' claims/paper.claim
run 0 istcheck verify
sed -i 's|step = "1/4"|step = "1/2"|' cases/one.toml
run 1 istcheck verify only-one
has "$work/err" 'baseline: only-one on one'
sed -i 's|conclude gamma >= 1/4|conclude gamma = 1/4|' claims/paper.claim
small cases/one.toml 2
rm claims/baseline.tsv

# Certificates and the checker go by the same names.
run 0 istcheck verify --certificates "$work/certificates"
run 0 istcheck-check --all "$work/certificates"
run 0 istcheck-check cases/one.toml claims/paper.claim "$work/certificates/only-one--one.cert"
has "$work/out" 'accepted: only-one holds on one'
cp cases/one.toml "$work/other.toml"
run 1 istcheck-check "$work/other.toml" claims/paper.claim "$work/certificates/only-one--one.cert"
has "$work/out" 'the claim does not speak about this case'

# search: the paper's cases first; a claim that names its cases is about no others, whatever they are like.
cat >"$work/named.claim" <<'C'
claim curvature { title "True of one, false of others" setting case = one conclude Lbar[1, 1] > 0 expect holds }
claim not-convex { title "False" setting case = "with blank" conclude Lbar[1, 1] > 0 expect holds }
claim every-t { title "False for large t" setting case = one forall t : scalar try 0 conclude t < 5*n expect holds }
claim nowhere { title "No case" setting case = nowhere conclude n = 1 expect holds }
claim sum { title "No case at all" conclude 1 + 1 = 2 expect holds }
claim anywhere { title "False on the table" setting sketch = table conclude gamma != 1/16 expect holds }
C
run 0 istcheck search curvature --claims "$work/named.claim" --seconds 3 --json
said 'cases/ (4)'
answer curvature unknown
run 1 istcheck search not-convex --claims "$work/named.claim" --seconds 3 --json
answer not-convex refuted
run 1 istcheck search every-t --claims "$work/named.claim" --seconds 20 --write found --json
answer every-t refuted
python3 - "$work/out" <<'P' >reproduce || fail "the case of every-t"
import json, sys, tomllib
[one] = json.load(open(sys.argv[1]))["claims"]
found = one["counterexample"]
case = tomllib.loads(found["case"])
assert case["worker"] == [{"L": [["2"]], "b": ["1"]}] or case["worker"] == [{"L": [[2]], "b": [1]}], case
assert found["file"] == "found/one.toml", found["file"]
print(found["reproduce"])
P
run 1 bash -c "$(cat reproduce)"
has "$work/out" violated
run 3 istcheck search nowhere --claims "$work/named.claim" --seconds 3
has "$work/out" 'no case that it names is there'
run 3 istcheck verify nowhere --claims "$work/named.claim" --details
has "$work/out" 'its name is one'
run 1 istcheck search anywhere --claims "$work/named.claim" --seconds 20 --prove 0 --no-solvers
has "$work/out" 'found by the cases given on the case table'
rm -r found rocq reproduce
# Without a name every claim of the paper is searched; a named case of the shipped ones is found among these.
run 0 istcheck search --seconds 1 --prove 0 --no-solvers --json
answer only-one unknown
answer table-unbiased unknown
echo 'claim shipped { setting case = remark1-indefinite conclude n = 1 expect holds }' >"$work/below.claim"
(cd below && run 1 istcheck search "$work/below.claim" --seconds 3 && has "$work/err" 'cases/paper/ (' && exit "$failures") ||
  failures=$((failures + 1))

# The command of every claim in a report works as printed, where the report was made.
again() {
  run "$1" istcheck report "${@:2}" --rounds 1 --formats json,markdown,latex -o report
  cp "$work/err" "$work/report.err"
  python3 - "$root" <<'P' || fail "report ${*:2}"
import json, subprocess
import jsonschema, sys
report = json.load(open("report/report.json"))
jsonschema.Draft202012Validator(json.load(open(sys.argv[1] + "/docs/report.schema.json"))).validate(report)
assert report["claims"]
markdown = open("report/report.md").read()
for c in report["claims"]:
    assert f"```sh\n{c['reproduce']}\n```" in markdown, c["reproduce"]
    said = subprocess.run(["bash", "-c", c["reproduce"] + " --json"], capture_output=True, text=True)
    [now] = json.loads(said.stdout)["claims"]
    assert now["claim"] == c["claim"], c["reproduce"]
    verdicts = {k["case"]: k["verdict"] for k in now["cases"]}
    for one in c["shown"][:1]:
        before = [k["verdict"] for k in c["cases"] if k["case"] == one["case"]]
        assert [verdicts[one["case"]]] == before, (c["reproduce"], said.stderr)
    if not c["shown"]:
        assert [k["verdict"] for k in c["cases"]] == [k["verdict"] for k in now["cases"]], c["reproduce"]
P
}
again 0
[ "$(cat "$work/report.err")" = 'claims/ (4), cases/ (4)' ] || fail "what the report took"
again 1 "$work/named.claim"
again 0 only-one --claims claims/paper.claim --case cases/one.toml
mkdir "$work/it's elsewhere"
cp claims/paper.claim "$work/it's elsewhere/"
again 0 "$work/it's elsewhere/paper.claim" --case 'cases/data/with blank.toml' --case cases/one.toml
again 0 --claims "$work/it's elsewhere" --cases cases
mkdir -p "$work/tree/proofs/claims" "$work/tree/cases/paper" "$work/tree/below"
cp claims/paper.claim "$work/tree/proofs/claims/"
cp cases/one.toml "$work/tree/cases/paper/"
(cd "$work/tree/below" && again 0 && exit "$failures") || failures=$((failures + 1))
# Of a table its outcomes are shown, in every format.
again 0 table-unbiased
python3 - <<'P' || fail "the outcomes of a table in report.json"
import json
cases = {c["case"]: c for c in json.load(open("report/report.json"))["cases"]}
assert cases["table"]["outcomes"] == [
    {"weight": "1/3", "C": [[["2", "0"], ["0", "1"]], [["1", "1/2"], ["1/2", "1"]]]},
    {"weight": "2/3", "C": [[["1/2", "0"], ["0", "1"]], [["1", "-1/4"], ["-1/4", "1"]]]}], cases["table"]["outcomes"]
assert cases["one"]["outcomes"] is None
P
for file in report.md report.tex; do
  for weight in 1 2; do
    grep -qF "\\text{with probability }\\tfrac{$weight}{3}:\\quad C_{1} = \\begin{pmatrix}" report/$file || fail "no outcomes in $file"
  done
done
# What is proved about a shipped claim is not said of another one with its name.
echo 'claim thm2 { title "Not that one" conclude gamma > 0 expect holds }' >claims/thm2.claim
again 0 thm2
python3 - <<'P' || fail "the rows and proofs of a shipped claim at another one"
import json
[c] = json.load(open("report/report.json"))["claims"]
assert c["rows"] == [] and c["row_proof"] is None, c
P
rm claims/thm2.claim

# Folders with other names.
mkdir experiments
mv claims theory
mv cases experiments/
printf '# ours\nclaims = "theory/"\ncases = "experiments/cases"\n' >istcheck.toml
run 0 istcheck verify
said 'theory/ (4), experiments/cases/ (4)'
again 0
printf 'claims = "%s"\n' "$work/paper/theory" >istcheck.toml
run 0 istcheck explain only-one
said "$work/paper/theory/ (4)"
run 2 istcheck verify only-one --cases nowhere
# refused TEXT MESSAGE: an istcheck.toml with this text; a folder that the command line names needs none.
refused() {
  printf '%s\n' "$1" >istcheck.toml
  run 2 istcheck verify
  has "$work/err" "$2"
}
refused 'claim = "theory"' 'istcheck.toml:1:1: unknown key "claim"; did you mean "claims"?'
refused 'claims = ["theory"]' 'istcheck.toml:1:10: expected a folder of claims such as "theory/claims", found a list'
refused 'cases = 3' 'istcheck.toml:1:9: expected a folder of cases such as "theory/cases", found 3'
refused 'claims = ""' 'istcheck.toml:1:10: expected a folder of claims'
refused 'claims = "theories"' 'istcheck.toml:1:10: there is no folder theories'
refused 'claims = "theory/paper.claim"' 'istcheck.toml:1:10: there is no folder theory/paper.claim'
refused 'claims = "theory' 'istcheck.toml:1:'
run 0 istcheck verify --claims theory --cases experiments/cases
rm istcheck.toml
mkdir istcheck.toml
run 2 istcheck verify
has "$work/err" 'istcheck.toml'
rmdir istcheck.toml
# Everything in one folder.
mkdir "$work/flat"
cp theory/paper.claim experiments/cases/*.toml "$work/flat"
printf 'claims = "."\ncases = "."\n' >"$work/flat/istcheck.toml"
(cd "$work/flat" && run 0 istcheck verify && said './ (3), ./ (3)' && exit "$failures") || failures=$((failures + 1))

# Two cases of one name; folders that are there without anything in them; one folder of the two.
mv theory claims
mv experiments/cases cases
cp cases/one.toml cases/data/
run 2 istcheck verify
has "$work/err" 'cases/one.toml: a second case with the name of cases/data/one.toml'
rm cases/data/one.toml
mkdir "$work/empty" "$work/empty/claims" "$work/empty/cases"
cd "$work/empty" || exit 1
for command in 'verify' 'report' 'search' 'search --all' 'verify remark1-value' 'explain thm2'; do
  run 2 istcheck $command
  has "$work/err" 'claims/: no claim file in this folder'
  has "$work/err" 'istcheck new claim NAME -o claims/NAME.claim writes a first one, and --claims DIR takes another folder'
done
run 0 istcheck new claim first -o claims/first.claim
run 2 istcheck verify
has "$work/err" 'cases/: no case file in this folder'
cp "$root/cases/families/bias-identity.toml" cases/
run 2 istcheck verify
has "$work/err" 'cases: no case (.toml or .json) in this folder, only families'
rm -r cases
run 0 istcheck verify
grep -qE '^claims/ \(1\), .*cases/paper/ \([0-9]+\)$' "$work/err" || fail "own claims on shipped cases are not said"
rm -r claims
mkdir cases
run 0 istcheck new case first -o cases/first.toml
run 0 istcheck verify perm-unbiased
grep -qE '^.*proofs/claims/ \([0-9]+\), cases/ \(1\)$' "$work/err" || fail "shipped claims on own cases are not said"
[ "$(wc -l <"$work/err")" -eq 1 ] || fail "own cases are compared with the shipped baseline"
finish "a paper's own repository"
