"""Exact numbers: Fraction; sums of rational multiples of square roots; polynomials in the unknown state; matrices."""
from fractions import Fraction
from math import gcd, isqrt


class NoValue(Exception):
    """⊥"""


class Unknown(Exception):
    """? of section 12: there is a value"""


class Lost(Unknown):
    """?⊥: perhaps there is none"""


class GivesUp(Exception):
    """This interpreter does not find out whether there is a value"""


def known(x):
    """x itself, which is a number and not an unknown of decide.py."""
    if not isinstance(x, (int, Fraction, Surd, Mat)):
        raise GivesUp('an unknown where a number is needed')
    return x


def split_root(n):
    """n = a²·b with b squarefree, as (a, b)."""
    if n == 0:
        return 0, 1
    if n > 10**12:
        raise Unknown('a large number under a root')
    a, p = 1, 2
    while p * p * p <= n:
        while n % (p * p) == 0:
            n, a = n // (p * p), a * p
        p += 1
    for p in range(p, min(isqrt(n), p + 10**6) + 1):
        if n % (p * p) == 0:
            n, a = n // (p * p), a * p
    return a, n


class Surd:
    def __init__(self, parts):
        self.parts = parts  # squarefree number: rational factor that is not 0

    @staticmethod
    def of(parts):
        parts = {k: v for k, v in parts.items() if v}
        return parts.get(1, Fraction(0)) if set(parts) <= {1} else Surd(parts)

    @staticmethod
    def dict(x):
        return x.parts if isinstance(x, Surd) else {1: Fraction(x)}

    def __add__(self, other):
        if not isinstance(other, (int, Fraction, Surd)):
            return NotImplemented
        parts = dict(self.parts)
        for k, v in Surd.dict(other).items():
            parts[k] = parts.get(k, 0) + v
        return Surd.of(parts)

    def __mul__(self, other):
        if not isinstance(other, (int, Fraction, Surd)):
            return NotImplemented
        parts = {}
        for k, v in self.parts.items():
            for m, w in Surd.dict(other).items():
                g = gcd(k, m)
                parts[k * m // g // g] = parts.get(k * m // g // g, 0) + v * w * g
        return Surd.of(parts)

    def __neg__(self):
        return Surd({k: -v for k, v in self.parts.items()})

    def __sub__(self, other):
        return NotImplemented if isinstance(other, Poly) else self + -other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        """Multiplies above and below by conjugates until the number below is rational."""
        above, below = other, self
        while isinstance(below, Surd):
            k = next(k for k in below.parts if k != 1)
            p = next(p for p in range(2, k + 1) if k % p == 0)
            conjugate = Surd({m: -v if m % p == 0 else v for m, v in below.parts.items()})
            above, below = conjugate * above, below * conjugate
        return above * (1 / below)

    def __truediv__(self, other):
        return NotImplemented if isinstance(other, Poly) else self * (Fraction(1) / other)

    def sign(self):
        scale = 1
        while True:
            scale <<= 40
            low = high = Fraction(0)
            for k, v in self.parts.items():
                root = isqrt(k * scale * scale)
                ends = [v * root, v * (root + (k != 1))]
                low, high = low + min(ends), high + max(ends)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1

    def __eq__(self, other):
        return isinstance(other, Surd) and self.parts == other.parts if isinstance(other, (int, Fraction, Surd)) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self.parts.items()))

    __radd__, __rmul__ = __add__, __mul__


def sign(x):
    return (x > 0) - (x < 0) if isinstance(x, (int, Fraction)) else x.sign()


def sqrt(x):
    if sign(x) < 0:
        raise NoValue('root of a negative number')
    if not isinstance(x, (int, Fraction, Surd)):
        return x.sqrt()
    if isinstance(x, Surd):
        (m, b), *more = [(k, v) for k, v in x.parts.items() if k != 1]
        a = x.parts.get(1, Fraction(0))
        rest = a * a - b * b * m
        root = sqrt(rest) if not more and rest >= 0 else None
        if not isinstance(root, Fraction):
            raise Unknown('root of a root')
        return sqrt((a + root) / 2) + sqrt((a - root) / 2) * sign(b)
    a, b = split_root(x.numerator * x.denominator)
    return Surd.of({b: Fraction(a, x.denominator)})


