#include "cert/rocq_case.hpp"

#include <functional>
#include <stdexcept>

#include "cert/rocq_text.hpp"

namespace istcheck::rocq {
namespace {

std::string define(const std::string& head, const std::string& body) {
  return "Definition " + head + " :=" + (body[0] == '\n' ? "" : " ") + body + ".\n";
}

std::string per_worker(const Case& c, const std::string& name,
                       const std::function<Term(const Worker&)>& part) {
  std::string list;
  for (const auto& w : c.workers) list += (list.empty() ? "" : ";\n   ") + part(w).text;
  return define(name + " (i : Q) : mat", "pick i\n  [" + list + "] []");
}

/// x ↦ x⁺ as in the table of methods of docs/manual.md, with step γ and sketches o. What does not
/// depend on x stands before it, so that it is computed once for all x.
std::string step_body(const Method& m) {
  const std::string mean = "fun x => mmean (range 1 n) (fun i => ";
  const std::string along = "fun x => x -m gamma *: mmean (range 1 n) (fun i => ";
  const std::string sketched = "(L i *m (C i omega *m x) -m b i)", plain = "(L i *m x -m b i)";
  switch (m.kind) {
    case MethodKind::gradient:
      return "fun x => x -m gamma *: (Lbar *m x -m bbar)";
    case MethodKind::sketched_gradient:
      return "let estimate := g omega in fun x => x -m gamma *: estimate x";
    case MethodKind::ist:
      return mean + "Nat.iter " + std::to_string(m.local_steps) +
             "\n    (fun w => w -m gamma *: (C i omega *m (L i *m w -m b i))) (C i omega *m x))";
    case MethodKind::one_sided:
      return mean + "C i omega *m x -m gamma *: " + sketched + ")";
    case MethodKind::compressed_gradient:
      return along + "C i omega *m " + plain + ")";
    case MethodKind::compressed_iterate:
      return along + sketched + ")";
    case MethodKind::compressed_update:
      return mean + "C i omega *m (x -m gamma *: " + plain + "))";
    case MethodKind::text:
      throw std::invalid_argument("the theorems do not do methods as text yet");
  }
  return "";
}

std::string schedule_body(const Case& c) {
  if (!c.schedule) return "gamma";
  if (const auto* h = std::get_if<HarmonicSchedule>(&*c.schedule))
    return "gamma / (1 + k * " + number(h->c).text + ")";
  const auto& steps = std::get<ListSchedule>(*c.schedule).steps;
  std::string list;
  for (const auto& s : steps) list += (list.empty() ? "" : "; ") + number(s).text;
  return "pick (qmin (k + 1) " + std::to_string(steps.size()) + ") [" + list + "] 0";
}

std::string parameters(const SketchSpec& spec) {
  const auto q = [](int value) { return define("q : Q", std::to_string(value)); };
  if (const auto* s = std::get_if<PermSketch>(&spec)) return q(s->q);
  if (const auto* s = std::get_if<RandSketch>(&spec)) return q(s->q);
  if (const auto* s = std::get_if<BlockSketch>(&spec)) return q(s->q);
  if (const auto* s = std::get_if<BernoulliSketch>(&spec))
    return define("p : Q", number(s->p).text);
  return "";
}

std::string law(const Sketch& sketch) {
  std::string list;
  sketch.enumerate<Rational>([&](const Rational& weight, const std::vector<RationalMatrix>& C) {
    std::string matrices;
    for (const auto& c : C) matrices += (matrices.empty() ? "" : "; ") + matrix(c).text;
    list += (list.empty() ? "" : ";\n   ") + ("(" + number(weight).text + ", [" + matrices + "])");
    return true;
  });
  return define("outcomes : law outcome", "\n  [" + list + "]") +
         "Lemma outcomes_law : is_law outcomes.\nProof. by_computing. Qed.\n";
}

std::string functions(const Case& c) {
  return define("Lbar : mat", "mmean (range 1 n) L") + define("bbar : mat", "mmean (range 1 n) b") +
         define("D (i : Q) : mat", "diagonal_part (L i)") +
         define("Dbar : mat", "diagonal_part Lbar") +
         define("C (i : Q) (omega : outcome) : mat", "pick i omega []") +
         define("Bbar (omega : outcome) : mat",
                "mmean (range 1 n) (fun i => C i omega *m L i *m C i omega)") +
         define("Cb (omega : outcome) : mat", "mmean (range 1 n) (fun i => C i omega *m b i)") +
         define("f (x : mat) : Q", "(1 # 2) * sqnorm_in Lbar x - only (transpose bbar *m x)") +
         define("f_of (i : Q) (x : mat) : Q",
                "(1 # 2) * sqnorm_in (L i) x - only (transpose (b i) *m x)") +
         define("grad (x : mat) : mat", "Lbar *m x -m bbar") +
         define("grad_of (i : Q) (x : mat) : mat", "L i *m x -m b i") +
         define("g (omega : outcome) : mat -> mat",
                "\n  let B := Bbar omega in let c := Cb omega in fun x => B *m x -m c") +
         define("step_by (gamma : Q) (omega : outcome) : mat -> mat",
                "\n  " + step_body(c.method)) +
         define("gamma_in_round (k : Q) : Q", schedule_body(c));
}

}  // namespace

CaseText case_text(const Case& c, const Limits& limits) {
  const Instance instance = instantiate(c);
  const Sketch& sketch = instance.sketch;
  CaseText result;
  if (!sketch.rational()) {
    result.no_outcomes = "the sketch '" + sketch.kind() + "' has irrational entries";
  } else if (sketch.support() > limits.outcomes) {
    result.no_outcomes = "the sketch has " + sketch.support().str() +
                         " outcomes, more than the limit of " + std::to_string(limits.outcomes);
  } else {
    result.outcomes = static_cast<long>(sketch.support());
  }
  result.text =
      define("n : Q", std::to_string(c.n())) + define("d : Q", std::to_string(c.d())) +
      parameters(c.sketch) + define("local_steps : Q", std::to_string(c.method.local_steps)) +
      define("gamma : Q", number(c.step).text) +
      define("x0 : mat", column(c.start ? RationalMatrix(*c.start)
                                        : RationalMatrix::Constant(c.d(), 1, Rational(0)))
                             .text) +
      per_worker(c, "L", [](const Worker& w) { return matrix(w.L); }) +
      per_worker(c, "b", [](const Worker& w) { return column(w.b); }) +
      per_worker(c, "noise", [](const Worker& w) { return matrix(w.noise); }) + functions(c);
  if (result.no_outcomes.empty()) result.text += law(sketch);
  return result;
}

}  // namespace istcheck::rocq
