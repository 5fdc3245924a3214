// Sketches: the joint distribution of C_1..C_n in one round.
//
// Every sketch of the field but a user's table *selects*: C_i = Diag(s_i) P_i, where P_i keeps the
// coordinates of a random set S_i and s_i are fixed scales. Two facts about the random sets are all
// that second moments need, because the sets treat the coordinates alike and the workers alike:
//   same(k)        = P(k given distinct coordinates all lie in S_i)
//   cross(r, s, t) = P(r given coordinates lie in S_i, s others in S_j, t further ones in both), i
//   ≠ j.
// Coordinates in `always` belong to every S_i and are not counted.
#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "exact/rational.hpp"
#include "exact/surd.hpp"
#include "model/problem.hpp"

namespace istcheck {

// ---- What a case file says --------------------------------------------------------------------

struct IdentitySketch {};
/// Perm-q (7). remainder: d need not be n q; the coordinates are dealt out evenly, uniformly at
/// random over all deals in which worker loads differ by at most one (Szlendak et al. 2022). d < n:
/// each worker gets one coordinate, and how often coordinates occur differs by at most one.
struct PermSketch {
  int q = 0;
  bool remainder = false;
};
struct RandSketch {  ///< Rand-q (4)
  int q = 0;
  bool shared = false;
};
struct ScaledPermSketch {  ///< (23), n = d
  enum class Reading { diagonal, printed } reading = Reading::diagonal;
};
struct UnitPermSketch {};  ///< √n e_π e_πᵀ, before (31); n = d
struct BernoulliSketch {
  Rational p;
  bool shared = false;
};
/// Coordinates in `shared` (0-based) go to every worker unscaled; the rest is split by Perm-q.
struct BlockSketch {
  std::vector<int> shared;
  int q = 0;
};
struct TableSketch {
  struct Outcome {
    Rational weight;
    std::vector<RationalMatrix> C;  // n matrices d × d, symmetric
  };
  std::vector<Outcome> outcomes;
};
using SketchSpec = std::variant<IdentitySketch, PermSketch, RandSketch, ScaledPermSketch,
                                UnitPermSketch, BernoulliSketch, BlockSketch, TableSketch>;

/// "perm", "rand", … as in case files.
std::string kind_of(const SketchSpec& spec);

// ---- The random sets ---------------------------------------------------------------------------

/// Coordinates kept by each worker, ascending.
using Selection = std::vector<std::vector<int>>;
/// Called once per outcome. The weight is weight / SelectionLaw::weight_denominator(). Returning
/// false stops the enumeration.
using SelectionVisitor = std::function<bool(const Integer& weight, const Selection&)>;

class SelectionLaw {
 public:
  SelectionLaw(int n, int d, std::vector<bool> always) : n_(n), d_(d), always_(std::move(always)) {}
  virtual ~SelectionLaw() = default;
  SelectionLaw(const SelectionLaw&) = delete;
  SelectionLaw& operator=(const SelectionLaw&) = delete;

  int n() const { return n_; }
  int d() const { return d_; }
  const std::vector<bool>& always() const { return always_; }  ///< d flags

  virtual Rational same(int k) const = 0;
  virtual Rational cross(int r, int s, int t) const = 0;
  /// The exact number of outcomes of positive weight.
  virtual Integer support() const = 0;
  virtual Integer weight_denominator() const = 0;
  /// All outcomes, one after the other, in memory O(n d). Lexicographic, so deterministic.
  virtual void enumerate(const SelectionVisitor& visit) const = 0;
  /// One draw, for simulations.
  virtual Selection sample(std::mt19937_64& random) const = 0;

 private:
  int n_, d_;
  std::vector<bool> always_;
};

// ---- The sketch --------------------------------------------------------------------------------

/// A validated sketch for a problem of n workers in dimension d. Scalars S are Rational, or Surd
/// for sketches with square roots.
class Sketch {
 public:
  /// Throws std::invalid_argument, saying what does not fit (d ≠ qn with both numbers, the sum of
  /// the weights, a probability outside (0, 1], …).
  Sketch(SketchSpec spec, const Problem& problem);

  const SketchSpec& spec() const { return spec_; }
  std::string kind() const { return kind_of(spec_); }
  /// Null for a table.
  const SelectionLaw* law() const { return law_.get(); }
  /// s_i, one row per worker (n × d); empty for a table.
  const SurdMatrix& scales() const { return scales_; }
  /// Whether every C_i has rational entries.
  bool rational() const;
  /// Number of outcomes.
  Integer support() const;

  /// All outcomes as matrices, one after the other; memory does not grow with their number.
  /// visit(weight, C) with C_1..C_n of size d × d; returning false stops.
  template <class S>
  void enumerate(
      const std::function<bool(const Rational&, const std::vector<Matrix<S>>&)>& visit) const;

 private:
  SketchSpec spec_;
  std::shared_ptr<const SelectionLaw> law_;
  SurdMatrix scales_;
  int n_, d_;
};

}  // namespace istcheck
