# The records of all pages (records.awk) as a completion for fish.
BEGIN { FS = "\t" }
function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/'/, "\\'", s); return "'" s "'" }
function value(argument, choices) {
  if (argument == "") return " -f"
  if (choices != "") return " -x -a " quoted(choices)
  if (argument == "DIR") return " -x -a '(__fish_complete_directories)'"
  if (argument == "FILE") return " -r -F"
  return " -x"
}
function option(names, argument, choices, description,    list, n, i, out) {
  n = split(names, list, ", ")
  for (i = 1; i <= n; ++i) out = out (list[i] ~ /^--/ ? " -l " substr(list[i], 3) : " -s " substr(list[i], 2))
  print "complete -c " program condition out value(argument, choices) " -d " quoted(description)
}
$1 == "page" {
  n = split($2, words, " ")
  program = words[1]
  condition = n > 1 ? " -n '__fish_seen_subcommand_from " words[2] "'" : program == "istcheck" ? " -n __fish_use_subcommand" : ""
  if (program == "istcheck" && n == 1) print "complete -c istcheck -n __fish_use_subcommand -f"
}
$1 == "option" { option($2, $3, $5, $10) }
$1 == "command" { print "complete -c " program condition " -a " $2 " -d " quoted($3) }
$1 == "positional" && $2 == "CLAIM" { print "complete -c " program condition " -k -a '(__istcheck_claims)'" }
$1 == "positional" && $5 != "" { print "complete -c " program condition " -f -a " quoted($5) }
$1 == "form" && $2 ~ /^--/ {
  n = split($2, words, " ")
  for (i = 1; i <= n; ++i) if (words[i] ~ /^\[?--/) {
    gsub(/[][]/, "", words[i])
    what = i < n && words[i + 1] !~ /^\[?-/ ? words[i + 1] : ""
    gsub(/[][]/, "", what)
    option(words[i], what, "", i == 1 ? $3 : "with " words[1])
  }
}
$1 == "form" && $2 ~ /^CASE CLAIM/ { option("--help", "", "", "Print a help message and exit") }
