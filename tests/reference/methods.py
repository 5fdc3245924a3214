"""Section 17 of docs/semantics.md: reads a method's text, lists all draws of a round, and writes claims that say what
follows from its definition alone, each with a claim beside it that is a little wrong:
methods.py METHOD.claim CASE.toml [--second K] [--name NAME], where K is the round whose second moments are said."""
import argparse
import itertools
import operator
import pathlib
import sys
import tomllib
from decimal import Decimal, getcontext
from fractions import Fraction
from math import prod

import interpreter
from exact import Mat, NoValue, Poly
from interpreter import column, matrix, number
from parse import KINDS, Parser, Refused

LAWS = {'coin': (False, 1), 'permutations': (True, 0), 'subsets': (True, 1), 'deals': (True, 1), 'rand': (False, 1),
        'perm': (False, 1)}  # a set first; sizes or probabilities
LAST = 10**6      # a round in which lists of parameters are at their last entry
ROUND = 3         # its means are said
getcontext().prec = 50


# ---- 17.1 the text
class MethodParser(Parser):
    def file(self):
        methods = {}
        while self.peek()[0] != 'end':
            if self.take('method'):
                name = self.identifier()
                methods[name] = self.method(name)
            else:  # a claim: not read here
                self.need('claim')
                self.identifier()
                self.skip()
        return methods

    def skip(self):
        self.need('{')
        while not self.take('}'):
            if self.sees('{'):
                self.skip()
            elif self.peek()[0] == 'end':
                raise Refused('F1', 'a claim without end')
            else:
                self.at += 1

    def method(self, name):
        m = {'name': name, 'parameters': [], 'data': [], 'states': [], 'body': []}
        self.need('{')
        while not self.take('}'):
            after = self.peek(1)[0]
            if self.sees('title', 'source') and after == 'string':
                self.at += 1
                while self.peek()[0] == 'string':
                    self.at += 1
            elif self.sees('parameter', 'data', 'state') and after == 'name':
                word = self.take('parameter', 'data', 'state')
                one, where = {'parameter': (self.parameter, 'parameters'), 'data': (self.datum, 'data'),
                              'state': (self.block, 'states')}[word]
                m[where] += self.several(one)
            else:
                m['body'].append(self.step())
        if not m['states'] or not updates(m['body']):
            raise Refused('F1', 'no state, or nothing is updated')
        return m

    def parameter(self):
        name = self.name()
        self.need(':')
        if self.peek()[1] not in KINDS:
            raise Refused('F1', 'a kind expected')
        return name, self.name()

    def datum(self):
        name = self.name()
        self.need(':')
        shape, sizes = self.name(), []
        if shape not in ('scalar', 'vector', 'matrix'):
            raise Refused('F1', 'a shape expected')
        if shape != 'scalar':
            self.need('(')
            sizes = self.several(self.sum)
            self.need(')')
        if len(sizes) != ('scalar', 'vector', 'matrix').index(shape):
            raise Refused('F1', 'sizes')
        return name, sizes

    def block(self):
        b = {'name': self.name(), 'index': None, 'size': None, 'start': None}
        indices = self.index_list()
        if len(indices) > 1:
            raise Refused('F1', 'a state has at most one index')
        b['index'] = indices[0] if indices else None
        if self.take(':'):
            self.need('vector')
            b['size'] = self.bracketed_sum()
        if self.take('start'):
            b['start'] = self.sum()
        return b

    def bracketed_sum(self):
        self.need('(')
        size = self.sum()
        self.need(')')
        return size

    def index_list(self):
        """[(name, set)]"""
        if not (self.sees('[') and self.adjacent()):
            return []
        self.need('[')
        lists = self.several(self.indices)
        self.need(']')
        return [(name, among) for names, among in lists for name in names]

    def among(self):
        self.need('in')
        return self.set()

    def set(self):
        word = self.take('workers', 'coordinates')
        if word:
            found = (word,)
        else:
            low = self.sum()
            found = ('range', low, self.sum()) if self.take('..') else ('drawn', low)
        return ('without', found, self.sum()) if self.take('without') else found

    def relation(self):
        left = self.sum()
        if self.take('in'):
            return 'in', left, self.sum()
        parts, signs = [left], []
        while self.peek()[1] in ('=', '!=', '<', '<=', '>', '>='):
            signs.append(self.take(self.peek()[1]))
            parts.append(self.sum())
        return ('chain', parts, signs) if signs else left

    def step(self):
        word = self.peek()[1] if self.peek(1)[0] == 'name' else ''
        if word in ('let', 'local'):
            self.at += 1
            name, indices = self.name(), self.index_list()
            self.need('=')
            return word, name, indices, self.expr()
        if word == 'draw':
            self.at += 1
            name, indices = self.name(), self.index_list()
            self.need('from')
            return 'draw', name, indices, self.law()
        if word == 'for':
            self.at += 1
            name = self.name()
            self.need('in')
            among, body = self.set(), []
            self.need('{')
            while not self.take('}'):
                body.append(self.step())
            return 'for', name, among, body
        name, index = self.name(), None
        if self.sees('[') and self.adjacent():
            self.need('[')
            index = self.sum()
            self.need(']')
        self.need('<')
        self.need('-')
        return 'update', name, index, self.expr()

    def law(self):
        word = self.peek()[1]
        if word in LAWS and self.peek(1)[1] == '(':
            self.at += 1
            of_set, more = LAWS[word]
            self.need('(')
            given = [self.set()] if of_set else []
            for _ in range(more):
                if given:
                    self.need(',')
                given.append(self.sum())
            self.need(')')
            return (word, *given)
        if self.take('sketch', 'noise'):
            return (word,)
        among = self.set()
        return 'element', among, self.sum() if self.take('weight') else None


