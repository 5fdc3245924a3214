#include "search/linear_program.hpp"

#include <algorithm>
#include <sstream>

#include "search/smt_answers.hpp"

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
  std::ostringstream query;
  query << "(set-logic QF_LRA)\n";
  const auto number = [](const Rational& q) {
    const std::string size = "(/ " + istcheck::to_string(Integer(abs(numerator(q)))) + " " +
                             istcheck::to_string(Integer(denominator(q))) + ")";
    return q < 0 ? "(- " + size + ")" : size;
  };
  std::vector<std::string> names;
  std::map<size_t, std::string> rows;
  std::string positive;
  for (size_t k = 0; k < columns.size(); ++k) {
    if (alive[k] == 0) continue;
    const std::string x = "x" + std::to_string(k);
    names.push_back(x);
    query << "(declare-fun " << x << " () Real)\n";
    if (!columns[k].free) query << "(assert (>= " << x << " 0))\n";
    if (columns[k].strict) positive += " " + x;
    for (const auto& [row, q] : columns[k].entries) rows[row] += " (* " + number(q) + " " + x + ")";
  }
  for (const auto& [row, terms] : rows) query << "(assert (= (+ 0" << terms << ") 0))\n";
  query << "(assert (= (+ 0" << positive << ") 1))\n";
  constexpr unsigned kMegabytes = 2048;
  const SmtAnswer said = run_z3(query.str(), "(check-sat)", names, milliseconds, kMegabytes);
  if (said.answer != "sat") return std::nullopt;
  std::vector<Rational> values(columns.size());
  for (size_t k = 0; k < columns.size(); ++k)
    if (alive[k] != 0) values[k] = said.values.at("x" + std::to_string(k)).number.rational();
  return values;
}

}  // namespace istcheck::search
