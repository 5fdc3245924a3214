# Completion of istcheck and istcheck-check for bash, made from their --help by scripts/make_completions.sh.
# shellcheck shell=bash

# _istcheck_page NAME: what can stand behind a program or a command of it.
_istcheck_page() {
  case $1 in
@TABLE@
    *) return 1 ;;
  esac
}

# The names of the claims in proofs/claims, or of those that are installed with the program $1.
_istcheck_claims() {
  local program folder
  program=$(realpath -- "$(type -P -- "$1")" 2>/dev/null)
  for folder in proofs/claims "${program%/bin/*}/share/istcheck/claims"; do
    [ -d "$folder" ] || continue
    grep -rhoE --include='*.claim' '^claim [A-Za-z0-9_-]+' "$folder" | cut -d ' ' -f 2
    return
  done
}

# _istcheck_propose KIND WORD PROGRAM: adds the proposals of a kind to COMPREPLY.
_istcheck_propose() {
  case $1 in
    none) ;;
    folder) compopt -o filenames 2>/dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$2") ;;
    file) compopt -o filenames 2>/dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$2") ;;
    claim)
      mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_istcheck_claims "$3")" -- "$2")
      _istcheck_propose file "$2" "$3"
      ;;
    *) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "${1//,/ }" -- "$2") ;;
  esac
}

_istcheck() {
  local current=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]} page options values arguments commands i value
  local -a list
  local count=0 waiting=''
  COMPREPLY=()
  page=${program##*/}
  _istcheck_page "$page" || return
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [ -n "$waiting" ]; then waiting=''; continue; fi
    if [[ ${COMP_WORDS[i]} == -* ]]; then
      for value in $values; do [[ $value == "${COMP_WORDS[i]}="* ]] && waiting=${value#*=}; done
    elif [ -n "$commands" ]; then
      page="$page ${COMP_WORDS[i]}"
      _istcheck_page "$page" || return
    else
      count=$((count + 1))
    fi
  done
  if [ -n "$waiting" ]; then
    _istcheck_propose "$waiting" "$current" "$program"
  elif [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [ -n "$commands" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
  else
    read -ra list <<<"$arguments"
    if [ "$count" -ge "${#list[@]}" ]; then
      [[ ${#list[@]} -gt 0 && ${list[-1]} == *... ]] || return 0
      count=$((${#list[@]} - 1))
    fi
    _istcheck_propose "${list[count]%...}" "$current" "$program"
  fi
}
complete -F _istcheck istcheck istcheck-check
