#!/bin/sh
# Sets up istcheck and runs the tests.
#   ./test.sh            everything: both compilers, sanitizers, general proofs (about twenty minutes on two processors)
#   ./test.sh --quick    the release build and its tests only
# What each stage took is printed at the end.
set -eu
cd "$(dirname "$0")"
case "${1:-}" in
  "" | --quick) ;;
  *)
    echo "usage: ./test.sh [--quick]" >&2
    exit 2
    ;;
esac

# stage NAME COMMAND…: a row of the table at the end; the first that fails ends the run.
table='' search=''
began=$(date +%s)
stage() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  start=$(date +%s)
  "$@"
  table="$table$(printf '%6d s  %s' $(($(date +%s) - start)) "$name")
"
  name=''
}
finish() {
  code=$?
  [ -z "$search" ] || kill "$search" 2>/dev/null || true
  [ -z "${name:-}" ] || table="$table$(printf '%6d s  %s: FAILED' $(($(date +%s) - start)) "$name")
"
  printf '\n%s%6d s  in all\n' "$table" $(($(date +%s) - began))
  exit "$code"
}
trap finish EXIT

# Unit tests and fuzzing under the sanitizers. The longest cases of the search, and one that must answer within a time,
# run in the release build only; the rest of the search runs beside the others, for it takes as long as all of them.
# Of the certificates of mean-square-lyapunov, which take as long as all others, the checker sees every eighth.
sanitized_tests() {
  build/asan+ubsan/tests/test_search --rng-seed time \
    "~*never a counterexample" "~without entries: a claim*" "~a search answers at once*" "~equations between the data*" \
    >build/sanitized-search.log 2>&1 &
  search=$!
  ctest --test-dir "build/asan+ubsan" --output-on-failure --no-tests=error \
    -R "^(unit_|fuzz_|cli_certificate_format)" -E "^unit_search"
  rm -rf build/sanitized  # certificates of claims that are gone
  build/release/src/istcheck verify --certificates build/sanitized >build/sanitized.log 2>&1
  awk -F '\t' '/^mean-square-lyapunov--/ && ++long % 8 != 1 { print $1; next } { print >"build/sanitized.tsv" }' \
    build/sanitized/index.tsv | (cd build/sanitized && xargs rm)
  mv build/sanitized.tsv build/sanitized/index.tsv
  build/asan+ubsan/src/istcheck-check --all build/sanitized --jobs 2
  wait "$search" || { cat build/sanitized-search.log >&2; exit 1; }
  search=''
  tail -n 2 build/sanitized-search.log
}

stage "Packages" scripts/install.sh tests
stage "Formatting" scripts/format.sh --check
stage "Release build with g++, without warnings" scripts/build.sh release --strict
stage "Tests" ctest --test-dir build/release -j 2 --output-on-failure --no-tests=error
if [ "${1:-}" != --quick ]; then
  stage "Each source by itself with clang++, without warnings" scripts/each_source.sh
  stage "clang++ with address and undefined-behaviour sanitizers, without warnings" scripts/build.sh asan+ubsan --strict
  stage "Tests under the sanitizers" sanitized_tests
  stage "Benchmarks, short form: the programs must agree; times are printed and judge nothing" \
    bench/compare.sh --quick --build build/release --no-build
  stage "General proofs in Rocq/Coq, from scratch" proofs/check.sh
  stage "Verdicts on the shipped cases as theorems in Rocq/Coq" \
    proofs/check_certificates.sh build/release/src/istcheck
fi
