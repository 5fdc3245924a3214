"""Decides a claim on a case over all values of its variables, where it can: docs/semantics.md 10 and 11. The claim is
evaluated by the interpreter on unknowns. One real variable runs over cells of the line (cells.py). Where the sign of a
polynomial in other unknowns is asked, every answer is gone; a way is a list of such signs, and whether some value of the
unknowns has them all is decided for linear ones by elimination (Fourier, Motzkin) and for two quadratic ones by the
convexity of the pairs of values of two quadratic forms (Dines): see possible()."""
import itertools
import sys
from fractions import Fraction

import cells
import interpreter
from cells import Cell, Root, Split
from exact import GivesUp, Mat, NoValue, Unknown, sign
from interpreter import Claim, Run, Scope, conjunction, evaluate, fits, read_case, whole
from parse import Refused, parse
from unknowns import Ratio, Symbol, Term, degree, key_of, level, now, plus, sign_of, structurally_zero, times, unknowns

VARIABLE, SECOND = (Ratio([Fraction(0), Fraction(1)], [Fraction(1)], level) for level in (1, 2))  # of the cells
MOST_WAYS, MOST_CELLS, MOST_LISTED, MOST_ASKED = 300, 400, 2000, 30
MOST_MULTIPLIERS = 8000  # searches for one, each counted as its rows cubed
SMALL = [Fraction(s) for s in ('0', '1', '-1', '1/2', '-1/2', '2', '-2', '3', '-3', '1/3', '10', '-10', '1/10')]


class Open(Exception):
    """This program does not decide it; the argument says why."""


class Nowhere(Exception):
    """No value of the unknowns goes this way."""


class Above(Exception):
    """A Split of a cell of the second variable."""


class Upper:
    """A cell of the second variable, above the sample of the first one's; what was asked there."""
    def __init__(self, cell, asked):
        self.cell, self.asked = cell, asked

    def sign(self, p):
        p = cells.trim(p)
        if len(p) < 2:
            return sign(p[0]) if p else 0
        if not now.cell.point:
            self.asked[str([c.key() if isinstance(c, Symbol) else c for c in p])] = p
            p = [at_sample(c) for c in p]
        try:
            return self.cell.sign(p)
        except Split as change:
            raise Above(*change.args) from None


# ---- ways
class Way:
    """The signs that polynomials in unknowns have, on one way: `taken` is what was decided before, by index."""
    def __init__(self, taken):
        self.taken, self.facts, self.known, self.decided = list(taken), [], {}, 0

    def sign(self, a):
        if len(a) == 1:
            (m, c), = a.items()
            found = sign(c)
            for u, r in m:
                s = self.ask({((u, 1),): Fraction(1)})
                found *= s if r % 2 else s * s
            return found
        first = a[min(a)]
        while isinstance(first, Symbol):
            first = first.above[-1]
        return sign(first) * self.ask({m: c / first for m, c in a.items()})

    def ask(self, a):
        key = key_of(a)
        if key in self.known:
            return self.known[key]
        i = self.decided
        self.decided += 1
        if i < len(self.taken):
            options = self.taken[i]
        else:
            options = [s for s in (1, 0, -1) if possible(self.facts + [(a, s)]) != 'no']
            if not options:
                raise Nowhere
            self.taken.append(options)
        self.known[key] = options[0]
        self.facts.append((a, options[0]))
        return options[0]

    def next(self):
        """The decisions of the next way, or None."""
        taken = [list(o) for o in self.taken[:max(self.decided, 0)]]
        while taken and len(taken[-1]) == 1:
            taken.pop()
        if not taken:
            return None
        taken[-1] = taken[-1][1:]
        return taken


# ---- forms
def entries_of(some):
    return sorted({u for a in some for u in unknowns(a)})


def coefficient(a, *some):
    powers = {}
    for u in some:
        powers[u] = powers.get(u, 0) + 1
    return a.get(tuple(sorted(powers.items())), Fraction(0))


