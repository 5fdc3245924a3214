#!/usr/bin/env bash
# Steps (docs/semantics.md 4.5, 4.6, 7.3, 8.3, 8.4): what belongs to the method as it runs is that of the last step of a
# schedule, and undecided when the steps tend to zero; a variable gamma is the same step, of any sign, in every round;
# step(...) follows it, and one in another has a draw of its own. Engine, certificates, analyze and advice.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
harmonic=$(realpath cases/paper/harmonic-steps.toml) listed=$(realpath cases/paper/listed-steps.toml)
cd "$work" || exit 1
# case FILE SCHEDULE: two workers, Perm-1.
case_file() {
  cat >"$1.toml" <<E
name = "$1"
step = "${3:-1/4}"
start = [1, "1/2"]
[sketch]
kind = "perm"
q = 1
[method]
kind = "${4:-sketched-gradient}"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
[[worker]]
L = [[3, 0], [0, 1]]
b = [0, 1]
$2
E
}
case_file A ''
case_file H $'[schedule]\nkind = "harmonic"\nc = "1/4"'
case_file LS $'[schedule]\nsteps = ["1/4", "1/8"]'
case_file constant '' 1/8
case_file biased $'[schedule]\nkind = "harmonic"\nc = "1/4"' 1/4 compressed-update
# Rule 8.4a does not apply to a table of which the mean is not the identity.
sed -e 's/kind = "perm"/kind = "table"/' -e '/^q = 1/d' -e 's/^name = .*/name = "uneven"/' -e 's/sketched-gradient/one-sided/' H.toml >uneven.toml
cat >>uneven.toml <<'E'
[[sketch.outcome]]
weight = 1
C = [[[1, 0], [0, 0]], [[0, 0], [0, 1]]]
E

# answer VERDICT CASE STATEMENT: the engine's verdict, and a certificate that the checker accepts where there is one.
answer() {
  local verdict=$1 case=$2 code=0
  printf 'claim odd { %s expect holds }\n' "$3" >odd.claim
  case $verdict in violated) code=1 ;; undecided) code=3 ;; esac
  rm -rf written
  run "$code" "$program" verify odd.claim --case "$case.toml" --certificates written
  grep -qE "^(ok  |FAIL|\?\?\?\?) +odd +$verdict(, tried)? " out || fail "not $verdict: $3 on $case"
  [ "$verdict" = undecided ] && { [ ! -e "written/odd--$case.cert" ] || fail "a certificate of an open verdict: $3"; return; }
  run 0 "$checker" --all written
  has out '1 certificates accepted'
}
last='E[||x[infinity] - xinf||^2]'
answer holds A "conclude $last = 391/8400"
answer violated LS "conclude $last = 391/8400"
answer holds LS "conclude $last = 131/8400"
answer holds constant "conclude $last = 131/8400"
answer violated LS "conclude $last > E[||x[60] - xinf||^2]"
for statement in "$last = 391/8400" "$last = 0" "$last > E[||x[60] - xinf||^2]" "$last > 0" 'rho_mean < 1' 'rho_square < 1' \
  'defined(lyapunov)'; do
  answer undecided H "conclude $statement"
  has out 'tends to zero'
done
# Rule 8.4a, and where it does not apply.
answer holds H 'conclude E[Bbar]*xinf = E[Cb]'
answer holds biased 'conclude defined(xinf)'
answer undecided uneven 'conclude defined(xinf)'
# The last step of a list, for all that belongs to it.
for quantity in rho_mean rho_square 'trace(lyapunov)' 'inner(xinf, ones)'; do
  for case in LS constant; do
    printf 'claim odd { conclude %s = 0 expect holds }\n' "$quantity" >odd.claim
    "$program" verify odd.claim --case "$case.toml" >out 2>err
    sed -nE 's/^ *sides +left = ([^ ]+).*/\1/p' out >"left.$case"
  done
  [ -s left.LS ] || fail "no value of $quantity"
  cmp -s left.LS left.constant || fail "$quantity of a list is not that of its last step"
