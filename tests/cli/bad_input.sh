#!/usr/bin/env bash
# Bad input: exit code 2, a message that says where and what, nothing on standard output, no crash.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
cd "$work"
checks=0

# expect CODE 'part of the message' COMMAND…
expect() {
  local code=$1 part=$2
  shift 2
  "$@" >out 2>err
  local status=$?
  checks=$((checks + 1))
  if [ "$status" -ne "$code" ] || ! grep -qF -- "$part" err || [ -s out ]; then
    failures=$((failures + 1))
    echo "FAILED: $*" >&2
    echo "  exit code $status, expected $code; expected in the message: $part" >&2
    sed 's/^/  stderr: /' err >&2
    sed 's/^/  stdout: /' out | head -n 3 >&2
  fi
}
# reject NAME 'part of the message': the case on standard input
reject() {
  cat >"$1"
  expect 2 "$2" "$program" analyze "$1"
}
# with 'sed expression' NAME 'part': a good case with one change
good='name = "good"
step = "1/10"
[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[4, 1], [1, "5/2"]]
b = [1, "0.25"]
[[worker]]
L = [[1, 0], [0, 1]]
b = [0, 1]'
with() {
  reject "$2" "$3" < <(sed -E "$1" <<<"$good") # no pipe: the counters live in this shell
}

echo "$good" >good.toml
"$program" analyze good.toml >out 2>err || { echo "the good case fails: $(cat err)" >&2; exit 1; }

# Syntax
reject syntax.toml "syntax.toml:1:" <<<'name = '
reject syntax.json "syntax.json:2:" <<<$'{\n "name": }'
reject twice.json 'twice.json:1:' <<<'{"name": "a", "name": "b"}'
reject deep.json "nested deeper than 64 levels" <<<"$(printf '[%.0s' $(seq 100000))"
reject deep.toml "deep.toml:1:" <<<"a = $(printf '[%.0s' $(seq 10000))"
reject empty.toml '"worker" is missing' </dev/null
reject list.json "list.json:1:1: expected a case" <<<'[1, 2]'
head -c 100000 /dev/urandom >binary.toml
expect 2 "binary.toml:" "$program" analyze binary.toml

# Numbers
with 's/step = .*/step = 0.1/' float.toml 'float.toml:2:8: the bare number 0.1 would be rounded to binary; write it as the string "0.1"'
reject float.json 'would be rounded to binary; write it as the string "1e-1"' <<<'{"step": 1e-1, "worker": [{"L": [[1]], "b": [1]}]}'
with 's/"5\/2"/2.50/' entry.toml 'entry.toml:9:18: the bare number 2.50'
with 's/"5\/2"/"1\/0"/' zero.toml 'zero.toml:9:18: "1/0" divides by zero'
with 's/"5\/2"/"five"/' word.toml '"five" is not an exact number'
with 's/"5\/2"/true/' bool.toml 'expected an exact number such as 3, "-1/2" or "0.25", found true'
with 's/step = .*/step = 0/' step0.toml 'step0.toml:2:8: the step size must be positive, found 0'
with 's/step = .*/step = "-1\/2"/' step.toml 'the step size must be positive, found -1/2'
with 's/"5\/2"/99999999999999999999/' large.toml 'large.toml:9:'

# Shapes
with 's/^L = \[\[4.*/L = []/' none.toml 'none.toml:9:5: expected at least one entry'
with 's/\[1, "5\/2"\]\]/[1]]/' ragged.toml 'ragged.toml:9:14: row 2 has 1 entries, but the matrix has 2 rows'
with 's/\[1, "5\/2"\]\]/[1, 2], [1, 3]]/' rect.toml 'row 1 has 2 entries, but the matrix has 3 rows; it must be square'
with 's/\[1, "5\/2"\]\]/[2, "5\/2"]]/' asym.toml 'asym.toml:9:15: L of worker 1 is not symmetric: row 2, column 1 is 2, but row 1, column 2 is 1'
with 's/b = \[0, 1\]/b = [0, 1, 2]/' longb.toml 'b of worker 2 has size 3, expected d = 2'
with 's/b = \[0, 1\]/b = 7/' scalar.toml 'expected a list of exact numbers, found 7'
with 's/b = \[0, 1\]/b = [0, 1]\nnoise = [[1, 2], [2, 1]]/' noise.toml 'noise of worker 2 is a covariance and must be positive semidefinite'
with 's/step = .*/step = 1\nstart = [1]/' start.toml 'start has size 1, expected d = 2'
python3 - <<'P' >huge.toml
print('step = 1\n[[worker]]\nL = [' + '[1],' * 3000 + ']\nb = [1]')
P
expect 2 'huge.toml:3:5: 3000 entries are more than the limit of 2048' "$program" analyze huge.toml

