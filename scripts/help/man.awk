# The records of one page (records.awk) as a manual page. -v version, data (the folder of what is installed),
# docs (that of the documents), codes (the exit codes of every command, "0 done|1 …") and pages (all pages).
BEGIN { FS = "\t" }

# Signs that mean something to troff; "-" of options stays the sign that is typed.
function plain(s) {
  gsub(/\\/, "\\e", s)
  gsub(/'/, "\\(aq", s)
  gsub(/`/, "\\(ga", s)
  gsub(/\^/, "\\(ha", s)
  gsub(/~/, "\\(ti", s)
  s = " " s
  while (match(s, /[ (,]--?[A-Za-z]/)) {
    at = substr(s, RSTART + 2, 1) == "-" ? "\\-\\-" : "\\-"
    s = substr(s, 1, RSTART) at substr(s, RSTART + RLENGTH - 1)
  }
  s = substr(s, 2)
  if (s ~ /^\./) s = "\\&" s
  return s
}
function literal(s) { s = plain(s); gsub(/-/, "\\-", s); gsub(/\\\\-/, "\\-", s); return s }
function sentence(s) { return s == "" || s ~ /[.:]$/ ? s : s "." }
function lower_first(s) { return substr(s, 2, 1) ~ /[a-z ]/ ? tolower(substr(s, 1, 1)) substr(s, 2) : s }
function upper_first(s) { return toupper(substr(s, 1, 1)) substr(s, 2) }
function page_name(s) { gsub(/ /, "-", s); return s }
function at_installed(s) {
  gsub(/proofs\/claims/, data "/claims", s)
  gsub(/ cases\//, " " data "/cases/", s)
  gsub(/docs\//, docs "/", s)
  return s
}
# "INTENT MORE": words in capitals and what is between brackets is to be replaced, so it stands in italics.
function form_text(s,    words, n, i, out) {
  n = split(s, words, " ")
  for (i = 1; i <= n; ++i) out = out (i > 1 ? " " : "") (words[i] ~ /^\[?--/ ? bold(words[i]) : "\\fI" literal(words[i]) "\\fR")
  return out
}
function bold(s,    bracket) {
  bracket = sub(/^\[/, "", s) ? "[" : ""
  return bracket "\\fB" literal(s) "\\fR"
}
function head_of_option(names, argument, repeated,    list, n, i, out) {
  n = split(names, list, ", ")
  for (i = 1; i <= n; ++i) out = out (i > 1 ? ", " : "") "\\fB" literal(list[i]) "\\fR"
  return out (argument == "" ? "" : " \\fI" literal(argument) "\\fR") (repeated == "" || argument ~ /\.\.\.$/ ? "" : " ...")
}
function described(description, choices, initial, limits, excludes,    more) {
  gsub(/docs\//, docs "/", description)
  more = sentence(description)
  if (choices != "") { gsub(/ /, ", ", choices); more = more " One of: " choices "." }
  if (limits != "") more = more " " upper_first(limits) "."
  if (initial != "") more = more " Default: " initial "."
  if (excludes != "") more = more " Not together with " excludes "."
  return plain(more)
}

$1 == "page" { title = $2 }
$1 == "about" { about[++abouts] = $2 }
$1 == "form" { form[++forms] = $2; does[forms] = $3 }
$1 == "positional" {
  positionals = positionals ".TP\n\\fI" literal($2) "\\fR" ($4 == "" ? "" : " ...") "\n" described($10, $5, $6, $7, $8) "\n"
}
$1 == "option" {
  options = options ".TP\n" head_of_option($2, $3, $4) "\n" described($10, $5, $6, $7, $8) "\n"
  if ($2 == "--claims" || $2 == "--cases") takes_claims = 1
}
$1 == "command" {
  commands = commands ".TP\n\\fBistcheck " literal($2) "\\fR\n" plain(sentence($3)) " See \\fBistcheck\\-" literal($2) "\\fR(1).\n"
}
$1 == "foot" { foot[++feet] = $2 }

# The end of the help: examples, exit codes, and paragraphs.
function read_foot(    i, text) {
  for (i = 1; i <= feet; ++i) {
    text = foot[i]
    if (text ~ /^Examples?:/) {
      sub(/^Examples?: */, "", text)
      if (i < feet && foot[i + 1] ~ /^  / && text != "") examples = examples plain(upper_first(text)) ":\n.PP\n"
      if (i < feet && foot[i + 1] ~ /^  /) text = ""
      examples = examples ".nf\n.RS 4\n"
      if (text != "") examples = examples literal(at_installed(text)) "\n"
      while (i < feet && foot[i + 1] ~ /^  /) examples = examples literal(substr(at_installed(foot[++i]), 3)) "\n"
      examples = examples ".RE\n.fi\n"
    } else if (text ~ /^Exit codes:/) {
      while (i < feet && foot[i + 1] != "") text = text " " foot[++i]
      sub(/^Exit codes: */, "", text)
      sub(/\.$/, "", text)
      codes = text
      gsub(/[,;] *0 /, "|0 ", codes); gsub(/[,;] *1 /, "|1 ", codes)
      gsub(/[,;] *2 /, "|2 ", codes); gsub(/[,;] *3 /, "|3 ", codes)
    } else if (text != "") {
      while (i < feet && foot[i + 1] != "" && foot[i + 1] !~ /^(Examples?|Exit codes):/) text = text "\n" foot[++i]
      rest = rest ".PP\n" plain(text) "\n"
    }
  }
}

END {
  read_foot()
  name = page_name(title)
  summary = abouts > 0 ? about[1] : ""
  if (forms > 1) summary = "Check certificates again, trusting little" # its help begins with the usage
  one = lower_first(summary)
  sub(/[.:].*$/, "", one)
  print ".\\\" Made from \"" title " --help\" by scripts/make_man.sh."
  print ".TH \"" toupper(literal(name)) "\" 1 \"\" \"istcheck " version "\" \"User Commands\""
  print ".SH NAME"
  print literal(name) " \\- " plain(one)
  print ".SH SYNOPSIS"
  for (i = 1; i <= forms; ++i) {
    if (i > 1) print ".br"
    print "\\fB" literal(title) "\\fR " form_text(form[i])
  }
  print ".SH DESCRIPTION"
  for (i = 1; i <= abouts; ++i) print about[i] == "" ? (i < abouts ? ".PP" : "") : plain(i == abouts ? sentence(about[i]) : about[i])
  printf "%s", rest
  if (title == "istcheck") {
    print ".PP\nVerdicts and results go to standard output, diagnostics to standard error."
    print ".SH COMMANDS"
    printf "%s", commands
  }
  if (positionals != "") printf "%s", ".SH ARGUMENTS\n" positionals
  print ".SH OPTIONS"
  for (i = 1; i <= forms; ++i) if (form[i] ~ /^--/) {
    print ".TP\n" form_text(form[i]) "\n" plain(sentence(upper_first(does[i])))
  }
  if (options != "") printf "%s", options
  else print ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nPrint a help message and exit."
  print ".SH EXIT STATUS"
  n = split(codes, list, "|")
  for (i = 1; i <= n; ++i) print ".TP\n\\fB" substr(list[i], 1, 1) "\\fR\n" plain(sentence(upper_first(substr(list[i], 3))))
  if (takes_claims || title == "istcheck") {
    print ".SH FILES"
    print "The folders proofs/claims and cases/paper of the working directory, or of one above it, come first. Where there are none,"
    print ".TP\n\\fI" literal(data) "/claims\\fR\nthe claims that are installed, and"
    print ".TP\n\\fI" literal(data) "/cases\\fR\nthe cases; they are found beside the program, wherever it was moved to, and standard error says that they were taken."
  }
  print ".SH EXAMPLES"
  printf "%s", examples
  print ".SH SEE ALSO"
  n = split(pages, list, " ")
  for (i = 1; i <= n; ++i) if (list[i] != name) others = others (others == "" ? "" : ",\n") "\\fB" literal(list[i]) "\\fR(1)"
  print others
  print ".PP\nThe manual with the formats of cases and results is \\fI" literal(docs) "/manual.md\\fR, the language of claims \\fI" literal(docs) "/claim\\-language.md\\fR."
}
