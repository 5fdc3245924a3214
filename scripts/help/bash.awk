# The records of all pages (records.awk) as a completion for bash: a table, which completion.bash reads.
# For each page: its options, those that take a value with what that is, and the kinds of its arguments.
BEGIN { FS = "\t" }
# What a value is: files, folders, a list of words, or nothing that could be proposed.
function kind(argument, choices) {
  if (choices != "") { gsub(/ /, ",", choices); return choices }
  if (argument == "DIR") return "folder"
  if (argument == "FILE") return "file"
  return "none"
}
function finish() {
  if (page == "") return
  printf "    %s)\n      options='%s'\n      values='%s'\n      arguments='%s'\n      commands='%s'\n      ;;\n",
    page, options, values, arguments, commands
  options = values = arguments = commands = ""
}
$1 == "page" { finish(); page = "'" $2 "'" }
$1 == "option" {
  n = split($2, names, ", ")
  for (i = 1; i <= n; ++i) {
    options = options (options == "" ? "" : " ") names[i]
    if ($3 != "") values = values (values == "" ? "" : " ") names[i] "=" kind($3, $5)
  }
}
$1 == "positional" {
  arguments = arguments (arguments == "" ? "" : " ") ($2 == "CLAIM" ? "claim" : $2 == "NAME" ? "none" : kind("FILE", $5)) $4
}
$1 == "command" { commands = commands (commands == "" ? "" : " ") $2 }
# istcheck-check lists its options in its usage.
$1 == "form" && $2 ~ /--/ {
  n = split($2, words, " ")
  for (i = 1; i <= n; ++i) if (words[i] ~ /^\[?--/) {
    gsub(/[][]/, "", words[i])
    options = options (options == "" ? "--help " : " ") words[i]
    if (i < n && words[i + 1] !~ /^\[?-/) {
      gsub(/[][]/, "", words[i + 1])
      values = values (values == "" ? "" : " ") words[i] "=" kind(words[i + 1], "")
    }
  }
}
$1 == "form" && $2 ~ /^CASE CLAIM/ { arguments = "file..." }
END { finish() }
