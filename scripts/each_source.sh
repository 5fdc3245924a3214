#!/bin/sh
# Has clang++ read each source by itself, as far as the code that it would make, with every warning an error. The builds
# compile sources in bundles, where one can use what only its neighbour includes or defines.
#   scripts/each_source.sh
set -eu
cd "$(dirname "$0")/.."
folder=build/each-source
mkdir -p "$folder"
cmake --preset each-source >"$folder/configure.log" 2>&1 || {
  cat "$folder/configure.log" >&2
  exit 1
}
cd "$folder"
# A command a line, as the shell wants it: JSON puts a backslash before backslashes and quotes. A target for fuzzing has a
# sanitizer, which headers that were read before do not know.
sed -n 's/^ *"command": "\(.*\)",\{0,1\}$/\1/p' compile_commands.json |
  sed 's/\\\(.\)/\1/g; s/ -fsanitize=[^ ]*//g; s/ -o [^ ]* -c / -Werror -fsyntax-only /' |
  sort -u >commands
# Headers of the standard library, and Catch2 for the tests, are read once: that is half of the time. Headers of ours
# are read anew for each source.
{
  for header in algorithm functional map memory optional random set sstream stdexcept string variant vector; do
    echo "#include <$header>"
  done
} >common.hpp
{ cat common.hpp && echo '#include <catch2/catch.hpp>'; } >tests.hpp
options=$(sed -n '1s/.* \(-std=[^ ]*\) .*/\1/p' commands)
for part in common tests; do
  clang++ "$options" -x c++-header "$part.hpp" -o "$part.pch"
done
sed -i 's| -fsyntax-only |&-include-pch common.pch |; \|/tests/unit/|s|common.pch|tests.pch|' commands
# shellcheck disable=SC2016  # for the inner shell
xargs -d '\n' -n 1 -P "$(nproc)" sh -c 'sh -c "$1" || { echo "failed: ${1##* }" >&2; exit 1; }' sh <commands
echo "each of $(wc -l <commands) sources by itself: no errors, no warnings"
