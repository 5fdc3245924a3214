#include "search/linear_program.hpp"

#include <z3++.h>

#include <algorithm>

namespace istcheck::search {

std::vector<char> useful(const std::vector<Column>& columns) {
  std::vector<char> alive(columns.size(), 1);
  struct Row {
    std::vector<size_t> plus, minus, free;
  };
  std::map<size_t, Row> rows;
  for (size_t k = 0; k < columns.size(); ++k)
    for (const auto& [row, q] : columns[k].entries)
      (columns[k].free ? rows[row].free : q > 0 ? rows[row].plus : rows[row].minus).push_back(k);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [number, row] : rows) {
      const auto count = [&](const std::vector<size_t>& list) {
        return std::count_if(list.begin(), list.end(), [&](size_t k) { return alive[k] != 0; });
      };
      const auto plus = count(row.plus), minus = count(row.minus), free = count(row.free);
      const bool balanced = (plus > 0 && minus > 0) || free > 1 ||
                            (free == 1 && plus + minus > 0) || plus + minus + free == 0;
      if (balanced) continue;
      for (const auto* list : {&row.plus, &row.minus, &row.free})
        for (const size_t k : *list) alive[k] = 0;
      changed = true;
    }
  }
  return alive;
}

std::optional<std::vector<Rational>> balance(const std::vector<Column>& columns,
                                             unsigned milliseconds) {
  const auto alive = useful(columns);
  const auto strict = [&](size_t k) { return alive[k] != 0 && columns[k].strict; };
  bool possible = false;
  for (size_t k = 0; k < columns.size(); ++k) possible = possible || strict(k);
  if (!possible) return std::nullopt;
  try {
    z3::context context;
    z3::solver solver(context, "QF_LRA");
    z3::params limits(context);
    limits.set("timeout", milliseconds);
    limits.set("ctrl_c", false);  // Ctrl-C is for the program, not for one query
    solver.set(limits);
    const auto number = [&](const Rational& q) {
      return context.real_val(istcheck::to_string(q).c_str());
    };
    std::vector<z3::expr> x;
    std::map<size_t, z3::expr_vector> rows;
    z3::expr_vector positive(context);
    for (size_t k = 0; k < columns.size(); ++k) {
      x.push_back(context.real_const(("x" + std::to_string(k)).c_str()));
      if (alive[k] == 0) continue;
      if (!columns[k].free) solver.add(x[k] >= 0);
      if (columns[k].strict) positive.push_back(x[k]);
      for (const auto& [row, q] : columns[k].entries)
        rows.try_emplace(row, context).first->second.push_back(number(q) * x[k]);
    }
    for (const auto& [row, terms] : rows) solver.add(z3::sum(terms) == 0);
    solver.add(z3::sum(positive) == 1);
    if (solver.check() != z3::sat) return std::nullopt;
    const z3::model model = solver.get_model();
    std::vector<Rational> values(columns.size());
    for (size_t k = 0; k < columns.size(); ++k) {
      if (alive[k] == 0) continue;
      const z3::expr value = model.eval(x[k], true);
      values[k] = *parse_rational(Z3_get_numeral_string(context, value));
    }
    return values;
  } catch (const z3::exception&) {  // a limit of time or memory
    return std::nullopt;
  }
}

}  // namespace istcheck::search
