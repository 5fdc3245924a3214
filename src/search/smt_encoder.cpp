#include "search/smt_encoder.hpp"

#include "claim/printer.hpp"
#include "search/abstraction.hpp"
#include "search/smt_translator.hpp"

namespace istcheck::search {

std::string to_string(const Encoding& e) {
  static const char* const kPsd[] = {"minors", "cholesky", "ldlt", "instances", "forms"};
  static const char* const kNotPsd[] = {"", ", witness", ", fixed witness"};
  static const char* const kFamily[] = {"", ", L[1,1] = 1", ", diagonal", ", 2 x 2 block",
                                        ", short values"};
  return std::string(kPsd[static_cast<int>(e.psd)]) + kNotPsd[static_cast<int>(e.not_psd)] +
         kFamily[static_cast<int>(e.family)];
}

std::vector<Encoding> all_encodings() {
  using Psd = Encoding::Psd;
  using NotPsd = Encoding::NotPsd;
  using Family = Encoding::Family;
  return {{Psd::forms, NotPsd::witness, Family::all},
          {Psd::minors, NotPsd::minors, Family::diagonal},
          {Psd::minors, NotPsd::fixed_witness, Family::block},
          {Psd::minors, NotPsd::minors, Family::first_entry_one},
          {Psd::minors, NotPsd::minors, Family::short_values},
          {Psd::minors, NotPsd::minors, Family::all},
          {Psd::instances, NotPsd::witness, Family::all},
          {Psd::minors, NotPsd::witness, Family::all},
          {Psd::ldlt, NotPsd::witness, Family::all},
          {Psd::cholesky, NotPsd::witness, Family::all}};
}

std::vector<Integers> integer_choices(const claim::Claim& c, size_t most) {
  std::vector<Integers> choices = {{}};
  for (const auto& v : c.variables) {
    if (v.kind != claim::Kind::integer) continue;
    const bool range = v.trials.size() == 1 && v.trials[0].low && !v.trials[0].by &&
                       v.trials[0].low->op == claim::Op::number &&
                       v.trials[0].high->op == claim::Op::number;
    if (!range) throw Unencodable("the integer " + v.name + " has no constant range");
    std::vector<Integers> next;
    const auto low = static_cast<long>(numerator(v.trials[0].low->value));
    const auto high = static_cast<long>(numerator(v.trials[0].high->value));
    for (const auto& chosen : choices) {
      for (long k = low; k <= high; ++k) {
        next.push_back(chosen);
        next.back()[v.name] = k;
        if (next.size() > most) throw Unencodable("too many choices of the integer variables");
      }
    }
    choices = std::move(next);
  }
  return choices;
}

Query encode(const Space& space, const Encoding& encoding, const Integers& integers,
             const std::vector<Rational>& fixed) {
  const bool forms = encoding.psd == Encoding::Psd::forms;
  std::string comment = "Is there a configuration that violates this claim? sat: ";
  comment += forms ? "perhaps (forms of matrices are free numbers); unsat: no, in any dimension.\n"
                   : "yes (to be confirmed).\n";
  comment += space.name() + "\nencoding: " + to_string(encoding) + "\n";
  for (const auto& [name, k] : integers) comment += name + " = " + std::to_string(k) + "\n";
  comment += "\n" + claim::to_text(space.claim());
  if (forms) {
    Abstraction t(space, integers);
    const auto assertions = t.assertions();
    return {t.algebra.bank.smtlib(assertions, comment), {}};
  }
  Translator t(space, encoding, integers);
  auto assertions = t.assertions();
  for (size_t k = 0; k < fixed.size(); ++k)
    assertions.push_back(t.algebra.bank.relation("=", t.slot(k), t.algebra.bank.number(fixed[k])));
  Query q{t.algebra.bank.smtlib(assertions, comment), {}};
  for (const auto& s : space.slots()) q.unknowns.push_back(s.name);
  return q;
}

}  // namespace istcheck::search
