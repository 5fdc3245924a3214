"""Random methods as text on small cases, the same for the same seed: affine by construction, or with one rule broken."""
from fractions import Fraction

MOST_OUTCOMES = 72
NUMBERS = ['1/2', '1/3', '2', '3/4', '1', 'gamma', '-1/2']
ENTRIES = ['0', '1', '-1', '2', '1/2']
# What breaks a rule of section 17, at the end of a body in which x is a block and h[i in workers] another.
BROKEN = {
    'degree': ["x <- inner(x, x)*x", "let bad = ||x||^2", "let bad = x*x'", "h[i] <- h[i]*(x)[1]", "x <- f(x)*ones"],
    'probability of the state': ['draw bad from coin((x)[1])', 'draw bad from workers weight (x)[1]',
                                 'draw bad from workers weight 1/n + 0*(h[bad])[1]'],
    'choice by the state': ['x <- if (x)[1] > 0 then x else 0*x', 'x <- e((x)[1])', 'h[(x)[1]] <- x', 'x <- x/(x)[1]',
                            'for t in 1..(x)[1] { x <- 2*x }', 'draw bad from subsets(workers, (x)[2])'],
    'weights': ['draw bad from workers weight 1/(n + 1)', 'draw bad from 1..2 weight bad', 'draw bad from coin(3/2)',
                'draw bad from coin(-1/5)', 'draw bad from 1..2 weight 2*bad - 2.5'],
    'indices': ['x <- h', 'x <- h[1, 2]', 'x[1, 1] <- x', 'h <- x', 'x[i] <- x', 'draw bad[i in workers] from coin(1/2) x <- bad*x',
                'let bad[i in workers, j in workers] = x x <- bad[1]', 'draw bad from noise x <- x + bad', 'x <- grad f[1, 2](x)',
                'draw bad[i in workers] from deals(coordinates, 2)', 'draw bad[i in workers] from sketch'],
    'unknown names': ['bad <- x', 'x <- bad', 'x <- bad(x)', 'let bad = x bad <- x', 'draw bad from coin(1/2) bad <- x', 'gamma <- x',
                      'n <- 2', 'x <- x + C[1]*x', 'x <- (rho_mean)*x', 'x <- x[2]', 'x <- E[x]', 'x <- Bbar*x', 'x <- step(x)',
                      'x <- next(x)', 'x <- limit(x)', 'for t in bad { x <- 2*x }', 'x <- keep(bad)*x'],
    'names twice': ['let x = 0*ones', 'let bad = x let bad = x', 'draw gamma from coin(1/2)', 'let n = 2', 'for h in workers { x <- 2*x }',
                    'let bad[h in workers] = x', 'for i in workers { let bad[i in workers] = x }', 'for k in bad { x <- x }'],
    'scopes': ['for t in 1..2 { let bad = 2*x } x <- bad', 'for t in 1..2 { x <- 2*x } x <- t*x',
               'let bad[i in workers] = i*x x <- i*x'],
    'sets': ['draw bad from subsets(coordinates, 1) x <- x*bad', 'draw bad from permutations(workers) x <- keep(bad + bad)*x',
             'draw bad from permutations(workers) x <- keep(2*bad)*x', 'draw bad from permutations(workers) x <- keep(-bad)*x',
             'draw bad from subsets(workers, 1) x <- if bad = bad then x else x', 'draw bad from subsets(workers, 1) x <- bad[1]*x',
             'draw bad from subsets(workers, 1) let worse = sum(l in workers : bad)', 'x <- sum(l in x : x)', 'x <- if 1 in x then x else x'],
    'shapes': ['x <- I', 'x <- 1', 'x <- [1, 2, 3, 4, 5]', "x <- x'", 'x <- x + I', 'x <- I + x', 'x <- 1 = 1', 'x <- if n then x else x',
               'local bad = I', 'x <- keep(1)*x', 'draw bad from subsets(workers, 1) x <- bad*x', 'let bad = 2 for t in bad { x <- x }'],
    'grammar': ['x < - x', 'x <-', '<- x', 'draw bad from', 'draw bad from coin()', 'draw bad from coin(1/2', 'let = x', 'for t in 1.. { }',
                'x <- x }', 'x <- sum(i in workers x)', 'x = x', 'draw from workers', 'draw bad workers', 'parameter', 'state y :',
                'let bad x', 'x <- 1e5*x', 'x <- $x', 'state h', 'draw bad from subsets(workers)', 'local = x']}


