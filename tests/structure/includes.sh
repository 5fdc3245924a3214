#!/bin/sh
# includes.sh SRC: holds every #include below SRC against the layers of the architecture. A folder
# may include itself and the folders before it; FLINT and Arb belong to exact/ and dynamics/, and so
# do the headers that wrap them; Z3 belongs to search/, and CLI11
# to one file of tool/; the trusted checker includes readers only. Prints every violation; exit code 1 if any.
set -eu
cd "$1"
find . \( -name '*.cpp' -o -name '*.hpp' -o -name '*.c' -o -name '*.h' \) | LC_ALL=C sort |
  xargs awk '
BEGIN {
  count = split("exact model dynamics claim input cert check search report tool", order, " ")
  for (i = 1; i <= count; ++i) rank[order[i]] = i
  # The trusted checker reads cases, claims and certificates; of the folders before it, it may
  # include these headers and no others.
  split("exact/budgets.hpp exact/rational.hpp model/case.hpp claim/ast.hpp claim/builtins.hpp claim/check.hpp " \
        "claim/method.hpp claim/parser.hpp input/case_file.hpp cert/format.hpp", readers, " ")
  for (i in readers) reader[readers[i]] = 1
  wrapped["exact/flint_bridge.hpp"] = wrapped["exact/word_matrix.hpp"] = 1
  wrapped["exact/polynomial.hpp"] = wrapped["exact/arb.hpp"] = 1
}
function fault(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; bad = 1 }
FNR == 1 {
  path = FILENAME
  sub(/^\.\//, "", path)
  layer = path
  sub(/\/.*/, "", layer)
  seen += 1
  if (!(layer in rank)) fault("src/" layer " is no known layer")
}
/^[ \t]*#[ \t]*include/ {
  header = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", header)
  quoted = header ~ /^"/
  sub(/^[<"]/, "", header)
  sub(/[>"].*/, "", header)
  target = header
  if (!sub(/\/.*/, "", target)) target = ""
  if (header ~ /^\.\.?\// || header ~ /\/\.\.?\//) {
    fault("include from src/, not relative: " header)
    next
  }
  if (quoted && target == "") fault("include from src/ with the folder: " header)
  if (target in rank) {
    if (rank[target] > rank[layer]) fault(layer " must not include " target ": " header)
    if (layer == "check" && target != "check" && !(header in reader))
      fault("the trusted checker must not include " header)
  }
  number_theory = target == "flint" || header ~ /^(arb|acb|arf|mag|fmpz|fmpq|qqbar|ca)[a-z_]*\.h$/
  if ((number_theory || header in wrapped) && layer != "exact" && layer != "dynamics")
    fault(layer " must not include FLINT or Arb: " header)
  if (header ~ /^z3/) fault("Z3 is a program of its own (search/program.hpp): " header)
  if (header ~ /^CLI\// && path != "tool/command_line.cpp")
    fault("only tool/command_line.cpp includes CLI11: " header)
}
END {
  if (seen == 0) { print "no sources found"; bad = 1 }
  exit bad
}'
