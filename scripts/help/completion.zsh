#compdef istcheck istcheck-check
# Completion of istcheck and istcheck-check for zsh, made from their --help by scripts/make_completions.sh.

# The names of the claims in proofs/claims, or of those that are installed with the program, and claim files.
_istcheck_claims() {
  local program=${commands[istcheck]:A} folder
  local -a names
  for folder in proofs/claims ${program:h:h}/share/istcheck/claims; do
    [[ -d $folder ]] || continue
    names=(${(f)"$(grep -rhoE --include='*.claim' '^claim [A-Za-z0-9_-]+' $folder | cut -d ' ' -f 2)"})
    break
  done
  _alternative "claims:claim:(${names[*]})" 'files:claim file:_files -g "*.claim"'
}

@TABLE@

_istcheck() {
  case $service in
    istcheck) _page_istcheck ;;
    istcheck-check) _page_istcheck_check ;;
  esac
}
_istcheck "$@"