class Poly:
    """A polynomial of degree at most 2 in the entries of the iterates: {sorted tuple of (round, entry): number}."""
    def __init__(self, parts):
        self.parts = parts

    def __add__(self, other):
        parts = dict(self.parts)
        for k, v in (other.parts if isinstance(other, Poly) else {(): other}).items():
            parts[k] = parts[k] + v if k in parts else v
        return Poly(parts)

    def __mul__(self, other):
        if isinstance(other, Mat):
            return NotImplemented
        parts = {}
        for k, v in self.parts.items():
            for m, w in (other.parts if isinstance(other, Poly) else {(): other}).items():
                key = tuple(sorted(k + m, key=str))
                parts[key] = parts[key] + v * w if key in parts else v * w
        return Poly(parts)

    def __neg__(self):
        return self * Fraction(-1)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (1 / other)

    __radd__, __rmul__ = __add__, __mul__


class Mat:
    def __init__(self, rows):
        self.rows = rows
        self.r, self.c = len(rows), len(rows[0])

    @staticmethod
    def make(r, c, entry):
        return Mat([[entry(i, j) for j in range(c)] for i in range(r)])

    @staticmethod
    def eye(n):
        return Mat.make(n, n, lambda i, j: Fraction(int(i == j)))

    @staticmethod
    def column(values):
        return Mat([[v] for v in values])

    def map(self, change):
        return Mat([[change(v) for v in row] for row in self.rows])

    def fit(self, other):
        if not isinstance(other, Mat) or (self.r, self.c) != (other.r, other.c):
            raise NoValue('sizes differ')
        return other

    def __add__(self, other):
        return Mat([[a + b for a, b in zip(*rows)] for rows in zip(self.rows, self.fit(other).rows)])

    def __sub__(self, other):
        return Mat([[a - b for a, b in zip(*rows)] for rows in zip(self.rows, self.fit(other).rows)])

    def __neg__(self):
        return self.map(lambda v: -v)

    def __mul__(self, other):
        if not isinstance(other, Mat):
            return self.map(lambda v: v * other)
        if self.c != other.r:
            raise NoValue('sizes differ')
        columns = list(zip(*other.rows))
        return Mat([[sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns] for row in self.rows])

    def __rmul__(self, other):
        return self.map(lambda v: v * other)

    def __truediv__(self, other):
        return self.map(lambda v: v / other)

    def __eq__(self, other):
        return isinstance(other, Mat) and self.rows == other.rows

    def turned(self):
        return Mat([list(row) for row in zip(*self.rows)])

    def square(self):
        if self.r != self.c:
            raise NoValue('not square')
        return self

    def symmetric(self):
        if self.rows != self.square().turned().rows:
            raise NoValue('not symmetric')
        return self

    def trace(self):
        return sum((self.rows[i][i] for i in range(self.square().r)), Fraction(0))

    def eliminate(self, right):
        """self⁻¹ right and the determinant; None and 0 if self is singular."""
        n, det = self.square().r, Fraction(1)
        if n > 4 and any(hasattr(x, 'above') for row in self.rows for x in row):
            raise GivesUp('a large system with unknowns')
        rows = [list(a) + list(b) for a, b in zip(self.rows, right.rows)]
        for i in range(n):
            pivot = next((j for j in range(i, n) if rows[j][i] != 0), None)
            if pivot is None:
                return None, Fraction(0)
            if pivot != i:
                rows[i], rows[pivot], det = rows[pivot], rows[i], -det
            det, inverse = det * rows[i][i], 1 / rows[i][i]
            rows[i] = [v * inverse for v in rows[i]]
            for j in range(n):
                if j != i and rows[j][i] != 0:
                    rows[j] = [v - rows[j][i] * w for v, w in zip(rows[j], rows[i])]
        return Mat([row[n:] for row in rows]), det

    def solve(self, right, what='singular'):
        found = self.eliminate(right)[0]
        if found is None:
            raise NoValue(what)
        return found

    def inverse(self):
        return self.solve(Mat.eye(self.square().r))

    def definite(self):
        """1 if positive definite, 0 if only semidefinite, -1 if neither."""
        rows, answer = [list(row) for row in self.symmetric().rows], 1
        while rows:
            if any(sign(row[i]) < 0 for i, row in enumerate(rows)):
                return -1
            k = next((i for i, row in enumerate(rows) if row[i] != 0), None)
            if k is None:
                return 0 if all(v == 0 for row in rows for v in row) else -1
            if any(row[i] == 0 and any(v != 0 for v in row) for i, row in enumerate(rows)):
                return -1
            if any(row[i] == 0 for i, row in enumerate(rows)):
                answer = 0
            keep = [i for i in range(len(rows)) if i != k]
            rows = [[rows[i][j] - rows[i][k] * rows[k][j] / rows[k][k] for j in keep] for i in keep]
        return answer

    def characteristic(self):
        """The coefficients of det(λI - self), that of the highest power first."""
        n, m, poly = self.square().r, Mat.eye(self.r), [Fraction(1)]
        for k in range(1, n + 1):  # Faddeev and LeVerrier
            product = self * m
            poly.append(-product.trace() / Fraction(k))
            m = product + Mat.eye(n) * poly[-1]
        return poly

    def eigenvalues(self):
        """Exact real eigenvalues and pairs (sum, product) of conjugate ones, as two lists."""
        return roots(self.characteristic())