def form(a, names):
    """The symmetric matrix of the form of degree 2 that is `a` where the last coordinate is 1."""
    def entry(i, j):
        some = [names[k] for k in (i, j) if k < len(names)]
        c = coefficient(a, *some)
        return c if i == j else c / Fraction(2)
    return Mat.make(len(names) + 1, len(names) + 1, entry)


def sums_of_minors(H):
    """e_1, …, e_n of a matrix: the sums of its principal minors of each size (Faddeev and LeVerrier)."""
    found, M, turn = [], Mat.eye(H.r), Fraction(1)
    for k in range(1, H.r + 1):
        product = H * M
        c = product.trace() / Fraction(k)
        found.append(c * turn)
        M, turn = product - Mat.eye(H.r) * c, -turn
    return found


def semidefinite(H):
    return all(sign(e) >= 0 for e in sums_of_minors(H))


def negative(a):
    return {m: -c for m, c in a.items()}


def constant(a):
    return set(a) <= {()}


def clean(a):
    """Without coefficients that are zero: at a point; in an interval where the form itself shows it."""
    if (now.cell is None or now.cell.point) and (now.upper is None or now.upper.cell.point):
        return {m: c for m, c in a.items() if sign(c) != 0}
    return {m: c for m, c in a.items() if not structurally_zero(c)}


def replace(a, u, by):
    """a with the polynomial `by` in place of the unknown u."""
    found = {}
    for m, c in a.items():
        term = {tuple(x for x in m if x[0] != u): c}
        for _ in range(dict(m).get(u, 0)):
            term = times(term, by)
        found = plus(found, term)
    return clean(found)


def kernel_equations(H, names):
    """H (v, 1) = 0 as linear polynomials."""
    rows = [{((u, 1),): c for u, c in zip(names, row)} | {(): row[-1]} for row in H.rows]
    return [r for r in (clean(r) for r in rows) if r]


# ---- S-lemma
def pencil(F, G, half):
    """A point λ, with half one that is ≥ 0, for which F - λG is positive semidefinite (at the sample of a cell), or None. On a
    cell the answer is everywhere the same."""
    n = F.r + 1
    now.multipliers += F.r**3
    if now.multipliers > MOST_MULTIPLIERS:
        raise Unknown('multipliers')
    # e_k(F - λG) is a polynomial of degree at most k in λ: by its values at 0, 1, …, k
    values = [sums_of_minors(F - G * Fraction(x)) for x in range(n)]
    polys = [through([v[k] for v in values[:k + 2]]) for k in range(F.r)]
    of_one_variable(polys)
    if any(isinstance(c, Symbol) for p in polys for c in p):
        if F.r > 3:
            raise Unknown('a multiplier for more unknowns')
        if not now.cell.point:
            delineate(polys)
            polys = [[at_sample(c) for c in p] for p in polys]
    polys = [cells.trim(p) for p in polys]
    polys = [p for p in polys if p]
    if any(len(p) == 1 and sign(p[0]) < 0 for p in polys):
        return None
    tries = representatives(polys, [Fraction(0)])
    for x in tries:
        if half and cells.compare(x, Fraction(0)) < 0:
            continue
        if all(cells.sign_at(p, x) >= 0 for p in polys):
            return x
    return None


def representatives(polys, points=()):
    """The roots of polynomials, more points, and a point in each interval between."""
    points = list(points)
    for p in polys:
        for x in cells.real_roots(p) if len(p) > 1 else []:
            at = [cells.compare(x, y) for y in points]
            if 0 not in at:
                points.insert(sum(c > 0 for c in at), x)
    return points + [cells.between(a, b) for a, b in zip([None, *points], [*points, None])]


def through(values):
    """The polynomial with these values at 0, 1, 2, …"""
    found, basis, differences = [Fraction(0)], [Fraction(1)], list(values)
    for k in range(len(values)):
        found = [a + b for a, b in itertools.zip_longest(found, [c * differences[0] for c in basis], fillvalue=Fraction(0))]
        differences = [b - a for a, b in zip(differences, differences[1:])]
        basis = [c / (k + 1) for c in cells.add([Fraction(0)] + basis, cells.scale(basis, Fraction(-k)))]
    return found


