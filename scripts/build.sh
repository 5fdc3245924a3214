#!/bin/sh
# Configures and builds one preset:
#   scripts/build.sh PRESET [--target NAME]… [--strict] [cmake options …]
# Shows one line with the time left on a terminal, and a line every ten percent elsewhere; a failing step is shown with
# all that the compiler said of it. Warnings are shown at the end, also those of files that an earlier build compiled.
#   --target NAME   only this target; may be given several times; everything when left out
#   --strict        exit code 1 if there is any warning
# All that was said is in build/PRESET/build.log.
set -eu
cd "$(dirname "$0")/.."
usage() {
  echo "usage: scripts/build.sh PRESET [--target NAME]… [--strict] [cmake options …]" >&2
  exit 2
}
[ $# -gt 0 ] || usage
case $1 in -*) usage ;; esac
preset=$1
shift
targets='' named='' strict=no
# What is not ours goes back to the end of the arguments, for cmake.
for argument; do
  shift
  case $named$argument in
    --target) named=next: ;;
    next:*) targets="$targets $argument" named='' ;;
    --strict) strict=yes ;;
    *) set -- "$@" "$argument" ;;
  esac
done
[ -z "$named" ] || usage

folder=build/$preset
mkdir -p "$folder/warnings"
cmake --preset "$preset" "$@" >"$folder/configure.log" 2>&1 || {
  cat "$folder/configure.log" >&2
  exit 1
}
if grep -q 'CMake Warning' "$folder/configure.log"; then cat "$folder/configure.log" >&2; fi

# Reads what Ninja says, step by step: "@finished/of seconds@ what" and then what the step itself wrote.
follow() {
  step='' said='' failed='' last=0 code=1 shown=''
  if [ -t 1 ]; then terminal=yes; else terminal=no; fi
  say() {
    if [ "$terminal" = yes ]; then
      printf '\r\033[K%s' "$1"
      shown=yes
    else
      printf '%s\n' "$1"
    fi
  }
  clear_line() {
    [ -z "$shown" ] || printf '\r\033[K'
    shown=''
  }
  # duration SECONDS
  duration() {
    if [ "$1" -ge 90 ]; then
      echo "$((($1 + 30) / 60)) min"
    else
      echo "$1 s"
    fi
  }
  # finish_step: shows what a failing step said, and keeps warnings in a file of their own until the step runs again.
  finish_step() {
    [ -n "$step" ] || return 0
    kept=$folder/warnings/$(printf '%s' "${step##* }" | tr -c 'A-Za-z0-9.' _)
    case $said in
      "FAILED: "* | *"
FAILED: "*)
        clear_line
        printf '%s\n%s' "$step" "$said" >&2
        failed="$failed
  $step"
        rm -f "$kept"
        ;;
      *warning:*)
        # The first line says which file of the build it belongs to.
        printf '%s\n%s' "${step##* }" "$said" >"$kept"
        ;;
      *) rm -f "$kept" ;;
    esac
    step='' said=''
  }
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $line in
      @[0-9]*/[0-9]*@*)
        finish_step
        counts=${line#@}
        counts=${counts%%@*}
        step=${line#@*@ }
        finished=${counts%%/*} of=${counts#*/}
        seconds=${of#* } of=${of% *}
        seconds=${seconds%%.*}
        [ "$finished" -gt 0 ] || continue
        left=$((seconds * (of - finished) / finished))
        percent=$((100 * finished / of))
        if [ "$terminal" = yes ] || [ "$percent" -ge $((last + 10)) ]; then
          last=$((percent - percent % 10))
          say "Building $preset: $finished of $of, about $(duration "$left") left"
        fi
        ;;
      "@exit "*) code=${line#@exit } ;;
      "ninja: no work to do."*) say "Building $preset: everything is up to date" ;;
      "ninja: build stopped"*) ;;
      "ninja: error"*)
        clear_line
        printf '%s\n' "$line" >&2
        ;;
      *) [ -z "$step" ] || said="$said$line
" ;;
    esac
  done
  finish_step
  if [ "$code" -ne 0 ]; then
    clear_line
    printf 'Building %s failed, exit code %s:%s\n' "$preset" "$code" "${failed:- see $folder/build.log}" >&2
  elif [ -n "${finished:-}" ] && [ "$finished" -gt 0 ]; then
    clear_line
    printf 'Built %s: %s steps in %s\n' "$preset" "$finished" "$(duration "$seconds")"
  else
    [ -z "$shown" ] || echo
  fi
  return "$code"
}

# Compilers say "warning:" in English only.
export LC_ALL=C.UTF-8
code=0
# shellcheck disable=SC2086  # the list is meant to split
{
  NINJA_STATUS='@%f/%t %e@ ' cmake --build --preset "$preset" ${targets:+--target $targets} 2>&1 && built=0 || built=$?
  echo "@exit $built"
} | follow 3>"$folder/build.log" || code=$?

# Warnings of what is still part of the build.
warned=0
for kept in "$folder"/warnings/*; do
  [ -e "$kept" ] || continue
  IFS= read -r object <"$kept" || object=
  case $object in
    */*)
      [ -n "${known:-}" ] || known=$(ninja -C "$folder" -t targets all)
      case $known in
        *"
$object: "*) ;;
        *)
          rm -f "$kept"
          continue
          ;;
      esac
      ;;
  esac
  warned=$((warned + 1))
  sed 1d "$kept" >&2
done
if [ "$warned" -gt 0 ]; then
  echo "$preset: steps with warnings: $warned, see above" >&2
  [ "$strict" = no ] || [ "$code" -ne 0 ] || code=1
fi
exit "$code"
