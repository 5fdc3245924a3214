"""A naive interpreter of docs/semantics.md, sections 4 to 11: what a claim says on a case. Every outcome is listed."""
import itertools
import json
import sys
import tomllib
from fractions import Fraction
from functools import cached_property
from math import ceil, comb

import form
from exact import GivesUp, Lost, Mat, NoValue, Poly, Surd, Unknown, known, sign, sqrt
from form import Bound, Form, Node, refuse, SCALAR, SQUARE, VECTOR
from parse import Refused, parse
from unknowns import greatest_eigenvalue, has_symbols, radius_of

MOST_OUTCOMES, MOST_ROUNDS, MOST_CHOICES = 20000, 40, 20000


# ---- 4.1 cases
def number(value):
    if isinstance(value, dict):
        return sum((Fraction(v) * sqrt(Fraction(k)) for v, k in value['surd']), Fraction(0))
    return Fraction(value)


def matrix(rows):
    return Mat([[number(v) for v in row] for row in rows])


def column(values):
    return Mat.column([number(v) for v in values])


class Case:
    def __init__(self, data):
        self.name, self.step, self.values = data.get('name', ''), number(data['step']), data.get('values', {})
        self.sketch, self.method = data['sketch'], data['method']['kind']
        self.T = data['method'].get('local_steps', 1) if self.method == 'ist' else 1
        workers = data['worker']
        self.L, self.b = [matrix(w['L']) for w in workers], [column(w['b']) for w in workers]
        self.n, self.d = len(workers), self.L[0].r
        self.noise = [matrix(w['noise']) if 'noise' in w else Mat.make(self.d, self.d, lambda i, j: Fraction(0)) for w in workers]
        self.start = column(data.get('start', [0] * self.d))
        schedule = data.get('schedule', {})
        self.steps, self.c = [number(s) for s in schedule.get('steps', [])], schedule.get('c')
        self.kept = {}

    def mean(self, items):
        return sum(items[1:], items[0]) / Fraction(self.n)

    # ---- 4.2 the draw
    @cached_property
    def outcomes(self):
        """[(weight, [C_1, …, C_n])]"""
        n, d, kind = self.n, self.d, self.sketch['kind']
        q, shared = self.sketch.get('q', 1), self.sketch.get('shared', False)
        project = lambda some, s: Mat.make(d, d, lambda i, j: s * Fraction(int(i == j and i in some)))
        if kind == 'identity':
            return [(Fraction(1), [Mat.eye(d)] * n)]
        if kind == 'table':
            return [(number(o['weight']), [matrix(c) for c in o['C']]) for o in self.sketch['outcome']]
        if kind == 'perm' and d < n:
            return uniform([[project({a}, Fraction(d)) for a in deal] for deal in deals(n, d)])
        if kind == 'perm':
            return uniform([[project({a for a in range(d) if deal[a] == i}, Fraction(n)) for i in range(n)] for deal in deals(d, n)])
        if kind == 'block':
            rest = [a for a in range(d) if a not in shared]
            return uniform([[project(shared, Fraction(1)) + project({a for a, to in zip(rest, deal) if to == i}, Fraction(n))
                             for i in range(n)] for deal in deals(len(rest), n)])
        if kind == 'rand':
            one = [(Fraction(1, comb(d, q)), project(s, Fraction(d, q))) for s in itertools.combinations(range(d), q)]
        elif kind == 'bernoulli':
            p = number(self.sketch['p'])
            one = [(p**len(s) * (1 - p)**(d - len(s)), project(s, 1 / p))
                   for k in range(d + 1) for s in itertools.combinations(range(d), k)]
        else:
            scale = lambda i, a: sqrt(Fraction(n))
            if kind == 'scaled-perm' and self.sketch['reading'] == 'diagonal':
                scale = lambda i, a: sqrt(Fraction(n) / self.L[i].rows[a][a])
            elif kind == 'scaled-perm':
                scale = lambda i, a: sqrt(Fraction(n)) * inverse_root(self.L[i]).rows[a][a]
            return uniform([[project({a}, scale(i, a)) for i, a in enumerate(p)] for p in itertools.permutations(range(d))])
        one = [(w, c) for w, c in one if w]
        if shared:
            return [(w, [c] * n) for w, c in one]
        return [(product(w for w, _ in some), [c for _, c in some]) for some in itertools.product(one, repeat=n)]

    # ---- 4.4 and 4.5 the map
    def law(self, s):
        """[(weight, A, a, N)] of a round with step s."""
        if s not in self.kept:
            self.kept[s] = [(w, *self.round(c, s)) for w, c in self.outcomes]
        return self.kept[s]

    def parts(self, c):
        eye = Mat.eye(self.d)
        return {'gradient': (eye, eye, eye), 'sketched-gradient': (eye, c, c), 'ist': (c, c, c), 'one-sided': (c, eye, c),
                'compressed-gradient': (eye, c, eye), 'compressed-iterate': (eye, eye, c), 'compressed-update': (c, c, eye)}[self.method]

    def round(self, draw, s):
        A, a, N = [], [], []
        for c, L, b, noise in zip(draw, self.L, self.b, self.noise):
            K, S, R = self.parts(c)
            F, power = Mat.eye(self.d) - S * L * s, Mat.eye(self.d)
            more_a, more_N = S * b * Fraction(0), S * noise * Fraction(0)
            for t in range(self.T):
                more_a, more_N = more_a + power * S * b * s, more_N + power * S * noise * S.turned() * power.turned() * s * s
                power = power * F if t + 1 < self.T else power
            A.append(power * (K - S * L * R * s))
            a.append(more_a)
            N.append(more_N)
        return self.mean(A), self.mean(a), self.mean(N) / Fraction(self.n)