def of_one_variable(polys):
    if any(level(c) > 1 for p in polys for c in p):
        raise Unknown('a third variable')


def delineate(polys):
    """Polynomials in λ whose coefficients depend on the cell's variable, at the cell's sample. The cell is split until the
    signs of all leading coefficients in Sturm's chain of each, and in Euclid's algorithm for any two and for one and λ, are
    constant: so no root comes or goes, none meet or part, and the polynomials' signs between them are constant."""
    polys = [p for p in (cells.squarefree(cells.trim(p)) for p in polys) if len(p) > 1] + [[Fraction(0), Fraction(1)]]
    for p in polys:
        for q in cells.chain(p):
            sign(q[-1])
    for p, q in itertools.combinations(polys, 2):
        cells.gcd(p, q)


def at_sample(c):
    if not isinstance(c, Ratio):
        return c
    x = now.cell.sample
    return cells.value(c.above, x) / cells.value(c.below, x)


# ---- whether some value of the unknowns has given signs
def possible(facts):
    """'yes', 'no' or 'open' (not known) of facts (polynomial, sign) in the unknowns."""
    zero = [clean(a) for a, s in facts if s == 0]
    positive = [clean(a if s > 0 else negative(a)) for a, s in facts if s]
    cell = now.cell
    try:
        return settle(zero, positive)
    except Unknown:
        return 'open'
    finally:
        now.cell = cell


def settle(zero, positive):
    while True:
        zero, rest = [a for a in zero if a], []
        for a in zero:
            if not constant(a):
                rest.append(a)
            elif sign(a[()]) != 0:
                return 'no'
        zero, rest = rest, []
        for a in positive:
            if not constant(a):
                rest.append(a)
            elif sign(a.get((), Fraction(0))) <= 0:
                return 'no'
        positive = rest
        linear = next((a for a in zero if degree(a) == 1), None)
        if linear is None:
            more = affine_in_squares(zero, positive)
            if more == 'no':
                return 'no'
            if more is None:
                break
            zero = more
            continue
        zero = [a for a in zero if a is not linear]
        for m in sorted((m for m in linear if m), key=lambda m: isinstance(linear[m], Symbol)):
            if sign(linear[m]) == 0:
                del linear[m]
                zero.append(linear)
                break
            u = m[0][0]
            by = {k: -(c / linear[m]) for k, c in linear.items() if k != m}
            zero, positive = [replace(a, u, by) for a in zero], [replace(a, u, by) for a in positive]
            break
    if not zero and not positive:
        return 'yes'
    return quadratic(zero, positive)


def affine_in_squares(zero, positive):
    """The equations with one of a semidefinite form replaced by linear ones; 'no' if a fact is impossible alone; None if
    nothing changes."""
    for a in positive:
        if degree(a) == 2 and semidefinite(form(negative(a), unknowns(a))):
            return 'no'
    for a in zero:
        if degree(a) != 2:
            continue
        H = form(a, unknowns(a))
        if semidefinite(H) or semidefinite(-H):
            return [b for b in zero if b is not a] + kernel_equations(H, unknowns(a))
    for a, b in itertools.combinations([a for a in zero if degree(a) == 2], 2):
        names = entries_of([a, b])
        F, G = form(a, names), form(b, names)
        for H in (F, -F):
            at = pencil(H, G, False)
            if at is None or now.upper or not cells.exact(at) and now.cell:
                continue
            if not cells.exact(at):  # from here on the multiplier is the point that signs are asked at
                now.cell = Cell(at, at)
            M = H - G * (cells.ends(at)[0] if cells.exact(at) else VARIABLE)
            if semidefinite(M):  # in an interval: the multiplier of its sample may not be one elsewhere
                return [x for x in zero if x is not a] + kernel_equations(M, names)
    return None


