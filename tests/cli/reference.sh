#!/usr/bin/env bash
# Engine, checker and the naive interpreter of docs/semantics.md agree on random claims. tests/reference/known.txt lists
# what is left out. More: python3 tests/reference/run.py ISTCHECK --claims 200000 --known tests/reference/known.txt
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/reference/run.py" "$program" --claims "${ISTCHECK_CLAIMS:-3000}" --seed 1 --shares \
  --known "$root/tests/reference/known.txt"
