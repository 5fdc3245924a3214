// The two solvers, as functions from a query to an answer.
#include <chrono>

#include "exact/fractions.hpp"
#include "exact/number_field.hpp"
#include "search/case_numbers.hpp"
#include "search/numbers.hpp"
#include "search/program.hpp"
#include "search/smt_answers.hpp"
#include "search/solvers.hpp"

namespace istcheck::search {

namespace {

/// Rational numbers near a value of the model: itself, or simple fractions between enclosures that
/// get shorter.
std::vector<Rational> near(const Algebraic& value) {
  if (value.is_rational()) return {value.rational()};
  std::vector<Rational> result;
  for (const long bits : {4, 7, 14, 27, 54}) {  // 1, 2, 4, 8, 16 decimal digits
    const auto [a, b] = value.enclose(bits);
    for (const Rational& x : {simplest_between(a, b), a, b}) result.push_back(x);
  }
  return result;
}

}  // namespace

Z3Answer ask_z3(const Query& q, const std::string& tactic, unsigned milliseconds,
                unsigned megabytes, const std::function<bool()>& stop) {
  const std::string command = tactic.empty() ? "(check-sat)" : "(check-sat-using " + tactic + ")";
  // The file asks for the whole model.
  std::vector<std::string> declared;
  for (const auto& name : q.unknowns)
    if (q.text.find("(declare-fun |" + name + "| ") != std::string::npos) declared.push_back(name);
  const SmtAnswer said = run_z3(q.text.substr(0, q.text.rfind("(check-sat)")), command, declared,
                                milliseconds, megabytes, stop);
  Z3Answer answer{said.asked ? said.answer : "not asked", {}, "", {}};
  if (answer.answer != "sat") return answer;
  std::vector<Algebraic> values;
  bool small = true;
  for (const auto& name : q.unknowns) {
    const auto found = said.values.find(name);
    values.push_back(found == said.values.end() ? Algebraic(Rational(0)) : found->second.number);
    const Algebraic& x = values.back();
    answer.model.push_back(near(x));
    if (x.is_rational()) continue;
    answer.irrational += " " + name + " = " + found->second.text;
    small = small && x.minimal_polynomial().size() <= NumberField::kMostDegree + 1;
  }
  if (small) answer.exact = as_case_numbers(values);
  return answer;
}

std::optional<std::string> ask_cvc5(const std::string& text, double seconds,
                                    const std::function<bool()>& stop) {
  ProgramLimits limits;
  limits.deadline = std::chrono::steady_clock::now() +
                    std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                        std::chrono::duration<double>(seconds));
  limits.stop = stop;
  // Its own limit ends it if we are killed.
  const auto most = std::to_string(static_cast<long>(seconds * 1000) + 1000);
  const ProgramRun run =
      run_program({"cvc5", "-q", "--lang=smt2", "--tlimit=" + most, "-"}, text, limits);
  if (!run.there) return std::nullopt;
  for (const char* answer : {"unsat", "sat"}) {
    if (run.output.rfind(answer, 0) == 0) return answer;
  }
  return "unknown";
}

}  // namespace istcheck::search
