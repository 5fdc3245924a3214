// E over the sketches of a round as a sum over the listed outcomes, and E of an iterate as the sum
// over all histories of the rounds before it.
#include <functional>

#include "cert/rocq_terms.hpp"
#include "claim/printer.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Meaning;
using claim::Op;
using claim::Shape;

namespace {

/// The indices k of all x[k] in the expression and in the definitions that it uses.
void rounds_in(const Expr& e, const claim::Claim& c, std::vector<const Expr*>& rounds) {
  if (e.indexed == claim::Indexed::x) {
    for (const Expr* r : rounds) {
      if (claim::same(*r, *e.args[0])) return;
    }
    rounds.push_back(e.args[0].get());
    return;
  }
  if (e.meaning == Meaning::definition) {
    for (const auto& d : c.definitions) {
      if (d.name == e.name) rounds_in(*d.value, c, rounds);
    }
  }
  for (const auto& arg : e.args) rounds_in(*arg, c, rounds);
}

}  // namespace

void Terms::need_outcomes() const {
  if (written_ == nullptr) throw Unwritable("there is no case");
  if (!written_->no_outcomes.empty()) throw Unwritable(written_->no_outcomes);
}

Term Terms::expectation(const Expr& e) {
  const Expr& body = *e.args[0];
  const std::string type = e.type.shape == Shape::scalar ? "Q" : "mat";
  if (body.type.iterates) return named("mean", type, over_rounds(body));
  if (!body.type.random) return value(body);
  const Term mean = over_outcomes(body);
  return frames_.empty() ? mean : named("mean", type, mean);
}

Term Terms::over_outcomes(const Expr& body) {
  need_outcomes();
  return within({"surely outcomes (fun omega => ", ")", "omega", nullptr}, [&] {
    const std::string function = body.type.shape == Shape::scalar ? "E" : "EM";
    return Term{function + " outcomes (fun omega => " + value(body).text + ")", Term::kApply};
  });
}

/// after outcomes step k 0 x⁰ (fun x => …). The sketch beside x[k] is drawn after it.
Term Terms::over_rounds(const Expr& body) {
  need_outcomes();
  std::vector<const Expr*> rounds;
  rounds_in(body, claim_, rounds);
  if (rounds.size() != 1) throw Unwritable("iterates of several rounds under one E");
  const Expr& round = *rounds[0];
  if (is_limit(round)) throw Unwritable("x[infinity] is a limit");
  for (const auto& w : case_->workers) {
    for (Index k = 0; k < w.noise.size(); ++k) {
      if (w.noise.data()[k] != 0)
        throw Unwritable("iterates with gradient noise, of which only the covariance is given");
    }
  }
  long most = 0;
  for_all_values(round, [&](const Expr& one) { most = std::max(most, evaluator_->integer(one)); });
  double histories = body.type.random ? static_cast<double>(written_->outcomes) : 1;
  for (long k = 0; k < most; ++k) histories *= static_cast<double>(written_->outcomes);
  if (histories > static_cast<double>(limits_.histories)) {
    throw Unwritable("x[" + std::to_string(most) + "] has " + std::to_string(written_->outcomes) +
                     "^" + std::to_string(most) + " histories, more than the limit of " +
                     std::to_string(limits_.histories));
  }
  std::string step = "(fun r => step_by (gamma_in_round (inject_Z (Z.of_nat r))))",
              start = to_text(claim::Constant::x0);
  if (own_step()) step = "(fun _ => step_by gamma_)";
  if (own_start()) start += "_";
  const Term k = value(round);
  const Term inner = within({"", "", "xk", nullptr},
                            [&] { return body.type.random ? over_outcomes(body) : value(body); });
  const std::string function = body.type.shape == Shape::scalar ? "after" : "afterM";
  return {function + " outcomes " + step + " (nat_of " + at_level(k, 0) + ") 0 " + start +
              " (fun xk => " + inner.text + ")",
          Term::kApply};
}

}  // namespace istcheck::rocq
