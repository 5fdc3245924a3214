// What is said of each name that every claim can use: the problem's data, the sketch, the method
// and the functions. The rows of claim/names.def.
#pragma once

#include <string>
#include <vector>

#include "claim/ast.hpp"

namespace istcheck::claim {

/// How a name is used: alone (Lbar), with an index (L[i]), as a function (trace(A)), or both
/// (f[i](x)).
enum class Use { constant, indexed, function, indexed_function };

/// docs/semantics.md 3.1, 3.2, 3.5.
enum Class : unsigned {
  kCase = 1,     ///< makes a claim speak about cases
  kDraw = 2,     ///< has draws
  kRun = 4,      ///< carries gamma and x0
  kGamma = 8,    ///< carries gamma only
  kStart = 16,   ///< carries x0 only
  kLibrary = 32  ///< may be bound again
};

struct Builtin {
  std::string name;
  Use use = Use::constant;
  std::string arguments;  ///< one letter each, see claim/names.def
  char result = 's';
  unsigned classes = 0;
  std::string latex;  ///< #1, #2 … stand for the arguments
  std::string help;

  bool is(unsigned any) const { return (classes & any) != 0; }
};

const std::vector<Builtin>& builtins();
/// Null when there is none of that name and use.
const Builtin* find_builtin(const std::string& name, Use use);
/// The row of what the expression is; null when it is none of the table.
const Builtin* find_builtin(const Expr& e);
/// Whether a claim may not bind the name again (docs/semantics.md 3.1; F3): every name of the table
/// but those of the library (3.2).
bool is_core_name(const std::string& name);
/// gamma or x0, which a variable of that name stands in for (3.1); else `none`.
Constant replaced_by(const std::string& variable);
/// All names, for suggestions.
std::vector<std::string> builtin_names();

}  // namespace istcheck::claim
