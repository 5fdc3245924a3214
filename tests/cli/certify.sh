#!/usr/bin/env bash
# Certificates for Rocq/Coq: coqc accepts those of a few claims of every kind on all cases, refuses one with
# an altered number, and what cannot be written is named with exit code 3.
set -uo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
check() { coqc -q -Q "$work/out" IstcheckCert "$1" >"$work/log" 2>&1; }

proofs/check_certificates.sh --short --out "$work/all" "$program" || fail "check_certificates.sh --short"
for verdict in holds violated vacuous; do
  grep -qh "On this case: $verdict" "$work"/all/case_*.v || fail "no verdict $verdict among the certificates"
done

case=cases/paper/remark1-indefinite.toml
"$program" certify --rocq perm1-mean remark1-sign affine-bias --case $case --out "$work/out" >"$work/report"
[ $? = 0 ] || fail "certify: $(cat "$work/report")"
grep -q '^3 verdicts written in 1 files' "$work/report" || fail "$(cat "$work/report")"
coqc -q -Q "$work/out" IstcheckCert "$work/out/istcheck_prelude.v" || fail "the prelude"
file=$work/out/case_remark1_indefinite.v
check "$file" || fail "$(cat "$work/log")"

# Altered: an entry of L, a weight, an outcome, a coefficient of the claim. Each on its own is refused.
altered=0
alter() {
  sed "$1" "$file" >"$work/out/altered.v"
  ! cmp -s "$file" "$work/out/altered.v" || fail "nothing altered by $1"
  ! check "$work/out/altered.v" || fail "coqc accepts the file altered by $1"
  grep -q 'Error' "$work/log" || fail "no error for $1: $(cat "$work/log")"
  altered=$((altered + 1))
}
alter '/^Definition outcomes/,/\]\./s/(1 # 2)/(1 # 3)/'
alter '/^Definition outcomes/,/\]\./s/\[2; 0\]/[2; 1]/'
alter 's/meq (EM outcomes (fun omega => Bbar omega)) (n \*: Dbar)/meq (EM outcomes (fun omega => Bbar omega)) (3 *: Dbar)/'
alter '/^Definition L /,/\]\./s/19 # 10/1 # 10/g'
file=$work/all/case_remark1_definite.v
alter '/by_factor/s/\[(\([0-9]*\), /[(1\1, /'
alter '/by_witness/s/; \([0-9(]\)/; 1\1/'
alter '/^Definition at_lyapunov_/s/ # / # 1/'
[ $altered = 7 ] || fail "$altered alterations"

"$program" certify --rocq thm2-sharp --case cases/paper/scaled-diagonal.toml --out "$work/none" >"$work/report"
[ $? = 3 ] || fail "irrational values: exit code"
grep -q "not written: .*irrational" "$work/report" || fail "irrational values: $(cat "$work/report")"
[ ! -e "$work/none/case_scaled_diagonal.v" ] || fail "a file without a theorem"

"$program" certify perm1-mean --out "$work/x" 2>"$work/log"
[ $? = 2 ] || fail "no form: exit code"