# Sketches and methods
with 's/^q = 1/q = 2/' q.toml 'perm: d = qn is needed, but q * n = 2 * 2 and d = 2'
with 's/^q = 1/q = 1000000000000/' q2.toml 'expected q, a whole number from 1 to 1000000'
with 's/^q = 1/q = "1\/2"/' q3.toml 'expected q, a whole number'
with '/^q = 1/d' q4.toml '"q" is missing'
with 's/^kind = "perm"/kind = "prem"/' kind.toml 'unknown sketch kind "prem"; did you mean "perm"?'
with 's/^kind = "sketched-gradient"/kind = "sketched-gradiant"/' method.toml 'did you mean "sketched-gradient"?'
with 's/^kind = "perm"/kind = "bernoulli"\np = "3\/2"/; /^q = 1/d' p.toml 'the probability p = 3/2 is not in (0, 1]'
with 's/^kind = "perm"/kind = "bernoulli"\np = 0/; /^q = 1/d' p0.toml 'the probability p = 0 is not in (0, 1]'
with 's/^kind = "perm"/kind = "rand"/; s/^q = 1/q = 3/' rand.toml 'rand: q = 3 is outside 1..2'
with 's/^kind = "perm"/kind = "block"\nshared = [2]/' block.toml 'a whole number from 0 to 1, found 2'
with 's/^kind = "perm"/kind = "table"/; s/^q = 1/outcome = [{weight = "1\/3", C = [[[1,0],[0,1]],[[1,0],[0,1]]]}]/' table.toml 'table: the weights sum to 1/3, not to 1'
with 's/^kind = "perm"/kind = "table"/; s/^q = 1/outcome = [{weight = 1, C = [[[1,0],[0,1]]]}]/' few.toml 'outcome 1 has 1 matrices for 2 workers'
with 's/^kind = "perm"/kind = "scaled-perm"\nreading = "printed"/; /^q = 1/d' printed.toml 'neither diagonal nor the square of a rational matrix'
with 's/^kind = "sketched-gradient"/kind = "gradient"\nlocal_steps = 2/' steps.toml 'steps.toml:8:15: local_steps above 1 has a meaning for the method "ist" only'
with 's/^kind = "sketched-gradient"/kind = "ist"\nlocal_steps = 0/' steps0.toml 'local_steps, a whole number from 1'

# Methods as text: what reads them and what does not do them yet
own='s/^kind = "sketched-gradient"/kind = "own"\nfile = "own.claim"/'
with 's/^kind = "sketched-gradient"/kind = "own"\nbeta = 2/' unknown.toml '); a method of one'\''s own needs file = "….claim"'
with "$own" missing.toml 'missing.toml:8:8: "own.claim": no such file'
printf 'method own { state x   x <- x - gamma*(Lbar*x - bbar) }\n' >own.claim
with "$own; s/own\"/ist\"/" library.toml 'library.toml:7:8: "ist" is a method of istcheck'\''s own, so it takes no file'
with 's/^step = .*/step = 1\ndata = {m = 3}/' data.toml 'data.toml:3:8: [data] is for methods of one'\''s own'
with 's/^kind = "sketched-gradient"/kind = "own"\nfile = "own.claim"\n2a = 1/' parameter.toml 'parameter.toml:9:1: expected a name of letters, digits and _'
with 's/^step = .*/step = 1\nstart = {x = [1, 2]}/' blocks.toml 'blocks.toml:3:9: expected a list of exact numbers, found a table; blocks are those of a method of one'
sed -E "$own" <<<"$good" >own.toml
"$program" analyze own.toml >out 2>err || { echo "the good method as text fails: $(cat err)" >&2; exit 1; }
{ printf 'method deep { state x '; printf 'for t in 1..2 { %.0s' $(seq 20000); } >deep.claim
expect 2 'deep.claim:1:1623: loops are nested more than 100 deep' "$program" check-syntax deep.claim
echo 'claim any { title "any" conclude n = 2 expect holds }' >any.claim
mkdir texts
cp own.toml own.claim texts
expect 2 "own.toml: 'certify' does not do methods as text yet" "$program" certify --rocq any.claim --case own.toml --out theorems
expect 2 "texts/own.toml: 'search' does not do methods as text yet" "$program" search any.claim --cases texts