def quadratic(zero, positive):
    """Facts that are not constant; the equations are not linear, and none has a semidefinite form."""
    names = entries_of(zero + positive)
    if len(names) == 1:
        return one_unknown(zero, positive, names[0])
    if max(map(degree, zero + positive)) > 2:
        if quadratic_part_impossible(zero, positive):
            return 'no'
        return 'yes' if not zero and tried(positive, names) else 'open'
    if not zero:
        # What is nowhere negative is positive on an open dense set, where the other facts hold too if they hold anywhere.
        positive = [a for a in positive if degree(a) == 1 or not semidefinite(form(a, unknowns(a)))]
        if all(degree(a) == 1 for a in positive):
            return 'yes' if motzkin(positive) else 'no'
        if len(positive) == 1:
            return 'yes'
    if len(zero) + len(positive) == 1:
        return 'yes'  # an equation of a form that is not semidefinite: both signs occur
    if len(zero) + len(positive) == 2 and positive:
        return 'no' if excluded(*zero, *positive, equation=bool(zero)) else 'yes'
    if quadratic_part_impossible(zero, positive):
        return 'no'
    return 'yes' if not zero and tried(positive, names) else 'open'


def one_unknown(zero, positive, u):
    """Facts in one unknown, of any degree: their roots and the intervals between."""
    lists = [[a.get(((u, k),) if k else (), Fraction(0)) for k in range(degree(a) + 1)] for a in zero + positive]
    of_one_variable(lists)
    if now.cell and not now.cell.point and any(isinstance(c, Symbol) for p in lists for c in p):
        delineate(lists)
        lists = [[at_sample(c) for c in p] for p in lists]
    lists = [cells.trim(p) for p in lists]
    for x in representatives(lists):
        signs = [cells.sign_at(p, x) for p in lists]
        if not any(signs[:len(zero)]) and all(s > 0 for s in signs[len(zero):]):
            return 'yes'
    return 'no'


def quadratic_part_impossible(zero, positive):
    zero, positive = [a for a in zero if degree(a) <= 2], [a for a in positive if degree(a) <= 2]
    linear = [a for a in positive if degree(a) == 1]
    if not motzkin(linear):
        return True
    if len(linear) <= 4:  # the product of two positive numbers is positive
        positive = positive + [times(a, b) for a, b in itertools.combinations(linear, 2)]
    pairs = [(a, b, False) for a, b in itertools.combinations(positive, 2)] + [(a, b, True) for a in zero for b in positive]
    return any(excluded(a, b, equation=e) for a, b, e in pairs)


def excluded(g, h, equation):
    """Whether no value has g = 0 (g > 0) and h > 0. The pairs (G(z), H(z)) of the values of two quadratic forms are a convex
    cone (Dines). Where it does not meet the open quadrant, a line separates: -H - λG is positive semidefinite for some
    λ ≥ 0, or -G is, which was looked at before. With an equation g = 0 whose form G is indefinite and whose quadratic part
    is not zero: for some real λ (Xia, Wang, Sheu 2016)."""
    if equation:  # the quadratic part is not zero on the whole cell
        if sign(sum((c * c for m, c in g.items() if sum(r for _, r in m) == 2), Fraction(0))) == 0:
            raise Unknown('an equation whose quadratic part is zero')
    names = entries_of([g, h])
    return pencil(-form(h, names), form(g, names), not equation) is not None


def motzkin(positive):
    """Whether some value makes all these linear polynomials positive."""
    while True:
        rest = []
        for a in positive:
            if not constant(a):
                rest.append(a)
            elif sign(a.get((), Fraction(0))) <= 0:
                return False
        positive = rest
        if not positive:
            return True
        counts = {u: sum(((u, 1),) in a for a in positive) for u in entries_of(positive)}
        u = min(counts, key=lambda u: counts[u])
        sides = {1: [], -1: [], 0: []}
        for a in positive:
            m = ((u, 1),)
            s = sign(a[m]) if m in a else 0
            sides[s].append({k: c / a[m] * s for k, c in a.items() if k != m} if s else {k: c for k, c in a.items() if k != m})
        positive = sides[0] + [clean(plus(a, b)) for a in sides[1] for b in sides[-1]]
        if len(positive) > 300:
            raise Unknown('too many inequalities')


