#!/usr/bin/env python3
"""core_names.py SRC: a name of the table src/claim/names.def is compared by its enumerator.

Refused in the folders that may include the table: a string literal of the table that something is
compared with or looked up by, and two of them in one list in braces; a `default` in a switch over one of
the enumerations, which would keep the compiler from naming the walker that forgot a name; and in
src/check every reading of what the type checker noted in an expression. Prints each; exit code 1 if any.
With --count: how many literals of the table there are outside of it, and nothing else.
"""

import re
import sys
from pathlib import Path

FOLDERS = ("claim", "cert", "check", "search", "report", "tool")
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'
# Words of something else that are spelled alike: a rule of certificates, an operator in LaTeX.
OTHERS = {("check/refutation.cpp", "sum"), ("report/report_latex.cpp", "max"),
          ("report/report_latex.cpp", "min")}
ENUMERATIONS = r"(?:Constant|Indexed|Function|Fold|Domain)::"


def table(src):
    text = (src / "claim/names.def").read_text(encoding="utf-8")
    names = set(re.findall(r'^[A-Z]+\(\w+, "([^"]+)"', text, re.M))
    if len(names) < 50:
        sys.exit("core_names.py: the table of names is not read any more")
    return names


def without_comments(text):
    """Comments and raw strings as blanks, lines kept."""
    blank = lambda m: m[0] if m[0][0] == '"' else re.sub(r"[^\n]", " ", m[0])
    return re.sub(r'R"\((?:.|\n)*?\)"|"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*(?:.|\n)*?\*/', blank, text)


def comparisons(file, text, names):
    for pattern in (r"[=!]=\s*" + LITERAL, LITERAL + r"\s*[=!]=",
                    r"(?:\.|->)(?:count|find|contains|at)\(\s*" + LITERAL + r"\s*\)",
                    r"\b(?:own|one_of|has_variable|find_builtin)\(\s*" + LITERAL):
        for m in re.finditer(pattern, text):
            if m[1] in names and (file, m[1]) not in OTHERS:
                yield m.start(1), f"compared with the name '{m[1]}'"
    for m in re.finditer(r"\{\s*(" + LITERAL + r"(?:\s*,\s*" + LITERAL + r")+)\s*,?\s*\}", text):
        listed = re.findall(LITERAL, m[1])
        if sum(name in names for name in listed) > 1:
            yield m.start(1), "a list of names"


def closing(text, begin):
    depth = 0
    for m in re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}]').finditer(text, begin):
        depth += {"{": 1, "}": -1}.get(m[0], 0)
        if depth == 0:
            return m.start()
    return len(text)


def defaults(text):
    for m in re.finditer(r"\bswitch\b[^{]*\{", text):
        body = text[m.end() - 1:closing(text, m.end() - 1)]
        while inner := re.search(r"\bswitch\b[^{]*\{", body):
            end = closing(body, inner.end() - 1)
            body = body[:inner.start()] + body[end + 1:]
        if re.search(r"\bcase\s+(?:\w+::)*" + ENUMERATIONS, body) and re.search(r"\bdefault\s*:", body):
            yield m.start(), "a default in a switch over names"


def notes(text):
    for m in re.finditer(r"(?:\.|->)(meaning|constant|indexed|function|fold|type)\b(?!\s*\()", text):
        yield m.start(1), f"the checker reads what was noted: {m[1]}"


def main(arguments):
    src = Path(arguments[-1])
    names = table(src)
    faults = literals = 0
    for path in sorted(p for f in FOLDERS for p in (src / f).rglob("*.[ch]pp")):
        file = path.relative_to(src).as_posix()
        text = without_comments(path.read_text(encoding="utf-8"))
        literals += sum(name in names for name in re.findall(LITERAL, text))
        found = [*comparisons(file, text, names), *defaults(text)]
        if file.startswith("check/"):
            found += notes(text)
        for at, what in found:
            faults += 1
            if "--count" not in arguments:
                print(f"{path}:{text.count(chr(10), 0, at) + 1}: {what}")
    if "--count" in arguments:
        print(literals)
        return 0
    return 1 if faults else 0


sys.exit(main(sys.argv[1:]))
