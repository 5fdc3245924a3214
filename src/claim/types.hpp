// The type of an expression: its kind, its size as far as it is known, and what it depends on.
#pragma once

#include <string>

namespace istcheck::claim {

/// A size: a number, a symbol ("n", "d"), or not known before evaluation (empty symbol, number −1).
struct Size {
  std::string symbol;
  long number = -1;

  static Size of(long number) { return {"", number}; }
  static Size named(std::string symbol) { return {std::move(symbol), -1}; }
  bool known() const { return !symbol.empty() || number >= 0; }
  friend bool operator==(const Size& a, const Size& b) {
    return a.symbol == b.symbol && a.number == b.number;
  }
};

std::string to_string(const Size& s);

// A vector is a matrix with one column. A set is one that a method drew, of whole numbers.
enum class Shape { truth, scalar, matrix, set };

struct Type {
  Shape shape = Shape::scalar;
  Size rows = Size::of(1), columns = Size::of(1);
  bool random = false;         ///< depends on the sketches of the current round
  int degree = 0;              ///< in the iterates x[k]
  bool iterates = false;       ///< there are some, outside of E: the degree of x[k]^0 is 0
  bool free_state = false;     ///< of a method, which `for every state` or a round gives a value
  bool symmetric = false;      ///< of a name with a kind whose elements are
  bool uses_bound = false;     ///< depends on the index of an enclosing sum, mean, forall …
  bool uses_variable = false;  ///< depends on a forall-variable of the claim, or on iterates
  bool uses_case = false;      ///< depends on the data of a case

  bool is_vector() const { return shape == Shape::matrix && columns == Size::of(1); }
};

Type scalar_type();
Type matrix_type(Size rows, Size columns);
Type truth_type();

/// "scalar", "vector(d)", "matrix(d, d)", "truth value".
std::string to_string(const Type& t);

}  // namespace istcheck::claim
