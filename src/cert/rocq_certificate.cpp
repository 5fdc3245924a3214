#include "cert/rocq_certificate.hpp"

#include <algorithm>

#include "cert/rocq_terms.hpp"
#include "claim/printer.hpp"

namespace istcheck::rocq {

using claim::Claim;
using claim::Evaluator;
using claim::Verdict;

namespace {

/// a /\ b /\ …, each in parentheses; True when there are none.
std::string conjunction(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& p : parts) out += (out.empty() ? "(" : " /\\\n  (") + p + ")";
  return parts.empty() ? "True" : out;
}

std::string proved(const std::string& name, const std::string& statement) {
  return "Theorem " + name + " :\n  " + statement + ".\nProof. by_computing. Qed.\n";
}

/// All theorems under one name, and what they rest on. As a tuple they would take Coq longer than
/// the theorems themselves: each pair in it repeats the statements of all that stand before.
std::string everything(const std::vector<std::string>& theorems) {
  std::string list;
  for (const auto& t : theorems) list += "  let _ := " + t + " in\n";
  return "\nDefinition certificate : True :=\n" + list + "  I.\nPrint Assumptions certificate.\n";
}

/// One choice of the variables: a module with their values, the statements and the theorem.
struct Choice {
  std::string text;
  bool vacuous = false;
};

class ClaimWriter {
 public:
  ClaimWriter(const Claim& claim, std::size_t number, const Case* c, const CaseText* written,
              const Limits& limits)
      : claim_(claim), number_(number), terms_(claim, c, written, limits, of_claim_) {
    piece_.claim = claim.id;
  }

  Piece write(const Case* c, const claim::EvaluationOptions& options, std::string& out,
              std::vector<std::string>& theorems) {
    const auto result =
        claim::judge(claim_, c, options,
                     [this](Evaluator& evaluator, Verdict here) { at_choice(evaluator, here); });
    piece_.verdict = to_string(result.verdict);
    const bool open =
        result.verdict == Verdict::undecided || result.verdict == Verdict::ill_defined;
    if (open) piece_.left_out.push_back(result.reason);
    const bool holding = std::any_of(choices_.begin(), choices_.end(),
                                     [](const Choice& one) { return !one.vacuous; });
    const bool written = result.verdict == Verdict::vacuous ? !choices_.empty() : holding;
    if (!written || open) return piece_;
    piece_.choices = choices_.size();
    out += module(theorems);
    return piece_;
  }

 private:
  const Claim& claim_;
  std::size_t number_;  ///< in the file, so that no two modules share a name
  Scope of_claim_;
  Terms terms_;
  Piece piece_;
  std::vector<Choice> choices_;

  /// A violation makes every choice before it irrelevant.
  void at_choice(Evaluator& evaluator, Verdict here) {
    if (here == Verdict::undecided || here == Verdict::ill_defined) return;
    if (here == Verdict::violated) {
      choices_.clear();
      piece_.left_out.clear();
    }
    Scope scope;
    try {
      terms_.at_choice(evaluator, scope);
      const std::string variables = values_of(evaluator);
      const std::string statement = statement_at(evaluator, here);
      scope.obligations.insert(scope.obligations.begin(), statement);
      choices_.push_back({module_of(variables + scope.text, conjunction(scope.obligations)),
                          here == Verdict::vacuous});
    } catch (const Unwritable& reason) {
      piece_.left_out.push_back(choice_text(evaluator) + reason.what());
    }
  }

  std::string module_of(const std::string& definitions, const std::string& statement) const {
    const std::string name = "Choice_" + std::to_string(choices_.size() + 1);
    return "Module " + name + ".\n" + definitions + proved("shown", statement) + "End " + name +
           ".\n";
  }

  std::string choice_text(const Evaluator& evaluator) const {
    std::string out;
    for (const auto& v : claim_.variables) {
      out += (out.empty() ? "" : ", ") + v.name + " = " +
             claim::to_string(evaluator.variables().at(v.name));
    }
    return out.empty() ? "" : out + ": ";
  }

