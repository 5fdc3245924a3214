// Whether real numbers fulfil a conjunction of conditions on polynomials: with values that do, or
// with a proof that none do.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exact/surd.hpp"

namespace istcheck {

/// p = 0, p >= 0 or p > 0.
struct Fact {
  enum class Is { zero, nonnegative, positive } is;
  Surd p;
};
/// M ⪰ 0, or M ≻ 0; M is symmetric.
struct MatrixFact {
  SurdMatrix m;
  bool definite;
};
/// unknown · of = 1 (a fact says of² > 0, or it follows from one), or unknown² = of with unknown >=
/// 0 (facts say of >= 0 and unknown >= 0). `of` holds no unknown defined later.
struct DefinedUnknown {
  unsigned unknown;
  bool reciprocal;
  Surd of;
};
struct Conjunction {
  std::vector<unsigned> scalars;  ///< each stands for every real number
  std::vector<unsigned> entries;  ///< of vectors and matrices, likewise
  std::vector<DefinedUnknown> defined;
  std::vector<Fact> facts;
  std::vector<MatrixFact> matrices;
};

/// Values of scalars and entries.
using Point = std::map<unsigned, Surd>;

/// A step of a proof that the conjunction is impossible. Facts count from 0 in the order of
/// Conjunction::facts; those that steps add follow. What each step needs and gives stands in
/// proofs/certificate-format.md; src/dynamics/follows.cpp reads it. Of `zeros`: a term without
/// equations all of whose factors are > 0 (or that has none) gives p = 0, unless p is a number;
/// else a term with one factor and a number p gives that factor = 0; other terms give nothing.
/// `sign` also gives signs of numbers, outside of cells as well.
struct ProofStep {
  enum class Rule { sum, zeros, minor, form, sign, cells } rule;
  struct Term {
    Surd c;                       ///< > 0 unless an equation is among the factors
    std::vector<size_t> factors;  ///< none: 1
    Surd p;
  };
  std::vector<Term> terms;   ///< sum, zeros
  size_t matrix = 0;         ///< minor, form
  std::vector<Index> rows;   ///< minor, ascending from 0
  std::vector<Surd> vector;  ///< form; of sign: the one polynomial
  unsigned unknown = 0;      ///< cells
  std::vector<Surd> points;  ///< cells, ascending
};

struct Decision {
  std::optional<Point> witness;  ///< fulfils the conjunction
  /// Shows that nothing does. After `cells` the steps for each of its 2m + 1 cells follow.
  std::vector<ProofStep> proof;
  bool impossible = false;
  std::string open;  ///< why it is neither
};

/// Decides it by fragments (docs/semantics.md 19). Ends within fixed counts.
Decision decide(const Conjunction& c);

}  // namespace istcheck
