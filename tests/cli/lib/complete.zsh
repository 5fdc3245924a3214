# complete.zsh FOLDER LINE: what zsh, with the completions of FOLDER, proposes at the end of the line, one word a line.
zmodload zsh/zpty
export TERM=dumb found=$(mktemp)
# An interactive zsh of its own. Whatever the completion adds is written down beside.
zpty shell 'zsh -f -i'
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -D -u; LISTMAX=1000; bindkey -e
  compadd() {
    if [[ \${@[1,(i)--]} != *(-O|-A|-D)* ]]; then
      local -a hits
      builtin compadd -O hits \"\$@\"
      (( \$#hits )) && print -l -- \$hits >>\$found
    fi
    builtin compadd \"\$@\"
  }
  finished() { print '<finish'ed'>' }; zle -N finished
  zle-line-init() { print -n '<rea'dy'>' }; zle -N zle-line-init
  bindkey '^X' list-choices; bindkey '^Y' finished"
zpty -r -m shell text '*<ready>*'
zpty -w -n shell "$2"$'\x18\x19'
zpty -r -m shell text '*<finished>*'
sort -u $found
rm -f $found
