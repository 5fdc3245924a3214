#!/bin/sh
# Sets up istcheck and runs the main job on the shipped cases.
set -eu
cd "$(dirname "$0")"
scripts/install.sh
scripts/build.sh release -DISTCHECK_TESTS=OFF
istcheck=build/release/src/istcheck

echo
echo "== The paper, claim by claim, on every shipped case that fits"
$istcheck verify
echo
echo "== The same as a page to read"
$istcheck report
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
