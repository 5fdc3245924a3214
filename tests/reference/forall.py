"""Compares verdict and scope over all values with what is right: forall.py ISTCHECK [--rows FILE...] [--claims N] [--seed S].
--rows: tables of claims (tests/inputs/forall/claims.tsv). --kinds: one of quantifiers over kinds inside. --claims: so many random claims of each fragment, as
forall_claims.py makes them and decide.py decides them. Every 'violated' is confirmed by the interpreter at its witness where
that is written as numbers, and by its certificate; every certificate is accepted."""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import sys
import tempfile
import tomllib

import forall_claims
from decide import choice_word, decide
from exact import GivesUp, NoValue, Unknown
from interpreter import Case, Claim, Run, Scope, evaluate, read_case
from parse import Refused, parse
from run import command

BATCH = 24  # random claims on one case
MOST_OPEN = 3  # rows of --kinds
LEAST = {'holds': 0.2, 'violated': 0.2, 'touching': 0.15, 'decided': 0.9}  # shares of the claims of each fragment


def engine(program, texts, case, folder):
    """{claim: (verdict, scope, values, reason, certificate)} of {claim: text} on a case or None."""
    path, out = folder / 'all.claim', folder / 'certificates'
    path.write_text(''.join(texts.values()), encoding='utf-8')
    done = command(program, 'verify', path, *(['--case', case] if case else []), '--json', '--certificates', out)
    try:
        claims = json.loads(done.stdout)['claims']
    except ValueError:
        if len(texts) == 1:
            return {name: ('crash' if done.returncode < 0 else 'refused', None, '', done.stderr.strip()[-300:], '') for name in texts}
        return {name: found for name, text in texts.items() for name, found in engine_alone(program, name, text, case)}
    written, words = {}, {}
    if (out / 'index.tsv').exists() and (out / 'index.tsv').stat().st_size:
        written = {line.split('.cert')[0].rpartition('--')[0] or line.split('.cert')[0]
                   for line in (out / 'index.tsv').read_text(encoding='utf-8').splitlines()}
        checked = command(pathlib.Path(program).with_name('istcheck-check'), '--all', out)
        for line in (checked.stdout + checked.stderr).splitlines():
            for name in texts:
                if re.search(rf'(?<![\w-]){re.escape(name)}(?:--|\.cert)', line) and 'accepted' not in line:
                    words.setdefault(name, line.strip())
        if checked.returncode and not words:
            words = {name: f'checker ended with {checked.returncode}' for name in texts}
    found = {}
    for one in claims:
        name, case_ = one['claim'], (one['cases'] or [{}])[0]
        word = case_.get('verdict') or ('ill-defined' if one.get('error') else 'no fit' if one['does_not_fit'] else one['verdict'])
        shown = words.get(name) or ('accepted' if name in written else 'no certificate')
        if case_.get('contradiction'):
            shown = 'contradicts: ' + case_['contradiction']
        found[name] = word, case_.get('scope'), case_.get('values', ''), case_.get('reason', '') or one.get('error', ''), shown
    return found


def engine_alone(program, name, text, case):
    with tempfile.TemporaryDirectory() as folder:
        yield from engine(program, {name: text}, case, pathlib.Path(folder)).items()


def confirmed(claim, case, values):
    """What the claim says at the values of a witness, as they are written: 'bad' if it is one; None if they are not numbers
    that the interpreter knows; 'open' if it does not know what it says."""
    found = {}
    try:
        for name, value in re.findall(r'(?:^|, )([A-Za-z]\w*) = (.*?)(?=, [A-Za-z]\w* = |$)', values):
            tree = parse(f'claim value {{ let it = {value} conclude it = it }}')[0]
            node = Claim(tree).concluded[0].kids[0]
            found[name] = evaluate(node, Scope(None, None, {}))
        return choice_word(claim, case, found)
    except (Refused, GivesUp, Unknown, NoValue, KeyError):
        return None


def judged(right, scope_any, claim, case, found):
    """'' if the engine's answer is right; else what is wrong with it."""
    word, scope, values, reason, shown = found
    if word == 'undecided' or word == 'holds' and scope != 'all':
        return '' if scope_any else f'not decided: {word} {scope or ""} {reason}'
    if right == 'open':
        right = word
    if word != right:
        return f'WRONG: {word} ({values or reason}), right is {right}'
    if word in ('holds', 'vacuous') and scope != 'all':
        return f'WRONG: {word} with scope {scope}'
    if word in ('holds', 'violated', 'vacuous') and shown != 'accepted':
        return f'certificate: {word}, but {shown}'
    if word == 'violated' and confirmed(claim, case, values) not in ('bad', 'open', None):
        return f'WRONG: not violated at {values}'
    return ''


def row(line):
    """Name, case, text and right answer of a row of a table."""
    name, case, declarations, conclusion, right = line.split('\t')
    text = 'claim ' + name + ' {\n' + ''.join(f'  {d.strip()}\n' for d in declarations.split('##')) + f'  conclude {conclusion}\n}}\n'
    return name, case, text, right


def rows(path, program):
    """(name, right answer, the reference's, fault) for each row of a table."""
    table, by_case = {}, collections.defaultdict(dict)
    for line in path.read_text(encoding='utf-8').splitlines()[1:]:
        name, case, text, right = row(line)
        table[name] = case, text, right
        by_case[case][name] = text
    found = {}
    for case, texts in by_case.items():
        with tempfile.TemporaryDirectory() as folder:
            found.update(engine(program, texts, None if case == '-' else path.parent / case, pathlib.Path(folder)))
    for name, (case, text, right) in table.items():
        claim, on = Claim(parse(text)[0]), None if case == '-' else read_case(str(path.parent / case))
        wanted, _, tried = right.partition('|')
        mine, _ = decide(claim, on)
        fault = judged(wanted, tried, claim, on, found.get(name, ('missing', None, '', '', '')))
        if mine not in (wanted, 'open'):
            fault = f'WRONG: the reference says {mine}; ' + fault
        yield name, right, mine, fault


