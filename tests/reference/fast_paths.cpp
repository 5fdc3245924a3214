// Judges claims with all fast paths of the engine, and without each: closed forms, what is kept for
// the next time, rational arithmetic. Usage: fast_paths CLAIMS CASE. Prints a line for each claim
// that gives another answer; exit code 1 when there is one.
#include <iostream>

#include "claim/check.hpp"
#include "claim/judge.hpp"
#include "claim/parser.hpp"
#include "input/case_file.hpp"

namespace istcheck::claim {
namespace {

struct Answer {
  std::string text;
  std::optional<Verdict> verdict;
  bool open = false;  ///< holds at the values tried; all values were not decided
};

Answer answer(const Claim& c, const Case& one, const EvaluationOptions& options) {
  try {
    if (uses_case(c) && !c.family && unfit(c, one, options)) return {"does not fit", {}};
    const auto v = judge(c, uses_case(c) && !c.family ? &one : nullptr, options);
    const auto number = [](const std::optional<Scalar>& s) { return s ? to_string(*s) : "none"; };
    const bool open = v.scope == Scope::tried;
    return {to_string(v.verdict) + ", " + v.statement + " at " + v.values + ", " + v.sides +
                ", margin " + number(v.margin) + ", tightness " + number(v.ratio) +
                (open ? ", " + v.reason : ""),
            v.verdict, open};
  } catch (const Unsupported&) {
    return {"undecided", Verdict::undecided};
  } catch (const std::exception&) {
    return {"no value", {}};
  }
}

/// Whether both may be right: a budget may be met earlier without a fast path, before it is known
/// what the claim says, or before a choice that violates it where another one has no value (11.2),
/// or before all values are decided: then the other one may find a choice that is no good one. What
/// is not kept is computed in pieces, and may pass a limit that it does not pass otherwise.
bool may_differ(const Answer& a, const Answer& b) {
  const auto either = [&](Verdict v) { return a.verdict == v || b.verdict == v; };
  if ((a.open || b.open) && !either(Verdict::vacuous)) return true;
  return either(Verdict::undecided) || (either(Verdict::violated) && either(Verdict::ill_defined));
}

int run(const std::string& claims, const std::string& file) {
  const Case one = parse_case(read_text_file(file), file, CaseFormat::toml, Roots::taken);
  int differ = 0;
  for (Claim& c : parse_claims(read_text_file(claims), claims)) {
    check_types(c);
    const Answer usual = answer(c, one, {});
    std::vector<std::pair<const char*, EvaluationOptions>> without(3);
    without[0].first = "closed forms";
    without[0].second.route = Route::enumeration;
    without[1].first = "what is kept";
    without[1].second.keep = false;
    without[2].first = "rational arithmetic";
    without[2].second.rational = false;
    for (const auto& [what, options] : without) {
      const Answer other = answer(c, one, options);
      if (usual.text == other.text || may_differ(usual, other)) continue;
      std::cout << c.id << ": " << usual.text << "; without " << what << ": " << other.text << "\n";
      ++differ;
    }
  }
  return differ == 0 ? 0 : 1;
}

}  // namespace
}  // namespace istcheck::claim

int main(int count, char** words) {
  try {
    if (count == 3) return istcheck::claim::run(words[1], words[2]);
    std::cerr << "fast_paths CLAIMS CASE\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
  }
  return 2;
}
