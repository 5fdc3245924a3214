"""Polynomials of one variable over an ordered field, Sturm's theorem, real roots, and cells of the line. A polynomial is a
list of coefficients, the constant first; a point is a Fraction or a Root."""
from fractions import Fraction

from exact import GivesUp, Surd, sign

LONG, LONG_IRRATIONAL = 40, 12  # coefficients of what Euclid's algorithm still divides within seconds
fuel = float('inf')  # of divisions, in products of numbers of 64 bits; run.py fills it for each claim
KEPT = {}  # Sturm chains and roots of polynomials with numbers as coefficients


class Split(Exception):
    """A sign is not the same on the whole cell: the points where it changes."""


def kept(what, p, make):
    """make(p), once for each polynomial whose coefficients are numbers."""
    if not all(isinstance(c, (int, Fraction, Surd)) for c in p):
        return make(p)
    key = what, tuple(p)
    if key not in KEPT:
        if len(KEPT) > 20000:
            KEPT.clear()
        KEPT[key] = make(p)
    return KEPT[key]


def trim(p):
    p = list(p)
    while p and sign(p[-1]) == 0:
        p.pop()
    return p


def add(a, b):
    if len(a) < len(b):
        a, b = b, a
    return trim([x + y for x, y in zip(a, b)] + a[len(b):])


def scale(a, c):
    return [x * c for x in a]