done
# A variable gamma: the same step in every round whatever the schedule, of any sign.
for case in A H LS; do
  answer holds $case "forall gamma : scalar try 1/8 assume gamma = 1/8 conclude $last = 131/8400"
  answer holds $case 'forall gamma : scalar try -1/8, 0, 1/3, sqrt(2)/5
    conclude E[x[1]] = x0 - gamma*(E[Bbar]*x0 - E[Cb]) conclude E[step(x0)] = E[x[1]]
    conclude E[||step(x0)||^2] = E[||x[1]||^2]'
  answer holds $case 'forall gamma : scalar try 1/8, -1/8 conclude E[step(x[1])] = E[x[2]] conclude E[step(step(x0))] = E[x[2]]
    conclude E[||step(step(x0))||^2] = E[||x[2]||^2] conclude E[||step(step(x[1]))||^2] = E[||x[3]||^2]'
  answer holds $case 'forall gamma : scalar try gamma, 1/8, -1/8, 3
    conclude (if defined(lyapunov) then lyapunov >> 0 else 1 = 0) <=> rho_square < 1'
  answer holds $case 'forall gamma : scalar try 1/2 assume gamma = 1/2 conclude rho_mean = 3/2 conclude gamma[3] = 1/2'
done
# Without one, step(...) is of the case's step: on H and LS not of the second round.
answer holds A 'conclude E[step(step(x0))] = E[x[2]] conclude E[||step(step(x0))||^2] = E[||x[2]||^2]'
answer violated H 'conclude E[step(step(x0))] = E[x[2]]'
# The first of two rounds is the same wherever it stands, through a let too; a round has one draw.
answer holds A 'let y = step(x0) let z = step(y) conclude E[inner(z, y)] = E[inner(E[Bbar]*(-1/4)*y + y + 1/4*E[Cb], y)]'
answer violated A 'conclude E[inner(step(x0), step(x0))] = inner(E[step(x0)], E[step(x0)])'
answer holds A 'conclude for every outcome: step(step(x0)) = step(step(x0))'
answer violated A 'conclude for every outcome: step(step(x0)) = E[x[2]]'

# analyze and its advice.
run 3 "$program" analyze "$harmonic"
has out 'stable in mean square              undecided'
has out 'lim E‖x^k − x*‖²                   undecided'
has out '‖bias‖²                            81/1936'
has out 'the steps tend to zero'
! grep -q '0\.16[0-9]*' out || fail 'the stationary error of a constant step'
run 0 "$program" analyze "$harmonic" --fields fixed_point,bias_sq,theta_min
run 0 "$program" analyze "$harmonic" --advise
has out 'they tend to zero'
! grep -qE '^(Error floor|Variance|Factor at|Instead)' out || fail 'advice on a step that the run does not keep'
run 0 "$program" analyze "$listed"
has out 'lim E‖x^k − x*‖²                   51109/973104'
sed -e '/^\[schedule\]/,/^steps/d' -e 's|^step = .*|step = "1/16"|' "$listed" >sixteenth.toml
fields='fixed_point,stable_mean,stable_mean_square,factor,variance,stationary_error'
for one in "$listed" sixteenth.toml; do
  "$program" analyze "$one" --json --fields "$fields" | python3 -c '
import json, sys
a = json.load(sys.stdin)
print([a[k] for k in sys.argv[1].split(",")])' "$fields" >"values.$(basename "$one")"
done
if ! [ -s values.sixteenth.toml ] || ! cmp -s values.listed-steps.toml values.sixteenth.toml; then fail 'a list ends in its last step'; fi
run 0 "$program" analyze "$listed" --advise
has out 'Error floor: 51109/973104'
has out 'Stable at γ = 1/16: yes'
# Where no step has the fixed point, the curve has no distance to it.
run 0 "$program" analyze uneven.toml --trajectory 2 --json
python3 -c '
import json
points = json.load(open("out"))["trajectory"]
assert len(points) == 3 and all(p["distance_sq"]["fixed_point"] is None for p in points)' || fail 'a distance to no fixed point'
run 3 "$program" analyze uneven.toml
has out 'fixed point x^∞                    undecided'

# Solvers too: a draw beside x[1] is not the one that led to it. (A claim with a counterexample otherwise.)
cat >fresh.claim <<'E'
claim fresh {
  setting sketch = rand, method = sketched-gradient, noiseless
  forall gamma : scalar
  conclude E[||x[1] - gamma*g(x[1])||^2] = E[||x[2]||^2]
  conclude E[||step(x[1])||^2] = E[||x[2]||^2]
}
E
"$program" search fresh.claim -n 1 -d 2 --seconds 20 >out 2>err
grep -q 'rand (q = 1), sketched-gradient: unsat' out err || fail 'no solver says so'
! grep -q 'rand (q = 1), sketched-gradient: sat' out err || fail 'a draw of the round before x[1]'
finish schedules
