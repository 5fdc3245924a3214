#!/usr/bin/env bash
# Claims and theorems name each other, proofs/check.sh can fail, and the program reads the links that these
# scripts read.  The proofs themselves are checked by proofs/check.sh, see test.sh.
set -uo pipefail
program=$(realpath "$1")
proofs/check_links.sh || exit 1
diff <("$program" check-syntax --print proofs/claims/*/*.claim | sed -n 's/^  proof //p') \
  <(sed -n 's/^  proof //p' proofs/claims/*/*.claim) || { echo "the program reads other links" >&2; exit 1; }
proofs/check_fails.sh
