// Steps that show a way impossible: what is assumed on it as a conjunction over surds, and the
// proof that deciding it finds in the names of the certificate.
#include <algorithm>

#include "search/prover.hpp"
#include "search/refutation_try.hpp"

namespace istcheck::search {

using check::Impossible;
using check::Question;

namespace {

istcheck::Fact::Is as_for_surds(check::Fact::Is is) {
  using Is = istcheck::Fact::Is;
  return is == check::Fact::Is::zero          ? Is::zero
         : is == check::Fact::Is::nonnegative ? Is::nonnegative
                                              : Is::positive;
}

}  // namespace

/// Unknowns keep their numbers. Throws NotRefuted for numbers that are no surds here.
Conjunction Prover::conjunction_of(const Impossible& known) const {
  const auto surd = [&](const Number& x) {
    const auto s = surd_of(x, true);
    if (!s) throw NotRefuted("a root that is no surd");
    return *s;
  };
  Conjunction c;
  for (const auto& [u, reciprocal, of] : known.definitions())
    c.defined.push_back({unsigned(u->index), reciprocal, surd(of)});
  const auto& unknowns = known.source.unknowns();
  for (size_t k = 0; k < unknowns.size(); ++k) {
    const auto number = unsigned(unknowns[k].index);
    if (std::any_of(c.defined.begin(), c.defined.end(),
                    [&](const DefinedUnknown& d) { return d.unknown == number; }))
      continue;
    const bool entry = known.source.names()[k].back() == ']';
    (entry ? c.entries : c.scalars).push_back(number);
  }
  for (const auto& f : known.facts) c.facts.push_back({as_for_surds(f.is), surd(f.p)});
  for (const auto& f : known.forms) {
    SurdMatrix m(Index(f.m.rows()), Index(f.m.columns()));
    for (size_t i = 0; i < f.m.rows(); ++i)
      for (size_t j = 0; j < f.m.columns(); ++j) m(Index(i), Index(j)) = surd(f.m.at(i, j));
    c.matrices.push_back({m, f.definite});
  }
  return c;
}

/// Leaves in waiting_ the steps, or the declaration of a root that they need.
void Prover::close(const Question& q) {
  const Impossible& known = *q.impossible;
  if (!proof_) {
    const Decision decision = decide(conjunction_of(known));
    if (!decision.impossible)
      throw NotRefuted(decision.witness ? "something fulfils it" : decision.open);
    proof_ = decision.proof;
  }
  std::vector<cert::Step> steps;
  for (const ProofStep& s : *proof_) {
    std::vector<std::string> words = words_of(s, q);
    if (words.empty()) return;  // a root is to be declared
    steps.push_back({0, std::move(words)});
  }
  proof_.reset();
  waiting_ = std::move(steps);
}

/// Nothing, with the declaration waiting, where a root is not known yet.
std::vector<std::string> Prover::words_of(const ProofStep& s, const Question& q) {
  std::vector<std::string> words;
  const auto put = [&](const Surd& x) {
    const auto n = known(x, q.roots, &q.impossible->source.unknowns());
    if (n) words.push_back(text(*n));
    return n.has_value();
  };
  const auto put_all = [&](const std::vector<Surd>& list) {
    return std::all_of(list.begin(), list.end(), put);
  };
  switch (s.rule) {
    case ProofStep::Rule::sum:
    case ProofStep::Rule::zeros:
      words = {s.rule == ProofStep::Rule::sum ? "sum" : "zeros"};
      for (const auto& t : s.terms) {
        if (!put(t.c)) return {};
        std::string factors;
        for (const size_t f : t.factors)
          factors += (factors.empty() ? "f" : "*f") + std::to_string(f + 1);
        words.push_back(factors.empty() ? "1" : factors);
        if (!put(t.p)) return {};
      }
      return words;
    case ProofStep::Rule::minor:
      words = {"minor", std::to_string(s.matrix + 1)};
      for (const Index i : s.rows) words.push_back(std::to_string(i + 1));
      return words;
    case ProofStep::Rule::form:
      words = {"form", std::to_string(s.matrix + 1)};
      return put_all(s.vector) ? words : std::vector<std::string>();
    case ProofStep::Rule::sign:
      words = {"sign"};
      return put_all(s.vector) ? words : std::vector<std::string>();
    case ProofStep::Rule::cells:
      words = {"cells", "u" + std::to_string(s.unknown)};
      return put_all(s.points) ? words : std::vector<std::string>();
  }
  return words;
}

}  // namespace istcheck::search
