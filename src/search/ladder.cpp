#include "search/ladder.hpp"

#include <set>

namespace istcheck::search {

namespace {

std::string method_of(const Result& r) {
  if (r.counterexample)
    return r.counterexample->found_by.substr(0, r.counterexample->found_by.find(" on "));
  if (r.answer == Answer::proved) return "certificate";
  std::set<std::string> names;
  for (const auto& s : r.solver_answers) {
    if (s.answer == "unsat") names.insert(s.solver + " (" + s.encoding + ")");
  }
  std::string text;
  for (const auto& n : names) text += (text.empty() ? "" : ", ") + n;
  return text;
}

}  // namespace

std::vector<Rung> ladder(const std::vector<claim::Claim>& claims, const Sizes& sizes) {
  std::vector<Rung> rungs;
  for (const auto& c : claims) {
    std::set<std::pair<int, int>> of_claim;
    if (c.family || !about_a_case(c) || names_cases(c)) {
      of_claim.insert({0, 0});
    } else {
      for (const auto& shape : shapes_for(c, sizes)) of_claim.insert({shape.n, shape.d});
    }
    for (const auto& [n, d] : of_claim) rungs.push_back({&c, n, d, {}, ""});
  }
  return rungs;
}

std::vector<Rung> climb(std::vector<Rung> rungs, const Settings& settings,
                        const std::function<void(const Rung&)>& begins) {
  const auto over = [&] { return settings.interrupt != nullptr && *settings.interrupt; };
  size_t searched = 0;
  for (; searched < rungs.size() && !over(); ++searched) {
    Rung& rung = rungs[searched];
    if (begins) begins(rung);
    Settings at = settings;
    if (rung.n > 0) at.sizes.n = rung.n;
    if (rung.d > 0) at.sizes.d = rung.d;
    rung.result = search(*rung.claim, at);
    rung.method = method_of(rung.result);
  }
  rungs.resize(searched);
  return rungs;
}

}  // namespace istcheck::search
