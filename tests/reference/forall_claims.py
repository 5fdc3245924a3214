"""Random claims with variables and what they say over all values, known by how they are made: forall_claims.py [--claims N]
[--seed S] compares them with decide.py and prints how many there are of each kind. A batch is a small case and claims on it,
each (text, fragment, right verdict or None, touching)."""
import argparse
import collections
import itertools
import random
import sys
import time
import tomllib
from fractions import Fraction

import cells
from decide import SMALL, choice_word, decide
from exact import GivesUp, Mat, sign
from generate import METHODS, text
from interpreter import Case, Claim, expected, stack
from parse import Refused, parse

FRAGMENTS = (1, 2, 3, 4)
CLOSE = [Fraction(1, 10**k) for k in (1, 3, 6, 12)]


# ---- text of numbers, vectors, matrices, polynomials
def num(x):
    x = Fraction(x)
    return str(x) if x >= 0 and x.denominator == 1 else f'({x})' if x >= 0 else f'(-{-x})'


def vec(some):
    return '[' + ', '.join(str(Fraction(x)) for x in some) + ']'


def mat(A):
    return '[' + ', '.join(vec(row) for row in A.rows) + ']'


def poly(p, t):
    return ' + '.join(f'{num(c)}*{t}^{k}' if k else num(c) for k, c in enumerate(p) if c) or '0'


def dot(a, v):
    return sum((x * y for x, y in zip(a, v)), Fraction(0))


def solve(rows, right):
    """Some solution of linear equations, or None."""
    work = [list(map(Fraction, r)) + [Fraction(b)] for r, b in zip(rows, right)]
    n, pivots, at = len(rows[0]) if rows else 0, [], 0
    for j in range(n):
        k = next((k for k in range(at, len(work)) if work[k][j]), None)
        if k is None:
            continue
        work[at], work[k] = work[k], work[at]
        work[at] = [x / work[at][j] for x in work[at]]
        for i, row in enumerate(work):
            if i != at and row[j]:
                work[i] = [x - row[j] * y for x, y in zip(row, work[at])]
        pivots.append(j)
        at += 1
    if any(row[-1] for row in work[at:]):
        return None
    found = [Fraction(0)] * n
    for row, j in zip(work, pivots):
        found[j] = row[-1]
    return found


def greatest_root(A, B=None):
    """The greatest t with det(A - tB) = 0, as a point."""
    M = B.inverse() * A if B else A
    n, P, p = M.r, Mat.eye(M.r), [Fraction(1)]
    for k in range(1, n + 1):
        product = M * P
        p.append(-product.trace() / k)
        P = product + Mat.eye(n) * p[-1]
    return cells.real_roots(p[::-1])[-1]


def beside(x, width):
    """Rational numbers below and above a point, at most this far away, and the point itself if it is rational."""
    if isinstance(x, cells.Root):
        while not cells.exact(x) and x.high - x.low > width:
            x.refine()
    low, high = cells.ends(x)
    return (low - width, high + width, low) if low == high else (low, high, None)


class Square:
    """A quadratic polynomial Σ w (a·v + b)² + c of several variables."""
    def __init__(self, terms, c=Fraction(0)):
        self.terms, self.c = terms, c

    def at(self, v):
        return sum((w * (dot(a, v) + b)**2 for w, a, b in self.terms), self.c)

    def zero(self, more=()):
        """A point where all terms, and more equations (a, b): a·v + b = 0, are 0, or None."""
        some = [(a, b) for _, a, b in self.terms] + list(more)
        return solve([a for a, _ in some], [-b for _, b in some]) if some else None

    def matrix(self, n):
        A, l, c = [[Fraction(0)] * n for _ in range(n)], [Fraction(0)] * n, self.c
        for w, a, b in self.terms:
            c += w * b * b
            for i in range(n):
                l[i] += 2 * w * b * a[i]
                for j in range(n):
                    A[i][j] += w * a[i] * a[j]
        return Mat(A), l, c


CONICS = [  # hypothesis, conclusion, answer: for all real X, Y, and so after any change of coordinates
    ('X*Y >= 1', 'X^2 > 0', 'holds'), ('X*Y + 1 >= 0', 'X*Y + 1 + Y^2 > 0', 'holds'), ('', 'X^2 + 1 > 0', 'holds'), ('', 'X^2 + Y^2 > 0', 'violated'),
    ('X*Y > 0', 'X^2 > 0', 'holds'), ('X*Y >= 0', 'X^2 > 0', 'violated'), ('-X^2 >= 0', 'X*Y = 0', 'holds'), ('X^2 <= 0', 'X*Y >= 1', 'violated'), ('X^2 <= 0', 'Y >= 0', 'violated'),
    ('X^2 + Y^2 = 0', 'X = 0', 'holds'), ('X^2 + Y^2 <= 0', 'X + Y >= 0', 'holds'), ('(X - Y)^2 <= 0', 'X^2 - Y^2 = 0', 'holds'), ('(X - Y)^2 <= 0', 'X^2 - Y^2 > 0', 'violated'),
    ('X^2 - Y^2 > 0', 'X != 0', 'holds'), ('X^2 - Y^2 > 0', 'X^2 > 0', 'holds'), ('X^2 - Y^2 > 0', 'Y^2 > 0', 'violated'), ('X^2 - Y^2 >= 0', 'X^2 > 0', 'violated'),
    ('Y = X^2', 'Y >= 0', 'holds'), ('Y = X^2', 'Y > 0', 'violated'), ('Y = X^2', 'Y + 1 > 0', 'holds'), ('Y >= X^2', 'Y >= 2*X - 1', 'holds'), ('Y >= X^2', 'Y > 2*X - 1', 'violated'),
    ('Y > X^2', 'Y > 2*X - 1', 'holds'), ('Y = X^2', 'Y > 2*X - 1', 'violated'), ('Y >= X^2', 'Y > 2*X - 1 - 1/10^9', 'holds'), ('Y >= X^2', 'Y >= 2*X - 1 + 1/10^9', 'violated'),
    ('X*Y = 1', 'X^2 + Y^2 >= 2', 'holds'), ('X*Y = 1', 'X^2 + Y^2 > 2', 'violated'), ('X*Y = 1', 'X + Y >= 2', 'violated'), ('X*Y > 1', 'X^2 + Y^2 > 2', 'holds'),
    ('X*Y = 0', 'X^2 + Y^2 > 0', 'violated'), ('X*Y = 1', 'X^2 + Y^2 > 0', 'holds'), ('X^2 = 1', 'X >= -1', 'holds'), ('X^2 = 1', 'X > -1', 'violated'), ('X^2 = 1', 'X^2 + (X + Y)^2 >= 1', 'holds'),
    ('X^2 = X', 'X >= 0', 'holds'), ('X^2 = X', 'X > 0', 'violated'), ('X^2 <= X', 'X <= 1', 'holds'), ('X^2 < X', 'X > 0', 'holds'), ('X >= 0', 'X^2 + X >= 0', 'holds'),
    ('X >= 0', 'X^2 - X >= 0', 'violated'), ('X > 0', 'X + Y^2 > 0', 'holds'), ('X >= 0', 'X + Y^2 > 0', 'violated'), ('X >= 0', 'X + Y^2 >= 0', 'holds'), ('X >= 1/10^9', 'X + Y^2 > 0', 'holds'),
    ('X*Y < 0', 'X^2 - X*Y + Y^2 > 0', 'holds'), ('X^2 + Y^2 < 0', 'X > 0', 'vacuous'), ('X^2 + X + 1 <= 0', 'Y > 0', 'vacuous'), ('X^2 + 2*X + 1 < 0', 'Y > 0', 'vacuous'), ('X^2 + 2*X + 1 <= 0', 'X = -1', 'holds'),
    ('X^2 + Y^2 = 1', 'X + Y <= sqrt(2)', 'holds'), ('X^2 + Y^2 = 1', 'X + Y < sqrt(2)', 'violated'), ('X^2 + Y^2 < 1', 'X + Y < sqrt(2)', 'holds'), ('X^2 + Y^2 <= 1', 'X + Y <= 7/5', 'violated'),
    ('X^2 + Y^2 <= 1', '(X - 2)^2 + Y^2 >= 1', 'holds'), ('X^2 + Y^2 <= 1', '(X - 2)^2 + Y^2 > 1', 'violated'), ('X^2 + Y^2 < 1', '(X - 2)^2 + Y^2 > 1', 'holds'), ('X^2 + Y^2 >= 1', '(X - 2)^2 + Y^2 >= 1', 'violated'),
    ('X^2 - 2*Y^2 = 0', 'X^2 + Y^2 > 0', 'violated'), ('X^2 - 2*Y^2 >= 0', 'X^2 >= Y^2', 'holds'), ('X^2 - 2*Y^2 > 0', 'X^2 > 2*Y^2', 'holds'), ('X^2 - 2*Y^2 > 0', 'X^2 > 2*Y^2 + 1/10^9', 'violated'),
    ('X = 2*Y', 'X^2 - 4*Y^2 = 0', 'holds'), ('X = 2*Y', 'X*Y >= 0', 'holds'), ('X = 2*Y', 'X*Y > 0', 'violated'), ('X = 2*Y + 1', 'X^2 + Y^2 >= 1/5', 'holds'), ('X = 2*Y + 1', 'X^2 + Y^2 > 1/5', 'violated')]
