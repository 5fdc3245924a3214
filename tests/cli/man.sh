#!/usr/bin/env bash
# Every program and command has a manual page, made from its --help, with every option of it; man formats each
# without a warning; the examples that only read what is installed have paths there.
set -uo pipefail
# shellcheck source=tests/cli/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

scripts/make_man.sh "$(dirname "$program")" "$work/man" /somewhere || exit 1
commands=$("$program" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
[ "$(wc -w <<<"$commands")" -ge 9 ] || fail "istcheck --help lists too few commands: $commands"
expected=$(printf '%s\n' istcheck istcheck-check; for command in $commands; do echo "istcheck-$command"; done)
diff <(sort <<<"$expected") <(cd "$work/man" && printf '%s\n' * | sed 's/\.1$//' | sort) >"$work/out" || fail "other pages than programs and commands"

shown() { LC_ALL=C.UTF-8 MANWIDTH=100 man --warnings -E UTF-8 -l "$1" 2>"$work/err" | col -bx; }
options=0
for page in $expected; do
  shown "$work/man/$page.1" >"$work/out" || fail "man cannot show $page"
  [ ! -s "$work/err" ] || fail "man warns about $page"
  for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
    grep -qx "$section" "$work/out" || fail "$page has no section $section"
  done
  name=$(sed -n '/^NAME$/{n;p}' "$work/out" | tr -s ' ')
  [[ "$name" =~ ^\ +$page\ -\ [a-zA-Z].{10,}$ ]] || fail "$page says of itself: $name"
  case $page in
    istcheck-check) help=("$program-check") ;;
    istcheck) help=("$program") ;;
    *) help=("$program" "${page#istcheck-}") ;;
  esac
  words=$("${help[@]}" --help | grep -oE -- '(^|[ ,[])--?[a-z0-9-]*[a-z0-9]' | tr -d ' ,[' | sort -u)
  for word in $words; do
    grep -qF -- "$word" "$work/out" || fail "$page lacks $word"
    options=$((options + 1))
  done
done
[ "$options" -ge 100 ] || fail "only $options options were looked for"
run 0 grep -rh 'istcheck analyze /somewhere/share/istcheck/cases/paper/' "$work/man"
sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' "$work"/man/*.1 >"$work/examples"
run 1 grep -E ' (cases|proofs/claims)/' "$work/examples"
run 1 grep -r ' docs/' "$work/man"
finish "man: $options options on $(wc -w <<<"$expected") pages"
