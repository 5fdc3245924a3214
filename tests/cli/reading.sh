#!/usr/bin/env bash
# Reading files and words: what data files, cases and claims may hold, standard input, folders, names that are any
# bytes, output paths, and what is said of a wrong word. tests/inputs has the files that showed something wrong.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
inputs=$root/tests/inputs
cd "$work" || exit 1
hasnt() { ! grep -qF -- "$2" "$1" || fail "'$2' in $1"; }
# utf8 FILE…: each is UTF-8.
utf8() {
  for file; do iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || fail "not UTF-8: $file"; done
}

# Cases. The advice is one that works.
run 2 "$program" analyze "$inputs/reading/inf.toml"
has err 'inf.toml:2:8: expected an exact number such as 3, "-1/2" or "0.25", found inf'
hasnt err '"inf"'
run 2 "$program" analyze "$inputs/reading/after2.toml"
has err 'after2.toml:6:31: the bare number 0.125 would be rounded to binary; write it as the string "0.125"'
sed 's/0\.125/"0.125"/' "$inputs/reading/after2.toml" >advised.toml
run 0 "$program" analyze advised.toml
sed 's/0\.125/1_000.50/' "$inputs/reading/after2.toml" >underscore.toml
run 2 "$program" analyze underscore.toml
has err 'the bare number 1_000.50 would be rounded to binary; write it as the string "1000.50"'
{
  printf '\xEF\xBB\xBFstep = 0.125\n'
  sed '/^step/d; /^values/d' "$inputs/reading/after2.toml"
} >mark.toml
run 2 "$program" analyze mark.toml
has err 'mark.toml:1:8: the bare number 0.125 would'

# JSON: numbers of any length, bytes behind a NUL, a byte-order mark, columns in characters.
long=$(grep -oE '[0-9]{300,}' "$inputs/reading/digits400.json")
run 0 "$program" analyze "$inputs/reading/digits400.json" --json
has out "$long"
run 0 "$program" import "$inputs/reading/e400.json" --target y --workers-by w --features a
has out "5$(printf '0%.0s' $(seq 398))3"
run 2 "$program" analyze "$inputs/reading/nul.json"
has err 'nul.json:1:126: found a byte that is no text in UTF-8'
run 0 "$program" analyze "$inputs/reading/bom.json"
printf '{"ü": 1}' >place.json
run 2 "$program" analyze place.json
has err 'place.json:1:2: unknown key "ü"'
printf '{"name": "\\"ü\\\\",\n  "worker": [{"L": [[1]], "b": [1]}], "step":   0.5}' >place.json
run 2 "$program" analyze place.json
has err 'place.json:2:49: the bare number 0.5 '
printf '{"name": "\\"ü\\\\", "stpe": 1}' >place.json
run 2 "$program" analyze place.json
has err 'place.json:1:19: unknown key "stpe"'
printf '{"name": "ü", "step": 01}' >place.json
run 2 "$program" analyze place.json
has err 'place.json:1:24: not valid JSON'
printf '{"name": "\xff"}' >latin.json
run 2 "$program" analyze latin.json
has err 'latin.json:1:11: found a byte that is no text in UTF-8; iconv converts other encodings'
printf 'name = "\xff"' >latin.toml
run 2 "$program" analyze latin.toml
has err 'latin.toml:1:9: found a byte that is no text in UTF-8'

# Claims.
claim='claim one { title "one" conclude 1 < 2 expect holds }'
printf '\xEF\xBB\xBF%s\n' "$claim" >mark.claim
run 0 "$program" verify mark.claim
printf '\xEF\xBB\xBFclaim one { conclude 1 < nothing expect holds }\n' >mark2.claim
run 2 "$program" verify mark2.claim
has err 'mark2.claim:1:26: '
printf 'claim one { title "\xfc" conclude 1 < 2 expect holds }\n' >latin.claim
run 2 "$program" verify latin.claim
has err 'latin.claim:1:20: found a byte that is no text in UTF-8'
utf8 err
printf 'claim one { title "a\033[31mb" conclude 1 < 2 expect holds }\n' >escape.claim
run 2 "$program" verify escape.claim
has err 'escape.claim:1:21: byte 27 has no meaning in a text'
printf 'claim one { conclude 1 <\xe2\x80\x8b 2 expect holds }\n' >unseen.claim
run 2 "$program" verify unseen.claim
has err '(U+200B) has no meaning here'
run 2 "$program" verify "$inputs/reading/leading-zeros.claim"
has err "leading-zeros.claim:7:12: '1e02' is no number of a claim; write 1*10^2"
sed 's/1e02/1*10^2/' "$inputs/reading/leading-zeros.claim" >zeros.claim
run 0 "$program" verify zeros.claim
while read -r wrong right; do
  printf 'claim one { conclude %s < 2*10^9 expect holds }\n' "$wrong" >number.claim
  run 2 "$program" verify number.claim
  has err "number.claim:1:22: '$wrong' is no number of a claim; write $right"
  printf 'claim one { forall y : scalar try 1  assume y <= 1  conclude %s < 2*10^9 expect holds }\n' "$right" >number.claim
  run 0 "$program" verify number.claim