def tried(positive, names):
    """Whether a small value makes all these polynomials positive, at the sample of the cell. (Under a quantifier inside a
    statement that is not enough.)"""
    if now.upper or now.cell and (isinstance(now.cell.sample, Root) or now.nested and not now.cell.point):
        return False
    here = [{m: at_sample(c) for m, c in a.items()} for a in positive]
    for values in itertools.islice(itertools.product(SMALL, repeat=len(names)), 4000):
        at = dict(zip(names, values))
        if all(sign(value_at(a, at)) > 0 for a in here):
            return True
    return False


def value_at(a, at):
    total = Fraction(0)
    for m, c in a.items():
        for u, r in m:
            c = c * at[u]**r
        total = total + c
    return total


# ---- 9.4 quantifiers over kinds, where nothing unknown outside is more than a number of a cell
def quantifier(node, at):
    indices = node.data.indices
    if all(it.kind is None for it, _ in indices) or now.given:
        return interpreter.quantifier(node, at)
    stop = node.data.word == 'exists'

    def over(indices, at):
        if not indices:
            return evaluate(node.kids[0], at)
        (it, ends), more = indices[0], indices[1:]
        if it.kind is None:
            return conjunction([lambda v=v: over(more, interpreter.inside(at, it, Fraction(v))) for v in interpreter.range_of(ends, at)], stop)
        inner = lambda value: over(more, interpreter.inside(at, it, value))
        if it.kind == 'scalar':
            words = over_line(inner)
        elif it.kind == 'vector':
            words = over_ways(inner, at.case.d)
        else:
            raise GivesUp('elements of a kind')
        if stop in words:
            return stop
        if 'open' in words:
            raise GivesUp('elements of a kind')
        if 'ill' in words:
            raise NoValue('at an element of a kind')
        return not stop
    return over(indices, at)


def word_of(thunk):
    """True, False, 'ill', or 'open'."""
    try:
        return thunk()
    except NoValue:
        return 'ill'
    except (GivesUp, Unknown):
        return 'open'


def over_line(body):
    """What a statement about a real number is, over all of them."""
    if now.cell is None:
        work, words = [Cell()], set()
        try:
            while work:
                now.cell = work.pop()
                try:
                    words.add(word_of(lambda: body(at_cell())))
                except Split as change:
                    work += now.cell.split(change.args[0])
                    if len(work) > MOST_CELLS:
                        raise GivesUp('cells') from None
        finally:
            now.cell = None
        return words
    if now.upper is not None:
        raise GivesUp('a third variable')
    return over_upper(lambda: {word_of(lambda: body(SECOND))})


def at_cell():
    sample = now.cell.sample
    return cells.ends(sample)[0] if now.cell.point and cells.exact(sample) else VARIABLE


def over_upper(find):
    """The union of find() over the cells of a second variable. They are taken over the sample of the first one's cell;
    where the polynomials asked there keep their roots apart, the answer is the same over the whole cell."""
    work, asked, found, count = [Cell()], {}, set(), 0
    try:
        while work:
            now.upper = Upper(work.pop(), asked)
            try:
                found |= find()
                count += 1
            except Above as change:
                work += now.upper.cell.split(change.args[0])
            if count + len(work) > MOST_CELLS or len(asked) > MOST_ASKED:
                raise GivesUp('cells of the second variable')
    finally:
        now.upper = None
    if asked:
        delineate(list(asked.values()))
    return found


def over_ways(body, d):
    """What a statement about a vector is, over all of them."""
    words, taken, outer = set(), [], now.way
    now.given, now.nested = now.given + d, now.nested + 1
    value = Mat.column([Term({((('v', i + 1), 1),): Fraction(1)}) for i in range(d)])
    try:
        for _ in range(MOST_WAYS):
            now.way = Way(taken)
            try:
                word = word_of(lambda: body(value))
                how = possible(now.way.facts)
                if how != 'no':
                    words.add(word if how == 'yes' else 'open')
            except Nowhere:
                pass
            taken = now.way.next()
            if taken is None:
                return words
        raise GivesUp('ways')
    finally:
        now.way, now.given, now.nested = outer, now.given - d, now.nested - 1


interpreter.EVALUATE['quantifier'] = quantifier


