#!/usr/bin/env bash
# Does what the Dockerfile says, without Docker. First stage, here: the Debian package is made; lintian looks at it.
# Second stage, in a clean Debian made with debootstrap: the package is installed; then programs, manual pages and
# completions are tried there, and once more after the installed files were moved and the package removed.
# Needs root, debootstrap, and the mirror that apt uses; exit code 77 where one is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=tests/package root=build/package-root cache=build/package-cache

skip() {
  echo "package: skipped: $1"
  exit 77
}
die() {
  echo "package: FAILED: $1" >&2
  exit 1
}
began=$SECONDS
step() { printf '%4s s  %s\n' "$((SECONDS - began))" "$1"; }
instructions() { awk -f "$here/dockerfile.awk" Dockerfile | awk -F '\t' -v stage="$1" '$1 == stage {print $2 "\t" $3}'; }

# What this machine must have. The second stage runs in a mount namespace of its own, which takes its file systems
# with it when it ends.
if [ "${1:-}" != inside ]; then
  [ "$(id -u)" -eq 0 ] || skip "debootstrap needs root"
  for program in debootstrap lintian man; do
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
  unshare --mount true 2>/dev/null || skip "no mount namespace can be made here"
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}") release=$(. /etc/os-release && echo "${VERSION_ID:-}")
  from=$(awk -f "$here/dockerfile.awk" Dockerfile | awk -F '\t' '$2 == "FROM" {split($3, words, " "); print words[1]}')
  for image in $from; do
    [[ "$image" =~ ^debian:$release(-slim)?$ ]] || skip "this machine is not $image"
  done
  [ "$(wc -w <<<"$from")" -eq 2 ] || die "the Dockerfile has not two stages"
  # shellcheck disable=SC2016  # apt's fields
  mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$suite" '$1 == suite && $2 == "main" {print $3; exit}')
  mirror=${mirror%/}
  [ -n "$mirror" ] || skip "apt has no mirror of $suite"
  found=$(mktemp)
  timeout 60 /usr/lib/apt/apt-helper download-file "$mirror/dists/$suite/InRelease" "$found" >/dev/null 2>&1 ||
    skip "apt's mirror of $suite cannot be reached"
  rm -f "$found"

  workdir=
  while IFS=$'\t' read -r word rest; do
    case "$word $rest" in
      FROM\ *) ;;
      WORKDIR\ *) workdir=$rest ;;
      "COPY . .") [ -n "$workdir" ] || die "COPY before WORKDIR" ;;
      "RUN scripts/install.sh") # the first command of run.sh, which CI has run by now
        grep -qx 'scripts/install.sh' run.sh || die "run.sh does not begin like the Dockerfile"
        scripts/install.sh
        ;;
      "RUN scripts/package.sh") scripts/package.sh ;;
      *) die "what does the first stage do here: $word $rest" ;;
    esac
  done < <(instructions 1)
  package=$(echo build/package/istcheck_*.deb)
  [ -f "$package" ] || die "there is not one package in build/package"
  step "made $package"
  lintian --allow-root --fail-on error,warning "$package" ||
    die "lintian has found errors or warnings"
  step "lintian: no error, no warning"
  exec unshare --mount --propagation private bash "$0" inside "$suite" "$mirror" "$workdir"
fi

suite=$2 mirror=$3 workdir=$4
mkdir -p "$root" "$cache"
mount -t tmpfs -o mode=755 package-root "$root"
# The proxy of apt is debootstrap's too.
proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy)
[ -z "$proxy" ] || export http_proxy=${http_proxy:-$proxy}
package=$(echo build/package/istcheck_*.deb)
# The packages that it depends on, without versions, which apt checks below. Nothing else but man is there.
depends=$(dpkg-deb -f "$package" Depends | sed -E 's/ *\([^)]*\)//g; s/ *\|[^,]*//g; s/, */,/g')
debootstrap --variant=minbase --cache-dir="$PWD/$cache" --include="$depends,man-db" "$suite" "$root" "$mirror" \
  >build/debootstrap.log 2>&1 || {
  tail -n 20 build/debootstrap.log >&2
  die "debootstrap has failed"
}
apt-config dump | grep -E '^Acquire::([a-z]+::Proxy|Check-)' >"$root/etc/apt/apt.conf.d/90acquire" || true
[ ! -e /etc/resolv.conf ] || cat /etc/resolv.conf >"$root/etc/resolv.conf"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
step "a clean $suite with ${depends//,/, }"

# as USER COMMAND: runs a line of sh in the clean Debian.
as() {
  chroot --userspec="$1" "$root" env -i PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin HOME=/tmp LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive sh -euc "$2" </dev/null
}
# try COMMAND: as nobody, in /tmp/try; what it writes is in $root/tmp/out and $root/tmp/err.
try() {
  as nobody:nogroup "cd /tmp/try; $1" >"$root/tmp/out" 2>"$root/tmp/err" || {
    tail -n 20 "$root/tmp/out" "$root/tmp/err" >&2
    die "in the clean Debian: $1"
  }
}
# said FILE TEXT: the last command has written this line, or a line that begins with it, to out or err.
said() {
  grep -qE "^$2" "$root/tmp/$1" || {
    tail -n 20 "$root/tmp/out" "$root/tmp/err" >&2
    die "nothing like '$2' was said"
  }
}