done <<'E'
1e-5 1*10^-5
2.5E3 2.5*10^3
1e+5 1*10^5
3y 3*y
E
# A sign is no letter, and names of claims have numbers with letters.
printf 'claim thm-2b-3 { conclude 1 < 2∧2 < 3 expect holds }\n' >sign.claim
run 0 "$program" verify sign.claim

# Crashes.
run 2 "$program" verify "$inputs/crash/sz.claim" --case "$inputs/crash/A.toml"
has err 'sz.claim:3:12: '
run 2 "$program" verify "$inputs/crash/rag0.claim"
has err 'rag0.claim:3:'

# Standard input: a claim, a case (TOML or JSON), data, but only once and without certificates.
case_file=$root/cases/paper/heterogeneous-perm1.toml
printf 'claim two { conclude Lbar >> 0 expect holds }\n' >two.claim
run 0 "$program" verify - <zeros.claim
run 0 "$program" check-syntax - <zeros.claim
run 0 "$program" explain - <zeros.claim
printf 'claim start { forall x0 : vector forall gamma : scalar conclude gamma^2*||x0||^2 >= 0 }\n' >start.claim
run 0 "$program" explain - --case "$case_file" <start.claim
has out ' x0 = ['
run 0 "$program" verify two.claim --case - --json <"$case_file"
has out '"case": "heterogeneous Perm-1"'
run 0 "$program" analyze - <"$case_file"
run 0 "$program" analyze - <"$inputs/reading/bom.json"
run 0 "$program" import - --format json --target y --workers-by w --features a <"$inputs/reading/e400.json"
run 2 "$program" verify - --case - <zeros.claim
has err 'standard input is read once'
run 2 "$program" verify - --certificates out.d <zeros.claim
has err 'standard input has no name'
run 2 "$program" verify - <<<'claim one { conclude 1 < nothing }'
has err '-:1:26: '

# Folders: read, or explained.
mkdir folder empty
cp zeros.claim two.claim folder
run 0 "$program" verify folder --case "$case_file"
has out '2 claims: 2 as expected'
run 0 "$program" check-syntax folder
run 2 "$program" verify empty
has err 'empty: no .claim file in this folder'
run 2 "$program" check-syntax empty
has err 'empty: no .claim file in this folder'
run 2 "$program" explain two.claim --case empty
has err 'empty: no case (.toml or .json) in this folder'

# Outputs are tried before the work: nothing is computed, nothing stays.
touch file
for words in "verify two.claim --case $case_file -o missing/out" "verify two.claim --case $case_file --junit missing/out" \
  "verify two.claim --case $case_file -o folder" "verify two.claim --case $case_file --certificates file/out" \
  "analyze $case_file -o missing/out" "search zeros.claim --seconds 60 -o missing/out" \
  "search zeros.claim --write file" "report zeros.claim -o file" "certify zeros.claim --rocq --out file" \
  "import $inputs/reading/e400.json --target y --workers-by w -o missing/out"; do
  # shellcheck disable=SC2086  # words of a command line
  run 2 timeout 20 "$program" $words
  hasnt err 'claims '
  [ ! -s out ] || fail "output: $words"
done
run 0 "$program" verify two.claim --case "$case_file" -o result.txt --junit result.xml --certificates new/folder
for file in result.txt result.xml new/folder/index.tsv; do
  [ -s "$file" ] || fail "no $file"
done
left=$(find . -name 'result.*.??????' -o -name 'istcheck.??????')
[ -z "$left" ] || fail "left behind: $left"

# Words.
run 2 "$program" analyse "$case_file"
has err "there is no command 'analyse'; did you mean 'analyze'?"
run 2 "$program" analyze "$case_file" --jsn
has err "istcheck analyze: there is no option '--jsn'; did you mean '--json'?"
run 2 "$program" new claim a b
has err "istcheck new: 'b' is one argument too many"
run 2 "$program" analyze "$case_file" --trajectory 3 --fields bias_sq
has err '--fields'
for words in "search one --seconds 0" "search one --seconds 1e999" "search one -n 0" "search one --prove -1" "report --rounds 0" \
  "search one --steps 201" "analyze x --trajectory -1" "certify one --rocq --out x --max-outcomes 0" \
  "search one --seconds $(printf '9%.0s' $(seq 400))" "search one --threads 99999999999999999999"; do
  # shellcheck disable=SC2086
  run 2 "$program" $words
  ! grep -qE '[0-9.]{100}' err || fail "a long number: $words"
done