def updates(steps):
    return any(s[0] == 'update' or (s[0] == 'for' and updates(s[3])) for s in steps)


# ---- values in the text
class Indexed:
    """A value for each choice of indices: {tuple: value}."""
    def __init__(self, values):
        self.values = values


def plain(value):
    """A number, which does not depend on the state."""
    if isinstance(value, Poly):
        if any(value.parts[key] for key in value.parts if key):
            raise Refused('F18', 'depends on the state')
        return value.parts.get((), Fraction(0))
    if not isinstance(value, (int, Fraction)):
        raise Refused('F9', 'a number expected')
    return value


def whole(value):
    value = plain(value)
    if Fraction(value).denominator != 1:
        raise NoValue('no integer')
    return int(value)


def affine(value):
    entries = [x for row in value.rows for x in row] if isinstance(value, Mat) else [value]
    for x in entries:
        if isinstance(x, Poly) and any(len(key) > 1 for key in x.parts):
            raise Refused('F18', 'not affine in the state')
    return value


def times(a, b):
    if isinstance(a, Mat) and isinstance(b, Mat):
        found = a * b
        return found.rows[0][0] if (found.r, found.c) == (1, 1) else found  # 2.1
    return a * b


def each(indices, env, choose, done=()):
    """(tuple, env) for every choice of some indices, the first one slowest."""
    if not indices:
        yield done, env
        return
    (name, among), *more = indices
    for i in choose(among, env):
        yield from each(more, {**env, name: Fraction(i)}, choose, (*done, i))


class Case:
    def __init__(self, data):
        self.data = data
        workers = data['worker']
        self.L, self.b = [matrix(w['L']) for w in workers], [column(w['b']) for w in workers]
        self.n, self.d = len(workers), self.L[0].r
        zero = Mat.make(self.d, self.d, lambda i, j: Fraction(0))
        self.noise = [matrix(w['noise']) if 'noise' in w else zero for w in workers]
        self.steps = [number(s) for s in data.get('schedule', {}).get('steps', [data['step']])]
        self.given = data.get('data', {})
        start = data.get('start', {})
        self.start = start if isinstance(start, dict) else {'x': start}
        self.mean_L = sum(self.L[1:], self.L[0]) / Fraction(self.n)
        self.mean_b = sum(self.b[1:], self.b[0]) / Fraction(self.n)

    def sketch(self):
        """[(weight, [C_1, …, C_n])], as sections 4.1 and 4.2 have it for methods of the table."""
        method = {'kind': 'sketched-gradient'}
        sketch = self.data.get('sketch', {'kind': 'identity'})
        start = [0] * self.d
        return interpreter.Case({**self.data, 'sketch': sketch, 'method': method, 'start': start}).outcomes


def exact(value):
    if isinstance(value, list):
        return matrix(value) if value and isinstance(value[0], list) else column(value)
    return number(value)


