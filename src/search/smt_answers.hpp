// What Z3 writes of a query, read: one word, then the values that were asked for.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "exact/algebraic.hpp"

namespace istcheck::search {

/// A value as Z3 writes it, and the number.
struct SmtValue {
  std::string text;
  Algebraic number;
};
struct SmtAnswer {
  std::string answer = "unknown";  ///< or "sat", "unsat"
  std::map<std::string, SmtValue> values;
  bool asked = true;  ///< false: there is no program z3
};

/// Runs the program z3 on a query without "(check-sat)", for at most this long and with this much
/// memory, and asks for the values of `names`. `command` is "(check-sat)" or with a tactic. `stop`
/// is asked every 20 ms. Reading a model takes a while: after three times the time it is killed.
/// Throws std::runtime_error with Z3's message when it refuses the text.
SmtAnswer run_z3(const std::string& text, const std::string& command,
                 const std::vector<std::string>& names, unsigned milliseconds, unsigned megabytes,
                 const std::function<bool()>& stop = {});

/// The values in "((x 1.0) (y (/ 1.0 2.0)) (z (root-obj (+ (^ x 2) (- 2)) 2)))". Throws
/// std::runtime_error for other text.
std::map<std::string, SmtValue> read_values(const std::string& text);

}  // namespace istcheck::search