CURVES = [  # the same with a real number t
    ('Y >= X^2', 'Y >= 2*t*X - t^2', 'holds'), ('Y >= X^2', 'Y > 2*t*X - t^2', 'violated'), ('Y > X^2', 'Y > 2*t*X - t^2', 'holds'), ('X^2 + Y^2 <= 1', 't*X + Y <= sqrt(t^2 + 1)', 'holds'),
    ('X^2 + Y^2 <= 1', 't*X + Y < sqrt(t^2 + 1)', 'violated'), ('X^2 + Y^2 < 1', 't*X + Y < sqrt(t^2 + 1)', 'holds'), ('X = t*Y', 'X*Y >= t*Y^2', 'holds'), ('X = t*Y', 'X^2 + Y^2 > 0', 'violated'),
    ('X = t*Y + 1', 'X^2 + Y^2 > 0', 'holds'), ('', 'X^2 + 2*t*X + t^2 + 1 > 0', 'holds'), ('', 'X^2 + 2*t*X*Y + Y^2 >= 0', 'violated'), ('', 'X^2 + 2*t*X*Y + t^2*Y^2 >= 0', 'holds'),
    ('', 'X^2 + 2*t*X*Y + t^2*Y^2 + (t^2 - 2)^2 > 0', 'violated'), ('', 'X^2 + 2*t*X*Y + (t^2 + 1)*Y^2 + (t^2 - 2)^2 >= 0', 'holds')]
TRIED = ('sphere', 'curves', 'two_squares', 'means', 'step_and_share', 'pencil_of_two', 'theta_and_step')  # 19.6: may be decided, or say so


