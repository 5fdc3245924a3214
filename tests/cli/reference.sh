#!/usr/bin/env bash
# Engine, checker and the naive interpreter of docs/semantics.md agree on random claims, and the engine with itself
# without each of its fast paths. tests/reference/known.txt lists what is left out. More: ISTCHECK_CLAIMS=200000.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/reference/run.py" "$program" --claims "${ISTCHECK_CLAIMS:-3000}" --seed 1 --shares \
  --fast-paths "$(dirname "$program")/../tests/fast_paths" --known "$root/tests/reference/known.txt" \
  ${ISTCHECK_CLAIMS:+--progress}
