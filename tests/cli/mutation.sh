#!/usr/bin/env bash
# Mechanical changes of certificates: each mutant is rejected, or states other true steps of the same obligation.
#   tests/cli/mutation.sh build/release/src/istcheck          a few small certificates for each rule
#   tests/cli/mutation.sh build/release/src/istcheck --all    every certificate (hours)
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
make_shipped certificates
# Beside the original, since its index has relative paths.
copy=$(mktemp -d "$shipped/mutated-XXXXXX")
trap 'rm -rf "$work" "$copy"' EXIT
cp "$shipped"/certificates/* "$copy"
"$program" search descent-theorem1 descent-theorem2 thm1-iterates homogeneous-chain-repaired remark1-sign-exactly \
  -n 1 --largest 2 --seconds 1 --no-solvers --certificates "$copy" >"$work/out" 2>"$work/err"
grep -q 'cases ' "$copy"/*.cert
"$(dirname "$program")/../tests/mutation/mutate_certificates" "$copy" ${2:+"$2"}
