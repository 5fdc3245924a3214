#!/usr/bin/env bash
# The HTML report of the whole paper in headless Chromium (web/test/report.mjs), and docs/third-party.md.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" verify --certificates "$work/certificates" >/dev/null 2>&1
"$program" report --certificates "$work/certificates" --formats html -o "$work"
node web/test/report.mjs "$work/index.html" proofs/claims/rows.tsv 20
node web/build.mjs --third-party >"$work/third-party.md"
diff docs/third-party.md "$work/third-party.md" || {
  echo "run: node web/build.mjs --third-party >docs/third-party.md" >&2
  exit 1
}
