// Facts with the terms that make them, and the writing of steps.
#pragma once

#include <map>
#include <stdexcept>
#include <vector>

#include "dynamics/line.hpp"

namespace istcheck::decision {

/// Why a conjunction stays open.
struct Unsure : std::domain_error {
  using std::domain_error::domain_error;
};
/// Polynomials of which one has a zero at the sample of the cell: to be told apart there.
struct Split {
  std::vector<Surd> bases;
};

/// Signs on a cell of one unknown, as they are at a sample. Without a sample nothing but numbers
/// and roots of such has a sign.
class Signs {
 public:
  Signs(std::vector<DefinedUnknown> roots, std::optional<std::pair<unsigned, Rational>> sample);
  /// Throws Split, or Unsure where a value is zero everywhere and does not look so.
  int of(const Surd& g) const;
  /// The same; 0 also for what is zero everywhere and does not look so.
  int or_zero(const Surd& g) const;
  /// A proof needs the sign of g to be the same on the cell.
  void note(const Surd& g);
  /// The value at the sample, where it can be written.
  std::optional<Surd> at_sample(const Surd& g) const;
  const std::vector<DefinedUnknown>& roots() const { return roots_; }
  std::vector<Surd> noted;  ///< polynomials in the unknown that must have no zero in the cell

 private:
  std::vector<DefinedUnknown> roots_;
  std::optional<std::pair<unsigned, Rational>> sample_;
  std::map<unsigned, Surd> values_;
  bool written_ = true;  ///< all roots are in values_
};

/// g Πf p² with a g > 0 in the cell, or g Πf p where there is an equation among the factors. More
/// factors of g, which are no numbers, may stand by themselves.
struct Part {
  Surd g = 1;
  std::vector<size_t> factors;
  Surd p = 1;
  bool equation = false;
  std::vector<Surd> more = {};
};

/// A fact that is a sum of parts, and polynomial in what is neither a number nor defined on the
/// line.
struct Known {
  Fact::Is is;
  Surd p;
  std::vector<Part> parts;
};
/// g k for a g > 0 (or any g and an equation k).
Known scaled(Known k, const Surd& g);
/// The same for a product of several.
Known scaled(Known k, const std::vector<Surd>& factors);
Surd product_of(const std::vector<Surd>& factors);
/// a k for an equation k and any polynomial a.
Known multiplied(Known k, const Surd& a);
Known added(Known a, const Known& b);

class Writer {
 public:
  Writer(std::vector<Fact> facts, std::vector<DefinedUnknown> line);

  /// A step that adds a fact, written when the fact is used.
  size_t later(ProofStep step, Fact fact);
  Known known(size_t fact) const;
  Known known(const Fact& fact, std::vector<size_t> factors) const;
  const Fact& fact(size_t id) const;
  size_t count() const { return facts_.size(); }

  /// The parts add up to zero, and one is strict.
  void close(const std::vector<Part>& parts, Signs& signs);
  /// The fact g = 0 of what is zero everywhere and does not look so.
  size_t vanishing(const Surd& g, Signs& signs);
  /// The parts add up to zero; the facts that follow.
  std::vector<Known> zeros(const std::vector<Part>& parts, Signs& signs);

  std::vector<ProofStep> steps;

 private:
  struct Later {
    ProofStep step;
    Fact fact;
    std::optional<size_t> place;
  };
  size_t place_of(size_t id);
  size_t positive(const Surd& g, Signs& signs);
  std::vector<ProofStep::Term> terms_of(const std::vector<Part>& parts, Signs& signs);
  std::vector<Fact> facts_;
  std::vector<DefinedUnknown> line_;  ///< defined on the line
  std::vector<Later> later_;
  std::vector<std::pair<Surd, size_t>> positives_;
};

}  // namespace istcheck::decision
