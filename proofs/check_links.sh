#!/bin/sh
# Checks that claims and theorems name each other; reads text only, so it takes no time.
# usage: check_links.sh [--without-readings] [ROOT]
# ROOT (by default the folder of this script) holds
#   claims/rows.tsv       the rows of the paper's formulas, and the claims that state each
#   claims/*/*.claim      the claims; 'proof WORD MODULE.THEOREM' names a theorem and what it does
#   links.tsv             ID, status, theorems, remark
#   rocq/MODULE.v         the theorems; (* CLAIM ID: ... *) restates what they prove
# An ID is a row, a claim, or either of them followed by +NAME for a statement that goes with it.
# Fails (exit 1) unless
#   every row, and every claim that is in no row, has exactly one line in links.tsv;
#   every ID is that of an existing row or claim, with a known status and, unless proved as printed, a remark;
#   every theorem of links.tsv exists, and its ID has exactly one CLAIM line;
#   every claim names a theorem of its row (or its own line), or has a line 'not-general' with the reason;
#   a refuted line has a claim that is expected to be refuted, and the line of a claim agrees with the claim;
#   every line with theorems is named back: by a claim, or it is a +NAME beside a line that is;
#   somebody has read each claim beside its theorem (check_readings.sh, left out on demand).
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
readings=yes
if [ "${1:-}" = --without-readings ]; then readings=no; shift; fi
root=${1:-$here}
cd "$root" || exit 2
ls links.tsv claims/rows.tsv rocq/*.v claims/*/*.claim > /dev/null || exit 2
awk '
function bad(text) { print "FAIL: " text > "/dev/stderr"; failed = 1 }
function base(id) { sub(/\+.*/, "", id); return id }
function no_slash(path) { sub(/.*\//, "", path); return path }
FNR == 1 { kind = FILENAME ~ /\.claim$/ ? "claim" : FILENAME ~ /\.v$/ ? "proof" : no_slash(FILENAME) }

kind == "claim" && $1 == "claim" { claim = $2; if (claim in claims) bad("two claims " claim); claims[claim] = 1 }
kind == "claim" && $1 == "proof" {
  if ($2 !~ /^(proves|refutes|part|related)$/) bad("claim " claim ": proof " $2 ", expected proves, refutes, part or related")
  proof[claim] = proof[claim] (proof[claim] == "" ? "" : " ") $3
  words[$2]++
}
kind == "claim" && $1 == "expect" { expected[claim] = $2 }

kind == "proof" && /^(Theorem|Lemma|Corollary) / {
  module = no_slash(FILENAME); sub(/\.v$/, "", module)
  name = $2; sub(/[^A-Za-z0-9_\x27].*/, "", name)
  theorems[module "." name] = 1
}
kind == "proof" && /^\(\* CLAIM / { id = $3; sub(/:$/, "", id); restated[id]++ }

kind == "rows.tsv" && !/^#/ && NF {
  if ($1 in rows) bad("two rows " $1)
  rows[$1] = 1
  for (i = 2; i <= NF; i++) { in_row[$i] = 1; states[$1, $i] = 1; of_row[++pairs] = $1 SUBSEP $i }
}

kind == "links.tsv" && FNR > 1 {
  fields = split($0, f, "\t")
  id = f[1]
  if (id in status) bad("two lines for " id " in links.tsv")
  status[id] = f[2]; remark[id] = fields >= 4 ? f[4] : ""
  count[id] = f[3] == "-" ? 0 : split(f[3], list, ",")
  for (i = 1; i <= count[id]; i++) { listed[id, list[i]] = 1; listed_in[list[i]] = listed_in[list[i]] " " id }
}

# The IDs under which the theorem of a claim may stand: the claim, its rows, and what goes with them.
function stands_under(c, theorem,   ids, n, i, b, found) {
  found = 0
  n = split(listed_in[theorem], ids, " ")
  for (i = 1; i <= n; i++) {
    b = base(ids[i])
    if (b == c || ((b, c) in states)) { named[ids[i]] = 1; found = 1 }
  }
  return found
}

# Whether a claim that id stands for is expected to be refuted.
function expects_refutation(id,   b, c) {
  b = base(id)
  if (b in claims) return expected[b] == "refuted"
  for (c in claims) if (((b, c) in states) && expected[c] == "refuted") return 1
  return 0
}

END {
  for (i = 1; i <= pairs; i++) {
    split(of_row[i], p, SUBSEP)
    if (!(p[2] in claims)) bad("row " p[1] " names the claim " p[2] ", which does not exist")
  }
  for (r in rows) if (!(r in status)) bad("row " r " has no line in links.tsv")
  for (c in claims) {
    if (!(c in in_row) && !(c in status)) bad("claim " c " is in no row and has no line in links.tsv")
    if (c in proof) {
      named_by = split(proof[c], list, " ")
      for (i = 1; i <= named_by; i++) {
        if (!(list[i] in theorems)) bad("claim " c " names the theorem " list[i] ", which does not exist")
        else if (!stands_under(c, list[i])) bad("links.tsv does not list " list[i] " for the claim " c)
      }
      if (c in status && status[c] == "not-general") bad(c " is not general but names a theorem")
    } else if (!(c in status) || status[c] != "not-general")
      bad("claim " c " names no theorem, and no line of links.tsv says why")
  }
  for (id in status) {
    if (!(base(id) in rows) && !(base(id) in claims)) bad("links.tsv: no row and no claim " base(id))
    if (status[id] !~ /^(proved-as-printed|proved-repaired|refuted|not-general)$/) bad(id ": unknown status " status[id])
    if (status[id] != "proved-as-printed" && remark[id] == "") bad(id ": status " status[id] " needs a remark")
    if (status[id] == "not-general" && count[id] > 0) bad(id " is not general but lists theorems")
    if (status[id] != "not-general" && count[id] == 0) bad(id ": status " status[id] " needs a theorem")
    if (status[id] == "refuted" && id == base(id) && !expects_refutation(id)) bad(id " is refuted, but no claim expects that")
    if (id in claims && status[id] ~ /^proved/ && expected[id] == "refuted" && !(id in rows)) bad(id " is " status[id] ", but its claim is expected to be refuted")
    if (count[id] > 0 && restated[id] != 1) bad(id ": " restated[id] + 0 " lines (* CLAIM " id ": ... *), expected one")
    if (count[id] > 0 && !(id in named) && !(id != base(id) && base(id) in named)) bad("no claim of " id " names a theorem of its line")
  }
  for (id in restated) if (!(id in status)) bad("CLAIM " id " has no line in links.tsv")
  for (t in listed_in) if (!(t in theorems)) bad("links.tsv names the theorem " t ", which does not exist")
  if (failed) exit 1
  for (r in rows) number_of_rows++
  for (c in claims) if (c in proof) linked++; else unlinked++
  printf "%d rows; %d claims name a theorem, %d are not general\n", number_of_rows, linked, unlinked
  printf "theorems that prove a claim: %d, that refute one: %d, of a part: %d, related: %d\n", words["proves"], words["refutes"], words["part"], words["related"]
}' claims/rows.tsv claims/*/*.claim rocq/*.v links.tsv
code=$?
if [ $readings = yes ]; then "$here/check_readings.sh" . || code=1; fi
exit $code
