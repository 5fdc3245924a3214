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

std::vector<Rung> climb(const std::vector<claim::Claim>& claims, const Settings& settings,
                        const std::function<void(const Rung&)>& done) {
  std::vector<Rung> rungs;
  const auto over = [&] { return settings.interrupt != nullptr && *settings.interrupt; };
  const auto add = [&](const claim::Claim& c, int n, int d, const Settings& s) {
    Rung rung{&c, n, d, search(c, s), ""};
    rung.method = method_of(rung.result);
    rungs.push_back(std::move(rung));
    if (done) done(rungs.back());
  };
  for (const auto& c : claims) {
    if (over()) break;
    if (c.family || !about_a_case(c)) {
      add(c, 0, 0, settings);
      continue;
    }
    std::set<std::pair<int, int>> sizes;
    for (const auto& shape : shapes_for(c, settings.sizes)) sizes.insert({shape.n, shape.d});
    for (const auto& [n, d] : sizes) {
      if (over()) break;
      Settings at = settings;
      at.sizes.n = n;
      at.sizes.d = d;
      add(c, n, d, at);
    }
  }
  return rungs;
}

}  // namespace istcheck::search
