#!/bin/sh
# Checks every general proof from scratch and prints the table
#   claim | restated claim | status | theorem | its Coq statement | assumptions
# usage: check.sh [--root ROOT] [--approve] [--width N] [--jobs N] [BUILD_FOLDER]
# N characters of each statement are shown, by default all of them.
# ROOT (by default the folder of this script) holds rocq/, links.tsv and claims/, see check_links.sh.
# Fails (exit 1) on: claims and theorems that do not name each other (check_links.sh), Admitted or
# admit, a file that does not compile, an axiom that rocq/allowed-axioms.txt does not list with a
# reason, a statement or a definition that differs from rocq/statements.txt (--approve rewrites
# that file), and a claim that nobody has read beside this statement (check_readings.sh).
# Exit 2 on a usage error.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
root=$here approve=0 width= jobs=$(nproc 2>/dev/null || echo 2) build=
usage() { echo "check.sh: $1" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --root | --width | --jobs) [ $# -ge 2 ] || usage "$1 needs a value" ;;
  esac
  case $1 in
    --approve) approve=1 ;;
    --root) shift; root=$1 ;;
    --width) shift; width=$1 ;;
    --jobs) shift; jobs=$1 ;;
    -h|--help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) usage "unknown option $1" ;;
    *) build=$1 ;;
  esac
  shift
done
command -v coqc >/dev/null || usage "coqc not found (apt install coq libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics make)"
root=$(cd "$root" && pwd) || exit 2
src=$root/rocq links=$root/links.tsv
if [ -z "$build" ]; then build=$(mktemp -d) || exit 2; trap 'rm -rf "$build"' EXIT; fi
mkdir -p "$build" || exit 2
build=$(cd "$build" && pwd)
[ "$build" != "$src" ] || usage "the build folder must not be the source folder"
fail=0
bad() { echo "FAIL: $*" >&2; fail=1; }

# What reading alone can tell.
"$here/check_links.sh" --without-readings "$root" || fail=1
if grep -nwE 'Admitted|admit|Axiom|Parameter|Conjecture|Unset (Guard|Positivity|Universe) Checking|bypass_check' "$src"/*.v; then
  bad "unfinished or assumed statements (above)"
fi
files=$(grep '\.v$' "$src/_CoqProject")
for f in "$src"/*.v; do
  echo "$files" | grep -qx "$(basename "$f")" || bad "$(basename "$f") is not in _CoqProject"
done
[ $fail = 0 ] || exit 1

# Compile, independent files at the same time.
cd "$build" || exit 2
rm -f -- *.v *.vo *.vok *.vos *.glob Makefile.coq*
cp "$src"/*.v "$src/_CoqProject" . || exit 2
coq_makefile -f _CoqProject -o Makefile.coq || exit 2
COQEXTRAFLAGS='-q -w none' make -s -f Makefile.coq -j"$jobs" > make.out 2>&1 ||
  { cat make.out >&2; bad "the proofs do not compile"; exit 1; }

# One query file for all definitions, and all theorems of links.tsv.
tail -n +2 "$links" | cut -f3 | tr ',' '\n' | grep -v '^-$' | grep . | sort -u > theorems.txt
for f in $files; do
  sed -nE "s/^(Definition|Fixpoint|Record) ([A-Za-z0-9_]+).*/${f%.v}.\2/p" "$f"