class Maker:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.case_text, self.case = '', None

    def pick(self, *some):
        return self.rng.choice(some)

    def chance(self, p):
        return self.rng.random() < p

    def small(self, zero=True):
        return Fraction(self.pick(*([0, 0] if zero else []), 1, -1, 2, -2, 3, -3, '1/2', '-1/2', '1/3', '3/2', '-2/3'))

    def positive(self):
        return Fraction(self.pick(1, 2, 3, '1/2', '1/3', '3/2', 5))

    def vector(self, n):
        while True:
            found = [self.small() for _ in range(n)]
            if any(found):
                return found

    def slack(self):
        return self.pick(*CLOSE, Fraction(1), Fraction(1, 2))

    # ---- cases
    def make_case(self, name, quiet=False):
        """A small case; quiet: all b_i and the noise are 0, L_i positive semidefinite."""
        rng = self.rng
        kind = self.pick('identity', 'identity', 'perm', 'rand', 'bernoulli', 'rand-shared')
        n, d = self.pick((1, 1), (1, 2), (2, 2), (2, 2), (2, 1), (3, 3), (1, 3), (2, 3))
        if kind == 'perm':
            d = n = self.pick(1, 2, 2, 3)
        if kind in ('rand', 'bernoulli') and n * d > 4:
            n, d = 2, 2
        same, workers = self.chance(0.3), []
        for i in range(n):
            if i and same:
                workers.append(workers[0])
                continue
            rows = [self.vector(d) for _ in range(d)]
            L = Mat(rows).turned() * Mat(rows)
            if self.chance(0.3):
                L = Mat.make(d, d, lambda i, j: self.positive() if i == j else Fraction(0))
            if self.chance(0.4):
                L = L + Mat.eye(d) * self.positive()
            if not quiet and self.chance(0.1):
                L = L - Mat.eye(d) * self.positive()
            worker = f'[[worker]]\nL = {text([[str(v) for v in r] for r in L.rows])}\nb = {text([str(Fraction(0) if quiet else self.small()) for _ in range(d)])}\n'
            if not quiet and self.chance(0.15):
                v = [rng.choice([0, 1, -1]) for _ in range(d)]
                worker += f'noise = {text([[str(a * c) for c in v] for a in v])}\n'
            workers.append(worker)
        extra = {'perm': 'kind = "perm"\nq = 1', 'rand': f'kind = "rand"\nq = {rng.randint(1, d)}', 'rand-shared': f'kind = "rand"\nq = {rng.randint(1, d)}\nshared = true',
                 'bernoulli': 'kind = "bernoulli"\np = "1/2"', 'identity': 'kind = "identity"'}[kind]
        method = self.pick('gradient', 'sketched-gradient', 'sketched-gradient', *METHODS)
        start = f'start = {text([str(self.small()) for _ in range(d)])}\n'
        self.case_text = (f'name = "{name}"\nstep = "{self.pick("1/8", "1/4", "1/2", "1/10")}"\n{start}[sketch]\n{extra}\n'
                          f'[method]\nkind = "{method}"\n{"".join(workers)}')
        self.case = Case({**tomllib.loads(self.case_text), 'name': name})
        self.quiet, self.d = quiet, d
        return self.case_text

    # ---- fragment 1
    def quadratic_text(self, q, names, homogeneous=False):
        """A quadratic polynomial in the entries of vectors, written in one of several ways."""
        d, n = self.d, self.d * len(names)
        if d == 1 or self.chance(0.25):  # a 1 × 1 product would be a scalar by form
            entries = [f'{v}[{i + 1}]' for v in names for i in range(d)]
            inside = lambda a, b: ' + '.join([f'{num(x)}*{e}' for x, e in zip(a, entries) if x] + ([num(b)] if b else [])) or '0'
            return ' + '.join(f'{num(w)}*({inside(a, b)})^2' for w, a, b in q.terms) + (f' + {num(q.c)}' if q.c else '') if q.terms else num(q.c)
        A, l, c = q.matrix(n)
        found = []
        for i, u in enumerate(names):
            for j, w in enumerate(names):
                block = Mat.make(d, d, lambda a, b: A.rows[i * d + a][j * d + b])
                if j < i or all(x == 0 for r in block.rows for x in r):
                    continue
                if i == j:
                    found.append(self.pick(f"{u}'*{mat(block)}*{u}", f'||{u}||^2_({mat(block)})', f'inner({u}, {mat(block)}*{u})'))
                else:
                    found.append(f'2*inner({u}, {mat(block)}*{w})')
            part = l[i * d:(i + 1) * d]
            if any(part):
                found.append(f'inner({vec(part)}, {u})')
        if c:
            found.append(num(c))
        return ' + '.join(found) or '0'

    def squares(self, n, through=None, most=None):
        """A sum of squares, zero at a point if one is given."""
        terms = []
        for _ in range(self.rng.randint(1, most or n + 1)):
            a = self.vector(n)
            terms.append((self.positive(), a, -dot(a, through) if through else self.small()))
        return Square(terms)

    def claim(self, lines, conclusion, right, touching=False):
        return lines, conclusion, right, touching

    def variables(self, names):
        return [f'forall {v} : vector' + self.pick('', '', ' try ones', ' try e(1), 0*ones') for v in names]

    def names(self):
        return self.pick(['v'], ['v'], ['x0'], ['v', 'w'])

    def point(self, n):
        return [self.small() for _ in range(n)]

    def ordered(self, q, bound, names, strict, right, touching):
        """q >= bound (>), written in one of two ways."""
        t = self.quadratic_text(q, names)
        says = self.pick(f'{t} {">" if strict else ">="} {num(bound)}', f'{num(bound)} {"<" if strict else "<="} {t}', f'not ({t} {"<=" if strict else "<"} {num(bound)})')
        return self.claim(self.variables(names), says, right, touching)

    def definite_form(self):
        """A sum of squares and a bound at its infimum or beside it."""
        names = self.names()
        n = self.d * len(names)
        q, strict = self.squares(n, self.point(n) if self.chance(0.6) else None), self.chance(0.4)
        if q.zero() is None:  # the infimum is positive
            return self.ordered(q, 0, names, strict, 'holds', False)
        by = self.pick(0, 0, 1, -1) * self.slack()
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        return self.ordered(q, by, names, strict, right, by == 0)

    def indefinite_form(self):
        names = self.names()
        n = self.d * len(names)
        q, a = self.squares(n), self.vector(n)
        v = self.vector(n)
        while dot(a, v) == 0:
            v = self.vector(n)
        q.terms.append((-(q.at(v) + self.slack()) / dot(a, v)**2, a, Fraction(0)))
        return self.ordered(q, 0, names, self.chance(0.5), 'violated', False)

    def equal_forms(self):
        """Identities, and the same with one coefficient changed."""
        names = self.names()
        n = self.d * len(names)
        q = self.squares(n)
        other, wrong, differs = Square(list(q.terms), q.c), self.chance(0.4), self.chance(0.3)
        if wrong:
            other.terms.append((self.slack(), self.vector(n), self.small()))
        left, right = self.quadratic_text(q, names), self.quadratic_text(other, names)
        if differs:  # q != q + the square: somewhere it is zero
            return self.claim(self.variables(names), f'{left} != {right}', 'violated', True)
        return self.claim(self.variables(names), f'{left} = {right}', 'violated' if wrong else 'holds', not wrong)

    def never_zero(self):
        names = self.names()
        n = self.d * len(names)
        q = self.squares(n, self.point(n))
        by = self.pick(0, 1, -1) * self.slack()
        return self.claim(self.variables(names), f'{self.quadratic_text(q, names)} != {num(-by)}',
                          'holds' if by > 0 else 'violated', by == 0)

    def on_subspace(self):
        """Linear hypotheses: q = squares + (a·v - c)(l·v + m) is not negative where a·v = c."""
        names = ['v']
        n = self.d
        at = self.point(n)
        some = [self.vector(n) for _ in range(self.rng.randint(1, max(1, n - 1)))]
        q, hit = self.squares(n, at if self.chance(0.7) else None), []
        product = Square(list(q.terms))
        for a in some:
            b, l, m = -dot(a, at), self.vector(n), self.small()
            hit.append((a, b))
            # (a·v + b)(l·v + m) = ((a+l)·v + b+m)²/4 - ((a-l)·v + b-m)²/4
            for turn in (1, -1):
                product.terms.append((Fraction(turn, 4), [x + turn * y for x, y in zip(a, l)], b + turn * m))
        strict, by = self.chance(0.4), self.pick(0, 0, 1, -1) * self.slack()
        touches = q.zero(hit) is not None
        if not touches:
            by = Fraction(0)
        right = 'holds' if by < 0 or by == 0 and not (strict and touches) else 'violated'
        product.c -= by
        lines = self.variables(names)
        for a, b in hit:
            lines.append('assume ' + self.pick(f'inner(v, {vec(a)}) = {num(-b)}', f'{vec(a)}\'*v + {num(b)} = 0', f'{num(-b)} = inner({vec(a)}, v)'))
        lines_, says, _, _ = self.ordered(product, 0, names, strict, right, touches)
        return self.claim(lines, says, right, by == 0 and touches)

    def s_lemma(self):
        """g >= 0 (>, =) and f = λg + squares - by."""
        names = self.pick(['v'], ['v'], ['x0'], ['v', 'w'][:1 + (self.d < 3)])
        n = self.d * len(names)
        at = self.point(n)
        g = self.squares(n)
        for k, (w, a, b) in enumerate(g.terms):
            if self.chance(0.5):
                g.terms[k] = -w, a, b
        rel, turn = self.pick('>=', '>', '=', '<=', '<'), 1
        if rel[0] == '<':
            turn = -1
        closed = rel in ('>=', '<=', '=')
        g.c -= g.at(at)  # 0 at the point
        if not closed:
            g.c += turn * self.slack()
        multiplier = self.pick(0, 1, '1/2', 3) if rel != '=' else self.pick(0, 1, -1, 2, '-1/3')
        multiplier = Fraction(multiplier) * turn
        q = self.squares(n, at)
        f = Square(list(q.terms) + [(multiplier * w, a, b) for w, a, b in g.terms], multiplier * g.c)
        strict, by = self.chance(0.4), self.pick(0, 0, 0, 1, -1) * self.slack()
        reach = f.at(at)  # at a point of the hypothesis: 0, or with a strict one |λ|·slack
        if by > 0:
            by += reach
        if by < 0 or by == 0 and not strict:
            right = 'holds'
        elif by > 0:
            right = 'violated'
        else:
            right = 'violated' if reach == 0 else 'holds'
        f.c -= by
        lines = self.variables(names) + [f'assume {self.quadratic_text(g, names)} {rel} 0']
        _, says, _, _ = self.ordered(f, 0, names, strict, right, by == 0)
        return self.claim(lines, says, right, by == 0)

    def no_value(self):
        """A hypothesis that no value fulfils."""
        names = self.names()
        n = self.d * len(names)
        g = self.squares(n)
        by = self.pick(0, 1) * self.slack()
        rel = self.pick('<', '<=', '=') if by > 0 or g.zero() is None else '<'
        lines = self.variables(names) + [f'assume {self.quadratic_text(g, names)} {rel} {num(-by)}']
        _, says, _, _ = self.ordered(self.squares(n), 1, names, False, '', False)
        return self.claim(lines, says, 'vacuous', by == 0)

    def not_zero(self):
        """v != 0 and a form with a known kernel."""
        n = self.d
        q = Square([(w, a, Fraction(0)) for w, a, _ in self.squares(n, most=n).terms])
        independent = solve_kernel([a for _, a, _ in q.terms]) is None
        says = f'{self.quadratic_text(q, ["v"])} > 0'
        return self.claim(self.variables(['v']) + ['assume ' + self.pick('v != 0', '||v||^2 > 0', 'not v = 0')], says, 'holds' if independent else 'violated', True)

    def of_the_data(self):
        """A form of the case's data and its greatest eigenvalue, or bounds beside it."""
        case, d = self.case, self.d
        Lbar = case.mean(case.L)
        B = [(w, case.mean([c * L * c for c, L in zip(cs, case.L)])) for w, cs in case.outcomes]
        what, S = self.pick(('Lbar', Lbar), ('E[Bbar]', expected(B, lambda b: b)), ('E[Bbar*Lbar*Bbar]', expected(B, lambda b: b * Lbar * b)),
                            ('1/2*E[Lbar*Bbar + Bbar*Lbar]', expected(B, lambda b: (b * Lbar + Lbar * b) / Fraction(2))))
        return self.bounded(['v'], f"v'*({what})*v", '||v||^2', S, Mat.eye(d), [])

    def bounded(self, names, left, right, S, W, lines):
        """left <= c·right for forms S and W ≻ 0, with c at or beside the best constant."""
        best = greatest_root(S, W)
        low, high, same = beside(best, self.slack() / 10)
        c, word = self.pick((low, 'violated'), (high, 'holds'), (same, None) if same is not None else (high, 'holds'))
        rel, touching = '<=', word is None
        if touching:
            word, rel = ('holds', '<=') if self.chance(0.5) else ('violated', '<')
            if rel == '<' and self.chance(0.5):
                lines = lines + [f'assume {names[0]} != 0']
        return self.claim(self.variables(names) + lines, f'{left} {rel} {num(c)}*{"(" + right + ")" if "+" in right else right}', word, touching)

    def start(self):
        """E‖x[k]‖² of a case without b: one form in x0."""
        k, case, d = self.rng.randint(1, 3), self.case, self.d
        if not self.quiet:
            return self.start_anywhere()
        S, law = Mat.eye(d), case.law(case.step)
        for _ in range(k):
            S = expected(law, lambda A, a, N: A.turned() * S * A)
        return self.bounded(['x0'], f'E[||x[{k}]||^2]', '||x0||^2', S, Mat.eye(d), [])

    def start_anywhere(self):
        """E‖x[k]‖² <= c(‖x0‖² + 1): a form in (x0, 1)."""
        k, case, d = self.rng.randint(1, 2), self.case, self.d
        S = Mat.make(d + 1, d + 1, lambda i, j: Fraction(int(i == j and i < d)))
        law = case.law(case.step)
        for _ in range(k):
            more = expected(law, lambda A, a, N: (N * Mat([row[:d] for row in S.rows[:d]])).trace())
            S = expected(law, lambda A, a, N: stack(A, a).turned() * S * stack(A, a))
            S.rows[d][d] = S.rows[d][d] + more
        lines, says, right, touching = self.bounded(['x0'], f'E[||x[{k}]||^2]', '||x0||^2 + 1', S, Mat.eye(d + 1), [])
        # A strict claim with the best constant: it may be reached by no start.
        return self.claim(lines, says, None if touching and ' < ' in says else right, touching)

    def conics(self, some=CONICS, more=()):
        """What is known of X and Y, in random coordinates."""
        condition, says, right = self.pick(*some)
        names = ['v'] if self.d > 1 else ['v', 'w']
        entries = [f'{v}[{i + 1}]' for v in names for i in range(self.d)]
        while True:
            rows = [self.vector(len(entries)) for _ in 'XY']
            if solve(rows, [1, 0]) and solve(rows, [0, 1]):
                break
        plain = self.chance(0.2)
        for letter, a, entry in zip('XY', rows, entries):
            inside = ' + '.join([f'{num(x)}*{e}' for x, e in zip(a, entries) if x] + [num(self.small())])
            inside = entry if plain else f'({inside})'
            condition, says = condition.replace(letter, inside), says.replace(letter, inside)
        lines = self.variables(names) + list(more)
        return self.claim(lines + ([f'assume {condition}'] if condition else []), says, right, True)

    def curves(self):
        return self.conics(CURVES, self.variable())

    def of_matrices(self):
        d = self.d
        kind = self.pick('symmetric', 'matrix')
        by, strict = self.pick(0, 1, -1) * self.slack(), self.chance(0.3)
        lines = [f'forall M : {kind}' + self.pick('', ' try I')]
        says = self.pick((f"trace(M'*M) - (1/d)*trace(M)^2 {'>' if strict else '>='} {num(by)}"), f"trace(M'*M) {'>' if strict else '>='} (1/d)*trace(M)^2 + {num(by)}")
        return self.claim(lines, says, 'holds' if by < 0 or by == 0 and not strict else 'violated', by == 0)

    def of_positive(self):
        """trace(A M) > 0 for M ≻ 0: A ⪰ 0 and not 0; >= 0: A ⪰ 0."""
        d = self.d
        if d > 2:
            return self.of_matrices()
        rows = [self.vector(d) for _ in range(self.rng.randint(1, d))]
        A, strict = Mat(rows).turned() * Mat(rows), self.chance(0.5)
        wrong = self.chance(0.4)
        if wrong:
            A = A - Mat.eye(d) * (min(A.rows[i][i] for i in range(d)) + self.slack())
        return self.claim([f'setting d = {d}', 'forall M : positive' + self.pick('', ' try I')], f'{"trace(" + mat(A) + "*M)" if d > 1 else num(A.rows[0][0]) + "*M[1, 1]"} {">" if strict else ">="} 0', 'violated' if wrong else 'holds', True)

    def of_the_estimator(self):
        """Identities of the data, the same with one term too many, and inequalities that decide.py judges."""
        more = num(self.slack())
        right, says = self.pick(
            ('holds', 'E[g(v)] = E[Bbar]*v - E[Cb]'), ('holds', 'E[||g(v)||^2] >= ||E[g(v)]||^2'), ('holds', 'grad f(v) = Lbar*v - bbar'),
            ('holds', "f(v) = 1/2*v'*Lbar*v - inner(bbar, v)"), ('violated', f'E[g(v)] = E[Bbar]*v - E[Cb] + {more}*v'),
            ('violated', f"f(v) = 1/2*v'*Lbar*v - inner(bbar, v) + {more}*v[1]"), (None, f'E[||g(v)||^2] >= ||E[g(v)]||^2 + {more}*v[1]'),
            (None, 'E[||g(v)||^2] > ||E[g(v)]||^2'), (None, f'E[f(x[1])] <= f(x0) + {more}*||grad f(x0)||^2'),
            (None, 'E[||step(v)||^2] <= ||v||^2 + 1'), (None, 'f(v) >= f(xstar)'))
        return self.claim(self.variables(['x0' if 'x0' in says else 'v']), says, right, right == 'holds')

    # ---- fragment 2
    def variable(self, low=None, high=None, ends='<<', name='t'):
        lines = [f'forall {name} : scalar try ' + self.pick('1', '0, 1', '1/2', '2')]
        signs = ['<' if e == '<' else '<=' for e in ends]
        if low is not None and high is not None:
            lines.append(f'assume {low} {signs[0]} {name} {signs[1]} {high}')
        elif low is not None:
            lines.append('assume ' + self.pick(f'{name} {">" if signs[0] == "<" else ">="} {low}', f'{low} {signs[0]} {name}'))
        elif high is not None:
            lines.append(f'assume {name} {signs[1]} {high}')
        return lines

    def compared(self, left, right, strict):
        return self.pick(f'{left} {">" if strict else ">="} {right}', f'{right} {"<" if strict else "<="} {left}', f'not ({left} {"<=" if strict else "<"} {right})')

    def touching_polynomial(self):
        """((t - a)^k - r)² · squares + slack, where the root lies inside, outside or at the end of an interval."""
        k, r, a = self.pick(1, 2, 3, 5), self.pick(Fraction(2), Fraction(3), Fraction(1, 2), Fraction(1), Fraction(5, 3)), self.small()
        strict, by = self.chance(0.6), self.pick(0, 0, 1, -1) * self.slack()
        factor = self.pick('', f'*((t + {num(self.small())})^2 + {num(self.positive())})')
        low, high = self.pick((None, None), (a + r, a + 9), (a - 9, a), (a, None), (None, a))
        ends = self.pick('<<', '<=', '=<', '==')
        inside = any((low is None or (x > low or x == low and ends[0] == '=')) and (high is None or (x < high or x == high and ends[1] == '='))
                     for x in self.powers(k, r, a))
        if by > 0 and not inside:
            by = Fraction(0)
        right = 'holds' if by < 0 or by == 0 and not (strict and inside) else 'violated'
        body = f'((t - {num(a)})^{k} - {num(r)})^2{factor}'
        low, high = (num(x) if x is not None else None for x in (low, high))
        return self.claim(self.variable(low, high, ends), self.compared(body, num(by), strict), right, by == 0 and inside)

    @staticmethod
    def powers(k, r, a):
        """The real roots of (t - a)^k = r to compare with rational numbers."""
        p = [-r] + [Fraction(0)] * (k - 1) + [Fraction(1)]
        return [Shifted(x, a) for x in cells.real_roots(p)]

    def sign_between(self):
        """Π (t - r_i)^m_i on an interval that ends at roots, or beside one."""
        some = sorted({self.small() for _ in range(self.rng.randint(2, 4))} | {Fraction(0)})
        some += [some[-1] + 1] if len(some) < 2 else []
        powers = [self.pick(1, 1, 2, 3) for _ in some]
        i = self.rng.randrange(len(some) - 1)
        s = 1
        for m in powers[i + 1:]:
            s *= (-1)**m
        ends, strict, wide = self.pick('<<', '<=', '=<', '=='), self.chance(0.5), self.chance(0.3)
        low, high, eps = some[i], some[i + 1], self.slack() / 20
        if wide:
            low, high = low - eps, high + eps
        p = '*'.join(f'(t - {num(r)})^{m}' if m > 1 else f'(t - {num(r)})' for r, m in zip(some, powers))
        held = lambda t: self.product_sign(some, powers, t) * s
        points = [low, high, (some[i] + some[i + 1]) / 2] + ([some[i], some[i + 1], low + eps / 2, high - eps / 2] if wide else [])
        signs = [held(t) for t in points if (t > low or ends[0] == '=') and (t < high or ends[1] == '=')]
        right = 'holds' if all(x > 0 or x == 0 and not strict for x in signs) else 'violated'
        return self.claim(self.variable(num(low), num(high), ends), self.compared(f'{num(s)}*{p}', '0', strict), right, not wide)

    @staticmethod
    def product_sign(some, powers, t):
        s = 1
        for r, m in zip(some, powers):
            s *= sign(t - r)**m
        return s

    def quotient(self):
        """t + r/t >= 2√r for t > 0, where equality is at √r."""
        r = self.pick(Fraction(1), Fraction(4), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(4, 9))
        strict, by, ends = self.chance(0.5), self.pick(0, 0, 1, -1) * self.slack(), self.pick('<', '<', '=')
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        low = self.pick(Fraction(0), Fraction(1, 100))
        if low == 0 and ends == '=' and right == 'holds':
            right = 'ill-defined'
        body = self.pick(f't + {num(r)}/t', f'(t^2 + {num(r)})/t', f't + {num(r)}*t^-1')
        return self.claim(self.variable(num(low), None, ends * 2), self.compared(body, f'2*sqrt({num(r)}) + {num(by)}', strict), right, by == 0)

    def root(self):
        """√(ct) <= (c + t)/2, equality at t = c; and √(a² + t²) against |t|."""
        c, strict, by = self.positive(), self.chance(0.5), self.pick(0, 0, 1, -1) * self.slack()
        if self.chance(0.2):  # the root is 0 at one point
            low, ends = self.pick((Fraction(0), '='), (Fraction(0), '<'), (Fraction(-1), '='))
            body = self.pick(f'sqrt((t + {num(-low)})*{num(c)})', f'{num(c)}*sqrt(t^3 + {num(-low**3)})', f'sqrt(t + {num(-low)})*(t + {num(c - low)})')
            return self.claim(self.variable(num(low), None, ends * 2), self.compared(body, '0', strict), 'violated' if strict and ends == '=' else 'holds', True)
        if self.chance(0.4):
            a = self.positive()
            bound, rel = self.pick(('abs(t)', '>'), (f'{num(a)}', '>='), (f'{num(a)}', '>'), (f'abs(t) + {num(a)}', '<='), (f'abs(t) + {num(a)}', '<'), (f'(t + {num(a)})/sqrt(2)', '>='),
                                   (f'(t + {num(a)})/sqrt(2)', '>'), (f'abs(t) + {num(a - by if by > 0 else a)}', '<='))
            right = 'violated' if rel == '>' and bound != 'abs(t)' or rel == '<' or bound == f'abs(t) + {num(a - by)}' and by > 0 else 'holds'
            return self.claim(self.variable(), f'sqrt(t^2 + {num(a * a)}) {rel} {bound}', right, bound != 'abs(t)')
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        low = self.pick('0', '0', num(c / 2), None)
        if low is None and right == 'holds':
            right = 'ill-defined'
        return self.claim(self.variable(low, None, '=='), self.compared(f'({num(c)} + t)/2', f'sqrt({num(c)}*t) + {num(by)}', strict), right, by == 0)

    def folded(self):
        """abs, min and max."""
        a, b = self.small(), self.small()
        strict, by = self.chance(0.4), self.pick(0, 0, 1, -1) * self.slack()
        body, least = self.pick(
            (f'abs(t - {num(a)}) + abs(t - {num(b)})', abs(a - b)), (f'max(t, {num(a)} - t)', a / 2), (f'max({num(a)}, t, {num(b)})', max(a, b)),
            (f'max(t^2, {num(abs(a))})', abs(a)), (f'-min(t, {num(a)} - t)', -a / 2), (f'max(abs(t), abs(t - {num(a)}))', abs(a) / 2),
            (f'max(t - {num(a)}, 0)', 0))
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        return self.claim(self.variable(), self.compared(body, num(least + by), strict), right, by == 0)

    def iff(self):
        """t^k <= r <=> the interval, with its ends right or not."""
        r = self.pick(Fraction(2), Fraction(4), Fraction(1, 2), Fraction(3), Fraction(9, 4))
        rel = self.pick('<=', '<')
        low, high = self.pick((f'-sqrt({num(r)})', f'sqrt({num(r)})'), (None, None))
        right = 'holds'
        end, other = rel, rel
        if low is None:  # rational ends
            root = cells.real_roots([-r, Fraction(0), Fraction(1)])[1]
            below, above, same = beside(root, self.slack())
            x = self.pick(below, above) if same is None or self.chance(0.4) else same
            low, high = num(-x), num(x)
            right = 'holds' if x == same else 'violated'
        elif self.chance(0.3):
            end = '<' if rel == '<=' else '<='
            right = 'violated'
        word = self.pick('<=>', 'iff')
        return self.claim(self.variable(), f't^2 {rel} {num(r)} {word} ({low} {end} t and t {other} {high})', right, True)

    def choice(self):
        """Disjunctions, implications, conditions."""
        a, eps = self.small(), self.slack()
        return self.claim(self.variable(), *self.pick(
            (f't >= {num(a)} or t <= {num(a)}', 'holds', True), (f't >= {num(a)} or t < {num(a)}', 'holds', True), (f't > {num(a)} or t < {num(a)}', 'violated', True),
            (f't >= {num(a)} or t <= {num(a - eps)}', 'violated', False), (f't^3 > {num(a**3)} => t > {num(a)}', 'holds', True), (f't^3 >= {num(a**3)} => t > {num(a)}', 'violated', True),
            (f't^2 > {num(a * a)} => t > {num(abs(a))} or t < {num(-abs(a))}', 'holds', True), (f't^2 >= {num(a * a)} => t > {num(abs(a))} or t < {num(-abs(a))}', 'violated', True),
            (f'(if t > {num(a)} then t - {num(a)} else {num(a)} - t) >= 0', 'holds', True), (f'(if t > {num(a)} then t - {num(a)} else {num(a)} - t) > 0', 'violated', True),
            (f'not (t > {num(a)} and t < {num(a)})', 'holds', True), (f'not (t >= {num(a)} and t <= {num(a)})', 'violated', True)))

    def irrational_coefficients(self):
        r = self.pick(2, 3, 5)
        strict, by = self.chance(0.5), self.pick(0, 0, 1, -1) * self.slack()
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        return self.claim(self.variable(), self.compared(f't^2 - 2*sqrt({r})*t + {r}', num(by), strict), right, by == 0)

    def empty(self):
        a, eps = self.small(), self.slack()
        lines, right = self.pick((self.variable(num(a), num(a), '<='), 'vacuous'), (self.variable(num(a + eps), num(a), '=='), 'vacuous'), (self.variable(num(a), num(a), '=='), None),
                                 (self.variable() + [f'assume t^2 < {num(-self.pick(Fraction(0), eps))}'], 'vacuous'), (self.variable() + [f'assume t^2 + {num(eps)} <= 0'], 'vacuous'))
        says, truth = self.pick(('t < t', 'violated'), (f't >= {num(a)}', 'holds'))
        return self.claim(lines, says, right or truth, True)

    def of_the_step(self):
        """gamma on a case: decide.py says."""
        b = self.pick('1/4', '1', '2', '1/10')
        says = self.pick('E[||x[1]||^2] <= ||x0||^2', 'E[f(x[1])] <= f(x0)', 'E[f(x[2])] <= E[f(x[1])]', f'E[f(x[1])] >= f(x0) - gamma*{num(self.positive())}*||grad f(x0)||^2',
                         'abs(1 - gamma) < 1', 'gamma*(2 - gamma) <= 1', 'gamma*(2 - gamma) < 1', 'rho_square < 1', f'rho_square <= {num(self.positive())}',
                         f'{num(self.positive())} <= rho_square', 'rho_square = 1 - gamma', f'rho_square < 1 <=> gamma < {num(self.positive())}',
                         '(if defined(lyapunov) then lyapunov >> 0 else 1 = 0) <=> rho_square < 1', 'rho_square < 1 => E[||x[infinity] - xinf||^2] >= 0',
                         f'rho_square < 1 => E[||x[infinity]||^2] <= {num(self.positive())}', 'E[x[infinity]] = xinf', 'rho_square <= 1 - gamma*lambda_min(Lbar)',
                         f'lambda_max(gamma*Lbar) <= {num(self.positive())}', f'{num(self.small())} < lambda_min(I - gamma*Lbar, I + gamma^2*I)', 'lambda_min(I - gamma*Lbar) > 0 <=> gamma*Lbar << I',
                         'lambda_max(Lbar - gamma*I) = lambda_max(Lbar) - gamma')
        known = {'lambda_min(I - gamma*Lbar) > 0 <=> gamma*Lbar << I': 'holds', '(if defined(lyapunov) then lyapunov >> 0 else 1 = 0) <=> rho_square < 1': 'holds', 'rho_square < 1 => E[||x[infinity] - xinf||^2] >= 0': 'holds',
                 'abs(1 - gamma) < 1': 'violated' if b == '2' else 'holds', 'gamma*(2 - gamma) <= 1': 'holds', 'gamma*(2 - gamma) < 1': 'violated' if b in ('1', '2') else 'holds'}
        return self.claim(self.variable('0', b, '<=', 'gamma'), says, known.get(says), says in known)

    # ---- fragment 3
    def scaled(self):
        """s·vᵀAv <= vᵀAv for 0 <= s <= 1."""
        d = self.d
        q = Square([(w, a, Fraction(0)) for w, a, _ in self.squares(d).terms])
        high, bad = self.pick(Fraction(1), Fraction(1), 1 + self.slack(), 1 - self.slack() / 2), False
        if self.chance(0.3):
            a, v = self.vector(d), self.vector(d)
            while dot(a, v) == 0:
                v = self.vector(d)
            q.terms.append((-(q.at(v) + 1) / dot(a, v)**2, a, Fraction(0)))
            bad = True
        low = self.pick('0', '-1')
        lines = self.variables(['v']) + self.variable(low, num(high), self.pick('==', '<='), 's')
        form_ = self.quadratic_text(q, ['v'])
        right = 'violated' if bad or high > 1 else 'holds'
        return self.claim(lines, f's*({form_}) <= {form_}', right, high == 1)

    def pencil_of_forms(self):
        """A matrix of t that is semidefinite exactly on an interval."""
        r = self.pick(Fraction(2), Fraction(1), Fraction(4), Fraction(3), Fraction(1, 2))
        root = cells.real_roots([-r, Fraction(0), Fraction(1)])[1]
        below, above, same = beside(root, self.slack() / 4)
        strict = self.chance(0.4)
        x = self.pick(below, above, same if same is not None else None)
        end, rel = ('>>' if strict else '>>='), self.pick('<=', '<')
        low, high = (num(-x), num(x)) if x is not None else (f'-sqrt({num(r)})', f'sqrt({num(r)})')
        at_end = x is None or x == same
        good = at_end and not (strict and rel == '<=') or x == below
        M = f'[[1, t], [t, {num(r)}]]'
        how = self.pick('matrix', 'iff', *(['form'] if self.d == 2 else []))
        if how == 'matrix':
            return self.claim(self.variable() + [f'assume {low} {rel} t', f'assume t {rel} {high}'], f'{M} {end} 0', 'holds' if good else 'violated', at_end)
        if how == 'iff':
            right = 'holds' if at_end and strict == (rel == '<') else 'violated'
            return self.claim(self.variable(), f'{M} {end} 0 <=> ({low} {rel} t and t {rel} {high})', right, at_end)
        lines = ['setting d = 2'] + self.variables(['v']) + self.variable() + [f'assume t^2 {rel} {num(r if at_end else x * x)}']
        if strict:
            lines.append('assume v != 0')
        says = f"v'*{M}*v {'>' if strict else '>='} 0"
        if self.chance(0.5):
            says = f"v[1]^2 + 2*t*v[1]*v[2] + {num(r)}*v[2]^2 {'>' if strict else '>='} 0"
        return self.claim(lines, says, 'holds' if good else 'violated', at_end)

    def squares_with_parameter(self):
        """Σ w(t) (a(t)·v + b(t))² + slack, touching where all terms are 0."""
        d = self.d
        entries = [f'v[{i + 1}]' for i in range(d)]
        parts = []
        for _ in range(self.rng.randint(1, d + 1)):
            a = [[self.small(), self.pick(0, 0, self.small())] for _ in range(d)]
            inside = ' + '.join(f'({poly(x, "t")})*{e}' for x, e in zip(a, entries) if any(x)) or '0'
            weight = self.pick('', f'{num(self.positive())}*', '(t^2 + 1)*', '(t - 1)^2*', f'(t^2 - {self.pick(2, 3)})^2*')
            parts.append(f'{weight}({inside})^2')
        strict, by = self.chance(0.3), self.pick(0, 0, 1, -1) * self.slack()
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        lines = self.variables(['v']) + self.variable()
        return self.claim(lines, self.compared(' + '.join(parts), num(by), strict), right, by == 0)

    def threshold(self):
        """The longest step for which E‖x[1]‖² <= ‖x0‖² for all starts, when x[1] = (I - γB)x0."""
        case, d = self.case, self.d
        plain = case.method in ('gradient', 'sketched-gradient', 'compressed-gradient', 'compressed-iterate')
        if not (self.quiet and plain):
            return self.descent()
        law = case.law(Fraction(1))
        eye = Mat.eye(d)
        if any(case.parts(c)[0] != eye for _, cs in case.outcomes for c in cs):
            return self.descent()
        B = [(w, eye - A) for w, A, _, _ in law]
        first, second = expected(B, lambda b: b + b.turned()), expected(B, lambda b: b.turned() * b)
        if first.definite() != 1:
            return self.descent()
        best = greatest_root(second, first)  # 1/γ
        return self.up_to(best, 'E[||x[1]||^2]', '||x0||^2')

    def up_to(self, best, left, right):
        low, high, same = beside(best, self.slack() / 10)
        word, c = self.pick(('holds', high), ('violated', low) if low > 0 else ('holds', high), ('holds', same) if same else ('holds', high))
        ends = self.pick('<=', '<<') if c == high or c == same else '<='
        touching = c == same
        lines = self.variables(['x0']) + self.variable('0', num(1 / c), ends, 'gamma')
        if self.chance(0.3) and not touching:
            lines.append(lines.pop(0))
        return self.claim(lines, f'{left} <= {right}', word, touching)

    def descent(self):
        """f(x[1]) <= f(x0) of the gradient method: γ <= 2/λ_max."""
        case, d = self.case, self.d
        Lbar = case.mean(case.L)
        if case.method == 'gradient' and Lbar.definite() == 1 and not any(v for N in case.noise for r in N.rows for v in r):
            return self.up_to(greatest_root(Lbar, Mat.eye(d) * Fraction(2)), self.pick('E[f(step(x0))]', 'E[f(x[1])]'), 'f(x0)')
        says = self.pick('E[||x[1]||^2] <= ||x0||^2', 'E[f(x[1])] <= f(x0)', 'E[||x[1]||^2] >= 0', 'E[||x[2]||^2] <= 2*||x0||^2 + 10')
        return self.claim(self.variables(['x0']) + self.variable('0', self.pick('1/10', '1', '1/4'), '<=', 'gamma'), says, 'holds' if says.endswith('>= 0') else None, False)

    def theta(self):
        """Loewner statements with a parameter in hypotheses and conclusions."""
        case, d = self.case, self.d
        Lbar = case.mean(case.L)
        B = [(w, case.mean([c * L * c for c, L in zip(cs, case.L)])) for w, cs in case.outcomes]
        Q, W = expected(B, lambda b: b * Lbar * b), expected(B, lambda b: (Lbar * b + b * Lbar) / Fraction(2))
        left, right = 'E[Bbar*Lbar*Bbar]', '(1/2*E[Lbar*Bbar + Bbar*Lbar])'
        if W.definite() != 1:
            rows = [self.vector(d) for _ in range(d)]
            Q, W = Mat(rows).turned() * Mat(rows), Mat.eye(d) * self.positive()
            left, right = mat(Q), mat(W)
        best = greatest_root(Q, W)
        low, high, same = beside(best, self.slack() / 10)
        rel, back = self.pick(('<<=', '>='), ('<<', '>'))
        how = self.pick('then', 'if', 'iff', 'form', 'exact')
        lines = ['forall theta : scalar try 1, 10']
        A = f'{left} {rel} theta*{right}'
        if how == 'exact':
            if d > 2:
                how = 'iff'
            else:
                wrong = self.chance(0.3)
                return self.claim(lines, f'{A} <=> theta {(">" if back == ">=" else ">=") if wrong else back} lambda_max({left}, {right})', 'violated' if wrong else 'holds', True)
        c = self.pick(low, high, same if same is not None else high)
        touching = c == same
        if how == 'then':
            weak = touching and rel == '<<=' and self.chance(0.4)
            ok = (c == low or touching) and not weak
            return self.claim(lines + [f'assume {A}'], f'theta {">" if weak or rel == "<<" and self.chance(0.5) else ">="} {num(c)}', 'holds' if ok else 'violated', touching)
        if how == 'if':
            ends = self.pick('>', '>=')
            ok = c == high or touching and (ends == '>' or rel == '<<=')
            return self.claim(lines + [f'assume theta {ends} {num(c)}'], A, 'holds' if ok else 'violated', touching)
        if how == 'iff':
            return self.claim(lines, f'{A} <=> theta {back} {num(c)}', 'holds' if touching else 'violated', touching)
        ok = c == high or touching
        return self.claim(lines + self.variables(['v']) + [f'assume theta >= {num(c)}'], f"||v||^2_({left}) <= theta*||v||^2_{right if right[0] == '(' else '(' + right + ')'}", 'holds' if ok else 'violated', touching)

    def sphere(self):
        """A quadratic hypothesis beside the parameter: on ‖v‖² = 1, t·vᵀAv <= c for 0 <= t <= 1."""
        d = self.d
        rows = [self.vector(d) for _ in range(d)]
        S = Mat(rows).turned() * Mat(rows)
        best = greatest_root(S)
        low, high, same = beside(best, self.slack() / 10)
        c = self.pick(low, high, same if same is not None else high)
        rel = self.pick('=', '<=')
        lines = self.variables(['v']) + [f'assume ||v||^2 {rel} 1'] + self.variable('0', '1', self.pick('==', '<='))
        return self.claim(lines, f"t*||v||^2_({mat(S)}) <= {num(c)}", 'violated' if c == low and c >= 0 or c < 0 else 'holds', c == same)

    # ---- fragment 4
    def two_squares(self):
        """(a s + b t + c)² w + … in two scalars, and Motzkin's polynomial."""
        strict, by = self.chance(0.4), self.pick(0, 0, 1, -1) * self.slack()
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        k = self.pick(1, 1, 2)
        body = self.pick(f's^4*t^2 + s^2*t^4 + {k}^3 - 3*{k}*s^2*t^2', f'(s - {num(self.small())})^2 + {num(self.positive())}*(t + {num(self.small())}*s)^2',
                         f's^2 + t^2 - {self.pick(2, -2)}*s*t', f'(s^2 + t^2 - {k})^2', f'(s*t - {k})^2 + (s - t)^2')
        return self.claim(self.variable(name='s') + self.variable(), self.compared(body, num(by), strict), right, by == 0)

    def means(self):
        """Of two positive numbers."""
        strict, by = self.chance(0.4), self.pick(0, 0, 1, -1) * self.slack()
        right = 'holds' if by < 0 or by == 0 and not strict else 'violated'
        left, bound = self.pick(('s/t + t/s', 2), ('(s + t)^2/(s*t)', 4), ('(s + t)*(1/s + 1/t)', 4), ('s^2 + t^2 - 2*s*t', 0), ('(s + t)/2 - sqrt(s*t)', 0))
        return self.claim(self.variable('0', None, '<<', 's') + self.variable('0', None, '<<'), self.compared(left, num(bound + by), strict), right, by == 0)

    def step_and_share(self):
        """β and γ: 2(1 - γ)/β + γ > 4 for 0 < β < 1/2 and 0 < γ <= (1/2 - β)/(β + 1/2): in the limit 4."""
        by, strict = self.pick(0, 1, -1) * self.slack(), self.chance(0.5)
        return self.claim(self.variable('0', '1/2', '<<', 'beta') + self.variable('0', '(1/2 - beta)/(beta + 1/2)', '<=', 's'),
                          f'2*beta^-1*(1 - s) + s {">" if strict else ">="} {num(4 + by)}', 'holds' if by <= 0 else 'violated', by == 0)

    def pencil_of_two(self):
        """v₁² + 2st v₁v₂ + c v₂² >= 0 on the disc s² + t² <= r, where |st| <= r/2."""
        r, by = self.positive(), self.pick(0, 1, -1) * self.slack()
        c = r * r / 4 - by
        if self.d < 2:
            return self.two_squares()
        return self.claim(self.variables(['v']) + self.variable(name='s') + self.variable() + [f'assume s^2 + t^2 <= {num(r)}'],
                          f'v[1]^2 + 2*s*t*v[1]*v[2] + {num(c)}*v[2]^2 >= 0', 'violated' if by > 0 else 'holds', by == 0)

    def theta_and_step(self):
        """A <<= θW and 0 < γ <= 1/θ give γA <<= W; a hypothesis variable beside a step."""
        d = min(self.d, 2)
        rows = [self.vector(d) for _ in range(d)]
        Q, W = Mat(rows).turned() * Mat(rows), Mat.eye(d) * self.positive()
        wrong = self.chance(0.4)
        factor = 1 + self.slack() if wrong else Fraction(1)
        return self.claim(['forall theta : scalar try 100', 'forall gamma : scalar try 1/100', f'assume {mat(Q)} <<= theta*{mat(W)}', 'assume theta > 0',
                           f'assume 0 < gamma <= {num(factor)}/theta'], f'gamma*{mat(Q)} <<= {mat(W)}', 'violated' if wrong and any(x for r in Q.rows for x in r) else 'holds', not wrong)

    KINDS = {1: ('definite_form', 'definite_form', 'indefinite_form', 'equal_forms', 'never_zero', 'on_subspace', 'on_subspace', 's_lemma', 's_lemma', 's_lemma', 'conics', 'conics', 'conics', 'no_value', 'not_zero',
                 'of_the_data', 'start', 'start', 'of_matrices', 'of_positive', 'of_the_estimator'),
             2: ('touching_polynomial', 'touching_polynomial', 'sign_between', 'sign_between', 'quotient', 'root', 'folded', 'iff', 'choice', 'irrational_coefficients', 'empty', 'of_the_step'),
             3: ('scaled', 'pencil_of_forms', 'pencil_of_forms', 'squares_with_parameter', 'threshold', 'threshold', 'theta', 'theta', 'sphere', 'curves'),
             4: ('two_squares', 'two_squares', 'means', 'step_and_share', 'pencil_of_two', 'theta_and_step')}

    def one(self, fragment, name):
        kind = self.rng.choice(self.KINDS[fragment])
        lines, says, right, touching = getattr(self, kind)()
        if any(': vector' in line for line in lines) and not any('setting d' in line for line in lines):
            lines = [f'setting d = {self.d}'] + lines
        body = ''.join(f'  {line}\n' for line in lines)
        return f'claim {name} {{\n{body}  conclude {says}\n}}\n', fragment, right, touching, kind


