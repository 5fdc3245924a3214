#!/usr/bin/env bash
# cmake --install puts everything where it belongs; the installed programs find what was installed with them, also
# after the folder was moved, say so, and prefer what the working directory has.
set -uo pipefail
# shellcheck source=tests/cli/lib/common.sh
. "$(dirname "$0")/lib/common.sh"
build=$(cd "$(dirname "$program")/.." && pwd)

run 0 cmake --install "$build" --prefix "$work/first"
for file in bin/istcheck bin/istcheck-check share/istcheck/claims/baseline.tsv share/istcheck/links.tsv \
  share/istcheck/readings/theorem1.txt share/istcheck/rocq/statements.txt \
  share/istcheck/cases/paper/remark1-indefinite.toml share/istcheck/cases/data/penguins.json \
  share/istcheck/rocq-cert/istcheck_prelude.v share/istcheck/report.schema.json \
  share/istcheck/editors/istcheck.tmLanguage.json share/man/man1/istcheck.1 share/man/man1/istcheck-verify.1 \
  share/man/man1/istcheck-check.1 share/bash-completion/completions/istcheck \
  share/bash-completion/completions/istcheck-check share/zsh/site-functions/_istcheck \
  share/fish/vendor_completions.d/istcheck.fish share/doc/istcheck/manual.md; do
  [ -s "$work/first/$file" ] || fail "not installed: $file"
done
run 0 grep -q "istcheck analyze $work/first/share/istcheck/cases/" "$work/first/share/man/man1/istcheck.1"
diff -r proofs/claims "$work/first/share/istcheck/claims" >"$work/out" || fail "other claims are installed than shipped"
# Nothing that was installed knows where the sources or the build are.
run 1 grep -rlF -e "$root/" -e "$build/" "$work/first"

mv "$work/first" "$work/moved"
share=$work/moved/share/istcheck
PATH=$work/moved/bin:$PATH
mkdir "$work/empty"
cd "$work/empty" || exit 1
claims=$(grep -rhE '^claim ' "$share/claims" | wc -l)
run 0 istcheck verify remark1-value perm1-mean --certificates certificates
has "$work/err" "shipped $share/claims/ ($claims)"
has "$work/err" "shipped $share/cases/paper/ ("
run 0 istcheck-check --all certificates
has "$work/out" " certificates accepted, 0 rejected, 0 incomplete"
run 0 istcheck explain thm2 --case "$share/cases/paper/scaled-diagonal.toml"
[ "$(grep -c '^shipped ' "$work/err")" -eq 1 ] || fail "explain does not say once what it took"
run 0 istcheck search perm1-mean-printed --seconds 5 --no-solvers
has "$work/err" "shipped $share/claims/ ($claims)"
run 0 istcheck certify --rocq remark1-sign --out rocq
cmp "$root/proofs/rocq-cert/istcheck_prelude.v" rocq/istcheck_prelude.v || fail "another prelude"
# The command that a report shows works as printed.
run 0 istcheck report remark1-value --formats markdown,json -o report
shown=$(grep -oE '^istcheck verify remark1-value --case .*' report/report.md | head -n 1)
[[ "$shown" == *" $share/cases/paper/"* ]] || fail "the report shows: $shown"
run 0 bash -c "$shown"
# A link to the program is followed.
ln -s "$work/moved/bin/istcheck" linked
run 0 ./linked verify remark1-value
has "$work/err" "shipped $share/claims/ ($claims)"

# What the working directory has, or a folder above it, comes first.
mkdir -p own/proofs/claims own/cases/paper own/below
cp "$share/cases/paper/remark1-indefinite.toml" own/cases/paper/
echo 'claim mine { conclude gamma > 0 expect holds }' >own/proofs/claims/mine.claim
cd own/below || exit 1
run 0 istcheck verify
has "$work/out" mine
has "$work/out" "1 claims: 1 as expected"
[ "$(cat "$work/err")" = '../proofs/claims/ (1), ../cases/paper/ (1)' ] || fail "what was taken is not said"
run 2 istcheck verify remark1-value
# And what is named is taken.
run 0 istcheck verify remark1-value --claims "$share/claims" --cases "$share/cases/paper"
[ ! -s "$work/err" ] || fail "something is said about a folder that was named"
# Without anything installed there is a message.
cp "$work/moved/bin/istcheck" "$work/empty/alone"
cd "$work/empty" || exit 1
run 2 ./alone verify
has "$work/err" "no folder claims here and no proofs/claims here or above; name one with --claims"
finish "installed"