class Text:
    """A method and its case. Names in scope are kept as what may be written: blocks {name: set of its index or None},
    weights of degree 0, indices of workers and of coordinates, sets of both that were drawn, and matrices."""
    def __init__(self, rng, name):
        self.rng, self.name = rng, name
        self.n, self.d = rng.choice([(2, 2), (2, 2), (3, 2), (2, 3)])
        self.outcomes, self.fresh, self.noisy = 1, 0, False
        self.blocks = {'x': None}
        self.numbers, self.coins = list(NUMBERS), []
        self.workers, self.coordinates = ['1', 'n'], ['1', 'd']
        self.sets, self.kept, self.orders = [], [], []
        self.matrices, self.vectors = ['Lbar', 'I'], ['bbar', 'ones', 'xstar']
        self.parameters, self.given, self.data = [], {}, {}
        self.sketched, self.locals, self.body = False, set(), []
        self.write()

    # ---- the text
    def new(self, letter):
        self.fresh += 1
        return f'{letter}{self.fresh}'

    def pick(self, *from_):
        return self.rng.choice(from_)

    def write(self):
        rng = self.rng
        states = ['x']
        for _ in range(rng.choice([0, 1, 1, 2])):
            name, kind = self.new('u'), rng.choice(['plain', 'workers', 'range'])
            if sum(self.count(b) for b in self.blocks) + (1 if kind == 'plain' else 2 if kind == 'range' else self.n) > 5:
                continue
            start = self.pick('', ' start 0', ' start x', ' start grad f(x)', ' start 2*x - ones')
            among = {'plain': None, 'workers': 'workers', 'range': '1..2'}[kind]
            if among == 'workers' and rng.random() < 0.4:
                start = ' start grad f[i](x)'
            states.append(f'{name}{"" if among is None else f"[i in {among}]"}{start}')
            self.blocks[name] = among
        lines = []
        if rng.random() < 0.5:
            name = self.new('alpha')
            self.given[name] = self.pick('"1/3"', '"2/5"', '1')
            self.numbers.append(name)
            self.parameters.append(f'{name} : scalar')
        if rng.random() < 0.2:
            name = self.new('eta')
            self.given[name] = '["1/2", "1/3", "1/5"]'
            self.numbers.append(name)
            self.parameters.append(f'{name} : scalar')
        if rng.random() < 0.2:
            name = self.new('shift')
            self.given[name] = str(['1/2'] * self.d).replace("'", '"')
            self.vectors.append(name)
            self.parameters.append(f'{name} : vector')
        if rng.random() < 0.1:
            self.numbers.append('k/(k + 2)')
        if self.parameters:
            lines.append('parameter ' + ', '.join(self.parameters))
        if rng.random() < 0.3:
            lines.append('data M : matrix(m, d), w : vector(m), s : scalar')
            rows = self.pick(2, 3)
            self.data = {'M': [[rng.choice(ENTRIES) for _ in range(self.d)] for _ in range(rows)],
                         'w': [str(Fraction(1, rows))] * rows, 's': '3/4'}
            self.matrices.append("M'*M")
            self.numbers += ['s', 'w[1]', 'M[m, 1]']
            self.vectors += ["row(M, 2)'", "M'*w", "column(M'*M, d)"]
            if self.outcomes * rows <= MOST_OUTCOMES:
                j = self.new('j')
                self.outcomes *= rows
                self.body = [f'draw {j} from 1..m weight w[{j}]']
                self.vectors.append(f"row(M, {j})'")
        lines.append('state ' + ', '.join(states))
        body = self.body
        for _ in range(rng.choice([1, 2, 3, 4])):
            body += self.step(2)
        body += self.update()
        self.lines = lines + body

    def count(self, block):
        return {None: 1, 'workers': self.n, '1..2': 2}[self.blocks[block]]

    def step(self, depth):
        kind = self.pick('let', 'let', 'draw', 'draw', 'draw', 'local', 'update', 'for', 'for')
        return self.loop(depth - 1) if kind == 'for' and depth else getattr(self, 'let' if kind == 'for' else kind)()

    def scope(self):
        return {k: v.copy() for k, v in vars(self).items() if k in ('blocks', 'numbers', 'coins', 'workers', 'coordinates', 'sets', 'kept',
                                                                    'orders', 'matrices', 'vectors')}

    def index(self, name, among):
        """What an index may do where it is bound."""
        if among != '1..2':
            (self.coordinates if among == 'coordinates' else self.workers).append(name)
        elif self.n >= 2:
            self.workers.append(name)
            self.coordinates.append(name)

    def let(self, word='let'):
        name = self.new('z')
        if self.rng.random() < 0.4:
            before, i = self.scope(), self.new('i')
            self.index(i, 'workers')
            value = self.vector(2)
            vars(self).update(before)
            self.blocks[name] = 'workers'
            return [f'{word} {name}[{i} in workers] = {value}']
        if word == 'let' and self.rng.random() < 0.2:
            value = self.number()
            self.numbers.append(name)
            return [f'let {name} = {value}']
        value = self.vector(2)
        self.blocks[name] = None
        return [f'{word} {name} = {value}']

    def local(self):
        found = self.let('local')
        name = found[0].split()[1].split('[')[0]
        if name in self.blocks:
            self.locals.add(name)
        return found

    def update(self):
        own = [b for b in self.blocks if b == 'x' or b[0] == 'u' or b in self.locals]
        found = []
        for b in self.rng.sample(own, min(len(own), self.pick(1, 1, 2, 3))):
            if self.blocks[b] is None:
                found.append(f'{b} <- {self.vector(3)}')
                continue
            before = self.scope()
            if self.rng.random() < 0.4 and self.blocks[b] == 'workers':
                index = self.rng.choice(self.workers)
            else:
                index = self.new('i')
                self.index(index, self.blocks[b])
            found.append(f'{b}[{index}] <- {self.vector(3)}')
            vars(self).update(before)
        return found

    def loop(self, depth):
        before, i, outcomes, drawn = self.scope(), self.new('t'), self.outcomes, (self.sketched, self.noisy)
        domains = [('1..2', '1..2', 2), ('workers', 'workers', self.n), ('2..n', 'workers', self.n - 1), ('coordinates', 'coordinates', self.d)]
        domains += [(s, 'workers', self.n) for s in self.sets] + [(f'workers without {s}', 'workers', self.n) for s in self.sets]
        domains += [(s, 'coordinates', self.d) for s in self.kept + self.orders]
        among, kind, passes = self.rng.choice(domains if self.rng.random() < 0.5 else domains[-4:])
        self.index(i, kind)
        body = [line for _ in range(self.pick(1, 2)) for line in self.step(depth)] + self.update()
        vars(self).update(before)
        inner = self.outcomes // outcomes
        if outcomes * inner**passes > MOST_OUTCOMES:
            self.outcomes, (self.sketched, self.noisy) = outcomes, drawn
            return []
        self.outcomes = outcomes * inner**passes
        return [f'for {i} in {among} {{', *('  ' + line for line in body), '}']

    def draw(self):
        kind = self.pick('coin', 'coins', 'element', 'weighted', 'coordinate', 'subsets', 'kept', 'order', 'permutation', 'deals', 'rand',
                         'rands', 'sketch', 'noise', 'dependent')
        n, d = self.n, self.d
        sizes = {'coin': 2, 'coins': 2**n, 'element': n, 'weighted': n, 'coordinate': d, 'subsets': n, 'kept': d, 'order': d if d < 3 else 6,
                 'permutation': n if n < 3 else 6, 'deals': {2: 2, 3: 6}[d], 'rand': d, 'rands': d**n, 'sketch': d**n, 'noise': 1, 'dependent': 2}
        if self.outcomes * sizes[kind] > MOST_OUTCOMES or (kind == 'sketch' and self.sketched):
            return []
        self.outcomes *= sizes[kind]
        name = self.new({'coin': 'c', 'coins': 'c', 'dependent': 'c', 'noise': 'xi'}.get(kind, 'j'))
        if kind == 'coin':
            self.coins.append(name)
            return [f'draw {name} from coin({self.pick("1/2", "1/3", "gamma", "1/n")})']
        if kind == 'dependent':
            p = self.pick(f'1/({self.rng.choice(self.workers)} + 1)', f'if {self.condition()} then 1/2 else 1/3')
            self.coins.append(name)
            return [f'draw {name} from coin({p})']
        if kind == 'coins':
            self.coins.append(f'{name}[{self.pick("1", "n")}]')
            self.matrices.append(f'sum(l in workers : {name}[l]*L[l])')
            return [f'draw {name}[i in workers] from coin({self.pick("1/2", "1/(i + 1)")})']
        if kind == 'element':
            self.workers.append(name)
            return [f'draw {name} from {self.pick("workers", "1..n")}']
        if kind == 'weighted':
            self.workers.append(name)
            return [f'draw {name} from workers weight if {name} = 1 then 1/2 else 1/(2*(n - 1))']
        if kind == 'coordinate':
            self.coordinates.append(name)
            return [f'draw {name} from coordinates']
        if kind == 'subsets':
            self.sets.append(name)
            return [f'draw {name} from subsets(workers, {self.pick("1", "n - 1")})']
        if kind == 'kept':
            self.kept.append(name)
            return [f'draw {name} from subsets(coordinates, {self.pick("1", "d - 1")})']
        if kind in ('order', 'permutation'):
            (self.orders if kind == 'order' else self.sets).append(name)
            return [f'draw {name} from permutations({"coordinates" if kind == "order" else "workers"})']
        if kind == 'deals':
            self.kept.append(f'{name}[{self.pick("1", "2")}]')
            return [f'draw {name} from deals(coordinates, 2)']
        if kind == 'rand':
            self.matrices.append(name)
            return [f'draw {name} from rand({self.pick("1", "d - 1")})']
        if kind == 'rands':
            self.matrices.append(f'{name}[{self.rng.choice(self.workers)}]')
            return [f'draw {name}[i in workers] from rand(1)']
        if kind == 'sketch':
            self.sketched = True
            self.matrices.append('C[1]')
            self.matrices.append('sum(l in workers : C[l])')
            return ['draw C from sketch']
        self.noisy = True
        self.blocks[name] = 'workers'
        return [f'draw {name}[i in workers] from noise']

    # ---- expressions
    def vector(self, depth):
        """Affine in the state."""
        kind = self.pick('block', 'block', 'fixed') if depth == 0 else self.pick(
            'block', 'block', 'gradient', 'local gradient', 'product', 'scaled', 'step', 'add', 'mean', 'sum', 'if', 'entry', 'inner', 'vec')
        deeper = lambda: self.vector(depth - 1)
        if kind == 'block':
            b = self.rng.choice(list(self.blocks))
            return b if self.blocks[b] is None else f'{b}[{self.place(self.blocks[b])}]'
        if kind == 'fixed':
            return self.pick(*self.vectors, f'b[{self.rng.choice(self.workers)}]', f'e({self.rng.choice(self.coordinates)})')
        if kind == 'gradient':
            return f'grad f({deeper()})'
        if kind == 'local gradient':
            return f'grad f[{self.rng.choice(self.workers)}]({deeper()})'
        if kind == 'product':
            return f'{self.matrix()}*({deeper()})'
        if kind == 'scaled':
            return f'{self.number()}*({deeper()})'
        if kind == 'step':
            return f'({deeper()}) - gamma*({deeper()})'
        if kind == 'add':
            return f'({deeper()}) {self.pick("+", "-")} {self.pick("1/2", "1/3")}*({deeper()})'
        if kind in ('mean', 'sum'):
            before, i = self.scope(), self.new('i')
            among = self.rng.choice(['workers', '1..2', *self.sets])
            self.index(i, '1..2' if among == '1..2' else 'workers')
            body = deeper()
            vars(self).update(before)
            return f'{kind}({i} in {among} : {body})'
        if kind == 'if':
            return f'(if {self.condition()} then {deeper()} else {deeper()})'
        if kind == 'entry':
            j = self.rng.choice(self.coordinates)
            return f'({deeper()})[{j}]*e({self.rng.choice(self.coordinates)})'
        if kind == 'inner':
            return f'inner({self.rng.choice(self.vectors)}, {deeper()})*{self.rng.choice(self.vectors)}'
        i = self.new('i')
        return f'vec({i} in coordinates : {i}*({deeper()})[{i}])'

    def place(self, among):
        return self.rng.choice(['1', '2']) if among == '1..2' else self.rng.choice(self.workers)

    def number(self):
        kind = self.pick('plain', 'plain', 'coin', 'index', 'product')
        if kind == 'coin' and self.coins:
            c = self.rng.choice(self.coins)
            return self.pick(c, f'(1 - {c})', f'(2*{c} - 1)')
        if kind == 'index':
            return f'1/({self.rng.choice(self.workers)} + 1)'
        if kind == 'product':
            return f'{self.rng.choice(self.numbers)}*({self.rng.choice(self.numbers)})'
        return self.rng.choice(self.numbers)

    def matrix(self):
        found = [*self.matrices, f'L[{self.rng.choice(self.workers)}]', *(f'keep({s})' for s in self.kept)]
        one = self.rng.choice(found)
        return f'({one} - 1/2*I)' if self.rng.random() < 0.2 else one if one.isalnum() or one.startswith(('keep', 'L[')) else f'({one})'

    def condition(self):
        found = [f'{c} = 1' for c in self.coins] + [f'{i} in {s}' for s in self.sets for i in self.workers]
        found += [f'{j} in {s}' for s in self.kept for j in self.coordinates]
        found += [f'{i} {self.pick("=", "<=", "!=", ">")} {j}' for i in self.workers for j in self.workers if i != j]
        one = self.rng.choice(found)
        return self.pick(one, one, f'not {one}', f'{one} and {self.rng.choice(found)}', f'({one} or {self.rng.choice(found)})')

    # ---- the files
    def method(self):
        return f'method {self.name} {{\n' + ''.join(f'  {line}\n' for line in self.lines) + '}\n'

    def case(self):
        rng = self.rng
        lines = [f'name = "{self.name}"', f'step = "{rng.choice(["1/4", "1/3", "1/5"])}"']
        lines.append('start = ' + str([rng.choice(ENTRIES) for _ in range(self.d)]).replace("'", '"'))
        lines += ['[method]', f'kind = "{self.name}"', f'file = "{self.name}.claim"', *(f'{k} = {v}' for k, v in self.given.items())]
        if self.sketched:
            lines += ['[sketch]', 'kind = "rand"', 'q = 1']
        if self.data:
            lines += ['[data]', *(f'{k} = {v!r}'.replace("'", '"') for k, v in self.data.items())]
        for _ in range(self.n):
            L = [[0] * self.d for _ in range(self.d)]
            for a in range(self.d):
                for c in range(a):
                    L[a][c] = L[c][a] = rng.choice([0, 0, 1, -1])
                L[a][a] = rng.choice([2, 3])
            lines += ['[[worker]]', f'L = {L}', f'b = {[rng.choice([0, 1, -1, 2]) for _ in range(self.d)]}']
            if self.noisy:
                v = [rng.choice([0, 1, -1]) for _ in range(self.d)]
                lines.append(f'noise = {[[a * c for c in v] for a in v]}')
        return '\n'.join(lines) + '\n'


RULES = [(rule, text) for rule, texts in BROKEN.items() for text in texts]
RULES += [('no parameter', None), ('no data', None), ('no update', None)]


def broken(rng, name, number):
    """(rule, line, text, case) of a method that breaks one rule, where each has its turn: the line is the one to be
    blamed, or None where that is the case."""
    rule, text = RULES[number % len(RULES)]
    one = Text(rng, name)
    case, line = one.case(), None
    state = next(i for i, line in enumerate(one.lines) if line.startswith('state'))
    one.lines[state] += ', h[i in workers] start 0'
    if rule == 'no parameter':
        one.lines.insert(0, 'parameter missing : scalar')
        one.lines.append('x <- missing*x')
    elif rule == 'no data':
        one.lines.insert(0, 'data Missing : matrix(rows, d)')
    elif rule == 'no update':
        one.lines, line = one.lines[:state + 1], 1
    else:
        one.lines.append(text)
        line = len(one.lines) + 1
    return rule, line, one.method(), case
