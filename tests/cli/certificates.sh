#!/usr/bin/env bash
# Every verdict of the shipped claims on the shipped cases has a certificate that istcheck-check accepts; and
# certificates that are wrong in some way are refused with the right exit code and a message, never a crash.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
check=$(dirname "$program")/istcheck-check
cd "$root" || exit 1
checks=0

# expect CODE 'part of what is said' COMMAND…
expect() {
  local code=$1 part=$2 status
  shift 2
  "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  checks=$((checks + 1))
  if [ "$status" -ne "$code" ] || ! cat "$work/out" "$work/err" | grep -qF -- "$part"; then
    failures=$((failures + 1))
    echo "FAILED: $* -> exit code $status, expected $code and: $part" >&2
    head -n 5 "$work/out" "$work/err" >&2
  fi
}

# ---- All verdicts ------------------------------------------------------------------------------
verdicts=$(awk -F'\t' 'NR > 1 && $3 ~ /^(holds|violated|vacuous)$/' proofs/claims/baseline.tsv | wc -l)
without=$(($(wc -l <proofs/claims/baseline.tsv) - 1 - verdicts)) # unreached: there is nothing to show
make_shipped certificates
all=$shipped/certificates
expect 0 "$verdicts certificates written to $all, 0 of them incomplete, $without verdicts without one" \
  cat "$shipped/verify.err"
expect 0 "$verdicts certificates accepted, 0 rejected, 0 incomplete" "$check" --all "$all"
expect 0 "$verdicts certificates accepted" "$check" --all "$all" --jobs 1

# Writing again gives the same bytes, and a part of the claims keeps the rest of the folder.
# Beside the original, since its index has relative paths.
again=$(mktemp -d "$shipped/again-XXXXXX")
trap 'rm -rf "$work" "$again"' EXIT
cp "$all"/* "$again"
expect 0 "certificates written" "$program" verify thm2 thm2-sharp --certificates "$again"
diff -r "$all" "$again" >/dev/null || {
  echo "FAILED: certificates differ when they are written again" >&2
  failures=$((failures + 1))
}

# ---- One certificate, and what is done to it ---------------------------------------------------
case=cases/paper/scaled-diagonal.toml claim=proofs/claims/ist2023/theorem2.claim
good=$all/thm2-sharp--scaled-diagonal.cert
bad=$work/bad.cert
expect 0 "accepted: thm2-sharp holds on" "$check" "$case" "$claim" "$good"
expect 1 "rejected: line 3, rule case: the certificate is for another case" \
  "$check" cases/paper/noisy-gradients-scaled.toml "$claim" "$good"
expect 1 "rejected: line 3, rule case" "$check" - "$claim" "$good"
expect 1 "rejected: line 2, rule claim: no claim of this name" \
  "$check" "$case" proofs/claims/ist2023/theorem1.claim "$good"
{ cat "$claim"; echo "# changed"; } >"$work/theorem2.claim"
expect 1 "rejected: line 2, rule claim: the certificate is for another text" \
  "$check" "$case" "$work/theorem2.claim" "$good"
# The hashes only make the message kinder: with them mended the obligations still differ.
sed "s/$(sha256sum <"$case" | cut -c1-64)/$(sha256sum <cases/paper/thm2-singular.toml | cut -c1-64)/" "$good" >"$bad"
expect 1 "rejected: line" "$check" cases/paper/thm2-singular.toml "$claim" "$bad"
sed 's/^claim thm2-sharp /claim thm2 /' "$good" >"$bad"
expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"
for verdict in violated vacuous; do
  sed "s/^verdict holds/verdict $verdict/" "$good" >"$bad"
  expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"
done

size=$(wc -c <"$good")
for cut in 0 1 20 100 200 $((size / 3)) $((size / 2)) $((size - 5)) $((size - 1)); do
  head -c "$cut" "$good" >"$bad"
  expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"
done
sed '$d' "$good" >"$bad"
expect 1 "no 'end'" "$check" "$case" "$claim" "$bad"
cat "$good" "$good" >"$bad"
expect 1 "text after 'end'" "$check" "$case" "$claim" "$bad"
sed 's/^limits steps [0-9]*/limits steps 3/' "$good" >"$bad"
expect 1 "more steps than announced" "$check" "$case" "$claim" "$bad"
sed 's/ bits [0-9]*/ bits 999999999/' "$good" >"$bad"
expect 1 "above the cap" "$check" "$case" "$claim" "$bad"
sed 's/ outcomes [0-9]*/ outcomes 1/' "$good" >"$bad"
expect 1 "more outcomes than the header allows" "$check" "$case" "$claim" "$bad"
sed 's/ bits [0-9]*/ bits 2/' "$good" >"$bad"
expect 1 "more bits than the header allows" "$check" "$case" "$claim" "$bad"
printf '\0' | cat "$good" - >"$bad"
expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"
tr 'a-m' '\200-\214' <"$good" >"$bad"
expect 1 "rejected: line 1, rule format" "$check" "$case" "$claim" "$bad"
cat "$check" >"$bad"
expect 1 "rejected: line 1, rule format" "$check" "$case" "$claim" "$bad"
# 10 MB: of one word, of steps, of digits.
{ head -n 5 "$good"; head -c 10000000 /dev/zero | tr '\0' 7; printf '\nend\n'; } >"$bad"
expect 1 "rejected: line 6" "$check" "$case" "$claim" "$bad"
{ head -n 4 "$good"; echo "limits steps 2000000 bits 20000 terms 512 halvings 4000 outcomes 20000"
  yes 'root -2 0 1 2' | head -n 700000; echo end; } >"$bad"
expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"
{ head -n 5 "$good"; printf 'root -'; head -c 10000000 /dev/zero | tr '\0' 7; printf ' 0 1 2\nend\n'; } >"$bad"
expect 1 "rejected: line 6, rule format: a word of more than" "$check" "$case" "$claim" "$bad"
{ head -n 5 "$good"; printf 'root -'; head -c 900000 /dev/zero | tr '\0' 7; printf ' 0 1 2\nend\n'; } >"$bad"
expect 1 "rejected: line 6, rule root" "$check" "$case" "$claim" "$bad"
# Roots and terms without end: a number that multiplies out to a great many terms.
{ head -n 5 "$good"; printf 'root -2 0 1 2\n%.0s' {1..40}; printf 'sqrt 1'
  for k in {1..40}; do for l in {1..40}; do printf '+r%s*r%s' $k $l; done; done; printf '\nend\n'; } >"$bad"
sed -i 's/^limits steps [0-9]*/limits steps 100/' "$bad"
expect 1 "rejected: line" "$check" "$case" "$claim" "$bad"

# ---- Trust is never accepted -------------------------------------------------------------------
awk '/^(hypothesis|conclusion) / && !done {print "trust " $0; done = 1; next} {print}' \
  "$all/perm1-mean--homogeneous-perm1.cert" >"$bad"
expect 3 "trusted: conclusion 1 at choice 1" \
  "$check" cases/paper/homogeneous-perm1.toml proofs/claims/ist2023/theorem1.claim "$bad"
grep -q '^incomplete: perm1-mean holds' "$work/out" || failures=$((failures + 1))
cp "$bad" "$again/perm1-mean--homogeneous-perm1.cert"
expect 3 "1 incomplete" "$check" --all "$again"
sed -i 's/^conclusion 1 yes/conclusion 1 no/' "$again/thm2--scaled-diagonal.cert"
expect 1 "1 rejected, 1 incomplete" "$check" --all "$again"

# What the search cannot show is left to trust, and said aloud, by both programs.
cat >"$work/nested.claim" <<'END'
claim nested {
  title "A root of a root, which has no step"
  forall t in 2..3
  conclude t - 1 < t
  conclude sqrt(1 + sqrt(2)) < t
  expect holds
}
END
expect 0 "1 certificates written to $work/nested, 1 of them incomplete" \
  "$program" verify "$work/nested.claim" --certificates "$work/nested"
