"""Sections 2, 3 and 16 of docs/semantics.md: the tree of a claim to typed nodes with every `let` in its place, or Refused."""
import itertools

from parse import Refused

SCALAR, STATEMENT = 'scalar', 'statement'  # other shapes are pairs (rows, columns) of numbers, 'n', 'd' or None (open)
VECTOR, SQUARE = ('d', 1), ('d', 'd')
PLAIN_NAMES = {  # name: shape, carries, of classes case (all) and run
    'n': (SCALAR, ''), 'd': (SCALAR, ''), 'q': (SCALAR, ''), 'p': (SCALAR, ''), 'local_steps': (SCALAR, ''),
    'gamma': (SCALAR, 'g'), 'Lbar': (SQUARE, ''), 'bbar': (VECTOR, ''), 'I': (SQUARE, ''), 'ones': (VECTOR, ''),
    'xstar': (VECTOR, ''), 'x0': (VECTOR, 'x'), 'xinf': (VECTOR, 'gx'), 'rho_mean': (SCALAR, 'gx'),
    'rho_square': (SCALAR, 'gx'), 'lyapunov': (SQUARE, 'gx'), 'Dbar': (SQUARE, ''), 'Bbar': (SQUARE, ''),
    'Cb': (VECTOR, ''), 'theta_min': (SCALAR, '')}
INDEXED = {'gamma': (SCALAR, 'gx'), 'L': (SQUARE, ''), 'noise': (SQUARE, ''), 'b': (VECTOR, ''), 'C': (SQUARE, ''),
           'x': (VECTOR, 'gx'), 'D': (SQUARE, '')}
FUNCTIONS = dict(sqrt=1, abs=1, ceil=2, surd=1, trace=1, det=1, diag=1, Diag=1, sym=1, inverse=1, inner=2,
                 pinv=1, kron=2, row=2, column=2, lambda_min_plus=1, lambda_max=(1, 2), lambda_min=(1, 2), spectral_radius=1, defined=1, rational=1, e=1, f=1, g=1, step=1)
LIBRARY = {'Dbar', 'D', 'Bbar', 'Cb', 'g', 'theta_min', 'row', 'column', 'pinv', 'kron', 'lambda_min_plus'}
CORE = (set(PLAIN_NAMES) | set(INDEXED) | set(FUNCTIONS) | set(
    'E grad infinity workers coordinates sum mean min max vec mat at'.split())) - LIBRARY


class Node:
    def __init__(self, op, kids=(), shape=SCALAR, data=None, degree=0):
        self.op, self.kids, self.shape, self.data, self.degree = op, tuple(kids), shape, data, degree
        self.bare = any(k.bare for k in kids)                                   # C, Bbar, Cb, g: draws of level 1
        self.level = max((k.level for k in kids), default=0)                    # of the deepest step
        self.rounds = frozenset().union(*(k.rounds for k in kids))              # (text, bound names) of the iterates
        self.uses = frozenset().union(*(k.uses for k in kids))                  # bound names mentioned
        self.carries = frozenset().union(*(k.carries for k in kids))
        self.case = any(k.case for k in kids)
        self.text = f'{op}:{data}(' + ','.join(k.text for k in kids) + ')'


class Bound:
    """What a name is bound to: an index, a variable (of a kind), a let or define (with the names it sees, and arguments), or
    an argument (with the tree in its place and the names there)."""
    def __init__(self, what, name, kind=None, tree=None, names=None, arguments=None):
        self.what, self.name, self.kind, self.tree, self.names, self.arguments = what, name, kind, tree, names, arguments


def refuse(rule, *why):
    raise Refused(rule, *why)


def free(tree, bound=frozenset()):
    """The names that a tree mentions and does not bind."""
    if isinstance(tree, list):
        return set().union(*(free(t, bound) for t in tree))
    if not isinstance(tree, tuple) or not tree:
        return set()
    if tree[0] in ('fold', 'quantifier'):
        found, inner = set(), set(bound)
        for names, over in tree[2]:
            found |= free(over, frozenset(inner))
            inner |= set(names)
        return found | free(tree[3], frozenset(inner))
    mentioned = {tree[1]} - bound if tree[0] in ('name', 'call') else set()
    return mentioned.union(*(free(t, bound) for t in tree[1:] if not isinstance(t, str)))


