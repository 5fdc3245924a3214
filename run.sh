#!/bin/sh
# Sets up istcheck and runs the main job on the shipped cases.
set -eu
cd "$(dirname "$0")"
scripts/install.sh
scripts/build.sh release -DISTCHECK_TESTS=OFF
istcheck=build/release/src/istcheck

echo
echo "== The sign of Remark 1, three workers' worth of matrices on either side of the border"
$istcheck analyze cases/families/remark1-coupling.toml
echo
echo "== How the bias of IST grows or vanishes with n = d"
$istcheck analyze cases/families/bias-identity.toml
echo
echo "== Real data: body mass of penguins, one worker for each species, Perm-1"
$istcheck analyze cases/data/penguins.toml
