"""Random claims on random small cases, the same for the same seed. Constructs can be left out by name (OPTIONAL)."""
import itertools
import random

SKETCHES = ['identity', 'perm', 'perm-remainder', 'perm-few', 'rand', 'rand-shared', 'bernoulli', 'bernoulli-shared', 'block',
            'unit-perm', 'scaled-diagonal', 'scaled-printed', 'table']
METHODS = ['gradient', 'sketched-gradient', 'ist', 'one-sided', 'compressed-gradient', 'compressed-iterate', 'compressed-update']
FAMILY = 'family m in 1..2 { n = 1  d = m  L(i) = mat(j in 1..m, k in 1..m : 1)  b(i) = vec(j in 1..m : j)  sketch = identity }'
FAULTS = {  # a refused form for each rule: conclusions, or whole declarations and conclusion
    'F1': [('forall k in 3', 'k = 3'), '1e02 = 100', '1 = 1 <=> 2 = 2 <=> 3 = 3', '2^3^2 = 512', '(1 = 1', 'not = 1'],
    'F2': ['Lbaar = I', 'L = I', 'sqrt = 1', 'sqrt(1, 2) = 1', 'b[1, 2] = ones', 'Lbar[1] = 1', 'foo(1) = 1', 'Lbar[1, 1, 1] = 1'],
    'F3': ['sum(n in 1..2 : n) = 3', 'exists gamma : scalar : gamma > 0', 'forall p in 1..2 : p > 0', ('let e = 1', 'n = n'),
           ('forall q : scalar try 1', 'n = n'), ('forall f in 1..2', 'n = n')],
    'F4': ['mat(j in 1..2, j in 1..2 : 1) = mat(j in 1..2, k in 1..2 : 1)', 'sum(i in 1..2, i in 1..2 : i) = 6',
           ('let h = 1  let h = 2', 'h = h'), ('let h = 1  forall h in 1..2', 'n = n')],
    'F5': [('let h = late  forall late : scalar try 1', 'h = late'), ('forall w in 1..late  let late = 2', 'w > 0')],
    'F6': [('let i1 = 1  let R = C[i1]', 'forall i1 in 1..1 : E[R] = E[R]'), ('let i1 = 1  let R = i1 + 1  let S = R', 'sum(i1 in 1..2 : S) = 4')],
    'F7': [('let late = 2*gamma  forall gamma : scalar try 1/8', 'late = 1/4'),
           ('let h = ||xinf - bbar||^2  forall t : scalar try h  forall gamma : scalar try 1/8', 'h = t'),
           ('forall x0 : vector try xinf  forall gamma : scalar try 1/8', 'x0 = x0')],
    'F8': [('forall gamma : vector try ones', 'n = n'), ('forall x0 in 1..2', 'n = n'), ('forall w : vector try 1', 'w = w'),
           ('forall w : scalar try 1  setting w = 1', 'w = 1')],
    'F9': ['n + I = I', 'Lbar <= I', '1 <<= 2', 'E[1 = 2] = 1', 'defined(1 = 1)', 'not n', '1 and 2 = 2', 'inner(1, ones) = 1',
           'trace(2) = 2', 'sum(i in 1..2 : i = i) = 2', 'if n then 1 = 1 else 2 = 2', 'I^(1 = 1) = I', 'ones = 1', 'n'],
    'F10': ['[1, 2] + [1, 2, 3] = [1, 2, 3]', 'det([[1, 2]]) = 1', 'mat(j in 1..2, k in 1..j : 1) = I', '[[1, 2], [3]] = I',
            'inner([1], [1, 2]) = 1', '[[1, 2]]*[1, 2, 3] = 1'],
    'F11': ['Lbar*Dbar <<= I', 'E[Bbar*C[1]] >>= 0', 'inverse(Lbar)*Dbar << I'],
    'F12': ['E[f(x[1])*f(x[1])] > 0', 'E[||x[1]||] > 0', 'E[1/(x[1])[1]] = 1', 'E[sqrt((x[1])[1])] > 0', 'E[(x[1])[1]^3] = 0',
            'E[abs((x[1])[1])] > 0', 'E[2^((x[1])[1])] > 0', 'E[min((x[1])[1], 1)] = 0', 'E[det(x[1]*x[1]\')] = 0'],
    'F13': ['E[if (x[1])[1] > 0 then 1 else 0] = 1', 'E[if x[1] = x0 then 1 else 0] = 1', 'E[if not (1 > (x[2])[1]) then 1 else 0] = 1'],
    'F13defined': ['E[if defined(x[1]) then 1 else 0] = 1'],
    'F14': ['Bbar = I', 'E[ones[C[1][1, 1]]] = 1', 'step(x0) = x0', 'E[sum(i in 1..C[1][1, 1] : i)] = 1', 'E[2^(C[1][1, 1])] = 1'],
    'F15': ['x[1] = x0', 'for every outcome : x[1] = x0', 'x[infinity] = xinf'],
    'F16': ['E[C[1]*(x[1] + x[2])] = E[x[1]]', 'E[sum(k in 0..1 : g(x[k]))] = 0', 'E[g(step(step(x0)))] = 0', 'E[Bbar*(x[2] - x[1+1])] = 0'],
    'F17': ['at(1 : 1) = 1', (FAMILY, 'n = 2'), (FAMILY, 'at(1 : d) = d'), (FAMILY + '  setting n = d', 'at(1 : 1) = 1'),
            (FAMILY + '  forall gamma : scalar try 1', 'at(1 : 1) = 1'), (FAMILY.replace('n = 1', 'n = d'), 'at(1 : 1) = 1')]}
