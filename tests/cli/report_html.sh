#!/usr/bin/env bash
# The HTML report of the whole paper in headless Chromium (web/test/report.mjs), and docs/third-party.md.
set -euo pipefail
. "$(dirname "$0")/lib/common.sh"
cd "$(dirname "$0")/../.."
make_shipped report
node web/test/report.mjs "$shipped/report/index.html" proofs/claims/rows.tsv 20
node web/build.mjs --third-party >"$work/third-party.md"
diff docs/third-party.md "$work/third-party.md" || {
  echo "run: node web/build.mjs --third-party >docs/third-party.md" >&2
  exit 1
}
