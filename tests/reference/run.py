"""Compares engine, checker and reference on random claims, and the engine with itself without each of its fast paths:
run.py ISTCHECK [--claims N] [--seed S] [--jobs J]. A claim counts for a construct once."""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import tomllib

import cells
import constructs
import generate
from decide import decide
from exact import Unknown
from interpreter import Case, Claim, judge
from parse import Parser, Refused

BATCH = 60         # claims on one case
FUEL = 10**6       # of cells.py for each claim, some seconds
WANTED = 1 / 200   # of all claims: the least share of a construct
KINDS = ('holds', 'violated', 'vacuous', 'ill-defined', 'refused')


def reference(text, case, of_case):
    """The reference's word on the values looked at, that on all values if there are others ('open' if it does not know), and
    the constructs of the claim."""
    cells.fuel = FUEL
    try:
        parser = Parser(text)
        tree = parser.file()[0]
        claim = Claim(tree)
        free = any(kind is not None for _, kind, _ in claim.variables)
        return judge(claim, case), decide(claim, case)[0] if free else None, of_case | constructs.of_claim(parser, tree)
    except Refused as reason:
        return 'refused ' + reason.args[0], None, {'refused ' + reason.args[0]}
    except Unknown:
        return 'undecided', None, set()


def agrees(wanted, over_all, engine, scope):
    """Whether the engine's verdict and scope may stand beside the reference's words."""
    if over_all is None or wanted == 'no fit':
        return engine == wanted.split()[0] if wanted != 'no fit' else engine == wanted
    if engine == 'vacuous' and scope != 'all':  # unreached
        return wanted in ('vacuous', 'undecided')
    if engine == 'holds' and scope != 'all':  # a good choice may be one that was found, not one to try
        return wanted in ('holds', 'undecided') or wanted == 'vacuous' and over_all in ('open', 'holds')
    if over_all == 'violated' and engine == 'ill-defined':
        return True  # some choice has no value, and none that violates was found (11.2)
    if over_all != 'open':
        return engine == over_all
    return engine in {'violated': ('violated',), 'ill-defined': ('violated', 'ill-defined'), 'holds': ('violated', 'ill-defined', 'holds')}.get(wanted, (engine,))


def command(*words):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, errors='replace', timeout=600)


