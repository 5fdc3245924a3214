# The records of all pages (records.awk) as a completion for zsh.
BEGIN { FS = "\t" }
function text(s) {
  gsub(/\\/, "\\\\", s)
  gsub(/'/, "'\\''", s)
  gsub(/[][]|:/, "\\\\&", s)
  return s
}
function action(argument, choices) {
  if (choices != "") return "(" choices ")"
  if (argument == "DIR") return "_files -/"
  if (argument == "FILE") return "_files"
  return " "
}
function add(spec) { body = body " \\\n        " spec }
function finish() {
  if (page == "") return
  if (commands != "") {
    add("'1: :_istcheck_commands'")
    add("'*:: :->command'")
    print "_istcheck_commands() {\n  local -a commands=(" commands "\n  )\n  _describe command commands\n}\n"
  }
  name = page
  gsub(/[ -]/, "_", name)
  print "_page_" name "() {\n  local curcontext=$curcontext state line\n  local -A opt_args\n  _arguments -C -s -S" body
  if (commands != "") print "  [[ $state == command ]] && _istcheck_of_command"
  print "}\n"
  if (page ~ / /) cases = cases "    " substr(page, index(page, " ") + 1) ") _page_" name " ;;\n"
  body = commands = ""
}
$1 == "page" { finish(); page = $2 }
$1 == "option" {
  n = split($2, names, ", ")
  value = $3 == "" ? "" : ":" text($3) ":" action($3, $5)
  if (n == 1) add("'" ($4 == "" ? "" : "*") names[1] "[" text($10) "]" value "'")
  else add("'(" names[1] " " names[2] ")'{" names[1] "," names[2] "}'[" text($10) "]" value "'")
}
$1 == "positional" {
  add("'" ($4 == "" ? "" : "*") ":" text($2) ":" ($2 == "CLAIM" ? "_istcheck_claims" : $2 == "NAME" ? " " : action("FILE", $5)) "'")
}
$1 == "command" { commands = commands "\n    '" $2 ":" text($3) "'" }
$1 == "form" && $2 ~ /--/ {
  n = split($2, words, " ")
  for (i = 1; i <= n; ++i) if (words[i] ~ /^\[?--/) {
    gsub(/[][]/, "", words[i])
    what = i < n && words[i + 1] !~ /^\[?-/ ? words[i + 1] : ""
    gsub(/[][]/, "", what)
    add("'" words[i] "[" (i == 1 ? text($3) : "") "]" (what == "" ? "" : ":" what ":" action(what, "")) "'")
  }
}
$1 == "form" && $2 ~ /^CASE CLAIM/ { add("'--help[Print a help message and exit]'"); add("'*:file:_files'") }
END {
  finish()
  print "# The page of the command in $words[1].\n_istcheck_of_command() {\n  case $words[1] in\n" cases "  esac\n}"
}
