#!/usr/bin/env bash
# What searches say: that the hypotheses exclude everything, and of what; the domain of each proof; two inputs that
# once were not answered.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
cd "$work"
search() { "$program" search "$@"; }

# Found whatever sizes are asked for: a step that is no small whole number, a vector that is an eigenvector.
for file in gamma-not-3-7 all-vectors; do
  cp "$root/tests/inputs/search/$file.claim" .
  "$program" search "$file.claim" --seconds 30 --certificates "$file.certs" >out 2>err
  refuted=$(grep -cE '^[a-z0-9-]+ +refuted' out)
  [ "$refuted" -eq "$(grep -c '^claim ' "$file.claim")" ] || fail "$file: $refuted refuted"
  run 0 "$checker" --all "$file.certs"
  has out "$refuted certificates accepted"
done
run 0 search gamma-not-3-7.claim --seconds 30 -n 1 -d 1
has out 'f19  refuted'

# Settings and hypotheses that nothing fulfils, by the checker's evaluation and by solvers.
cat >nowhere.claim <<'C'
claim false-setting { setting 1 = 2 conclude lambda_max(Lbar) >= 0 }
claim other-size { setting n = 7 conclude lambda_max(Lbar) >= 0 }
claim no-value { setting 1/0 = 1 conclude lambda_max(Lbar) >= 0 }
claim no-q { setting sketch = identity, q = 1 conclude lambda_max(Lbar) >= 0 }
claim both { setting sketch = perm, lambda_max(Lbar) < 0, Lbar >> 0 conclude det(Lbar) = 5 }
claim numbers { forall t : scalar assume t > 1 assume t < 0 conclude lambda_max(Lbar) >= t }
C
for claim in false-setting other-size no-value no-q both numbers; do
  grep "^claim $claim " nowhere.claim >one.claim
  run 0 search one.claim --seconds 5 --prove 10 -n 2 -d 2
  has out 'the hypotheses exclude every configuration of '
  grep -qE "^$claim +(proved|unsat-uncertified|unknown) \(the hypotheses" out || fail "$claim: how it is said"
  run 0 search one.claim --seconds 5 --prove 10 -n 2 -d 2 --json
  has out '"excluded": true'
done
# Not where something fulfils them, though only a p that no shape has.
cat >somewhere.claim <<'C'
claim third { setting sketch = bernoulli, method = sketched-gradient, p = 1/3 conclude 3*p = 1 }
C
run 0 search somewhere.claim --seconds 3 --prove 10 -n 1 -d 1
has out 'third  proved for 2 shapes (n = 1, d = 1, bernoulli'
grep -q 'the hypotheses exclude' out && fail 'p = 1/3 is a case'

# Every line of a proof says for what: local steps, one step, p.
cat >local.claim <<'C'
claim local { setting method = ist, sketch = bernoulli, noiseless conclude E[||x[1]||^2] >= 0 }
C
run 0 search local.claim --seconds 3 --prove 10 -n 1 -d 1 --certificates proofs
grep -qE 'proved for all configurations with n = 1, d = 1, bernoulli, ist, .*local_steps = 1, one step gamma > 0 for all rounds' out ||
  fail 'a line of a proof without its domain'