class Programs:
    def __init__(self, engine, fast_paths, folder):
        self.engine, self.fast_paths, self.folder = engine, fast_paths, pathlib.Path(folder)
        self.checker = str(pathlib.Path(engine).with_name('istcheck-check'))
        self.count, self.scopes = 0, {}

    def syntax(self, texts):
        """{claim: refused or read} of {claim: text}, each in a file of its own."""
        if not texts:
            return {}
        paths = {name: self.folder / f'{name}.claim' for name in texts}
        for name, path in paths.items():
            path.write_text(texts[name], encoding='utf-8')
        done = command(self.engine, 'check-syntax', *paths.values())
        for path in paths.values():
            path.unlink()
        if done.returncode < 0:
            return {name: 'crash' for name in texts} if len(texts) == 1 else \
                {name: word for name, text in texts.items() for name, word in self.syntax({name: text}).items()}
        said = {pathlib.Path(line.split(':')[0]).stem for line in done.stderr.splitlines() if re.match(r'\S+\.claim:\d+:\d+: ', line)}
        return {name: 'refused' if name in said else 'read' for name in texts}

    def verify(self, texts, case):
        """{claim: (engine's verdict, checker's word)} of {claim: text}."""
        if not texts:
            return {}
        self.count += 1
        path, out = self.folder / f'{self.count}.claim', self.folder / f'{self.count}.d'
        path.write_text(''.join(texts.values()), encoding='utf-8')
        done = command(self.engine, 'verify', path, '--case', case, '--json', '--certificates', out)
        try:
            claims = json.loads(done.stdout)['claims']
        except ValueError:
            claims = None
        if done.returncode < 0 or claims is None:
            names = list(texts)
            if len(names) == 1:
                return {names[0]: ('crash' if done.returncode < 0 else 'refused', '')}
            halves = names[:len(names) // 2], names[len(names) // 2:]
            return {name: word for half in halves for name, word in self.verify({n: texts[n] for n in half}, case).items()}
        found = {c['claim']: self.verdict(c) for c in claims}
        self.scopes.update({c['claim']: c['cases'][0].get('scope') for c in claims if c['cases']})
        words = {c['claim']: self.contradiction(c) for c in claims}
        if (out / 'index.tsv').exists() and (out / 'index.tsv').stat().st_size:
            checked = command(self.checker, '--all', out)
            said = checked.stdout + checked.stderr
            for line in said.splitlines():
                match = re.search(r'\b(c\d+-\d+)(?:--|\.cert)', line)
                if not match or 'accepted' in line or match[1] not in words:
                    continue
                words[match[1]] = words[match[1]] or ('incomplete' if 'incomplete' in line else 'rejected: ' + line)
            if checked.returncode not in (0, 3) and not any(words.values()):
                words[next(iter(found))] = f'checker ended with {checked.returncode}: {said[-300:]}'
        for line in done.stderr.splitlines():
            match = re.search(r"\b(c\d+-\d+)\b.*the checker's evaluation finds", line)
            if match:
                words[match[1]] = 'contradicts: ' + line.strip()
        if self.fast_paths:
            judged = [name for name in found if found[name] not in ('refused', 'crash')]
            path.write_text(''.join(texts[name] for name in judged), encoding='utf-8')
            without = command(self.fast_paths, path, case)
            if without.returncode not in (0, 1):
                words[judged[0]] = f'without fast paths: {without.returncode} {without.stderr[-300:]}'
            for line in without.stdout.splitlines():
                name, what = line.split(': ', 1)
                words[name] = 'without fast paths: ' + what
        return {name: (found[name], words[name]) for name in found}

    @staticmethod
    def contradiction(claim):
        said = next((c['contradiction'] for c in claim['cases'] if c.get('contradiction')), '')
        return said and 'contradicts: ' + said

    @staticmethod
    def verdict(claim):
        if claim['cases']:
            case = claim['cases'][0]
            return 'vacuous' if 'unreached' in case.get('reason', '') else case['verdict']
        if claim.get('error'):
            return 'ill-defined'
        return 'no fit' if claim['outcome'] == 'no case fits' or claim['does_not_fit'] else claim['verdict']


def category(text, toml, wanted, engine, word):
    """What kind of fault a disagreement shows, as far as its form tells."""
    rules = {'F6': 'captured index', 'F7': 'stale cache', 'F13': 'condition on an iterate'}
    if word.startswith('without fast paths'):
        return 'fast path'
    if engine in ('crash', 'missing'):
        return engine
    if wanted.startswith('refused'):
        rule = wanted.split()[1]
        return f'{rules.get(rule, "form")}: {rule} {engine}'
    if engine == 'refused':
        return 'refused without reason'
    if word and word != 'incomplete':
        return 'checker: ' + word.split(':')[0]
    if '[schedule]' in toml and re.search('xinf|rho_|lyapunov|infinity', text):
        return 'ignored schedule'
    if 'ill-defined' in (wanted, engine):
        return f'valueless statement: {engine} for {wanted}'
    return f'verdict: {engine} for {wanted}'


def batch(job):
    """One case and its claims, compared: counts, uses of constructs, what was left out, disagreements."""
    seed, size, chosen, off, rules, known = job
    counts, used, left, differ = collections.Counter(), collections.Counter(), collections.Counter(), []
    toml, texts = generate.batch(seed, size, off)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f'case{seed}.toml'
        path.write_text(toml, encoding='utf-8')
        case = Case({**tomllib.loads(toml), 'name': path.stem})
        programs, of_case, right, named = Programs(chosen.engine, chosen.fast_paths, folder), constructs.of_case(case), {}, {}
        over_all = {}
        for text in texts:
            name = re.search(r'^claim (\S+)', text, re.M)[1]
            reason = next((word for word, p in known if p.search(text + '§' + toml)), None)
            wanted, over_all[name], found = reference(text, case, of_case) if not reason else ('', None, set())
            if wanted.startswith('refused') and wanted.split()[1] in rules:
                reason = wanted.split()[1]
            if reason:
                left[reason] += 1
                continue
            right[name], named[name] = wanted, text
            used.update(found)
        found = {name: (word, '') for name, word in
                 programs.syntax({name: text for name, text in named.items() if right[name].startswith('refused')}).items()}
        found.update(programs.verify({name: text for name, text in named.items() if not right[name].startswith('refused')}, path))
    counts['claims'] += len(texts)
    for name, wanted in right.items():
        engine, word = found.get(name, ('missing', ''))
        kind = wanted.split()[0] if wanted != 'no fit' else wanted
        counts['reference: ' + kind] += 1
        counts['checker incomplete'] += word == 'incomplete'
        counts['engine undecided, reference not'] += engine == 'undecided' != kind
        same = 'undecided' in (engine, kind) or agrees(wanted, over_all[name], engine, programs.scopes.get(name))
        counts['engine decides more than the values tried'] += over_all[name] is not None and programs.scopes.get(name) == 'all'
        if kind == 'undecided' and engine in ('refused', 'crash', 'missing') or engine == 'undecided' and kind == 'refused':
            same = False
        if not same or (word and word != 'incomplete'):
            differ.append((named[name], toml, wanted + (f', over all values {over_all[name]}' if over_all[name] else ''), engine, word))
    return counts, used, left, differ


def read_known(path):
    """Rules, constructs and claims that are left out."""
    rules, off, known = set(), set(), []
    for line in pathlib.Path(path).read_text(encoding='utf-8').splitlines() if path else []:
        if not line or line.startswith('#'):
            continue
        (kind, name), what, _ = line.split(' | ')[0].split(), line.split(' | ')[1], line.split(' | ')[2]
        if kind == 'construct':
            off.add(what)
        elif kind == 'rule':
            rules.add(what)
        else:
            known.append((name, re.compile(what, re.S)))
    return rules, off, known


def too_few(counts, used, total, off):
    """What occurs less often than it should, of the claims that were compared."""
    undecided = counts['reference: undecided'] / max(total, 1)
    found = [f'decided: {1 - undecided:.1%}'] if undecided > 0.1 else []
    found += [f'{v}: {counts["reference: " + v]}' for v in KINDS if counts['reference: ' + v] < 0.05 * total]
    absent = {'kinds': ('quantified: :',), 'case-setting': ('setting: case', 'setting: STRING')}
    left = {name for word in off for name in absent.get(word, ())}
    return found + [f'{name}: {used[name]}' for name in constructs.language() if name not in left and used[name] < WANTED * counts['claims']]


def main():
    options = argparse.ArgumentParser()
    options.add_argument('engine')
    options.add_argument('--claims', type=int, default=3000)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--jobs', type=int, default=os.cpu_count())
    options.add_argument('--without', default='', help='constructs of generate.OPTIONAL, separated by commas')
    options.add_argument('--known', default='', help='the list of what is left out, known.txt')
    options.add_argument('--fast-paths', default='', help='tests/fast_paths: compare the engine with itself, too')
    options.add_argument('--keep', default='', help='a folder for the disagreements')
    options.add_argument('--constructs', action='store_true', help='print how often each construct occurs')
    options.add_argument('--shares', action='store_true', help='fail if the reference, a verdict or a construct is rarer than it should be')
    options.add_argument('--progress', action='store_true', help='say every ten seconds how far it is')
    chosen = options.parse_args()
    rules, off, known = read_known(chosen.known)
    off |= {w for w in chosen.without.split(',') if w} | rules & set(generate.FAULTS)
    if off - set(generate.OPTIONAL):
        sys.exit(f'not among the constructs: {sorted(off - set(generate.OPTIONAL))}')
    jobs = [(chosen.seed * 1000000 + k, min(BATCH, chosen.claims - k * BATCH), chosen, off, rules, known)
            for k in range(-(-chosen.claims // BATCH))]
    counts, used, left, differ = collections.Counter(), collections.Counter(), collections.Counter(), []
    begin = said = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(chosen.jobs) as pool:
        for one in pool.map(batch, jobs, chunksize=4):
            for total, more in zip((counts, used, left), one):
                total.update(more)
            differ += one[3]
            for text, toml, wanted, engine, word in one[3] if chosen.progress else []:
                print(f'DIFFER reference {wanted}, engine {engine} {word}\n{text}{toml}', file=sys.stderr, flush=True)
            if chosen.progress and time.monotonic() - said > 10:
                said = time.monotonic()
                print(f'{counts["claims"]} of {chosen.claims} claims, {len(differ)} disagreements, {said - begin:.0f} s', file=sys.stderr, flush=True)
    report(chosen, counts, used, left, differ, off)


def report(chosen, counts, used, left, differ, off):
    total = counts['claims'] - sum(left.values())
    for what, number in sorted(counts.items()):
        print(f'{what}: {number}')
    for what, number in left.most_common():
        print(f'left out, {what}: {number}')
    decided = total - counts['reference: undecided']
    print(f'reference decided: {decided} of {total} ({decided / max(total, 1):.1%})')
    least = sorted((used[name], name) for name in constructs.language())
    print(f'{len(least)} constructs of the language; the rarest:', ', '.join(f'{name} {number}' for number, name in least[:8]))
    if chosen.constructs:
        for number, name in reversed(least):
            print(f'  {name}: {number}')
    for kind, number in collections.Counter(category(*one) for one in differ).most_common():
        print(f'disagreement, {kind}: {number}')
    for i, (text, toml, wanted, engine, word) in enumerate(differ):
        if i < 20 or chosen.keep:
            print(f'DIFFER reference {wanted}, engine {engine} {word}\n{text}')
        if chosen.keep:
            name = re.search(r'^claim (\S+)', text, re.M)[1]
            pathlib.Path(chosen.keep).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(chosen.keep) / f'{name}.claim').write_text(text, encoding='utf-8')
            (pathlib.Path(chosen.keep) / f'{name}.toml').write_text(toml, encoding='utf-8')
    print(f'{len(differ)} disagreements')
    rare = too_few(counts, used, total, off)
    if chosen.shares and rare:
        print('too few:', *rare, sep='\n  ')
    sys.exit(bool(differ) or chosen.shares and bool(rare))


if __name__ == '__main__':
    main()
