#!/bin/sh
# Checks every general proof from scratch and prints the table
#   claim | restated claim | status | theorem | its Coq statement | assumptions
# usage: check.sh [--approve] [--width N] [BUILD_FOLDER]
# Fails (exit 1) on: a file that does not compile, Admitted or admit, an axiom
# that rocq/allowed-axioms.txt does not list, a theorem of links.tsv that does not
# exist, a claim without its CLAIM line, or a statement that differs from
# rocq/statements.txt (--approve rewrites that file).  Exit 2 on a usage error.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
src=$here/rocq
links=$here/links.tsv
approve=0
width=160
build=
while [ $# -gt 0 ]; do
  case $1 in
    --approve) approve=1 ;;
    --width) shift; width=${1:-160} ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "check.sh: unknown option $1" >&2; exit 2 ;;
    *) build=$1 ;;
  esac
  shift
done
command -v coqc >/dev/null || { echo "check.sh: coqc not found (apt install coq libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics)" >&2; exit 2; }
if [ -z "$build" ]; then build=$(mktemp -d) || exit 2; trap 'rm -rf "$build"' EXIT; fi
mkdir -p "$build" || exit 2
build=$(cd "$build" && pwd)
[ "$build" != "$src" ] || { echo "check.sh: the build folder must not be the source folder" >&2; exit 2; }
rm -f "$build"/*.v "$build"/*.vo "$build"/*.vok "$build"/*.vos "$build"/*.glob
cp "$src"/*.v "$build"/ || exit 2
fail=0
bad() { echo "FAIL: $*" >&2; fail=1; }

if grep -nwE 'Admitted|admit|Axiom|Parameter|Conjecture|Unset Guard Checking|bypass_check' "$src"/*.v; then
  bad "unfinished or assumed statements (above)"
fi
files=$(grep '\.v$' "$src/_CoqProject")
for f in "$src"/*.v; do
  echo "$files" | grep -qx "$(basename "$f")" || bad "$(basename "$f") is not in _CoqProject"
done
cd "$build" || exit 2
for f in $files; do
  coqc -q -w none -Q . Istcheck "$f" || { bad "$f does not compile"; exit 1; }
done

# One query file for all theorems of links.tsv.
tab=$(printf '\t')
tail -n +2 "$links" | cut -f3 | tr ',' '\n' | sed 's/ //g' | grep -v '^-$' | grep . | sort -u > theorems.txt
echo 'From mathcomp Require Import all_ssreflect all_algebra.' > query.v
for f in $files; do echo "From Istcheck Require ${f%.v}." >> query.v; done
echo 'Set Printing Width 1000000.' >> query.v
while read -r t; do
  {
    echo "Goal True. idtac \"@@STATEMENT $t\". Abort."
    echo "Check @$t."
    echo "Goal True. idtac \"@@ASSUMPTIONS $t\". Abort."
    echo "Print Assumptions $t."
  } >> query.v
done < theorems.txt
coqc -q -w none -Q . Istcheck query.v > query.out 2> query.err || { cat query.err >&2; bad "a theorem of links.tsv does not exist"; exit 1; }
awk '/^@@/ { if (line != "") print line; line = $0; next } { gsub(/^[ \t]+/, ""); line = line " " $0 } END { if (line != "") print line }' query.out > query.lines

# Assumptions: only 'Closed under the global context' or listed axioms.
grep '^@@ASSUMPTIONS' query.lines > assumptions.txt
while read -r tag t rest; do
  case $rest in
    "Closed under the global context") ;;
    *) for a in $(printf '%s\n' "$rest" | sed 's/^Axioms://' | grep -oE '[A-Za-z_][A-Za-z0-9_.'"'"']* :' | sed 's/ ://'); do
         grep -qE "^$a([[:space:]]|\$)" "$src/allowed-axioms.txt" || bad "$t rests on the axiom $a"
       done ;;
  esac
done < assumptions.txt

# The approved statements.
sed -n 's/^@@STATEMENT //p' query.lines > statements.new
if [ $approve = 1 ]; then cp statements.new "$src/statements.txt"; fi
if ! diff -u "$src/statements.txt" statements.new; then
  bad "statements differ from rocq/statements.txt (check.sh --approve accepts them)"
fi

# The table.
printf 'claim | restated claim | status | theorem | statement | assumptions\n'
tail -n +2 "$links" > rows.txt
while IFS="$tab" read -r id status thms remark; do
  [ -n "$id" ] || continue
  case $status in
    proved-as-printed|proved-repaired|refuted|not-general) ;;
    *) bad "$id: unknown status '$status'" ;;
  esac
  if [ "$status" != proved-as-printed ] && [ -z "$remark" ]; then bad "$id: status $status needs a remark"; fi
  claim=$(grep -hF "(* CLAIM $id: " "$src"/*.v | head -n 1 | sed 's/^(\* CLAIM [^:]*: //; s/ \*)$//')
  if [ "$thms" = - ]; then
    [ "$status" = not-general ] || bad "$id: status $status needs a theorem"
    printf '%s | %s | %s | - | - | -\n' "$id" "${claim:-$remark}" "$status"
    continue
  fi
  [ -n "$claim" ] || bad "$id: no line (* CLAIM $id: ... *) in rocq/*.v"
  for t in $(printf '%s' "$thms" | tr ',' ' '); do
    st=$(grep -F "@@STATEMENT $t " query.lines | head -n 1 | sed "s/^@@STATEMENT $t //" | cut -c "1-$width")
    as=$(grep -F "@@ASSUMPTIONS $t " query.lines | head -n 1 | sed "s/^@@ASSUMPTIONS $t //" | cut -c "1-$width")
    printf '%s | %s | %s | %s | %s | %s\n' "$id" "$claim" "$status" "$t" "$st" "$as"
  done
done < rows.txt

# Every CLAIM line belongs to a row, every required claim has exactly one row.
grep -hoE '\(\* CLAIM [a-z0-9-]+:' "$src"/*.v | sed 's/(\* CLAIM //; s/:$//' | sort > claims.txt
for id in $(uniq -d claims.txt); do bad "two CLAIM lines for $id"; done
for id in $(sort -u claims.txt); do
  cut -f1 rows.txt | grep -qx "$id" || bad "CLAIM $id has no row in links.tsv"
done
for id in $(grep -v '^#' "$src/claims.txt"); do
  [ "$(cut -f1 rows.txt | grep -cx "$id")" = 1 ] || bad "claim $id has no single row in links.tsv"
done
[ $fail = 0 ] && echo "all $(wc -l < theorems.txt) theorems checked, $(wc -l < rows.txt) claims covered"
exit $fail