# ---- the claim
class Problem:
    """A claim on a case with given integers: which variable runs over cells, and the numbers of the others' unknowns."""
    def __init__(self, claim, case, given, cell=None, second=None):
        self.claim, self.case, self.given, self.cell, self.second, self.named = claim, case, given, cell, second, []
        self.free = [(it, kind) for it, kind, _ in claim.variables if kind is not None]

    def scope(self):
        """Where the claim is evaluated; unknowns for what is free."""
        values, gamma, start, count, conditions = dict(self.given), None, self.case.start if self.case else None, 0, []

        def fresh(name):
            nonlocal count
            self.named.append(name)
            if name == self.second:
                return SECOND
            if name == self.cell:
                return at_cell()
            count += 1
            return Term({((('v', count), 1),): Fraction(1)})
        d = self.case.d if self.case else 1
        for it, kind in self.free:
            if kind in ('scalar', 'integer'):
                values[it] = fresh(it.name)
            elif kind == 'vector':
                values[it] = Mat.column([fresh(f'{it.name}[{i}]') for i in range(d)])
            else:
                some = {}
                for i, j in itertools.product(range(d), repeat=2):
                    key = (i, j) if kind == 'matrix' else (min(i, j), max(i, j))
                    if key not in some:
                        some[key] = fresh(f'{it.name}[{key}]')
                values[it] = Mat.make(d, d, lambda i, j: some[(i, j) if kind == 'matrix' else (min(i, j), max(i, j))])
                if kind == 'positive':
                    conditions.append(values[it])
        for it in values:
            if it.name == 'gamma' and self.case:
                gamma = values[it]
            elif it.name == 'x0' and self.case:
                start = values[it]
        now.given = count
        run = Run(self.case, gamma, start) if self.case else None
        return Scope(self.case, run, values), conditions

    def names(self):
        """The real numbers that are unknown."""
        self.named = []
        self.scope()
        return self.named

    def end(self):
        """What a way ends as."""
        at, conditions = self.scope()
        for M in conditions:
            for k in range(1, M.r + 1):
                if sign(sums_of_minors(Mat([row[:k] for row in M.rows[:k]]))[-1]) <= 0:
                    return 'no choice'
        return interpreter.judge_choice(self.claim, at)

    def ends(self):
        """The ends of all possible ways on the cell, with their facts."""
        taken = []
        for _ in range(MOST_WAYS):
            now.way, now.roots = Way(taken), []
            try:
                word = self.end()
            except Nowhere:
                word = None
            except GivesUp as reason:
                word = 'open'
            if word:
                yield word, possible(now.way.facts)
            taken = now.way.next()
            if taken is None:
                return
        yield 'open', 'open'

    def cells(self):
        """Each cell with what its ways end as: (cell, {(word, possible)})."""
        work, done = [Cell()], 0
        while work:
            now.cell = work.pop() if self.cell else work.pop() and None
            try:
                found = over_upper(lambda: set(self.ends())) if self.second else set(self.ends())
            except Split as change:
                work += now.cell.split(change.args[0])
                if len(work) + done > MOST_CELLS:
                    raise GivesUp('cells') from None
                continue
            done += 1
            yield now.cell, found


def decide_given(claim, case, given):
    """(word, witness cell) for given integers."""
    free = [(it, kind) for it, kind, _ in claim.variables if kind is not None]
    scalars = [it.name for it, kind in free if kind in ('scalar', 'integer')]
    names = Problem(claim, case, given).names()
    options = [(scalars[0], None)] if len(scalars) == 1 else [(None, None), *((s, None) for s in scalars)]
    if len(names) == 1:
        options = [(names[0], None)]
    elif not scalars and len(names) == 2:  # or one of the entries, where that decides more
        options += [(name, None) for name in names]
    elif len(scalars) == 2:
        options.append(tuple(scalars))
    answer = None
    for cell, second in options:
        words, where, now.multipliers = set(), None, 0
        try:
            for at, found in Problem(claim, case, given, cell, second).cells():
                for word, how in found:
                    if word in ('bad', 'ill') and how == 'yes' and (word, how) not in words:
                        where = at
                words |= found
                if ('bad', 'yes') in words:
                    break
        except (Open, GivesUp):
            words.add(('open', 'open'))
        here = {w for w, how in words if how == 'yes'}
        maybe = {w for w, how in words if how != 'no'}
        if 'bad' in here:
            answer = 'violated'
        elif maybe & {'bad', 'open'}:
            answer = 'open'
        elif 'ill' in maybe:
            answer = 'ill-defined' if 'ill' in here else 'open'
        elif 'good' in here:
            answer = 'holds'
        else:
            answer = 'vacuous' if not maybe & {'good', 'maybe'} else 'open'
        if any(kind == 'integer' for _, kind in free) and answer != 'vacuous':
            answer = of_integers(claim, case, given, answer)
        if answer != 'open':
            return answer, where
    return answer, None


