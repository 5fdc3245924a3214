// A claim at one shape as a question in real arithmetic: is there a configuration with the
// hypotheses and without the conclusion?
//
// Expressions unfold to polynomials in the coordinates of the space. What is no polynomial becomes
// a new variable with a defining constraint: a quotient y of a by b is b y = a with b ≠ 0, a root s
// of a is s ≥ 0, s² = a, an inverse Y of M is M Y = I, an extreme eigenvalue t of (A, B) is det(A −
// tB) = 0 with tB − A ⪰ 0 (or A − tB ⪰ 0). So a model exists exactly where the claim has a value
// and is violated. Expectations run over the outcomes of the sketch, iterates over histories.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "claim/ast.hpp"
#include "search/smt_terms.hpp"
#include "search/space.hpp"

namespace istcheck::search {

/// The claim, at this shape, has no such form; the message says why.
class Unencodable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How Loewner relations are written.
struct Encoding {
  enum class Psd { minors, cholesky } psd = Psd::minors;           ///< "M ⪰ 0"
  enum class NotPsd { minors, witness } not_psd = NotPsd::minors;  ///< "not M ⪰ 0"
  bool first_entry_one = false;  ///< L_1[1,1] = 1; removes a scale, so unsat says nothing
  bool diagonal = false;         ///< off-diagonal entries 0; unsat says nothing
  bool whole() const { return !first_entry_one && !diagonal; }
};
/// "minors", "cholesky, witness", "minors, L[1,1] = 1", …
std::string to_string(const Encoding& e);
/// In the order in which they are tried.
std::vector<Encoding> all_encodings();

struct Query {
  std::string text;                   ///< SMT-LIB 2
  std::vector<std::string> unknowns;  ///< the variable of each slot of the space
};

/// The values of the integer variables of the claim in this query.
using Integers = std::map<std::string, long>;
/// All choices of them within the ranges of the claim's trials, at most `most`; throws Unencodable
/// when a range is no constant or there are more.
std::vector<Integers> integer_choices(const claim::Claim& c, size_t most);

/// Throws Unencodable. `fixed` asserts values for the first slots as well; for tests.
Query encode(const Space& space, const Encoding& encoding, const Integers& integers,
             const std::vector<Rational>& fixed = {});

}  // namespace istcheck::search