entrypoint=
while IFS=$'\t' read -r word rest; do
  case "$word" in
    FROM) ;;
    WORKDIR) mkdir -p "$root/$rest" ;;
    COPY)
      read -r from source target more <<<"$rest"
      [[ "$from" == --from=build && "$source" == "$workdir"/* && -z "$more" ]] || die "what is copied here: $rest"
      # shellcheck disable=SC2086  # a pattern
      cp ${source#"$workdir"/} "$root$target"
      ;;
    RUN) as root:root "$rest" >"$root/tmp/out" 2>&1 || { cat "$root/tmp/out" >&2; die "RUN $rest"; } ;;
    ENTRYPOINT) entrypoint=$(tr -d '[]",' <<<"$rest") ;;
    CMD) command=$(tr -d '[]",' <<<"$rest") ;;
    *) die "what does the second stage do here: $word $rest" ;;
  esac
done < <(instructions 2)
as root:root 'dpkg -s istcheck' | grep -qx 'Status: install ok installed' || die "the package is not installed"
step "installed by the Dockerfile's commands"

as root:root 'mkdir -m 777 /tmp/try'
try "$entrypoint $command"
said out 'Exact checker'
try "$entrypoint --version"
said out "istcheck $(dpkg-deb -f "$package" Version)$"

claims=$(grep -rhE '^claim ' proofs/claims | wc -l)
paper() { # paper SHARE: what the last command said is that it took all that is installed there, and all is as expected
  said err "shipped $1/claims/ \($claims\), shipped $1/cases/paper/ \([1-9][0-9]*\)$"
  said out "$claims claims: $claims as expected"
}
try 'istcheck verify --certificates certificates'
paper /usr/share/istcheck
written=$(sed -nE 's/^([1-9][0-9]*) certificates written.*/\1/p' "$root/tmp/err")
try 'istcheck-check --all certificates'
said out "${written:-?} certificates accepted, 0 rejected, 0 incomplete"
step "$claims claims as expected, $written certificates accepted"

pages=0
for page in "$root"/usr/share/man/man1/istcheck*.1.gz; do
  page=$(basename "$page")
  try "MANWIDTH=80 man --warnings -l /usr/share/man/man1/$page | cat"
  [ ! -s "$root/tmp/err" ] || { cat "$root/tmp/err" >&2; die "man warns about $page"; }
  said out SYNOPSIS
  try "man -w ${page%.1.gz}"
  # Examples that need no file of one's own work as they stand.
  gzip -dc "$root/usr/share/man/man1/$page" | sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' | sed 's/\\-/-/g' |
    grep -E '^istcheck (analyze|explain|check-syntax|import|new) .*' | grep -vE '\\|penguins.json' >"$root/tmp/examples" || true
  while read -r example; do
    try "$example"
    examples=$((${examples:-0} + 1))
  done <"$root/tmp/examples"
  pages=$((pages + 1))
done
[ "$pages" -ge 11 ] || die "only $pages manual pages are installed"
[ "${examples:-0}" -ge 5 ] || die "only ${examples:-0} examples of manual pages were run"
step "man shows $pages pages; $examples of their examples work"

try 'bash -n /usr/share/bash-completion/completions/istcheck /usr/share/bash-completion/completions/istcheck-check'
cat >"$root/tmp/complete.bash" <<'END'
. /usr/share/bash-completion/completions/istcheck
complete -p istcheck istcheck-check
COMP_WORDS=(istcheck verify thm2-sh) COMP_CWORD=2
_istcheck
printf 'proposed: %s\n' "${COMPREPLY[@]}"
END
try 'bash /tmp/complete.bash 2>/dev/null'
said out 'complete .* istcheck-check$'
said out 'proposed: thm2-sharp$'
shells=bash
for shell in zsh fish; do
  command -v "$shell" >/dev/null || continue
  case $shell in
    zsh) file=zsh/vendor-completions/_istcheck ;;
    fish) file=fish/vendor_completions.d/istcheck.fish ;;
  esac
  "$shell" -n "$root/usr/share/$file" || die "$shell does not read $file"
  shells="$shells $shell"
done
step "completions are read by $shells"

# The same files elsewhere, and the package gone.
as root:root 'mkdir -p /opt/moved/bin /opt/moved/share
  cp -a /usr/bin/istcheck /usr/bin/istcheck-check /opt/moved/bin/
  cp -a /usr/share/istcheck /opt/moved/share/
  dpkg --remove istcheck' >/dev/null
left=$(cd "$root" && find usr etc var/lib -iname '*istcheck*' ! -path 'var/lib/dpkg/*')
[ -z "$left" ] || die "the removed package has left $left"
try '/opt/moved/bin/istcheck verify'
paper /opt/moved/share/istcheck
step "$claims claims as expected after the installed files were moved"
echo "package: all as expected"
