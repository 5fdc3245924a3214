#!/usr/bin/env bash
# Mechanical changes of certificates: each mutant is rejected, or states other true steps of the same obligation.
#   tests/cli/mutation.sh build/release/src/istcheck          a few small certificates for each rule
#   tests/cli/mutation.sh build/release/src/istcheck --all    every certificate (hours)
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" verify --certificates "$work" >"$work/out" 2>"$work/err"
"$program" search descent-theorem1 descent-theorem2 thm1-iterates homogeneous-chain-repaired remark1-sign-exactly \
  -n 1 --largest 2 --seconds 1 --no-solvers --certificates "$work" >"$work/out" 2>"$work/err"
grep -q 'cases ' "$work"/*.cert
"$(dirname "$program")/../tests/mutation/mutate_certificates" "$work" ${2:+"$2"}
