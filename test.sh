#!/bin/sh
# Sets up istcheck and runs the tests.
#   ./test.sh            everything: both compilers, sanitizers, general proofs (more than half an hour on two processors)
#   ./test.sh --quick    the release build and its tests only
set -eu
cd "$(dirname "$0")"
case "${1:-}" in
  "" | --quick) ;;
  *)
    echo "usage: ./test.sh [--quick]" >&2
    exit 2
    ;;
esac
scripts/install.sh tests

step() { printf '\n== %s\n' "$1"; }

step "Formatting"
scripts/format.sh --check

step "Release build with g++, without warnings"
scripts/build.sh release --strict
if [ "${1:-}" != --quick ]; then
  step "clang++ with address and undefined-behaviour sanitizers, without warnings"
  scripts/build.sh asan+ubsan --strict
  # The longest cases of the search, and one that must answer within a time, run in the release build only.
  # They run on one processor and take as long as all the rest, which has the other one meanwhile.
  LSAN_OPTIONS="suppressions=$PWD/tests/leaks.txt" "build/asan+ubsan/tests/test_search" --rng-seed time \
    "~*never a counterexample" "~without entries: a claim*" "~a search answers at once*" \
    >build/sanitized-search.log 2>&1 &
  search=$!
  trap 'kill "$search" 2>/dev/null || true' EXIT
  ctest --test-dir "build/asan+ubsan" --output-on-failure --no-tests=error \
    -R "^(unit_|fuzz_|cli_certificate_format)" -E "^unit_search"
  build/release/src/istcheck verify --certificates build/sanitized >build/sanitized.log 2>&1
  "build/asan+ubsan/src/istcheck-check" --all build/sanitized --jobs 1
  wait "$search" || { cat build/sanitized-search.log >&2; exit 1; }
  tail -n 2 build/sanitized-search.log
  trap - EXIT
  step "Benchmarks, short form: the programs must agree; times are printed and judge nothing"
  bench/compare.sh --quick --build build/release --no-build
  step "General proofs in Rocq/Coq, from scratch"
  proofs/check.sh
  step "Verdicts on the shipped cases as theorems in Rocq/Coq"
  proofs/check_certificates.sh build/release/src/istcheck
fi
step "Tests"
ctest --test-dir build/release -j 2 --output-on-failure --no-tests=error
