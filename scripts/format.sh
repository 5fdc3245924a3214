#!/bin/sh
# scripts/format.sh          formats all sources
# scripts/format.sh --check  says which files are not formatted, exit code 1 if any
set -eu
cd "$(dirname "$0")/.."
sources=$(git ls-files '*.cpp' '*.hpp' '*.c' '*.h')
if [ "${1:-}" = --check ]; then
  # shellcheck disable=SC2086  # the list is meant to split
  exec clang-format --dry-run -Werror $sources
fi
# shellcheck disable=SC2086
clang-format -i $sources
