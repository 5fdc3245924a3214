#!/bin/sh
# Makes fashion-mnist.toml from Debian's package dataset-fashion-mnist.
# Usage: make-fashion-mnist.sh [--large] ISTCHECK [DIRECTORY]
#   ISTCHECK   the istcheck program
#   DIRECTORY  where the case goes; this directory when left out
#   --large    14 x 14 pixels and 4 workers instead: fashion-mnist-196.toml, which is not stored here
set -eu
large=no
if [ "${1-}" = --large ]; then large=yes; shift; fi
if [ $# -lt 1 ] || [ $# -gt 2 ]; then sed -n '2,6s/^# //p' "$0" >&2; exit 2; fi
istcheck=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath "${2-$here}")
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# Grey levels 0..255 become 0..1. The images are in random order already, so blocks of rows are nearly
# alike. With these steps no outcome of the sketch expands: n times the sum of the q greatest diagonal
# entries of L_i is below 19.1 for 49 pixels (q = 7) and below 76.4 for 196 (q = 49).
if [ $large = no ]; then
  "$here/fashion-mnist-to-csv.py" --side 7 --rows 1400 > "$temp/fashion-mnist.csv"
  set -- --workers 7 --step 1/20 --name 'fashion-mnist, 7 x 7 pixels' -o "$out/fashion-mnist.toml"
else
  "$here/fashion-mnist-to-csv.py" --side 14 --rows 1400 > "$temp/fashion-mnist.csv"
  set -- --workers 4 --step 1/80 --name 'fashion-mnist, 14 x 14 pixels' \
    -o "$out/fashion-mnist-196.toml"
fi
"$istcheck" import "$temp/fashion-mnist.csv" --target label --scale 1/255 --ridge 1/100 "$@"