class Runner:
    """One round of a method on a case, over all its draws."""
    def __init__(self, method, case):
        self.method, self.case, self.uses_k = method, case, False
        self.globals, self.lists = {}, len(case.steps)
        options = case.data['method']
        self.given = {}
        for name, kind in method['parameters']:
            if name not in options:
                raise NoValue(f'the case lacks {name}')
            self.given[name] = options[name]
            if kind in ('scalar', 'integer') and isinstance(options[name], list):
                self.lists = max(self.lists, len(options[name]))
        for name, sizes in method['data']:
            if name not in case.given:
                raise NoValue(f'the case lacks {name}')
            value = exact(case.given[name])
            got = (value.r, value.c)[:len(sizes)] if sizes else ()
            for size, own in zip(sizes, got):
                if size[0] == 'name' and size[1] not in ('n', 'd') and size[1] not in self.globals:
                    self.globals[size[1]] = Fraction(own)
                if self.evaluate(size, self.globals) != own:
                    raise NoValue('a size differs')
            self.globals[name] = value
        self.layout = []  # [(name, index or None, first coordinate, size)]
        at = 0
        for b in method['states']:
            size = self.case.d if b['size'] is None else whole(self.evaluate(b['size'], self.fixed(LAST)))
            for i in [None] if b['index'] is None else self.elements(b['index'][1], self.fixed(LAST)):
                self.layout.append((b['name'], i, at, size))
                at += size
        self.size = at

    def fixed(self, k):
        """Names that every round knows: parameters in round k, data, sizes."""
        env = dict(self.globals)
        for name, kind in self.method['parameters']:
            value = self.given[name]
            if kind in ('scalar', 'integer') and isinstance(value, list):
                value = value[min(k, len(value) - 1)]
            env[name] = exact(value)
        env['#k'], env['#serial'] = Fraction(k), 0
        return env

    # ---- 17.2
    def start(self):
        env, z = self.fixed(0), []
        for b in self.method['states']:
            mine = [(i, size) for name, i, _, size in self.layout if name == b['name']]
            given, values = self.case.start.get(b['name']), {}
            for place, (i, size) in enumerate(mine):
                if given is not None:
                    value = column(given if i is None else given[place])
                elif b['start'] is not None:
                    value = self.evaluate(b['start'], env if i is None else {**env, b['index'][0]: Fraction(i)})
                else:
                    value = Fraction(0)
                if not isinstance(value, Mat):
                    value = Mat.column([Fraction(0)] * size)
                values[i] = value
                z += [row[0] for row in value.rows]
            env[b['name']] = values[None] if b['index'] is None else Indexed({(i,): v for i, v in values.items()})
        return z

    # ---- 17.3
    def round(self, k):
        """[(weight, A with a as its last column, noise covariance)] of round k."""
        env = self.fixed(k)
        for b in self.method['states']:
            blocks = {i: Mat.column([Poly({(('z', at + j),): Fraction(1)}) for j in range(size)])
                      for name, i, at, size in self.layout if name == b['name']}
            env[b['name']] = blocks[None] if b['index'] is None else Indexed({(i,): v for i, v in blocks.items()})
        law = []
        for weight, end in self.body(self.method['body'], 0, env):
            rows = []
            for name, i, _, _ in self.layout:
                block = end[name] if i is None else end[name].values[(i,)]
                rows += [x if isinstance(x, Poly) else Poly({(): x}) for (x,) in block.rows]
            A = [[row.parts.get((('z', j),), Fraction(0)) for j in range(self.size)] + [row.parts.get((), Fraction(0))]
                 for row in rows]
            drawn = sorted({key[0] for row in rows for key in row.parts if key and key[0][0] == 'xi'})
            N = [[Fraction(0)] * self.size for _ in rows]
            for u, v in itertools.product(drawn, drawn):
                if u[1:3] != v[1:3]:
                    continue  # independent of each other
                c = self.case.noise[u[2] - 1].rows[u[3]][v[3]]
                if c == 0:
                    continue
                for r, s in itertools.product(range(self.size), range(self.size)):
                    N[r][s] += rows[r].parts.get((u,), 0) * c * rows[s].parts.get((v,), 0)
            law.append((weight, A, N))
        return law

    def body(self, steps, at, env):
        """(weight, names at the end) for every outcome of the draws from step `at` on."""
        if at == len(steps):
            yield Fraction(1), env
            return
        after = at + 1
        if steps[at][0] == 'update':
            while after < len(steps) and steps[after][0] == 'update':
                after += 1
            ways = [(Fraction(1), self.update(steps[at:after], env))]
        else:
            word, *given = steps[at]
            ways = {'let': self.let, 'local': self.let, 'draw': self.draw, 'for': self.passes}[word](*given, env)
        for weight, then in ways:
            for more, end in self.body(steps, after, then):
                yield weight * more, end

    def let(self, name, indices, value, env):
        found = {key: affine(self.evaluate(value, inner)) for key, inner in each(indices, env, self.elements)}
        yield Fraction(1), {**env, name: Indexed(found) if indices else found[()]}

    def update(self, steps, env):
        changed = dict(env)
        for _, name, index, value in steps:
            if index is None:
                changed[name] = self.sized(env[name], self.evaluate(value, env))
                continue
            values = dict(changed[name].values)
            bound = index[0] == 'name' and index[1] not in env and index[1] not in ('n', 'd', 'k')
            for key in values if bound else [(whole(self.evaluate(index, env)),)]:
                inner = {**env, index[1]: Fraction(key[0])} if bound else env
                if key not in values:
                    raise NoValue('an index outside of its range')
                values[key] = self.sized(values[key], self.evaluate(value, inner))
            changed[name] = Indexed(values)
        return changed

    def sized(self, block, value):
        if not isinstance(value, Mat):
            return block * Fraction(0)
        if (value.r, value.c) != (block.r, 1):
            raise NoValue('sizes differ')
        return affine(value)

    def passes(self, name, among, body, env):
        return self.loop(name, self.elements(among, env), body, env)

    def loop(self, name, elements, body, env):
        if not elements:
            yield Fraction(1), env
            return
        for weight, end in self.body(body, 0, {**env, name: Fraction(elements[0])}):
            left = {known: end[known] for known in env}  # what a pass defines ends with it
            for more, last in self.loop(name, elements[1:], body, left):
                yield weight * more, last

    def elements(self, among, env):
        if among[0] == 'without':
            less = self.evaluate(among[2], env)
            return [i for i in self.elements(among[1], env) if i not in less]
        if among[0] == 'drawn':
            return list(self.evaluate(among[1], env))
        if among[0] == 'range':
            return list(range(whole(self.evaluate(among[1], env)), whole(self.evaluate(among[2], env)) + 1))
        return list(range(1, (self.case.n if among[0] == 'workers' else self.case.d) + 1))

    # ---- 17.4
    def draw(self, name, indices, law, env):
        if law[0] == 'noise':
            values, serial, d = {}, env['#serial'], self.case.d
            for key, _ in each(indices, env, self.elements):
                values[key] = Mat.column([Poly({(('xi', serial, key[0], j),): Fraction(1)}) for j in range(d)])
            yield Fraction(1), {**env, name: Indexed(values), '#serial': serial + 1}
            return
        choices = [(key, self.options(name, law, inner)) for key, inner in each(indices, env, self.elements)]
        for some in itertools.product(*(options for _, options in choices)):
            weight = prod((w for w, _ in some), start=Fraction(1))
            if weight == 0:
                continue
            values = {key: value for (key, _), (_, value) in zip(choices, some)}
            yield weight, {**env, name: Indexed(values) if indices else values[()]}

    def options(self, name, law, env):
        """[(probability, value)]"""
        kind, *given = law
        n, d = self.case.n, self.case.d
        keep = lambda some: Mat.make(d, d, lambda i, j: Fraction(int(i == j and i + 1 in some)))
        uniform = lambda values: [(Fraction(1, len(values)), v) for v in values]
        each_worker = lambda matrices: Indexed({(i + 1,): m for i, m in enumerate(matrices)})
        if kind == 'coin':
            p = plain(self.evaluate(given[0], env))
            if not 0 <= p <= 1:
                raise NoValue('no probability')
            return [(p, Fraction(1)), (1 - p, Fraction(0))]
        if kind == 'element':
            elements = self.elements(given[0], env)
            if given[1] is None:
                return uniform([Fraction(i) for i in elements])
            weights = [plain(self.evaluate(given[1], {**env, name: Fraction(i)})) for i in elements]
            if any(w < 0 for w in weights) or sum(weights) != 1:
                raise NoValue('weights do not sum to 1')
            return [(w, Fraction(i)) for w, i in zip(weights, elements)]
        if kind == 'permutations':
            return uniform(list(itertools.permutations(self.elements(given[0], env))))
        if kind == 'subsets':
            size = whole(self.evaluate(given[1], env))
            return uniform(list(itertools.combinations(self.elements(given[0], env), size)))
        if kind == 'deals':
            found = self.deals(self.elements(given[0], env), whole(self.evaluate(given[1], env)))
            return uniform([Indexed({(i + 1,): part for i, part in enumerate(parts)}) for parts in found])
        if kind == 'rand':
            size = whole(self.evaluate(given[0], env))
            return uniform([keep(some) * Fraction(d, size) for some in itertools.combinations(range(1, d + 1), size)])
        if kind == 'perm':
            if whole(self.evaluate(given[0], env)) * n != d:
                raise NoValue('perm(q) needs n q = d')
            return uniform([each_worker([keep(part) * Fraction(n) for part in parts])
                            for parts in self.deals(list(range(1, d + 1)), n)])
        return [(w, each_worker(C)) for w, C in self.case.sketch()]

    def deals(self, items, parts):
        """All ways to put items into parts whose sizes differ by at most one."""
        found = []
        for to in itertools.product(range(parts), repeat=len(items)):
            sizes = [to.count(p) for p in range(parts)]
            if max(sizes) - min(sizes) <= 1:
                found.append([tuple(i for i, t in zip(items, to) if t == p) for p in range(parts)])
        return found

    # ---- expressions
    def evaluate(self, node, env):
        word, *parts = node
        of = lambda child: self.evaluate(child, env)
        if word == 'num':
            return parts[0]
        if word == 'name':
            return self.named(parts[0], env)
        if word in ('+', '-'):
            a, b = of(parts[0]), of(parts[1])
            return a + b if word == '+' else a - b
        if word == '*':
            return times(of(parts[0]), of(parts[1]))
        if word == '/':
            below = plain(of(parts[1]))
            if below == 0:
                raise NoValue('division by zero')
            return of(parts[0]) / below
        if word == 'neg':
            return -of(parts[0])
        if word == "'":
            value = of(parts[0])
            return value.turned() if isinstance(value, Mat) else value
        if word == '^':
            base, power = of(parts[0]), whole(of(parts[1]))
            if power < 0:
                base, power = base.inverse() if isinstance(base, Mat) else 1 / plain(base), -power
            result = Mat.eye(base.r) if isinstance(base, Mat) else Fraction(1)
            for _ in range(power):
                result = times(result, base)
            return result
        if word == 'if':
            return of(parts[1]) if self.true(parts[0], env) else of(parts[2])
        if word == 'fold':
            return self.fold(*parts, env)
        if word == 'vector':
            return Mat.column([of(p) for p in parts[0]])
        if word == 'matrix':
            return Mat([[of(p) for p in row] for row in parts[0]])
        if word == 'entry':
            return self.entry(parts[0], [whole(of(i)) for i in parts[1]], env)
        if word == 'norm':
            v, squared, weight = of(parts[0]), parts[1], parts[2]
            if not squared:
                raise NoValue('a norm that is not squared: not read here')
            return times(v.turned(), v if weight is None else of(weight) * v)
        if word == 'grad':
            index, (y,) = parts
            L, b = self.case.mean_L, self.case.mean_b
            if index is not None:
                i = self.worker(whole(of(index[0])))
                L, b = self.case.L[i], self.case.b[i]
            return L * of(y) - b
        if word == 'call':
            return self.call(parts[0], [of(p) for p in parts[2]])
        raise Refused('F9', f'{word} in a method')

    def worker(self, i):
        if not 1 <= i <= self.case.n:
            raise NoValue('no such worker')
        return i - 1

    def named(self, name, env):
        if name in env:
            return env[name]
        if name == 'k':
            self.uses_k = True
            return env['#k']
        case = self.case
        known = {'n': lambda: Fraction(case.n), 'd': lambda: Fraction(case.d), 'gamma': lambda: case.steps[min(int(env['#k']), len(case.steps) - 1)],
                 'I': lambda: Mat.eye(case.d), 'ones': lambda: Mat.column([Fraction(1)] * case.d),
                 'Lbar': lambda: case.mean_L, 'bbar': lambda: case.mean_b,
                 'xstar': lambda: case.mean_L.solve(case.mean_b)}
        if name not in known:
            raise Refused('F2', f'{name} has no meaning')
        return known[name]()

    def entry(self, base, index, env):
        if base[0] == 'name' and base[1] in ('L', 'b', 'noise') and base[1] not in env:
            return getattr(self.case, base[1])[self.worker(index[0])]
        value = self.evaluate(base, env)
        if isinstance(value, Indexed):
            if tuple(index) not in value.values:
                raise NoValue('an index outside of its range')
            return value.values[tuple(index)]
        rows = value.rows
        i, j = index if len(index) == 2 else (index[0], 1)
        if not (1 <= i <= value.r and 1 <= j <= value.c):
            raise NoValue('no such entry')
        return rows[i - 1][j - 1]

    def fold(self, word, lists, body, env):
        indices = [(name, among) for names, among in lists for name in names]
        values = {key: self.evaluate(body, inner) for key, inner in each(indices, env, self.elements)}
        items = list(values.values())
        if word == 'vec':
            return Mat.column(items)
        if word == 'mat':
            rows = sorted({r for r, _ in values})
            return Mat([[values[r, c] for c in sorted({c for _, c in values})] for r in rows])
        if word in ('min', 'max'):
            return (min if word == 'min' else max)(plain(v) for v in items)
        if not items:
            raise NoValue('nothing to add')
        total = items[0]
        for v in items[1:]:
            total = total + v
        return total if word == 'sum' else total / Fraction(len(items))

    def call(self, name, given):
        d = self.case.d
        if name == 'keep':
            return Mat.make(d, d, lambda i, j: Fraction(int(i == j and i + 1 in given[0])))
        if name == 'e':
            return Mat.column([Fraction(int(i + 1 == given[0])) for i in range(d)])
        if name == 'row':
            return Mat([given[0].rows[whole(given[1]) - 1]])
        if name == 'column':
            return Mat.column([row[whole(given[1]) - 1] for row in given[0].rows])
        if name == 'Diag':
            v = given[0]
            return Mat.make(v.r, v.r, lambda i, j: v.rows[i][0] if i == j else Fraction(0))
        if name == 'diag':
            return Mat.column([given[0].rows[i][i] for i in range(given[0].r)])
        if name == 'inner':
            return times(given[0].turned(), given[1])
        if name in ('min', 'max'):
            return (min if name == 'min' else max)(map(plain, given))
        if name == 'abs':
            return abs(plain(given[0]))
        if name in ('trace', 'inverse'):
            return getattr(given[0], name)()
        raise Refused('F2', f'the function {name} is not read here')

    def true(self, node, env):
        word, *parts = node
        if word == 'not':
            return not self.true(parts[0], env)
        if word in ('and', 'or'):
            first, second = (self.true(p, env) for p in parts)
            return (first and second) if word == 'and' else (first or second)
        if word == 'in':
            return whole(self.evaluate(parts[0], env)) in self.evaluate(parts[1], env)
        if word == 'chain':
            values = [plain(self.evaluate(p, env)) for p in parts[0]]
            compare = {'=': operator.eq, '!=': operator.ne, '<': operator.lt, '<=': operator.le, '>': operator.gt,
                       '>=': operator.ge}
            return all(compare[s](a, b) for s, a, b in zip(parts[1], values, values[1:]))
        raise Refused('F9', 'a statement expected')


