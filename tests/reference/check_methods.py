"""Compares the engine with the naive reading of methods.py: check_methods.py ISTCHECK WORK [--texts FOLDER] [--random N]
[--broken [N]] [--seed S]. Every method of the folder, and N random ones, has the means, second moments, limits and rates that
the reading finds, and not ones a little beside them; every one that breaks a rule is refused with its place."""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys

import methods
from method_texts import RULES, Text, broken

MOST_LINES = 14  # of a method that an author writes
MOST_STATE, MOST_LAW = 12, 150  # of a random method: what both programs compute at once


def verify(program, folder, name):
    return subprocess.run([program, 'verify', '--claims', folder / f'{name}.claim', '--cases', folder / f'{name}.toml', '--json'],
                          capture_output=True, text=True, errors='replace', timeout=300)


def compare(program, work, name, method_text, case_text, second):
    """What is wrong, as a list of sentences, and how many statements were compared."""
    method, case = methods.read(method_text, case_text)
    said = methods.claims(method, case, name, second)
    (work / f'{name}.claim').write_text(method_text + '\n' + methods.written(said, method['name']), encoding='utf-8')
    (work / f'{name}.toml').write_text(case_text, encoding='utf-8')
    done = verify(program, work, name)
    try:
        found = {c['claim']: c for c in json.loads(done.stdout)['claims']}
    except ValueError:
        return [f'exit code {done.returncode}: {done.stderr.strip()[:300]}'], 0
    wrong = []
    for claim, conclusions, holds in said:
        one = found.get(claim, {'verdict': 'not said'})
        got = one['verdict'], one.get('scope')
        if got != ('holds', 'all') if holds else got[0] != 'violated':
            details = [c['statement'] for case_ in one.get('cases', []) for c in case_.get('conclusions', []) if c.get('margin', '0')[:1] == '-']
            wrong.append(f'{claim}: {got[0]}, scope {got[1]} {one.get("error", "")} {details[:2]}')
    return wrong, len(said[0][1])


def gallery(program, work, folder):
    failures = 0
    for path in sorted(folder.glob('*.toml')):
        text = path.with_suffix('.claim').read_text(encoding='utf-8')
        alone = text[:text.index('\n}\n') + 3]  # the method, without what its author claims
        wrong, statements = compare(program, work, path.stem, alone, path.read_text(encoding='utf-8'), methods.ROUND)
        if alone.count('\n') > MOST_LINES:
            wrong.append(f'{alone.count(chr(10))} lines')
        done = verify(program, folder, path.stem)
        if text != alone and done.returncode:
            wrong.append(f"its author's claims: exit code {done.returncode} {done.stderr.strip()[:300]}")
        failures += bool(wrong)
        print(f'{path.stem}: ' + ('; '.join(wrong) if wrong else f'{statements} statements'), file=sys.stderr if wrong else sys.stdout)
    return failures


def random_ones(program, work, count, seed):
    failures = number = done = 0
    while done < count:
        rng = random.Random(f'{seed} {number}')
        name = f'random-{seed}-{number}'
        number += 1
        text = Text(rng, name)
        method_text, case_text = text.method(), text.case()
        method, case = methods.read(method_text, case_text)
        runner = methods.Runner(method, case)
        if runner.size > MOST_STATE or len(runner.round(0)) > MOST_LAW:
            continue
        wrong, _ = compare(program, work, name, method_text, case_text, 2)
        done += 1
        if wrong:
            failures += 1
            print(f'{name}: ' + '; '.join(wrong) + '\n' + method_text, file=sys.stderr)
    print(f'{done} random methods, seed {seed}: {failures} differ')
    return failures


def broken_ones(program, work, count, seed):
    failures = 0
    for number in range(count):
        name = f'broken-{seed}-{number}'
        rule, line, method_text, case_text = broken(random.Random(f'{seed} broken {number}'), name, number)
        claim = f'claim any {{\n  setting method = {name}\n  conclude E[x[1]] = 0*ones\n}}\n'
        (work / f'{name}.claim').write_text(method_text + claim, encoding='utf-8')
        (work / f'{name}.toml').write_text(case_text, encoding='utf-8')
        done = verify(program, work, name)
        place = re.search(rf'{name}\.(claim|toml):(\d+):\d+: (?!note)\S', done.stderr)
        # What is not complete is noticed at the next word, on the next line.
        if done.returncode != 2 or not place or line not in (None, int(place[2]), int(place[2]) - 1):
            failures += 1
            print(f'{name} ({rule}, line {line}): exit code {done.returncode}: {done.stderr.strip()[:300]}\n{method_text}', file=sys.stderr)
    print(f'{count} methods that break a rule, seed {seed}: {failures} not refused with their place')
    return failures


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('program')
    arguments.add_argument('work', type=pathlib.Path)
    arguments.add_argument('--texts', type=pathlib.Path)
    arguments.add_argument('--random', type=int, default=0)
    arguments.add_argument('--broken', type=int, nargs='?', const=len(RULES), default=0)
    arguments.add_argument('--seed', type=int, default=1)
    chosen = arguments.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    failures = gallery(chosen.program, chosen.work, chosen.texts) if chosen.texts else 0
    failures += random_ones(chosen.program, chosen.work, chosen.random, chosen.seed)
    failures += broken_ones(chosen.program, chosen.work, chosen.broken, chosen.seed)
    sys.exit(failures > 0)


if __name__ == '__main__':
    main()
