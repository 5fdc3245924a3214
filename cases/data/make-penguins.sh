#!/bin/sh
# Makes penguins.toml and penguins-intercept.toml from penguins.json.
# Usage: make-penguins.sh [--fetch] ISTCHECK [DIRECTORY]
#   ISTCHECK   the istcheck program
#   DIRECTORY  where the cases go; this directory when left out
#   --fetch    first get penguins.json from npm anew and compare it with the one here
set -eu
package=vega-datasets@3.2.1

fetch=no
if [ "${1-}" = --fetch ]; then fetch=yes; shift; fi
if [ $# -lt 1 ] || [ $# -gt 2 ]; then sed -n '2,6s/^# //p' "$0" >&2; exit 2; fi
istcheck=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath "${2-$here}")
cd "$here"

if [ $fetch = yes ]; then
  temp=$(mktemp -d)
  trap 'rm -rf "$temp"' EXIT
  (cd "$temp" && npm pack --silent "$package" && tar xzf ./*.tgz package/data/penguins.json) >&2
  cmp "$temp/package/data/penguins.json" penguins.json
  echo "penguins.json is the one of $package" >&2
fi

# Lengths in dm, mass in kg. Three workers, three coordinates: Perm-1. With step 1/16 no outcome of
# the sketch expands: n max_i [L_i]_aa < 14.2.
set -- penguins.json --target 'Body Mass (g)' --workers-by Species \
  --features 'Beak Length (mm),Beak Depth (mm),Flipper Length (mm)' \
  --scale 1/100 --target-scale 1/1000
"$istcheck" import "$@" --name penguins --step 1/16 -o "$out/penguins.toml"

# With an intercept d = 4, and one of the three workers gets two coordinates in each round. The
# trace of a 2 x 2 block times n is below 17.2.
"$istcheck" import "$@" --intercept --name 'penguins with intercept' --step 1/20 \
  -o "$out/penguins-intercept.toml"
