#!/usr/bin/env bash
# How long a newcomer waits, as ratios to an earlier commit, alternating on this machine: the processor time of building
# what run.sh builds, and the wall time of test.sh. Nothing else should run meanwhile; ccache is not used.
#   bench/build.sh [--rounds N] [--tests] [--commit COMMIT]
#     --rounds N     builds of each (1 when left out)
#     --tests        also ./test.sh of each, once: more than an hour
#     --commit C     the earlier one; 37c89e4 when left out
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=1 tests=no commit=37c89e4
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift ;;
    --commit) commit=$2; shift ;;
    --tests) tests=yes ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "bench/build.sh: unknown option $1, see --help" >&2; exit 2 ;;
  esac
  shift
done
export CCACHE_DISABLE=1
work=build/bench-build
rm -rf "$work"
mkdir -p "$work"
for side in old new; do git clone -q . "$work/$side"; done
git -C "$work/old" checkout -q --detach "$commit"
for side in old new; do # each has its own list of packages
  (cd "$work/$side" && if [ "$tests" = yes ]; then scripts/install.sh tests; else scripts/install.sh; fi)
done

# build SIDE: the targets of run.sh, from nothing.
build() {
  rm -rf "$work/$1/build" "$work/$1/web/node_modules"
  if [ -e "$work/$1/bench/build.sh" ]; then
    (cd "$work/$1" && scripts/build.sh release --target istcheck --target istcheck-check)
  else
    (cd "$work/$1" && scripts/build.sh release -DISTCHECK_TESTS=OFF)
  fi
}
# measured FORMAT COMMAND…: bash's time in this format; what the command says goes to a log. Nothing is printed when it fails.
measured() {
  local TIMEFORMAT=$1 spent
  shift
  spent=$({ time "$@" >>"$work/log" 2>&1; } 2>&1) || {
    tail -n 20 "$work/log" >&2
    exit 1
  }
  echo "$spent"
}
add() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.1f", a + b}'; }
ratio() { awk -v old="$1" -v new="$2" 'BEGIN {printf "%.2f", new / old}'; }

echo "processors: $(nproc); $(g++ --version | head -n 1)"
declare -A cpu=([old]=0 [new]=0)
for ((k = 1; k <= rounds; ++k)); do
  for side in old new; do
    read -r user system < <(measured '%U %S' build "$side")
    seconds=$(add "$user" "$system")
    cpu[$side]=$(add "${cpu[$side]}" "$seconds")
    echo "round $k: building what run.sh builds, $side: $seconds s of processor time"
  done
done
echo "building: ratio $(ratio "${cpu[old]}" "${cpu[new]}") of $commit (at most 0.4 is wanted)"
[ "$tests" = yes ] || exit 0
declare -A wall
# The new test.sh must pass. The earlier one may fail, which is said: it runs all its tests before it ends. The new one
# comes first, so that a run that cannot reach the aim is ended after a third of its time.
for side in new old; do
  rm -rf "$work/$side/build" "$work/$side/web/node_modules"
  wall[$side]=$(measured '%R' bash -c "cd '$work/$side' && ./test.sh </dev/null || { echo \$? >'../$side.failed'; [ $side = old ]; }")
  echo "test.sh, $side: ${wall[$side]} s$([ ! -e "$work/$side.failed" ] || echo ", exit code $(cat "$work/$side.failed"): see $work/log")"
done
echo "test.sh: ratio $(ratio "${wall[old]}" "${wall[new]}") of $commit (at most 0.45 is wanted)"
