"""What the language has, read from docs/semantics.md, and which of it a claim uses: what is added there is missed here."""
import functools
import pathlib
import re

from form import FUNCTIONS, INDEXED, PLAIN_NAMES

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / 'docs' / 'semantics.md'
OF_CASES = ('schedule of listed steps', 'harmonic schedule', 'noise', 'values of a case', 'start of a case', 'several local steps')


def cells(text, heading, until):
    """The rows of the tables between two headings, each a list of cells."""
    part = text[text.index(heading):]
    part = part[:part.index(until)]
    rows = [line.strip().strip('|').split(' | ') for line in part.splitlines() if line.startswith('| ')]
    return [[cell.strip(' |') for cell in row] for row in rows]


def name_key(written):
    """`L[i]` and `lambda_max(A, B)` as L[] and lambda_max(,)."""
    match = re.fullmatch(r'([\w ]+)(?:\[(\w+)\])?(?:\((.*)\))?', written)
    name, index, arguments = match.groups()
    return name + ('' if index is None else f'[{index}]' if index == 'infinity' else '[]') + \
        ('' if arguments is None else f'({"," * arguments.count(",")})')


@functools.cache
def language():
    """The names of all constructs."""
    text = DOCUMENT.read_text(encoding='utf-8')
    block = text[text.index('**1.4 Grammar.**'):]
    block = re.sub(r'\(\*.*?\*\)', '', block[:block.index('```', block.index('```') + 3)])
    found = []
    for production, right in re.findall(r'^(\w+) += (.*?);\s*$', block, re.M | re.S):
        for word, token in re.findall(r'"((?:[^"\\]|\\.)*)"|\b(NAME|NUMBER|STRING|ID)\b', right):
            found.append(f'{production}: {word or token}')
    for heading, until in (('**3.1 Core names.**', '**3.2'), ('**3.2 Library names.**', '**3.3'), ('## 6. Functions', '## 7.')):
        for row in cells(text, heading, until):
            names = re.findall(r'`([^`]+)`', row[0])
            found += [name_key(name) for name in names if 'workers' not in names]
    found += ['sketch ' + row[0] for row in cells(text, '**4.2 The draw**', '**4.3')[1:]]
    for row in cells(text, '**4.4 A round**', '**4.5')[1:]:
        found += ['method ' + cell for cell in row if re.fullmatch('[a-z-]{2,}', cell)]
    found += ['refused ' + row[0] for row in cells(text, '## 16. Refused forms', '## 17.') if re.fullmatch(r'F\d+', row[0]) and row[0] != 'F18']  # of methods: check_methods.py
    return tuple(dict.fromkeys(found)) + OF_CASES


def names_in(tree, found):
    if isinstance(tree, (list, tuple)):
        if tree and tree[0] == 'name' and tree[1] in PLAIN_NAMES:
            found.add(tree[1])
        elif tree and tree[0] == 'entry' and tree[1][0] == 'name' and tree[1][1] in INDEXED:
            found.add(tree[1][1] + ('[infinity]' if tree[2] == [('name', 'infinity')] else '[]'))
        elif tree and tree[0] == 'call' and tree[1] in FUNCTIONS:
            found.add(tree[1] + ('[]' if tree[2] else '') + '(' + ',' * (len(tree[3]) - 1) + ')')
        elif tree and tree[0] == 'grad':
            found.add('grad f' + ('[]' if tree[1] else '') + '()')
        for part in tree:
            names_in(part, found)


def of_case(case):
    """The constructs of a case, of which every claim on it makes use."""
    kind = case.sketch['kind']
    perm = kind == 'perm' and case.d < case.n
    reading = case.sketch.get('reading', '')
    row = 'perm, d < n' if perm else f'{kind}, {reading}' if reading else kind
    found = {one for one in language() if one.startswith('sketch ' + row) and ('<' in one) == perm}
    flags = (bool(case.steps), case.c is not None, any(v != 0 for m in case.noise for r in m.rows for v in r), bool(case.values),
             any(row[0] != 0 for row in case.start.rows), case.T > 1)
    return found | {'method ' + case.method} | {name for name, is_so in zip(OF_CASES, flags) if is_so}


def of_claim(parser, tree):
    found = {f'{production}: {word}' for production, word in parser.used}
    names_in(tree['declarations'], found)
    return found
