// SMT solvers as searchers: untrusted, like every other.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "search/searchers.hpp"
#include "search/smt_encoder.hpp"

namespace istcheck::search {

struct SolverSettings {
  bool use = true;
  unsigned megabytes = 1024;  ///< of memory for each query
  std::string folder;         ///< where queries are written as SMT-LIB files; empty: nowhere
};

/// What a solver said of one query.
struct SolverAnswer {
  std::string solver, encoding, space, file;
  std::string answer;  ///< "sat", "unsat", "unknown"
  std::string note;    ///< why it could not be asked, or what became of the model
  double seconds = 0;
  bool whole = false;  ///< the query covers every configuration of the shape
};

/// A model: for each slot of the space, rational numbers near its value, best first; the only one
/// when it is rational.
using Model = std::vector<std::vector<Rational>>;
struct Z3Answer {
  std::string answer;      ///< "sat", "unsat", "unknown"; "not asked" without the program z3
  Model model;             ///< when sat
  std::string irrational;  ///< its irrational values, as roots of polynomials
  /// The model itself, in square roots or in the powers of one algebraic number; nothing where the
  /// field of its values is too large.
  std::optional<std::vector<Surd>> exact;
};
/// What Z3 says of a query, and cvc5 where that is unsat.
struct Said {
  Z3Answer z3;
  std::optional<std::string> cvc5;
};
/// Asks Z3. `tactic` "" is the default solver, else "qfnra-nlsat". `stop` is asked every 20 ms.
/// Throws std::runtime_error with Z3's message when it refuses the text.
Z3Answer ask_z3(const Query& q, const std::string& tactic, unsigned milliseconds,
                unsigned megabytes, const std::function<bool()>& stop = {});

/// "sat", "unsat", "unknown", or nothing when the program cvc5 is not installed.
/// `stop` is asked every 20 ms.
std::optional<std::string> ask_cvc5(const std::string& text, double seconds,
                                    const std::function<bool()>& stop = {});

/// All solvers on all queries of the spaces of one claim, over the rounds of a race.
class Solvers {
 public:
  Solvers(const claim::Claim& c, SolverSettings settings) : claim_(c), settings_(settings) {}

  /// The next queries of this space, with a time that grows with the points of the patience. A
  /// model is turned into rational points, and the first one that violates the claim is returned.
  /// With `forms` only the query without entries, else all others. Thread-safe.
  std::optional<Finding> run(const Referee& referee, const Space& space, const Patience& patience,
                             bool forms);

  /// What was asked so far, in the order of spaces and encodings.
  std::vector<SolverAnswer> answers() const;
  /// Whether solvers say unsat of every one of the shapes, for every choice of the integers, on a
  /// query that covers the whole shape; never of no shapes.
  bool exclude(const std::vector<Shape>& shapes) const;
  /// Answers of solvers that contradict each other.
  std::vector<std::string> disagreements() const;

 private:
  const claim::Claim& claim_;
  SolverSettings settings_;
  mutable std::mutex mutex_;
  std::map<std::string, SolverAnswer> answers_;  ///< by space, encoding, integers, solver
  std::map<std::string, std::set<std::string>> wanted_, excluded_;  ///< shape → integers
  std::vector<std::string> disagreements_;
  /// Without entries the same question comes at many sizes: its text without comments → answers.
  std::map<std::string, Said> said_;

  bool settled(const std::string& key) const;
  std::optional<Finding> ask(const Referee& referee, const Space& space, const Encoding& encoding,
                             const Integers& integers, const Patience& patience);
  static std::optional<Finding> violating(const Referee& referee, const Space& space,
                                          const Integers& integers, const Z3Answer& answer);
  void record(const std::string& key, SolverAnswer a);
  Said said(const Query& q, const Encoding& encoding, const Patience& patience);
  std::string written(const Space& space, const Encoding& encoding, const Integers& integers,
                      const Query& q);
};

/// Whether a query of this space covers every configuration of its shape.
bool covers_shape(const Space& space, const Encoding& encoding);

}  // namespace istcheck::search