# ---- 10.3 families
class Family:
    """The instances that a claim makes itself."""
    def __init__(self, index, worker, ends, parts):
        self.index, self.worker, self.ends, self.parts, self.made = index, worker, ends, parts, {}

    def member(self, k):
        if k not in self.made:
            try:
                self.made[k] = self.make(k)
            except NoValue as reason:
                self.made[k] = reason
        if isinstance(self.made[k], NoValue):
            raise NoValue('no member')
        return self.made[k]

    def make(self, k):
        at = Scope(None, None, {self.index: Fraction(k)})
        if k not in range_of(self.ends, at):
            raise NoValue('outside of the family')
        size = lambda word: whole(evaluate(self.parts[word], at)) if word in self.parts else 1
        rational = lambda value: value if isinstance(value, Fraction) else give_up_member()
        n, d, q = size('n'), size('d'), size('q')

        def entries(word, rows, columns, worker=None):
            m = evaluate(self.parts[word], at if worker is None else inside(at, self.worker, Fraction(worker)))
            if (m.r, m.c) != (rows, columns):
                raise NoValue('sizes of a member')
            return [[rational(v) for v in row] for row in m.rows]
        sketch, step = self.parts['sketch'], rational(evaluate(self.parts['gamma'], at)) if 'gamma' in self.parts else Fraction(1)
        if not (1 <= n <= 64 and 1 <= d <= 64 and step > 0):
            raise NoValue('sizes or step of a member')
        workers = [{'L': entries('L', d, d, i + 1), 'b': [row[0] for row in entries('b', d, 1, i + 1)]} for i in range(n)]
        fits = {'identity': True, 'perm': d == q * n if d >= n else n % d == 0 and q == 1, 'rand': 1 <= q <= d, 'unit-perm': n == d,
                'scaled-perm': n == d and all(w['L'][a][a] > 0 for w in workers for a in range(d))}
        if not fits[sketch] or any(matrix(w['L']) != matrix(w['L']).turned() for w in workers):
            raise NoValue('no member')
        data = {'step': step, 'sketch': {'kind': sketch, 'q': q, 'reading': 'diagonal'}, 'worker': workers,
                'method': {'kind': self.parts.get('method', 'sketched-gradient')}}
        if 'x0' in self.parts:
            data['start'] = [row[0] for row in entries('x0', d, 1)]
        return Case(data)


def give_up_member():
    raise NoValue('the data of a member is not rational')


def member(node, at):
    case = node.data.member(whole(evaluate(node.kids[0], at)))
    return evaluate(node.kids[1], Scope(case, Run(case, None, case.start), at.values))


def deals(items, boxes):
    """Maps from items to boxes whose loads differ by at most one."""
    found = itertools.product(range(boxes), repeat=items)
    return [m for m in found if max(m.count(i) for i in range(boxes)) - min(m.count(i) for i in range(boxes)) <= 1]


def uniform(draws):
    return [(Fraction(1, len(draws)), draw) for draw in draws]


def product(numbers):
    result = Fraction(1)
    for x in numbers:
        result = result * x
    return result


def inverse_root(L):
    if L.rows != Mat.make(L.r, L.r, lambda i, j: L.rows[i][i] if i == j else Fraction(0)).rows:
        raise GivesUp('root of a matrix')
    return Mat.make(L.r, L.r, lambda i, j: 1 / sqrt(L.rows[i][i]) if i == j else Fraction(0))


def expected(law, value):
    total = None
    for w, *parts in law:
        term = value(*parts) * w
        total = term if total is None else total + term
    return total


def stack(A, a):
    return Mat([row + more for row, more in zip(A.rows, a.rows)] + [[Fraction(0)] * A.c + [Fraction(1)]])


# ---- 8 the run of a case with given gamma (None: the schedule's) and start
class Run:
    def __init__(self, case, gamma, start):
        self.case, self.fixed, self.start = case, gamma, start
        z = Mat(start.rows + [[Fraction(1)]])
        self.second = [z * z.turned()]

    def gamma(self, k):
        case = self.case
        if self.fixed is not None:
            return self.fixed
        if case.steps:
            return case.steps[min(k, len(case.steps) - 1)]
        return case.step / (1 + k * number(case.c)) if case.c is not None else case.step

    @cached_property
    def last(self):
        if self.fixed is None and self.case.c is not None:
            raise Unknown('schedule')
        return self.case.law(self.gamma(10**9))

    def moment(self, k):
        """M_k"""
        if k == 'infinity':
            return self.limit
        if k > MOST_ROUNDS:
            raise Unknown('rounds')
        while len(self.second) <= k:
            M, law = self.second[-1], self.case.law(self.gamma(len(self.second) - 1))
            self.second.append(expected(law, lambda A, a, N: stack(A, a) * M * stack(A, a).turned() + border(N)))
        return self.second[k]

    def mean(self, k):
        return Mat([row[-1:] for row in self.moment(k).rows])

    def cross(self, k, j):
        """E z_k z_jᵀ for j ≤ k, where infinity is the greatest."""
        if k == 'infinity' and j != k:
            return self.mean(k) * self.mean(j).turned()
        M = self.moment(j)
        for r in range(j if j != k else 0, k if j != k else 0):
            M = expected(self.case.law(self.gamma(r)), lambda A, a, N: stack(A, a)) * M
        return M

    @cached_property
    def xinf(self):
        d, case = self.case.d, self.case
        if self.fixed is None and case.c is not None:
            K = expected([(w, c) for w, c in case.outcomes], lambda cs: case.mean([case.parts(c)[0] for c in cs]))
            if case.T > 1 or K != Mat.eye(d):
                raise Unknown('schedule')
            law = case.law(Fraction(1))  # 8.4a: x - s(Mx - c), whatever s
        else:
            law = self.last
        return (Mat.eye(d) - expected(law, lambda A, a, N: A)).solve(expected(law, lambda A, a, N: a))

    def on_symmetric(self, change):
        """The matrix of a linear map of symmetric matrices in the coordinates S_ij, i ≤ j."""
        d = self.case.d
        pairs = [(i, j) for i in range(d) for j in range(i, d)]
        images = [change(Mat.make(d, d, lambda i, j: Fraction(int((i, j) in (p, p[::-1]))))) for p in pairs]
        return Mat([[image.rows[i][j] for image in images] for i, j in pairs]), pairs

    def stein(self, change, right):
        """S with S - change(S) = right"""
        matrix, pairs = self.on_symmetric(change)
        found = (Mat.eye(matrix.r) - matrix).solve(Mat.column([right.rows[i][j] for i, j in pairs]))
        values = dict(zip(pairs, (row[0] for row in found.rows)))
        return Mat.make(self.case.d, self.case.d, lambda i, j: values[min(i, j), max(i, j)])

    @cached_property
    def lyapunov(self):
        return self.stein(lambda S: expected(self.last, lambda A, a, N: A.turned() * S * A), Mat.eye(self.case.d))

    @cached_property
    def stable(self):
        self.last
        try:
            return self.lyapunov.definite() == 1
        except NoValue:
            return False

    @cached_property
    def limit(self):
        if not self.stable:
            raise NoValue('not stable')
        m = self.xinf
        right = expected(self.last, lambda A, a, N: A * m * a.turned() + a * m.turned() * A.turned() + a * a.turned() + N)
        S = self.stein(lambda S: expected(self.last, lambda A, a, N: A * S * A.turned()), right)
        return Mat([row + x for row, x in zip(S.rows, m.rows)] + [[x[0] for x in m.rows] + [Fraction(1)]])

    @cached_property
    def rho_mean(self):
        return radius(expected(self.last, lambda A, a, N: A))

    @cached_property
    def rho_square(self):
        map = self.on_symmetric(lambda S: expected(self.last, lambda A, a, N: A * S * A.turned()))[0]
        return radius_of(map) if has_symbols(map) else radius(map)


