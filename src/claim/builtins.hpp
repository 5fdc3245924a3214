// The names that every claim can use: the problem's data, the sketch, the method and the functions.
#pragma once

#include <string>
#include <vector>

#include "claim/types.hpp"

namespace istcheck::claim {

/// How a name is used: alone (Lbar), with an index (L[i]), as a function (trace(A)), or both
/// (f[i](x)).
enum class Use { constant, indexed, function, indexed_function };

struct Builtin {
  std::string name;
  Use use = Use::constant;
  /// Argument and result sizes: "" for none, then one letter each: s scalar, v vector(d), m
  /// matrix(d, d), S square matrix, M any matrix, V any vector, * any of scalar, vector, matrix; t
  /// truth value.
  std::string arguments;
  char result = 's';
  bool random = false;
  bool uses_case = false;
  std::string latex;  ///< #1, #2 … stand for the arguments
  std::string help;
};

const std::vector<Builtin>& builtins();
/// Null when there is none of that name and use.
const Builtin* find_builtin(const std::string& name, Use use);
/// Whether a claim may not bind the name again (docs/semantics.md 3.1; F3): every name above but
/// those that a paper defines (3.2), and the words with a fixed meaning.
bool is_core_name(const std::string& name);
/// All names, for suggestions.
std::vector<std::string> builtin_names();

}  // namespace istcheck::claim