def multiply(a, b):
    if not a or not b:
        return []
    found = [Fraction(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            found[i + j] = found[i + j] + x * y
    return trim(found)


def burn(c, times):
    """Counts so many products with c."""
    global fuel
    fuel -= times * (20 if isinstance(c, Surd) else 1 + (c.numerator.bit_length() + c.denominator.bit_length()) // 64 if isinstance(c, Fraction) else 10)
    if fuel < 0:
        raise GivesUp('much work with polynomials')


def divide(a, b):
    """Quotient and remainder."""
    a, quotient, inverse = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 0), Fraction(1) / b[-1]
    while len(a) >= len(b):
        c, at = a[-1] * inverse, len(a) - len(b)
        burn(c, len(b))
        quotient[at] = c
        a = trim([x - c * b[i - at] if i >= at else x for i, x in enumerate(a[:-1])])
    return quotient, a


def short(p):
    """p, which is not too long for Euclid's algorithm."""
    if len(p) > (LONG_IRRATIONAL if any(isinstance(c, Surd) for c in p) else LONG):
        raise GivesUp('a long polynomial')
    return p


def gcd(a, b):
    """The monic greatest common divisor."""
    short(a), short(b)
    while b:
        a, b = b, divide(a, b)[1]
    return scale(a, Fraction(1) / a[-1]) if a else a


def derivative(p):
    return [c * k for k, c in enumerate(p)][1:]


def squarefree(p):
    g = gcd(p, derivative(p)) if len(p) > 1 else []
    return divide(p, g)[0] if len(g) > 1 else p


def value(p, x):
    found = Fraction(0)
    for c in reversed(p):
        found = found * x + c
    return found


def chain(p):
    """Sturm's chain of a polynomial."""
    found = [short(p), derivative(p)]
    while found[-1]:
        found.append(scale(divide(found[-2], found[-1])[1], Fraction(-1)))
    return found[:-1]


def changes(signs):
    signs = [s for s in signs if s]
    return sum(a != b for a, b in zip(signs, signs[1:]))


def changes_at(some, x):
    return changes([sign(value(q, x)) for q in some])


def changes_far(some, turn):
    return changes([sign(q[-1]) * (turn if len(q) % 2 == 0 else 1) for q in some])


def isolate(p):
    """Intervals of rational numbers with one root of a squarefree polynomial each, in order; (x, x) is the root x."""
    if len(p) < 2:
        return []
    if len(p) == 2 and isinstance(-p[0] / p[1], Fraction):
        return [(-p[0] / p[1],) * 2]
    some = chain(p)
    low, high = changes_far(some, -1), changes_far(some, 1)
    if low == high:
        return []
    bound = 1
    while changes_at(some, -bound) != low or changes_at(some, bound) != high or not value(p, Fraction(-bound)) or not value(p, Fraction(bound)):
        bound *= 2
    found, work = [], [(Fraction(-bound), Fraction(bound), low, high)]
    while work:
        a, b, before, after = work.pop()
        if before == after:
            continue
        if before - after == 1:
            found.append((a, b))
            continue
        middle = (a + b) / 2
        if sign(value(p, middle)) == 0:  # roots have distances: step aside by less
            found.append((middle, middle))
            step = (b - a) / 4
            while changes_at(some, middle - step) - changes_at(some, middle + step) != 1 or sign(value(p, middle - step)) == 0 \
                    or sign(value(p, middle + step)) == 0:
                step /= 2
            work += [(middle + step, b, changes_at(some, middle + step), after), (a, middle - step, before, changes_at(some, middle - step))]
            continue
        there = changes_at(some, middle)
        work += [(middle, b, there, after), (a, middle, before, there)]
    return sorted(found)


class Root:
    """The one root of a squarefree polynomial in an open interval at whose ends it is not zero."""
    def __init__(self, p, low, high):
        self.p, self.low, self.high, self.before = p, low, high, sign(value(p, low))

    def refine(self):
        middle = (self.low + self.high) / 2
        s = sign(value(self.p, middle))
        if s == 0:  # the root is rational
            self.low = self.high = middle
        elif s == self.before:
            self.low = middle
        else:
            self.high = middle

    def __repr__(self):
        return f'root of {self.p} near {float(self.low)}'


def ends(x):
    return (x.low, x.high) if isinstance(x, Root) else (x, x)


def exact(x):
    return ends(x)[0] == ends(x)[1]


def real_roots(p):
    """The real roots of a polynomial that is not zero, as points in order."""
    def make(p):
        q = squarefree(p)
        return [a if a == b else Root(q, a, b) for a, b in isolate(q)]
    return kept('roots', p, make)


def inside(p, low, high):
    """Whether a polynomial has a root in the closed interval."""
    if sign(value(p, low)) == 0 or sign(value(p, high)) == 0:
        return True
    some = kept('chain', p, lambda p: chain(squarefree(p)))
    return changes_at(some, low) != changes_at(some, high)


def sign_at(p, x):
    if not p:
        return 0
    if exact(x):
        return sign(value(p, ends(x)[0]))
    common = gcd(p, x.p)
    if len(common) > 1 and sign(value(common, x.low)) != sign(value(common, x.high)):
        return 0
    while not exact(x) and inside(p, x.low, x.high):
        x.refine()
    return sign(value(p, x.low))


def compare(a, b):
    if a is b:
        return 0
    if exact(a) and exact(b):
        return sign(ends(a)[0] - ends(b)[0])
    if exact(b):
        x = ends(b)[0]
        if a.low < x < a.high:
            return sign(value(a.p, x)) * a.before
        return 1 if x <= a.low else -1
    if exact(a):
        return -compare(b, a)
    common, low, high = gcd(a.p, b.p), max(a.low, b.low), min(a.high, b.high)
    if low < high and len(common) > 1 and sign(value(common, low)) != sign(value(common, high)):
        return 0
    while a.low < b.high and b.low < a.high:
        a.refine()
        b.refine()
        if exact(a) or exact(b):
            return compare(a, b)
    return 1 if a.low >= b.high else -1


def simplest(low, high):
    """The simplest fraction strictly between two."""
    if low < 0 < high:
        return Fraction(0)
    if high <= 0:
        return -simplest(-high, -low)
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    rest = high - whole
    return whole + 1 / simplest(1 / rest, 1 / (low - whole)) if low > whole else whole + 1 / Fraction(rest.denominator // rest.numerator + 1)


def between(a, b):
    """A rational number between two points, None for an end that is infinite."""
    if a is None and b is None:
        return Fraction(0)
    if b is None:
        return Fraction(ends(a)[1].__floor__() + 1)
    if a is None:
        return Fraction(ends(b)[0].__ceil__() - 1)
    while ends(a)[1] >= ends(b)[0]:
        for x in (a, b):
            if not exact(x):
                x.refine()
    return simplest(ends(a)[1], ends(b)[0])


class Cell:
    """A point (low is high) or an open interval of the line."""
    def __init__(self, low=None, high=None):
        self.low, self.high = low, high
        self.point = low is not None and low is high
        self.sample = low if self.point else between(low, high)
        self.known = {}

    def sign(self, p):
        """The sign of a polynomial on the cell; Split where it changes."""
        if len(p) < 2:
            return sign(p[0]) if p else 0
        key = tuple(p)
        if key not in self.known:
            if self.point:
                self.known[key] = sign_at(p, self.sample)
            else:
                within = [r for r in real_roots(p) if (self.low is None or compare(r, self.low) > 0) and (self.high is None or compare(r, self.high) < 0)]
                if within:
                    raise Split(within)
                self.known[key] = sign(value(p, self.sample))
        return self.known[key]

    def split(self, points):
        """The cells that points inside make of an open one."""
        found, low = [], self.low
        for x in points:
            found += [Cell(low, x), Cell(x, x)]
            low = x
        return found + [Cell(low, self.high)]
