#!/usr/bin/env bash
# Numbers as shown, and decided: tests/inputs/numbers with its right answers, in every output.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
inputs=$root/tests/inputs/numbers
meaning=$root/tests/inputs/meaning
cd "$work" || exit 1
accepted() { # accepted COUNT FOLDER
  run 0 "$checker" --all "$2"
  has out "$1 certificates accepted"
}

# ---- One margin, one number, in every output.
run 0 "$program" verify "$inputs/tiny-margins.claim" --json
cp out tiny.json
run 0 "$program" verify "$inputs/tiny-margins.claim" --details
has out '7.2360679774997896964e-61'
has out '1e-100'
has out '1e-12'
run 0 "$program" report "$inputs/tiny-margins.claim" --output tiny --formats json,markdown,latex,html --case "$meaning/surd2.toml"
python3 - tiny.json tiny <<'P' || fail 'margins differ'
import json, pathlib, re, sys
from fractions import Fraction
from decimal import Decimal, getcontext
getcontext().prec = 120
right = {'near': Decimal('7.23606797749978969640917366873e-61'), 'nested': Decimal('1e-100'), 'modest': Decimal('1e-12')}
def rounded(x, digits):
    return x if x == 0 else round(x, digits - 1 - x.adjusted())
def check(claim, text):
    # Shown with some digits: the exact value rounded to as many.
    shown = Decimal(text)
    digits = max(len(shown.as_tuple().digits), 1)
    assert shown == rounded(right[claim], digits), (claim, text)
def value(number):
    return str(Decimal(Fraction(number).numerator) / Fraction(number).denominator) if isinstance(number, str) else number['decimal']
for claim in json.load(open(sys.argv[1]))['claims']:
    for m in (claim['margin'], claim['cases'][0]['margin']):
        check(claim['claim'], value(m))
report = json.loads(pathlib.Path(sys.argv[2], 'report.json').read_text())
found = 0
for claim in report['claims']:
    name = claim['claim']
    margin = claim['margin']
    check(name, margin['decimal'])
    check(name, margin['short'].removeprefix('≈ '))
    assert margin['rounded'] == (name == 'near'), margin
    assert margin['short'].startswith('≈ ') == (name == 'near'), margin
    found += 1
assert found == 3
markdown = next(pathlib.Path(sys.argv[2]).glob('*.md')).read_text()
assert '≈ 7.23607e-61' in markdown and '1e-100' in markdown and '≈ 1e-100' not in markdown and '≈ 1e-12' not in markdown
latex = next(pathlib.Path(sys.argv[2]).glob('*.tex')).read_text()
assert r'\approx 7.236e-61' in latex and r'\approx 1e-100' not in latex and r'\approx 1e-12' not in latex
P
# analyze: "=" before the number itself, "≈" before a rounded one.
cat >thirds.toml <<'E'
name = "thirds"
step = "1/4"
start = [1]
[sketch]
kind = "identity"
[method]
kind = "gradient"
[[worker]]
L = [["3/2"]]
b = [1]
E
run 0 "$program" analyze thirds.toml --fields bias_sq,factor,theta_min
has out '5/8  = 0.625'
run 0 "$program" analyze "$root/cases/paper/remark1-indefinite.toml" --fields factor,bias_sq
! grep -E '  = [0-9.]{13,}$' out | grep -qv 'e-' || fail 'a rounded decimal behind ='

# ---- Roots need no factoring.
run 0 "$program" verify "$inputs/norms-on-data.claim" --case "$root/cases/data/penguins.toml" --certificates norms
has out '5 as expected'
run 0 timeout 20 "$program" verify "$inputs/root-of-long-prime.claim" --certificates long
accepted 1 long
run 0 timeout 20 "$program" verify "$inputs/ceil-fine.claim" --certificates fine
accepted 1 fine
for statement in 'ceil(3, sqrt(2)) = 3*sqrt(2)' 'ceil(-3, sqrt(2)) = -2*sqrt(2)' 'ceil(0, sqrt(2)) = 0'; do
  echo "claim up { conclude $statement expect holds }" >up.claim
  rm -rf up
  run 0 "$program" verify up.claim --certificates up
  accepted 1 up
done
echo 'claim up { conclude ceil(3, sqrt(2)) = 2*sqrt(2) expect refuted because "it is 3*sqrt(2)" }' >up.claim
rm -rf up
run 0 "$program" verify up.claim --certificates up
accepted 1 up

