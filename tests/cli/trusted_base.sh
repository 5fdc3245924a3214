#!/usr/bin/env bash
# What is linked into istcheck-check is what proofs/trusted-base.md names: sources, by the linker's map, and
# libraries, by ldd. Its sources have as many lines as it says.
set -euo pipefail
check=$(dirname "$(realpath "$1")")/istcheck-check
doc=proofs/trusted-base.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A bundle of sources (src/CMakeLists.txt) counts with all that it includes.
{
  grep -oE 'libistcheck_[a-z]+\.a\([a-z_0-9]+\.c(pp|xx)\.o\)' "$check.map" | sort -u |
    sed -E 's/libistcheck_([a-z]+)\.a\((.*)\.o\)/\1 \2/' | while read -r layer object; do
      case $object in
        unity_*)
          sed -nE 's/^#include ".*\/src\/([a-z]+\/[a-z_0-9]+\.cpp)"$/\1/p' \
            "$(dirname "$check")/CMakeFiles/istcheck_$layer.dir/Unity/$object"
          ;;
        *) echo "$layer/$object" ;;
      esac
    done
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
# The table of sizes: part, files, lines; a row without files is the sum.
lines_of() { cat "$@" | grep -cvE '^\s*(//|$)'; }
rows=0
while IFS='|' read -r _ part names lines _; do
  read -ra names <<<"$names"
  files=()
  for name in "${names[@]}"; do files+=(src/check/"$name".*); done
  [ ${#names[@]} -gt 0 ] || files=(src/check/*.cpp src/check/*.hpp)
  found=$(lines_of "${files[@]}") rows=$((rows + 1))
  if [ "$found" -ne "$lines" ]; then
    echo "$doc, Size:$part has $found lines, not$lines" >&2
    exit 1
  fi
done < <(sed -n '/^## Size/,/^## Gaps/p' "$doc" | grep -E '^\|.*[0-9] \|$')
[ "$rows" -eq 7 ]
echo "$(wc -l <"$work/linked") sources, as proofs/trusted-base.md names them"