ARGUMENTS = [  # names with arguments: kind, arguments with their kinds, expression, its degree in a state among the arguments
    ('scalar', 'a:scalar', 'a/2 + n', 1), ('scalar', 'a:scalar, b:scalar', 'a - gamma*b', 1), ('scalar', 'a:scalar', 'sum(j in 1..2 : a*j)', 1),
    ('scalar', 'w:vector', '||w - bbar||^2', 2), ('scalar', 'w:vector', 'w[1] + (w)[1]', 1), ('scalar', 'w:vector', 'sum(i in coordinates : w[i])', 1),
    ('scalar', 'w:vector, M:matrix', 'inner(w, M*x0)', 1), ('scalar', 'M:matrix', 'trace(M) + M[1, 1]', 1), ('vector', 'w:vector', 'Lbar*w - bbar', 1),
    ('vector', 'a:scalar, w:vector', 'a*ones + 2*w', 1), ('vector', 'w:vector', 'vec(i in coordinates : 3*w[i])', 1), ('matrix', 'w:vector', "w*w'", 2),
    ('matrix', 'M:matrix', "M' + I", 1), ('statement', 'a:scalar, b:scalar', 'a <= b', None), ('scalar', '', 'n + d', 1), ('vector', '', 'x0 - bbar', 1)]
OPTIONAL = ['let', 'arguments', 'variables', 'ranges', 'shadowing', 'iterates', 'infinity', 'rates', 'step', 'schedule', 'noise', 'roots',
            'quantifiers', 'kinds', 'loewner', 'eigenvalues', 'outcomes', 'partial', 'settings', 'values', 'gamma', 'x0', 'theta_min',
            'assume', 'matrices', 'words', 'families', 'case-setting', 'at-matrix', *SKETCHES, *METHODS, *FAULTS]


def text(x):
    return '"' + str(x) + '"' if isinstance(x, str) else '[' + ', '.join(text(y) for y in x) + ']' if isinstance(x, list) else str(x)


def make_case(rng, name, off=(), number=0):
    """A case file as TOML. Sketches and methods take turns by the case's number."""
    sketches, methods = [s for s in SKETCHES if s not in off], [m for m in METHODS if m not in off]
    sketch, method = sketches[number % len(sketches)], methods[number % len(methods)]
    n, d = rng.choice([(1, 1), (2, 1), (1, 2), (2, 2), (2, 2), (3, 2), (2, 3), (3, 3)])
    lines, root = {'identity': '', 'rand': 'q = 1', 'rand-shared': 'q = 1\nshared = true'}, False
    if sketch in ('perm', 'block'):
        d = n
    if sketch == 'perm-few':
        n, d = rng.choice([(2, 1), (3, 1), (3, 2)])
    if sketch == 'perm-remainder':
        n, d = rng.choice([(2, 3), (2, 2), (1, 2), (3, 2), (3, 3)])
    if sketch in ('unit-perm', 'scaled-diagonal', 'scaled-printed'):
        n = d = rng.choice([1, 2, 2, 3])
    if sketch == 'block':
        n, d = rng.choice([(1, 2), (2, 3), (1, 3)])
    if sketch.startswith('bernoulli') and n * d > 4 or (sketch == 'rand' and d**n > 9):
        n = d = 2
    entries = ['0', '1', '-1', '2', '1/2', '3']
    zero = rng.random() < 0.1
    workers, same = [], rng.random() < 0.15
    for i in range(n):
        if i and same:
            workers.append(workers[0])
            continue
        L = [['0'] * d for _ in range(d)]
        for a in range(d):
            for c in range(a):
                L[a][c] = L[c][a] = rng.choice(entries) if sketch != 'scaled-printed' else '0'
            L[a][a] = rng.choice(['1', '2', '3', '4', '5', '1/4'] + (['0', '-1'] if not sketch.startswith('scaled') else []))
        worker = f'[[worker]]\nL = {text(L)}\nb = {text(["0" if zero else rng.choice(entries) for _ in range(d)])}\n'
        if rng.random() < 0.3 and 'noise' not in off:
            v = [rng.choice([0, 1, -1, 2]) for _ in range(d)]
            worker += f'noise = {text([[str(a * c) for c in v] for a in v])}\n'
        workers.append(worker)
    kind = {'perm-remainder': 'perm', 'perm-few': 'perm', 'rand-shared': 'rand', 'bernoulli-shared': 'bernoulli',
            'scaled-diagonal': 'scaled-perm', 'scaled-printed': 'scaled-perm'}.get(sketch, sketch)
    extra = {'perm': 'q = 1', 'perm-remainder': 'remainder = true', 'rand': 'q = 1', 'rand-shared': f'q = {rng.randint(1, d)}\nshared = true',
             'perm-few': 'q = 1' if n % d == 0 else 'remainder = true', 'bernoulli': 'p = "1/2"', 'bernoulli-shared': 'p = "1/3"\nshared = true',
             'block': 'q = 1\nshared = ' + str(list(range(d - n))), 'scaled-diagonal': 'reading = "diagonal"',
             'scaled-printed': 'reading = "printed"'}.get(sketch, '')
    if sketch == 'table':
        for weight in rng.choice([['1/2', '1/2'], ['1/3', '2/3'], ['1/4', '1/4', '1/2']]):
            C = []
            for _ in range(n):
                M = [['0'] * d for _ in range(d)]
                for a in range(d):
                    for c in range(a + 1):
                        M[a][c] = M[c][a] = rng.choice(['0', '1', '1', '2', '1/2'])
                C.append(M)
            extra += f'[[sketch.outcome]]\nweight = "{weight}"\nC = {text(C)}\n'
    schedule = rng.random() if 'schedule' not in off else 1
    steps = '[schedule]\nkind = "harmonic"\nc = "1/2"\n' if schedule < 0.12 else '[schedule]\nsteps = ["1/4", "1/8"]\n' if schedule < 0.3 else ''
    local = f'local_steps = {rng.randint(1, 3)}\n' if method == 'ist' else ''
    values = '[values]\nt = "3/2"\nv = ' + text(['1'] * d) + '\n' if rng.random() < 0.2 and 'values' not in off else ''
    start = '' if rng.random() < 0.2 else f'start = {text([rng.choice(entries) for _ in range(d)])}\n'
    return (f'name = "{name}"\nstep = "{rng.choice(["1/8", "1/4", "1/2", "1"])}"\n{start}[sketch]\nkind = "{kind}"\n{extra}\n'
            f'[method]\nkind = "{method}"\n{local}{"".join(workers)}{steps}{values}')


