#!/usr/bin/env bash
# ./run.sh && ./test.sh compile no source of the program twice: run.sh configures before the packages of the tests are
# there, test.sh afterwards, in the same folder, and neither changes how the sources of src are compiled.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

# Both build the preset alone: an option of their own would have the other compile everything again.
for script in run.sh test.sh; do
  grep -qE '(^|" )scripts/build.sh release' "$root/$script" || fail "$script does not build the preset release"
  ! grep -E 'scripts/build\.sh ' "$root/$script" | grep -E ' -[A-Z]' || fail "$script has its own options for cmake"
done

# configure OPTIONS…: the preset, with this in the place of what is installed.
build=$work/build
configure() {
  cmake -S "$root" --preset release -B "$build" "$@" >"$work/configure.log" 2>&1 || {
    cat "$work/configure.log" >&2
    exit 1
  }
}
# A source that is quickly compiled stands for all.
object=src/CMakeFiles/istcheck-check.dir/check/main.cpp.o
commands() { ninja -C "$build" -t commands istcheck istcheck-check | LC_ALL=C sort; }

configure -DCMAKE_DISABLE_FIND_PACKAGE_Catch2=ON -DCMAKE_DISABLE_FIND_PACKAGE_benchmark=ON
has "$work/configure.log" 'no tests'
has "$work/configure.log" 'no bench_inner'
if ninja -C "$build" -t targets all | grep -E >/dev/null '^(tests/test_|bench/bench_inner)'; then fail "tests without Catch2"; fi
run 0 ninja -C "$build" "$object"
commands >"$work/before"
[ "$(grep -c -- ' -c ' "$work/before")" -ge 10 ] || fail "hardly any source is compiled"

configure -DCMAKE_DISABLE_FIND_PACKAGE_Catch2=OFF -DCMAKE_DISABLE_FIND_PACKAGE_benchmark=OFF
ninja -C "$build" -t targets all | grep >/dev/null '^tests/test_exact:' || fail "no tests with Catch2"
commands >"$work/after"
diff "$work/before" "$work/after" >"$work/out" || fail "the packages of the tests change how the program is built"
run 0 ninja -C "$build" "$object"
has "$work/out" 'no work to do'
! grep -q 'Building' "$work/out" || fail "configuring again makes a source be compiled again"

# Other flags, which this script must notice.
configure -DCMAKE_CXX_FLAGS=-Werror
commands >"$work/other"
! diff -q "$work/after" "$work/other" >/dev/null || fail "other flags are not noticed"
run 0 ninja -C "$build" "$object"
has "$work/out" "Building CXX object $object"
finish "one configuration"