certificate=$(find proofs -name '*.cert' | sort | head -n 1) shape=${certificate#proofs/local--}
run 0 "$checker" "proofs/${shape%.cert}.toml" local.claim "$certificate"
has out 'local_steps = 1, one step gamma > 0 for all rounds'
run 0 search local.claim --all --seconds 3 --prove 3 -n 1 -d 1
has out 'one step gamma > 0 for all rounds'
has out 'sampled only: '
# False for a schedule, or for several local steps.
cat >false.claim <<'C'
claim one-step { conclude gamma[1] = gamma }
claim two-rounds { setting noiseless conclude E[x[2]] = E[step(step(x0))] }
claim one-local { setting method = ist, sketch = identity, noiseless conclude E[x[1]] = x0 - gamma*(Lbar*x0 - bbar) }
C
for claim in one-step two-rounds one-local; do
  grep "^claim $claim " false.claim >one.claim
  run 1 search one.claim --seconds 30 --prove 10 -n 1 -d 1
  has out "$claim  refuted"
done

# The same expression on both sides is no tight case; the same number is.
cat >same.claim <<'C'
claim start { setting method = gradient let rate = 2 forall k in 0..2 conclude E[||x[k]||^2] <= rate^k*||x0||^2 + 100*k }
claim only { setting method = gradient forall k in 0..0 conclude E[||x[k]||^2] <= 2^k*||x0||^2 }
claim number { forall k in 1..5 conclude k^2 <= 25 }
claim two { setting method = gradient conclude f(xstar) <= f(x0) conclude f(xstar) <= f(x0) + 1 }
C
run 0 "$program" verify same.claim --case "$root/cases/paper/method-gradient.toml" --json
python3 - out <<'P' || fail 'margin and tightness'
import json, sys
claims = {c["claim"]: c for c in json.load(open(sys.argv[1]))["claims"]}
one = lambda name: claims[name]["cases"][0]
assert one("start")["values"] != "k = 0", one("start")
assert one("start")["tightness"] != "1" and one("start")["margin"] != "0", one("start")
assert one("only")["tightness"] == "1" and one("only")["values"] == "k = 0", one("only")
assert one("number")["tightness"] == "1" and one("number")["values"] == "k = 5", one("number")
P
run 0 "$program" report same.claim --case "$root/cases/paper/method-gradient.toml" --formats json,markdown,latex -o report
python3 - report/report.json <<'P' || fail 'bounds of each conclusion'
import json, sys
claims = {c["claim"]: c for c in json.load(open(sys.argv[1]))["claims"]}
bounds = claims["two"]["bounds"]
assert len(bounds) == 2 and bounds[0]["margin"] != bounds[1]["margin"], bounds
P
has report/report.md '| conclusion | margin | tightness |'
has report/report.tex 'Conclusion 1: margin'

# The power 0 has degree 0; irrational numbers; a setting that stays open.
cat >degree.claim <<'C'
claim degree {
  let z = 0
  conclude E[1/((x[1])[1])^0] = 1
  conclude E[Lbar*(x[1]*x[1]')^z] = Lbar
  conclude E[ones[((x[1])[1])^0]] = 1
  conclude E[if ((x[1])[1])^0 = 1 then 3 else 4] = 3
  conclude E[(C[1]*x[1])'*(C[1]*x[1])*((x[1])[1])^0] >= 0
}
claim irrational {
  setting not rational(sqrt(2) + sqrt(3)/7 - 1)
  conclude not rational(sqrt(2)) and rational(sqrt(8)*sqrt(2))
  conclude not defined(ones[sqrt(2)]) and not defined(2^sqrt(2))
}
C
run 0 "$program" verify degree.claim --case "$root/cases/paper/heterogeneous-perm1.toml" --certificates degree
run 0 "$checker" --all degree
has out '2 certificates accepted, 0 rejected, 0 incomplete'
printf 'claim outside { conclude 1/((x[1])[1])^0 > 0 }\n' >outside.claim
run 2 "$program" check-syntax outside.claim
has err 'iterates x[k] only inside E'
cat >open.claim <<'C'
claim open { setting rational(spectral_radius([[0, 2], [1, 0]])^2) conclude n >= 2 }
C
hash_of() { sha256sum "$1" | cut -d ' ' -f 1; }
cp "$root/cases/paper/heterogeneous-perm1.toml" case.toml
{ printf 'istcheck-certificate 1\nclaim open %s\ncase %s\nverdict holds\n' "$(hash_of open.claim)" "$(hash_of case.toml)"
  printf 'limits steps 3 bits 20000 terms 64 halvings 4000 outcomes 20000\ntrust setting yes\npoint\nconclusion 1 yes\nend\n'; } >open.cert
run 3 "$checker" case.toml open.claim open.cert
has out 'trusted: setting'

# analyze takes irrational numbers wherever a case may have them.
cat >roots.toml <<'C'
name = "roots"
step = { surd = [["1/8", 2]] }
start = [{ surd = [[1, 3]] }, 1]
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[{ surd = [[1, 2]] }, 0], [0, 2]]
b = [1, { surd = [[1, 5]] }]
[[worker]]
L = [[1, "1/2"], ["1/2", 3]]
b = [0, 1]
C
run 0 "$program" analyze roots.toml
has out '(1/2*sqrt(2) - 1/2, 1/10*sqrt(5) + 1/10)'
run 0 "$program" analyze roots.toml --json
python3 -m json.tool out >/dev/null || fail 'JSON of an irrational case'
run 0 "$program" analyze roots.toml --trajectory 2
sed 's/surd = \[\[1, 2\]\] }, 0/alpha = [0, 1] }, 0/; s/^start.*/start = [0, 1]/; s/{ surd = \[\[1, 5\]\] }/2/; s/^step.*/step = "1\/8"/' roots.toml >alpha.toml
printf '[alpha]\npoly = [-2, 0, 0, 1]\ninterval = [1, "3/2"]\n' >>alpha.toml
run 0 "$program" analyze alpha.toml --json
python3 -m json.tool out >/dev/null || fail 'JSON of a case with alpha'
# The same numbers, written as roots or not.
sed -E 's/\{ surd = \[\["1\/8", 2\]\] \}/{ surd = [["1\/8", 1]] }/; s/\[\[1, [0-9]+\]\]/[[1, 1]]/g' roots.toml >spelled.toml
sed -E 's/\{ surd = \[\[("?[0-9\/]+"?), 1\]\] \}/\1/g' spelled.toml >plain.toml
for file in spelled plain; do
  run 0 "$program" analyze "$file.toml" --json
  grep -v seconds out >"$file.out"
done
cmp -s spelled.out plain.out || fail 'two spellings of the same numbers'
for options in --advise '--trajectory 2 --monte-carlo 3'; do
  # shellcheck disable=SC2086
  run 2 "$program" analyze roots.toml $options
  has err 'and this case has others'
done

finish search_says
