#!/usr/bin/env bash
# "For all" means for all: verdict and scope of small claims (tests/inputs/forall) and of random claims of each
# fragment that is decided are those over all values, with certificates that are accepted and a
# witness that is one. More random claims of each fragment: ISTCHECK_FORALL=500, other ones: ISTCHECK_SEED=2.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
python3 "$root/tests/reference/forall.py" "$program" --rows "$root/tests/inputs/forall/claims.tsv" "$root/tests/inputs/forall/extremes.tsv" \
  --kinds "$root/tests/inputs/forall/kinds.tsv" --claims "${ISTCHECK_FORALL:-60}" --seed "${ISTCHECK_SEED:-1}" --most 5 || fail "not what is right over all values"
finish "for all values"