# ---- what follows
def mean_map(law):
    """E A and E a."""
    N = len(law[0][1])
    total = [[sum((w * A[i][j] for w, A, _ in law), Fraction(0)) for j in range(N + 1)] for i in range(N)]
    return [row[:N] for row in total], [row[N] for row in total]


def apply(A, v):
    return [sum((a * x for a, x in zip(row, v)), Fraction(0)) for row in A]


def multiply(A, B):
    columns = list(zip(*B))
    return [[sum((a * b for a, b in zip(row, c) if a and b), Fraction(0)) for c in columns] for row in A]


def moments(runner, start, last):
    """[(E z, E z zᵀ)] of the rounds 0 to `last`."""
    z, N = start, len(start)
    M = [[a * b for b in z + [Fraction(1)]] for a in z + [Fraction(1)]]
    found = [([row[N] for row in M[:N]], [row[:N] for row in M[:N]])]
    law = None
    for k in range(last):
        if k == 0 or runner.uses_k or k < runner.lists:
            law = runner.round(k)
        total = [[Fraction(0)] * (N + 1) for _ in range(N + 1)]
        for weight, A, noise in law:
            hat = A + [[Fraction(0)] * N + [Fraction(1)]]
            moved = multiply(multiply(hat, M), [list(c) for c in zip(*hat)])
            for i, j in itertools.product(range(N + 1), range(N + 1)):
                total[i][j] += weight * (moved[i][j] + (noise[i][j] if i < N and j < N else 0))
        M = total
        found.append(([row[N] for row in M[:N]], [row[:N] for row in M[:N]]))
    return found