def divide(poly, factor):
    poly, quotient = list(poly), []
    while len(poly) >= len(factor):
        quotient.append(poly[0])
        poly = [a - poly[0] * b for a, b in zip(poly, factor + [Fraction(0)] * len(poly))][1:]
    return quotient if all(v == 0 for v in poly) else None


def roots(poly):
    real, pairs = [], []
    while len(poly) > 1 and poly[-1] == 0:
        poly = poly[:-1]
        real.append(Fraction(0))
    while len(poly) > 3:
        if any(isinstance(v, Surd) for v in poly):
            raise Unknown('roots of a polynomial')
        scale = 1
        for v in poly:
            scale = scale * known(v).denominator // gcd(scale, v.denominator)
        guesses = approximate([float(v) for v in poly])
        tries = [[Fraction(1), -Fraction(round(z.real * scale), scale)] for z in guesses if abs(z.real) * scale < 1e15]
        tries += [[Fraction(1), -Fraction(round((z + w).real * scale), scale), Fraction(round((z * w).real * scale**2), scale**2)]
                  for i, z in enumerate(guesses) for w in guesses[:i] if abs(z * w) * scale**2 < 1e15]
        factor, rest = next(((t, divide(poly, t)) for t in tries if divide(poly, t)), (None, None))
        if factor is None:
            raise Unknown('roots of a polynomial')
        poly = rest
        more = roots(factor)
        real, pairs = real + more[0], pairs + more[1]
    if len(poly) == 2:
        real.append(-poly[1])
    elif len(poly) == 3:
        inner = poly[1] * poly[1] - 4 * poly[2]
        if sign(inner) < 0:
            pairs.append((-poly[1], poly[2]))
        else:
            real += [(-poly[1] + sqrt(inner)) / 2, (-poly[1] - sqrt(inner)) / 2]
    return real, pairs


def approximate(poly):
    """Durand and Kerner's method: only guesses, every factor is divided out exactly."""
    n = len(poly) - 1
    found = [(0.4 + 0.9j) ** k * (1 + max(map(abs, poly))) ** (1 / n) for k in range(n)]
    for _ in range(200):
        for i in range(n):
            value, below = 0, 1
            for a in poly:
                value = value * found[i] + a
            for j in range(n):
                below *= found[i] - found[j] if j != i else 1
            found[i] -= value / below if below else 0
    return found
