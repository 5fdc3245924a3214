#include "search/portfolio.hpp"

#include <algorithm>
#include <chrono>

#include "claim/check.hpp"
#include "search/uses.hpp"

namespace istcheck::search {

std::vector<NamedSearcher> all_searchers() {
  return {{"enumeration of small integers", 0,
           [](const Referee& r, const Space& s, std::uint64_t, const Patience& p) {
             return enumerate_small(r, s, p);
           }},
          {"random short fractions", 0, random_fractions},
          {"ascent on the violation", 1, ascend}};
}

namespace {

/// Whether solvers say unsat of settings and hypotheses by themselves, at all sizes.
bool hypotheses_unsat(const claim::Claim& c, const Settings& settings, Patience patience) {
  const auto alone = hypotheses_alone(c);
  if (!alone || !settings.solvers.use) return false;
  Solvers solvers(*alone, {true, settings.solvers.megabytes, ""});
  const Referee referee(*alone, settings.evaluation);
  patience.points = 500;
  const bool with_case = about_a_case(*alone);
  const auto shapes = with_case ? shapes_for(*alone, settings.sizes) : std::vector{carrier()};
  Restriction values;
  values.unit_diagonal = values.own_values = true;
  for (const bool forms : {true, false}) {
    for (const Shape& shape : shapes) {
      const auto spaces = with_case ? spaces_for(*alone, shape)
                                    : std::vector<Space>{Space(*alone, carrier(), values)};
      for (const Space& space : spaces)
        if (covers_shape(space, {}) && solvers.run(referee, space, patience, forms)) return false;
    }
    if (solvers.exclude(shapes)) return true;
  }
  return false;
}

}  // namespace

Result search(const claim::Claim& c, const Settings& settings) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  auto searchers = all_searchers();
  Solvers solvers(c, settings.solvers);
  const bool named = names_cases(c);  // one case is no shape
  const auto shapes = !c.family && !named && claim::uses_case(c) ? shapes_for(c, settings.sizes)
                                                                 : std::vector<Shape>();
  const auto asked = c.family          ? std::vector<Shape>()
                     : about_a_case(c) ? shapes_for(c, settings.sizes)
                                       : std::vector<Shape>{carrier()};
  Settings own = settings;
  if (settings.solvers.use && !c.family && !named) {
    const auto asking = [&solvers](bool forms) -> Searcher {
      return [&solvers, forms](const Referee& r, const Space& s, std::uint64_t, const Patience& p) {
        return solvers.run(r, s, p, forms);
      };
    };
    searchers.push_back({"Z3 on forms", 0, asking(true), true, true});
    searchers.push_back({"Z3", 0, asking(false), true});
    own.excluded = [&] { return solvers.exclude(asked); };
  }
  std::vector<ShapeProof> proofs;
  const auto every_proof = [&](const auto& is) {
    return !proofs.empty() && std::all_of(proofs.begin(), proofs.end(),
                                          [&](const ShapeProof& p) { return is(p.proof); });
  };
  bool proved = false;
  const auto settled = [&] {
    if (settings.progress) settings.progress("proofs for whole shapes");
    // What the race took too long, proofs do without.
    const std::chrono::duration<double> spent = Clock::now() - begin;
    const double left = settings.seconds + settings.proof_seconds - spent.count();
    proofs = prove_shapes(c, shapes, std::clamp(left, 0.0, settings.proof_seconds),
                          [&] { return settings.interrupt != nullptr && *settings.interrupt; });
    return proved = every_proof([](const Proof& p) { return p.proved(); });
  };
  const bool try_proofs = settings.proof_seconds > 0 && !c.family && !named;
  Result result = search_with(searchers, c, own, try_proofs ? settled : std::function<bool()>());
  if (!c.family && about_a_case(c)) result.domain = domain_of(shapes_for(c, settings.sizes));
  result.proofs = proofs;
  result.solver_answers = solvers.answers();
  for (const auto& d : solvers.disagreements()) result.rejected.push_back(d);
  if (result.answer != Answer::unknown) return result;
  if (!result.ill_defined.empty()) {
    result.answer = Answer::ill_defined;
    if (proved) result.rejected.push_back("a proof, since it has no value: " + result.ill_defined);
  } else if (proved) {
    result.answer = Answer::proved;
    result.domain = domain_of(shapes, result.proofs);
  } else if (!named && solvers.exclude(asked)) {
    result.answer = Answer::unsat_uncertified;
  }
  if (result.answer == Answer::ill_defined) return result;
  if (every_proof([](const Proof& p) { return p.excluded; })) {
    result.excluded = true;
    result.domain = domain_of(shapes, result.proofs);
  } else if (result.answer == Answer::unsat_uncertified && !result.supported) {
    Patience patience;
    const std::chrono::duration<double> all(settings.seconds + settings.proof_seconds);
    patience.deadline = std::min(begin + std::chrono::duration_cast<Clock::duration>(all),
                                 Clock::now() + std::chrono::seconds(2));
    patience.stop = [&] { return settings.interrupt != nullptr && *settings.interrupt; };
    result.excluded = hypotheses_unsat(c, settings, patience);
  }
  return result;
}

}  // namespace istcheck::search
