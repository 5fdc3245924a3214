// The configurations of one shape as points: a list of rational coordinates.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "search/shape.hpp"
#include "search/uses.hpp"

namespace istcheck::search {

enum class Role {
  diagonal,      ///< a diagonal entry of an L_i, ≥ 0
  off_diagonal,  ///< L_i[j, k] with j < k
  linear,        ///< an entry of a b_i
  step,          ///< γ > 0
  start,         ///< an entry of x⁰
  noise,         ///< a diagonal entry of a worker's noise, ≥ 0
  integer,       ///< of a claim's own variable
  number         ///< the same, any rational
};

struct Slot {
  Role role;
  std::string name;  ///< "L[1][1,2]", "theta", …
};

/// Which configurations of a shape a space covers.
struct Restriction {
  bool same_L = false, same_b = false, unit_diagonal = false, diagonal = false, zero_b = false;
  bool noise = false;
  bool own_values = false;  ///< the claim's variables are coordinates, not only at its trials
};

/// "equal L_i, unit diagonal"; "" without any.
std::string to_string(const Restriction& r);

/// Where the numbers of a case come from: a slot, or one of the constants 0 and 1.
using Sources = Matrix<int>;
inline constexpr int kZero = -1, kOne = -2;
struct Layout {
  std::vector<Sources> L, noise;  ///< d × d for each worker
  std::vector<Sources> b;         ///< d × 1
  int step = kOne;
  std::optional<Sources> start;           ///< d × 1
  std::map<std::string, Sources> values;  ///< of the claim's variables; 1 × 1 for numbers
};

/// Points ↔ cases. The coordinates of L_1 come first, then of L_2 …, so that a search can refuse a
/// matrix as soon as it is complete.
class Space {
 public:
  Space(const claim::Claim& c, Shape shape, Restriction restriction);
  /// One case, and all values of the claim's variables.
  Space(const claim::Claim& c, const Case& base);

  const Shape& shape() const { return shape_; }
  const Restriction& restriction() const { return restriction_; }
  const std::vector<Slot>& slots() const { return slots_; }
  /// "n = 2, d = 2, perm (q = 1), …; equal L_i".
  std::string name() const;
  /// How many coordinates make one L_i, and how many L_i have their own.
  size_t slots_per_matrix() const { return per_matrix_; }
  size_t matrices() const { return matrices_; }

  const Layout& layout() const { return layout_; }
  const Uses& uses() const { return uses_; }
  const claim::Claim& claim() const { return claim_; }

  /// The case at a point (one coordinate a slot). No check is made.
  Case at(const std::vector<Rational>& point) const;
  /// The same with square roots and the powers of one algebraic number.
  Case at(const std::vector<Surd>& point) const;

 private:
  const claim::Claim& claim_;
  Shape shape_;
  Restriction restriction_;
  Uses uses_;
  std::vector<Slot> slots_;
  Layout layout_;
  size_t per_matrix_ = 0, matrices_ = 0;
  std::optional<Case> base_;

  Numbers numbers_at(const std::vector<Rational>& point, bool rational_part) const;
  int add_slot(Role role, const std::string& name);
  Sources add_matrix(const std::string& name);
  Sources add_vector(Role role, const std::string& name);
  void add_variables();
};

/// The spaces that cover a shape, narrow ones first. Of a restriction that changes nothing at the
/// shape (equal workers where n = 1) only one form is kept.
std::vector<Space> spaces_for(const claim::Claim& c, const Shape& shape);

}  // namespace istcheck::search