# Keys
with 's/^step = /stpe = /' key.toml 'key.toml:2:1: unknown key "stpe"; did you mean "step"?'
with 's/^b = \[0/bb = [0/' key2.toml 'unknown key "bb"'
with '/^step/d' nostep.toml '"step" is missing'

# Schedules, values, families
with 's/^step = .*/step = 1\nschedule = {kind = "linear"}/' sched.toml 'unknown schedule "linear"; known: harmonic, list'
with 's/^step = .*/step = 1\nschedule = {steps = []}/' sched2.toml 'expected at least one step size'
with 's/^step = .*/step = 1\nvalues = {theta = 0.5}/' values.toml 'write it as the string "0.5"'
family='name = "f"
parameter = "n"
values = [2]
workers = "n"
dimension = "n"
L = "r == c"
b = 1
step = 1
sketch = {kind = "perm", q = 1}
method = {kind = "gradient"}'
reject family.toml 'unknown name "rr" (known: c, d, i, n, r)' <<<"${family/r == c/rr == cc}"
reject family0.toml 'division by zero' <<<"${family/r == c/1/(r - r)}"
reject family1.toml 'a whole number from 1 to 256' <<<"${family/dimension = \"n\"/dimension = 100000000}"
reject family3.toml 'family3.toml:10:32: families do not do methods as text yet' <<<"${family/\"gradient\"/\"own\", file = \"own.claim\"}"
reject family2.toml 'a parameter cannot be called "i"' <<<"${family/parameter = \"n\"/parameter = \"i\"}"

# Files and options
expect 2 "nosuch.toml: no such file" "$program" analyze nosuch.toml
mkdir directory.toml
expect 2 "directory.toml: is a directory" "$program" analyze directory.toml
expect 2 'unknown field "fixd_point"; did you mean "fixed_point"?' "$program" analyze good.toml --fields fixd_point
expect 2 "expected a positive whole number" "$program" analyze good.toml --max-outcomes many
expect 2 "has 2 outcomes, more than the limit of 1" "$program" analyze good.toml --enumerate --max-outcomes 1
expect 2 "--monte-carlo needs --trajectory" "$program" analyze good.toml --monte-carlo 10

# The command line: a wrong command, and numbers that are not what an option takes.
expect 2 "there is no command 'analyse'; did you mean 'analyze'?" "$program" analyse good.toml
expect 2 "there is no command 'frobnicate'" "$program" frobnicate
expect 2 "A subcommand is required" "$program"
expect 2 "there is no option '--bogus'" "$program" analyze good.toml --bogus
expect 2 "-n: expected a positive number, found 0" "$program" search -n 0
expect 2 "--seconds: expected a positive number, found inf" "$program" search --seconds inf
expect 2 "--seconds: expected a positive number, found nan" "$program" search --seconds nan
expect 2 "--prove: expected a number that is not negative, found -1" "$program" search --prove -1
expect 2 "--max-outcomes: expected a positive number, found few" "$program" certify --out x --max-outcomes few
expect 2 "" "$program"
expect 2 "" "$program" analyse good.toml
if [ -e /dev/full ]; then
  "$program" analyze good.toml >/dev/full 2>err
  [ $? -eq 2 ] && grep -q "cannot write to standard output" err || { failures=$((failures + 1)); echo "FAILED: full disk" >&2; }
fi
# A closed pipe: the reader is gone before anything is written.
{ sleep 0.3; "$program" analyze good.toml 2>err; echo $? >status; } | true
[ "$(cat status)" = 2 ] && grep -q "cannot write to standard output" err || { failures=$((failures + 1)); echo "FAILED: closed pipe" >&2; }

# L̄ not positive definite: said, and the rest answered.
sed -E 's/^L = \[\[4.*/L = [[1, 2], [2, 1]]/; s/^L = \[\[1, 0\].*/L = [[0, 0], [0, 0]]/' good.toml >indefinite.toml
"$program" analyze indefinite.toml --json >out 2>err
if [ $? -ne 0 ] || ! grep -q '"minimizer": null' out || ! grep -q 'not positive definite' out || ! grep -q '"mean_operator": \[' out; then
  failures=$((failures + 1))
  echo "FAILED: an indefinite mean matrix" >&2
fi

echo "$checks rejections checked, $failures failed"
[ "$failures" -eq 0 ] && [ "$checks" -gt 50 ]
