#!/bin/sh
# Installs the Debian packages that are missing, after saying which; asks nothing.
#   scripts/install.sh          what building and running needs
#   scripts/install.sh tests    also what the tests need
set -eu

build="g++ cmake ninja-build libboost-dev libeigen3-dev libgmp-dev libmpfr-dev libflint-dev
libflint-arb-dev libtomlplusplus-dev rapidjson-dev libcli11-dev libcsv-dev libz3-dev
dpkg-dev file"
# Node.js from elsewhere will do, and Debian's npm cannot stand beside it.
command -v node >/dev/null && command -v npm >/dev/null || build="$build nodejs npm"
tests="catch2 coinor-csdp cvc5 z3 clang clang-format python3 dataset-fashion-mnist make coq libcoq-mathcomp-algebra
libcoq-mathcomp-algebra-tactics libcoq-mathcomp-real-closed libcoq-mathcomp-zify
libbenchmark-dev pari-gp python3-sympy python3-jsonschema texlive-latex-base chromium
debootstrap lintian man-db bsdextrautils zsh fish"

wanted=$build
[ "${1:-}" = tests ] && wanted="$build $tests"

missing=
for package in $wanted; do
  [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = "install ok installed" ] ||
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "These Debian packages are missing, and installing them needs root:$missing" >&2
    exit 2
  }
  as_root=sudo
fi
echo "Installing Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to split
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
