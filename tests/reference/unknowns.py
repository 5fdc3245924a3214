"""Numbers with unknowns in them: Ratio, a quotient of polynomials in the variable of a cell, and Term, a quotient of
polynomials in further unknowns and in square roots, with such coefficients. Signs are asked of `now`."""
from fractions import Fraction

import cells
from exact import GivesUp, Mat, Surd, sign

NUMBERS = (int, Fraction, Surd)
LONGEST, LONGEST_IRRATIONAL = 48, 16  # coefficients of a quotient together: Euclid's algorithm on longer ones takes minutes


class Context:
    """What signs depend on: the cell of the one real variable, the cell above it of a second, and the way gone in the rest."""
    cell, upper, way = None, None, None
    given, nested, multipliers = 0, 0, 0  # unknowns that are not of a cell; quantifiers around; what was spent on multipliers
    roots = []  # e of each square root, a polynomial as in Term.above


now = Context()


class Symbol:
    """What Ratio and Term share."""
    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (other.inverse() if isinstance(other, Symbol) else Fraction(1) / other)

    def __rtruediv__(self, other):
        return other * self.inverse()

    def __eq__(self, other):
        if not isinstance(other, (Symbol, *NUMBERS)):
            return NotImplemented
        return self is other or sign(self - other) == 0

    def __hash__(self):
        return hash(str(self.key()))

    def refuse(self, *_):
        raise GivesUp('an unknown where a number is needed')

    __float__ = __ceil__ = __int__ = __lt__ = __gt__ = refuse


class Ratio(Symbol):
    """Level 1: of the cell's variable. Level 2: of the second variable, with coefficients of level 1."""
    def __init__(self, above, below, level=1):
        self.above, self.below, self.level = above, below, level

    @staticmethod
    def of(above, below, level):
        below = list(below)
        irrational = any(isinstance(c, Surd) for p in (above, below) for c in p)
        if len(above) + len(below) > (LONGEST_IRRATIONAL if irrational else LONGEST):
            raise GivesUp('a long quotient of polynomials')
        if len(below) > 1:
            common = cells.gcd(above, below)
            if len(common) > 1:
                above, below = cells.divide(above, common)[0], cells.divide(below, common)[0]
        if isinstance(below[-1], Symbol) or below[-1] != 1:
            inverse = Fraction(1) / below[-1]
            above, below = cells.scale(above, inverse), [*cells.scale(below[:-1], inverse), Fraction(1)]
        if not above:
            return Fraction(0)
        return above[0] if len(above) == len(below) == 1 else Ratio(above, below, level)

    def parts(self, x):
        if level(x) == self.level:
            return x.above, x.below
        return [] if structurally_zero(x) else [x], [Fraction(1)]

    def key(self):
        return [[c.key() if isinstance(c, Symbol) else c for c in p] for p in (self.above, self.below)]

    def both(self, other):
        """The one of the higher level, and the parts of both."""
        top = self if self.level >= level(other) else other
        return top.level, top.parts(self), top.parts(other)

    def __add__(self, other):
        if not isinstance(other, (Ratio, *NUMBERS)):
            return NotImplemented
        top, (a, b), (c, d) = self.both(other)
        if len(b) == len(d) == 1:
            return Ratio.of(cells.add(a, c), b, top)
        return Ratio.of(cells.add(cells.multiply(a, d), cells.multiply(c, b)), cells.multiply(b, d), top)

    def __mul__(self, other):
        if not isinstance(other, (Ratio, *NUMBERS)):
            return NotImplemented
        top, (a, b), (c, d) = self.both(other)
        return Ratio.of(cells.multiply(a, c), cells.multiply(b, d), top)

    def __neg__(self):
        return Ratio(cells.scale(self.above, Fraction(-1)), self.below, self.level)

    def inverse(self):
        return Ratio.of(self.below, self.above, self.level)

    def sign(self):
        cell = now.cell if self.level == 1 else now.upper
        return cell.sign(self.above) * (cell.sign(self.below) if len(self.below) > 1 else 1)

    def sqrt(self):
        return Term({(): self}).sqrt()

    __radd__, __rmul__ = __add__, __mul__


def level(x):
    return x.level if isinstance(x, Ratio) else 0


class Extreme(Symbol):
    """± an extreme eigenvalue of what has unknowns, + a number: only its sign is asked (19.8). `above(r)` is that of it - r."""
    def __init__(self, above, turn=1, offset=Fraction(0)):
        self.above_of, self.turn, self.offset = above, turn, offset

    def __add__(self, other):
        return self.refuse() if isinstance(other, Extreme) else Extreme(self.above_of, self.turn, self.offset + other)

    def __neg__(self):
        return Extreme(self.above_of, -self.turn, -self.offset)

    def sign(self):
        return self.turn * self.above_of(self.offset * -self.turn)

    __radd__ = __add__
    __mul__ = __rmul__ = inverse = sqrt = key = Symbol.refuse


def has_symbols(*matrices):
    return any(isinstance(x, Symbol) for m in matrices for row in m.rows for x in row)


def radius_of(map):
    if map.r > 3:  # beyond d = 2 the coefficients take minutes
        raise GivesUp('a large map with unknowns')

    def above(r):
        signs = [sign(c) for c in (map - Mat.eye(map.r) * r).characteristic()]
        return -1 if min(signs) > 0 else 0 if min(signs) == 0 else 1
    return Extreme(above)