def border(N):
    return Mat([row + [Fraction(0)] for row in N.rows] + [[Fraction(0)] * (N.r + 1)])


def greatest(values, turn=1):
    best = values[0]
    for v in values[1:]:
        best = v if sign(v - best) * turn > 0 else best
    return best


def radius(A):
    real, pairs = A.square().eigenvalues()
    return greatest([x if sign(x) >= 0 else -x for x in real] + [sqrt(p) for _, p in pairs])


# ---- 5 to 9 values
def gather(thunks):
    """All parts: ⊥ if one is ⊥, else ? if one is."""
    found, unknown = [], None
    for thunk in thunks:
        try:
            found.append(thunk())
        except Unknown as reason:
            unknown = reason if not isinstance(unknown, Lost) else unknown
    if unknown:
        raise unknown
    return found


def conjunction(thunks, answer=False):
    """Left to right, until one is `answer` (for a disjunction: True); 12.2."""
    unknown = None
    for thunk in thunks:
        try:
            if thunk() == answer:
                return answer
        except Lost:
            raise
        except Unknown as reason:
            unknown = reason
        except NoValue:
            raise Lost(*unknown.args) if unknown else sys.exc_info()[1]
    if unknown:
        raise unknown
    return not answer


class Scope:
    """What is given where an expression is evaluated."""
    def __init__(self, case, run, values, draws=None):
        self.case, self.run, self.values, self.draws = case, run, values, draws or {}


# What may have no value where its parts have one: operators, functions, names.
PARTIAL = {'/', '^', 'entry', 'indexed', 'at'}
PARTIAL_DATA = {'call': {'sqrt', 'ceil', 'surd', 'e', 'inverse', 'lambda_max', 'lambda_min', 'row', 'column', 'lambda_min_plus'}, 'core': {'xstar', 'xinf', 'theta_min', 'lyapunov', 'q', 'p'}}


def evaluate(node, at):
    try:
        return EVALUATE[node.op](node, at)
    except Lost:
        raise
    except Unknown as reason:  # 12.2: of a part that is not known it may have no value
        if node.op in PARTIAL or node.op in PARTIAL_DATA and node.data in PARTIAL_DATA[node.op]:
            raise Lost(*reason.args) from reason
        raise


def parts(node, at):
    return gather([lambda k=k: evaluate(k, at) for k in node.kids])


def whole(x):
    if not isinstance(known(x), Fraction) or x.denominator != 1:
        raise NoValue('no integer')
    return int(x)


def range_of(ends, at):
    if isinstance(ends[0], str):
        return range(1, (at.case.n if ends[0] == 'workers' else at.case.d) + 1)
    a, b = gather([lambda k=k: evaluate(k, at) for k in ends])
    return range(whole(a), whole(b) + 1)


def inside(at, it, value):
    return Scope(at.case, at.run, {**at.values, it: value}, at.draws)


def index(items, i):
    i = whole(i)
    if not 1 <= i <= len(items):
        raise NoValue('index')
    return items[i - 1]


def divide(a, s):
    if s == 0:
        raise NoValue('division by zero')
    return a / s


def power(a, r):
    if not isinstance(known(r), Fraction) or (2 * r).denominator != 1:
        raise NoValue('exponent')
    if abs(r) > 10000:
        raise Unknown('exponent')
    if isinstance(a, Mat):
        a.square()
    if r.denominator == 2:
        if isinstance(a, Mat):
            if any(v != 0 for i, row in enumerate(a.rows) for j, v in enumerate(row) if i != j):
                raise NoValue('root of a matrix')
            a = Mat.make(a.r, a.r, lambda i, j: sqrt(a.rows[i][i]) if i == j else Fraction(0))
        else:
            a = sqrt(a)
        r = 2 * r
    if r < 0:
        a, r = a.inverse() if isinstance(a, Mat) else divide(Fraction(1), a), -r
    result = Mat.eye(a.r) if isinstance(a, Mat) else Fraction(1)
    for _ in range(int(r)):
        result = result * a
    return result


