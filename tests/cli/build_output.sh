#!/usr/bin/env bash
# scripts/build.sh on a small project: what it says on a terminal and elsewhere, of failures and of warnings.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

project=$work/project
mkdir -p "$project/scripts"
cp "$root/scripts/build.sh" "$project/scripts/"
cat >"$project/CMakeLists.txt" <<'P'
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
option(BROKEN "a source that does not compile" OFF)
option(OWN "a source with a warning" ON)
add_compile_options(-Wall)
foreach(k RANGE 1 20)
  file(WRITE ${CMAKE_BINARY_DIR}/new.cpp "int f${k}() { return ${k}; }\n")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/new.cpp ${CMAKE_BINARY_DIR}/f${k}.cpp ONLY_IF_DIFFERENT)
  list(APPEND sources ${CMAKE_BINARY_DIR}/f${k}.cpp)
endforeach()
add_library(many STATIC ${sources})
if(OWN)
  add_library(own STATIC ${CMAKE_SOURCE_DIR}/own.cpp)
endif()
if(BROKEN)
  add_library(broken STATIC ${CMAKE_SOURCE_DIR}/broken.cpp)
endif()
P
cat >"$project/CMakePresets.json" <<'P'
{"version": 6,
 "configurePresets": [{"name": "small", "generator": "Ninja", "binaryDir": "${sourceDir}/build/small"}],
 "buildPresets": [{"name": "small", "configurePreset": "small"}]}
P
echo 'int own() { return 0; }' >"$project/own.cpp"
printf 'int broken() {\n  return no_such_name;\n}\n' >"$project/broken.cpp"
# shellcheck disable=SC2317  # run calls it
build() { "$project/scripts/build.sh" small "$@"; }

# Elsewhere than on a terminal: a line every ten percent, no more.
run 0 build --target many
has "$work/out" ' of 21, about '
has "$work/out" 'Built small: 21 steps in '
lines=$(wc -l <"$work/out")
{ [ "$lines" -ge 5 ] && [ "$lines" -le 12 ]; } || fail "$lines lines for 21 steps"
[ ! -e "$project/build/small/libown.a" ] || fail "--target many built another target"
run 0 build --target many
has "$work/out" 'everything is up to date'

# A warning is shown at the end, again when nothing was compiled, and --strict fails, until it is gone.
echo 'int own() { int never_used = 1; return 0; }' >"$project/own.cpp"
for options in "" "--target many --target own"; do
  # shellcheck disable=SC2086  # the options are meant to split
  run 0 build $options
  has "$work/err" "warning: unused variable"
  has "$work/err" 'steps with warnings: 1'
done
run 1 build --strict
has "$work/out" 'everything is up to date'
has "$work/err" "warning: unused variable"
run 0 build --strict -DOWN=OFF # nobody wants it any more, though its object may lie there still
has "$work/out" 'everything is up to date'
run 0 build -DOWN=ON
echo 'int own() { int never_used = 2; return 0; }' >"$project/own.cpp"
run 1 build --strict
echo 'int own() { return 1; }' >"$project/own.cpp"
run 0 build --strict
[ ! -s "$work/err" ] || fail "something is said of a build without warnings"

# A failing file: all that the compiler said, its name, and the exit code.
run 1 build -DBROKEN=ON
has "$work/err" 'broken.cpp:2:10: error:'
has "$work/err" '    2 |   return no_such_name;'
has "$work/err" 'failed, exit code 1:'
has "$work/err" 'Building CXX object CMakeFiles/broken.dir/broken.cpp.o'
run 1 build --target no-such-target
has "$work/err" 'no-such-target'
run 0 build -DBROKEN=OFF
# The same for a project that CMake cannot configure, and for arguments that are none.
run 1 build -DCMAKE_CXX_COMPILER=/no/such/compiler
has "$work/err" '/no/such/compiler'
run 2 build --target
run 2 "$project/scripts/build.sh"
rm -rf "$project/build"

# On a terminal: one line, written again for every step and cleared at the end.
python3 - "$project/scripts/build.sh" small <<'P' >"$work/out" 2>"$work/err" || fail "the line on a terminal"
import re, sys
from terminal import written
said = written(sys.argv[1:], output=True)
updates = re.findall(r"\r\x1b\[KBuilding small: \d+ of 23, about \d+ s left", said)
assert len(updates) == 23, (len(updates), said)
assert said.count("\n") == 1 and re.search(r"\r\x1b\[KBuilt small: 23 steps in \d+ s\r\n$", said), said
P
finish "scripts/build.sh"