BITS, SQUARINGS = 320, 64


def radius(A):
    """The spectral radius by Gelfand's formula, ‖A^m‖^(1/m) with m = 2^64: right to 1e-17 whatever the eigenvalues are,
    in integers of 320 bits that are scaled again after each squaring."""
    if not A or all(v == 0 for row in A for v in row):
        return Decimal(0)
    one = 1 << BITS
    rows = [[int(v * one) for v in row] for row in A]
    log = Decimal(0)  # of what has been divided out, for A itself
    share = Decimal(1)
    for _ in range(SQUARINGS):
        size = max(abs(v) for row in rows for v in row)
        if size == 0:
            return Decimal(0)
        rows = [[(v << BITS) // size for v in row] for row in rows]
        log += share * (Decimal(size) / Decimal(one)).ln()
        columns = list(zip(*rows))
        rows = [[sum(map(operator.mul, row, c)) >> BITS for c in columns] for row in rows]
        share /= 2
    return log.exp()


def on_symmetric(maps):
    """The matrix of X ↦ E[A X Aᵀ] on symmetric X, given by their entries on and above the diagonal."""
    N = len(maps[0][1])
    places = list(itertools.combinations_with_replacement(range(N), 2))
    columns = []
    for i, j in places:
        total = [[Fraction(0)] * N for _ in range(N)]
        for weight, A, _ in maps:
            u, v = [row[i] for row in A], [row[j] for row in A]
            for r, s in itertools.product(range(N), range(N)):
                if u[r] and v[s]:
                    total[r][s] += weight * u[r] * v[s]
                if i != j and v[r] and u[s]:
                    total[r][s] += weight * v[r] * u[s]
        columns.append([total[r][s] for r, s in places])
    return [list(row) for row in zip(*columns)]


class Space:
    """A growing subspace, by a basis in echelon form."""
    def __init__(self):
        self.basis = []  # (pivot, vector with 1 there)

    def reduce(self, v):
        coordinates = []
        for pivot, b in self.basis:
            c = v[pivot]
            coordinates.append(c)
            if c:
                v = [x - c * y for x, y in zip(v, b)]
        return v, coordinates

    def add(self, v):
        v, _ = self.reduce(v)
        pivot = next((i for i, x in enumerate(v) if x), None)
        if pivot is None:
            return False
        self.basis.append((pivot, [x / v[pivot] for x in v]))
        return True

    def close(self, vectors, maps):
        queue = list(vectors)
        while queue:
            v = queue.pop()
            if self.add(v):
                queue += [apply(A, self.basis[-1][1]) for A in maps]
        return self

    def restrict(self, A):
        """The matrix of A, which maps the space into itself, in the basis."""
        columns = [self.reduce(apply(A, b))[1] for _, b in self.basis]
        return [list(row) for row in zip(*columns)]


def limit(law, start):
    """lim E z_k, or None. The differences of E z_k span a space that E A maps into itself, and each of its eigenvalues
    there shows in the sequence: it converges exactly if their moduli are below 1."""
    A, a = mean_map(law)
    first = [x + y - z for x, y, z in zip(apply(A, start), a, start)]
    space = Space().close([first], [A])
    if not space.basis:
        return start
    R = space.restrict(A)
    if radius(R) > Decimal('0.999999999'):
        return None
    m = len(R)
    left = Mat([[Fraction(int(i == j)) - R[i][j] for j in range(m)] for i in range(m)])
    total = left.solve(Mat.column(space.reduce(first)[1]))
    z = list(start)
    for (c,), (_, b) in zip(total.rows, space.basis):
        z = [x + c * y for x, y in zip(z, b)]
    return z


def reachable(law, start):
    """The law on the smallest affine space around the start that all outcomes keep, or None if that is all or a point."""
    N, seeds = len(start), []
    for _, A, noise in law:
        moved = apply([row[:N] for row in A], start)
        seeds += [[x + row[N] - z for x, row, z in zip(moved, A, start)], *noise]
    linear = [[row[:N] for row in A] for _, A, _ in law]
    space = Space().close(seeds, linear)
    if len(space.basis) in (0, N):
        return None
    return [(w, [row + [Fraction(0)] for row in space.restrict(A)], None) for (w, _, _), A in zip(law, linear)]


# ---- claims
def text(v):
    return str(v) if isinstance(v, Fraction) else '[' + ', '.join(map(text, v)) + ']'


def within(name, value, shift=0):
    """value, known to 15 digits, as an interval of 3e-12; with a shift, one beside it."""
    low = int(value * 10**12) - 1 + shift
    return f'{low}/10^12 < {name} and {name} < {low + 3}/10^12'


def claims(method, case, name, second=ROUND):
    """[(name, conclusions, whether it holds)]"""
    runner = Runner(method, case)
    start = runner.start()
    found = moments(runner, start, max(second, ROUND))
    spell = lambda b, i, k: (b if i is None else f'{b}[{i}]') + ('' if k is None else f'[{k}]')
    right, wrong = [], {}
    mean = found[ROUND][0]
    for b, i, at, size in runner.layout:
        right.append(f'E[{spell(b, i, ROUND)}] = {text(mean[at:at + size])}')
        if 'mean' not in wrong:
            off = [mean[at] + Fraction(1, 10**9)] + mean[at + 1:at + size]
            wrong['mean'] = f'E[{spell(b, i, ROUND)}] = {text(off)}'
    square = found[second][1]
    for (b, i, at, size), (c, j, to, wide) in itertools.combinations_with_replacement(runner.layout, 2):
        said = f"E[{spell(b, i, second)}*{spell(c, j, second)}'] = "
        block = [row[to:to + wide] for row in square[at:at + size]]
        off = [list(row) for row in block]
        off[-1][-1] += Fraction(1, 10**9)
        shape = (lambda rows: text(rows[0][0])) if size == wide == 1 else text  # 2.1
        right.append(said + shape(block))
        wrong['moment'] = said + shape(off)  # that of the last blocks stays
    runner.uses_k = False
    law = runner.round(LAST)
    if not runner.uses_k:
        lim = limit(law, moments(runner, start, runner.lists - 1)[-1][0])
        if lim is not None:
            for b, i, at, size in runner.layout:
                here = lim[at:at + size]
                right.append(f'limit({spell(b, i, None)}) = {text(here)}')
                off = here[:-1] + [here[-1] + Fraction(1, 10**9)]
                wrong['limit'] = f'limit({spell(b, i, None)}) = {text(off)}'
        mean_rate, square_rate = radius(mean_map(law)[0]), radius(on_symmetric(law))
        rates = [('rho_mean', mean_rate), ('rho_square', square_rate)]
        near = None if runner.lists > 1 else reachable(law, start)
        if near is not None:
            rates += [('rho_mean(reachable)', radius(mean_map(near)[0])),
                      ('rho_square(reachable)', radius(on_symmetric(near)))]
        for rate, value in rates:
            right.append(within(rate, value))
            wrong['rate'] = within(rate, value, 3)
    return [(f'{name}-exactly', right, True), *((f'{name}-wrong-{what}', [s], False) for what, s in wrong.items())]


def written(all_claims, method):
    lines = []
    for name, conclusions, holds in all_claims:
        lines += [f'claim {name} {{', f'  setting method = {method}']
        lines += [f'  conclude {c}' for c in conclusions]
        lines += ['  expect holds' if holds else '  expect refuted because "one number is a little off"', '}']
    return '\n'.join(lines) + '\n'


def read(method_text, case_text):
    data = tomllib.loads(case_text)
    methods = MethodParser(method_text).file()
    return methods[data['method']['kind']], Case(data)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('method', type=pathlib.Path)
    arguments.add_argument('case', type=pathlib.Path)
    arguments.add_argument('--second', type=int, default=ROUND)
    arguments.add_argument('--name')
    chosen = arguments.parse_args()
    method, case = read(chosen.method.read_text(encoding='utf-8'), chosen.case.read_text(encoding='utf-8'))
    sys.stdout.write(written(claims(method, case, chosen.name or method['name'], chosen.second), method['name']))


if __name__ == '__main__':
    main()