def scalar_of(node, value):
    """A product that is a scalar by form is 1 × 1."""
    if node.shape == SCALAR and isinstance(value, Mat):
        if not isinstance(value, Mat) or (value.r, value.c) != (1, 1):
            raise NoValue('sizes')
        return value.rows[0][0]
    return value


def entry(node, at):
    a, *indices = parts(node, at)
    row = index(a.rows, indices[0])
    return index(row, indices[1]) if len(indices) == 2 else row[0]


def norm(node, at):
    v, *weight = parts(node, at)
    M = weight[0].symmetric() if weight else Mat.eye(v.r)
    value = (v.turned() * M * v).rows[0][0]
    return value if node.data else sqrt(value)


def relation(sign_, a, b):
    if sign_ in ('<<', '<<=', '>>', '>>='):
        a = b * Fraction(0) if not isinstance(a, Mat) else a
        b = a * Fraction(0) if not isinstance(b, Mat) else b
        a.symmetric(), b.symmetric()
        return ((b - a) if sign_[0] == '<' else (a - b)).definite() >= (0 if sign_.endswith('=') else 1)
    if isinstance(a, Mat) or isinstance(b, Mat):
        a, b = [y * Fraction(0) if not isinstance(x, Mat) else x for x, y in ((a, b), (b, a))]
        return (a.fit(b) is b and a == b) == (sign_ == '=')
    s = sign(a - b)
    return {'=': s == 0, '!=': s != 0, '<': s < 0, '<=': s <= 0, '>': s > 0, '>=': s >= 0}[sign_]


def chain(node, at):
    kept = {}

    def part(i):
        if i not in kept:
            try:
                kept[i] = evaluate(node.kids[i], at)
            except Unknown as reason:
                kept[i] = reason
        if isinstance(kept[i], Unknown):
            raise kept[i]
        return kept[i]
    return conjunction([lambda i=i, s=s: relation(s, *gather([lambda: part(i), lambda: part(i + 1)]))
                        for i, s in enumerate(node.data)])


def choices(indices, at, body):
    """The thunks of a body over the indices of a fold, the first slowest."""
    if not indices:
        return [lambda: body(at)]
    (it, ends), more = indices[0], indices[1:]
    found = []
    for v in range_of(ends, at):
        found += choices(more, inside(at, it, Fraction(v)), body)
        if len(found) > MOST_CHOICES:
            raise Lost('loops')
    return found


def fold(node, at):
    word, indices = node.data.word, node.data.indices
    values = gather(choices(indices, at, lambda inner: evaluate(node.kids[0], inner)))
    if not values:
        if word == 'sum' and node.shape == SCALAR:
            return Fraction(0)
        raise NoValue(f'{word} of nothing')
    if word in ('min', 'max'):
        return greatest(values, 1 if word == 'max' else -1)
    if word == 'vec':
        return Mat.column(values)
    if word == 'mat':
        width = len(range_of(indices[1][1], at))
        return Mat([values[i:i + width] for i in range(0, len(values), width)])
    total = sum(values[1:], values[0])
    return total / Fraction(len(values)) if word == 'mean' else total


def samples(kind, d):
    numbers = [Fraction(s) for s in ('0', '1', '-1', '2', '-2', '1/2', '-1/2', '3', '-3', '7/3', '100', '-100')]
    if kind in ('scalar', 'integer'):
        return [s for s in numbers if kind == 'scalar' or s.denominator == 1]
    if kind == 'vector':
        return [Mat.column(v) for v in itertools.product(numbers[:5], repeat=d)]
    diagonals = itertools.product([Fraction(s) for s in ((1, 2, 3) if kind == 'positive' else (0, 1, -1, 2))], repeat=d)
    return [Mat.make(d, d, lambda i, j: v[i] if i == j else Fraction(0)) for v in diagonals]


def quantifier(node, at):
    stop, (body, *_) = node.data.word == 'exists', node.kids

    def over(indices, at):
        if not indices:
            return evaluate(body, at)
        (it, ends), more = indices[0], indices[1:]
        if it.kind is None:
            return conjunction([lambda v=v: over(more, inside(at, it, Fraction(v))) for v in range_of(ends, at)], stop)
        for v in samples(it.kind, at.case.d if at.case else 1):
            try:
                if over(more, inside(at, it, v)) == stop:
                    return stop
            except (NoValue, Unknown):
                pass
        raise Lost('all elements of a kind')
    return over(node.data.indices, at)


def draws(node, at):
    """The scopes of all choices of outcomes of the levels of a node, with their weights."""
    levels = max(node.level, int(node.bare))
    if not levels:
        return [(Fraction(1), at)]
    law, gamma = at.case.outcomes, at.run.fixed if at.run.fixed is not None else at.case.step
    if len(law) ** levels > MOST_OUTCOMES:
        raise Lost('outcomes')
    maps = at.case.law(gamma) if node.level else [None] * len(law)
    each = [(w, c, m) for (w, c), m in zip(law, maps)]
    return [(product(w for w, _, _ in some), Scope(at.case, at.run, at.values, dict(enumerate(((c, m) for _, c, m in some), 1))))
            for some in itertools.product(each, repeat=levels)]


def expectation(node, at):
    body = node.kids[0]
    values = gather([lambda w=w, inner=inner: evaluate(body, inner) * w for w, inner in draws(body, at)])
    total = sum(values[1:], values[0])
    settle = lambda v: moments(v, at.run) if isinstance(v, Poly) else v
    return total.map(settle) if isinstance(total, Mat) else settle(total)


def moments(poly, run):
    total, order = Fraction(0), lambda k: float('inf') if k == 'infinity' else k
    for monomial, factor in poly.parts.items():
        if not monomial:
            value = Fraction(1)
        elif len(monomial) == 1:
            value = run.mean(monomial[0][0]).rows[monomial[0][1]][0]
        else:
            (k, i), (j, m) = sorted(monomial, key=lambda u: order(u[0]), reverse=True)
            value = run.cross(k, j).rows[i][m]
        total = total + factor * value
    return total


