#!/usr/bin/env bash
# istcheck report: every format of the whole paper, and the approved baselines.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
make_shipped report
cp -r "$shipped/report" "$work/whole"
cd "$work/whole" || exit 1

# JSON: the shipped schema, and every claim of the paper's rows.
python3 - "$root" <<'P' || fail "report.json"
import json, sys
import jsonschema
root = sys.argv[1]
report = json.load(open("report.json"))
schema = json.load(open(root + "/docs/report.schema.json"))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(report)
claims = {c["claim"]: c for c in report["claims"]}
rows = [l.split() for l in open(root + "/proofs/claims/rows.tsv") if l.strip() and l[0] != "#"]
assert len(rows) >= 49
for row, *ids in rows:
    for name in ids:
        assert row in claims[name]["rows"], name
for c in report["claims"]:
    shown = {s["why"] for s in c["shown"]}
    assert shown & {"tight", "violated"}, c["claim"] + " shows no case"
    for s in c["shown"]:
        tried = "no value to look at" not in s["reason"][0]["text"]
        assert len(s["hypotheses"]) == (len(c["hypotheses"]) if tried else 0), c["claim"] + ": hypotheses of " + s["case"]
        if s["why"] in ("tight", "violated"):
            assert all(h["is"] == "true" for h in s["hypotheses"]), c["claim"]
        if s["why"] == "excluded" and tried:
            assert any(h["is"] == "false" for h in s["hypotheses"]), c["claim"]
# Whatever is proved or refuted for all sizes was read beside its claim.
links = [(c["claim"], p) for c in report["claims"] for p in c["proofs"] if p["word"] in ("proves", "refutes")]
assert len(links) >= 138
for name, p in links:
    assert p["reading"] and p["statement"].startswith(p["theorem"].split(".")[1] + " : "), name
# What a bound is drawn for: the last point of the curve is not above the last point of any bound.
bounds = [f for c in report["cases"] for f in c["figures"] if "-bound-" in f["id"]]
assert any(s["name"].startswith("bound of thm2, beta") for f in bounds for s in f["series"])
assert any(s["name"] == "bound of thm2-sharp" for f in bounds for s in f["series"])
assert any(s["name"].startswith("bound of thm1-iterates") for f in bounds for s in f["series"])
for f in bounds:
    left, *right = [[float(y["decimal"]) for x, y in s["points"]] for s in f["series"]]
    assert all(l <= r * (1 + 1e-9) + 1e-12 for b in right for l, r in zip(left, b)), f["id"]
ids = [f["id"] for f in report["figures"]]
for part in report["claims"] + report["cases"]:
    ids += [f["id"] for f in part["figures"]]
assert len(ids) == len(set(ids)), "figure names"
# A value that stayed plain text shows that it is no expression of the claim language.
assert "\\text{[" not in open("report.json").read()
P

# Markdown: a heading and a counterexample or tight case for every claim.
rows=$(awk '/^\| paper / { on = 1; next } on && /^$/ { exit } on && /^\| / { n++ } END { print n }' report.md)
[ "$(grep -c '^### ' report.md)" -eq "$rows" ] ||
  fail "report.md has another number of sections than lines in its table"
[ "$(($(grep -c '^```' report.md) % 2))" -eq 0 ] || fail "a block of report.md stays open"

# LaTeX: compiles as the part of a plain article.
cat >main.tex <<'T'
\documentclass{article}
\usepackage{amsmath,amssymb,longtable}
\begin{document}
\appendix
\section{Verification}
\input{report.tex}
\end{document}
T
pdflatex -interaction=nonstopmode -halt-on-error main.tex >log || {
  fail "report.tex does not compile"
  tail -n 20 log >&2
}
grep -q "Missing character" main.log && fail "report.tex has characters that are not printed"
[ "$(grep -c 'begin{istcounterexample}{' report.tex)" -ge 20 ] || fail "counterexamples are missing in report.tex"

python3 -c 'import xml.etree.ElementTree as t; assert len(t.parse("junit.xml").getroot().findall(".//testcase")) >= 90' ||
  fail "junit.xml"

# A claim that is not as expected: exit code 1, and the report shows it.
cd "$work" || exit 1
echo 'claim wrong { title "Wrong on purpose" forall y : vector try ones conclude ||y||^2 = 0 }' >wrong.claim
"$program" report wrong.claim --case "$root/cases/paper/identity.toml" -o wrong --formats markdown 2>err
[ $? -eq 1 ] || fail "exit code of a report with a wrong claim"
grep -q '❌ unexpected' wrong/report.md || fail "the wrong claim is not marked"
[ ! -e wrong/report.tex ] || fail "a format that was not asked for"
"$program" report nonsense -o none 2>err
[ $? -eq 2 ] || fail "exit code for an unknown claim"

# Certificates are checked again, searches are shown; a certificate that was altered turns the report red.
one="--case $root/cases/paper/remark1-indefinite.toml"
"$program" verify remark1-value remark1-sign $one --certificates certificates >/dev/null 2>&1 || fail "certificates"
"$program" search remark1-value --json -o found.json >/dev/null 2>&1 || fail "search"
"$program" report remark1-value remark1-sign $one --certificates certificates --searches found.json -o found \
  --formats json,markdown,html || fail "a report with certificates and searches"
