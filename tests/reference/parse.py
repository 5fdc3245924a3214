"""Section 1 of docs/semantics.md: the text of a claim to a tree. Trees are tuples that begin with a word."""
import re
from fractions import Fraction

SPELLINGS = {
    '≤': '<=', '≥': '>=', '≠': '!=', '⪯': '<<=', '≺': '<<', '⪰': '>>=', '≻': '>>', '·': '*', '×': '*', '−': '-', '²': '^2',
    '³': '^3', '⁻¹': '^-1', 'ᵀ': "'", '½': '(1/2)', '‖': '||', '∧': ' and ', '∨': ' or ', '¬': ' not ', '⇒': '=>',
    '⇔': '<=>', '∀': ' forall ', '∃': ' exists ', '∇': ' grad ', '∈': ' in ', '√': 'sqrt', '∞': 'infinity', 'α': 'alpha',
    'β': 'beta', 'γ': 'gamma', 'δ': 'delta', 'ε': 'epsilon', 'η': 'eta', 'θ': 'theta', 'λ': 'lambda', 'μ': 'mu',
    'ρ': 'rho', 'σ': 'sigma', 'τ': 'tau', 'φ': 'phi', 'ω': 'omega', '\u0304': 'bar'}
RESERVED = set('''claim title source note setting forall let assume conclude expect proof repairs family try because and or
    not implies iff exists in for every outcome loose if then else by E grad'''.split())
KINDS = ('scalar', 'integer', 'vector', 'matrix', 'symmetric', 'positive')
RELATIONS = ('=', '!=', '<', '<=', '>', '>=', '<<', '<<=', '>>', '>>=')
FOLDS = ('sum', 'mean', 'min', 'max', 'vec', 'mat')
TOKEN = re.compile(r'''(?:\s|\#[^\n]*)*(?:(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<number>\d+(?:\.\d+)?)
    |(?P<string>"(?:[^"\\\n]|\\["\\])*")
    |(?P<symbol><=>|<<=|>>=|<<|>>|<=|>=|!=|=>|\|\||\.\.|[{}()\[\],:=<>+\-*/^'_|.])|(?P<end>\Z))''', re.X)


class Refused(Exception):
    """The claim is refused on its text; the first argument is the rule of section 16."""


def rule(name):
    """A method that reads this production of the grammar: what it takes is noted under its name."""
    def named(method):
        def read(self, *given):
            self.rules.append(name)
            try:
                return method(self, *given)
            finally:
                self.rules.pop()
        return read
    return named


