#!/bin/sh
# Makes the manual pages of istcheck, of each of its commands and of istcheck-check from what --help prints.
#   scripts/make_man.sh PROGRAMS OUT PREFIX
# PROGRAMS is the folder of both programs, OUT the folder of the pages, PREFIX where everything will lie (/usr).
set -eu
[ $# -eq 3 ] || { echo "usage: scripts/make_man.sh PROGRAMS OUT PREFIX" >&2; exit 2; }
programs=$1 out=$2 prefix=$3
here=$(cd "$(dirname "$0")" && pwd)
help_scripts=$here/help
# shellcheck source=scripts/help/records.sh
. "$help_scripts/records.sh"

version=$("$programs/istcheck" --version)
commands=$(all_commands "$programs/istcheck")
[ -n "$commands" ] || { echo "make_man.sh: istcheck --help lists no command" >&2; exit 1; }
pages=istcheck
for command in $commands; do pages="$pages istcheck-$command"; done
pages="$pages istcheck-check"
# "0 done|1 …" from the table in the manual, for commands whose help does not list its own.
codes=$(awk -F ' *[|] *' '/^\| code \| meaning \|/ {on = 1; next}
  on && $2 ~ /^[0-9]$/ {printf "%s%s %s", found++ ? "|" : "", $2, $3} on && !/^\|/ {exit}' "$here/../docs/manual.md")
[ -n "$codes" ] || { echo "make_man.sh: no table of exit codes in docs/manual.md" >&2; exit 1; }

mkdir -p "$out"
page() { # page NAME PROGRAM [COMMAND]
  records "$programs/$2" "${3:-}" | awk -v version="${version#istcheck }" -v data="$prefix/share/istcheck" \
    -v docs="$prefix/share/doc/istcheck" -v codes="$codes" -v pages="$pages" -f "$help_scripts/man.awk" >"$out/$1.1"
}
page istcheck istcheck
for command in $commands; do page "istcheck-$command" istcheck "$command"; done
page istcheck-check istcheck-check
