#include "search/portfolio.hpp"

#include <algorithm>

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

Result search(const claim::Claim& c, const Settings& settings) {
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
  bool proved = false;
  const auto settled = [&] {
    if (settings.progress) settings.progress("proofs for whole shapes");
    proofs = prove_shapes(c, shapes, settings.proof_seconds,
                          [&] { return settings.interrupt != nullptr && *settings.interrupt; });
    proved = !proofs.empty() && std::all_of(proofs.begin(), proofs.end(),
                                            [](const auto& p) { return p.proof.proved(); });
    return proved;
  };
  const bool try_proofs = settings.proof_seconds > 0 && !c.family && !named;
  Result result = search_with(searchers, c, own, try_proofs ? settled : std::function<bool()>());
  if (!c.family && about_a_case(c)) result.domain = domain_of(shapes_for(c, settings.sizes));
  result.proofs = std::move(proofs);
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
  return result;
}

}  // namespace istcheck::search
