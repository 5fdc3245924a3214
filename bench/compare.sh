#!/bin/sh
# The same work on the same inputs in istcheck, FLINT with Arb, PARI/GP and SymPy, in one go; prints the
# tables of docs/performance.md.
#
#     bench/compare.sh [--quick] [--rounds N] [--seconds S] [--build FOLDER] [--no-build]
#
# --quick     one short round, a minute: shows that everything works, measures badly
# --rounds    how often all programs take their turn (5); medians over the rounds are shown
# --seconds   CPU time for one task of one program in one round (0.3)
# --build     CMake's build folder, made when missing (build/bench); --no-build takes it as it is
#
# Tools that are missing are named and their columns stay empty. Fails when two programs that did the
# same task disagree about the result.
set -eu

usage() { sed -n '2,/^set/{/^#/s/^#\{1\} \{0,1\}//p;}' "$0"; }

source=$(cd "$(dirname "$0")/.." && pwd)
build=$source/build/bench
rounds=5 seconds=0.3 make=yes
while [ $# -gt 0 ]; do
  case $1 in
    --quick) rounds=1 seconds=0.02 ;;
    --rounds) rounds=$2; shift ;;
    --seconds) seconds=$2; shift ;;
    --build) build=$2; shift ;;
    --no-build) make=no ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

if [ "$make" = yes ]; then
  cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DISTCHECK_BENCHMARKS=ON \
    -DISTCHECK_TESTS=OFF >&2
  cmake --build "$build" --target compare_inputs compare_istcheck compare_flint >&2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/bench/compare_inputs" "$work"

programs="istcheck flint"
if command -v gp >/dev/null; then
  programs="$programs pari"
else
  echo "compare.sh: gp is missing (Debian: pari-gp): no column for PARI" >&2
fi
python=
for candidate in /usr/bin/python3 python3; do
  if "$candidate" -c 'import sympy' 2>/dev/null; then python=$candidate; break; fi
done
if [ -n "$python" ]; then
  programs="$programs sympy"
else
  echo "compare.sh: SymPy is missing (Debian: python3-sympy): no column for it" >&2
fi

run() {
  case $1 in
    istcheck) "$build/bench/compare_istcheck" "$work" "$seconds" ;;
    flint) "$build/bench/compare_flint" "$work" "$seconds" ;;
    pari)
      printf 'folder = "%s"; budget = %s;\nread("%s");\n' "$work" "$seconds" \
        "$source/bench/compare/pari.gp" | gp -q -f -D parisizemax=2G 2>"$work/errors" ;;
    sympy) "$python" "$source/bench/compare/sympy_tasks.py" "$work" "$seconds" ;;
  esac
}

round=1
while [ "$round" -le "$rounds" ]; do
  for program in $programs; do
    echo "compare.sh: round $round of $rounds: $program" >&2
    run "$program" >"$work/out"
    cat "$work/out" >>"$work/times"
  done
  round=$((round + 1))
done

version() {
  case $1 in
    cpu) sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 ;;
    pari) echo "PARI/GP $(gp --version-short)" ;;
    sympy) "$python" -c 'import sympy; print("SymPy", sympy.__version__)' ;;
    flint) "$build/bench/compare_flint" --version ;;
    istcheck) echo "istcheck $(git -C "$source" rev-parse --short HEAD 2>/dev/null || echo '')" ;;
  esac
}
printf '%s; medians of %s rounds of %s s a task, CPU time.\n' "$(version cpu)" "$rounds" "$seconds"
for program in $programs; do printf '%s. ' "$(version "$program")"; done
printf '\n\n'
awk -f "$source/bench/compare/table.awk" "$work/times"