python3 - "$root" "$program" <<'P' || fail "certificates and searches in report.json"
import json, os, subprocess, sys
import jsonschema
report = json.load(open("found/report.json"))
jsonschema.Draft202012Validator(json.load(open(sys.argv[1] + "/docs/report.schema.json"))).validate(report)
checker = os.path.join(os.path.dirname(sys.argv[2]), "istcheck-check")
for c in report["claims"]:
    [certificate] = c["certificates"]
    assert certificate["answer"] == "accepted", certificate
    command = certificate["command"].split()
    said = subprocess.run([checker] + command[1:], capture_output=True, text=True)
    assert said.returncode == 0 and said.stdout.splitlines()[0] == certificate["summary"], (command, said)
[search] = report["claims"][[c["claim"] for c in report["claims"]].index("remark1-value")]["searches"]
assert search["answer"] == "refuted" and "[[worker]]" in search["detail"]
P
grep -q 'Certificates: 1 accepted' found/report.md || fail "certificates in report.md"
sed -i 's/^verdict violated/verdict holds/' certificates/remark1-value--remark1-indefinite.cert
"$program" report remark1-value $one --certificates certificates --formats markdown -o red
[ $? -eq 1 ] || fail "exit code with a rejected certificate"
grep -q 'Certificates: 1 rejected' red/report.md || fail "the rejected certificate is not shown"
echo '{"claims": [{"claim": "remark1-value"}]}' >found.json
"$program" report remark1-value $one --searches found.json --formats markdown -o none 2>err
[ $? -eq 2 ] && grep -q 'found.json: not what istcheck search --json writes' err || fail "another JSON file as searches"

# Pictures: SVG, PNG and PDF of a plot, alone on its page.
"$program" report perm1-mean --case "$root/cases/paper/heterogeneous-perm1.toml" --formats json -o pictures \
  --svg pictures --png pictures --pdf pictures --plots case-heterogeneous-perm1-gap 2>err || fail "pictures"
for scaling in "" -relative; do
  file=pictures/case-heterogeneous-perm1-gap$scaling
  python3 - "$file" <<'P' || fail "$file"
import re, struct, sys, xml.etree.ElementTree as tree
name = sys.argv[1]
svg = tree.parse(name + ".svg").getroot()
assert svg.tag == "{http://www.w3.org/2000/svg}svg" and "decreasing steps" in "".join(svg.itertext())
width, height = (int(svg.get(k)) for k in ("width", "height"))
png = open(name + ".png", "rb").read()
assert png[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", png[16:24]) == (2 * width, 2 * height)
pdf = open(name + ".pdf", "rb").read()
assert pdf[:5] == b"%PDF-" and len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
P
done
"$program" report perm1-mean --case "$root/cases/paper/heterogeneous-perm1.toml" --formats json -o pictures \
  --svg pictures --plots case-heterogeneous-perm1-gop 2>err
[ $? -eq 2 ] || fail "exit code for an unknown plot"
grep -q 'did you mean "case-heterogeneous-perm1-gap"' err || fail "the nearest plot"
CHROMIUM=no-such-program "$program" report perm1-mean --case "$root/cases/paper/heterogeneous-perm1.toml" \
  --formats json -o pictures --svg pictures --plots case-heterogeneous-perm1-gap 2>err
[ $? -eq 2 ] || fail "exit code without a browser"
grep -q 'pictures need the program no-such-program' err || fail "the message without a browser"

# Ctrl-C leaves a whole report of a part, and says so; nothing is printed where no terminal is.
"$program" report --claims "$root/proofs/claims" --cases "$root/cases/paper" -o part 2>err &
started=$!
sleep 1
kill -INT "$started"
wait "$started"
[ $? -eq 3 ] || fail "exit code of an interrupted report"
grep -qvE '^interrupted: |^(\.\./)*[a-z/]*(claims|cases/paper)/ \([0-9]+\)' err && fail "progress was printed without a terminal"
grep -q 'Partial report:' part/report.md || fail "report.md is not marked as partial"
grep -q 'Partial report:' part/report.tex || fail "report.tex is not marked as partial"
python3 - "$root" <<'P' || fail "the partial report.json"
import json, sys
import jsonschema
report = json.load(open("part/report.json"))
jsonschema.Draft202012Validator(json.load(open(sys.argv[1] + "/docs/report.schema.json"))).validate(report)
assert report["partial"].startswith("interrupted: ") and len(report["cases"]) > 50
P
python3 - "$program" "$root" <<'P' || fail "progress in a terminal"
import sys
from terminal import written
out = written([sys.argv[1], "verify", "thm1-redundant", "thm2-sharp"], folder=sys.argv[2])
assert "claims 1 of 2: " in out and "claims 2 of 2: " in out and " s left" in out, out
assert out.endswith("\r\x1b[K"), "the line stays"
P

# Approved baselines.
mkdir now
"$root/tests/baselines/make.sh" "$program" now || fail "make.sh"
diff -r "$root/tests/baselines/report" now >difference || {
  fail "the report differs from the approved one; when that is meant: scripts/approve.sh"
  head -n 40 difference >&2
}

finish report
