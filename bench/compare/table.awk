# From lines "task size program microseconds check": medians, ratios to istcheck, growth with d.
# Exits with 1 when programs disagree about a result.

function sort_into(list, values, n,    i, j, t) {
  n = split(list, values, " ")
  for (i = 2; i <= n; i++) {
    t = values[i] + 0
    for (j = i - 1; j > 0 && values[j] + 0 > t; j--) values[j + 1] = values[j]
    values[j + 1] = t
  }
  return n
}
function median(list,    values, n) {
  n = sort_into(list, values)
  return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}
function duration(us) {
  if (us == "") return "–"
  if (us < 1000) return sprintf("%.3g µs", us)
  if (us < 999500) return sprintf("%.3g ms", us / 1000)
  return sprintf("%.3g s", us / 1000000)
}
function ratio(x) { return x >= 100 ? sprintf("%.0f", x) : sprintf("%.3g", x) }
function cell(key, program) {
  if (!((key, program) in time)) return "–"
  return sprintf("%s (%s)", ratio(time[key, program] / time[key, "istcheck"]), duration(time[key, program]))
}
function time_of(task, size, program) { return time[task " " size, program] }
# The exponent p of time ~ d^p between two sizes of a task.
function growth(task, from, d_from, to, d_to) {
  if (time_of(task, from, "istcheck") == "" || time_of(task, to, "istcheck") == "") return
  printf "| %s | %s → %s | %.2f |\n", task, d_from, d_to, \
    log(time_of(task, to, "istcheck") / time_of(task, from, "istcheck")) / log(d_to / d_from)
}
function target(text, value, wanted, at_least,    met) {
  met = at_least ? value >= wanted : value <= wanted
  printf "| %s | %s %s | %s | %s |\n", text, at_least ? "≥" : "≤", wanted, ratio(value), met ? "yes" : "**no**"
}
# Our time over theirs, at most; or theirs over ours, at least. Skipped without both.
function at_most(text, task, size, program, wanted) {
  if (time_of(task, size, program) == "") return
  target(text, time_of(task, size, "istcheck") / time_of(task, size, program), wanted, 0)
}
function at_least(text, task, size, program, wanted) {
  if (time_of(task, size, program) == "") return
  target(text, time_of(task, size, program) / time_of(task, size, "istcheck"), wanted, 1)
}

{
  key = $1 " " $2
  if (!(key in seen)) { seen[key] = 1; order[++keys] = key; check[key] = $5; first[key] = $3 }
  if (check[key] != $5 && !(key in bad)) {
    bad[key] = 1
    printf "compare.sh: %s and %s disagree on %s\n", first[key], $3, key > "/dev/stderr"
  }
  lists[key, $3] = lists[key, $3] " " $4
}

END {
  for (pair in lists) time[pair] = median(lists[pair])
  # The same moment in two ways: whoever enumerated must have found what the closed form says.
  for (i = 1; i <= keys; i++) {
    closed = order[i]
    if (sub(/^moment-enumerated /, "moment-closed ", closed) && closed in check && check[closed] != check[order[i]]) {
      bad[closed] = 1
      printf "compare.sh: %s disagrees with %s of %s\n", closed, order[i], first[order[i]] > "/dev/stderr"
    }
  }
  print "| task | size | istcheck | FLINT | Arb | PARI | SymPy |"
  print "|---|---|---|---|---|---|---|"
  for (i = 1; i <= keys; i++) {
    split(order[i], part, " ")
    if (!((order[i], "istcheck") in time)) continue
    printf "| %s | %s | %s | %s | %s | %s | %s |\n", part[1], part[2], \
      duration(time[order[i], "istcheck"]), cell(order[i], "flint"), cell(order[i], "arb"), \
      cell(order[i], "pari"), cell(order[i], "sympy")
  }

  print "\n| growth of istcheck's time | d | exponent |"
  print "|---|---|---|"
  growth("solve", 20, 20, 50, 50); growth("solve", 50, 50, 100, 100); growth("solve", 100, 100, 200, 200)
  growth("psd-gram", 20, 20, 50, 50); growth("psd-gram", 50, 50, 100, 100)
  growth("psd-fraction", 20, 20, 50, 50); growth("psd-fraction", 50, 50, 100, 100)
  growth("moment-closed", "4,3", 12, "4,10", 40); growth("moment-closed", "4,10", 40, "4,25", 100)
  growth("charpoly", 4, 4, 6, 6); growth("charpoly", 6, 6, 8, 8)
  growth("largest-root", 4, 4, 6, 6); growth("largest-root", 6, 6, 8, 8)

  print "\n| target | wanted | measured | met |"
  print "|---|---|---|---|"
  n = split("20 50 100 200", d, " "); for (i = 1; i <= n; i++)
    at_most("two solves, d = " d[i] ", time over FLINT's", "solve", d[i], "flint", 1.1)
  n = split("50 100", d, " "); for (i = 1; i <= n; i++) {
    at_least("PSD with witness, integer Gram, d = " d[i] ", Arb's time over ours", "psd-gram", d[i], "arb", 5)
    at_least("PSD with witness, 20-bit fractions, d = " d[i] ", Arb's time over ours", "psd-fraction", d[i], "arb", 5)
  }
  target("closed form at (4,2), our enumeration's time over it", \
    time_of("moment-enumerated", "4,2", "istcheck") / time_of("moment-closed", "4,2", "istcheck"), 1000, 1)
  if (time_of("moment-enumerated", "5,2", "flint") != "")
    target("closed form at (5,2), FLINT's enumeration's time over it", \
      time_of("moment-enumerated", "5,2", "flint") / time_of("moment-closed", "5,2", "istcheck"), 1000, 1)
  target("closed form from d = 40 to 100, exponent", log(time_of("moment-closed", "4,25", "istcheck") / \
    time_of("moment-closed", "4,10", "istcheck")) / log(2.5), 3, 0)
  n = split("4 6 8", d, " "); for (i = 1; i <= n; i++) {
    at_most("characteristic polynomial, d = " d[i] ", time over FLINT's", "charpoly", d[i], "flint", 1.1)
    at_least("largest root to 2^-64, d = " d[i] ", PARI's time over ours", "largest-root", d[i], "pari", 1)
  }
  at_least("second moments, 50 steps, d = 4, SymPy's time over ours", "trajectory", 4, "sympy", 50)
  at_least("the same, SymPy handed the operator of the recursion", "trajectory", 4, "sympy-recursion", 50)
  for (key in bad) exit 1
}