class Form:
    """Elaborates the expressions of one claim."""
    def __init__(self, equal_sizes=()):
        self.equal, self.case = list(equal_sizes), False
        self.under = 0                      # of E and of 'for every outcome'
        self.family, self.inside = None, 0  # inside of at(…), a let or the family, where cases may be spoken about

    # ---- sizes and shapes
    def size(self, a):
        group = next((g for g in self.equal if a in g), {a})
        return min(group, key=lambda s: (isinstance(s, str), str(s)))

    def agree(self, a, b):
        a, b = self.size(a), self.size(b)
        return a is None or b is None or a == b

    def same(self, a, b, rule='F9'):
        """The common shape of two that must be the same."""
        if isinstance(a, str) or isinstance(b, str):
            return a if a == b else refuse(rule, a, b)
        if not all(self.agree(s, t) for s, t in zip(a, b)):
            refuse('F10', a, b)
        return tuple(t if s is None else s for s, t in zip(a, b))

    def matrix(self, node, square=False, vector=False):
        if isinstance(node.shape, str) or (vector and node.shape[1] != 1):
            refuse('F9', 'a matrix or vector is needed', node.shape)
        if square and not self.agree(*node.shape):
            refuse('F10', 'not square')
        return node

    @staticmethod
    def scalar(node, shape=SCALAR):
        return node if node.shape == shape else refuse('F9', shape, 'needed')

    @staticmethod
    def constant(node, rule='F12'):
        return node if node.degree == 0 else refuse(rule, 'the state')

    def plain(self, node):
        self.constant(self.scalar(node))
        return refuse('F14', 'draws') if node.bare or node.level else node

    # ---- expressions
    def node(self, tree, names):
        made = getattr(self, 'make_' + WORDS.get(tree[0], tree[0]))(tree, names)
        self.speaks(made.case)
        return made

    def speaks(self, of_case):
        """10.1, and 10.3 in a claim with a family."""
        if of_case and self.family and not self.inside:
            refuse('F17', 'outside of at')
        self.case |= of_case and not self.family

    def all(self, trees, names):
        return [self.node(t, names) for t in trees]

    def make_num(self, tree, names):
        return Node('num', data=tree[1])

    def make_vector(self, tree, names):
        kids = [self.scalar(k) for k in self.all(tree[1], names)]
        return Node('vector', kids, (len(kids), 1), degree=max(k.degree for k in kids))

    def make_matrix(self, tree, names):
        rows = [self.all(row, names) for row in tree[1]]
        if len({len(row) for row in rows}) > 1:
            refuse('F10', 'rows of unequal length')
        if any(isinstance(k.shape, tuple) for row in rows for k in row):
            return self.blocks(rows)
        kids = [self.scalar(k) for row in rows for k in row]
        shape = len(rows), len(rows[0])
        return Node('literal', kids, shape, degree=max(k.degree for k in kids))

    def blocks(self, rows):
        """2.7: blocks of one row have its height, those of one column its width; a 0 takes both."""
        def common(line, axis):
            found = [self.matrix(k).shape[axis] for k in line if not zero(k)]
            if not found:
                refuse('F9', 'a line of zeros')
            for a in found:
                if any(not self.agree(a, b) for b in found):
                    refuse('F10', 'sizes of blocks')
            return next((a for a in found if a is not None), None)
        sizes = [[common(line, axis) for line in lines] for axis, lines in ((0, rows), (1, zip(*rows)))]
        shape = tuple(some[0] if len(some) == 1 else sum(some) if all(isinstance(a, int) for a in some) else None for some in sizes)
        kids = [k for row in rows for k in row]
        return Node('blocks', kids, shape, len(rows[0]), max(k.degree for k in kids))

    def make_neg(self, tree, names):
        kid = self.node(tree[1], names)
        return refuse('F9') if kid.shape == STATEMENT else Node('neg', [kid], kid.shape, degree=kid.degree)

    def make_sum(self, tree, names):
        a, b = self.all(tree[1:], names)
        shape = self.same(a.shape, b.shape)
        return refuse('F9') if shape == STATEMENT else Node(tree[0], [a, b], shape, degree=max(a.degree, b.degree))

    def make_product(self, tree, names):
        a, b = self.all(tree[1:], names)
        if STATEMENT in (a.shape, b.shape):
            refuse('F9')
        if SCALAR in (a.shape, b.shape):
            shape = b.shape if a.shape == SCALAR else a.shape
        elif not self.agree(a.shape[1], b.shape[0]):
            refuse('F10', 'product')
        else:
            shape = SCALAR if (a.shape[0], b.shape[1]) == (1, 1) else (a.shape[0], b.shape[1])
        return Node('*', [a, b], shape, degree=a.degree + b.degree)

    def make_quotient(self, tree, names):
        a, b = self.all(tree[1:], names)
        self.constant(self.scalar(b))
        return refuse('F9') if a.shape == STATEMENT else Node('/', [a, b], a.shape, degree=a.degree)

    def make_transpose(self, tree, names):
        kid = self.node(tree[1], names)
        if kid.shape == STATEMENT:
            refuse('F9')
        return kid if kid.shape == SCALAR else Node("'", [kid], kid.shape[::-1], degree=kid.degree)

    def make_power(self, tree, names):
        a, r = self.all(tree[1:], names)
        self.plain(r)
        if a.shape != SCALAR:
            self.matrix(a, square=True)
        numeral = r.data if bare_node(r).op == 'num' else None
        if a.degree and bare_node(r).data not in (0, 1, 2) or (a.degree and bare_node(r).op != 'num'):
            refuse('F12', 'power')
        return Node('^', [a, r], a.shape, degree=int(a.degree * (bare_node(r).data if a.degree else 0)), data=numeral)

    def make_entry(self, tree, names):
        _, base, indices = tree
        if base[0] == 'name' and (base[1] not in names or base[1] == 'gamma') and base[1] in INDEXED:
            return self.indexed(base[1], indices, names)
        a = self.matrix(self.node(base, names))
        kids = [self.plain(k) for k in self.all(indices, names)]
        if len(kids) != (1 if a.shape[1] == 1 else 2):
            refuse('F2', 'number of indices')
        return Node('entry', [a, *kids], degree=a.degree)

    def indexed(self, name, indices, names):
        shape, carries = INDEXED[name]
        if len(indices) != 1:
            refuse('F2', 'number of indices')
        if name == 'x' and indices[0] == ('name', 'infinity'):
            made = Node('iterate', [], shape, 'infinity', 1)
        else:
            index = self.plain(self.node(indices[0], names))
            made = Node('iterate' if name == 'x' else 'indexed', [index], shape, name, int(name == 'x'))
        made.bare |= name == 'C'
        made.case, made.carries = True, made.carries | set(carries)
        if name == 'x':
            made.rounds = frozenset([(made.text, made.uses)])
        return made

    def make_name(self, tree, names):
        name = tree[1]
        if name in names:
            return self.bound(names[name], names)
        if name not in PLAIN_NAMES:
            refuse('F2', name)
        shape, carries = PLAIN_NAMES[name]
        made = Node('core', [], shape, name)
        made.case, made.carries, made.bare = True, frozenset(carries), name in ('Bbar', 'Cb')
        return made

    def bound(self, it, names):
        if it.what == 'argument':
            return self.node(it.tree, it.names)
        if it.arguments:
            refuse('F2', it.name, 'without its arguments')
        if it.what == 'define':
            return self.written_out(it, [], names)
        if it.what == 'let':
            self.unchanged(it, names)
            value = self.node(it.tree, it.names)
            return Node('let', [value], value.shape, it.name, value.degree)
        shape = {'vector': VECTOR, 'matrix': SQUARE, 'symmetric': SQUARE, 'positive': SQUARE}.get(it.kind, SCALAR)
        made = Node('bound', [], shape, it)
        made.text, made.uses = f'{it.name}@{id(it)}', frozenset([it])
        if it.what == 'variable' and it.name in ('gamma', 'x0'):
            made.carries = frozenset(it.name[0])
        return made

    @staticmethod
    def unchanged(it, names):
        """Refused where a name that a definition mentions would mean something else."""
        for name in let_names(it):
            if names.get(name) is not it.names.get(name):
                refuse('F6', it.name, name)

    def written_out(self, it, trees, names):
        """3.6: what `it` stands for, with trees, which see names, in the places of its arguments."""
        self.unchanged(it, names)
        inside = binders(it.tree)
        for name in set().union(*(all_names(tree, names) for tree in trees)):
            if name in inside:
                refuse('F6', name, 'is an index of', it.name)
        given = {a: Bound('argument', a, tree=tree, names=names) for a, tree in zip(it.arguments or [], trees)}
        return self.node(it.tree, {**it.names, **given})

    def make_norm(self, tree, names):
        v = self.matrix(self.node(tree[1], names), vector=True)
        kids = [v]
        if tree[3]:
            weight = self.constant(self.matrix(self.node(tree[3], names), square=True))
            if not self.agree(weight.shape[0], v.shape[0]) or not self.agree(weight.shape[1], v.shape[0]):
                refuse('F10', 'weight')
            kids.append(weight)
        if not tree[2]:
            self.constant(v)
        return Node('norm', kids, data=tree[2], degree=2 * v.degree)

    def make_if(self, tree, names):
        s, a, b = self.all(tree[1:], names)
        self.constant(self.scalar(s, STATEMENT), 'F13')
        return Node('if', [s, a, b], self.same(a.shape, b.shape), degree=max(a.degree, b.degree))

    def make_logic(self, tree, names):
        kids = [self.scalar(k, STATEMENT) for k in self.all(tree[1:], names)]
        return Node(tree[0], kids, STATEMENT)

    def make_chain(self, tree, names):
        parts = self.all(tree[1], names)
        for a, b, sign in zip(parts, parts[1:], tree[2]):
            zeros = [zero(k) for k in (a, b)]
            if sign in ('<<', '<<=', '>>', '>>='):
                if all(zeros):
                    refuse('F9')
                for k, z in ((a, zeros[0]), (b, zeros[1])):
                    if not z:
                        self.matrix(k, square=True)
                if not any(zeros):
                    self.same(a.shape, b.shape)
            elif STATEMENT in (a.shape, b.shape):
                refuse('F9')
            elif sign not in ('=', '!='):
                self.scalar(a), self.scalar(b)
            elif not (zeros[0] and b.shape != SCALAR or zeros[1] and a.shape != SCALAR):
                self.same(a.shape, b.shape)
        for a, b, sign in zip(parts, parts[1:], tree[2]):
            for k in (a, b):
                if sign in ('<<', '<<=', '>>', '>>=') and not zero(k) and not symmetric(k):
                    refuse('F11', k.text)
                self.constant(k, 'F13' if self.under else 'F15')
        return Node('chain', parts, STATEMENT, tree[2])

    def bind(self, lists, names, ordered=True):
        """Indices and kinds of a fold or quantifier: (bound, kind or range nodes), and the names inside."""
        inner, found = dict(names), []
        words = [name for some, _ in lists for name in some]
        for name in words:
            check_name(name)
        if len(set(words)) < len(words) or any(name in names and names[name].what == 'define' for name in words):
            refuse('F4', words)
        for some, over in lists:
            ends = [self.plain(k) for k in self.all(over[1:], inner)] if over[0] == 'range' else list(over)
            self.speaks(over[0] in ('workers', 'coordinates') or over[0] == 'kind' and over[1] not in ('scalar', 'integer'))
            for name in some:
                it = Bound('index', name, over[1] if over[0] == 'kind' else None)
                found.append((it, ends))
                inner[name] = it
        return found, inner

    def over_nodes(self, found):
        return [k for _, ends in found for k in ends if isinstance(k, Node)]

    def make_quantifier(self, tree, names):
        found, inner = self.bind(tree[2], names)
        body = self.scalar(self.node(tree[3], inner), STATEMENT)
        return Node('quantifier', [body, *self.over_nodes(found)], STATEMENT, Over(tree[1], found))

    def make_fold(self, tree, names):
        word, lists = tree[1:3]
        found, inner = self.bind(lists, names)
        body = self.node(tree[3], inner)
        if word not in ('sum', 'mean'):
            self.scalar(body)
        if word in ('min', 'max'):
            self.constant(body)
        if body.shape == STATEMENT:
            refuse('F9')
        shape = body.shape
        if word in ('vec', 'mat'):
            if word == 'mat' and any(found[0][0] in k.uses for k in found[1][1] if isinstance(k, Node)):
                refuse('F10', 'a range of mat depends on its other index')
            sizes = [fold_size(ends) for _, ends in found]
            shape = (sizes[0], sizes[1] if word == 'mat' else 1)
        made = Node('fold', [body, *self.over_nodes(found)], shape, Over(word, found), body.degree)
        return made

    def make_outcomes(self, tree, names):
        body = self.scalar(self.node(tree[1], names), STATEMENT)
        if body.rounds:
            refuse('F15', 'under for every outcome')
        return self.closed('outcomes', body, STATEMENT, names)

    def make_E(self, tree, names):
        self.under += 1
        body = self.node(tree[1], names)
        self.under -= 1
        if body.shape == STATEMENT or body.degree > 2:
            refuse('F9' if body.shape == STATEMENT else 'F12')
        return self.closed('E', body, body.shape, names)

    def closed(self, op, body, shape, names):
        outer = set(names.values())
        inside = [u for _, uses in body.rounds for u in uses if u.what == 'index' and u not in outer]
        if body.bare and (len({text for text, _ in body.rounds}) > 1 or inside or body.level > 1):
            refuse('F16', 'draws beside several rounds')
        made = Node(op, [body], shape)
        made.bare, made.level, made.rounds = False, 0, frozenset()
        return made

    def make_grad(self, tree, names):
        return self.call('grad f', tree[1], tree[2], names)

    def make_at(self, tree, names):
        if not self.family:
            refuse('F17', 'at without a family')
        member = self.plain(self.node(tree[1], names))
        self.inside += 1
        body = self.constant(self.node(tree[2], names), 'F15')
        self.inside -= 1
        if body.bare or body.level:
            refuse('F14', 'draws under at')
        made = Node('at', [member, body], body.shape, self.family)
        made.case = member.case
        return made

    def make_call(self, tree, names):
        name = tree[1]
        if name in names and names[name].arguments and not tree[2]:
            if len(tree[3]) != len(names[name].arguments):
                refuse('F2', name, 'number of arguments')
            return self.written_out(names[name], tree[3], names)
        if name in names or (name not in FUNCTIONS and name not in ('min', 'max')) or (tree[2] and name != 'f'):
            refuse('F2', name)
        return self.call(name, tree[2], tree[3], names)

    def call(self, name, index, arguments, names):
        kids = self.all(arguments, names)
        if name in ('min', 'max'):
            return Node('call', [self.constant(self.scalar(k)) for k in kids], SCALAR, name)
        counts = FUNCTIONS.get(name, 1)
        if len(kids) not in (counts if isinstance(counts, tuple) else (counts,)):
            refuse('F2', name, 'number of arguments')
        if index is not None:
            index = [self.plain(k) for k in self.all(index, names)]
            if len(index) != 1:
                refuse('F2', name, 'one index')
        shape, degree, first = SCALAR, 0, kids[0]
        if name in ('sqrt', 'abs', 'ceil', 'surd', 'rational', 'e'):
            for k in kids:
                self.constant(self.scalar(k))
            if name == 'e':
                self.plain(first)
            shape = {'rational': STATEMENT, 'e': VECTOR}.get(name, SCALAR)
        elif name == 'defined':
            if first.shape == STATEMENT:
                refuse('F9', 'defined of a statement')
            self.constant(first, 'F13')
            shape = STATEMENT
        elif name in ('f', 'grad f', 'g', 'step'):
            if self.matrix(first, vector=True) and not self.agree(first.shape[0], 'd'):
                refuse('F10', name)
            shape, degree = (SCALAR, 2 * first.degree) if name == 'f' else (VECTOR, first.degree)
        elif name == 'inner':
            for k in kids:
                self.matrix(k, vector=True)
            if not self.agree(kids[0].shape[0], kids[1].shape[0]):
                refuse('F10', 'inner')
            degree = kids[0].degree + kids[1].degree
        elif name in ('row', 'column', 'pinv', 'kron'):
            for k in kids[:2 if name == 'kron' else 1]:
                self.constant(self.matrix(k))
            if name in ('row', 'column'):
                self.plain(kids[1])
            if name == 'kron':
                shape = tuple(b if a == 1 else a if b == 1 else a * b if isinstance(a, int) and isinstance(b, int) else None
                              for a, b in zip(first.shape, kids[1].shape))
            else:
                shape = {'row': (1, first.shape[1]), 'column': (first.shape[0], 1), 'pinv': first.shape[::-1]}[name]
        elif name == 'Diag' and self.matrix(first).shape[1] == 1:
            shape, degree = (first.shape[0],) * 2, first.degree
        else:
            for k in kids:
                self.matrix(k, square=True)
            if len(kids) == 2:
                self.same(kids[0].shape, kids[1].shape)
            if name in ('trace', 'diag', 'Diag', 'sym'):
                degree = first.degree
            else:
                for k in kids:
                    self.constant(k)
            side = next((s for s in first.shape if s is not None), None)
            shape = {'diag': (side, 1), 'Diag': (side, side), 'sym': (side, side), 'inverse': (side, side)}.get(name, SCALAR)
        made = Node('call', [*kids, *(index or [])], shape, name + ('[]' if index else ''), degree)
        made.case |= name in ('e', 'f', 'grad f', 'g', 'step')
        made.bare |= name == 'g'
        if name == 'step':
            made.level, made.carries = first.level + 1, made.carries | {'g', 'x'}
        return made


