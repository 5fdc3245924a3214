#!/bin/sh
# core_names_test.sh SRC: no source compares the spelling of a name of the table; the script that says
# so notices every way of it; and the compiler refuses a walker that forgot a name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
src=$(cd "$1" && pwd)
check() { python3 "$here/core_names.py" "$1"; }
check "$src" || { echo "names of the table are compared by their spelling"; exit 1; }

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failures=0
# plant FILE TEXT EXPECTED: a tree with the table and this text, which must be reported (or not).
plant() {
  rm -rf "$copy/src"
  mkdir -p "$copy/src/claim" "$copy/src/$(dirname "$1")"
  cp "$src/claim/names.def" "$copy/src/claim/"
  printf '// a comment: name == "Lbar"\n%s\n' "$2" > "$copy/src/$1"
  if check "$copy/src" > "$copy/out" 2>&1; then verdict=clean; else verdict=fault; fi
  if [ "$verdict" != "$3" ] || { [ "$3" = fault ] && ! grep -q "$1:2: " "$copy/out"; }; then
    echo "planted '$2' in $1: expected $3, got $verdict:"
    cat "$copy/out"
    failures=1
  fi
}
plant claim/a.cpp 'bool f() { return e.name == "Lbar"; }' fault
plant search/a.cpp 'bool f() { return e.name != "grad f"; }' fault
plant report/a.cpp 'bool f() { return "gamma" == v.name; }' fault
plant tool/a.cpp 'auto f() { return variables.find("x0"); }' fault
plant cert/a.cpp 'auto f() { return variables->count("gamma"); }' fault
plant check/a.hpp 'auto f() { return own("gamma"); }' fault
plant claim/a.cpp 'const std::set<std::string> run = {"xinf", "rho_mean"};' fault
plant claim/a.cpp 'for (const char* plain : {"nothing", "rho_mean", "lyapunov"}) {}' fault
plant claim/a.cpp 'switch (e.constant) { case Constant::n: return; default: return; }' fault
plant search/a.cpp 'switch (f) { case claim::Function::abs: { g(); } default: break; }' fault
plant check/a.cpp 'bool f() { return e->meaning == 1; }' fault
plant check/a.cpp 'bool f() { return e.constant == Constant::n; }' fault
plant check/a.cpp 'bool f() { return args[0]->type.degree > 0; }' fault
plant claim/a.cpp 'bool f() { return e.constant == Constant::n; }' clean
plant claim/a.cpp 'bool f() { return e.name == "forall"; }' clean
plant report/a.cpp 'void f() { json.key("n").integer(n); }' clean
plant search/a.cpp 'switch (e.op) { case Op::name: switch (c) { case Constant::n: break; } default: break; }' clean
plant check/a.cpp 'bool f() { return claim::constant_named(e.name) == Constant::n; }' clean
plant dynamics/a.cpp 'bool f() { return options.wants("Q") || field == "theta_min"; }' clean

# One more name in the table: what does not know it is no longer compiled.
for row in 'CONSTANT(forgotten' 'INDEXED(forgotten' 'FUNCTION(forgotten'; do
  rm -rf "$copy/more"
  mkdir -p "$copy/more/claim"
  cp "$src"/claim/*.hpp "$src/claim/symmetry.cpp" "$copy/more/claim/"
  case $row in
    FUNCTION*) rest="function, \"s\", 's', 0, \"\", \"\")" ;;
    *) rest="'s', 0, \"\", \"\")" ;;
  esac
  { sed '/^#undef CONSTANT/,$d' "$src/claim/names.def"; echo "$row, \"forgotten\", $rest"
    sed -n '/^#undef CONSTANT/,$p' "$src/claim/names.def"; } > "$copy/more/claim/names.def"
  if "${CXX:-c++}" -std=c++20 -fsyntax-only -I"$copy/more" -I"$src" "$copy/more/claim/symmetry.cpp" \
    2> "$copy/out"; then
    echo "a walker that does not know $row) is compiled"
    failures=1
  elif ! grep -q "error: .*forgotten" "$copy/out"; then
    echo "the compiler does not name what was forgotten:"
    cat "$copy/out"
    failures=1
  fi
done
exit $failures
