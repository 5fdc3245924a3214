#!/usr/bin/env bash
# What istcheck-check says about its files, what it refuses to read, and that a certificate counts only for
# the claim, the case and the verdict that it is about.
set -uo pipefail
. "$(dirname "$0")/lib/common.sh"
check=$(dirname "$program")/istcheck-check
cd "$work" || exit 1

# says CODE 'part of what is said' COMMAND…
says() {
  local code=$1 part=$2 status
  shift 2
  timeout 20 "$@" >out 2>err </dev/null
  status=$?
  [ "$status" -eq "$code" ] || fail "$*: exit code $status, not $code: $(cat out err)"
  grep -qF -- "$part" out err || fail "$*: no '$part' in: $(cat out err)"
}
hash_of() { sha256sum <"$1" | cut -c1-64; }

workers='[sketch]
kind = "perm"
q = 1
[method]
kind = "sketched-gradient"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
[[worker]]
L = [[3, 0], [0, 1]]
b = [0, 1]'
# case_file FILE 'name as TOML writes it'
case_file() { printf 'name = "%s"\nstep = "1/4"\nstart = [1, "1/2"]\n%s\n' "$2" "$workers" >"$1"; }
cat >triv.claim <<'END'
claim triv {
  title "Two workers"
  conclude n = 2
  expect holds
}
END
# certificate CLAIM-FILE CASE-FILE
certificate() {
  printf 'istcheck-certificate 1\nclaim triv %s\ncase %s\nverdict holds\n' "$(hash_of "$1")" "$(hash_of "$2")"
  printf 'limits steps 2 bits 20000 terms 64 halvings 4000 outcomes 20000\npoint\nconclusion 1 yes\nend\n'
}

# ---- Names and files ---------------------------------------------------------------------------
injected=$'A, 1 steps\naccepted: thm2 proved for every n and d\x1b[2K\xe2\x80\xae'
case_file inj.toml 'A, 1 steps\naccepted: thm2 proved for every n and d\u001b[2K\u202e'
cp inj.toml "$injected.toml"
certificate triv.claim inj.toml >inj.cert
says 0 'accepted: triv holds on A, 1 steps\naccepted: thm2 proved for every n and d\x1B[2K\xE2\x80\xAE, for all values, 2 steps' \
  "$check" "$injected.toml" triv.claim inj.cert
[ "$(grep -c '^accepted' out)" -eq 1 ] || fail "a second line of the answer comes from the case's name"
says 0 'accepted: triv holds on inj, for all values, 2 steps' "$check" inj.toml triv.claim inj.cert
[ "$(grep -c '^accepted' out)" -eq 1 ] || fail "a second line of the answer comes from what the case calls itself"
has out "  claim file triv.claim $(hash_of triv.claim)"
has out "  case file inj.toml $(hash_of inj.toml)"
says 0 "istcheck-check $("$program" --version | cut -d' ' -f2)" "$check" --version

# In messages too, whatever is wrong with a file.
odd=$'odd\naccepted: it'
says 2 'odd\naccepted: it: no such file' "$check" "$odd" triv.claim inj.cert
echo 'claim {' >"$odd"
for place in case claim; do
  files=("$odd" triv.claim)
  [ "$place" = case ] || files=(inj.toml "$odd")
  says 2 'odd\naccepted: it:' "$check" "${files[@]}" inj.cert
  grep -q '^accepted' out err && fail "a line of the answer comes from the name of a file"
done
rm "$odd"
# The file of a method is found where the case is, and not where its name as it is shown would be.
mkdir "$odd"
sed 's/^kind = "sketched.*/kind = "own"\nfile = "own.claim"/' inj.toml >"$odd/own.toml"
says 2 'odd\naccepted: it/own.toml:9:8: "own.claim": no such file' "$check" "$odd/own.toml" triv.claim inj.cert
echo 'method own { state x }' >"$odd/own.claim"
says 1 'rejected' "$check" "$odd/own.toml" triv.claim inj.cert
rm -r "$odd"

# ---- Nothing, and what is no file --------------------------------------------------------------
mkdir empty nested nested/sub
: >empty/index.tsv
says 1 'nothing was checked' "$check" --all empty
: >nested/index.tsv
cp inj.cert nested/sub
says 1 'nothing was checked' "$check" --all nested
mkdir without
says 2 'no such file' "$check" --all without
mkfifo pipe
for odd in pipe /dev/zero; do
  says 2 "$odd: not a regular file" "$check" "$odd" triv.claim inj.cert
  says 2 "$odd: not a regular file" "$check" inj.toml "$odd" inj.cert
  says 2 "$odd: not a regular file" "$check" inj.toml triv.claim "$odd"
done
mkdir pipes
mkfifo pipes/index.tsv
says 2 'index.tsv: not a regular file' "$check" --all pipes
rm pipes/index.tsv
mkfifo pipes/triv.cert
printf 'triv.cert\t../triv.claim\t-\n' >pipes/index.tsv
says 2 'triv.cert: not a regular file' "$check" --all pipes

# ---- Names with tabs and line ends in an index ---------------------------------------------------
odd=$'a\tb\\c'
mkdir "$odd"
cp triv.claim "$odd"
case_file $'c\nd.toml' plain
for time in once again; do
  says 0 '1 certificates written' "$program" verify "$odd/triv.claim" --case $'c\nd.toml' --certificates kept
  printf '%s\t%s\t%s\n' 'triv--c\nd.cert' '../a\tb\\c/triv.claim' '../c\nd.toml' | cmp - kept/index.tsv ||
    fail "the index written $time"
  says 0 '1 certificates accepted' "$check" --all kept
