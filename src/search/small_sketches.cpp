#include "search/small_sketches.hpp"

#include "search/numbers.hpp"

namespace istcheck::search {

std::vector<SketchSpec> block_sketches(int n, int d) {
  std::vector<SketchSpec> result;
  for (int q = 1; n > 1 && n * q < d; ++q) {
    BlockSketch block{{}, q};
    for (int a = 0; a < d - n * q; ++a) block.shared.push_back(a);
    result.push_back(block);
  }
  return result;
}

std::vector<SketchSpec> table_sketches(int n, int d) {
  std::vector<SketchSpec> result;
  if (n > 2 || d > 2 || n * d == 1) return result;
  Dice dice(static_cast<std::uint64_t>(8 * n + d));
  for (const bool diagonal : {true, false}) {
    const Rational weight(1, 2 + dice.below(3));
    TableSketch table;
    for (const Rational& w : {weight, Rational(1 - weight)}) {
      TableSketch::Outcome outcome{w, {}};
      for (int i = 0; i < n; ++i) {
        RationalMatrix C = RationalMatrix::Zero(d, d);
        for (Index j = 0; j < d; ++j) {
          C(j, j) = dice.below(3);
          for (Index k = 0; k < j && !diagonal; ++k) C(j, k) = C(k, j) = dice.below(3) - 1;
        }
        outcome.C.push_back(C);
      }
      table.outcomes.push_back(outcome);
    }
    result.push_back(table);
  }
  return result;
}

std::string to_string(const TableSketch& s) {
  std::string text;
  for (const auto& outcome : s.outcomes) {
    text += (text.empty() ? "" : "; ") + istcheck::to_string(outcome.weight) + ":";
    for (const auto& C : outcome.C) {
      text += " [";
      for (Index j = 0; j < C.rows(); ++j) {
        text += j == 0 ? "[" : ", [";
        for (Index k = 0; k < C.cols(); ++k)
          text += (k == 0 ? "" : ", ") + istcheck::to_string(C(j, k));
        text += "]";
      }
      text += "]";
    }
  }
  return text;
}

}  // namespace istcheck::search
