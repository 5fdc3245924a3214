#!/bin/sh
# Sets up istcheck and runs the main job on the shipped cases.
set -eu
cd "$(dirname "$0")"
scripts/install.sh
scripts/build.sh release -DISTCHECK_TESTS=OFF
istcheck=build/release/src/istcheck

echo
echo "== The paper, claim by claim, on every shipped case that fits"
certificates=build/certificates
rm -rf "$certificates" build/proofs
status=0
$istcheck verify --certificates "$certificates" 2>build/produced.log || status=$?
cat build/produced.log
[ "$status" -eq 0 ] || exit "$status"
echo
echo "== What holds for every configuration of a shape, with certificates"
$istcheck search descent-theorem1 descent-theorem2 descent-interpolation perm1-mean thm1-gradients \
  -n 2 -d 2 --seconds 1 --no-solvers --certificates build/proofs 2>build/proofs.log |
  grep -E '^[a-z]|proved for'
cat build/proofs.log
build/release/src/istcheck-check --all build/proofs
echo
echo "== Every certificate again, by the separate checker"
build/release/src/istcheck-check --all "$certificates" >build/checked.log || status=$?
cat build/checked.log
[ "$status" -eq 0 ] || exit "$status"
awk 'FNR == 1 {produced = spent} {spent = $(NF - 1)}
     END {if (produced > 0) printf "checking took %.2f of the time of producing\n", spent / produced}' \
  build/produced.log build/checked.log
echo
echo "== The smallest counterexamples, found without looking at any case"
$istcheck search remark1-value perm1-mean-printed homogeneous-chain ist-not-fixed bias-vanishes thm2-gamma-one --json -o build/found.json
echo "build/found.json has them"
echo
echo "== All of it as a page to read"
$istcheck report --certificates "$certificates" --searches build/found.json
echo "report/index.html opens in a browser, without a network"
echo
echo "== The sign in Remark 1: the coupling c of a = 1 and b = 4 on either side of 8/5"
$istcheck analyze cases/families/remark1-coupling.toml
echo
echo "== The bias of IST as n = d grows"
$istcheck analyze cases/families/bias-identity.toml
echo
echo "== Real data: body mass of penguins, one worker for each species, Perm-1"
$istcheck analyze cases/data/penguins.toml
