#!/usr/bin/env bash
# Methods as text: for each of tests/inputs/methods, and for random ones, engine and an independent reading of section 17
# of docs/semantics.md find the same moments, limits and rates, and the claims that stand beside them hold; texts that
# break a rule are refused with the place. More random texts: ISTCHECK_METHODS=1000, other ones: ISTCHECK_SEED=2.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
python3 "$root/tests/reference/check_methods.py" "$program" "$work" --texts "$root/tests/inputs/methods" \
  --random "${ISTCHECK_METHODS:-40}" --broken --seed "${ISTCHECK_SEED:-1}" || fail "engine and reading differ"
finish "methods as text"
