# Sourced at the beginning of the scripts of tests/cli: the program that is their first argument, the root of the
# sources, a folder that is removed at the end, and what is said of failures.
# shellcheck shell=bash disable=SC2034  # the scripts use these variables
program=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
export PYTHONPATH=$root/tests/cli/lib PYTHONDONTWRITEBYTECODE=1 # for terminal.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
# Ended from outside, because it took too long (tests/CMakeLists.txt): says in which command.
running=none
trap 'fail "ended from outside; the last command was: $running"; exit 1' TERM

# fail WORDS…: says what is wrong and the first lines that the last command wrote, and goes on.
fail() {
  failures=$((failures + 1))
  echo "FAILED: $*" >&2
  [ ! -e "$work/err" ] || sed 's/^/  stderr: /' "$work/err" | head -n 10 >&2
  [ ! -e "$work/out" ] || sed 's/^/  stdout: /' "$work/out" | head -n 10 >&2
}
# run CODE COMMAND…: the command ends with this exit code; what it writes is in $work/out and $work/err.
run() {
  local code=$1 status
  shift
  running=$*
  "$@" >"$work/out" 2>"$work/err"
  status=$?
  [ "$status" -eq "$code" ] || fail "exit code $status, expected $code: $*"
}
# has FILE TEXT: the text is in the file.
has() { grep -qF -- "$2" "$1" || fail "no '$2' in $1"; }
# finish NAME: the end of a script that goes on after failures.
finish() {
  [ "$failures" -eq 0 ] && echo "$1: all as expected"
  exit $((failures > 0))
}
# make_shipped PART: $shipped has what lib/shipped.sh makes. ctest makes it once for all (ISTCHECK_SHIPPED); by hand it
# is made here.
make_shipped() {
  shipped=${ISTCHECK_SHIPPED:-$work/shipped}
  [ -n "${ISTCHECK_SHIPPED:-}" ] || bash "$root/tests/cli/lib/shipped.sh" "$program" "$shipped" "$1" || exit 1
}
