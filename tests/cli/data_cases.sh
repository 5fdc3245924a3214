#!/bin/bash
# The scripts in cases/data reproduce the stored cases byte for byte.
# Usage: data_cases.sh ISTCHECK
set -eu
istcheck=$(realpath "$1")
data=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../cases/data" && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

fail() { echo "data_cases.sh: $*" >&2; exit 1; }
trap 'fail "line $LINENO failed: $(cat "$temp/log")"' ERR

# same NAME: the case just made is the stored one.
same() {
  cmp "$temp/$1" "$data/$1" || fail "$1 differs from the stored case"
}

"$data/make-penguins.sh" "$istcheck" "$temp" 2> "$temp/log"
grep -q '342 rows used, 2 dropped for missing values' "$temp/log" || fail "dropped rows are not counted"
same penguins.toml
same penguins-intercept.toml

if [ -e /usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz ]; then
  "$data/make-fashion-mnist.sh" "$istcheck" "$temp" 2> "$temp/log"
  same fashion-mnist.toml
  "$data/make-fashion-mnist.sh" --large "$istcheck" "$temp" 2> "$temp/log"
  grep -q 'n = 4, d = 196' "$temp/log" || fail "the variant with 196 pixels has other sizes"
else
  echo "data_cases.sh: SKIPPED Fashion-MNIST: the package dataset-fashion-mnist is not installed" >&2
fi
echo ok
