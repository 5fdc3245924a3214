#!/usr/bin/env bash
# scripts/install.sh says what is there, and waits for whoever has a lock of the package manager. apt works in a folder
# of its own here; as root the real lock is held once too. Nothing is installed: one package is only said to be missing.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

mkdir -p "$work/bin" "$work/dpkg" "$work/lists/partial" "$work/cache/archives/partial" "$work/etc"
cat >"$work/bin/dpkg-query" <<'P'
#!/bin/sh
for package; do :; done
[ "$package" = "${MISSING:-}" ] || printf 'install ok installed'
P
# Who is not root must not be asked for a password here.
cat >"$work/bin/sudo" <<'P'
#!/bin/sh
[ "$1" = -n ] || exit 9
[ -z "${NO_SUDO:-}" ] || exit 1
shift
exec "$@"
P
chmod +x "$work/bin/dpkg-query" "$work/bin/sudo"
cp /var/lib/dpkg/status "$work/dpkg/status"
cat >"$work/apt.conf" <<P
Dir::State::status "$work/dpkg/status";
Dir::State::lists "$work/lists";
Dir::State::extended_states "$work/dpkg/extended_states";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/etc";
APT::Sandbox::User "";
P
# install [VARIABLE=VALUE…]: the script with these.
# shellcheck disable=SC2317  # run calls it
install() { env PATH="$work/bin:$PATH" APT_CONFIG="$work/apt.conf" "$@" "$root/scripts/install.sh"; }

run 0 install
has "$work/out" 'Debian packages: all '
[ "$(wc -l <"$work/out")" -eq 1 ] || fail "more than one line where nothing is missing"

# dpkg itself must be installed for apt to find that there is nothing to do.
run 0 install MISSING=cmake
grep -qE '^Debian packages: ([0-9]+) of ([0-9]+) there, installing: cmake$' "$work/out" || fail "what is there is not said"
[ "$(wc -l <"$work/out")" -eq 1 ] || fail "more than one line where no lock is held"

# hold FILE SECONDS: the lock as apt and dpkg take it; returns when it is held.
hold() {
  rm -f "$work/held"
  python3 -c '
import fcntl, sys, time
with open(sys.argv[1], "a") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX)
    open(sys.argv[3], "w").close()
    time.sleep(float(sys.argv[2]))
' "$1" "$2" "$work/held" &
  holder=$!
  for _ in $(seq 1 100); do
    [ -e "$work/held" ] && return
    sleep 0.05
  done
  fail "the lock $1 could not be held"
}
# waits FILE CONFIGURATION: the script goes on as soon as the lock is free, and says who had it.
waits() {
  local begin=$SECONDS
  hold "$1" 5
  run 0 install MISSING=cmake APT_CONFIG="$2"
  [ $((SECONDS - begin)) -ge 4 ] || fail "it did not wait for $1"
  has "$work/out" "Waiting for the package manager: $1. It is held by process $holder (python3)"
  [ "$(grep -c Waiting "$work/out")" -eq 1 ] || fail "it says more than once that it waits"
  wait "$holder"
}
waits "$work/lists/lock" "$work/apt.conf"
waits "$work/dpkg/lock-frontend" "$work/apt.conf"
if [ "$(id -u)" -eq 0 ]; then
  grep -v State::status "$work/apt.conf" >"$work/real.conf"
  waits /var/lib/dpkg/lock-frontend "$work/real.conf"
else
  echo "skipped: only root can hold the real lock of dpkg"
fi

# It does not wait for ever, and other faults are shown at once.
hold "$work/dpkg/lock-frontend" 60
run 1 install MISSING=cmake ISTCHECK_LOCK_WAIT=2
has "$work/err" "The package manager is still busy after 2 s: $work/dpkg/lock-frontend. It is held by process $holder (python3)"
kill "$holder"
wait "$holder" 2>/dev/null
sed -i '/^Package: cmake$/,/^$/d' "$work/dpkg/status"
run 1 install MISSING=cmake
has "$work/err" 'cmake'
if [ "$(id -u)" -ne 0 ]; then
  run 2 install MISSING=cmake NO_SUDO=yes
  has "$work/err" 'As root: apt-get update && apt-get install -y --no-install-recommends cmake'
fi
finish "scripts/install.sh"
