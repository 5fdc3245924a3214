#!/bin/sh
# Shows that check.sh can fail: every fault below, planted in a folder of one theorem, must turn it red
# with the message that names the fault.  Takes seconds; needs coqc.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failures=0 planted=0 mark=

# fresh: a folder that passes: one row, one claim, one definition, one theorem.
fresh() {
  rm -rf "$work/root"
  mkdir -p "$work/root/rocq" "$work/root/claims/paper" && cd "$work/root" || exit 2
  printf -- '-Q . Istcheck\ntiny.v\n' > rocq/_CoqProject
  printf '# name, reason\n' > rocq/allowed-axioms.txt
  cat > rocq/tiny.v <<'V'
Definition two := 2.
(* CLAIM sum: one and one are two *)
Theorem sum : 1 + 1 = two.
Proof. reflexivity. Qed.
V
  printf 'sum\tsum-claim\n' > claims/rows.tsv
  cat > claims/paper/tiny.claim <<'C'
claim sum-claim {
  let two = 2 # a number
  assume two > 0 and
    two >= 1
  conclude "sum" 1 + 1 = two
  expect holds
  proof proves tiny.sum
}
C
  printf 'claim\tstatus\ttheorems\tremark\nsum\tproved-as-printed\ttiny.sum\t\n' > links.tsv
  [ ! -f "$work/approved" ] || cp "$work/approved" rocq/statements.txt
  mkdir readings
  cat > readings/tiny.txt <<R
# What the clauses are in the statement.

reading sum-claim tiny.sum ${mark:-MARK}
claim  let two = 2
proof  \`two = 2\`
claim  assume two > 0 and two >= 1
proof  not needed
claim  conclude "sum" 1 + 1 = two
proof  \`(1 + 1)%coq_nat = two\`
beside nothing
R
}
# expect CODE MESSAGE: check.sh on the folder ends with this exit code and says MESSAGE.
# expect_reading CODE MESSAGE: the same of check_links.sh, which needs no Coq.
expect() { judge "$1" "$2" "$here/check.sh" --root "$work/root"; }
expect_reading() { judge "$1" "$2" "$here/check_links.sh" "$work/root"; }
judge() {
  planted=$((planted + 1))
  (shift 2; "$@") > "$work/out" 2>&1
  code=$?
  if [ $code -ne "$1" ] || ! grep -qF -- "$2" "$work/out"; then
    echo "expected exit code $1 and '$2', got $code:"
    cat "$work/out"
    failures=$((failures + 1))
  fi
  fresh
}
# replace FILE SED: edits a file of the folder, and insists that this changes it.
replace() {
  sed "$2" "$1" > "$work/edited"
  if cmp -s "$work/edited" "$1"; then echo "nothing to edit in $1: $2"; exit 2; fi
  cp "$work/edited" "$1"
}

# The statements are approved first; only then can the mark of the reading be told.
fresh
if "$here/check.sh" --root "$work/root" --approve > "$work/out" 2>&1; then echo "a mark of nothing passes"; exit 1; fi
cp rocq/statements.txt "$work/approved"
mark=$(sed -n 's/^FAIL: claim sum-claim: .* write the mark //p' "$work/out")
[ -n "$mark" ] || { cat "$work/out"; exit 1; }
fresh
expect 0 'all 1 theorems checked, 1 lines of links.tsv covered'

# The proofs.
replace rocq/tiny.v 's/reflexivity. Qed/Admitted/'
expect 1 'unfinished or assumed statements'
replace rocq/tiny.v 's/reflexivity/now left/'
expect 1 'the proofs do not compile'
classical() {
  replace rocq/tiny.v 's/^Proof. reflexivity/Proof. now destruct (classic (1 = 1))/'
  { echo 'Hypothesis classic : forall P : Prop, P \/ ~ P.'; cat rocq/tiny.v; } > "$work/edited"
  cp "$work/edited" rocq/tiny.v
}
classical
expect 1 'tiny.sum rests on the axiom tiny.classic'
classical
echo 'tiny.classic' >> rocq/allowed-axioms.txt
expect 1 'tiny.sum rests on the axiom tiny.classic'
classical
echo 'tiny.classic every proposition holds or not' >> rocq/allowed-axioms.txt
expect 0 'all 1 theorems checked'
echo 'Theorem other : True. exact I. Qed.' > rocq/other.v
expect 1 'other.v is not in _CoqProject'

# The statements.
replace rocq/tiny.v 's/1 + 1 = two/1 + 1 <= two/; s/reflexivity/auto/'
expect 1 'statements differ from rocq/statements.txt'
replace rocq/tiny.v 's/two := 2/two := 1 + 1/'
expect 1 'statements differ from rocq/statements.txt'

# The readings: the claim changes, the statement or a definition does, or the reading says what is not there.
expect_reading 0 '1 readings of 1 theorems'
replace claims/paper/tiny.claim '/assume/,+1d'
expect_reading 1 'claim sum-claim: the claim has: conclude "sum" 1 + 1 = two; its reading has: assume two > 0 and two >= 1'
replace claims/paper/tiny.claim 's/two = 2/two = 3/'
expect_reading 1 'claim sum-claim: the claim has: let two = 3; its reading has: let two = 2'
replace claims/paper/tiny.claim 's/two >= 1/two >= 2/'
expect_reading 1 'claim sum-claim: the claim has: assume two > 0 and two >= 2; its reading has:'
replace claims/paper/tiny.claim 's/^  expect/  conclude two = 2\n&/'
expect_reading 1 'claim sum-claim: the reading ends before: conclude two = 2'
replace claims/paper/tiny.claim '/conclude/d'
expect_reading 1 'claim sum-claim: the claim has no further clause; its reading has: conclude "sum"'
rm readings/tiny.txt
expect_reading 1 'claim sum-claim: no reading of tiny.sum, which it says proves it'
replace readings/tiny.txt 's/^reading sum-claim/reading total/'
expect_reading 1 'claim total: a reading of tiny.sum, which the claim does not name'
cp readings/tiny.txt readings/twin.txt
expect_reading 1 'claim sum-claim: two readings of tiny.sum'
replace readings/tiny.txt '/not needed/d'
expect_reading 1 'claim sum-claim: no line proof after: assume two > 0 and two >= 1'
replace readings/tiny.txt 's/nat = two`/nat < two`/'
expect_reading 1 'claim sum-claim: `(1 + 1)%coq_nat < two` is neither in the statement of tiny.sum nor in a definition that it uses'
replace readings/tiny.txt 's/two`$/two/'
expect_reading 1 'claim sum-claim: a backtick without its other one'
replace readings/tiny.txt "s/$mark/0123456789ab/"
expect_reading 1 "claim sum-claim: the statement of tiny.sum or a definition that it uses has changed; read it again and write the mark $mark"
replace rocq/statements.txt 's/^sum : /&True -> /'
expect_reading 1 'claim sum-claim: the statement of tiny.sum or a definition that it uses has changed'
replace rocq/statements.txt 's/^two = 2/two = 3/'
expect_reading 1 'claim sum-claim: the statement of tiny.sum or a definition that it uses has changed'
replace rocq/statements.txt '/^sum : /d'
expect_reading 1 'claim sum-claim: rocq/statements.txt has no statement of tiny.sum'
echo 'differs one is not a natural number' >> readings/tiny.txt
expect_reading 1 'claim sum-claim: tiny.sum differs from the claim, so the link is not proves: one is not a natural number'
echo 'differs one is not a natural number' >> readings/tiny.txt
replace claims/paper/tiny.claim 's/proof proves/proof part/'
expect_reading 0 '1 readings of 0 theorems'
echo 'remark this is no line of a reading' >> readings/tiny.txt
expect_reading 1 'readings/tiny.txt line 11: remark, expected reading, claim, proof, beside or differs'
# check.sh compares the readings with the statements that it has just approved.
replace readings/tiny.txt "s/$mark/0123456789ab/"
expect 1 'read it again and write the mark'

# The links.
replace rocq/tiny.v '/CLAIM/d'
expect 1 'FAIL: sum: 0 lines (* CLAIM sum: ... *), expected one'
replace rocq/tiny.v 's/CLAIM sum/CLAIM total/'
expect 1 'CLAIM total has no line in links.tsv'
replace rocq/tiny.v 's/Theorem sum/Theorem total/'
expect 1 'links.tsv names the theorem tiny.sum, which does not exist'
replace links.tsv 2d
expect 1 'row sum has no line in links.tsv'
replace links.tsv 's/^sum/total/'
expect 1 'no row and no claim total'
printf 'sum\tproved-as-printed\ttiny.sum\t\n' >> links.tsv
expect 1 'two lines for sum'
replace links.tsv 's/proved-as-printed/refuted/'
expect 1 'status refuted needs a remark'
replace links.tsv 's/proved-as-printed\(.*\)$/refuted\1it is so/'
expect 1 'sum is refuted, but no claim expects that'
replace claims/rows.tsv 's/sum-claim//'
replace claims/paper/tiny.claim 's/holds/refuted/'
replace links.tsv 's/^sum.*/sum\trefuted\ttiny.sum\tit is so/'
printf 'sum-claim\tproved-as-printed\ttiny.sum\t\n' >> links.tsv
expect 1 'sum-claim is proved-as-printed, but its claim is expected to be refuted'
replace links.tsv 's/proved-as-printed/plausible/'
expect 1 "unknown status plausible"
replace links.tsv 's/tiny.sum/-/'
expect 1 'status proved-as-printed needs a theorem'
replace claims/paper/tiny.claim 's/tiny.sum/tiny.total/'
expect 1 'claim sum-claim names the theorem tiny.total, which does not exist'
replace claims/paper/tiny.claim 's/proves/shows/'
expect 1 'claim sum-claim: proof shows, expected proves, refutes, part or related'
replace claims/paper/tiny.claim /proof/d
expect 1 'claim sum-claim names no theorem'
printf 'claim other {\n}\n' >> claims/paper/tiny.claim
expect 1 'claim other is in no row and has no line in links.tsv'
printf 'claim other {\n  proof proves tiny.sum\n}\n' >> claims/paper/tiny.claim
printf 'other\tnot-general\t-\tone number\n' >> links.tsv
expect 1 'links.tsv does not list tiny.sum for the claim other'
replace claims/rows.tsv 's/sum-claim/sum-claim total/'
expect 1 'row sum names the claim total, which does not exist'
replace claims/rows.tsv 's/sum-claim//'
printf 'sum-claim\tnot-general\t-\tone number\n' >> links.tsv
expect 1 'sum-claim is not general but names a theorem'

echo "$planted folders, $failures judged wrongly"
exit $((failures > 0))
