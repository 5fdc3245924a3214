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

/// How Loewner relations are written, and what is restricted.
struct Encoding {
  /// "M ⪰ 0": all principal minors ≥ 0; M = R Rᵀ; M = U D Uᵀ with D ≥ 0; or only vᵀMv ≥ 0 for the
  /// witness vectors v of the denials, which drops the rest of the hypothesis: its unsat is sound,
  /// its sat may be spurious; or forms v'Mv as free numbers, without entries (abstraction.hpp), of
  /// which the same is true.
  enum class Psd { minors, cholesky, ldlt, instances, forms } psd = Psd::minors;
  /// "not M ⪰ 0": some principal minor < 0; vᵀMv < 0 with some v_k = 1; or the same for one of a
  /// few fixed vectors such as (3, −1, 0, …), a restriction.
  enum class NotPsd { minors, witness, fixed_witness } not_psd = NotPsd::minors;
  /// Restrictions; unsat then says nothing.
  enum class Family {
    all,
    first_entry_one,  ///< L_1[1,1] = 1, which removes a scale
    diagonal,         ///< every L_i diagonal
    block,            ///< every L_i the identity but for its first 2 × 2 block
    short_values      ///< every unknown one of 0, ±1, ±2, ±3, ±1/2, 4, 5
  } family = Family::all;
  bool abstract() const { return psd == Psd::instances || psd == Psd::forms; }
  bool whole() const { return family == Family::all && not_psd != NotPsd::fixed_witness; }
};
/// "minors", "cholesky, witness", "minors, L[1,1] = 1", …
std::string to_string(const Encoding& e);
/// In the order in which they are tried.
std::vector<Encoding> all_encodings();

struct Query {
  std::string text;  ///< SMT-LIB 2
  std::vector<std::string>
      unknowns;  ///< the variable of each slot of the space; none without entries
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
