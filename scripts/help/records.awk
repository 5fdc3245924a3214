# Reads what --help prints and writes one record a line, fields separated by tabs, for the manual pages and
# completions. -v program=NAME, the words before --help, joined by blanks.
#   page        program words
#   about       a line of what stands before the usage
#   form        arguments, what they do; the usage
#   positional  names, argument, "..." if repeated, choices (a b), default, limits, options that exclude it,
#   option      "required" or nothing, description
#   command     name, first line of its description
#   foot        a line of what stands after the options; empty between paragraphs
BEGIN { FS = "\n"; OFS = "\t"; width = 30 }
{ line[NR] = $0 }

function trimmed(s) { gsub(/^ +| +$/, "", s); return s }
function continued(i) { return i <= NR && substr(line[i], 1, width) ~ /^ +$/ && length(line[i]) > width }

# Cuts KEY and what follows from the end of `head`, and returns what follows.
function cut(key,    at, rest) {
  at = index(head, " " key)
  if (!at) return ""
  rest = trimmed(substr(head, at + length(key) + 1))
  head = substr(head, 1, at - 1)
  return rest
}

# A head, such as "--largest INT:INT in [1 - 12]=3", with its description.
function entry(kind, description,    names, at, argument, check, choices, initial, limits, excludes, required, repeated) {
  excludes = cut("Excludes:")
  gsub(/ /, ", ", excludes)
  cut("Needs:")
  if (sub(/ REQUIRED$/, "", head)) required = "required"
  if (sub(/ \.\.\.$/, "", head)) repeated = "..."
  at = index(head, " ")
  names = at ? substr(head, 1, at - 1) : head
  argument = at ? substr(head, at + 1) : ""
  at = index(argument, "=")
  if (at) { initial = substr(argument, at + 1); argument = substr(argument, 1, at - 1) }
  at = index(argument, ":")
  if (at) { check = substr(argument, at + 1); argument = substr(argument, 1, at - 1) }
  if (check ~ /^\{.*\}$/) {
    choices = substr(check, 2, length(check) - 2)
    gsub(/,/, " ", choices)
  } else if (match(check, /\[.*\]/)) {
    limits = "from " substr(check, RSTART + 1, RLENGTH - 2)
    sub(/ - /, " to ", limits)
  } else if (check == "POSITIVE") {
    limits = "greater than 0"
  } else if (check == "NONNEGATIVE") {
    limits = "at least 0"
  }
  if (argument ~ /^(INT|UINT|FLOAT)$/ || (argument == "TEXT" && initial ~ /^[0-9]+$/)) argument = "NUMBER"
  if (argument == "TEXT" && names ~ /--output/) argument = "FILE"
  gsub(/,/, ", ", names)
  print kind, names, argument, repeated, choices, initial, limits, excludes, required, description
}

END {
  print "page", program
  start = 1
  if (index(line[1], program " ") == 1) { # istcheck-check: the usage comes first, with what each form does
    for (; line[start] != ""; ++start) {
      text = substr(line[start], length(program) + 2)
      at = match(text, /  +/)
      print "form", at ? substr(text, 1, at - 1) : text, at ? trimmed(substr(text, at)) : ""
    }
    for (++start; start <= NR && line[start] !~ /^(Examples?|Exit codes):/; ++start) print "about", line[start]
  } else {
    for (; start <= NR && line[start] !~ /^Usage:/; ++start) print "about", line[start]
    words = split(program, parts, " ")
    text = line[start++]
    sub(/^Usage: [^ ]+ */, "", text)
    if (words > 1) sub("^" parts[2] " *", "", text)
    print "form", text, ""
    section = ""
    for (i = start; i <= NR; ++i) {
      if (line[i] ~ /^(Positionals|Options|Subcommands):$/) { section = line[i]; start = i + 1; continue }
      if (line[i] == "" || section == "" || line[i] !~ /^  [^ ]/) {
        if (line[i] != "") break
        continue
      }
      # A head that is too long for its column stands alone, with the description on the next line.
      if (substr(line[i], width, 1) == " " && (substr(line[i], width - 1, 1) == " " || !continued(i + 1))) {
        head = trimmed(substr(line[i], 1, width))
        description = trimmed(substr(line[i], width))
      } else {
        head = trimmed(line[i])
        description = ""
      }
      first = description
      while (continued(i + 1)) {
        description = description (description == "" ? "" : " ") trimmed(line[++i])
        if (first == "") first = description
      }
      if (section == "Subcommands:") print "command", head, first
      else entry(section == "Options:" ? "option" : "positional", description)
      start = i + 1
    }
  }
  while (start <= NR && line[start] == "") ++start
  for (; start <= NR; ++start) print "foot", line[start]
}
