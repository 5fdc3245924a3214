// Means over rounds, and the instances of what is known.
#include <algorithm>
#include <set>

#include "claim/printer.hpp"
#include "search/abstraction.hpp"

namespace istcheck::search {

using claim::Expr;

Term Abstraction::number_of(const WordSum& s, const Expr& e) {
  if (e.type.shape != claim::Shape::scalar) throw Unencodable("no number: " + claim::to_text(e));
  Term total = algebra.bank.number(0);
  for (const auto& [w, t] : s) {
    if (!w.empty()) throw Unencodable("a random number outside a mean: " + claim::to_text(e));
    total = algebra.bank.add(total, t);
  }
  return total;
}

WordSum Abstraction::settled(const WordSum& s) {
  WordSum result;
  for (const auto& [w, t] : s) {
    const WordSum one = {{w, t}};
    const bool open = words_.random(w) || words_.iterate_in(w);
    result = words_.add(result, open ? one : words_.number(*words_.value(one, true)));
  }
  return result;
}

WordSum Abstraction::expectation(const Expr& e) {
  const Expr& body = *e.args[0];
  if (body.type.random && body.type.iterates)
    throw Unencodable("a mean of iterates and sketches at once: " + claim::to_text(e));
  const WordSum mean = over_rounds(words_.mean(value(body)));
  if (body.type.shape == claim::Shape::scalar) return words_.number(*words_.value(mean, true));
  return mean;
}

/// The mean over all rounds of words without sketches of the round at hand. Where x[k] occurs once
/// it is unfolded. A form of x[k] stays, and its variable stands for its mean; so no product of
/// means is ever taken for the mean of a product.
WordSum Abstraction::over_rounds(const WordSum& s) {
  WordSum result;
  for (const auto& [w, t] : s) {
    const auto in = words_.iterate_in(w);
    if (in && in->second > 1 && !words_.scalar(w)) throw Unencodable("a matrix made of iterates");
    const bool once = in && in->second == 1;
    result = words_.add(
        result, once ? words_.scale(over_rounds(unfolded(w, in->first)), t) : WordSum{{w, t}});
  }
  return result;
}

/// The word of x[k] by x[k-1], in the mean over the round between them.
WordSum Abstraction::unfolded(const Word& w, long k) {
  const WordSum before = iterate(k - 1);
  const WordSum now = words_.sub(before, words_.scale(estimate(before), step_));
  return words_.mean(words_.substitute(w, k, now));
}

/// Equations between forms of x[k] and of x[k-1], for forms that occur. A form with a mean in it,
/// such as x[k]' L E[B] x[k], is left free, and so is one of a long word that would give longer
/// ones.
void Abstraction::link_rounds() {
  std::set<Word> linked;
  for (bool more = true; more;) {
    more = false;
    const auto forms = words_.forms();  // a copy: unfolding adds to them
    for (const auto& [w, t] : forms) {
      const auto in = words_.iterate_in(w);
      if (!in || words_.has_mean(w) || !linked.insert(w).second) continue;
      const WordSum before = over_rounds(unfolded(w, in->first));
      const auto length = Words::length(w);
      const bool longer = std::any_of(before.begin(), before.end(), [&](const auto& e) {
        return Words::length(e.first) > length;
      });
      if (longer && length > 3) continue;  // x' L x has three symbols
      more = true;
      algebra.constraints.push_back(algebra.bank.relation("=", t, *words_.value(before, true)));
    }
  }
}

WordSum Abstraction::iterate(long k) {
  if (k < 0) throw Unencodable("an iterate before x[0]");
  const Method& method = space_.shape().method;
  if (k > 0 && method.kind != MethodKind::sketched_gradient)
    throw Unencodable("only sketched-gradient has forms of its iterates");
  return occurs(k == 0 ? start_ : words_.iterate(k));
}

WordSum Abstraction::estimate(const WordSum& x) {
  const WordSum g = words_.sub(words_.mul(estimator_, x), estimator_constant_);
  occurs(words_.mean(g));
  return occurs(g);
}

/// The x with E[B] x = E[Cb], of sketched gradient steps.
WordSum Abstraction::fixed_point() {
  if (space_.shape().method.kind != MethodKind::sketched_gradient)
    throw Unencodable("only sketched-gradient has a form of its fixed point");
  const WordSum inverse = words_.power(words_.mean(estimator_), -2);
  return occurs(words_.mul(inverse, words_.mean(estimator_constant_)));
}

/// Notes that the vector occurs.
WordSum Abstraction::occurs(const WordSum& v) {
  if (!v.empty() && std::find(vectors_.begin(), vectors_.end(), v) == vectors_.end())
    vectors_.push_back(v);
  return v;
}

/// Products of facts that commute, and inverses of strict ones.
void Abstraction::use_products() {
  const std::vector<Fact> given = facts_;
  for (size_t i = 0; i < given.size(); ++i) {
    if (!given[i].multiplies) continue;
    const WordSum& m = given[i].matrix;
    if (given[i].strict && m.size() == 1 && m.begin()->first.size() == 1)
      facts_.push_back({words_.power(m, -2), true});
    for (size_t j = 0; j <= i; ++j) {
      const WordSum& other = given[j].matrix;
      const WordSum product = words_.mul(m, other);
      if (given[j].multiplies && product == words_.mul(other, m))
        facts_.push_back({product, given[i].strict && given[j].strict});
    }
  }
}

/// v'Mv ≥ 0 in the mean, for every fact M and vector v, where that speaks of forms that occur.
std::vector<Term> Abstraction::instances() {
  TermBank& bank = algebra.bank;
  use_products();
  facts_.push_back({words_.identity(), true});
  for (const auto& m : {mean_L_, mean_D_}) facts_.push_back({m, false});
  std::vector<Term> all;
  const auto use = [&](const Fact& fact, const WordSum& v, bool strict) {
    const WordSum form = over_rounds(words_.mean(words_.form(fact.matrix, v)));
    if (const auto t = words_.value(form, false))
      all.push_back(bank.relation(strict ? "<" : "<=", bank.number(0), *t));
  };
  const std::vector<WordSum> vectors = vectors_;
  for (const Fact& fact : facts_) {
    for (const auto& v : vectors) use(fact, v, false);
    for (const auto& v : witnesses_) use(fact, v, fact.strict);
  }
  return all;
}

}  // namespace istcheck::search
