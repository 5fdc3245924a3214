#!/usr/bin/env bash
# What ./run.sh says, with fewer claims than it runs and without installing and building.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"

copy="$work/a copy"
mkdir -p "$copy/scripts" "$copy/build/release/src"
cp "$root/run.sh" "$copy/"
ln -s "$root/cases" "$root/proofs" "$root/istcheck.toml" "$copy/"
for script in install build; do printf '#!/bin/sh\necho "%s: $*"\n' $script >"$copy/scripts/$script.sh"; done
ln -s "$(dirname "$program")/istcheck-check" "$copy/build/release/src/"
# The program, for three claims only where run.sh asks for all, and for two proofs.
cat >"$copy/build/release/src/istcheck" <<P
#!/bin/sh
command=\$1
shift
case "\$command \$*" in
  verify*) set -- remark1-value perm1-mean thm2-sharp "\$@" \${MORE:-} ;;
  report*) set -- perm1-mean --case cases/paper/homogeneous-perm1.toml --formats html --experiments "$work/none" "\$@" ;;
  "search descent-"*)
    for last; do :; done
    set -- descent-theorem1 perm1-mean -n 2 -d 2 --seconds 1 --no-solvers --certificates "\$last"
    ;;
esac
exec "$program" "\$command" "\$@"
P
chmod +x "$copy/scripts"/*.sh "$copy/build/release/src/istcheck"
mkdir "$work/none"

run 0 "$copy/run.sh"
has "$work/out" 'build: release --target istcheck --target istcheck-check'
has "$work/out" 'Claims:          3 as expected (1 of them refuted)'
accepted=$(find "$copy/build/certificates" -name '*.cert' | wc -l)
has "$work/out" "Certificates:    $accepted accepted, 0 rejected, 0 incomplete; checking took "
has "$work/out" 'General proofs:  2 accepted, 0 rejected, 0 incomplete'
for claim in remark1-value perm1-mean-printed homogeneous-chain ist-not-fixed bias-vanishes scaled-mean; do
  grep -qE "^  $claim +[^ ].*: left = .*, right = " "$work/out" || fail "no counterexample to $claim"
done
has "$work/out" 'n = 2, d = 2, perm (q = 1), sketched-gradient, y = [1, 1]: left = 6, right = 27/2 (13.5)'
link=$(sed -n 's/^Report: *//p' "$work/out")
[ "$link" = "file://${copy// /%20}/report/index.html" ] || fail "the link to the report is $link"
[ -s "$copy/report/index.html" ] || fail "there is no report"
has "$work/out" 'istcheck new claim my-bound'
grep -qE '^Total: +[0-9]+ min [0-9]+ s$' "$work/out" || fail "the total time is not said"
[ "$(wc -l <"$work/out")" -le 28 ] || fail "$(wc -l <"$work/out") lines"
has "$copy/build/run/families.txt" 'Remark 1, a = 1, b = 4'
has "$copy/build/run/families.txt" 'penguins'

# A claim that is not as expected: its table, and the exit code of the program.
echo 'claim wrong { conclude gamma < 0 expect holds }' >"$work/wrong.claim"
run 1 env MORE="$work/wrong.claim" "$copy/run.sh"
has "$work/out" 'FAIL  wrong'
has "$work/err" 'claims: exit code 1'
! grep -q '^Total' "$work/out" || fail "it went on after a failure"
finish "run.sh"
