#!/usr/bin/env bash
# The worked examples of proofs/certificate-format.md: istcheck-check accepts each, and istcheck writes the
# same text again. The caps that the document names are those of the code.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
check=$(dirname "$program")/istcheck-check
doc=$PWD/proofs/certificate-format.md header=$PWD/src/cert/format.hpp
cd "$work"

# block KIND NUMBER: the text of the block of that kind
block() {
  awk -v fence="\`\`\`$1" -v number="$2" '
    $0 == "```" && inside {inside = 0}
    inside && seen == number
    $0 == fence {inside = 1; ++seen}' "$doc"
}
block case 1 >worked.toml
block claim 1 >worked.claim
"$program" verify worked.claim --case worked.toml --certificates written >out 2>err || true
grep -q '^4 certificates written to written, 0 of them incomplete, 0 verdicts without one' err
examples=0
while block certificate $((examples + 1)) >example && [ -s example ]; do
  examples=$((examples + 1))
  "$check" worked.toml worked.claim example | grep -q '^accepted: '
  name=$(awk '$1 == "claim" {print $2}' example)
  diff -u "written/$name--worked.cert" example
done
[ "$examples" -eq 4 ]
"$check" --all written | grep -q '^4 certificates accepted, 0 rejected, 0 incomplete'

# The same for what is proved for whole shapes, which search writes.
block proof-claim 1 >worked-proofs.claim
"$program" search worked-proofs.claim -n 2 -d 2 --seconds 1 --no-solvers --certificates proved >out 2>err
for proof in worked-mean--n2-d2-perm-q1-sketched-gradient worked-step; do
  examples=$((examples + 1))
  block proof $((examples - 4)) >example
  diff -u "proved/$proof.cert" example
done
"$check" proved/n2-d2-perm-q1-sketched-gradient.toml worked-proofs.claim \
  proved/worked-mean--n2-d2-perm-q1-sketched-gradient.cert | grep -q '^accepted: worked-mean proved for n = 2, d = 2, perm (q = 1), sketched-gradient, '
"$check" - worked-proofs.claim proved/worked-step.cert | grep -q '^accepted: worked-step proved, 1 ways to fail'
"$check" --all proved | grep -q '^2 certificates accepted, 0 rejected, 0 incomplete'

# Every rule of the table is a rule of the checker, and the other way round.
grep -o '^| `[a-z-]*' "$doc" | sed 's/^| `//' | grep -v '^step$' | sort >documented
grep -oE '(rule\(\) [!=]= |must_be\(|either\()"[a-z-]+"(, "[a-z-]+")?' "$OLDPWD/src/check/facts.cpp" "$OLDPWD/src/check/refutation.cpp" -h | grep -o '"[a-z-]*"' | tr -d '"' | sort -u >coded
diff -u documented coded
caps=$(sed -n "s/.*kCaps{\(.*\)};/\1/p" "$header" | tr -d "' ")
[ "$caps" = "$(grep -oE '\([0-9]+ steps, [0-9]+ bits, [0-9]+ terms, [0-9]+ halvings, [0-9]+ outcomes, 64 MB\)' "$doc" | sed 's/, 64 MB//' | tr -dc '0-9,')" ]
echo "$examples worked examples ran"
