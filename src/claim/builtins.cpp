#include "claim/builtins.hpp"

#include <algorithm>
#include <set>

namespace istcheck::claim {

const std::vector<Builtin>& builtins() {
  constexpr Use C = Use::constant, I = Use::indexed, F = Use::function, IF = Use::indexed_function;
  static const std::vector<Builtin> table = {
      // name, use, arguments, result, random, uses case, LaTeX, help
      {"n", C, "", 's', false, true, "n", "the number of workers"},
      {"d", C, "", 's', false, true, "d", "the dimension"},
      {"q", C, "", 's', false, true, "q", "coordinates per worker (sketches perm, rand, block)"},
      {"p", C, "", 's', false, true, "p", "the probability of the bernoulli sketch"},
      {"local_steps", C, "", 's', false, true, "T", "local steps of the method"},
      {"gamma", C, "", 's', false, true, "\\gamma", "the step size"},
      {"Lbar", C, "", 'm', false, true, "\\bar L", "(1/n) sum of the L_i"},
      {"bbar", C, "", 'v', false, true, "\\bar b", "(1/n) sum of the b_i"},
      {"Dbar", C, "", 'm', false, true, "\\bar D", "(1/n) sum of the D_i"},
      {"xstar", C, "", 'v', false, true, "x^\\star", "the minimizer, Lbar^-1 bbar"},
      {"x0", C, "", 'v', false, true, "x^0", "the starting point"},
      {"I", C, "", 'm', false, true, "I", "the identity"},
      {"ones", C, "", 'v', false, true, "\\mathbf 1", "the vector of ones"},
      {"Bbar", C, "", 'm', true, true, "\\bar B", "(1/n) sum of C_i L_i C_i (26)"},
      {"Cb", C, "", 'v', true, true, "\\overline{Cb}", "(1/n) sum of C_i b_i (26)"},
      {"xinf", C, "", 'v', false, true, "x^\\infty", "the fixed point of the method's mean map"},
      {"theta_min", C, "", 's', false, true, "\\theta_{\\min}", "the least theta of (14)"},
      {"rho_mean", C, "", 's', false, true, "\\rho(E A)",
       "the spectral radius of the method's mean map"},
      {"rho_square", C, "", 's', false, true, "\\rho(S \\mapsto E[A S A^\\top])",
       "the spectral radius of the method's second-moment map"},
      {"lyapunov", C, "", 'm', false, true, "P",
       "the P with P - E[A' P A] = I, A the method's map"},
      {"L", I, "s", 'm', false, true, "L_{#1}", "worker i's matrix"},
      {"b", I, "s", 'v', false, true, "b_{#1}", "worker i's vector"},
      {"D", I, "s", 'm', false, true, "D_{#1}", "the diagonal part of L_i"},
      {"noise", I, "s", 'm', false, true, "\\Sigma_{#1}",
       "the covariance of worker i's gradient noise"},
      {"C", I, "s", 'm', true, true, "C_{#1}", "worker i's sketch in a round"},
      {"gamma", I, "s", 's', false, true, "\\gamma_{#1}", "the step size of round k"},
      {"f", F, "v", 's', false, true, "f(#1)", "the mean of the f_i"},
      {"f", IF, "sv", 's', false, true, "f_{#1}(#2)", "worker i's function"},
      {"grad f", F, "v", 'v', false, true, "\\nabla f(#1)", "the gradient of f"},
      {"grad f", IF, "sv", 'v', false, true, "\\nabla f_{#1}(#2)", "the gradient of f_i"},
      {"g", F, "v", 'v', true, true, "g(#1)", "the estimator (26), Bbar x - Cb"},
      {"step", F, "v", 'v', true, true, "x^+(#1)",
       "one round of the case's method from x, gradient noise left out"},
      {"e", F, "s", 'v', false, true, "e_{#1}", "a unit vector"},
      {"sqrt", F, "s", 's', false, false, "\\sqrt{#1}", "the square root"},
      {"abs", F, "s", 's', false, false, "\\left|#1\\right|", "the absolute value"},
      {"ceil", F, "ss", 's', false, false, "\\lceil #1\\rceil_{#2}",
       "the least multiple of the second argument that is at least the first"},
      {"surd", F, "s", 's', false, false, "#1",
       "the number itself; has no value unless it is a sum of square roots"},
      {"trace", F, "S", 's', false, false, "\\operatorname{tr}(#1)", "the trace"},
      {"det", F, "S", 's', false, false, "\\det(#1)", "the determinant"},
      {"lambda_max", F, "S", 's', false, false, "\\lambda_{\\max}(#1)",
       "the largest eigenvalue of a symmetric matrix"},
      {"lambda_min", F, "S", 's', false, false, "\\lambda_{\\min}(#1)",
       "the least eigenvalue of a symmetric matrix"},
      {"lambda_max", F, "SS", 's', false, false, "\\lambda_{\\max}(#1, #2)",
       "the largest t with A v = t B v, A symmetric, B positive definite"},
      {"lambda_min", F, "SS", 's', false, false, "\\lambda_{\\min}(#1, #2)",
       "the least t with A v = t B v"},
      {"spectral_radius", F, "S", 's', false, false, "\\rho(#1)",
       "the largest modulus of an eigenvalue"},
      {"Diag", F, "S", 'a', false, false, "\\operatorname{Diag}(#1)",
       "the diagonal part of a matrix"},
      {"Diag", F, "V", 'D', false, false, "\\operatorname{Diag}(#1)",
       "the diagonal matrix of a vector"},
      {"diag", F, "S", 'c', false, false, "\\operatorname{diag}(#1)", "the diagonal as a vector"},
      {"inverse", F, "S", 'a', false, false, "#1^{-1}", "the inverse"},
      {"sym", F, "S", 'a', false, false, "\\operatorname{sym}(#1)", "(A + A')/2"},
      {"inner", F, "VV", 's', false, false, "\\langle #1, #2\\rangle", "the inner product"},
      {"defined", F, "*", 't', false, false, "#1\\text{ exists}",
       "whether the expression has a value on this case"},
      {"rational", F, "s", 't', false, false, "#1\\in\\mathbb Q", "whether a number is rational"},
  };
  return table;
}

const Builtin* find_builtin(const std::string& name, Use use) {
  const auto& all = builtins();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Builtin& b) { return b.name == name && b.use == use; });
  return found == all.end() ? nullptr : &*found;
}

bool is_core_name(const std::string& name) {
  static const std::set<std::string> library = {"Dbar", "D", "Bbar", "Cb", "g", "theta_min"};
  static const std::set<std::string> words = {
      "x", "infinity", "workers", "coordinates", "sum", "mean", "min", "max", "vec", "mat", "at"};
  const auto& all = builtins();
  const bool listed =
      std::any_of(all.begin(), all.end(), [&](const Builtin& b) { return b.name == name; });
  return words.count(name) > 0 || (listed && library.count(name) == 0);
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names = {"x", "min", "max", "sum", "mean", "vec", "mat", "at"};
  for (const auto& b : builtins()) names.push_back(b.name);
  return names;
}

}  // namespace istcheck::claim