WORDS = {'+': 'sum', '-': 'sum', '*': 'product', '/': 'quotient', "'": 'transpose', '^': 'power', 'and': 'logic', 'or': 'logic',
         'not': 'logic', 'iff': 'logic'}


class Over:
    """The word of a fold or quantifier and its indices: (bound, range nodes, or the word of what it runs over)."""
    def __init__(self, word, indices):
        self.word, self.indices = word, indices

    def __str__(self):
        return self.word + ';'.join(f'{it.name}@{id(it)} in ' + ' '.join(k.text if isinstance(k, Node) else k for k in ends)
                                    for it, ends in self.indices)


def bare_node(node):
    return bare_node(node.kids[0]) if node.op == 'let' else node


def zero(node):
    return bare_node(node).op == 'num' and bare_node(node).data == 0


def let_names(it):
    """The free names of a definition, and those of the definitions among them."""
    return all_names(it.tree, it.names) - set(it.arguments or [])


def all_names(tree, names):
    """The free names of a tree, and those of the definitions among them."""
    found = free(tree)
    for name in list(found):
        if name in names and names[name].what in ('let', 'define'):
            found |= let_names(names[name])
    return found


def binders(tree):
    """All indices of a tree."""
    if not isinstance(tree, (list, tuple)):
        return set()
    own = {name for names, _ in tree[2] for name in names} if tree and tree[0] in ('fold', 'quantifier') else set()
    return own.union(*(binders(t) for t in tree))


