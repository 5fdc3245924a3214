// A race of searchers on all spaces of a claim: on threads, in rounds with growing budgets.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "search/domain.hpp"
#include "search/counterexample.hpp"
#include "search/prove.hpp"
#include "search/solvers.hpp"

namespace istcheck::search {

struct Settings {
  Sizes sizes;
  std::vector<Case> cases;  ///< looked at first; a claim that names its cases is about no others
  double seconds = 60;
  unsigned threads = 2;
  std::uint64_t seed = 1;
  size_t first_budget =
      60;  ///< points for each searcher and space in the first round; then 4 × more
  int rounds = 16;
  SolverSettings solvers;
  double proof_seconds = 10;  ///< for proofs of whole shapes, after two rounds; 0: none are tried
  claim::EvaluationOptions evaluation;
  const std::atomic<bool>* interrupt = nullptr;  ///< Ctrl-C
  std::function<bool()> excluded;                ///< whether solvers say unsat of everything
  std::function<void(const std::string&)> progress;
};

/// Proved: for every configuration of the shapes that were asked about, by certificates that the
/// checker accepts.
/// Ill-defined: not refuted, and on a configuration of them the claim has no value.
enum class Answer { refuted, ill_defined, proved, unsat_uncertified, unknown };
/// "refuted", "ill-defined", "proved", "unsat-uncertified", "unknown".
std::string to_string(Answer a);

/// What one method did on one space, over all rounds.
struct Attempt {
  std::string method, space;
  size_t points = 0;
  std::string outcome;
};

struct Result {
  Answer answer = Answer::unknown;
  std::optional<Counterexample> counterexample;
  std::vector<Attempt> attempts;
  std::vector<std::string> rejected;  ///< findings that the exact engine did not confirm, and why
  Domain domain;                      ///< of what "proved" and "unsat-uncertified" speak
  std::string no_case;                ///< why nothing was searched: no case that the claim names
  std::string ill_defined;            ///< where the claim has no value, if that was met
  std::vector<SolverAnswer> solver_answers;
  std::vector<ShapeProof> proofs;  ///< and tries that failed
  double seconds = 0;
  size_t judged = 0;
  bool supported = false;  ///< hypotheses and conclusions were true somewhere
  bool excluded = false;   ///< settings and hypotheses are true nowhere on the domain
  bool interrupted = false;
};

/// A searcher in the race; tests plant their own.
using Searcher = std::function<std::optional<Finding>(const Referee&, const Space&,
                                                      std::uint64_t seed, const Patience&)>;
struct NamedSearcher {
  std::string name;
  int first_round;
  Searcher run;
  bool anywhere = false;  ///< also where random points never fit the claim's settings
  bool early = false;     ///< before all others in a round, on every space
};

/// For claims that use no case: one that only carries the values of their variables.
Shape carrier();

/// `settled` is asked once, after the second round or when the time is over, unless something is
/// found; true ends the race.
Result search_with(const std::vector<NamedSearcher>& searchers, const claim::Claim& c,
                   const Settings& settings, const std::function<bool()>& settled = {});

}  // namespace istcheck::search
