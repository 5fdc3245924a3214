#!/usr/bin/env bash
# analyze --advise: exact ranges, the split of the error, and cases for which something is not computed.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
for file in cases/paper/*.toml cases/data/penguins.toml; do
  if grep -q surd "$file"; then
    run 2 "$program" analyze "$file" --advise
    has "$work/err" "takes rational numbers only"
    continue
  fi
  "$program" analyze "$file" --advise >"$work/text" || fail "$file"
  grep -q '^Stable step sizes: ' "$work/text" || grep -q '^Not computed: ' "$work/text" || fail "$file: no range"
done
"$program" analyze cases/paper/scaled-diagonal.toml --advise >"$work/text"
grep -qx 'Stable step sizes: 2, stable in mean square for every smaller γ > 0 and for no other' "$work/text" || fail "the range of the scaled sketch"
grep -q '^Fastest step size: 1, ' "$work/text" || fail "the fastest step of the scaled sketch"

# Bias and variance add up to the floor, exactly, and the floor goes down to the bias with the step.
"$program" analyze cases/paper/heterogeneous-perm1.toml --advise --json >"$work/json"
python3 - "$work/json" <<'P' || fail "the split of the error"
import json, sys
from fractions import Fraction
found = {f["name"]: f["value"] and Fraction(f["value"]["exact"]) for f in json.load(open(sys.argv[1]))["advice"]
         if not f["value"] or isinstance(f["value"]["exact"], str)}
bias = found["Bias, which no step size removes"]
floor = found["Error floor"]
assert bias > 0 and bias + found["Variance, which smaller or decreasing steps remove"] == floor
assert bias < found["Error floor at γ/8"] < found["Error floor at γ/2"] < floor
assert found["Instead: no sketch (every worker has all coordinates)"] == 0
P
"$program" analyze cases/paper/identity.toml --advise --trajectory 3 >/dev/null 2>&1
[ $? -eq 2 ] || fail "--advise with --trajectory"
"$program" analyze cases/families/ridge.toml --advise >/dev/null 2>&1
[ $? -eq 2 ] || fail "--advise with a family"
finish advise
