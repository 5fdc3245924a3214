#!/usr/bin/env bash
# What bash, zsh and fish propose, with the completions made from --help, is what the programs have: every option of
# every command, the commands, the words of a choice, the names of claims, files and folders. Shells that are not
# installed are left out, with a line that says so.
# shellcheck disable=SC2317,SC2016  # the functions are called by "by_$shell", the shells expand their own variables
set -uo pipefail
# shellcheck source=tests/cli/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

programs=$(dirname "$program")
PATH=$programs:$PATH
scripts/make_completions.sh "$programs" "$work/made" || exit 1
run 0 bash -n "$work/made/istcheck.bash"

# What a shell proposes for a line, one word a line, sorted. The last word is the one to complete.
by_bash() {
  bash -c '
    . "$1"
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _istcheck 2>/dev/null
    [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' - "$work/made/istcheck.bash" "$@" | sort -u
}
by_zsh() {
  local word line=''
  for word in "$@"; do line+="$word "; done
  timeout 60 zsh -f "$root/tests/cli/lib/complete.zsh" "$work/made" "${line% }"
}
by_fish() {
  HOME=$work fish -c 'source $argv[1]; complete -C "$argv[2]"' "$work/made/istcheck.fish" "$*" | cut -f 1 | sort -u
}

shells=bash
for shell in zsh fish; do
  if command -v "$shell" >/dev/null; then
    shells="$shells $shell"
    case $shell in zsh) file=_istcheck ;; *) file=istcheck.$shell ;; esac
    run 0 "$shell" -n "$work/made/$file"
  else
    echo "completion: $shell is not installed, so it is left out"
  fi
done

compared=0
# same EXPECTED WORDS…: every shell proposes exactly these words (one a line).
same() {
  local expected=$1 shell
  shift
  for shell in $shells; do
    "by_$shell" "$@" >"$work/proposed"
    diff <(sort -u <<<"$expected") "$work/proposed" >"$work/out" || fail "$shell proposes for '$*' (>) other words than expected (<)"
    compared=$((compared + 1))
  done
}
# among WORD WORDS…: every shell proposes this word, perhaps with a slash, among others.
among() {
  local expected=$1 shell
  shift
  for shell in $shells; do
    "by_$shell" "$@" >"$work/out"
    grep -qxE -- "$expected/?" "$work/out" || fail "$shell does not propose $expected for '$*'"
    compared=$((compared + 1))
  done
}

long_options() { "$@" --help | grep -oE -- '^  (-[A-Za-z],)?--[a-z0-9-]+' | grep -oE -- '--.*'; }
commands=$("$program" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
same "$commands" istcheck ''
same "$(long_options "$program")" istcheck --
for command in $commands; do same "$(long_options "$program" "$command")" istcheck "$command" --; done
same "$(istcheck-check --help | sed '/^$/,$d' | grep -oE -- '--[a-z]+' | sed '$a --help')" istcheck-check --

formats=$("$program" report --help | sed -n 's/^  --formats [A-Z]*:{\(.*\)}.*/\1/p' | tr , '\n')
[ "$(wc -l <<<"$formats")" -ge 5 ] || fail "report --help shows no choice of formats"
same "$formats" istcheck report --formats ''
same $'case\nclaim' istcheck new c
# Claims: those of the working directory, here the sources.
thm2=$(grep -rhoE '^claim thm2[a-z0-9-]*' proofs/claims | sed 's/^claim //')
[ "$(wc -l <<<"$thm2")" -ge 5 ] || fail "there are too few claims thm2…"
for command in verify report search certify explain; do same "$thm2" istcheck "$command" thm2; done
same "$thm2" istcheck verify remark1-value --details thm2 # a second claim, behind an option
among README.md istcheck analyze READ
among proofs istcheck verify --claims pro
among proofs istcheck-check --all pro
finish "completion: $compared proposals of $shells"
