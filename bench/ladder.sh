#!/bin/sh
# Searches every claim over a ladder of sizes and writes bench/results/search-ladder.md.
#   bench/ladder.sh [SECONDS A SIZE]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-2}
{
  echo "# Every claim over a ladder of sizes"
  echo
  echo "Written by \`bench/ladder.sh $seconds\`: \`istcheck search --all --largest 3 --prove 0 --seconds $seconds --threads 2\`."
  echo "A size without an answer says only that nothing was found in that time; a claim that is false in"
  echo "general can be true at small sizes."
  echo
  build/release/src/istcheck search --all --largest 3 --prove 0 --seconds "$seconds" --threads 2
} >bench/results/search-ladder.md.new
mv bench/results/search-ladder.md.new bench/results/search-ladder.md
