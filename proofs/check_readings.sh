#!/bin/sh
# Checks that somebody has read the theorem of each claim beside the claim; reads text only, so it takes no time.
# usage: check_readings.sh [ROOT]
# ROOT (by default the folder of this script) holds
#   claims/*/*.claim      the claims; 'proof WORD MODULE.THEOREM' names a theorem and what it does
#   rocq/statements.txt   what Coq prints for the definitions and for the theorems
#   readings/*.txt        the readings:
#     reading CLAIM MODULE.THEOREM MARK
#     claim  a clause of the claim, word by word, on one line
#     proof  what in the statement says this; `quotes` are pieces of it or of the definitions that it uses, word by word
#     beside what the theorem has beside the claim, and why that is no restriction
#     differs where the theorem does not state the claim
# MARK stands for the statement and all definitions that it uses: when one of them changes, somebody has to read again.
# Fails (exit 1) unless
#   every link 'proves' or 'refutes' has one reading, and every reading is that of a link;
#   the clauses of a reading are those of the claim in their order, each with its line 'proof';
#   every quote stands in the statement or in a definition that it uses, and MARK is right;
#   only a link 'part' or 'related' has a reading with a line 'differs'.
set -u
root=${1:-$(dirname "$0")}
cd "$root" || exit 2
ls rocq/statements.txt claims/*/*.claim > /dev/null || exit 2
marks=$(mktemp -d) || exit 2
trap 'rm -rf "$marks"' EXIT
set -- readings/*.txt
[ -e "$1" ] || set --

# One file per theorem that is read: its statement, then the definitions in the order in which they are met.
awk -v folder="$marks" '
FILENAME == "rocq/statements.txt" {
  name = $1 == "Record" ? $2 : $1
  if (name in line) { print "FAIL: two statements " name > "/dev/stderr"; exit 1 }
  line[name] = $0
  next
}
function meet(name) { if (name in line && !(name in met)) { met[name] = 1; list[++length_of_list] = name } }
/^reading / { theorem[$3] = 1 }
END {
  for (t in theorem) {
    name = t; sub(/.*\./, "", name)
    if (!(name in line)) continue
    split("", met); length_of_list = 0; meet(name)
    for (i = 1; i <= length_of_list; i++) {
      print line[list[i]] > (folder "/" t)
      # Coq puts the module before a name that two modules have.
      words = split(line[list[i]], word, /[^A-Za-z0-9_\x27.]+/)
      for (j = 1; j <= words; j++) {
        sub(/^[.]+/, "", word[j]); sub(/[.]+$/, "", word[j])
        if (word[j] in line) meet(word[j])
        else { parts = split(word[j], part, /[.]/); for (k = 1; k <= parts; k++) meet(part[k]) }
      }
    }
    close(folder "/" t)
  }
}' rocq/statements.txt "$@" || exit 1
list=$(cd "$marks" && find . -type f -exec sha256sum {} + | sed 's/^\(.\{12\}\).*\.\/\(.*\)/\2 \1/')
printf '%s\n' "$list" > "$marks/list" || exit 2

awk '
function bad(text) { print "FAIL: " text > "/dev/stderr"; failed = 1 }
# A line of a claim without its comment and the space around it.
function words_of(text,   i, c, quoted) {
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c == "\"") quoted = !quoted
    else if (c == "#" && !quoted) { text = substr(text, 1, i - 1); break }
  }
  gsub(/[ \t\r]+/, " ", text); sub(/^ /, "", text); sub(/ $/, "", text)
  return text
}
function end_of_reading() {
  if (reading == "") return
  if (clause != "") bad("claim " claim ": no line proof after: " clause)
  if (known && given < clauses[claim]) bad("claim " claim ": the reading ends before: " text_of[claim, given + 1])
  reading = ""; clause = ""
}
# The pieces in backticks; a statement may have backticks itself, and is then quoted in two pieces.
function check_quotes(text,   pieces, piece, i, d) {
  pieces = split(text, piece, "`")
  if (pieces % 2 == 0) bad("claim " claim ": a backtick without its other one: " text)
  for (i = 2; i <= pieces; i += 2) {
    for (d = 1; d <= used[theorem]; d++) if (index(line[theorem, d], piece[i])) break
    if (d > used[theorem] && theorem in mark)
      bad("claim " claim ": `" piece[i] "` is neither in the statement of " theorem " nor in a definition that it uses")
  }
}

FNR == 1 {
  kind = FILENAME ~ /\.claim$/ ? "claims" : FILENAME ~ /^readings\// ? "readings" : FILENAME ~ /\/list$/ ? "marks" : "statements"
  about = FILENAME; sub(/.*\//, "", about)
}
kind == "readings" && FNR == 1 { end_of_reading() }

kind == "statements" { line[about, ++used[about]] = $0; next }
kind == "marks" { mark[$1] = $2; next }

kind == "claims" {
  text = words_of($0)
  if (text ~ /^claim /) { claim = $2; last = ""; next }
  if (text ~ /^proof /) { word[claim " " $3] = $2; if ($2 ~ /^(proves|refutes)$/) needed[++needs] = claim " " $3 }
  # Clauses stand two columns in, and what goes on further in.
  if ($0 ~ /^  [a-z}]/ && text != "}") {
    last = ""
    if (text ~ /^(setting|family|forall|let|assume|conclude) /) { last = claim; text_of[claim, ++clauses[claim]] = text; next }
  }
  if (text == "}" && $0 !~ /^  /) last = ""
  if (last != "" && text != "") text_of[last, clauses[last]] = text_of[last, clauses[last]] " " text
  next
}

/^#/ || !NF { next }
$1 == "reading" {
  end_of_reading()
  claim = $2; theorem = $3
  reading = claim " " theorem; given = 0; known = reading in word
  if (reading in read) bad("claim " claim ": two readings of " theorem)
  read[reading] = 1
  if (!known) bad("claim " claim ": a reading of " theorem ", which the claim does not name")
  else if (!(theorem in mark)) bad("claim " claim ": rocq/statements.txt has no statement of " theorem)
  else if (NF != 4 || $4 != mark[theorem])
    bad("claim " claim ": the statement of " theorem " or a definition that it uses has changed; read it again and write the mark " mark[theorem])
  next
}
reading == "" { bad(FILENAME " line " FNR ": expected a line reading"); next }
{
  text = $0; sub(/^[a-z]+ +/, "", text)
  if ($1 == "claim") {
    if (clause != "") bad("claim " claim ": no line proof after: " clause)
    clause = text; given++
    if (known && text != text_of[claim, given])
      bad("claim " claim ": the claim has" (given > clauses[claim] ? " no further clause" : ": " text_of[claim, given]) "; its reading has: " text)
  } else if ($1 == "proof") {
    if (clause == "") bad("claim " claim ": a line proof without its clause: " text)
    clause = ""
  } else if ($1 == "differs") {
    if (word[reading] ~ /^(proves|refutes)$/) bad("claim " claim ": " theorem " differs from the claim, so the link is not " word[reading] ": " text)
  } else if ($1 != "beside") bad(FILENAME " line " FNR ": " $1 ", expected reading, claim, proof, beside or differs")
  if ($1 != "claim") check_quotes(text)
}

END {
  end_of_reading()
  for (i = 1; i <= needs; i++) {
    split(needed[i], n, " ")
    if (!(needed[i] in read)) bad("claim " n[1] ": no reading of " n[2] ", which it says " word[needed[i]] " it")
  }
  if (failed) exit 1
  for (r in read) readings++
  printf "%d readings of %d theorems that prove or refute a claim\n", readings, needs
}' "$marks"/* claims/*/*.claim "$@"
