\\ The same tasks in PARI/GP. Set before: folder and budget (seconds a task). Prints "task size pari microseconds check", CPU time of one call, averaged within the
\\ budget.
read_matrix(file) =
{
  my(lines = readstr(concat([folder, "/", file])), size = eval(strsplit(lines[1], " ")));
  matconcat(vector(size[1], i, eval(strsplit(lines[i + 1], " ")))~);
}

checking = 2^61 - 1;
check_of(m) = my(k = 0, s = Mod(0, checking)); for(i = 1, matsize(m)[1], for(j = 1, matsize(m)[2], k++; s += k * Mod(m[i, j], checking))); Str(lift(s));

run(task, size, work, check) =
{
  my(start, calls = 1, spent, result);
  result = work();
  while(1,
    start = getabstime();
    for(k = 1, calls, work());
    spent = getabstime() - start;
    if(spent >= 1000 * budget || (spent > 20 && spent >= 200 * budget), break);
    calls = if(spent < 20, calls * 10, ceil(calls * 1000 * budget / spent)));
  print(task, " ", size, " pari ", strprintf("%.3f", 1000. * spent / calls), " ", check(result));
}

solves(d) =
{
  my(A = read_matrix(Str("mean_", d)), a = read_matrix(Str("mean_rhs_", d))[, 1],
     B = read_matrix(Str("sketched_", d)), b = read_matrix(Str("sketched_rhs_", d))[, 1]);
  run("solve", d, () -> [matsolve(A, a), matsolve(B, b)],
      x -> Str(check_of(Mat(x[1])), ",", check_of(Mat(x[2]))));
}

\\ Signature by exact elimination.
definite(kind, d) =
{
  my(A = read_matrix(Str(kind, "_", d)));
  run(Str("psd-", kind), d, () -> qfsign(A), s -> if(s == [d, 0], "psd", "?"));
}

\\ The sum of B (Σ L_i) B over all deals of the coordinates item, …, n q, as in flint.cpp.
sum_over_deals(parts, total, q, worker, load, item) =
{
  my(d = #worker, B, result = 0);
  if(item > d,
    B = matrix(d, d, a, b, if(worker[a] == worker[b], parts[worker[a]][a, b], 0));
    return(B * total * B));
  for(i = 1, #parts,
    if(load[i] < q,
      load[i]++; worker[item] = i;
      result += sum_over_deals(parts, total, q, worker, load, item + 1);
      load[i]--));
  result;
}

second_moment(n, q) =
{
  my(d = n * q, L = read_matrix(Str("perm_", n, "_", q)),
     parts = vector(n, i, L[(i - 1) * d + 1 .. i * d, ]), total = vecsum(parts));
  run("moment-enumerated", Str(n, ",", q),
      () -> sum_over_deals(parts, total, q, vector(d), vector(n), 1) * n / (d! / q!^n), check_of);
}

largest(p) = vecmax(polrootsreal(p));

mean_square_factor(n, q) =
{
  my(A = read_matrix(Str("operator_", n, "_", q)), c = denominator(A), cleared = c * A,
     row = read_matrix(Str("polynomial_", n, "_", q)), p = Polrev(row[1, ]), N = #A);
  run("charpoly", n * q, () -> charpoly(cleared),
      f -> check_of(Mat(vector(N + 1, k, polcoeff(f, k - 1) / c^(N + 1 - k)))));
  run("largest-root", n * q, () -> largest(p), x -> Str(floor(10^9 * x)));
}

second_moments(n, q, rounds) =
{
  my(A = read_matrix(Str("recursion_", n, "_", q)), v = read_matrix(Str("start_", n, "_", q))[, 1],
     d = n * q);
  run("trajectory", d, () -> my(x = v); for(k = 1, rounds, x = A * x); x,
      x -> check_of(Mat(vector(d, a, x[(a - 1) * (d + 1) - (a - 1) * (a - 2) / 2 + d + 2 - a]))~));
}

extreme_eigenvalue(d) =
{
  my(A = read_matrix(Str("symmetric_", d)));
  run("largest-eigenvalue", d, () -> largest(charpoly(A)), x -> Str(floor(10^9 * x)));
}

default(realprecision, 19);  \\ 64 bits
foreach([20, 50, 100, 200], d, solves(d));
foreach([20, 50, 100], d, definite("gram", d));
definite("fraction", 20);
foreach([[3, 2], [4, 2], [3, 3]], s, second_moment(s[1], s[2]));
foreach([2, 3, 4], n, mean_square_factor(n, 2));
second_moments(2, 2, 50);
extreme_eigenvalue(40);
