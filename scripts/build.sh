#!/bin/sh
# Configures and builds one preset: scripts/build.sh PRESET [cmake options …]
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
cmake --preset "$preset" "$@" >"build-$preset.log" 2>&1 || {
  cat "build-$preset.log" >&2
  exit 1
}
rm -f "build-$preset.log"
cmake --build --preset "$preset"