class Shifted:
    """x + a for a point x, compared with rational numbers."""
    def __init__(self, x, a):
        self.x, self.a = x, a

    def __lt__(self, other):
        return cells.compare(self.x, other - self.a) < 0

    def __gt__(self, other):
        return cells.compare(self.x, other - self.a) > 0

    def __eq__(self, other):
        return cells.compare(self.x, other - self.a) == 0


def solve_kernel(rows):
    """A vector other than 0 on which all rows vanish, or None."""
    n = len(rows[0])
    for j in range(n):
        unit = [Fraction(int(i == j)) for i in range(n)]
        found = solve(rows + [unit], [0] * len(rows) + [1])
        if found:
            return found
    return None


def batch(seed, size, fragments=FRAGMENTS):
    """(case file, [(text, fragment, right or None, touching, kind)]), all from the seed."""
    maker = Maker(seed)
    case = maker.make_case(f'case{seed}', maker.chance(0.5))
    return case, [maker.one(fragments[i % len(fragments)], f'c{seed}-{i}') for i in range(size)]


def small_values_against(claim, case, word, tries=12):
    """What small values say against 'holds' or 'vacuous'; None if nothing."""
    if word not in ('holds', 'vacuous', 'ill-defined'):
        return None
    rng, d = random.Random(1), case.d if case else 1
    for _ in range(tries):
        values = {}
        for it, kind, some in claim.variables:
            if kind is None:
                return None
            pick = lambda: rng.choice(SMALL)
            if kind == 'scalar':
                values[it.name] = pick()
            elif kind == 'vector':
                values[it.name] = Mat.column([pick() for _ in range(d)])
            elif kind in ('matrix', 'symmetric'):
                M = Mat.make(d, d, lambda i, j: pick())
                values[it.name] = M if kind == 'matrix' else M + M.turned()
            else:
                return None
        try:
            found = choice_word(claim, case, values)
        except GivesUp:
            continue
        if found == 'bad' or found == 'ill' and word != 'ill-defined' or found == 'good' and word == 'vacuous':
            return f'{found} at {({k: v.rows if isinstance(v, Mat) else v for k, v in values.items()})}'
    return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--claims', type=int, default=300)
    options.add_argument('--seed', type=int, default=1)
    options.add_argument('--fragments', default='1,2,3,4')
    options.add_argument('--kinds', default='')
    options.add_argument('--slow', type=float, default=10)
    options.add_argument('--print', action='store_true')
    chosen = options.parse_args()
    fragments = tuple(int(f) for f in chosen.fragments.split(','))
    counts, wrong = collections.Counter(), 0
    size = 12
    for k in range(-(-chosen.claims // size)):
        toml, some = batch(chosen.seed * 100000 + k, size, fragments)
        case = Case({**tomllib.loads(toml), 'name': f'case{chosen.seed * 100000 + k}'})
        for one, fragment, right, touching, kind in some:
            if chosen.kinds and kind not in chosen.kinds.split(','):
                continue
            try:
                claim = Claim(parse(one)[0])
            except Refused as reason:
                sys.exit(f'{kind} refused: {reason}\n{one}')
            begin = time.process_time()
            found, _ = decide(claim, case)
            begin = time.process_time() - begin
            if begin > chosen.slow:
                print(f'{begin:.1f} s: {kind} {found}\n{one}', flush=True)
            counts[fragment, 'claims'] += 1
            counts[fragment, 'decided ' + found] += 1
            counts[fragment, 'touching'] += touching
            counts[fragment, 'known by construction'] += right is not None
            bad = small_values_against(claim, case, found)
            if chosen.print or bad or right is not None and found not in (right, 'open'):
                wrong += bool(bad or right is not None and found not in (right, 'open'))
                print(f'{kind}: right {right}, decided {found} {bad or ""}\n{one}' + ('' if chosen.print else toml), flush=True)
            if found == 'open':
                counts[fragment, 'open: ' + kind] += 1
    print(f'seed {chosen.seed}')
    for (fragment, what), number in sorted(counts.items()):
        print(f'fragment {fragment}, {what}: {number}')
    print(f'{wrong} wrong')
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