grep -qF 'nested.cert: trusted: conclusion 2 at choice 1: the square root of an irrational number' "$work/err" || failures=$((failures + 1))
expect 3 "trusted: conclusion 2 at choice 2" "$check" - "$work/nested.claim" "$work/nested/nested.cert"
expect 3 "0 certificates accepted, 0 rejected, 1 incomplete" "$check" --all "$work/nested"
# A trusted answer that contradicts the verdict.
sed 's/^trust conclusion 2 yes/trust conclusion 2 no/' "$work/nested/nested.cert" >"$bad"
expect 1 "rejected: line" "$check" - "$work/nested.claim" "$bad"

# The step of a round and the fixed point follow a variable gamma, though they do not name it.
cat >"$work/steps.claim" <<'END'
claim step-of-round {
  title "The step of a round is gamma, at every choice of it"
  forall gamma : scalar try 1/2, 1/4
  conclude gamma[0] + 1 = gamma + 1
  expect holds
}
claim step-moves-point {
  title "The fixed point at one step is not the one at another"
  forall gamma : scalar try 1/2, 1/4
  conclude (xinf + x0)[1] = 4/3
  expect refuted because "the step moves it"
}
END
moved=cases/paper/local-steps-heterogeneous.toml
expect 0 "2 certificates written to $work/steps, 0 of them incomplete, 0 verdicts without one" \
  "$program" verify "$work/steps.claim" --case "$moved" --certificates "$work/steps"
expect 0 "2 certificates accepted" "$check" --all "$work/steps"
{ head -n 3 "$work/steps/step-moves-point--local-steps-heterogeneous.cert"
  printf '%s\n' 'verdict holds' 'limits steps 5 bits 20000 terms 64 halvings 4000 outcomes 20000' \
    'point gamma=1/2' 'inverse 2/3 0 0 1/15' 'conclusion 1 yes' 'point gamma=1/4' 'conclusion 1 yes' end; } >"$bad"
expect 1 "rejected: line 10, rule conclusion: expected inverse or singular" "$check" "$moved" "$work/steps.claim" "$bad"

# A certificate that stands for another one in a folder.
cp "$all/thm2--scaled-diagonal.cert" "$again/thm2--scaled-diagonal.cert"
cp "$all/perm1-mean--homogeneous-perm1.cert" "$again/perm1-mean--homogeneous-perm1.cert"
expect 0 "0 rejected" "$check" --all "$again"
sed -i 's/^rand-unbiased--rand-shared.cert\t\(.*\)$/rand-unbiased--rand-independent.cert\t\1/; /^rand-unbiased--rand-independent.cert.*independent.toml/d' "$again/index.tsv"
cp "$again/rand-unbiased--rand-shared.cert" "$again/rand-unbiased--rand-independent.cert"
rm "$again/rand-unbiased--rand-shared.cert"
expect 1 "which its name does not say" "$check" --all "$again"

# ---- Usage -------------------------------------------------------------------------------------
expect 0 "Exit codes: 0 accepted" "$check" --help
expect 2 "expected CASE CLAIM CERTIFICATE" "$check"
expect 2 "expected CASE CLAIM CERTIFICATE" "$check" "$case" "$claim"
expect 2 "--jobs: expected a whole number" "$check" --all "$all" --jobs 0
expect 2 "no such file" "$check" "$case" "$claim" "$work/none"
expect 2 "no such file" "$check" nowhere.toml "$claim" "$good"
expect 2 "is a directory" "$check" "$case" "$claim" "$work"
expect 2 "no such file" "$check" --all "$work"
cp "$good" "$again/stray.cert"
expect 2 "the index does not list this certificate" "$check" --all "$again"

[ "$failures" -eq 0 ] || exit 1
echo "$verdicts certificates and $checks checks"
