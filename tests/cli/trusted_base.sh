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
# The table of sizes: part, files, lines. A name is one of src/check; a folder with a star stands for all of it that is
# linked or included from there; a row without files is the sum.
cat >"$work/count.py" <<'P'
import os, re, sys

doc, linked = sys.argv[1], open(sys.argv[2]).read().split()
trusted, todo = set(), list(linked)
while todo:
    file = todo.pop()
    if file in trusted:
        continue
    trusted.add(file)
    for include in re.findall(r'^\s*#\s*include "([^"]+)"', open("src/" + file).read(), re.M):
        if os.path.exists("src/" + include):
            todo.append(include)

def lines(files):
    return sum(not re.match(r"\s*(//|$)", line) for f in files for line in open("src/" + f))

size = open(doc).read().split("## Size")[1].split("## Gaps")[0]
rows, folders, wrong = re.findall(r"^\|([^|]*)\|([^|]*)\| *(\d+) \|$", size, re.M), 0, 0
for part, names, said in rows:
    files = trusted if not names.split() else set()
    for name in names.split():
        wanted = name if "/" in name else "check/" + name + "."
        files = files | {f for f in trusted if f.startswith(wanted.rstrip("*"))}
    folders += lines(files) if "*" in names else 0
    if not files or lines(files) != int(said):
        print(f"{doc}, Size: {part.strip()} has {lines(files)} lines, not {said}", file=sys.stderr)
        wrong += 1
if wrong or len(rows) != 14 or folders != lines(trusted):
    sys.exit(f"{doc}, Size: {len(rows)} rows; the folders have {folders} lines of {lines(trusted)}")
P
python3 "$work/count.py" "$doc" "$work/linked"
echo "$(wc -l <"$work/linked") sources, as proofs/trusted-base.md names them"