# Names that are any bytes: JSON, HTML, Markdown, LaTeX and JUnit are UTF-8; the index keeps tabs and line ends.
odd=$'odd\xff \t\n\033[31m"<&>'
cp "$case_file" "$odd.toml"
cp two.claim "$odd.claim"
run 0 "$program" verify "./$odd.claim" --case "./$odd.toml" --json --junit odd.xml --certificates odd.d
cp out odd.json
utf8 odd.json odd.xml
[ "$(wc -l <odd.d/index.tsv)" -eq 1 ] || fail "the index has more than one line"
run 0 "$checker" --all odd.d
has out '1 certificates accepted'
python3 - <<'P' || fail "odd.json or odd.xml"
import json, xml.dom.minidom
case = json.load(open("odd.json", encoding="utf-8"))["claims"][0]["cases"][0]["case"]
assert case.startswith("odd\ufffd \t\n\x1b[31m"), case
xml.dom.minidom.parse("odd.xml")
P
run 0 "$program" report "./$odd.claim" --case "./$odd.toml" --certificates odd.d -o odd.r --title $'\xff REPORT_JSON REPORT_TITLE </script>'
utf8 odd.r/*
python3 - <<'P' || fail "report.json or index.html"
import json, os
d = json.load(open("odd.r/report.json", encoding="utf-8"))
assert d["claims"][0]["certificates"][0]["answer"] == "accepted"
if os.path.exists("odd.r/index.html"):
    html = open("odd.r/index.html", encoding="utf-8").read()
    assert "<title>\ufffd REPORT_JSON REPORT_TITLE &lt;/script>" in html
P
cp "$case_file" $'json\xff.toml'
cp "$inputs/reading/e400.json" $'data\xff.json'
run 0 "$program" analyze $'json\xff.toml' --json
utf8 out

run 0 "$program" import $'data\xff.json' --target y --workers-by w --features a -o $'data\xff.toml'
run 0 "$program" analyze $'data\xff.toml'
# A name cannot write lines of its own.
sed '2s/.*/name = "a\\nok  fake\\u001b[2J"/' "$case_file" >fake.toml
for words in "" --advise; do
  # shellcheck disable=SC2086
  run 0 "$program" analyze fake.toml $words
  has out 'a\nok  fake\x1B[2J'
done

# A search of a claim that uses no case: one certificate, of the counterexample, and accepted.
run 0 "$program" search "$inputs/search/large-coefficients.claim" --certificates found.d --seconds 20
hasnt err 'not written'
run 0 "$checker" --all found.d
has out '1 certificates accepted'
has found.d/far-false.cert 'verdict violated'

# Names, fractions and exponents as typeset.
run 0 "$program" report "$inputs/report/exponents-in-titles.claim" --formats markdown,latex,json -o titles
has titles/report.json 'a gap of 10⁻¹², 2⁻¹⁰, 10¹², x⁻¹, 10⁻¹², (1/2)¹⁰, L⁻¹, x¹⁰, n², e⁻²⁰ and 1e-12'
has titles/report.json 'within 10⁻³⁰ of the bound; the step is 10⁻³'
has titles/report.md '10⁻¹², 2⁻¹⁰, 10¹²'
has titles/report.tex 'a gap of 10$^{-12}$, 2$^{-10}$, 10$^{12}$, x$^{-1}$, 10$^{-12}$, (1/2)$^{10}$'
run 0 "$program" explain "$inputs/report/exponents-in-titles.claim" --latex
has out 'a gap of 10$^{-12}$, 2$^{-10}$'
cat >names.claim <<'C'
claim names {
  title "x^(k+1) of L_i and max_j L_jj^2, grad f(x)"
  forall lambda_1 : scalar try -1/2
  assume lambda_1 < 0
  let step_size = 1/2
  let L_max = 3
  let b2 = 4
  let theta2 = 5
  let c_0 = 6
  conclude lambda_1 < step_size + L_max + b2 + theta2 + c_0
  conclude -(1 + 1)/2 < 0
  conclude 1 - (-1)/2 > (1/2)^10*(-1)
  conclude x0'*x0 = ||x0||^2
  conclude ceil(lambda_1, 1) <= 0
  expect holds
}
C
run 0 "$program" explain names.claim --latex
for formula in '\lambda_{1} < \mathrm{step\_size} + L_{\max} + \mathrm{b2} + \theta_{2} + c_{0}' '-\frac{1 + 1}{2} < 0' \
  '1 - \left(-\frac{1}{2}\right) > \left(\frac{1}{2}\right)^{10} \left(-1\right)' '{x^0}^\top x^0 = \|x^0\|^2'; do
  has out "$formula"
done
run 0 "$program" report names.claim --case "$case_file" --formats markdown,latex,json -o names
# shellcheck disable=SC2016  # LaTeX
has names/report.tex 'x$^{k+1}$ of L$_{i}$ and max$_{j}$ L$_{jj}$$^{2}$, $\nabla$f(x)'
has names/report.md 'x<sup>k+1</sup> of L<sub>i</sub> and max<sub>j</sub> L<sub>jj</sub>²'
has names/report.tex '\lambda_{1} = -\frac{1}{2}'
finish reading
