"""Compares engine, checker and reference on random claims: run.py ISTCHECK [--claims N] [--seed S] [--without NAME,NAME]."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import generate
from exact import Unknown
from interpreter import Case, Claim, judge
from parse import Refused, parse

BATCH = 150


def reference(text, case):
    try:
        return judge(Claim(parse(text)[0]), case)
    except Refused as reason:
        return 'refused ' + reason.args[0]
    except Unknown:
        return 'undecided'


def command(*words):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, errors='replace', timeout=600)


class Programs:
    def __init__(self, engine, folder):
        self.engine, self.folder = engine, pathlib.Path(folder)
        self.checker = str(pathlib.Path(engine).with_name('istcheck-check'))
        self.count = 0

    def syntax(self, text):
        path = self.folder / 'one.claim'
        path.write_text(text, encoding='utf-8')
        code = command(self.engine, 'check-syntax', path).returncode
        return 'refused' if code == 2 else 'crash' if code < 0 else 'read'

    def verify(self, texts, case):
        """{claim: (engine's verdict, checker's word)} of a list of (name, text)."""
        self.count += 1
        path, out = self.folder / f'{self.count}.claim', self.folder / f'{self.count}.d'
        path.write_text(''.join(text for _, text in texts), encoding='utf-8')
        done = command(self.engine, 'verify', path, '--case', case, '--json', '--certificates', out)
        try:
            claims = json.loads(done.stdout)['claims']
        except ValueError:
            claims = None
        if done.returncode < 0 or claims is None:
            if len(texts) == 1:
                return {texts[0][0]: ('crash' if done.returncode < 0 else 'refused', '')}
            half = len(texts) // 2
            return {**self.verify(texts[:half], case), **self.verify(texts[half:], case)}
        found = {c['claim']: self.verdict(c) for c in claims}
        words = dict.fromkeys(found, '')
        if (out / 'index.tsv').exists() and (out / 'index.tsv').stat().st_size:
            checked = command(self.checker, '--all', out)
            if checked.returncode not in (0, 3):
                said = checked.stdout + checked.stderr
                for name in found:
                    lines = [line for line in said.splitlines() if re.search(rf'\b{name}(--|\.cert)', line)]
                    if any('incomplete' not in line and 'accepted' not in line for line in lines):
                        words[name] = 'rejected: ' + lines[0]
                if checked.returncode < 0 or not any(words.values()):
                    words[next(iter(found))] = f'checker ended with {checked.returncode}: {said[-300:]}'
            for line in (checked.stdout + checked.stderr).splitlines():
                match = re.match(r'(?:.*/)?(c\d+-\d+)[-.].*incomplete', line)
                if match and match[1] in words and not words[match[1]]:
                    words[match[1]] = 'incomplete'
        for line in done.stderr.splitlines():
            match = re.search(r"\b(c\d+-\d+)\b.*the checker's evaluation finds", line)
            if match:
                words[match[1]] = 'contradicts: ' + line.strip()
        return {name: (found[name], words[name]) for name in found}

    @staticmethod
    def verdict(claim):
        if claim['cases']:
            case = claim['cases'][0]
            return 'vacuous' if 'unreached' in case.get('reason', '') else case['verdict']
        if claim['outcome'] == 'no case fits' or claim['does_not_fit']:
            return 'no fit'
        return 'ill-defined' if claim['error'] else claim['verdict']


def constructs(tree, counts, inside=None):
    """Counts the constructs of a parsed claim."""
    if isinstance(tree, list):
        for part in tree:
            constructs(part, counts, inside)
    elif isinstance(tree, tuple) and tree and isinstance(tree[0], str):
        word = tree[0]
        if word in ('name', 'call', 'fold', 'quantifier'):
            counts[f'{word} {tree[1]}'] += 1
        elif word == 'entry' and tree[1][0] == 'name':
            counts[f'name {tree[1][1]}[…]'] += 1
        elif word == 'chain':
            counts.update(f'relation {s}' for s in tree[2])
        elif word == 'variable':
            counts[f'variable in {tree[2] or "a range"}'] += 1
        elif word == 'setting':
            counts[f'setting {tree[1][0]}'] += 1
        elif word == 'norm':
            counts['norm squared' if tree[2] else 'norm'] += 1
            counts['norm with weight'] += bool(tree[3])
        elif word == 'kind':
            counts[f'quantifier over {tree[1]}'] += 1
        else:
            counts[word] += 1
        for part in tree[1:]:
            constructs(part, counts, word)
    elif isinstance(tree, tuple):
        for part in tree:
            constructs(part, counts, inside)


def main():
    options = argparse.ArgumentParser()
    options.add_argument('engine')
    options.add_argument('--claims', type=int, default=3000)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--without', default='', help='constructs of generate.OPTIONAL, separated by commas')
    options.add_argument('--known', default='', help='the list of what is left out, known.txt')
    options.add_argument('--keep', default='', help='a folder for the disagreements')
    options.add_argument('--constructs', action='store_true', help='print how often each construct occurs')
    options.add_argument('--shares', action='store_true', help='fail if the reference or a verdict is rarer than it should be')
    chosen = options.parse_args()
    off = {w for w in chosen.without.split(',') if w}
    rules, known, left = set(), [], collections.Counter()
    if chosen.known:
        for line in pathlib.Path(chosen.known).read_text(encoding='utf-8').splitlines():
            if not line or line.startswith('#'):
                continue
            (kind, name), what, _ = line.split(' | ')[0].split(), line.split(' | ')[1], line.split(' | ')[2]
            if kind == 'construct':
                off.add(what)
            elif kind == 'rule':
                rules.add(what)
            else:
                known.append((name, re.compile(what, re.S)))
    off |= rules & set(generate.FAULTS)
    if off - set(generate.OPTIONAL):
        sys.exit(f'not among the constructs: {sorted(off - set(generate.OPTIONAL))}')
    counts, used, differ, seed = collections.Counter(), collections.Counter(), [], chosen.seed * 1000000
    with tempfile.TemporaryDirectory() as folder:
        programs = Programs(chosen.engine, folder)
        while counts['claims'] < chosen.claims:
            toml, texts = generate.batch(seed, min(BATCH, chosen.claims - counts['claims']), off)
            path = pathlib.Path(folder) / f'case{seed}.toml'
            path.write_text(toml, encoding='utf-8')
            case, seed, right, named = Case({**tomllib.loads(toml), 'name': path.stem}), seed + 1, {}, {}
            for text in texts:
                name = text.split()[1]
                reason = next((word for word, p in known if p.search(text + '§' + toml)), None)
                wanted = reference(text, case) if not reason else ''
                if wanted.startswith('refused') and wanted.split()[1] in rules:
                    reason = wanted.split()[1]
                if reason:
                    left[reason] += 1
                    continue
                right[name], named[name] = wanted, text
                try:
                    constructs(parse(text)[0]['declarations'], used)
                except Refused:
                    pass
            found = {name: (programs.syntax(named[name]), '') for name in right if right[name].startswith('refused')}
            rest = [(name, named[name]) for name in right if not right[name].startswith('refused')]
            found.update(programs.verify(rest, path) if rest else {})
            counts['claims'] += len(texts)
            for name, wanted in right.items():
                engine, word = found.get(name, ('missing', ''))
                kind = wanted.split()[0] if wanted != 'no fit' else wanted
                counts['reference: ' + kind] += 1
                counts['checker incomplete'] += word == 'incomplete'
                counts['engine undecided, reference not'] += engine == 'undecided' != kind
                same = engine == kind or 'undecided' in (engine, kind) or (engine, wanted) == ('read', 'undecided')
                if kind == 'undecided' and engine in ('refused', 'crash', 'missing'):
                    same = False
                if not same or (word and word != 'incomplete'):
                    differ.append((named[name], toml, wanted, engine, word))
    total = counts['claims'] - sum(left.values())
    decided = total - counts['reference: undecided']
    for what, number in sorted(counts.items()):
        print(f'{what}: {number}')
    for what, number in left.most_common():
        print(f'left out, {what}: {number}')
    print(f'reference decided: {decided} of {total} ({decided / max(total, 1):.1%})')
    if chosen.constructs:
        for what, number in used.most_common():
            print(f'  {what}: {number}')
    for i, (text, toml, wanted, engine, word) in enumerate(differ):
        if i < 20 or chosen.keep:
            print(f'DIFFER reference {wanted}, engine {engine} {word}\n{text}')
        if chosen.keep:
            name = text.split()[1]
            pathlib.Path(chosen.keep).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(chosen.keep) / f'{name}.claim').write_text(text, encoding='utf-8')
            (pathlib.Path(chosen.keep) / f'{name}.toml').write_text(toml, encoding='utf-8')
    print(f'{len(differ)} disagreements')
    low = [v for v in ('holds', 'violated', 'vacuous', 'ill-defined', 'refused') if counts['reference: ' + v] < 0.05 * total]
    if chosen.shares and (low or decided < 0.9 * total):
        print('too few of:', *low, 'decided' if decided < 0.9 * total else '')
        sys.exit(1)
    sys.exit(bool(differ))


if __name__ == '__main__':
    main()