done
printf 'triv.cert\t../tr\\qiv.claim\t-\n' >empty/index.tsv
says 2 'index.tsv:1: expected a new certificate' "$check" --all empty

# ---- Certificates in a report --------------------------------------------------------------------
# Another claim of the same name on the same case, and the claim itself on another case of the same name.
case_file one.toml one
says 0 '1 certificates written' "$program" verify triv.claim --case one.toml --certificates real
mkdir other
sed 's/n = 2/d = 2/' triv.claim >other/triv.claim
says 0 '1 certificates written' "$program" verify other/triv.claim --case one.toml --certificates foreign
{ cat one.toml; echo '# another text'; } >other/one.toml
says 0 '1 certificates written' "$program" verify triv.claim --case other/one.toml --certificates elsewhere
report() {
  run "$1" "$program" report triv.claim --case one.toml --certificates "$2" --formats json,markdown -o "report-$2"
}
report 0 real
has report-real/report.md 'Certificates: 1 accepted'
for folder in foreign elsewhere; do
  report 0 "$folder"
  has err '1 certificates are not about a claim, case and verdict of this report, the first triv--one.cert'
  grep -q 'Certificates:' "report-$folder/report.md" && fail "$folder: its certificate is shown"
done

# ---- What has no value, and what a proof is of ---------------------------------------------------
cat >of.claim <<'END'
claim nowhere {
  title "No value anywhere"
  conclude 1/0 = 5
  expect holds
}
claim nowhere-free {
  title "No value anywhere, with a variable"
  forall t : scalar try 1
  conclude 1/(t - t) = 3
  expect holds
}
claim in-range {
  title "A range is a range"
  forall k in 0..3
  conclude k*k != 16
  expect holds
}
claim half {
  title "Only p = 1/2 is looked at"
  setting sketch = bernoulli
  conclude p = 1/2
  expect holds
}
claim local {
  title "Proofs are for the numbers of local steps of their shapes"
  setting method = ist, sketch = identity, noiseless
  conclude E[||x[1]||^2] >= 0
  expect holds
}
claim excluded {
  title "Hypotheses that contradict each other"
  forall t : scalar try 1
  assume t > 1
  assume t < 0
  conclude t^2 >= 0
  expect holds
}
END
mkdir claims
mv of.claim claims
for name in nowhere nowhere-free; do
  says 2 "$name  ill-defined" "$program" search "$name" --claims claims --seconds 2 --certificates none
  [ ! -e none/index.tsv ] || fail "$name: a certificate of what has no value"
done
says 0 'in-range  proved for all values of its variables' "$program" search in-range --claims claims --seconds 2
says 1 'half  refuted' "$program" search half --claims claims --seconds 10
says 0 'sampled only: local_steps = 1 of ist' "$program" search local --claims claims --seconds 2 -n 1 -d 1
says 0 '"sampled": [' "$program" search local --claims claims --seconds 2 -n 1 -d 1 --json
says 0 'the hypotheses exclude every configuration' "$program" search excluded --claims claims --seconds 2
# A case's own value narrows no range.
{ case_file shape.toml shape; printf '[values]\nk = 0\n' >>shape.toml; }
cat >range.claim <<'END'
claim range {
  title "Only at k = 0"
  forall k in 0..2
  conclude k = 0 or n = 77
  expect holds
}
END
{ printf 'istcheck-certificate 1\nclaim range %s\ncase %s\nverdict proved\n' "$(hash_of range.claim)" "$(hash_of shape.toml)"
  printf 'limits steps 1 bits 20000 terms 64 halvings 4000 outcomes 20000\nend\n'; } >range.cert
says 1 'rejected: line 5' "$check" shape.toml range.claim range.cert

# ---- Engine and checker never differ silently ----------------------------------------------------
# A captured index: refused, or the checker contradicts the engine and that is told.
cat >captured.claim <<'END'
claim captured {
  title "A captured index"
  let i = 1
  let R = C[i]
  conclude forall i in 2..2 : E[R*Lbar*C[i]] = E[C[1]*Lbar*C[1]]
  expect holds
}
END
"$program" verify captured.claim --case one.toml --certificates captured --json >out 2>err
status=$?
[ "$status" -ne 0 ] || fail "a captured index: exit code 0"
[ "$status" -ne 1 ] || has out '"contradiction": "verdict'

# A value of a case outside of the variable's kind is left out by both programs: a vector of size 1 is no number.
printf 'name = "one"\nstep = "1/4"\n[sketch]\nkind = "identity"\n[method]\nkind = "sketched-gradient"\n[[worker]]\nL = [[2]]\nb = [1]\n' >kind.toml
printf '[values]\nv = [1]\nm = 1\n' >>kind.toml
echo 'claim kind { forall v : scalar try 1/2  forall m : matrix try 2*I  conclude n*v = v and m*I = m }' >kind.claim
run 0 "$program" verify kind.claim --case kind.toml --certificates kind --details
has out 'v = [1] (not of the declared kind)'
run 0 "$check" --all kind
has out '1 certificates accepted'
finish "istcheck-check says what it is about"
