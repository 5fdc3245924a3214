#!/usr/bin/env bash
# Mechanical changes of certificates: each mutant is rejected, or states other true steps of the same obligation.
#   tests/cli/mutation.sh build/release/src/istcheck          a few small certificates for each rule
#   tests/cli/mutation.sh build/release/src/istcheck --all    every certificate (hours)
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" verify --certificates "$work" >"$work/out" 2>"$work/err"
"$(dirname "$program")/../tests/mutation/mutate_certificates" "$work" ${2:+"$2"}
