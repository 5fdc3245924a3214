"""The same tasks in SymPy: sympy_tasks.py INPUT-FOLDER SECONDS-A-TASK [TASK ...].

Matrices are DomainMatrix over QQ or ZZ, SymPy's quickest. Prints "task size sympy microseconds check",
the median CPU time of one call over as many as the budget allows.
"""
import statistics
import sys
import time

from sympy import Matrix, Poly, Rational, real_roots, symbols
from sympy.polys.domains import QQ, ZZ
from sympy.polys.matrices import DomainMatrix

FOLDER, BUDGET, WANTED = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
PRIME = 2**61 - 1
x = symbols("x")


def read(name):
    with open(f"{FOLDER}/{name}", encoding="ascii") as file:
        rows, cols = map(int, file.readline().split())
        entries = [[QQ(*map(int, e.split("/"))) for e in line.split()] for line in file]
    return DomainMatrix(entries, (rows, cols), QQ)


def check_of(rows):
    entries = [e for row in rows for e in row]
    residues = [e.numerator * pow(e.denominator, -1, PRIME) for e in entries]
    return str(sum((k + 1) * r for k, r in enumerate(residues)) % PRIME)


def run(task, size, work, check, program="sympy"):
    if WANTED and task not in WANTED:
        return
    result = work()
    times = []
    start = time.process_time()
    while not times or time.process_time() - start < BUDGET:
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    print(task, size, program, f"{1e6 * statistics.median(times):.3f}", check(result), flush=True)


def solves(d):
    systems = [(read(f"{m}_{d}"), read(f"{m}_rhs_{d}")) for m in ("mean", "sketched")]
    run("solve", d, lambda: [A.lu_solve(b) for A, b in systems],
        lambda s: ",".join(check_of(y.to_list()) for y in s))


def definite(kind, d):
    A = read(f"{kind}_{d}").to_Matrix()
    # A fresh Matrix each time: the answer is kept with the object.
    run(f"psd-{kind}", d, lambda: Matrix(A).is_positive_definite,
        lambda positive: "psd" if positive else "?")


def deals(n, q, worker, load):
    if len(worker) == n * q:
        yield worker
        return
    for i in range(n):
        if load[i] < q:
            load[i] += 1
            worker.append(i)
            yield from deals(n, q, worker, load)
            worker.pop()
            load[i] -= 1


def second_moment(n, q):
    d = n * q
    stacked = read(f"perm_{n}_{q}").to_list()
    parts = [stacked[i * d:(i + 1) * d] for i in range(n)]
    total = DomainMatrix([[sum(p[a][b] for p in parts) for b in range(d)] for a in range(d)],
                         (d, d), QQ)

    def work():
        result, count = DomainMatrix.zeros((d, d), QQ), 0
        for worker in deals(n, q, [], [0] * n):
            B = DomainMatrix([[parts[worker[a]][a][b] if worker[a] == worker[b] else QQ(0)
                               for b in range(d)] for a in range(d)], (d, d), QQ)
            result += B * total * B
            count += 1
        return result * QQ(n, count)

    run("moment-enumerated", f"{n},{q}", work, lambda m: check_of(m.to_list()))


def charpoly(n, q):
    A = read(f"operator_{n}_{q}")
    run("charpoly", n * q, A.charpoly, lambda p: check_of([p[::-1]]))


def largest_root(n, q):
    p = Poly(list(map(int, read(f"polynomial_{n}_{q}").to_list()[0]))[::-1], x)
    run("largest-root", n * q, lambda: p.intervals(eps=Rational(1, 2**64))[-1][0][0],
        lambda low: str(int(low * 10**9)))


def problem(n, q):
    """The workers and every B = sum_i C_i L_i C_i / n, c = sum_i C_i b_i / n of Perm-q."""
    d = n * q
    stacked, right = read(f"perm_{n}_{q}").to_list(), read(f"perm_rhs_{n}_{q}").to_list()
    for worker in deals(n, q, [], [0] * n):
        B = [[stacked[worker[a] * d + a][b] * n if worker[a] == worker[b] else QQ(0)
              for b in range(d)] for a in range(d)]
        c = [right[worker[a] * d + a][0] for a in range(d)]
        yield B, c


def second_moments(n, q, rounds):
    """M <- E[A M A^T] in homogeneous coordinates, packed: the operator from all outcomes, then its
    powers on the packed start. `sympy-recursion` is handed the operator."""
    d = n * q
    D = d + 1
    maps = []
    for B, c in problem(n, q):
        step = QQ(1, 64 * d)
        rows = [[QQ(int(a == b)) - step * B[a][b] for b in range(d)] + [step * c[a]]
                for a in range(d)] + [[QQ(0)] * d + [QQ(1)]]
        maps.append(DomainMatrix(rows, (D, D), QQ))
    pairs = [(i, j) for i in range(D) for j in range(i, D)]
    start = DomainMatrix([[QQ(1)]] * len(pairs), (len(pairs), 1), QQ)
    at = [pairs.index((a, d)) for a in range(d)]

    def operator():
        columns = []
        for i, j in pairs:
            unit = [[QQ(int((a, b) in ((i, j), (j, i)))) for b in range(D)] for a in range(D)]
            unit = DomainMatrix(unit, (D, D), QQ)
            image = DomainMatrix.zeros((D, D), QQ)
            for A in maps:
                image += A * unit * A.transpose()
            image = (image * QQ(1, len(maps))).to_list()
            columns.append([image[a][b] for a, b in pairs])
        return DomainMatrix(columns, (len(pairs), len(pairs)), QQ).transpose()

    def work(A):
        v = start
        for _ in range(rounds):
            v = A * v
        return v

    def check(v):
        return check_of([[v.to_list()[k][0]] for k in at])

    run("trajectory", d, lambda: work(operator()), check)
    given = read(f"recursion_{n}_{q}")
    run("trajectory", d, lambda: work(given), check, "sympy-recursion")


solves(20)
definite("gram", 20)
second_moment(3, 2)
charpoly(2, 2)
largest_root(2, 2)
second_moments(2, 2, 50)