def kind_rows(path, program):
    """(name, right, the reference's word, the engine's with 'undecided' where it knows nothing) for each row of a table."""
    for line in path.read_text(encoding='utf-8').splitlines()[1:]:
        name, case, text, right = row(line)
        on = None if case == '-' else path.parent / case
        with tempfile.TemporaryDirectory() as folder:
            word, scope, _, _, shown = engine(program, {name: text}, on, pathlib.Path(folder))[name]
        mine = decide(Claim(parse(text)[0]), read_case(str(on)) if on else None)[0]
        if word == 'holds' and scope != 'all':
            word = 'undecided'
        elif word in ('holds', 'violated', 'vacuous') and shown != 'accepted':
            word += f', but its certificate is {shown}'
        yield name, right, mine, word


def batch(job):
    """One case with its claims: counts and faults."""
    seed, size, fragments, program = job
    counts, faults = collections.Counter(), []
    toml, some = forall_claims.batch(seed, size, fragments)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f'case{seed}.toml'
        path.write_text(toml, encoding='utf-8')
        case = Case({**tomllib.loads(toml), 'name': path.stem})
        found = engine(program, {text.split()[1]: text for text, *_ in some}, path, pathlib.Path(folder))
    for text, fragment, right, touching, kind in some:
        claim = Claim(parse(text)[0])
        mine, _ = decide(claim, case)
        wanted = right if mine == 'open' and right else mine
        fault = judged(wanted, wanted == 'open' or kind in forall_claims.TRIED, claim, case, found.get(text.split()[1], ('missing', None, '', '', '')))
        if found.get(text.split()[1], ('',))[0] == 'violated':
            counts[fragment, 'at witness'] += confirmed(claim, case, found[text.split()[1]][2]) == 'bad'
        if right and mine not in (right, 'open'):
            fault = f'WRONG: made to be {right}, decide.py says {mine}'
        for what in ('claims', wanted if mine == 'open' else mine, 'touching' if touching else '', 'decided' if mine != 'open' else '',
                     'known by construction' if right else '', 'agree' if not fault else 'wrong' if 'WRONG' in fault else 'differ'):
            if what:
                counts[fragment, what] += 1
        if fault:
            faults.append((kind, fault, text, toml))
    return counts, faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument('engine')
    options.add_argument('--rows', type=pathlib.Path, nargs='+', default=[])
    options.add_argument('--kinds', type=pathlib.Path, help='a table of which the reference knows all, the engine most')
    options.add_argument('--claims', type=int, default=0)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--jobs', type=int, default=os.cpu_count())
    options.add_argument('--most', type=int, default=10, help='how many faults are printed whole')
    chosen = options.parse_args()
    failed = 0
    for path in chosen.rows:
        some = list(rows(path, chosen.engine))
        for name, right, mine, fault in some:
            if fault:
                print(f'{name} (right: {right}): {fault}')
        wrong = sum(bool(fault) for *_, fault in some)
        print(f'{path.name}: {len(some)} rows, {len(some) - wrong} right; the reference decides {sum(mine != "open" for _, _, mine, _ in some)}')
        failed += wrong
    if chosen.kinds:
        some = list(kind_rows(chosen.kinds, chosen.engine))
        open_ = [one[0] for one in some if one[3] == 'undecided']
        wrong = [one for one in some if one[1] != one[2] or one[3] not in (one[1], 'undecided')]
        for name, right, mine, word in wrong:
            print(f'{name} (right: {right}): the reference says {mine}, the engine {word}')
        print(f'{len(some)} rows with quantifiers over kinds, {len(some) - len(wrong)} right; the engine leaves open:', *open_)
        failed += len(wrong) + (len(open_) > MOST_OPEN)
    if chosen.claims:
        counts, faults = collections.Counter(), []
        fragments = forall_claims.FRAGMENTS
        total = chosen.claims * len(fragments)
        jobs = [(chosen.seed * 100000 + k, min(BATCH, total - k * BATCH), fragments, chosen.engine) for k in range(-(-total // BATCH))]
        with concurrent.futures.ProcessPoolExecutor(chosen.jobs) as pool:
            for one in pool.map(batch, jobs):
                counts.update(one[0])
                faults += one[1]
        faults.sort(key=lambda f: ['WRONG', 'not decided', 'certificate'].index(f[1].split(':')[0]))
        for kind, fault, text, toml in faults[:chosen.most]:
            print(f'{kind}: {fault}\n{text}{toml}')
        kinds = collections.Counter((kind, fault.split(':')[0]) for kind, fault, _, _ in faults)
        for (kind, what), number in kinds.most_common():
            print(f'{kind}: {what}, {number} times')
        columns = ['claims', 'holds', 'violated', 'vacuous', 'ill-defined', 'touching', 'known by construction', 'decided', 'at witness', 'agree', 'differ', 'wrong']
        print(f'seed {chosen.seed:<7}', *(f'{c:>{max(len(c), 6)}}' for c in columns))
        for fragment in fragments:
            print(f'fragment {fragment:<3}', *(f'{counts[fragment, c]:>{max(len(c), 6)}}' for c in columns))
            for what, least in LEAST.items():
                if counts[fragment, what] < least * counts[fragment, 'claims']:
                    print(f'fragment {fragment}: too few {what}')
                    failed += 1
        failed += len(faults)
    sys.exit(bool(failed))


if __name__ == '__main__':
    main()