  std::string values_of(const Evaluator& evaluator) const {
    std::string out;
    for (const auto& v : claim_.variables) {
      const claim::Value& value = evaluator.variables().at(v.name);
      Term term;
      const auto* s = std::get_if<claim::Scalar>(&value);
      if (s != nullptr) {
        if (!s->is_rational()) throw Unwritable(v.name + " is irrational");
        term = number(s->rational());
      } else {
        const auto& m = std::get<SurdMatrix>(value);
        if (!is_rational(m)) throw Unwritable(v.name + " has irrational entries");
        term = m.cols() == 1 ? column(to_rational(m)) : matrix(to_rational(m));
      }
      out += "Definition " + v.name + "_ : " + (s != nullptr ? "Q" : "mat") + " := " + term.text +
             ".\n";
    }
    return out;
  }

  /// The hypotheses and the conclusions; or the hypotheses and not the conclusion that is false; or
  /// not the hypothesis that is false.
  std::string statement_at(Evaluator& evaluator, Verdict here) {
    const auto fails = [&](const claim::Statement& s) { return evaluator.truth(*s.value).no(); };
    if (here == Verdict::vacuous) {
      const auto h = std::find_if(claim_.hypotheses.begin(), claim_.hypotheses.end(), fails);
      return "~ (" + terms_.closed_statement(*h->value) + ")";
    }
    std::vector<std::string> parts;
    for (const auto& h : claim_.hypotheses) parts.push_back(terms_.closed_statement(*h.value));
    if (here == Verdict::violated) {
      const auto c = std::find_if(claim_.conclusions.begin(), claim_.conclusions.end(), fails);
      parts.push_back("~ (" + terms_.closed_statement(*c->value) + ")");
    } else {
      for (const auto& c : claim_.conclusions) parts.push_back(terms_.closed_statement(*c.value));
    }
    return conjunction(parts);
  }

  std::string module(std::vector<std::string>& theorems) const {
    const std::string name = "Claim_" + std::to_string(number_) + "_" + identifier(claim_.id);
    std::string out = "\n" +
                      comment(claim_.id + ": " + claim_.title + ". " + claim_.paper + ", " +
                              claim_.equation + ". On this case: " + piece_.verdict + ".") +
                      "\n";
    for (const auto& h : claim_.hypotheses)
      out += comment("assume " + claim::to_text(*h.value)) + "\n";
    for (const auto& c : claim_.conclusions)
      out += comment("conclude " + claim::to_text(*c.value)) + "\n";
    for (const auto& left : piece_.left_out) out += comment("Not written: " + left) + "\n";
    out += "Module " + name + ".\n" + of_claim_.text;
    if (!of_claim_.obligations.empty()) {
      out += proved("values", conjunction(of_claim_.obligations));
      theorems.push_back(name + ".values");
    }
    for (std::size_t k = 0; k < choices_.size(); ++k) {
      out += choices_[k].text;
      theorems.push_back(name + ".Choice_" + std::to_string(k + 1) + ".shown");
    }
    return out + "End " + name + ".\n";
  }
};

}  // namespace

bool File::any() const {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.choices > 0; });
}

namespace {

/// Theorems are over the rationals: of a case with square roots all is left out.
File without_theorems(const std::vector<const Claim*>& claims, const Case& c,
                      const claim::EvaluationOptions& options) {
  File file;
  for (const Claim* one : claims)
    file.pieces.push_back({one->id,
                           to_string(claim::judge(*one, &c, options).verdict),
                           0,
                           {"the case has irrational numbers"}});
  return file;
}

}  // namespace

File certificate(const std::vector<const Claim*>& claims, const Case* c, const Limits& limits,
                 const claim::EvaluationOptions& options) {
  if (c != nullptr && !c->rational()) return without_theorems(claims, *c, options);
  File file;
  file.text = comment(c != nullptr ? "The case " + c->name : "Claims that need no case") +
              "\nFrom Coq Require Import QArith List.\n"
              "From IstcheckCert Require Import istcheck_prelude.\n"
              "Import ListNotations.\nOpen Scope Q_scope.\nOpen Scope cert_scope.\n\n";
  CaseText written;
  if (c != nullptr) written = case_text(*c, limits);
  file.text += written.text;
  std::vector<std::string> theorems;
  if (c != nullptr && written.no_outcomes.empty()) theorems.push_back("outcomes_law");
  for (const Claim* one : claims) {
    ClaimWriter writer(*one, file.pieces.size() + 1, c, c != nullptr ? &written : nullptr, limits);
    file.pieces.push_back(writer.write(c, options, file.text, theorems));
  }
  file.text += everything(theorems);
  return file;
}

}  // namespace istcheck::rocq