def carried(tree, names):
    """Which of gamma and x0 a tree depends on."""
    found = set()
    for name in all_names(tree, names):
        if name not in names:
            for table in (PLAIN_NAMES, INDEXED, {'step': (VECTOR, 'gx')}):  # of gamma, whatever is made of it
                found |= set(table.get(name, (None, ''))[1])
    return found


def check_name(name, variable=False):
    if name in CORE and not (variable and name in ('gamma', 'x0')):
        refuse('F3', name)


def fold_size(ends):
    if ends[0] in ('workers', 'coordinates'):
        return {'workers': 'n', 'coordinates': 'd'}[ends[0]]
    first, last = (bare_node(k) for k in ends)
    if first.op == 'num' and first.data == 1:
        if last.op == 'num':
            return int(last.data)
        if last.op == 'core' and last.data in ('n', 'd'):
            return last.data
    return None


# ---- 2.6
def symmetric(node):
    return normal(node, False, ()) == normal(node, True, ())


def own_transpose(node):
    return (node.op == 'core' and node.data in ('Lbar', 'Dbar', 'I', 'Bbar', 'lyapunov')
            or node.op == 'indexed' and node.data in ('L', 'D', 'noise', 'C')
            or node.op == 'bound' and node.data.kind in ('symmetric', 'positive'))