def outcomes(node, at):
    unknown, answer = None, True
    for _, inner in draws(node.kids[0], at):
        try:
            answer &= evaluate(node.kids[0], inner)
        except Unknown as reason:
            unknown = reason
    if unknown and (answer or isinstance(unknown, Lost)):
        raise unknown
    return answer


def iterate(node, at):
    k = 'infinity' if node.data == 'infinity' else whole(evaluate(node.kids[0], at))
    if k != 'infinity' and k < 0:
        raise NoValue('round before the first')
    at.run.moment(k)
    return Mat([[Poly({((k, j),): Fraction(1)})] for j in range(at.case.d)])


def theta_min(case):
    Lbar = case.mean(case.L)
    B = [(w, bbar(case, c)) for w, c in case.outcomes]
    Q = expected(B, lambda b: b * Lbar * b)
    W = expected(B, lambda b: (Lbar * b + b * Lbar) / Fraction(2))
    if W.definite() == 1:
        return greatest((W.inverse() * Q).eigenvalues()[0])
    if all(v == 0 for row in W.rows for v in row):
        raise NoValue('every theta or none')
    raise GivesUp('theta_min')


def bbar(case, c):
    return case.mean([c_ * L * c_ for c_, L in zip(c, case.L)])


def core(node, at):
    case, run, name = at.case, at.run, node.data
    if name in ('n', 'd', 'local_steps'):
        return Fraction({'n': case.n, 'd': case.d, 'local_steps': case.T}[name])
    if name == 'q':
        if case.sketch['kind'] == 'perm' and case.sketch.get('remainder'):
            return Fraction(max(case.d // case.n, 1))
        if case.sketch['kind'] not in ('perm', 'rand', 'block'):
            raise NoValue('q')
        return Fraction(case.sketch.get('q', 1))
    if name == 'p':
        if case.sketch['kind'] != 'bernoulli':
            raise NoValue('p')
        return number(case.sketch['p'])
    if name in ('gamma', 'x0'):
        return run.start if name == 'x0' else case.step if run.fixed is None else run.fixed
    if name in ('xinf', 'rho_mean', 'rho_square', 'lyapunov'):
        return getattr(run, name)
    diagonal = lambda A: Mat.make(A.r, A.r, lambda i, j: A.rows[i][j] if i == j else Fraction(0))
    return {'Lbar': lambda: case.mean(case.L), 'bbar': lambda: case.mean(case.b), 'I': lambda: Mat.eye(case.d),
            'ones': lambda: Mat.column([Fraction(1)] * case.d), 'Dbar': lambda: diagonal(case.mean(case.L)),
            'xstar': lambda: case.mean(case.L).solve(case.mean(case.b)), 'Bbar': lambda: bbar(case, at.draws[1][0]),
            'Cb': lambda: case.mean([c * b for c, b in zip(at.draws[1][0], case.b)]), 'theta_min': lambda: theta_min(case)}[name]()


def indexed(node, at):
    i, name = evaluate(node.kids[0], at), node.data
    if name == 'gamma':
        if whole(i) < 0:
            raise NoValue('round before the first')
        return at.run.gamma(whole(i))
    items = {'L': at.case.L, 'D': at.case.L, 'noise': at.case.noise, 'b': at.case.b}
    found = index(at.draws[1][0] if name == 'C' else items[name], i)
    return Mat.make(found.r, found.r, lambda i, j: found.rows[i][j] if i == j else Fraction(0)) if name == 'D' else found


def call(node, at):
    name = node.data
    if name == 'defined':
        try:
            evaluate(node.kids[0], at)
            return True
        except NoValue:
            return False
        except Unknown as reason:
            raise GivesUp(reason) from reason
    values = parts(node, at)
    a, case = values[0], at.case
    if name in ('min', 'max'):
        return greatest(values, 1 if name == 'max' else -1)
    if name in ('f', 'f[]', 'grad f', 'grad f[]', 'g', 'step') and (a.r, a.c) != (case.d, 1):
        raise NoValue('sizes')
    if name.startswith(('f', 'grad f')):
        L, b = (index(case.L, values[1]), index(case.b, values[1])) if name.endswith('[]') else (case.mean(case.L), case.mean(case.b))
        return L * a - b if name.startswith('grad') else (a.turned() * L * a / Fraction(2) - b.turned() * a).rows[0][0]
    if name == 'g':
        c = at.draws[1][0]
        return bbar(case, c) * a - case.mean([x * b for x, b in zip(c, case.b)])
    if name == 'step':
        _, A, more, _ = at.draws[node.level][1]
        return A * a + more
    return FUNCTION[name](*values, *([case] if name == 'e' else []))


def ceiling(t, s):
    if sign(s) <= 0:
        raise NoValue('ceil')
    ratio = t / s
    if isinstance(ratio, Surd):
        low = ceil(sum(float(v) * k**0.5 for k, v in ratio.parts.items())) - 2
        ratio = Fraction(next(k for k in range(low, low + 5) if sign(ratio - k) <= 0 and sign(ratio - k + 1) > 0))
    return s * ceil(ratio)


def extreme(turn):
    def find(A, B=None):
        A.symmetric()
        if B is not None:
            if A.r != B.r or B.definite() != 1:
                raise NoValue('weight of eigenvalues')
        if has_symbols(A, B or A):
            found = greatest_eigenvalue(A * Fraction(turn), B or Mat.eye(A.r))
            return found if turn == 1 else -found
        if B is not None:
            A = B.inverse() * A
        return greatest(A.eigenvalues()[0], turn)
    return find


def inner(u, w):
    return (u.turned() * w).rows[0][0]


def diagonal_matrix(A):
    entries = [row[0] for row in A.rows] if A.c == 1 else [A.square().rows[i][i] for i in range(A.r)]
    return Mat.make(A.r, A.r, lambda i, j: entries[i] if i == j else Fraction(0))


def pseudoinverse(A):
    """By rank: A⁺ = lim (AᵀA + tI)⁻¹Aᵀ, which is a quotient of the polynomials of Decell's formula in AᵀA."""
    B = A.turned() * A
    if has_symbols(B, B):
        raise Unknown('pinv of an unknown matrix')
    m, term, kept = B.r, Mat.eye(B.r), None
    for k in range(1, m + 1):  # Faddeev and LeVerrier: term_k = B term_{k-1} + c_k I
        product = B * term
        c = -product.trace() / Fraction(k)
        if sign(c) != 0:
            kept = term, c
        term = product + Mat.eye(m) * c
    return A.turned() * Fraction(0) if kept is None else kept[0] * A.turned() * (Fraction(-1) / kept[1])


def least_positive(A):
    A.symmetric()
    if has_symbols(A, A):
        raise Unknown('an eigenvalue of an unknown matrix')
    found = [t for t in A.eigenvalues()[0] if sign(t) > 0]
    if not found:
        raise NoValue('no positive eigenvalue')
    return greatest(found, -1)


def blocks(node, at):
    width = node.data
    rows = [[None if form.zero(k) else evaluate(k, at) for k in node.kids[i:i + width]] for i in range(0, len(node.kids), width)]
    size = lambda line, of: {of(b) for b in line if b is not None}
    heights, widths = [size(row, lambda b: b.r) for row in rows], [size(line, lambda b: b.c) for line in zip(*rows)]
    if any(len(some) > 1 for some in heights + widths):
        raise NoValue('sizes of blocks')
    out = []
    for row, (height,) in zip(rows, heights):
        for i in range(height):
            out.append([b.rows[i][j] if b is not None else Fraction(0) for b, (wide,) in zip(row, widths) for j in range(wide)])
    return Mat(out)


FUNCTION = {
    'pinv': pseudoinverse, 'lambda_min_plus': least_positive, 'row': lambda A, i: Mat([index(A.rows, i)]),
    'column': lambda A, j: index([Mat.column([row[k] for row in A.rows]) for k in range(A.c)], j),
    'kron': lambda A, B: Mat.make(A.r * B.r, A.c * B.c, lambda i, j: A.rows[i // B.r][j // B.c] * B.rows[i % B.r][j % B.c]),
    'sqrt': sqrt, 'abs': lambda t: t if sign(t) >= 0 else -t, 'ceil': ceiling, 'surd': known, 'trace': lambda A: A.trace(),
    'det': lambda A: A.eliminate(A)[1], 'diag': lambda A: Mat.column([A.square().rows[i][i] for i in range(A.r)]),
    'Diag': diagonal_matrix, 'sym': lambda A: (A.square() + A.turned()) / Fraction(2), 'inverse': lambda A: A.inverse(),
    'inner': inner, 'lambda_max': extreme(1), 'lambda_min': extreme(-1), 'spectral_radius': radius,
    'rational': lambda t: isinstance(known(t), Fraction),
    'e': lambda i, case: index([Mat.column([Fraction(int(j == k)) for k in range(case.d)]) for j in range(case.d)], i)}
EVALUATE = {
    'blocks': blocks,
    'num': lambda node, at: node.data, 'vector': lambda node, at: Mat.column(parts(node, at)),
    'literal': lambda node, at: (lambda v, c: Mat([v[i:i + c] for i in range(0, len(v), c)]))(parts(node, at), node.shape[1]),
    'neg': lambda node, at: -parts(node, at)[0], '+': lambda node, at: (lambda a, b: a + b)(*parts(node, at)),
    '-': lambda node, at: (lambda a, b: a - b)(*parts(node, at)),
    '*': lambda node, at: scalar_of(node, (lambda a, b: a * b)(*parts(node, at))),
    '/': lambda node, at: divide(*parts(node, at)), "'": lambda node, at: parts(node, at)[0].turned(),
    '^': lambda node, at: power(*parts(node, at)), 'entry': entry, 'norm': norm, 'chain': chain, 'fold': fold,
    'if': lambda node, at: evaluate(node.kids[1 if evaluate(node.kids[0], at) else 2], at),
    'and': lambda node, at: conjunction([lambda k=k: evaluate(k, at) for k in node.kids]),
    'or': lambda node, at: conjunction([lambda k=k: evaluate(k, at) for k in node.kids], True),
    'not': lambda node, at: not evaluate(node.kids[0], at), 'iff': lambda node, at: (lambda a, b: a == b)(*parts(node, at)),
    'quantifier': quantifier, 'E': expectation, 'outcomes': outcomes, 'iterate': iterate, 'core': core, 'indexed': indexed,
    'at': member, 'call': call, 'bound': lambda node, at: at.values[node.data], 'let': lambda node, at: evaluate(node.kids[0], at)}


# ---- 10 claims: form
class Claim:
    """A claim with its declarations as nodes; Refused if it is not well formed."""
    def __init__(self, tree):
        declared = tree['declarations']
        self.form, self.case = Form(equal_sizes(declared)), False
        names, later = {}, {}
        if any(d[0] == 'family' for d in declared):
            self.form.family = Family(None, None, None, None)
        for d in declared:
            if d[0] in ('let', 'define', 'variable'):
                form.check_name(d[1], d[0] == 'variable')
                if d[1] in later:
                    refuse('F4', d[1])
                later[d[1]] = Bound('variable', d[1], d[2] or 'integer') if d[0] == 'variable' else Bound(d[0], d[1], None, d[2], None, d[3])
        variables = {d[1] for d in declared if d[0] == 'variable'}
        self.settings, self.variables, self.assumed, self.concluded = [], [], [], []
        for d in declared:
            if d[0] == 'define' or d[0] == 'let' and d[3]:
                later[d[1]].names = dict(names)
                self.abbreviation(d, names, later, variables)
                names[d[1]] = later[d[1]]
            elif d[0] == 'let':
                later[d[1]].names = dict(names)
                if d[1] in form.free(d[2]) and d[1] not in names:
                    refuse('F5', 'recursion')
                self.form.inside += 1
                self.early(d[2], names, later, variables)
                self.form.inside -= 1
                names[d[1]] = later[d[1]]
            elif d[0] == 'family':
                self.family(d, names, later, variables)
            elif d[0] == 'setting':
                self.case = True
                if self.form.family:
                    refuse('F17', 'a setting beside a family')
                if d[1][0] != 'statement':
                    self.settings.append(d[1])
                    continue
                node = self.early(d[1][1], names, later, variables)
                if form.STATEMENT != node.shape:
                    refuse('F9')
                if any(u.what == 'variable' for u in node.uses):
                    refuse('F8')
                self.top(node)
                self.settings.append(('statement', node))
            elif d[0] == 'variable':
                self.variable(d, names, later, variables)
                names[d[1]] = later[d[1]]
        for d in declared:
            if d[0] in ('assume', 'conclude'):
                node = self.form.scalar(self.form.node(d[1], names), form.STATEMENT)
                (self.assumed if d[0] == 'assume' else self.concluded).append(self.top(node))
        self.case |= self.form.case

    def family(self, d, names, later, variables):
        _, index, ends, parts = d
        (worker, _), (other, _) = parts['L'], parts['b']
        for name in {index, worker, other}:
            form.check_name(name)
        if index in (worker, other):
            refuse('F4', index)
        of, inner = self.form.family, {**names, index: Bound('index', index)}
        of.index, of.worker, of.parts = inner[index], Bound('index', worker), {}
        shapes = {'L': SQUARE, 'b': VECTOR, 'x0': VECTOR}

        def node(tree, names):
            made = self.top(self.early(tree, names, later, variables))
            if made.case or any(u.what == 'variable' for u in made.uses):
                refuse('F17', 'a family that depends on more than its index')
            return made
        of.ends = [self.form.plain(node(t, names)) for t in ends]
        for word, (name, tree) in parts.items():
            if word in ('sketch', 'method'):
                of.parts[word] = tree
                continue
            of.parts[word] = node(tree, {**inner, name: of.worker} if name else inner)
            if word in shapes:
                self.form.matrix(of.parts[word], vector=shapes[word] == VECTOR)
            else:
                self.form.scalar(of.parts[word])

    @staticmethod
    def abbreviation(d, names, later, variables):
        """3.6: what a name with arguments, or one for a whole file, may mention."""
        word, name, tree, arguments = d
        for a in arguments or []:
            form.check_name(a)
        if len({name, *(arguments or [])}) <= len(arguments or []):
            refuse('F4', name, 'an argument twice, or of this name')
        mentioned = form.free(tree) - set(arguments or [])
        known = (lambda one: one in form.CORE or one in form.LIBRARY) if word == 'define' else (lambda one: one not in later)
        for one in mentioned:
            if one not in names and not known(one):
                refuse('F5', one)
        for one in ('gamma', 'x0'):
            if one in variables and one not in names and word == 'let' and one[0] in form.carried(tree, names):
                refuse('F7', one)

    def early(self, tree, names, later, variables):
        """An expression of a declaration, which sees what is before it."""
        for name in form.free(tree):
            if name in later and name not in names and name not in form.PLAIN_NAMES and name not in form.INDEXED:
                refuse('F5', name)
        node = self.form.node(tree, names)
        for name in ('gamma', 'x0'):
            if name in variables and name not in names and name[0] in node.carries:
                refuse('F7', name)
        return node

    @staticmethod
    def top(node):
        if node.rounds:
            refuse('F15', 'iterates outside of E')
        return node if not node.bare and not node.level else refuse('F14', 'draws outside of E')

    def variable(self, d, names, later, variables):
        _, name, kind, trials, by = d
        if self.form.family and (name in ('gamma', 'x0') or kind not in (None, 'scalar', 'integer')):
            refuse('F17', name)
        if name == 'gamma' and kind not in (None, 'scalar', 'integer') or name == 'x0' and kind != 'vector':
            refuse('F8', name)
        self.case |= not self.form.family and (kind not in (None, 'scalar', 'integer') or (kind is not None and not trials))
        shape = {'vector': VECTOR, 'scalar': SCALAR, 'integer': SCALAR, None: SCALAR}.get(kind, SQUARE)
        others = variables - {name}  # its own `try` means the case's

        def nodes(trees, shape=SCALAR):
            found = [self.top(self.form.constant(self.early(t, names, later, others))) if t else None for t in trees]
            for k in found:
                if k and isinstance(shape, tuple) == isinstance(k.shape, str):
                    refuse('F8', name)
                if k:
                    self.form.same(k.shape, shape, 'F8')
            return found
        if kind is None:
            values = [('range', *nodes([*trials, by]))]
        else:
            values = []
            for t in trials:
                if t[0] == 'range' and shape != SCALAR:
                    refuse('F8', name)
                values.append(('range', *nodes(t[1:])) if t[0] == 'range' else nodes([t], shape)[0])
        self.variables.append((later[name], kind, values))


def equal_sizes(declared):
    """2.2: groups of n, d and numerals that settings equate."""
    groups = []
    for d in declared:
        if d[0] == 'setting' and d[1][0] == 'statement' and d[1][1][0] == 'chain':
            _, some, signs = d[1][1]
            keys = [int(t[1]) if t[0] == 'num' and t[1].denominator == 1 else t[1] if t in (('name', 'n'), ('name', 'd')) else None
                    for t in some]
            for a, b, s in zip(keys, keys[1:], signs):
                if s == '=' and a is not None and b is not None:
                    joined = set().union({a, b}, *(g for g in groups if g & {a, b}))
                    groups = [g for g in groups if not g & {a, b}] + [joined]
    return groups


# ---- 10 and 11 claims: verdicts
def fits(setting, case, at):
    word = setting[0]
    if word in ('sketch', 'method', 'reading', 'case'):
        of = {'sketch': case.sketch['kind'], 'method': case.method, 'reading': case.sketch.get('reading'), 'case': case.name}
        return of[word] in setting[1]
    same = lambda some: all(x == some[0] for x in some)
    none = lambda some: all(v == 0 for x in some for row in x.rows for v in row)
    if word in ('homogeneous', 'heterogeneous'):
        return (same(case.L) and same(case.b)) == (word == 'homogeneous')
    if word == 'interpolation':
        return none(case.b)
    if word in ('noiseless', 'noisy'):
        return none(case.noise) == (word == 'noiseless')
    return evaluate(setting[1], at)


def of_kind(value, kind, d):
    if kind == 'scalar':
        return not isinstance(value, Mat)
    if kind == 'integer':
        return isinstance(value, Fraction) and value.denominator == 1
    if not isinstance(value, Mat) or (value.r, value.c) != (d, 1 if kind == 'vector' else d):
        return False
    if kind in ('vector', 'matrix'):
        return True
    return value == value.turned() and (kind == 'symmetric' or value.definite() == 1)


def to_look_at(it, kind, listed, at):
    """The values of a variable (10.7). A range without a value is ⊥; None stands for a value that is not known."""
    found, case = [], at.case
    if case and it.name in case.values:
        entry_ = case.values[it.name]
        deep = isinstance(entry_, list) and isinstance(entry_[0], list)
        found.append(matrix(entry_) if deep else column(entry_) if isinstance(entry_, list) else number(entry_))
    if kind is None:
        first, last, by = gather([lambda k=k: evaluate(k, at) for k in listed[0][1:] if k] + [lambda: Fraction(1)])[:3]
        whole(first), whole(last)
        if whole(by) < 1:
            raise NoValue('by')
        if last - first > MOST_CHOICES * by:
            raise Unknown('choices')
        every = [Fraction(v) for v in range(int(first), int(last) + 1, int(by))]
        return [v for v in found if v in every] + [v for v in every if v not in found]
    for one in listed:
        try:
            if isinstance(one, Node):
                found.append(evaluate(one, at))
                continue
            first, last, by = gather([lambda k=k: evaluate(k, at) for k in one[1:] if k] + [lambda: Fraction(1)])[:3]
            if sign(by) <= 0:
                raise NoValue('by')
            while sign(last - first) >= 0:
                found.append(first)
                first = first + by
                if len(found) > MOST_CHOICES:
                    raise Unknown('choices')
        except NoValue:
            pass
        except Unknown:
            found.append(None)
    if not found and case and it.name in ('gamma', 'x0'):
        found.append(case.step if it.name == 'gamma' else case.start)
    return [v for v in found if v is None or of_kind(v, kind, case.d if case else None)]


def judge_choice(claim, at):
    unknown = False
    for word, statements in (('excluded', claim.assumed), ('bad', claim.concluded)):
        for s in statements:
            try:
                if not evaluate(s, at):
                    return 'open' if word == 'bad' and unknown else word
            except Lost:
                return 'open'
            except Unknown:
                unknown = True if word == 'excluded' else 'conclusion'
            except NoValue:
                return 'open' if unknown else 'ill'
    return 'good' if not unknown else 'open' if unknown == 'conclusion' else 'maybe'


def judge_choices(claim, variables, at, seen):
    if not variables:
        seen.append(judge_choice(claim, at))
        return
    it, kind, listed = variables[0]
    try:
        values = to_look_at(it, kind, listed, at)
    except (NoValue, Unknown) as reason:
        seen.append('ill' if isinstance(reason, NoValue) else 'open')
        return
    for value in values:
        if value is None or len(seen) > MOST_CHOICES:
            seen.append('open')
            continue
        run = at.run
        if it.name in ('gamma', 'x0') and at.case:
            run = Run(at.case, value if it.name == 'gamma' else run.fixed, value if it.name == 'x0' else run.start)
        judge_choices(claim, variables[1:], Scope(at.case, run, {**at.values, it: value}), seen)


def judge(claim, case):
    """The verdict of a claim on a case, or 'no fit'."""
    try:
        return judge_all(claim, case)
    except GivesUp:
        return 'undecided'


def judge_all(claim, case):
    case = case if claim.case else None
    at = Scope(case, Run(case, None, case.start) if case else None, {})
    try:
        for setting in claim.settings:
            if not fits(setting, case, at):
                return 'no fit'
    except NoValue:
        return 'no fit'
    except Unknown:
        return 'undecided'
    seen = []
    judge_choices(claim, claim.variables, at, seen)
    if 'bad' in seen:
        return 'violated'
    if 'ill' in seen:  # an open choice may be bad, which would come first
        return 'undecided' if 'open' in seen else 'ill-defined'
    if 'open' in seen:
        return 'undecided'
    if 'good' in seen:
        return 'holds'
    return 'undecided' if 'maybe' in seen else 'vacuous'  # or, with free variables, undecided (unreached)


def read_case(path):
    with open(path, 'rb') as file:
        tree = json.load(file) if path.endswith('.json') else tomllib.load(file)
    return Case({**tree, 'name': path.rpartition('/')[2].rpartition('.')[0]})  # 4.1


def verdicts(text, cases):
    """{claim: [verdict on each case]}, or Refused."""
    return {tree['name']: [judge(Claim(tree), case) for case in cases] for tree in parse(text)}


if __name__ == '__main__':
    try:
        with open(sys.argv[1], encoding='utf-8') as source:
            for name, found in verdicts(source.read(), [read_case(path) for path in sys.argv[2:]]).items():
                print(name, *found)
    except Refused as reason:
        print('refused', *reason.args)
