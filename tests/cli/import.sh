#!/bin/bash
# The command line of istcheck import: what it writes, what it refuses, and that nothing half-written
# stays behind.
# Usage: import.sh ISTCHECK
set -eu
istcheck=$(realpath "$1")
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"

fail() { echo "import.sh: $*" >&2; exit 1; }
trap 'fail "line $LINENO failed: $(cat err)"' ERR

# refused PART ARGUMENTS…: exit code 2, PART on standard error, nothing on standard output.
refused() {
  local part=$1 code=0
  shift
  "$istcheck" import "$@" > out 2> err || code=$?
  [ $code = 2 ] || fail "exit code $code instead of 2: import $*"
  [ ! -s out ] || fail "output in spite of an error: import $*"
  grep -qF -e "$part" err || fail "'$part' is not in the message '$(cat err)': import $*"
}

printf 'kind,a,b,y\np,1,2,3\nq,0.5,-1,0.5\np,0,3,-1\nq,,1,1\n' > t.csv
"$istcheck" import t.csv --target y --features a,b --workers-by kind --ridge 0.01 > piped.toml 2> err
grep -q '3 rows used, 1 dropped for missing values; n = 2, d = 2' err || fail "no count: $(cat err)"
grep -q "first missing value: t.csv:5: 'a'" err || fail "no place: $(cat err)"
"$istcheck" import --features a,b t.csv --target y --workers-by kind --ridge 1/100 -o made.toml 2> err
cmp piped.toml made.toml
[ "$(stat -c %a made.toml)" = "$(printf '%o' $((0666 & ~$(umask))))" ] || fail "odd permissions"
ln -s made.toml link.toml
"$istcheck" import t.csv --target y --features a --workers 1 -o link.toml 2> err
[ -L link.toml ] || fail "the link was replaced"
"$istcheck" import t.csv --target y --features a --workers 1 -o /dev/stdout 2> err | cmp - made.toml
"$istcheck" import t.csv --target y --features a,b --workers 1 --rows 1 2> err > singular.toml
grep -q 'not positive definite' err || fail "a singular mean goes without warning"
for options in '--sketch rand --q 1 --shared' '--sketch bernoulli --p 1/3' '--sketch identity' \
  '--sketch unit-perm' '--sketch scaled-perm --ridge 1' '--method ist --local-steps 3' '--q 1'; do
  # shellcheck disable=SC2086
  "$istcheck" import t.csv --target y --features a,b --workers 2 $options 2> err > some.toml
done
"$istcheck" import --help | grep -q 'penguins.json' || fail "no example in --help"

cp t.csv data
refused "did you mean 'kind'?" t.csv --target y --workers-by kin
refused "--workers-by COLUMN or --workers" t.csv --target y
refused "--target COLUMN" t.csv --workers 2
refused "t.csv:2: column 'kind': 'p' is not a number" t.csv --target y --workers 2
refused "give --format" data --target y --workers 2
refused "did you mean 'libsvm'?" data --format libsm --target y --workers 2
refused "no.csv" no.csv --target y --workers 2
refused "." . --format csv --target y --workers 2
refused "not an exact number" t.csv --target y --workers 2 --ridge x
refused "--workers" t.csv --target y --workers 0
refused "excludes" t.csv --target y --workers 2 --workers-by kind
refused "did you mean 'perm'?" t.csv --target y --workers 2 --sketch prm
refused "did you mean 'one-sided'?" t.csv --target y --workers 2 --method one-side
refused "--q is needed" t.csv --target y --workers 2 --sketch rand
refused "d = qn" t.csv --target y --workers 2 --features a,b --q 2
refused "cannot be written" t.csv --target y --features a --workers 2 -o no/such/dir.toml
mkdir full
cp made.toml full/made.toml
refused "t.csv" t.csv --target y --features kind --workers 2 -o full/made.toml
cmp made.toml full/made.toml
[ "$(ls full)" = made.toml ] || fail "something stayed behind: $(ls full)"
echo ok
