#!/bin/sh
# named_files_test.sh ROOT: what the documents name is there, and the script that says so notices what is not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$1
check() { sh "$here/named_files.sh" "$1"; }
check "$root" || { echo "documents name files that are not there"; exit 1; }

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failures=0
# plant SENTENCE EXPECTED: docs/architecture.md with this sentence at its end, in a tree whose files are those of ROOT.
plant() {
  rm -rf "$copy/tree"
  mkdir -p "$copy/tree/docs"
  for part in "$root"/*; do
    [ "$(basename "$part")" = docs ] || ln -s "$part" "$copy/tree/"
  done
  cp "$root"/docs/* "$copy/tree/docs/"
  echo "$1" >>"$copy/tree/docs/architecture.md"
  if check "$copy/tree" >"$copy/out" 2>&1; then verdict=clean; else verdict=fault; fi
  [ "$verdict" = "$2" ] || {
    echo "'$1': expected $2, got $verdict:"
    cat "$copy/out"
    failures=1
  }
}
plant 'A law is in src/model/laws.cpp.' fault
plant 'A law is in src/model/laws/.' fault
plant 'A law is in sketch.cpp.' fault
plant 'Figures are in src/report/*_pictures.cpp.' fault
plant 'The rest is in [another document](elsewhere.md).' fault
plant 'A law is in src/model/sketch.cpp.' clean
plant 'Figures are in src/report/*_figures.cpp, see [the manual](manual.md#report).' clean
[ "$failures" = 0 ] && echo "every file that the documents name is there"
