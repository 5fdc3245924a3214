#!/bin/sh
# Sets up istcheck and runs the main job on the shipped cases. What every step said is in build/run.
set -eu
cd "$(dirname "$0")"
started=$(date +%s)
scripts/install.sh
scripts/build.sh release --target istcheck --target istcheck-check
istcheck=build/release/src/istcheck
checker=build/release/src/istcheck-check
certificates=build/certificates
said=build/run
rm -rf "$certificates" build/proofs "$said"
mkdir -p "$said"

# step NAME SENTENCE COMMAND…: says what is done and how long it took. What the command writes is in $said/NAME.txt, and
# shown when it fails.
step() {
  name=$1 begun=$(date +%s) code=0
  printf '%s … ' "$2"
  shift 2
  "$@" >"$said/$name.txt" 2>"$said/$name.err" || code=$?
  [ "$code" -eq 0 ] || {
    echo "failed"
    cat "$said/$name.txt" "$said/$name.err"
    echo "$name: exit code $code" >&2
    exit "$code"
  }
  echo "$(($(date +%s) - begun)) s"
}
families() {
  for family in families/remark1-coupling families/bias-identity data/penguins; do
    "$istcheck" analyze "cases/$family.toml" || return
    echo
  done
}

step claims "The paper, claim by claim, on every shipped case that fits" "$istcheck" verify --certificates "$certificates"
step checked "Every certificate again, by the separate checker" "$checker" --all "$certificates"
step proofs "Proofs for every configuration of a shape" "$istcheck" search descent-theorem1 descent-theorem2 \
  descent-interpolation perm1-mean thm1-gradients -n 2 -d 2 --seconds 1 --no-solvers --certificates build/proofs
step proofs-checked "These proofs again, by the separate checker" "$checker" --all build/proofs
step counterexamples "Counterexamples, found without looking at any case" "$istcheck" search remark1-value \
  perm1-mean-printed homogeneous-chain ist-not-fixed bias-vanishes scaled-mean --json -o build/found.json
step families "Families with one parameter, and real data" families
step report "All of it as a page to read" "$istcheck" report --certificates "$certificates" --searches build/found.json

# The ends of lines such as "102 claims: 102 as expected (26 of them refuted); 2.31 s".
echo
sed -n 's/; [0-9.]* s$//; s/^[0-9]* claims: //p' "$said/claims.txt" | sed 's/^/Claims:          /'
sed -n 's/^holding on/                 holding on/p' "$said/claims.txt"
# all_of NAME: "2129 accepted, 0 rejected, 0 incomplete".
all_of() { sed -n 's/^\([0-9]*\) certificates \(accepted[^;]*\);.*/\1 \2/p' "$said/$1.txt"; }
# "2129 certificates … the largest 41196; 3.7 s": what producing and checking took.
times=$(awk 'FNR == 1 {produced = spent} {spent = $(NF - 1)}
  END {if (produced > 0) printf "; checking took %.2f of the time of producing", spent / produced}' \
  "$said/claims.err" "$said/checked.txt")
echo "Certificates:    $(all_of checked)$times"
echo "General proofs:  $(all_of proofs-checked)"
echo "Counterexamples:"
awk -F'"' '
  /^      "claim": / {claim = $4}
  /^        "shape": / {shape = $4}
  /^        "why": / {
    why = $4
    sub(/.* is false/, "", why)  # what is left: " at y = …: left = …, right = …" or ": left = …"
    sub(/^ at /, ", ", why)
    gsub(/^\(|\)$/, "", shape)
    printf "  %-18s  %s%s\n", claim, shape, why
  }' build/found.json
echo "Tables:          $said/claims.txt, $said/families.txt"
echo "Report:          file://$(pwd | sed 's/%/%25/g; s/ /%20/g')/report/index.html"
echo "Next:            $istcheck new claim my-bound    (then edit and verify my-bound.claim: docs/claim-language.md)"
total=$(($(date +%s) - started))
echo "Total:           $((total / 60)) min $((total % 60)) s"
