#!/usr/bin/env bash
# Runs every command that README.md and docs/*.md show in a ```sh block, with the program given as $1.
# Every ```toml block is analysed as a case or family, with a method of its shape where its method is a text, or judged
# where it has irrational numbers, and every line of a plain ``` block in README.md
# must occur in what the commands of README.md print. A line ending in a backslash goes on. "# exit N" after a command says which exit code is expected.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
bin=$(mktemp -d)
trap 'rm -rf "$bin" build/my-case.toml' EXIT
ln -s "$program" "$bin/istcheck"
ln -s "$(dirname "$program")/istcheck-check" "$bin/istcheck-check"
export PATH="$bin:$PATH"
mkdir -p build
rm -rf build/certificates # of claims that are gone

commands() {
  awk '/^```sh$/ {on = 1; next} /^```/ {on = 0} on' "$@" | sed -e ':a' -e '/\\$/N; s/\\\n//; ta'
}

count=0
declare -A ran # what neither reads nor writes below build/ would do the same again
: >"$bin/readme"
for file in README.md docs/*.md; do
  while IFS= read -r line; do
    case "$line" in
      "" | "#"* | ./run.sh* | ./test.sh* | bench/*) continue ;; # those two run this test; bench has its own
    esac
    expected=0
    [[ "$line" =~ \#\ exit\ ([0-9]+) ]] && expected=${BASH_REMATCH[1]}
    command=${line//build\/release\/src\/istcheck/istcheck}
    [ -z "${ran[$command]:-}" ] || { count=$((count + 1)); continue; }
    [[ "$command" == *build/* ]] || ran[$command]=yes
    status=0
    bash -c "$command" >"$bin/out" 2>"$bin/err" || status=$?
    if [ "$status" -ne "$expected" ]; then
      echo "FAILED ($file): $command" >&2
      echo "exit code $status, expected $expected" >&2
      tail -n 5 "$bin/err" >&2
      exit 1
    fi
    [ "$file" != README.md ] || cat "$bin/out" >>"$bin/readme"
    count=$((count + 1))
  done < <(commands "$file")
done
[ "$count" -ge 10 ] || {
  echo "only $count commands found: the documents or this test are broken" >&2
  exit 1
}
while IFS= read -r line; do
  grep -qF -- "$line" "$bin/readme" || {
    echo "README.md shows a line that no command of it prints: $line" >&2
    exit 1
  }
done < <(awk '/^```/ {plain = (!inside && $0 == "```"); inside = !inside; next} inside && plain' README.md)

blocks=0
while IFS= read -r start; do
  awk -v start="$start" 'NR > start && /^```/ {exit} NR > start' docs/manual.md >"$bin/block.toml"
  if file=$(sed -n 's/^file = "\(.*\)"$/\1/p' "$bin/block.toml") && [ -n "$file" ]; then
    echo "method ${file%.claim} { parameter alpha : scalar data A : matrix(m, d), y : vector(m)
      state x, h[i in workers] x <- x - gamma*A'*(A*x - y) h[i] <- alpha*h[i] }" >"$bin/$file"
    istcheck analyze "$bin/block.toml" >/dev/null
  elif grep -qE 'surd|alpha' "$bin/block.toml"; then
    echo 'claim any { conclude gamma > 0 expect holds }' >"$bin/any.claim"
    istcheck verify "$bin/any.claim" --case "$bin/block.toml" >/dev/null
  else
    # A harmonic schedule has no last step: what belongs to it is undecided.
    status=0 expected=0
    ! grep -q harmonic "$bin/block.toml" || expected=3
    istcheck analyze "$bin/block.toml" >/dev/null || status=$?
    [ "$status" -eq "$expected" ]
  fi
  blocks=$((blocks + 1))
done < <(grep -n '^```toml$' docs/manual.md | cut -d: -f1)
[ "$blocks" -ge 2 ]
echo "$count documented commands ran"