# ---- The same number in another spelling.
run 0 "$program" verify "$inputs/same-number.claim" --case "$inputs/fourth.toml" --certificates same
accepted 1 same
for c in alpha2 surd2; do
  run 0 "$program" verify "$inputs/surd.claim" --case "$meaning/$c.toml" --certificates "surd-$c"
  accepted 1 "surd-$c"
done
# Beside √2, α² of the fourth root is a sum of square roots, and α is none.
echo 'claim some { conclude defined(surd((b[1])[2])) expect holds }' >some.claim
run 0 "$program" verify some.claim --case "$inputs/fourth.toml" --certificates some
accepted 1 some
sed 's/alpha = \["0", "0", "1"\]/alpha = ["0", "1"]/' "$inputs/fourth.toml" >first.toml
echo 'claim none { conclude not defined(surd((b[1])[2])) expect holds }' >none.claim
run 0 "$program" verify none.claim --case first.toml
while IFS= read -r statement; do
  echo "claim identity { conclude $statement expect holds }" >identity.claim
  run 0 timeout 60 "$program" verify identity.claim
done <<'E'
sqrt(1 + sqrt(2))*sqrt(3 + sqrt(2)) = sqrt(5 + 4*sqrt(2))
sqrt(sqrt(2) + sqrt(sqrt(3)))*sqrt(sqrt(2) + sqrt(sqrt(3))) = sqrt(2) + sqrt(sqrt(3))
rational(sqrt(1 + sqrt(2))*sqrt(sqrt(2) - 1))
not rational(sqrt(1 + sqrt(2))*sqrt(sqrt(2) + 3))
2^(sqrt(1 + sqrt(2))*sqrt(sqrt(2) - 1)) = 2
defined(surd(sqrt(2^1279 - 1)))
E

# ---- rho_mean and its square.
# hold CASE STATEMENT…: each holds on the case.
hold() {
  local case=$1 statement
  shift
  for statement; do
    echo "claim square { conclude $statement expect holds }" >square.claim
    run 0 "$program" verify square.claim --case "$case"
  done
}
cat >turn.toml <<'E'
name = "turn"
step = "1/2"
[sketch]
kind = "table"
[[sketch.outcome]]
weight = 1
C = [[[1, 0, 0], [0, 1, 1], [0, 1, 2]]]
[method]
kind = "compressed-gradient"
[[worker]]
L = [[1, 1, 0], [1, 3, 1], [0, 1, 2]]
b = [0, 0, 0]
E
hold turn.toml 'rho_mean^2 = rho_mean*rho_mean' 'sqrt(rho_mean^2) = rho_mean' 'rho_mean^3/rho_mean = rho_mean^2'

# |1 ± iγ√3| for γ = (1 + √2)/4.
cat >spiral.toml <<'E'
name = "spiral"
step = { surd = [["1/4", 2], ["1/4", 1]] }
[sketch]
kind = "table"
[[sketch.outcome]]
weight = 1
C = [[[1, 0], [0, -1]]]
[method]
kind = "compressed-gradient"
[[worker]]
L = [[1, 2], [2, 1]]
b = [0, 0]
E
hold spiral.toml 'rho_mean = sqrt(25 + 6*sqrt(2))/4' 'rho_mean^2 = (25 + 6*sqrt(2))/16' 'rho_mean^4 = (697 + 300*sqrt(2))/256'

# ---- theta_min: where there is none, and why.
run 1 "$program" verify "$inputs/every-theta.claim" --case "$inputs/zero.toml" --certificates every
has out 'every theta <= 0 does'
accepted 2 every
run 0 "$program" analyze "$inputs/zero.toml" --fields theta_min
has out 'no θ is the least of those that satisfy (14)'
! grep -q 'no θ satisfies' out || fail 'no θ, where every θ does'
cat >th.toml <<'E'
name = "th"
step = "1/4"
[sketch]
kind = "table"
[[sketch.outcome]]
weight = 1
C = [[[1, 0], [0, 1]], [[0, 0], [0, 0]]]
[method]
kind = "sketched-gradient"
[[worker]]
L = [[2, 0], [0, 4]]
b = [0, 0]
[[worker]]
L = [[0, 0], [0, -6]]
b = [0, 0]
E
echo 'claim th { conclude theta_min = 1 expect holds }' >th.claim
run 0 "$program" verify th.claim --case th.toml --certificates th
accepted 1 th
run 0 "$program" analyze th.toml --fields theta_min
grep -qE 'least θ of \(14\) +1$' out || fail 'theta_min of th'

