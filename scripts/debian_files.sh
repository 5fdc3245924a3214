#!/bin/sh
# What a Debian package has beside what is installed: compressed manual pages, changelog and copyright.
#   scripts/debian_files.sh USR PACKAGE VERSION MAINTAINER
# USR is the folder that becomes /usr. The changelog has the date of the last commit, or of $SOURCE_DATE_EPOCH.
set -eu
[ $# -eq 4 ] || { echo "usage: scripts/debian_files.sh USR PACKAGE VERSION MAINTAINER" >&2; exit 2; }
usr=$1 package=$2 version=$3 maintainer=$4
cd "$(dirname "$0")/.."
doc=$usr/share/doc/$package
gzip -9n "$usr"/share/man/man1/*.1

seconds=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
gzip -9n >"$doc/changelog.gz" <<END
$package ($version) unstable; urgency=medium

  * See CHANGELOG.md.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$seconds")
END
gzip -9nc CHANGELOG.md >"$doc/CHANGELOG.md.gz"

holder=$(sed -n 's/^Copyright (c) //p' LICENSE)
{
  echo "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
  echo "Upstream-Name: $package"
  echo
  echo "Files: *"
  echo "Copyright: $holder"
  echo "License: Expat"
  sed '1,/^Copyright/d; s/^$/./; s/^/ /' LICENSE | sed '1{/^ \.$/d}'
  echo
  echo "Files: usr/bin/istcheck"
  echo "Copyright: $holder; and the authors of the libraries inside"
  echo "License: Expat"
  echo "Comment: the template of the HTML report holds the libraries that /usr/share/doc/$package/third-party.md"
  echo " lists; the end of every report has their licences. toml++, CLI11 and RapidJSON are compiled in; the"
  echo " texts that Debian has for them are in /usr/share/doc/$package/compiled-in."
} >"$doc/copyright"
mkdir -p "$doc/compiled-in"
for library in libtomlplusplus-dev libcli11-dev rapidjson-dev; do
  cp "/usr/share/doc/$library/copyright" "$doc/compiled-in/$library"
done