class Parser:
    def __init__(self, text):
        self.rules, self.used = ['file'], set()  # used: (production, word or symbol) of the grammar
        for spelling, plain in SPELLINGS.items():
            text = text.replace(spelling, plain)
        self.tokens, at = [], 1 if text.startswith('\ufeff') else 0
        while True:
            match = TOKEN.match(text, at)
            if not match:
                raise Refused('F1', f'a character at {at}')
            kind = match.lastgroup
            self.tokens.append((kind, match[kind], match.start(kind), match.end(kind)))
            at = match.end()
            if kind == 'end':
                break
        self.at = 0

    # ---- tokens
    def peek(self, ahead=0):
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def sees(self, *texts):
        return self.peek()[0] in ('name', 'symbol') and self.peek()[1] in texts

    def take(self, *texts):
        if self.sees(*texts):
            self.at += 1
            return self.note(self.tokens[self.at - 1][1])
        return None

    def note(self, word):
        self.used.add((self.rules[-1], word))
        return word

    def need(self, text):
        if not self.take(text):
            raise Refused('F1', f'{text} expected, not {self.peek()[1]!r}')

    def adjacent(self, ahead=0):
        """Nothing stands between the token `ahead` and the one before it."""
        return self.at + ahead > 0 and self.peek(ahead - 1)[3] == self.peek(ahead)[2]

    def kind(self, kind):
        if self.peek()[0] != kind:
            raise Refused('F1', f'{kind} expected, not {self.peek()[1]!r}')
        self.at += 1
        self.note(kind.upper())
        return self.tokens[self.at - 1][1]

    def name(self):
        if self.peek()[1] in RESERVED:
            raise Refused('F1', f'{self.peek()[1]} is no name')
        return self.kind('name')

    def number(self):
        text = self.kind('number')
        if self.peek()[0] == 'name' and self.adjacent():
            raise Refused('F1', 'a number directly followed by a letter')
        return Fraction(text)

    def identifier(self):
        text = self.kind('name')
        self.note('ID')
        while self.sees('-') and self.adjacent() and self.peek(1)[0] in ('name', 'number') and self.adjacent(1):
            part = self.peek(1)
            self.at += 2
            text += '-' + part[1]
            if part[0] == 'number' and self.peek()[0] == 'name' and self.adjacent():
                text += self.kind('name')
        return text

    def several(self, one, separator=','):
        found = [one()]
        while self.take(separator):
            found.append(one())
        return found

    # ---- claims
    def file(self):
        claims, defined = [], []
        while self.peek()[0] != 'end':
            if self.sees('define'):
                defined.append(self.define())
                continue
            claims.append(self.claim())
            claims[-1]['declarations'][:0] = defined
        if not claims or len({c['name'] for c in claims}) < len(claims):
            raise Refused('F1', 'no claim, or two of one name')
        return claims

    @rule('define')
    def define(self):
        return self.defined(self.take('define'))

    def defined(self, word):
        """(word, name, expression, arguments or None)"""
        name, arguments = self.name(), None
        if self.take('('):
            arguments = self.several(self.name)
            self.need(')')
        self.need('=')
        return word, name, self.expr(), arguments

    @rule('claim')
    def claim(self):
        self.need('claim')
        claim = {'name': self.identifier(), 'declarations': [], 'expect': None, 'proofs': []}
        self.need('{')
        while not self.take('}'):
            self.declaration(claim)
        kinds = [d[0] for d in claim['declarations']]
        if 'conclude' not in kinds or kinds.count('family') > 1:
            raise Refused('F1', 'no conclusion, or two families')
        if ('proves' if claim['expect'] == 'refuted' else 'refutes') in claim['proofs']:
            raise Refused('F1', 'a theorem that says the opposite')
        return claim

    @rule('proof')
    def proof(self, claim):
        word = self.take('proves', 'refutes', 'part', 'related')
        if not word:
            raise Refused('F1', 'proof')
        claim['proofs'].append(word)
        self.several(self.name, '.')
        if word in ('part', 'related'):
            self.kind('string')

    @rule('declaration')
    def declaration(self, claim):
        add = claim['declarations'].append
        if self.take('title', 'note'):
            self.kind('string')
        elif self.take('source'):
            self.kind('string')
            if self.peek()[0] == 'string':
                self.kind('string')
        elif self.take('proof'):
            self.proof(claim)
        elif self.take('repairs'):
            self.identifier()
        elif self.take('loose'):
            self.need('because')
            self.kind('string')
        elif self.take('expect'):
            claim['expect'] = self.take('holds', 'refuted')
            reason = self.take('because') and self.kind('string')
            if not claim['expect'] or (claim['expect'] == 'refuted' and not reason):
                raise Refused('F1', 'expect')
        elif self.take('setting'):
            for setting in self.several(self.setting):
                add(('setting', setting))
        elif self.take('let'):
            add(self.defined('let'))
        elif self.take('assume', 'conclude'):
            word = self.tokens[self.at - 1][1]
            if self.peek()[0] == 'string':
                self.kind('string')
            add((word, self.expr()))
        elif self.sees('forall'):
            add(self.variable())
        elif self.sees('family'):
            add(self.family())
        else:
            raise Refused('F1', f'{self.peek()[1]!r} begins no declaration')

    @rule('family')
    def family(self):
        self.need('family')
        index = self.name()
        self.need('in')
        ends = self.range()
        self.need('{')
        parts = {}
        while not self.take('}'):
            key, value = self.part()
            if key in parts:
                raise Refused('F1', 'a part twice')
            parts[key] = value
        if not {'n', 'd', 'L', 'b', 'sketch'} <= set(parts):
            raise Refused('F1', 'a family gives n, d, L, b and sketch')
        return 'family', index, ends, parts

    @rule('setting')
    def setting(self):
        word = self.peek()[1]
        if word in ('sketch', 'method', 'reading', 'case') and self.peek(1)[1] == '=':
            self.take(word), self.take('=')
            one = lambda: self.kind('string')[1:-1] if word == 'case' and self.peek()[0] == 'string' else self.identifier()
            return word, self.several(one, '|')
        if word in ('homogeneous', 'heterogeneous', 'interpolation', 'noiseless', 'noisy'):
            return (self.take(word),)
        return 'statement', self.expr()

    @rule('variable')
    def variable(self):
        self.need('forall')
        name = self.name()
        if self.take('in'):
            return 'variable', name, None, self.range(), self.take('by') and self.sum()
        self.need(':')
        kind, trials = self.kinds(), []
        if self.take('try'):
            trials = self.several(self.trial)
        return 'variable', name, kind, trials, None

    @rule('trial')
    def trial(self):
        first = self.sum()
        if not self.take('..'):
            return first
        last = self.sum()
        return 'range', first, last, self.take('by') and self.sum()

    @rule('range')
    def range(self):
        first = self.sum()
        self.need('..')
        return first, self.sum()

    @rule('part')
    def part(self):
        word = self.take('n', 'd', 'q', 'gamma', 'x0', 'L', 'b', 'sketch', 'method')
        if not word:
            raise Refused('F1', 'a part of a family expected')
        worker = None
        if word in ('L', 'b'):
            self.need('(')
            worker = self.name()
            self.need(')')
        self.need('=')
        return word, (worker, self.identifier() if word in ('sketch', 'method') else self.expr())

    # ---- expressions
    @rule('expr')
    def expr(self):
        left = self.implies()
        return ('iff', left, self.implies()) if self.take('<=>', 'iff') else left

    @rule('implies')
    def implies(self):
        left = self.disjunction()
        return ('or', ('not', left), self.implies()) if self.take('=>', 'implies') else left

    @rule('or')
    def disjunction(self):
        left = self.conjunction()
        while self.take('or'):
            left = 'or', left, self.conjunction()
        return left

    @rule('and')
    def conjunction(self):
        left = self.negation()
        while self.take('and'):
            left = 'and', left, self.negation()
        return left

    @rule('not')
    def negation(self):
        return ('not', self.negation()) if self.take('not') else self.relation()

    @rule('relation')
    def relation(self):
        parts, signs = [self.sum()], []
        while self.sees(*RELATIONS):
            signs.append(self.relation_sign())
            parts.append(self.sum())
        return ('chain', parts, signs) if signs else parts[0]

    @rule('REL')
    def relation_sign(self):
        return self.take(*RELATIONS)

    @rule('sum')
    def sum(self):
        left = self.product()
        while self.sees('+', '-'):
            left = self.take('+', '-'), left, self.product()
        return left

    @rule('product')
    def product(self):
        left = self.unary()
        while self.sees('*', '/'):
            left = self.take('*', '/'), left, self.unary()
        return left

    @rule('unary')
    def unary(self):
        return ('neg', self.unary()) if self.take('-') else self.power()

    @rule('power')
    def power(self):
        base = self.postfix()
        return ('^', base, self.exponent()) if self.take('^') else base

    @rule('exponent')
    def exponent(self):
        return ('neg', self.exponent()) if self.take('-') else self.postfix()

    @rule('postfix')
    def postfix(self):
        value = self.primary()
        while True:
            if self.take("'"):
                value = "'", value
            elif self.sees('[') and self.adjacent():
                value = 'entry', value, self.arguments('[', ']')
            else:
                return value

    def arguments(self, opens, closes):
        self.need(opens)
        found = self.listed()
        self.need(closes)
        return found

    @rule('arguments')
    def listed(self):
        return self.several(self.expr)

    @rule('primary')
    def primary(self):
        kind, text = self.peek()[:2]
        after = self.peek(1)[1] if self.adjacent(1) else ''
        if kind == 'number':
            return 'num', self.number()
        if self.sees('('):
            return self.bracket('(', ')')
        if self.sees('['):
            parts = self.arguments('[', ']')
            return ('matrix', [p[1] for p in parts]) if all(p[0] == 'vector' for p in parts) else ('vector', parts)
        if self.sees('||'):
            return self.norm()
        if self.sees('if'):
            return self.choice()
        if self.sees('forall', 'exists'):
            return self.quantifier()
        if self.sees('for'):
            return self.outcome()
        if self.sees('E'):
            return self.expectation()
        if text == 'at' and after == '(':
            return self.member()
        if text in FOLDS and after == '(' and (text not in ('min', 'max') or self.binds()):
            return self.fold()
        return self.gradient() if self.sees('grad') else self.named()

    @rule('norm')
    def norm(self):
        self.need('||')
        inner = self.sum()
        self.need('||')
        squared = self.sees('^') and self.peek(1)[1] == '2'
        if squared:
            self.take('^'), self.note(self.kind('number'))
        return 'norm', inner, squared, self.primary() if self.take('_') else None

    @rule('if')
    def choice(self):
        parts = []
        for word in ('if', 'then', 'else'):
            self.need(word)
            parts.append(self.expr())
        return 'if', *parts

    @rule('outcome')
    def outcome(self):
        for word in ('for', 'every', 'outcome', ':'):
            self.need(word)
        return 'outcomes', self.expr()

    @rule('expectation')
    def expectation(self):
        self.need('E')
        return 'E', self.bracket('[', ']')

    @rule('member')
    def member(self):
        self.need('at'), self.need('(')
        member = self.sum()
        self.need(':')
        body = self.expr()
        self.need(')')
        return 'at', member, body

    @rule('fold')
    def fold(self):
        text = self.take(*FOLDS)
        self.need('(')
        lists = self.several(self.indices)
        self.need(':')
        body = self.expr()
        self.need(')')
        if sum(len(names) for names, _ in lists) != {'vec': 1, 'mat': 2}.get(text, sum(len(n) for n, _ in lists)):
            raise Refused('F1', f'{text} has another number of indices')
        return 'fold', text, lists, body

    @rule('gradient')
    def gradient(self):
        self.need('grad'), self.need('f')
        index = self.arguments('[', ']') if self.sees('[') else None
        return 'grad', index, self.arguments('(', ')')

    @rule('named')
    def named(self):
        name = self.name()
        index = self.arguments('[', ']') if self.sees('[') and self.adjacent() else None
        if self.sees('(') and self.adjacent():
            return 'call', name, index, self.arguments('(', ')')
        return ('name', name) if index is None else ('entry', ('name', name), index)

    def bracket(self, opens, closes):
        self.need(opens)
        inner = self.expr()
        self.need(closes)
        return inner

    def binds(self):
        """After `min(` or `max(`: names, separated by commas, and `in` follow."""
        ahead = 2
        while self.peek(ahead)[0] == 'name' and self.peek(ahead + 1)[1] == ',':
            ahead += 2
        return self.peek(ahead)[0] == 'name' and self.peek(ahead + 1)[1] == 'in'

    @rule('quantifier')
    def quantifier(self):
        word, lists = self.take('forall', 'exists'), []
        while not lists or self.take(','):
            lists.append(self.quantified())
        self.need(':')
        return 'quantifier', word, lists, self.expr()

    @rule('quantified')
    def quantified(self):
        names = self.several(self.name)
        if self.sees('in'):
            return names, self.among()
        self.need(':')
        return names, ('kind', self.kinds())

    @rule('KIND')
    def kinds(self):
        kind = self.take(*KINDS)
        if not kind:
            raise Refused('F1', 'a kind expected')
        return kind

    @rule('indices')
    def indices(self):
        return self.several(self.name), self.among()

    @rule('indices')
    def among(self):
        self.need('in')
        word = self.take('workers', 'coordinates')
        return (word,) if word else ('range', *self.range())


def parse(text):
    return Parser(text).file()
