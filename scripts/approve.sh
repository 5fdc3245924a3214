#!/bin/sh
# Approves the reports as the built program writes them now: tests/baselines/report is replaced. Read the
# difference (git diff tests/baselines) before committing it.
#   scripts/approve.sh [PROGRAM]
set -eu
cd "$(dirname "$0")/.."
tests/baselines/make.sh "${1:-build/release/src/istcheck}" tests/baselines/report
git --no-pager diff --stat -- tests/baselines
