#!/bin/sh
# includes_test.sh SRC: the sources keep to the allowed arrows, and the script that says so notices
# every kind of violation.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
check() { sh "$here/includes.sh" "$1"; }
check "$1" || { echo "src breaks the allowed arrows"; exit 1; }

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failures=0
# plant FILE LINE EXPECTED: a tree with this one line, which must be reported (or not).
plant() {
  rm -rf "$copy/src"
  mkdir -p "$copy/src/exact" "$copy/src/$(dirname "$1")"
  echo '#include <vector>' > "$copy/src/exact/clean.hpp"
  printf '// a comment\n%s\nint x;\n' "$2" > "$copy/src/$1"
  if check "$copy/src" > "$copy/out" 2>&1; then verdict=clean; else verdict=fault; fi
  if [ "$verdict" != "$3" ] || { [ "$3" = fault ] && ! grep -q "$1:2: " "$copy/out"; }; then
    echo "planted '$2' in $1: expected $3, got $verdict:"
    cat "$copy/out"
    failures=1
  fi
}
plant exact/a.cpp '#include "model/problem.hpp"' fault
plant exact/a.hpp '#include "dynamics/moments.hpp"' fault
plant model/a.cpp '#include "dynamics/moments.hpp"' fault
plant dynamics/a.cpp '  #  include "claim/ast.hpp"' fault
plant claim/a.cpp '#include "input/case_file.hpp"' fault
plant input/a.cpp '#include "report/json.hpp"' fault
plant report/a.cpp '#include "tool/output.hpp"' fault
plant model/a.cpp '#include <dynamics/moments.hpp>' fault
plant model/a.cpp '#include "../dynamics/moments.hpp"' fault
plant model/a.cpp '#include "model/../dynamics/moments.hpp"' fault
plant model/a.cpp '#include "problem.hpp"' fault
plant model/a.cpp '#include <flint/fmpz.h>' fault
plant claim/a.cpp '#include <arb.h>' fault
plant claim/a.cpp '#include <arb_fmpz_poly.h>' fault
plant claim/a.cpp '#include <qqbar.h>' fault
plant claim/a.cpp '#include "exact/flint_bridge.hpp"' fault
plant report/a.cpp '#include "exact/word_matrix.hpp"' fault
plant model/a.cpp '#include "exact/arb.hpp"' fault
plant check/a.cpp '#include "dynamics/moments.hpp"' fault
plant check/a.cpp '#include "exact/linalg.hpp"' fault
plant check/a.cpp '#include "claim/evaluator.hpp"' fault
plant check/a.cpp '#include "exact/rational.hpp"' clean
plant check/a.cpp '#include "check/number.hpp"' clean
plant check/a.cpp '#include "cert/format.hpp"' clean
plant dynamics/a.cpp '#include <z3++.h>' fault
plant tool/a.cpp '#include <z3.h>' fault
plant tool/deep/a.cpp '#include <z3.h>' fault
plant tool/a.cpp '#include <CLI/CLI.hpp>' fault
plant report/command_line.cpp '#include <CLI/CLI.hpp>' fault
plant tool/command_line.cpp '#include <CLI/CLI.hpp>' clean
plant exact/a.cpp '#include <flint/fmpz.h>' clean
plant dynamics/a.cpp '#include <arb.h>' clean
plant dynamics/a.cpp '#include "exact/word_matrix.hpp"' clean
plant search/a.cpp '#include <z3++.h>' fault
plant tool/a.cpp '#include "report/json.hpp"' clean
plant model/a.cpp '#include "model/problem.hpp"' clean
plant model/a.cpp '// #include "dynamics/moments.hpp"' clean
rm -rf "$copy/src"
mkdir -p "$copy/src/elsewhere"
echo 'int x;' > "$copy/src/elsewhere/a.cpp"
if check "$copy/src" > /dev/null; then echo "an unknown layer goes unnoticed"; failures=1; fi
rm -rf "$copy/src"
mkdir -p "$copy/src"
if check "$copy/src" > /dev/null; then echo "an empty tree passes"; failures=1; fi
[ "$failures" = 0 ] && echo "every include keeps to the allowed arrows"
