#!/usr/bin/env bash
# istcheck report: every format of the whole paper, and the approved baselines.
set -uo pipefail
program=$(realpath "$1")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
  failures=$((failures + 1))
  echo "FAILED: $*" >&2
}

"$program" report -o "$work/whole" 2>"$work/err" || fail "the report of the paper"
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
        tried = "no value to try" not in s["reason"][0]["text"]
        assert len(s["hypotheses"]) == (len(c["hypotheses"]) if tried else 0), c["claim"] + ": hypotheses of " + s["case"]
        if s["why"] in ("tight", "violated"):
            assert all(h["is"] == "true" for h in s["hypotheses"]), c["claim"]
        if s["why"] == "vacuous" and tried:
            assert any(h["is"] == "false" for h in s["hypotheses"]), c["claim"]
ids = [f["id"] for f in report["figures"]]
for part in report["claims"] + report["cases"]:
    ids += [f["id"] for f in part["figures"]]
assert len(ids) == len(set(ids)), "figure names"
# A value that stayed plain text shows that it is no expression of the claim language.
assert "\\text{[" not in open("report.json").read()
P

# Markdown: a heading and a counterexample or tight case for every claim.
[ "$(grep -c '^### ' report.md)" -eq "$(grep -c '^| ' report.md)" ] || [ "$(grep -c '^### ' report.md)" -eq "$(($(grep -c '^| ' report.md) - 1))" ] ||
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

# Approved baselines.
mkdir now
"$root/tests/baselines/make.sh" "$program" now || fail "make.sh"
diff -r "$root/tests/baselines/report" now >difference || {
  fail "the report differs from the approved one; when that is meant: scripts/approve.sh"
  head -n 40 difference >&2
}

[ "$failures" -eq 0 ] && echo "report: all as expected"
exit $((failures > 0))