def terms(node, sign, turn, scope):
    if node.op in ('+', '-'):
        other = -sign if node.op == '-' else sign
        return terms(node.kids[0], sign, turn, scope) + terms(node.kids[1], other, turn, scope)
    if node.op == 'neg':
        return terms(node.kids[0], -sign, turn, scope)
    return [('+' if sign > 0 else '-') + normal(node, turn, scope)]


def factors(node):
    return factors(node.kids[0]) + factors(node.kids[1]) if node.op == '*' else [node]


def normal(node, turn, scope):
    """The normal form of a node, transposed if `turn`."""
    go = lambda k, t=False, s=scope: normal(k, t and k.shape not in (SCALAR, STATEMENT), s)
    turn = turn and node.shape not in (SCALAR, STATEMENT)
    op, kids = node.op, node.kids
    if op == 'bound' and node.data in scope:
        return f'#{scope.index(node.data)}'
    if op == 'let' and node.shape not in (SCALAR, STATEMENT):
        return node.data + ('' if symmetric(kids[0]) or not turn else "'")
    if op in ('+', '-', 'neg'):
        return '(' + ' '.join(sorted(terms(node, 1, turn, scope))) + ')'
    if op == '*':
        found = factors(node)
        scalars = sorted(go(k) for k in found if k.shape == SCALAR)
        matrices = [k for k in found if k.shape != SCALAR]
        texts = [[go(k) for k in matrices], [go(k, True) for k in reversed(matrices)]]
        chosen = min(texts) if node.shape == SCALAR else texts[turn]
        return '*'.join(scalars + chosen)
    if op == "'":
        return go(kids[0], not turn)
    if op == '/':
        return f'{go(kids[0], turn)}/{go(kids[1])}'
    if op == 'entry':
        indices = [go(k) for k in kids[1:]]
        return go(kids[0]) + str(sorted(indices) if len(indices) == 2 and own_transpose(kids[0]) else indices)
    if op == 'call' and node.data == 'inner':
        return 'inner' + str(min([[go(k) for k in kids], [go(k) for k in reversed(kids)]]))
    if op == 'call' and node.data in ('inverse', 'pinv', 'kron'):
        return node.data + str([go(k, turn) for k in kids])
    if op == 'call' and node.data in ('Diag', 'sym') and kids[0].shape[1] != 1:
        return node.data + min(go(kids[0]), go(kids[0], True))
    if op == 'call' and node.data == 'Diag':
        return f'Diag({go(kids[0])})'
    if op == 'chain' and node.data == ['=']:
        return '=' + str(sorted(go(k) for k in kids))
    if op in ('fold', 'quantifier'):
        over, inner, texts = node.data, scope, []
        order = list(over.indices)
        if over.word == 'mat' and turn:
            order.reverse()
        for it, ends in order:
            texts.append(str([normal(k, False, inner) if isinstance(k, Node) else k for k in ends]))
            inner = (it, *inner)
        turned = turn and over.word in ('sum', 'mean')
        opaque = "'" if turn and over.word == 'vec' else ''
        return over.word + str(texts) + normal(kids[0], turned, inner) + opaque
    if op == 'literal' and turn:
        rows, columns = node.shape
        return 'literal' + str([go(kids[i * columns + j]) for i, j in itertools.product(range(rows), range(columns))][:0]
                               + [go(kids[i * columns + j]) for j in range(columns) for i in range(rows)]) + str((columns, rows))
    if op == 'blocks':
        rows = [kids[i:i + node.data] for i in range(0, len(kids), node.data)]
        return 'blocks' + str([[go(k, turn) for k in row] for row in (zip(*rows) if turn else rows)])
    if op == 'literal':
        return 'literal' + str([go(k) for k in kids]) + str(node.shape)
    if op in ('E', 'if', '^', 'outcomes', 'at'):
        return op + str([go(k, turn) for k in kids])
    mark = "'" if turn and not own_transpose(node) else ''
    return f'{op}:{node.data if op != "bound" else node.text}' + str([go(k) for k in kids]) + mark
