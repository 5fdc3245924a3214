#include "claim/types.hpp"

namespace istcheck::claim {

std::string to_string(const Size& s) {
  if (!s.symbol.empty()) return s.symbol;
  return s.number >= 0 ? std::to_string(s.number) : "?";
}

std::string to_string(const Type& t) {
  if (t.shape == Shape::set) return "set";
  if (t.shape == Shape::truth) return "truth value";
  if (t.shape == Shape::scalar) return "scalar";
  if (t.is_vector()) return "vector(" + to_string(t.rows) + ")";
  return "matrix(" + to_string(t.rows) + ", " + to_string(t.columns) + ")";
}

Type scalar_type() { return {}; }

Type matrix_type(Size rows, Size columns) {
  Type t;
  t.shape = Shape::matrix;
  t.rows = std::move(rows);
  t.columns = std::move(columns);
  return t;
}

Type truth_type() {
  Type t;
  t.shape = Shape::truth;
  return t;
}

}  // namespace istcheck::claim