done > definitions.txt
# A query of assumptions follows a theorem through all the libraries: all theorems are asked at once, as one term, and each by itself
# only when that term rests on something.
{
  echo 'From mathcomp Require Import all_ssreflect all_algebra.'
  for f in $files; do echo "From Istcheck Require Import ${f%.v}."; done
  printf '%s\n' 'Open Scope ring_scope.' 'Set Printing Width 1000000.'
} > head.v
ask() { printf 'Goal True. idtac "@@%s %s". Abort.\n%s.\n' "$1" "$2" "$3"; }
{
  cat head.v
  while read -r t; do ask DEFINITION "$t" "Print $t"; done < definitions.txt
  while read -r t; do ask STATEMENT "$t" "Check @$t"; done < theorems.txt
  echo 'Definition theorems_of_links_tsv := ('
  sed 's/^/  @/; $!s/$/,/' theorems.txt
  echo ').'
  ask TOGETHER - 'Print Assumptions theorems_of_links_tsv'
} > query.v
query() { coqc -q -w none -Q . Istcheck "$1.v" > "$1.out" 2> "$1.err" || { cat "$1.err" >&2; bad "$2"; exit 1; }; }
query query 'a theorem of links.tsv does not exist'
if [ "$(sed '1,/^@@TOGETHER/d' query.out)" = 'Closed under the global context' ]; then
  sed 's/.*/@@ASSUMPTIONS &\nClosed under the global context/' theorems.txt > each.out
else
  { cat head.v; while read -r t; do ask ASSUMPTIONS "$t" "Print Assumptions $t"; done < theorems.txt; } > each.v
  query each 'the assumptions of a theorem cannot be told'
fi
sed '/^@@TOGETHER/,$d' query.out | cat - each.out > answers.out
awk '/^@@/ { if (line != "") print line; line = $0; next }
     /^Arguments / { next }
     NF { gsub(/^[ \t]+|[ \t]+$/, ""); line = line " " $0 }
     END { if (line != "") print line }' answers.out > query.lines

# Assumptions: none, or axioms that are allowed with a reason.  Coq prints a name per line, its type after it.
awk '/^@@/ { t = $1 == "@@ASSUMPTIONS" ? $2 : ""; next }
     t == "" || /^[ \t]/ || /^Axioms:$/ || /^Closed under the global context$/ { next }
     { print t, $2 == ":" || NF == 1 ? $1 : $0 }' each.out > assumptions.txt
while read -r t axiom; do
  awk -v a="$axiom" '$1 == a && NF > 1 { found = 1 } END { exit !found }' "$src/allowed-axioms.txt" ||
    bad "$t rests on the axiom $axiom"
done < assumptions.txt
[ "$(grep -c '^@@ASSUMPTIONS' query.lines)" = "$(wc -l < theorems.txt)" ] || bad "not every theorem was asked for its assumptions"

# The approved definitions and statements.
sed -nE 's/^@@(DEFINITION|STATEMENT) [^ ]+ //p' query.lines > statements.new
if [ $approve = 1 ]; then cp statements.new "$src/statements.txt"; fi
if ! diff -u "$src/statements.txt" statements.new; then
  bad "statements differ from rocq/statements.txt (check.sh --approve accepts them)"
fi
# Only now, since the readings are of the statements that have just been compared.
"$here/check_readings.sh" "$root" || fail=1

# The table.
tab=$(printf '\t')
answer() { awk -v tag="@@$1" -v t="$2" '$1 == tag && $2 == t' query.lines | cut -d' ' -f3- | cut -c "1-$width"; }
printf 'claim | restated claim | status | theorem | statement | assumptions\n'
tail -n +2 "$links" > rows.txt
while IFS="$tab" read -r id status thms remark; do
  if [ "$thms" = - ]; then
    printf '%s | %s | %s | - | - | -\n' "$id" "$remark" "$status"
    continue
  fi
  claim=$(grep -hF "(* CLAIM $id: " "$src"/*.v | sed 's/^(\* CLAIM [^:]*: //; s/ \*)$//')
  for t in $(printf '%s' "$thms" | tr ',' ' '); do
    printf '%s | %s | %s | %s | %s | %s\n' "$id" "$claim" "$status" "$t" "$(answer STATEMENT "$t")" "$(answer ASSUMPTIONS "$t")"
  done
done < rows.txt
[ $fail = 0 ] && echo "all $(wc -l < theorems.txt) theorems checked, $(wc -l < rows.txt) lines of links.tsv covered"
exit $fail
