#!/usr/bin/env bash
# Small claims with their right answers (tests/inputs/meaning/odd-claims.tsv): engine, certificate and checker agree
# with the column. `refused`: an error of form (docs/semantics.md, section 16), which engine and checker find at the
# same place, or a claim without a value (ill-defined); exit code 2 either way. `a|b`: either.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
checker=$(dirname "$program")/istcheck-check
inputs=$root/tests/inputs/meaning
# Not right yet, by name.
pending=" "
# Refused for their form alone.
forms=" Eprod2 Econd Econd2 shadowR shadowR2 boundx0 cache1 cache3 cache4 ragged0 x0scalar gamvec sizeinv sizepow fam4 "
# Right, but with statements that the checker takes on trust (exit code 3).
trusted=" nestsqrt radius radius2 "
cd "$work" || exit 1

# forge CLAIMFILE ID CASE: a certificate of "holds" that shows nothing.
forge() {
  local of=-
  [ "$3" = - ] || of=$(sha256sum <"$3" | cut -d' ' -f1)
  printf 'istcheck-certificate 1\nclaim %s %s\ncase %s\nverdict holds\n' "$2" "$(sha256sum <"$1" | cut -d' ' -f1)" "$of"
  printf 'limits steps 2 bits 20000 terms 64 halvings 4000 outcomes 20000\npoint\nconclusion 1 yes\nend\n'
}
# refused_by_checker CLAIMFILE ID CASE FORM: whatever a certificate says. A form is refused at the place FORM.
refused_by_checker() {
  local status
  forge "$1" "$2" "$3" >forged.cert
  timeout 60 "$checker" "$3" "$1" forged.cert >out 2>err
  status=$?
  if [ -n "$4" ]; then
    [ "$status" -eq 2 ] && grep -qF "$4" err || fail "checker, $2: exit code $status, expected 2 at $4"
  else
    # 1: rejected, 3: incomplete. Nothing else.
    [ "$status" -ge 1 ] && [ "$status" -le 3 ] || fail "checker, $2: exit code $status for a claim without a value"
  fi
}
# verdict_of OUTPUT: the verdict on the one case, in JSON.
verdict_of() { sed -n 's/^ *"verdict": "\([a-z-]*\)".*/\1/p' "$1" | tail -n 1; }

rows=0
while IFS=$'\t' read -r id case declarations conclusion right; do
  [ "$id" != id ] || continue
  rows=$((rows + 1))
  [ "$declarations" != - ] || declarations=
  {
    echo "claim $id {"
    sed 's/ ## /\n/g' <<<"$declarations"
    printf 'conclude %s\n}\n' "$conclusion"
  } >"$id.claim"
  [ "$case" = - ] || case=$inputs/$case
  options=()
  [ "$case" = - ] || options=(--case "$case")
  rm -rf written
  timeout 60 "$program" verify "$id.claim" "${options[@]}" --json --certificates written >out 2>err
  status=$?
  cp out engine.json
  place=
  if ! "$program" check-syntax "$id.claim" >form 2>&1; then
    place=$(grep -oE "$id.claim:[0-9]+:[0-9]+:" form | head -n 1)
  fi
  if [[ $forms == *" $id "* ]]; then
    [ -n "$place" ] || fail "$id: not refused for its form"
    grep -qF "$place" err out || fail "$id: verify does not say $place"
    grep -qE '^ *\| *\^$' form || fail "$id: no caret"
  else
    [ -z "$place" ] || fail "$id: refused for its form: $(head -n 1 form)"
  fi
  wrong=
  if [ "$status" -gt 3 ]; then
    wrong="exit code $status"
  elif [ "$status" -eq 2 ]; then
    case "|$right|" in *"|refused|"*) ;; *) wrong=refused ;; esac
    grep -qE "$id.claim:[0-9]+:[0-9]+:" err out || wrong="refused without a place"
  else
    verdict=$(verdict_of engine.json)
    case "|$right|" in *"|$verdict|"*) ;; *) wrong=$verdict ;; esac
  fi
  if [[ $pending == *" $id "* ]]; then
    [ -n "$wrong" ] || fail "$id is right now ($right): take it off the list"
    continue
  fi
  [ -z "$wrong" ] || fail "$id: $wrong, right is $right"
  if [ "$status" -eq 2 ]; then
    refused_by_checker "$id.claim" "$id" "$case" "$place"
    [ ! -e written/index.tsv ] || [ ! -s written/index.tsv ] || fail "$id: refused, and a certificate is written"
  elif [ "$verdict" != undecided ]; then
    timeout 60 "$checker" --all written >out 2>err
    status=$?
    expected=0
    [[ $trusted != *" $id "* ]] || expected=3
    [ "$status" -eq "$expected" ] || fail "$id: checker, exit code $status, expected $expected"
  fi
done <"$inputs/odd-claims.tsv"
[ "$rows" -eq 99 ] || fail "$rows rows"

# The files: each claim in them is refused for its form, at the same place by both.
while read -r file case place claim; do
  cp "$inputs/$file.claim" "$file.claim"
  run 2 "$program" verify "$file.claim" --case "$inputs/$case.toml"
  grep -qF "$file.claim:$place:" err out || fail "$file: not refused at $place"
  refused_by_checker "$file.claim" "$claim" "$inputs/$case.toml" "$file.claim:$place:"
done <<'END'
shadowR2 A 5:33 shadowR2
stale I2 3:13 stale
scope A 3:13 scope-let
ind P 4:27 indicator-is-certain
ind1 P 3:27 ind1
END
# The other two claims of scope.claim by themselves.
for claim in scope-let-control scope-gamma; do
  sed -n "/^claim $claim {/,/^}/p" "$inputs/scope.claim" >one.claim
  run 2 "$program" verify one.claim --case "$inputs/A.toml"
  has err "one.claim:3:"
done
run 2 "$checker" "$inputs/P.toml" "$inputs/ind1.claim" "$inputs/ind1.cert"
has err "ind1.claim:3:27:"
# What looks like them and is right: engine and checker say so.
while IFS=@ read -r case claim; do
  printf 'claim right { %s }\n' "$claim" >right.claim
  rm -rf written
  run 0 "$program" verify right.claim --case "$inputs/$case.toml" --certificates written
  run 0 "$checker" --all written
done <<'END'
I@forall gamma : scalar try 1/8, 1/16 let h2 = ||xinf - xstar||^2 forall t : scalar try h2 assume gamma > 0 assume h2 = t conclude h2 = t and h2 = ||xinf - xstar||^2
A@forall x0 : vector try x0, 2*ones let y = ||x0||^2 conclude E[||x[0]||^2] = y
A@let i = 1 let R = C[i] conclude forall j in 2..2 : E[R*Lbar*C[j]] = E[C[1]*Lbar*C[2]]
A@let Bbar = C[1] let A = Bbar conclude E[A*Lbar*A] = E[C[1]*Lbar*C[1]] and E[Bbar] = I
A@let D = 2*I conclude D[1, 1] = 2 and (forall D in 1..2 : D < 3) and Dbar = Diag(Lbar)
A@conclude E[min(C[1][1, 1], 1)] = 1/2 and E[if C[1][1, 1] > 0 then f(x[1]) else f(x[1])] = E[f(x[1])]
END
finish "$rows odd claims"
