#!/bin/sh
# Writes the verdicts of shipped claims as Rocq/Coq theorems (istcheck certify --rocq) and has coqc check
# them all by computation, two files at a time.
# usage: check_certificates.sh [--short] [--out DIR] ISTCHECK
#   --short    a few claims of every kind, on some cases; else every claim on every case
#   --out DIR  keep the certificates and the list of what could not be written (DIR/report.txt) there
# Exit code 1: coqc refused a file, a file has no theorem or rests on an axiom, or nothing was written.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
short=0 out= program=
while [ $# -gt 0 ]; do
  case $1 in
    --short) short=1 ;;
    --out) shift; out=${1:?"--out needs a folder"} ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "check_certificates.sh: unknown option $1" >&2; exit 2 ;;
    *) program=$1 ;;
  esac
  shift
done
[ -n "$program" ] || { echo "usage: check_certificates.sh [--short] [--out DIR] ISTCHECK" >&2; exit 2; }
command -v coqc >/dev/null || { echo "check_certificates.sh: coqc not found (apt install coq)" >&2; exit 2; }
program=$(realpath "$program") || exit 2
if [ -z "$out" ]; then out=$(mktemp -d) || exit 2; trap 'rm -rf "$out"' EXIT; fi
mkdir -p "$out" && out=$(cd "$out" && pwd) || exit 2
rm -f "$out"/case_*.v "$out"/*.vo "$out"/*.log
cd "$here/.." || exit 2
claims= cases=
[ $short = 0 ] || for file in cases/paper/*perm1.toml cases/paper/remark1-*.toml cases/paper/inter*.toml \
  cases/paper/table.toml cases/paper/bern*.toml cases/paper/rand-*.toml cases/paper/identity*.toml; do
  cases="$cases --case $file"
done
[ $short = 0 ] || claims="perm1-mean affine-bias remark1-sign remark1-sign-exactly thm1-redundant
  perm1-loewner-homogeneous mean-square-lyapunov bias-variance permq-mean thm2-beta"
# shellcheck disable=SC2086  # the lists are meant to split
"$program" certify --rocq $claims $cases --out "$out" > "$out/report.txt"
code=$?
if [ $code -ne 0 ] && [ $code -ne 3 ]; then exit 1; fi
cd "$out" || exit 2
coqc -q -Q . IstcheckCert istcheck_prelude.v || exit 1
# The largest first, so that no long one is left for the end.
if ls -S case_*.v | xargs -P 2 -I{} sh -c \
  'coqc -q -Q . IstcheckCert {} > {}.log 2>&1 && grep -qx "Closed under the global context" {}.log ||
   { echo "REFUSED: {}"; cat {}.log; exit 1; }'; then
  echo "coqc accepts all $(ls case_*.v | wc -l) files: $(tail -n 1 report.txt)"
else
  exit 1
fi
