#!/usr/bin/env bash
# What is linked into istcheck-check is what proofs/trusted-base.md names: sources, by the linker's map, and
# libraries, by ldd.
set -euo pipefail
check=$(dirname "$(realpath "$1")")/istcheck-check
doc=proofs/trusted-base.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  grep -oE 'libistcheck_[a-z]+\.a\([a-z_0-9]+\.cpp\.o\)' "$check.map" |
    sed -E 's/libistcheck_([a-z]+)\.a\((.*)\.o\)/\1\/\2/'
  echo check/main.cpp
} | sort -u >"$work/linked"
grep -oE '`[a-z]+/[a-z_0-9]+\.cpp`' "$doc" | tr -d '`' | grep -v '^src/' | sort -u >"$work/named"
[ "$(wc -l <"$work/linked")" -ge 20 ]
diff -u "$work/named" "$work/linked" || {
  echo "proofs/trusted-base.md (-) and the linker's map (+) differ" >&2
  exit 1
}
ldd "$check" >"$work/libraries"
grep -q libgmp "$work/libraries"
if grep -E 'flint|arb|mpfr|z3|cvc|quadmath' "$work/libraries"; then
  echo "istcheck-check is linked with more than GMP" >&2
  exit 1
fi
# Nothing of the engine's inline code either.
if nm -C --defined-only "$check" | grep -E 'istcheck::(dynamics|search|Moments|Algebraic|PsdDecision|claim::Evaluator|claim::World)'; then
  echo "istcheck-check contains code of the engine" >&2
  exit 1
fi
echo "$(wc -l <"$work/linked") sources, as proofs/trusted-base.md names them"