# ---- Square roots in a list of steps.
cat >steps.toml <<'E'
name = "steps"
step = "1/4"
start = [1, 0]
[schedule]
steps = ["1/4", { surd = [["1/8", 2]] }, { surd = [["1/8", 3], ["1/100", 1]] }]
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[2, 1], [1, 2]]
b = [1, 0]
[[worker]]
L = [[1, 0], [0, 1]]
b = [0, 1]
E
cat >steps.claim <<'E'
claim later { conclude gamma[1] = sqrt(2)/8 conclude gamma[2] = sqrt(3)/8 + 1/100 conclude gamma[7] = gamma[2] conclude gamma = 1/4 expect holds }
claim run { conclude E[||x[2]||^2] <= 2 conclude E[||x[3]||^2] >= 0 conclude E[x[2]] = E[x[1]] - gamma[1]*(E[Bbar]*E[x[1]] - E[Cb]) expect holds }
claim limit { conclude rho_mean < 1 conclude E[||x[infinity] - xinf||^2] >= 0 expect holds }
claim wrong { conclude gamma[1] = 1/8 expect refuted because "it is sqrt(2)/8" }
E
run 0 "$program" verify steps.claim --case steps.toml --certificates steps
accepted 4 steps
sed 's/"1\/8", 3/"-1\/8", 3/' steps.toml >minus.toml
run 2 "$program" verify steps.claim --case minus.toml
has err 'minus.toml:5:'
has err 'the step size must be positive'
# analyze takes them there: the last step decides, and one that is twice as irrational gives the same.
run 0 "$program" analyze steps.toml --fields stable_mean,factor,fixed_point
has out 'sqrt(3) + 1/100, the last one kept'
run 0 "$program" analyze steps.toml --trajectory 3
grep -q '^1,1/8\*sqrt(2),' out || fail 'no step of round 1'
run 0 "$program" analyze steps.toml --trajectory 3 --monte-carlo 10
# The same steps as rational numbers, by another spelling.
sed -E 's/\{ surd = \[\["1\/8", 2\]\] \}/{ surd = [["1\/8", 1]] }/; s/\{ surd = \[\["1\/8", 3\], \["1\/100", 1\]\] \}/{ surd = [["1\/10", 1]] }/' steps.toml >spelled.toml
sed -E 's/\{ surd = \[\[("[^"]*"), 1\]\] \}/\1/g' spelled.toml >plain.toml
for options in '--trajectory 4' '--json --fields stable_mean,factor,fixed_point,variance,stationary_error'; do
  # shellcheck disable=SC2086  # options are meant to split
  run 0 "$program" analyze spelled.toml $options
  grep -v seconds out >spelled.out
  # shellcheck disable=SC2086
  run 0 "$program" analyze plain.toml $options
  grep -v seconds out | diff - spelled.out >/dev/null || fail "analyze $options: two spellings of one number"
done
run 2 "$program" analyze steps.toml --advise
has err '--advise takes rational numbers only'
sed 's/step = "1\/4"/step = { surd = [["1\/4", 2]] }/' steps.toml >both.toml
run 0 "$program" analyze both.toml

# ---- Unused names are said and nothing else.
cat >unused.claim <<'E'
claim unused {
  forall t : scalar try 1
  forall u : scalar try t
  forall gamma : scalar try 1/8
  let unread = u
  let read = u + 1
  conclude read >= u
  conclude rho_mean >= 0
  expect holds
}
E
run 0 "$program" check-syntax unused.claim
has err "unused.claim:5:7: note: the definition 'unread' is not used"
[ "$(wc -l <err)" -eq 1 ] || fail 'more than one note'
[ ! -s out ] || fail 'check-syntax wrote to stdout'
run 0 "$program" verify unused.claim --case thirds.toml
has err "the definition 'unread' is not used"
run 0 "$program" check-syntax --print "$root"/proofs/claims/*/*.claim
[ ! -s err ] || fail 'shipped claims have unused names'
finish numbers
