#!/bin/sh
# Makes the Debian package build/package/istcheck_VERSION_ARCHITECTURE.deb, after building what is not built yet.
set -eu
umask 022
cd "$(dirname "$0")/.."
[ -e build/release/build.ninja ] || scripts/build.sh release --target istcheck --target istcheck-check
cmake --build build/release --target istcheck istcheck-check >/dev/null
rm -rf build/package
cpack --config build/release/CPackConfig.cmake -B build/package >build/package.log 2>&1 || {
  cat build/package.log >&2
  exit 1
}
rm -rf build/package/_CPack_Packages build/package.log
ls build/package/*.deb
