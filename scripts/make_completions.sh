#!/bin/sh
# Makes the completions of istcheck and istcheck-check for bash, zsh and fish from what --help prints.
#   scripts/make_completions.sh PROGRAMS OUT
# PROGRAMS is the folder of both programs; OUT gets istcheck.bash, _istcheck and istcheck.fish.
set -eu
[ $# -eq 2 ] || { echo "usage: scripts/make_completions.sh PROGRAMS OUT" >&2; exit 2; }
programs=$1 out=$2
help_scripts=$(cd "$(dirname "$0")" && pwd)/help
# shellcheck source=scripts/help/records.sh
. "$help_scripts/records.sh"

mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
records "$programs/istcheck" >"$work/records"
commands=$(all_commands "$programs/istcheck")
[ -n "$commands" ] || { echo "make_completions.sh: istcheck --help lists no command" >&2; exit 1; }
for command in $commands; do records "$programs/istcheck" "$command" >>"$work/records"; done
records "$programs/istcheck-check" >>"$work/records"

completion() { # completion SHELL FILE: the table takes the place of its mark in completion.SHELL
  awk -f "$help_scripts/$1.awk" "$work/records" >"$work/table"
  awk -v table="$work/table" '/^@TABLE@$/ {while ((getline line < table) > 0) print line; next} {print}' \
    "$help_scripts/completion.$1" >"$out/$2"
}
completion bash istcheck.bash
completion zsh _istcheck
completion fish istcheck.fish