def greatest_eigenvalue(A, B):
    return Extreme(lambda r: -(B * r - A).definite())


# ---- polynomials in unknowns: {((unknown, exponent), …): coefficient}, unknown a number ('v', i) or root ('√', i)
def plus(a, b, factor=1):
    found = dict(a)
    for m, c in b.items():
        add(found, m, c * factor)
    return found


def add(found, m, c):
    """One term more, in place."""
    found[m] = found[m] + c if m in found else c
    if structurally_zero(found[m]):
        del found[m]


def structurally_zero(c):
    return not isinstance(c, Symbol) and c == 0


def times(a, b):
    found, squares = {}, []
    if a and b:
        cells.burn(next(iter(a.values())), len(a) * len(b))
    for m, c in a.items():
        for k, e in b.items():
            powers = dict(m)
            for u, r in k:
                powers[u] = powers.get(u, 0) + r
            under = [(u, r // 2) for u, r in powers.items() if u[0] == '√' and r > 1]
            for u, r in under:
                powers[u] -= 2 * r
            left, product = tuple(sorted((u, r) for u, r in powers.items() if r)), c * e
            if under:
                one = {left: product}
                for u, r in under:
                    for _ in range(r):
                        one = times(one, now.roots[u[1]])
                squares.append(one)
            else:
                add(found, left, product)
    for one in squares:
        found = plus(found, one)
    return found


def key_of(a):
    return frozenset((m, str(c.key()) if isinstance(c, Symbol) else c) for m, c in a.items())


def degree(a):
    return max((sum(r for _, r in m) for m in a), default=0)


def unknowns(a):
    return sorted({u for m in a for u, _ in m})


ONE = {(): Fraction(1)}


class Term(Symbol):
    def __init__(self, above, below=None):
        self.above, self.below = above, below or ONE

    @staticmethod
    def of(above, below=ONE):
        if set(below) == {()}:
            c = below[()]
            above, below = ({m: x / c for m, x in above.items()} if c != 1 else above), ONE
            if not above:
                return Fraction(0)
            if set(above) == {()}:
                return above[()]
        elif not above:
            return Fraction(0)
        return Term(above, below)

    @staticmethod
    def parts(x):
        return (x.above, x.below) if isinstance(x, Term) else ({(): x} if not structurally_zero(x) else {}, ONE)

    def key(self):
        return key_of(self.above), key_of(self.below)

    def __add__(self, other):
        if not isinstance(other, (Symbol, *NUMBERS)):
            return NotImplemented
        (a, b), (c, d) = Term.parts(self), Term.parts(other)
        if b is d or key_of(b) == key_of(d):
            return Term.of(plus(a, c), b)
        return Term.of(plus(times(a, d), times(c, b)), times(b, d))

    def __mul__(self, other):
        if not isinstance(other, (Symbol, *NUMBERS)):
            return NotImplemented
        (a, b), (c, d) = Term.parts(self), Term.parts(other)
        return Term.of(times(a, c)) if b is ONE and d is ONE else Term.of(times(a, c), times(b, d))

    def __neg__(self):
        return Term({m: -c for m, c in self.above.items()}, self.below)

    def inverse(self):
        """The reciprocal of a number that is not zero; roots are made to go from below."""
        above, below = self.below, self.above
        while True:
            roots = [u for u in unknowns(below) if u[0] == '√']
            if not roots:
                return Term.of(above, below)
            A, B = apart(below, roots[-1])
            conjugate = plus(A, times(B, {((roots[-1], 1),): Fraction(1)}), -1)
            norm = times(below, conjugate)
            if sign_of(norm) == 0:  # A - B√e = 0 here, so A + B√e = 2A
                below = {m: 2 * c for m, c in A.items()} if sign_of(B) else A
            else:
                above, below = times(above, conjugate), norm

    def sign(self):
        return sign_of(self.above) * sign_of(self.below)

    def sqrt(self):
        """√(N/D) = √(ND)/|D|"""
        e = times(self.above, self.below)
        s = sign_of(self.below)
        known = [key_of(r) for r in now.roots]
        if key_of(e) not in known:
            now.roots.append(e)
            known.append(key_of(e))
        above = {((('√', known.index(key_of(e))), 1),): Fraction(s)}
        return Term.of(above, self.below) if self.below is not ONE else Term(above)

    __radd__, __rmul__ = __add__, __mul__


def apart(a, root):
    """A and B of a = A + B·root."""
    A, B = {}, {}
    for m, c in a.items():
        (B if (root, 1) in m else A)[tuple(x for x in m if x[0] != root)] = c
    return A, B


def sign_of(a):
    """The sign of a polynomial in unknowns."""
    if not a:
        return 0
    if set(a) == {()}:
        return sign(a[()])
    roots = [u for u in unknowns(a) if u[0] == '√']
    if not roots:
        return now.way.sign(a)
    A, B = apart(a, roots[-1])
    e = now.roots[roots[-1][1]]
    left, right = sign_of(A), sign_of(B)
    if right == 0 or sign_of(e) == 0:
        return left
    if left in (0, right):
        return right
    return left * sign_of(plus(times(A, A), times(times(B, B), e), -1))
