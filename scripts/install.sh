#!/bin/sh
# Installs the Debian packages that are missing, after saying which; asks nothing.
#   scripts/install.sh          what building and running needs
#   scripts/install.sh tests    also what the tests need
set -eu

build="g++ cmake ninja-build libeigen3-dev libgmp-dev libmpfr-dev libflint-dev
libflint-arb-dev libtomlplusplus-dev rapidjson-dev libcli11-dev libcsv-dev z3
dpkg-dev file"
# Node.js from elsewhere will do, and Debian's npm cannot stand beside it.
command -v node >/dev/null && command -v npm >/dev/null || build="$build nodejs npm"
tests="catch2 coinor-csdp cvc5 clang clang-format python3 dataset-fashion-mnist make coq libcoq-mathcomp-algebra
libcoq-mathcomp-algebra-tactics libcoq-mathcomp-real-closed libcoq-mathcomp-zify
libbenchmark-dev pari-gp python3-sympy python3-jsonschema texlive-latex-base chromium
debootstrap lintian man-db bsdextrautils zsh fish"

wanted=$build
[ "${1:-}" = tests ] && wanted="$build $tests"

missing='' there=0
for package in $wanted; do
  if [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ]; then
    there=$((there + 1))
  else
    missing="$missing $package"
  fi
done
# shellcheck disable=SC2086  # the list is meant to split
set -- $wanted
if [ -z "$missing" ]; then
  echo "Debian packages: all $# there"
  exit 0
fi
echo "Debian packages: $there of $# there, installing:$missing"

as_root=
if [ "$(id -u)" -ne 0 ]; then
  # -n: a password is not asked for.
  sudo -n true 2>/dev/null || {
    echo "Installing needs root. As root: apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 2
  }
  as_root='sudo -n'
fi

# apt ARGUMENTS…: apt-get, as soon as the package manager is free. A machine that was just started holds its locks for
# minutes. DPkg::Lock::Timeout waits for the locks of dpkg alone, so apt-get is called again while it says that
# somebody has any lock, for ISTCHECK_LOCK_WAIT seconds in all.
patience=${ISTCHECK_LOCK_WAIT:-900}
began=$(date +%s)
apt() {
  told=
  until said=$($as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -q -o DPkg::Lock::Timeout=2 "$@" 2>&1); do
    # "… Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 123 (apt-get)", perhaps with dots.
    held=$(printf '%s\n' "$said" | sed -n 's/^.*Could not get lock //; t found; d; :found; s/\.*$//; p; q')
    if [ -z "$held" ]; then
      printf '%s\n' "$said" >&2
      exit 1
    fi
    if [ $(($(date +%s) - began)) -ge "$patience" ]; then
      echo "The package manager is still busy after $patience s: $held" >&2
      exit 1
    fi
    [ "$held" = "$told" ] || echo "Waiting for the package manager: $held"
    told=$held
    sleep 1
  done
}
apt update
# shellcheck disable=SC2086  # the list is meant to split
apt install -y --no-install-recommends $missing
