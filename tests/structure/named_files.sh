#!/bin/sh
# named_files.sh ROOT: every file and folder that docs/architecture.md names is there, from the root of the sources on
# (a * stands for at least one file), so is every file that a Markdown document of the sources links to, and CITATION.cff
# has the papers of proofs/claims. Prints what is not; exit code 1 if anything.
set -eu
cd "$1"
status=0
fault() {
  echo "$*"
  status=1
}
# exists PATTERN: some file or folder fits it.
exists() {
  for found in $1; do
    [ -e "$found" ] && return 0
  done
  return 1
}
folders='src|tests|web|docs|bench|proofs|cases|scripts|editors'
# Words that are a path below one of the folders, and words that end like the name of a source.
names=$(grep -oE '[A-Za-z0-9_*./-]+' docs/architecture.md | sed 's/[.]*$//' |
  grep -E "^($folders)/|[A-Za-z0-9_*]\\.(cpp|hpp|js|sh|toml|claim|css|html)\$" | LC_ALL=C sort -u)
[ "$(echo "$names" | wc -l)" -ge 10 ] || fault "docs/architecture.md names hardly any file: it or this script is broken"
for name in $names; do
  exists "$name" || fault "docs/architecture.md names $name, which is not there"
done
# Links of Markdown, without those to other places and within the document, and without what only looks like one in code.
links=0
for document in *.md */*.md */*/*.md; do
  case $document in build*/* | */node_modules/* | report/* | out/* | tests/baselines/*) continue ;; esac
  [ -e "$document" ] || continue
  # shellcheck disable=SC2016  # backquotes of Markdown
  found_here=$(sed -e '/^```/,/^```/d; s/`[^`]*`//g' "$document" | grep -oE '\]\([^) ]+\)' |
    sed -e 's/^](//; s/)$//; s/#.*//' | grep -vE '^$|^[a-z]+:' || true)
  for link in $found_here; do
    links=$((links + 1))
    [ -e "$(dirname "$document")/$link" ] || fault "$document links to $link, which is not there"
  done
done
# CITATION.cff has every paper whose claims ship.
papers=$(sed -n 's/^ *source "arXiv:\([0-9.]*\).*/\1/p' proofs/claims/*/*.claim | LC_ALL=C sort -u)
for paper in $papers; do
  grep -q "arxiv.org/abs/$paper" CITATION.cff || fault "CITATION.cff does not have arXiv:$paper"
done
[ "$links" -ge 10 ] || fault "the documents hardly link to anything: they or this script are broken"
exit "$status"