class Claims:
    """Writes the claims of one case. A context is (names in scope, mode, degree); modes are those of an E, None outside."""
    def __init__(self, rng, off=()):
        self.rng, self.off, self.nested, self.case = rng, set(off), 0, ''

    def on(self, word):
        return word not in self.off

    def chance(self, p, word=None):
        return (word is None or self.on(word)) and self.rng.random() < p

    def pick(self, options):
        """One of (weight, thunk)."""
        options = [o for o in options if o[0] > 0]
        return self.rng.choices([o[1] for o in options], [o[0] for o in options])[0]()

    def named(self, kind, scope):
        return [name for name, k in scope.items() if k == kind]

    def number(self):
        return self.rng.choice(['0', '1', '2', '3', '1/2', '0.5', '1.25', '2/3', '-1', '10', '02'])

    def small(self, scope, high=None):
        """An integer for an index, most often inside."""
        options = self.named('index', scope)
        if options and self.chance(0.4):
            return self.rng.choice(options)
        if self.chance(0.04, 'partial'):
            return self.rng.choice(['0', '4', '1/2', '-1', 'n + 1'])
        return self.rng.choice(['1', '1', '1', 'n', '2 - 1'] if high is None else [str(self.rng.randint(0, high))])

    def bind(self, scope, kind='index'):
        pool = ['i', 'j', 'k', 't', 'u', 'h'] if self.on('shadowing') else ['i', 'j', 'k', 'm']
        name = self.rng.choice(pool)
        while not self.on('shadowing') and name in scope:
            name += 'a'
        return name, {**scope, name: kind}

    def over(self, scope):
        if self.nested > 1:
            return '1..2'
        return self.rng.choice(['workers', 'coordinates', '1..2', '1..n', '1..d', '2..3', '0..1', f'1..{self.small(scope)}', '2..1'])

    def indices(self, name, scope):
        """The list of a quantifier, of which the first index is used."""
        made = self.rng.random()
        if made < 0.15:
            return f'{name}, {name}1 in {self.over(scope)}'
        return f'{name} in {self.over(scope)}' + (f', {name}1 in 1..2' if made < 0.3 else '')

    def s(self, depth, scope, mode=None, degree=0):
        """A scalar of at most this degree."""
        go = lambda k=degree: self.s(depth - 1, scope, mode, k)
        own = self.named('scalar', scope) + self.named('index', scope)
        leaves = [(4, self.number), (2 * bool(own), lambda: self.rng.choice(own)), (1, lambda: self.rng.choice(['n', 'd', 'gamma', 'local_steps'])),
                  (0.5, lambda: f'gamma[{self.small(scope, 2)}]'), (1, lambda: self.entry(0, scope, mode, degree)),
                  (0.15 * self.on('partial'), lambda: self.rng.choice(['q', 'p'])), (0.1 * self.on('rates') * (not mode), lambda: self.rng.choice(['rho_mean', 'rho_square'])),
                  (0.1 * self.on('theta_min') * (not mode), lambda: 'theta_min')]
        if depth <= 0:
            return self.pick(leaves)
        split = self.rng.randint(0, degree)
        plain = lambda: self.s(depth - 1, scope, mode, 0)
        return self.pick([
            (1, lambda: self.s(0, scope, mode, degree)), (3, lambda: f'({go()} {self.rng.choice("+-")} {go()})'),
            (2, lambda: f'({go(split)}*{go(degree - split)})'), (1, lambda: f'({go()}/{self.divisor(depth - 1, scope, mode)})'),
            (0.5, lambda: f'(-{go()})'), (0.6, lambda: f'({go(degree // 2)})^2'),
            (0.5, lambda: f'({plain()})^{self.rng.choice(["0", "1", "3", "-1", "-2", "-(2)", "(-2)"] if self.on("partial") else ["0", "1", "3"])}'),
            (0.4 * self.on('roots'), lambda: f'({self.nonnegative(depth - 1, scope, mode)})^(1/2)'), (2, lambda: self.entry(depth - 1, scope, mode, degree)),
            (1, lambda: f'inner({self.v(depth - 1, scope, mode, split)}, {self.v(depth - 1, scope, mode, degree - split)})'),
            (1, lambda: f'||{self.v(depth - 1, scope, mode, degree // 2)}||^2' + self.rng.choice(['', '', '_Lbar', '_I', '_(Lbar + I)'])),
            (0.5 * self.on('roots'), lambda: f'||{self.v(depth - 1, scope, mode, 0)}||'),
            (0.6, lambda: f'trace({self.m(depth - 1, scope, mode, degree)})'), (0.4, lambda: f'det({self.m(depth - 1, scope, mode, 0)})'),
            (0.7, lambda: f'f{self.rng.choice(["", "[1]"])}({self.v(depth - 1, scope, mode, degree // 2)})'),
            (0.5 * self.on('roots'), lambda: f'sqrt({self.nonnegative(depth - 1, scope, mode)})'), (0.5, lambda: f'abs({plain()})'),
            (0.4, lambda: f'ceil({plain()}, {self.rng.choice(["1", "1/2", "2"] + ["0"] * (self.chance(0.1, "partial")))})'),
            (0.35, lambda: f'surd({plain()})'), (0.8, lambda: f'{self.rng.choice(["min", "max"])}({plain()}, {plain()})'),
            (1.5, lambda: self.fold(depth, scope, mode, degree)),
            (0.8, lambda: f'(if {self.st(depth - 1, scope, mode)} then {go()} else {go()})'),
            (0.5 * self.on('eigenvalues'), lambda: f'{self.rng.choice(["lambda_max", "lambda_min"])}({self.sym(depth - 1, scope, mode)})'),
            (0.4 * self.on('eigenvalues'), lambda: f'{self.rng.choice(["lambda_max", "lambda_min"])}({self.sym(0, scope, mode)}, {self.rng.choice(["I", "I", "2*I", "Lbar"])})'),
            (0.3 * self.on('eigenvalues'), lambda: f'lambda_min_plus({self.sym(depth - 1, scope, mode)})'),
            (0.4, lambda: f'kron({self.m(0, scope, mode, 0)}, {self.m(0, scope, mode, 0)})[{self.small(scope)}, {self.small(scope)}]'),
            (0.5, lambda: f'||[[{self.v(depth - 1, scope, mode, degree // 2)}], [{self.v(0, scope, mode, degree // 2)}]]||^2'),
            (0.25 * self.on('eigenvalues'), lambda: f'spectral_radius({self.m(0, scope, mode, 0)})'),
            (2 if not mode else 0.4, lambda: self.expectation('s', depth, scope)), *self.applied('scalar', depth, scope, mode, degree)])

    def divisor(self, depth, scope, mode):
        if self.chance(0.1, 'partial'):
            return self.rng.choice(['0', '(n - n)', '(1 - 1)', '(d - 1)'])
        return self.rng.choice(['2', '3', 'n', 'd', '(n + 1)', 'gamma', f'(1 + abs({self.s(depth - 1, scope, mode, 0)}))'])

    def nonnegative(self, depth, scope, mode):
        if self.chance(0.08, 'partial'):
            return self.rng.choice(['-1', '(0 - n)'])
        return self.rng.choice(['2', '3', 'n', 'd', '4', '1/2', 'n + 1', '||x0||^2', '1/n'])

    def entry(self, depth, scope, mode, degree):
        if self.chance(0.1):
            return self.rng.choice(['[1, 2][1]', '[[1, 2], [3, 4]][2, 1]', '[1/2, n, 3][2]'])
        if self.chance(0.5):
            return f'({self.v(depth, scope, mode, degree)})[{self.small(scope)}]'
        return self.rng.choice([lambda: f'({self.m(depth, scope, mode, degree)})', lambda: 'Lbar', lambda: f'L[{self.small(scope)}]'])() + \
            f'[{self.small(scope)}, {self.small(scope)}]'

    def fold(self, depth, scope, mode, degree):
        self.nested += 1
        word = self.rng.choice(['sum', 'sum', 'mean'] + ['min', 'max'] * (not degree))
        name, inner = self.bind(scope)
        lists = f'{name} in {self.over(scope)}'
        if self.chance(0.45) and self.nested < 2:
            other, more = self.bind(inner)
            if other != name and self.chance(0.5):
                lists, inner = f'{name}, {other} in {self.over(scope)}', more
            elif other != name:
                lists, inner = lists + f', {other} in {self.rng.choice(["1..2", "1.." + name, "coordinates"])}', more
        made = f'{word}({lists} : {self.s(depth - 1, inner, mode, degree)})'
        self.nested -= 1
        return made

    def iterate(self, mode):
        kind, k = mode
        return f'x[{k}]' if kind == 'round' else f'x[{self.rng.choice(k)}]'

    def draws(self, mode):
        return mode is not None and mode[0] in ('draws', 'round')

    def v(self, depth, scope, mode=None, degree=0):
        own = self.named('vector', scope) + (self.named('drawn vector', scope) if self.draws(mode) else [])
        state = mode and mode[0] in ('round', 'rounds') and degree > 0
        leaves = [(2, lambda: 'ones'), (1, lambda: f'e({self.small(scope)})'), (2, lambda: 'x0'), (1, lambda: 'bbar'), (1, lambda: f'b[{self.small(scope)}]'),
                  (0.7 * self.on('partial'), lambda: 'xstar'), (0.5 * self.on('rates') * (not mode), lambda: 'xinf'), (2 * bool(own), lambda: self.rng.choice(own)),
                  (6 * bool(state), lambda: self.iterate(mode)), (1.5 * self.draws(mode), lambda: 'Cb')]
        if depth <= 0:
            return self.pick(leaves)
        go = lambda k=degree: self.v(depth - 1, scope, mode, k)
        name, inner = self.bind(scope)
        return self.pick([
            (2, lambda: self.v(0, scope, mode, degree)), (2, lambda: f'({go()} {self.rng.choice("+-")} {go()})'), (1, lambda: f'(-{go()})'),
            (1.5, lambda: f'({self.s(depth - 1, scope, mode, 0)}*{go()})'), (2, lambda: f'({self.m(depth - 1, scope, mode, 0)}*{go()})'),
            (1, lambda: f'grad f{self.rng.choice(["", "[1]"])}({go()})'), (1, lambda: f'vec({name} in coordinates : {self.s(depth - 1, inner, mode, degree)})'),
            (0.3, lambda: f"row({self.m(depth - 1, scope, mode, 0)}, {self.small(scope)})'"), (0.3, lambda: f'column({self.m(depth - 1, scope, mode, 0)}, {self.small(scope)})'),
            (0.5, lambda: f'diag({self.m(depth - 1, scope, mode, degree)})'), (1.5 * self.draws(mode), lambda: f'g({go()})'),
            (4 * bool(mode and mode[0] in ('step', 'rounds')) * self.on('step'), lambda: f'step({go()})'),
            (0.4, lambda: f'(if {self.st(depth - 1, scope, mode)} then {go()} else {go()})'),
            (0.6, lambda: f'{self.rng.choice(["sum", "mean"])}({name} in workers : {self.v(depth - 1, inner, mode, degree)})'),
            (1.5 if not mode else 0.2, lambda: self.expectation('v', depth, scope)), *self.applied('vector', depth, scope, mode, degree)])

    def m(self, depth, scope, mode=None, degree=0):
        own = self.named('matrix', scope) + (self.named('drawn matrix', scope) if self.draws(mode) else [])
        leaves = [(2, lambda: 'I'), (2, lambda: 'Lbar'), (1, lambda: f'L[{self.small(scope)}]'), (1, lambda: 'Dbar'), (0.5, lambda: f'D[{self.small(scope)}]'),
                  (0.5, lambda: f'noise[{self.small(scope)}]'), (3 * self.draws(mode), lambda: self.rng.choice(['Bbar', 'C[1]', f'C[{self.small(scope)}]'])),
                  (2 * bool(own), lambda: self.rng.choice(own)), (0.35 * self.on('rates') * (not mode), lambda: 'lyapunov')]
        if depth <= 0:
            return self.pick(leaves)
        go = lambda k=degree: self.m(depth - 1, scope, mode, k)
        one, inner = self.bind(scope)
        two = 'r' if one != 'r' else 's'
        split = self.rng.randint(0, degree)
        return self.pick([
            (2, lambda: self.m(0, scope, mode, degree)), (1, lambda: f'({go()} {self.rng.choice("+-")} {go()})'), (1, lambda: f'({go(split)}*{go(degree - split)})'),
            (1.2 * self.draws(mode), lambda: self.sandwich(scope, mode)), (0.6, lambda: f"({go()})'"), (0.7, lambda: f"({self.v(depth - 1, scope, mode, split)}*({self.v(depth - 1, scope, mode, degree - split)})')"),
            (0.5, lambda: f'({self.s(depth - 1, scope, mode, 0)}*{go()})'), (0.4, lambda: f'Diag({self.rng.choice([go, lambda: self.v(depth - 1, scope, mode, degree)])()})'),
            (0.4, lambda: f'sym({go()})'), (0.6, lambda: f'pinv({go(0)})'), (0.3, lambda: f'[[{go()}, {self.rng.choice(["0", go()])}], [0, {go()}]][{self.small(scope)}, {self.small(scope)}]*{go(0)}' if not degree else go()),
            (0.3, lambda: f'kron([[{self.number()}]], {go(0)})'), (0.4 * self.on('partial'), lambda: f'inverse({go(0)})'), (0.3, lambda: f'({go(0)})^{self.rng.choice(["2", "0", "1"] + ["-1"] * self.on("partial"))}'),
            (0.6, lambda: f'mat({one} in coordinates, {two} in coordinates : {self.s(depth - 1, {**inner, two: "index"}, mode, degree)})'),
            (0.4, lambda: f'{self.rng.choice(["sum", "mean"])}({one} in workers : {self.m(depth - 1, inner, mode, degree)})'),
            (1.5 if not mode else 0.2, lambda: self.expectation('m', depth, scope)), *self.applied('matrix', depth, scope, mode, degree)])

    def applied(self, kind, depth, scope, mode, degree):
        """The names of this kind with arguments, as options."""
        def use(name, kinds, by):
            make = {'scalar': self.s, 'vector': self.v, 'matrix': self.m}
            low = degree // by if by else 0
            arguments = [make[k](depth - 1, scope, mode, low) for k in kinds]
            if self.chance(0.03):
                arguments = arguments[1:] + self.rng.choice([[], ['n'], ['1', '2']])  # too few, of another kind, or too many
            return name + ('(' + ', '.join(arguments) + ')' if arguments else '')
        return [(2.5, lambda one=one: use(*one[1:])) for one in self.functions if one[0] == kind]

    def define(self, name, lines):
        """One or two names with arguments, as `let` or before the claim; returns what stands before the claim."""
        before, made = '', self.rng.sample(ARGUMENTS, self.rng.choice([1, 1, 2]))
        for number, (kind, arguments, body, by) in enumerate(made):
            parts = [a.split(':') for a in arguments.split(', ') if a]
            word = 'define' if not parts or self.chance(0.5) else 'let'
            own = f'F{number}' if word == 'let' else f'F{number}_{name.replace("-", "_")}'
            if self.chance(0.06):
                body = self.rng.choice([body + ' + 0*late', body.replace('n', 'Late'), body + f' + {own}', body + ' + 0*gamma[0]', body + ' + Dbar[1, 1]'])
            elif number and self.chance(0.4) and made[0][0] == 'scalar' == kind and len(self.functions[0][2]) == len(parts) == 1:
                body = f'{self.functions[0][1]}({parts[0][0]}) + 1'
            head = f'{word} {own}' + ('(' + self.rng.choice([', ', ',']).join(a for a, _ in parts) + ')' if parts else '') + f' = {body}'
            if word == 'let':
                lines.append(head)
            else:
                before += head + '\n'
            self.functions.append((kind, own, [k for _, k in parts], by))
        return before

    def sandwich(self, scope, mode):
        """A product that has a closed form if both sides are one random matrix."""
        own = self.named('drawn matrix', scope)
        side = lambda: self.rng.choice([*own, 'Bbar', 'C[1]', 'C[n]', f'C[{self.small(scope)}]'])
        one = side()
        return f'({one}*{self.sym(0, scope)}*{self.rng.choice([one, side(), {"C[1]": "C[n]", "C[n]": "C[1]"}.get(one, one)])})'

    def sym(self, depth, scope, mode=None):
        leaf = lambda: self.rng.choice(['I', 'Lbar', 'Dbar', 'L[1]', 'noise[n]'] + (['Bbar', 'C[1]'] if self.draws(mode) else [])
                                       + self.named('symmetric', scope) + self.named('positive', scope))
        if depth <= 0:
            return leaf()
        go = lambda: self.sym(depth - 1, scope, mode)
        return self.pick([(2, leaf), (2, lambda: f'({go()} {self.rng.choice("+-")} {go()})'), (1, lambda: f'({self.number()}*{go()})'), (1, lambda: f'(-{go()})'),
                          (1, lambda: (lambda a: f'({a}*{go()}*{a})')(leaf())), (0.7, lambda: f'sym({self.m(depth - 1, scope, mode, 0)})'),
                          (0.7, lambda: (lambda u: f"({u}*({u})')")(self.v(0, scope, mode, 0))), (0.5, lambda: f'Diag({self.v(0, scope, mode, 0)})'),
                          (0.5, lambda: f'({leaf()})^2'), (0.5, lambda: f'mean(i in workers : L[i])' if 'i' not in scope else 'Lbar'),
                          (1.5 if not mode else 0, lambda: f'E[{self.sym(depth - 1, scope, ("draws", None))}]')])

    def mode(self):
        """What stands in an E: draws; draws beside one round; several rounds and step; step; nothing."""
        infinite = ['infinity'] if self.on('infinity') and self.chance(0.7) else []
        rounds = ['0', '1', '2', '1 + 1'] + infinite
        return self.pick([(3, lambda: ('draws', None)), (2 * self.on('iterates'), lambda: ('round', self.rng.choice(rounds[:3] + infinite))),
                          (1.5 * self.on('iterates'), lambda: ('rounds', rounds)), (1.3 * self.on('step'), lambda: ('step', None)), (0.3, lambda: ('plain', None))])

    def expectation(self, kind, depth, scope):
        mode = self.mode()
        if mode[0] == 'draws' and self.chance(0.35):
            made = self.sandwich(scope, mode)
            return 'E[' + {'s': f'trace({made})', 'v': f'({made}*{self.v(0, scope)})', 'm': made}[kind] + ']'
        degree = {'s': 2, 'v': 1, 'm': 2}[kind] if mode[0] in ('round', 'rounds') else 0
        return f'E[{getattr(self, kind)(depth - 1, scope, mode, degree)}]'

    def relation(self, depth, scope, mode):
        go = lambda: self.s(depth - 1, scope, mode, 0)
        signs = ['=', '!=', '<', '<=', '>', '>=', '≤', '≥', '≠'][:9 if self.on('words') else 6]
        return self.pick([
            (4, lambda: f'{go()} {self.rng.choice(signs)} {go()}'), (1, lambda: f'{go()} {self.rng.choice(signs)} {go()} {self.rng.choice(signs)} {go()}'),
            (1, lambda: f'{self.v(depth - 1, scope, mode, 0)} {self.rng.choice(["=", "!="])} {self.rng.choice(["0", self.v(depth - 1, scope, mode, 0)])}'),
            (0.7, lambda: f'{self.m(depth - 1, scope, mode, 0)} {self.rng.choice(["=", "!="])} {self.m(depth - 1, scope, mode, 0)}'),
            (1.2 * self.on('loewner'), lambda: f'{self.sym(depth - 1, scope, mode)} {self.rng.choice(["<<=", "<<", ">>=", ">>"])} {self.rng.choice(["0", self.sym(depth - 1, scope, mode)])}')])

    def st(self, depth, scope, mode=None):
        own = self.named('statement', scope)
        if depth <= 0:
            return self.rng.choice(own) if own and self.chance(0.3) else self.relation(1, scope, mode)
        go = lambda: self.st(depth - 1, scope, mode)
        name, inner = self.bind(scope)
        kind = self.rng.choice(['scalar', 'integer'])
        other, more = self.bind(scope, 'scalar')
        return self.pick([
            (4, lambda: self.relation(depth, scope, mode)), (0.8, lambda: f'({go()} and {go()})'), (0.8, lambda: f'({go()} or {go()})'), (0.8, lambda: f'(not {go()})'),
            (0.7, lambda: f'({go()} {self.rng.choice(["=>", "implies"])} {go()})'), (0.6, lambda: f'({go()} {self.rng.choice(["<=>", "iff"])} {go()})'), (0.8, lambda: f'defined({self.partial(depth, scope, mode)})'),
            (0.4, lambda: f'rational({self.s(depth - 1, scope, mode, 0)})'), (0.4, lambda: f'(if {go()} then {go()} else {go()})'),
            (1.2 * self.on('quantifiers'), lambda: f'({self.rng.choice(["forall", "exists"])} {self.indices(name, scope)} : {self.st(depth - 1, inner, mode)})'),
            (0.15 * self.on('kinds'), lambda: f'({self.rng.choice(["forall", "exists"])} {other} : {kind} : {self.st(0, more, mode)})'),
            *self.applied('statement', depth, scope, mode, 0), (0.7 * self.on('outcomes') * (not mode), lambda: f'(for every outcome : {self.st(depth - 1, scope, ("draws", None))})')])

    def partial(self, depth, scope, mode=None):
        """An expression that often has no value."""
        faults = ['1/(n - n)', 'x0[d + 1]', 'L[n + 1]', 'e(0)', 'ones[1/2]', 'inverse(Lbar - Lbar)', '0^(-1)', 'b[0]', 'Lbar[1, 0]', 'gamma[-1]',
                  '(I - I)^(-1)', 'min(i in 2..1 : i)', 'mean(i in 1..0 : i)', 'E[x[-1]]', '2^(1/3)', 'ceil(1, 0)', 'q', 'p', 'sum(i in 1..1/2 : i)',
                  'E[C[n + 1]]', 'E[C[1][1, d + 1]]', 'inverse(ones*ones\' - ones*ones\')', '||x0||^2_(I*Lbar*0 + ones*e(1)\')', 'lambda_max(ones*e(1)\' + 0*I)',
                  'lambda_max(I, -I)', 'E[if C[1][1, 1] > 0 then 1 else 1/0]', 'mat(i in 1..2, j in 2..1 : 1)']
        if self.on('roots'):
            faults += ['sqrt(-1)', '(-1)^(1/2)', '||ones||_(-I)']
        if self.on('iterates') and self.on('infinity'):
            faults += ['E[x[infinity]]']
        if self.chance(0.75, 'partial'):
            return self.rng.choice(faults)
        return self.rng.choice([self.s, self.v, self.m])(depth - 1, scope, mode, 0)

    def identity(self, depth, scope):
        """A statement that is true wherever its parts have values."""
        a, b, v, w, m = self.s(depth, scope), self.s(depth - 1, scope), self.v(depth - 1, scope), self.v(depth - 1, scope), self.m(depth - 1, scope)
        mode = self.mode()
        many = mode[0] in ('round', 'rounds')
        x, y = self.s(depth - 1, scope, mode, 2 * many), self.s(depth - 1, scope, mode, 2 * many)
        z, u = self.v(depth - 1, scope, mode, int(many)), self.v(depth - 1, scope, mode, int(many))
        return self.rng.choice([
            f'{a} = ({a} + 1) - 1', f'{a} + {b} = {b} + {a}', f'{a}*({b} + 2) = {a}*{b} + 2*{a}', f'inner({v}, {w}) = inner({w}, {v})', f'||{v} + {w}||^2 >= 0',
            f'||{v}||^2 = ({v})\'*({v})', f"({m})'' = {m}", f'{v} = {v} + 0*{w}', f'trace({m}*I) = trace({m})', f'E[{x} + {y}] = E[{x}] + E[{y}]',
            f'E[{z} - {u}] = E[{z}] - E[{u}]', f'E[{x}] = E[E[{x}]]', f'E[inner({z}, {u})] = E[inner({u}, {z})]', f'E[||{z}||^2] >= ||E[{z}]||^2', f'E[2*{x}] = 2*E[{x}]',
            f'{a} <= {a} < {a} + 1', f'{a} = {b} <=> {b} = {a}', f'({a} > {b}) => not ({a} <= {b})', f'min({a}, {b}) <= max({a}, {b})', f'abs({a}) >= {a}',
            f'{self.sym(1, scope)} <<= {self.sym(1, scope)} + 0*I or 1 = 1', f'sum(i in 1..2 : {self.number()}*i) = 3*({a} - {a}) + sum(j in 1..2 : 0) + sum(k in 1..2 : k)',
            f'E[vec(i in coordinates : ({z})[i])] = E[{z}]', f'E[trace({z}*({u})\')] = E[inner({z}, {u})]'])

    def claim(self, name):
        rng, scope, lines, before = self.rng, {}, [], ''
        self.functions = []
        if self.chance(0.03, 'families'):
            return self.family_claim(name)
        for said in ('title "a \\"claim\\""', 'source "a paper"', 'source "a paper" "(1)"', 'note "of \u03b3"', 'proof proves Ist.one', 'proof part Ist "a half"', 'proof related Ist.one.two "it"',
                     'repairs other-1', 'loose because "it is"', 'expect holds', 'expect refuted because "it is false"', 'expect refuted because "so"  proof refutes Ist.one'):
            if self.chance(0.015):
                lines.append(said)
        if any('expect h' in line for line in lines):
            lines = [line for line in lines if 'expect r' not in line]
        if any('expect r' in line for line in lines):
            lines = [line for line in lines if 'proof proves' not in line]
        if self.chance(0.18):
            rule = rng.choice([r for r in [*FAULTS, 'F12'] if self.on(r)])  # F12 has one example more than most
            fault = rng.choice(FAULTS[rule])
            before, conclusion = fault if isinstance(fault, tuple) else ('', fault)
            if rule not in ('F1', 'F2', 'F9') and not before and self.chance(0.4):
                conclusion = rng.choice([f'not ({conclusion})', f'1 = 1 and ({conclusion})', f'(1 = 0) => ({conclusion})', f'forall z in 1..1 : {conclusion}'])
            return f'claim {name} {{\n  {before}\n  conclude {conclusion}\n}}\n'
        if self.chance(0.17, 'settings'):
            lines.append('setting ' + rng.choice(['n = d', 'd >= 1', 'noiseless', 'heterogeneous', 'interpolation', 'sketch = perm | rand | identity', 'method = ist | gradient',
                                                  'reading = diagonal', 'reading = printed | diagonal', 'd = 2', 'n >= 2, d <= 3', 'noisy', 'homogeneous', self.st(1, scope)]))
        if self.chance(0.02, 'case-setting'):
            lines.append(f'setting case = {rng.choice(["other", "case1 | other-1"])} | "{self.case}"')
        if self.chance(0.1, 'arguments'):
            before = self.define(name, lines)
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            self.declare(lines, scope)
        if self.chance(0.3, 'assume'):
            lines.append('assume ' + rng.choice(['', '', '"first" ']) + (self.st(1, scope) if self.chance(0.6) else rng.choice(['n > 5', '1 = 2', 'not defined(x0)', 'd < n - 3'])))
        for _ in range(rng.choice([1, 1, 1, 2])):
            made = rng.random()
            if made < 0.45:
                lines.append('conclude ' + rng.choice(['', '', '', '"it" ']) + self.identity(2, scope))
            elif made < 0.53 and self.on('partial'):
                one = self.partial(1, scope)
                lines.append(f'conclude {one} = {one}')
            else:
                lines.append('conclude ' + self.st(rng.choice([1, 2, 2, 3]), scope))
        if self.chance(0.15, 'let'):
            at = rng.randint(0, len(lines))
            lines.insert(at, f'let z{at} = ' + rng.choice(['2', 'n', 'n = d', 'sqrt(2)', 'E[C[1]]']))
        return before + f'claim {name} {{\n' + ''.join(f'  {line}\n' for line in lines) + '}\n'

    def family_claim(self, name):
        """A claim about instances of its own."""
        rng = self.rng
        sketch = rng.choice(['identity', 'perm', 'rand', 'unit-perm', 'scaled-perm', 'identity', 'rand'])
        square = sketch in ('perm', 'unit-perm', 'scaled-perm')
        n, d = rng.choice([('m', 'm'), ('2', '2')]) if square else rng.choice([('1', 'm'), ('m', '2'), ('2', 'm'), ('m', 'm'), ('2', '1')])
        low = 0 if self.chance(0.05, 'partial') else 1
        entry = rng.choice(['if j = k then i + m else 0', 'if j = k then j else 1/2', 'j*k', 'm', '1/i', 'sqrt(j*k)'])
        parts = [f'n = {n}', f'd = {d}', f'L(i) = mat(j in 1..{d}, k in 1..{d} : {entry})', f'b(i) = vec(j in 1..{d} : {rng.choice(["j", "i - j", "m/2", "0"])})',
                 f'sketch = {sketch}']
        parts += [part for part in ('q = 1', 'gamma = 1/4', f'x0 = vec(j in 1..{d} : j)', f'method = {rng.choice(METHODS)}') if self.chance(0.4)]
        rng.shuffle(parts)
        lines, scope = [f'family m in {low}..{low + rng.randint(1, 2)} {{ {"  ".join(parts)} }}'], {}
        if self.chance(0.3):
            lines.append('forall t in 1..2')
            scope['t'] = 'index'
        if self.chance(0.2):
            lines.append('let w = ' + self.v(1, {}))
        for _ in range(rng.choice([1, 1, 2])):
            k = rng.choice(['1', '2', '1', '2 - 1', 't' if scope else '1'] + ['4', '1/2'] * self.chance(0.3, 'partial'))
            lines.append(rng.choice(['conclude ', 'conclude ', 'assume ']) + rng.choice([
                lambda: f'at({k} : {self.st(1, scope)})', lambda: f'at({k} : {self.identity(1, scope)})', lambda: f'forall k in 1..2 : at(k : {self.identity(1, {"k": "index"})})',
                lambda: f'at({k} : {self.s(1, scope)}) {rng.choice(["=", "<=", "!="])} at({rng.choice([k, "1"])} : {self.s(1, scope)})',
                lambda: f'exists k in 1..2 : at(k : {self.st(1, {"k": "index"})})', lambda: f'defined(at({k} : {self.partial(1, scope)}))',
                lambda: f'at({k} : d) >= 1' if not self.on('at-matrix') else f'at({k} : {self.m(1, scope)}) = at(1 : {self.m(0, scope)})'])())
        return f'claim {name} {{\n' + ''.join(f'  {line}\n' for line in lines) + '  conclude at(1 : d) >= 1\n}\n'

    def declare(self, lines, scope):
        rng, free = self.rng, [v for v in ('t', 'u', 'v', 'w', 'h', 'i', 'A', 'R', 'Z', 'y') if v not in scope]
        if self.chance(0.5, 'let'):
            name, kind = rng.choice(free), rng.choice(['scalar', 'scalar', 'vector', 'matrix', 'statement', 'drawn matrix', 'drawn vector'])
            if self.chance(0.1):
                name = rng.choice([x for x in ('Dbar', 'Bbar', 'theta_min') if not any(x in line for line in lines)] or [name])
            value = {'scalar': lambda: self.s(2, scope), 'vector': lambda: self.v(2, scope), 'matrix': lambda: self.m(2, scope), 'statement': lambda: self.st(1, scope),
                     'drawn matrix': lambda: self.m(1, scope, ('draws', None)), 'drawn vector': lambda: self.v(1, scope, ('draws', None))}[kind]()
            lines.append(f'let {name} = {value}')
            if name in ('Bbar', 'Dbar', 'theta_min'):
                return
            scope[name] = kind
        elif self.chance(0.15, 'gamma') and 'gamma' not in scope and not any('gamma' in l or 'step' in l or 'x' in l or 'rho' in l or 'lyap' in l for l in lines):
            lines.append('forall gamma : scalar try ' + rng.choice(['1/8', '1/4, -1/8', 'gamma', '0..1 by 1/2']))
            scope['gamma'] = 'scalar'
        elif self.chance(0.15, 'x0') and 'x0' not in scope and not any('x' in l for l in lines):
            lines.append('forall x0 : vector try ' + rng.choice(['ones', 'e(1), 2*ones', 'x0', '-e(d)']))
            scope['x0'] = 'own'
        elif self.on('variables'):
            name = rng.choice(free)
            form = rng.choice(['range', 'range', 'scalar', 'integer', 'vector', 'symmetric', 'positive', 'matrix'] if self.on('matrices') else ['range', 'scalar', 'vector'])
            if form == 'range' and self.on('ranges'):
                before = self.named('index', scope) + ['n']
                lines.append(f'forall {name} in ' + rng.choice([f'1..{before[0]}', '1..n', '1..3', '0..2', '1..4 by 2', '0..3 by n', 'n..d', '2..1', '1..d', '-1..1'] + ['1/2..3', '1..2 by 0'] * self.chance(0.05, 'partial')))
                scope[name] = 'index' if lines[-1].split()[-1] in ('1..n', '1..d') else 'scalar'
            elif form in ('scalar', 'integer', 'range'):
                lines.append(f'forall {name} : {"scalar" if form == "range" else form} try ' + rng.choice(['1', '0, 1', '1/2, 2', 'n, n + 1', '0..1 by 1/3', '-2..2', self.s(1, scope)]))
                scope[name] = 'scalar'
            else:
                tries = {'vector': ['ones', 'x0, e(1)', 'bbar'], 'matrix': ['I', 'Lbar, ones*e(1)\''], 'symmetric': ['Lbar', 'I, -I', 'L[1]'], 'positive': ['I', '2*I, Lbar']}[form]
                lines.append(f'forall {name} : {form} try ' + rng.choice(tries))
                scope[name] = form if form in ('vector', 'matrix') else form
        return


def batch(seed, size, off=()):
    """(case file, list of claims), all from the seed."""
    rng = random.Random(seed)
    case = make_case(rng, f'case{seed}', off, seed % 1000000)
    claims = Claims(rng, off)
    claims.case = f'case{seed}'
    return case, [claims.claim(f'c{seed}-{i}') for i in range(size)]