def of_integers(claim, case, given, answer):
    """The answer where some variables are integers and `answer` is that for real numbers: what no real number violates no
    integer does; else small integers are tried."""
    found, free = set(), [(it, kind) for it, kind, _ in claim.variables if kind is not None]
    if all(kind in ('scalar', 'integer') for _, kind in free):
        some = [[x for x in SMALL if kind == 'scalar' or x.denominator == 1] for _, kind in free]
        for values in itertools.islice(itertools.product(*some), 200):
            try:
                found.add(choice_word(claim, case, {it.name: x for it, x in given.items()} | {it.name: x for (it, _), x in zip(free, values)}))
            except GivesUp:
                pass
    if 'bad' in found:
        return 'violated'
    return 'holds' if answer == 'holds' and 'good' in found else 'open'


def listed(claim, at, variables, given):
    """All choices of the integers that have ranges, in order; None where a range has no value."""
    if not variables:
        yield given
        return
    (it, kind, some), more = variables[0], variables[1:]
    if kind is not None:
        yield from listed(claim, at, more, given)
        return
    here = Scope(at.case, at.run, {**at.values, **given})
    try:
        first, last, by = (whole(evaluate(k, here)) if k else 1 for k in some[0][1:])
        if by < 1:
            raise NoValue('by')
    except NoValue:
        yield None
        return
    except KeyError:
        raise Open('a range that depends on a free variable') from None
    if last - first > MOST_LISTED:
        raise Open('choices')
    for k in range(first, last + 1, by):
        yield from listed(claim, at, more, {**given, it: Fraction(k)})


def decide(claim, case):
    """The verdict of docs/semantics.md 11.1 over all values, 'no fit', or 'open'; with the cell of a witness or None."""
    case = case if claim.case else None
    now.cell, now.upper, now.way, now.roots, now.given, now.nested, now.multipliers = None, None, None, [], 0, 0, 0
    at = Scope(case, Run(case, None, case.start) if case else None, {})
    try:
        for setting in claim.settings:
            if not fits(setting, case, at):
                return 'no fit', None
        words = {}
        for given in listed(claim, at, claim.variables, {}):
            word, where = decide_given(claim, case, given) if given is not None else ('ill-defined', None)
            words.setdefault(word, where)
            if word == 'violated':
                return word, where
    except NoValue:
        return 'no fit', None
    except (Unknown, GivesUp, Open):
        return 'open', None
    finally:
        now.cell = now.way = None
    for word in ('open', 'ill-defined', 'holds'):
        if word in words:
            return word, words[word]
    return 'vacuous', None


def choice_word(claim, case, values):
    """What a choice ends as (10.5): values by name, Fractions, Mats."""
    case = case if claim.case else None
    of = {it: values[it.name] for it, _, _ in claim.variables}
    run = Run(case, values.get('gamma'), values.get('x0', case.start)) if case else None
    return interpreter.judge_choice(claim, Scope(case, run, of))


if __name__ == '__main__':
    try:
        with open(sys.argv[1], encoding='utf-8') as source:
            for tree in parse(source.read()):
                for path in sys.argv[2:] or [None]:
                    word, cell = decide(Claim(tree), read_case(path) if path else None)
                    print(tree['name'], word, cell.sample if cell else '')
    except Refused as reason:
        print('refused', *reason.args)
