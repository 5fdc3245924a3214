#!/usr/bin/env bash
# What "proved" and "refuted" are of (docs/semantics.md 15.3), and that nothing without a value is proved: the inputs of
# tests/inputs/meaning that concern searches, with their right answers, and what proofs say.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
inputs=$root/tests/inputs/meaning
cd "$work" || exit 1

# ---- No value anywhere ---------------------------------------------------------------------------
for claim in r09 p01; do
  run 2 "$program" search "$inputs/$claim.claim" --seconds 2 --certificates none
  has out "$claim  ill-defined"
  [ ! -e none/index.tsv ] || fail "$claim: a certificate of what has no value"
done
# A condition on the state inside E.
run 2 "$program" search "$inputs/ind.claim" --seconds 2
has err "ind.claim:4:27:"

# ---- False where a search would not look by itself -------------------------------------------------
# refuted FILE CLAIM TEXT: with the text in the counterexample, which verify and checker confirm.
refuted() {
  rm -rf found
  run 1 "$program" search "$1" --seconds 20 --write found --certificates found/certificates
  has out "$2  refuted, NOT as expected"
  grep -qE -- "$3" "found/$2.toml" || fail "$2: no '$3' in the counterexample: $(cat "found/$2.toml")"
  run 1 "$program" verify "$1" --case "found/$2.toml"
  run 0 "$checker" --all found/certificates
}
refuted "$inputs/p08.claim" p08 '^p = '
for claim in geometric psd-always table-small steps-few; do
  sed -n "/^claim $claim {/,/^}/p" "$inputs/proved-false.claim" >"$claim.claim"
done
refuted geometric.claim geometric '^\[schedule\]'
refuted psd-always.claim psd-always '-[0-9]'
refuted table-small.claim table-small '^kind = "table"'
refuted steps-few.claim steps-few '^local_steps = [4-9]'
# The first step of a list is not gamma.
cat >first-step.claim <<'C'
claim first-step {
  setting method = gradient, sketch = identity, noiseless, n = 1, d = 1
  conclude E[x[1]] = x0 - gamma*grad f(x0)
}
C
refuted first-step.claim first-step '^\[schedule\]'

# ---- True, and for what ----------------------------------------------------------------------------
# proved CLAIM FOR CHECKER OPTIONS…: what search says and what the checker says.
proved() {
  local claim=$1 words=$2 says=$3
  shift 3
  rm -rf proofs
  run 0 "$program" search "$claim.claim" --seconds 2 --certificates proofs "$@"
  grep -qE "^$claim  proved for $words  [0-9]" out || fail "$claim: not 'proved for $words'"
  run 0 "$checker" --all proofs
  for certificate in proofs/*.cert; do
    shape=$(sed -n "s|^$(basename "$certificate")\t.*\t||p" proofs/index.tsv)
    run 0 "$checker" "proofs/$shape" "$claim.claim" "$certificate"
    grep -qE "proved for n = [12], d = [12], [a-z(), -]+$says, the shape of [a-z0-9-]+, [0-9]+ ways" out || fail "$claim: the checker does not say '$says'"
  done
}
claim() { printf 'claim %s {\n  setting %s\n  %s\n}\n' "$1" "$2" "$3" >"$1.claim"; }
claim plain 'sketch = identity, method = gradient' "conclude Lbar = Lbar'"
proved plain 'n = 2, d = 2, identity, gradient' '' -n 2 -d 2
claim unbiased 'sketch = bernoulli, method = sketched-gradient' 'conclude E[C[1]] = I'
proved unbiased '2 shapes \(n = 1, d = 2, bernoulli, sketched-gradient\), every p in \(0, 1\] of bernoulli' ', every p' -n 1 -d 2
claim weights 'sketch = table, method = sketched-gradient, n = 2, d = 1' 'conclude trace(E[C[1]]) >= 0'
proved weights '.*; sampled only: the matrices of the tables of the shapes' ', every weight' -n 2 -d 1
claim one-round 'method = gradient, sketch = identity, noiseless' 'conclude E[x[1]] = x0 - gamma[0]*grad f(x0)'
proved one-round 'n = 1, d = 2, identity, gradient, one step gamma > 0 for all rounds' ', one step gamma > 0 for all rounds' -n 1 -d 2
claim convex 'method = gradient, sketch = identity' 'assume L[1] >>= 0 assume L[2] >>= 0 conclude Lbar[1, 1] >= 0'
proved convex 'n = 2, d = 1, identity, gradient' '' -n 2 -d 1
claim local 'method = ist, sketch = identity, noiseless' 'conclude E[||x[1]||^2] >= 0'
proved local '2?.*sampled only: local_steps = 1 of ist' ', local_steps = 1.*' -n 1 -d 1

# What narrows a proof is a line of it, and the answer says it; without the line nothing is shown.
printf 'claim half {\n  setting sketch = bernoulli, n = 1, d = 1\n  conclude p = 1/2\n}\n' >half.claim
cat >half.toml <<'C'
name = "half"
step = 1
[sketch]
kind = "bernoulli"
p = "1/2"
[method]
kind = "sketched-gradient"
[[worker]]
L = [[1]]
b = [0]
C
hash_of() { sha256sum <"$1" | cut -c1-64; }
half() {
  printf 'istcheck-certificate 1\nclaim half %s\ncase %s\nverdict proved\n' "$(hash_of half.claim)" "$(hash_of half.toml)"
  printf 'limits steps 2 bits 20000 terms 64 halvings 4000 outcomes 20000\n%send\n' "$1"
}
half $'only given parameters\n' >half.cert
run 0 "$checker" half.toml half.claim half.cert
has out "accepted: half proved for n = 1, d = 1, bernoulli, sketched-gradient, p = 1/2, the shape of half, 0 ways"
half '' >half.cert
run 1 "$checker" half.toml half.claim half.cert

# A case's own value narrows no range.
run 1 "$checker" "$inputs/shape.toml" "$inputs/intshape.claim" "$inputs/intshape.cert"
has out "rejected: line 5"

finish "what proofs are of"
