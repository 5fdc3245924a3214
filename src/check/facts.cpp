#include "check/facts.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

constexpr size_t kMostRoots = 1000;

std::string key(const std::vector<Mat>& about) {
  std::string out;
  for (const Mat& m : about) out += text(m) + " ";
  return out;
}

size_t triangle(size_t d) { return d * (d + 1) / 2; }

}  // namespace

Mat CongruenceSum::apply(const Mat& s) const {
  Mat sum(s.rows(), s.columns());
  for (const auto& [w, a] : terms) sum = sum + w * (a * s * a.transposed());
  return sum;
}

Mat CongruenceSum::adjoint(const Mat& p) const {
  Mat sum(p.rows(), p.columns());
  for (const auto& [w, a] : terms) sum = sum + w * (a.transposed() * p * a);
  return sum;
}

Mat CongruenceSum::on_entries() const {
  const size_t d = terms.at(0).second.rows(), size = d * (d + 1) / 2;
  Mat map(size, size);
  for (size_t k = 0; k < size; ++k)
    map.put(apply(Mat::unpacked(Mat::identity(size).block(0, k, size, 1), d)).packed(), 0, k);
  return map;
}

CongruenceSum CongruenceSum::transposed() const {
  CongruenceSum other;
  for (const auto& [w, a] : terms) other.terms.emplace_back(w, a.transposed());
  return other;
}

Mat CongruenceSum::mean() const {
  const Mat& first = terms.at(0).second;
  Mat sum(first.rows(), first.columns());
  for (const auto& [w, a] : terms) sum = sum + w * a;
  return sum;
}

CongruenceSum CongruenceSum::leading(size_t d) const {
  CongruenceSum part;
  for (const auto& [w, a] : terms) part.terms.emplace_back(w, a.block(0, 0, d, d));
  return part;
}

std::vector<Mat> CongruenceSum::parts() const {
  std::vector<Mat> list;
  for (const auto& [w, a] : terms) list.insert(list.end(), {w, a});
  return list;
}

/// With det((r + μ)I − T) = μ^s + c_1 μ^(s−1) + … + c_s: ρ < r exactly if all c_k > 0, ρ <= r
/// exactly if all c_k >= 0 (docs/semantics.md 19.8). Its roots are λ − r for the eigenvalues λ of
/// T. Where ρ < r all have real parts below 0, and real factors μ + a and μ² + bμ + c with such
/// roots have positive coefficients. Where all c_k > 0 no root is >= 0, and ρ − r is one: ρ is an
/// eigenvalue, for T keeps the cone of the semidefinite matrices.
bool radius_below(Facts& facts, const Mat& map, const Number& r, bool strict) {
  const auto [c, adjugate] = coefficients_and_adjugate(map - r * Mat::identity(map.rows()));
  return std::all_of(c.begin(), c.end(), [&](const Number& x) {
    return strict ? facts.positive(x) : !facts.negative(x);
  });
}

void Facts::require_within(const Mat& m) const {
  for (const Number& x : m.entries()) x.require_within(limits_.bits, limits_.terms);
}

Number Facts::reciprocal(const Number& x) {
  return x.is_rational() ? Number(Rational(1 / x.rational())) : inverse(x).value().at(0, 0);
}

bool ShownFacts::zero(const Number& x) {
  if (x.vanishes()) return true;
  const Signs s = signs(x);
  if (s.zero)
    throw Undecided("the enclosures do not tell whether " + text(x).substr(0, 200) + " is zero");
  return false;
}

bool ShownFacts::positive(const Number& x) {
  if (x.vanishes()) return false;
  const Signs s = signs(x);
  if (s.positive && (s.negative || s.zero)) {
    throw Undecided("the enclosures do not tell the sign of " + text(x).substr(0, 200));
  }
  return s.positive;
}

Words ShownFacts::ask(Question::Kind kind, const std::vector<Mat>& about) {
  for (const Mat& m : about) {
    m.require_no_state();
    require_within(m);
  }
  for (;;) {
    Words step(steps_.answer({kind, about, roots_}), roots_, limits_);
    if (step.rule() != "root") return step;
    declare_root(step);
  }
}

/// A root of p = x^m + c_{m−1} x^{m−1} + … + c_0 between low and high, the next r_k; or why not.
/// Premises: low < high; p has opposite signs at low and high; p' encloses no zero over [low,
/// high]. Conclusion: p has exactly one root between them, which the name denotes from here on.
/// Sound: p is continuous and strictly monotone there.
std::string ShownFacts::declare(std::vector<Rational> relation, const Rational& low,
                                const Rational& high) {
  const size_t m = relation.size();
  if (m < 2 || m > 32) return "the degree is not from 2 to 32";
  if (roots_.size() >= kMostRoots) return "more than 1000 roots";
  if (low >= high) return "the interval is empty";
  Root root{0, std::move(relation), low, high};
  if (root.at(low).sign() * root.at(high).sign() >= 0)
    return "the polynomial does not change sign over the interval";
  Interval slope{Rational(m), Rational(m)};  // p' over the whole interval, by Horner's rule
  for (size_t k = m; k-- > 1;) {
    slope = times(slope, {low, high});
    slope.first += root.relation[k] * Rational(k);
    slope.second += root.relation[k] * Rational(k);
  }
  if (slope.first <= 0 && slope.second >= 0) return "the derivative may vanish in the interval";
  next_root(std::move(root));
  return "";
}

/// The next name belongs to this root. Only here are names given: steps that a rule asks for may
/// declare roots of their own.
Number ShownFacts::next_root(Root root) {
  root.index = roots_.size() + 1;
  roots_.push_back(std::move(root));
  return Number(roots_.back());
}

/// root c_0 … c_{m−1} low high: the certificate's own roots.
void ShownFacts::declare_root(Words step) {
  const size_t m = std::max<size_t>(step.count(), 4) - 2;
  step.expect(m + 2);
  std::vector<Rational> relation;
  for (size_t k = 0; k < m; ++k) relation.push_back(step.rational());
  const Rational low = step.rational(), high = step.rational();
  const std::string fault = declare(std::move(relation), low, high);
  step.require(fault.empty(), fault);
}

/// The root that the case declares, by the same premises; they are of the case, and no step shows
/// them.
Number ShownFacts::root_of_case(const Alpha& alpha) {
  if (!alpha_) {
    std::vector<Rational> relation;
    for (size_t k = 0; k + 1 < alpha.polynomial.size(); ++k)
      relation.push_back(Rational(alpha.polynomial[k]) / Rational(alpha.polynomial.back()));
    const std::string fault = declare(std::move(relation), alpha.low, alpha.high);
    if (!fault.empty()) throw std::invalid_argument("alpha of the case: " + fault);
    alpha_ = Number(roots_.back());
  }
  return *alpha_;
}

/// ldl o_1 … o_d  l_21 l_31 l_32 …  p_1 … p_d.
/// Premises: o is a permutation of 1 … d; with L unit lower triangular, entry by entry
/// M[o_i, o_j] = Σ_k L_ik p_k L_jk; no p_k is negative. Conclusion: M ⪰ 0, and M ≻ 0 exactly when
/// no p_k is zero. Sound: vᵀMv = Σ p_k (Lᵀv')_k² with v' the permuted v, and Lᵀ is invertible.
Definiteness ShownFacts::ldl(Words step, const Mat& m) {
  const size_t d = m.rows();
  step.expect(d + triangle(d));
  std::vector<size_t> order;
  for (size_t k = 0; k < d; ++k) {
    order.push_back(step.index(d));
    step.require(std::count(order.begin(), order.end(), order.back()) == 1, "a row occurs twice");
  }
  Mat l = Mat::identity(d), p(d, d);
  for (size_t i = 1; i < d; ++i)
    for (size_t j = 0; j < i; ++j) l.at(i, j) = step.number();
  Definiteness result = Definiteness::positive;
  for (size_t k = 0; k < d; ++k) {
    p.at(k, k) = step.number();
    step.require(!negative(p.at(k, k)), "pivot " + std::to_string(k + 1) + " is negative");
    if (zero(p.at(k, k))) result = Definiteness::semidefinite;
  }
  const Mat permuted(d, d, [&](size_t i, size_t j) { return m.at(order[i], order[j]); });
  step.require((permuted - l * p * l.transposed()).vanishes(), "L P L' is not the permuted matrix");
  return result;
}

/// ldl …, or negative v_1 … v_d.
/// Premise of the second: vᵀMv < 0. Conclusion: not M ⪰ 0.
Definiteness ShownFacts::definiteness(const Mat& m) {
  return remembered(definite_, text(m), [&] {
    Words step = ask(Question::Kind::definiteness, {m});
    if (step.either("ldl", "negative")) return ldl(step, m);
    const Mat v = step.expect(m.rows()).matrix(m.rows(), 1);
    step.require(negative(form(v, m)), "v'Mv is not negative");
    return Definiteness::neither;
  });
}

/// inverse x_11 x_12 …, or singular v_1 … v_d.
/// Premise of the first: M X = I. Conclusion: X is the inverse of M. Premises of the second: M v =
/// 0 and v ≠ 0. Conclusion: M has no inverse.
std::optional<Mat> ShownFacts::inverse(const Mat& m) {
  return remembered(inverses_, text(m), [&]() -> std::optional<Mat> {
    const size_t d = m.rows();
    Words step = ask(Question::Kind::inverse, {m});
    if (step.either("inverse", "singular")) {
      const Mat x = step.expect(d * d).matrix(d, d);
      step.require((m * x - Mat::identity(d)).vanishes(), "M X is not the identity");
      return x;
    }
    const Mat v = step.expect(d).matrix(d, 1);
    step.require((m * v).vanishes(), "M v is not zero");
    step.require(nonzero(v), "v is zero");
    return std::nullopt;
  });
}

/// sqrt y. Premises: y² = x and y >= 0. Conclusion: y = √x.
Number ShownFacts::square_root(const Number& x) {
  return *remembered(values_, "sqrt " + text(x), [&]() -> std::optional<Number> {
    Words step = ask(Question::Kind::root, {x});
    step.must_be("sqrt");
    const Number y = step.expect(1).number();
    step.require((y * y - x).vanishes(), "y^2 is not x");
    step.require(!negative(y), "y is negative");
    return y;
  });
}

/// least t v_1 … v_d, none v_1 … v_d, apart v_1 … v_d w_1 … w_d, or below t.
/// Premises of the first: tB − A ⪰ 0 (shown by the next step), and vᵀ(tB − A)v = 0, vᵀBv > 0, or
/// (tB − A)v = 0, vᵀBv = 0, Bv ≠ 0. Conclusion: t is the least number with A ⪯ tB. Sound: for s <
/// t, F = sB − A has vᵀFv = (s − t) vᵀBv < 0; or vᵀFv = 0 and Fv = (s − t)Bv ≠ 0, so not F ⪰ 0.
/// Premises of the second: vᵀBv = 0, vᵀAv > 0; or Bv = 0, vᵀAv = 0, Av ≠ 0. Conclusion: A ⪯ tB for
/// no t. Sound: F = tB − A has vᵀFv < 0; or vᵀFv = 0 and Fv ≠ 0.
/// Premises of the third: vᵀBv > 0 > wᵀBw and wᵀAw vᵀBv > vᵀAv wᵀBw. Conclusion: A ⪯ tB for no t.
/// Sound: it would need t >= vᵀAv / vᵀBv and t <= wᵀAw / wᵀBw, which is less.
/// Premises of the last: −B ⪰ 0 and tB − A ⪰ 0 (the next two steps). Conclusion: there is no least
/// t with A ⪯ tB. Sound: for s < t, sB − A = (t − s)(−B) + tB − A ⪰ 0.
std::optional<Number> ShownFacts::least(const Mat& a, const Mat& b) {
  return remembered(values_, "least " + key({a, b}), [&]() -> std::optional<Number> {
    const size_t d = a.rows();
    Words step = ask(Question::Kind::least, {a, b});
    if (step.rule() == "below") {
      const Number t = step.expect(1).number();
      step.require(semidefinite(Number(-1) * b), "-B is not shown semidefinite");
      step.require(semidefinite(t * b - a), "tB - A is not shown semidefinite");
      return std::nullopt;
    }
    if (step.rule() == "apart") {
      const Mat v = step.expect(2 * d).matrix(d, 1), w = step.matrix(d, 1);
      step.require(positive(form(v, b)), "v'Bv is not positive");
      step.require(negative(form(w, b)), "w'Bw is not negative");
      step.require(positive(form(w, a) * form(v, b) - form(v, a) * form(w, b)),
                   "some t is between the two");
      return std::nullopt;
    }
    if (step.either("least", "none")) {
      const Number t = step.expect(d + 1).number();
      const Mat v = step.matrix(d, 1), difference = t * b - a;
      if (form(v, b).vanishes()) {
        step.require((difference * v).vanishes(), "(tB - A)v is not zero");
        step.require(nonzero(b * v), "B v is zero");
      } else {
        step.require(form(v, difference).vanishes(), "v'(tB - A)v is not zero");
        step.require(positive(form(v, b)), "v'Bv is not positive");
      }
      step.require(semidefinite(difference), "tB - A is not shown semidefinite");
      return t;
    }
    const Mat v = step.expect(d).matrix(d, 1);
    if (form(v, a).vanishes()) {
      step.require((b * v).vanishes(), "B v is not zero");
      step.require(nonzero(a * v), "A v is zero");
    } else {
      step.require(form(v, b).vanishes(), "v'Bv is not zero");
      step.require(positive(form(v, a)), "v'Av is not positive");
    }
    return std::nullopt;
  });
}

Number ShownFacts::radius(const CongruenceSum& t, bool single) {
  const std::string name = (single ? "radius " : "square radius ") + key(t.parts());
  return *remembered(values_, name, [&]() -> std::optional<Number> {
    if (single) return radius_of(t.terms.front().second);
    Words step = ask(Question::Kind::radius, t.parts());
    step.must_be("between");
    return radius_between(step, t, false);
  });
}

/// radius r s v_1 … v_d P, with P as its entries (i, j), i <= j.
/// Premises: s = 1 or −1, v ≠ 0, A v = s r v, r >= 0; P ≻ 0 and r²P − AᵀPA ⪰ 0 (the next two
/// steps). Conclusion: r is the largest modulus of an eigenvalue of A. Sound: s r is an eigenvalue;
/// and AᵀPA ⪯ r²P says that A does not lengthen by more than r in the norm of P.
Number ShownFacts::radius_of(const Mat& a) {
  const size_t d = a.rows();
  Words step = ask(Question::Kind::radius, {a});
  if (step.either("between", "radius")) return radius_between(step, {{{Number(1), a}}}, true);
  const Number r = step.expect(2 + d + triangle(d)).number(), s = step.number();
  const Mat v = step.matrix(d, 1), p = step.symmetric(d);
  step.require(s == Number(1) || s == Number(-1), "s is neither 1 nor -1");
  step.require((a * v - s * r * v).vanishes(), "A v is not s r v");
  step.require(nonzero(v), "v is zero");
  step.require(!negative(r), "r is negative");
  step.require(definiteness(p) == Definiteness::positive, "P is not positive definite");
  step.require(semidefinite(r * r * p - a.transposed() * p * a), "A lengthens by more than r");
  return r;
}

/// between low high P, then R unless low = 0.
/// Premises: P ≻ 0 and high·P − T*(P) ⪰ 0 (the next two steps), and ρ(T) >= low by R. Conclusion:
/// the spectral radius ρ of T lies in [low, high]; the number is known no closer. Sound: T* is
/// positive, so T*(P) ⪯ high·P gives T*^k(P) ⪯ high^k P.
/// Of a matrix A alone (`single`): the same of T(S) = A S Aᵀ with low² and high², for ρ(T) = ρ(A)².
Number ShownFacts::radius_between(Words& step, const CongruenceSum& t, bool single) {
  const size_t d = t.terms.front().second.rows();
  const auto of_sum = [single](const Rational& x) { return single ? Rational(x * x) : x; };
  const bool bounded = step.count() > 2 + triangle(d);
  step.expect(2 + triangle(d) * (bounded ? 2 : 1));
  Root rho{0, {}, step.rational(), step.rational()};
  const Mat p = step.symmetric(d);
  step.require(rho.low >= 0 && rho.low <= rho.high, "not an interval of numbers >= 0");
  step.require(definiteness(p) == Definiteness::positive, "P is not positive definite");
  step.require(semidefinite(Number(of_sum(rho.high)) * p - t.adjoint(p)), "T*(P) exceeds high P");
  step.require(bounded == (rho.low > 0), "R belongs to a low end above 0");
  if (bounded) require_radius_above(step, t, of_sum(rho.low), step.symmetric(d));
  if (rho.low == rho.high) return rho.low;
  step.require(roots_.size() < kMostRoots, "more than 1000 roots");
  return next_root(std::move(rho));
}

/// R of `between` and of `unstable`.
/// Premises: either of two things, by the next steps: R − T*(R)/low = I and not R ≻ 0; or R ⪰ 0,
/// R ≠ 0 and T(R) − low·R ⪰ 0. Conclusion: the spectral radius ρ of T is at least low > 0. Sound:
/// were ρ < low, then Σ T*^k(I)/low^k ≻ 0 would converge and be the only solution of the equation
/// for R; and T(R) ⪰ low·R would give T^k(R) ⪰ low^k R for all k, which is impossible for R ≠ 0 as
/// T^k(R)/low^k tends to 0.
void ShownFacts::require_radius_above(const Words& step, const CongruenceSum& t,
                                      const Rational& low, const Mat& r) {
  const Definiteness sign = definiteness(r);
  const Number share = Rational(1 / low);
  const bool solves = (r - share * t.adjoint(r) - Mat::identity(r.rows())).vanishes();
  if (solves && sign != Definiteness::positive) return;
  step.require(sign != Definiteness::neither, "R is not positive semidefinite");
  step.require(nonzero(r), "R is zero");
  step.require(semidefinite(t.apply(r) - Number(low) * r), "T(R) falls below low R");
}

/// stationary M P (entries (i, j), i <= j), or unstable R.
/// T's matrices are [A a; 0 1]; T0 is the sum with the A alone. Premises of the first: the last
/// entry of M is 1, M = T(M) + N, P ≻ 0 and P − T0*(P) ≻ 0 (the next two steps). Conclusion: M is
/// the limit. Sound: the last gives ρ(T0) < 1, so the second moments converge, to the only fixed
/// point with last entry 1. Premise of the second: ρ(T0) >= 1 by R. Conclusion: no limit from every
/// start.
std::optional<Mat> ShownFacts::stationary(const CongruenceSum& t, const Mat& noise) {
  std::vector<Mat> about{noise};
  for (const Mat& part : t.parts()) about.push_back(part);
  return remembered(inverses_, "stationary " + key(about), [&]() -> std::optional<Mat> {
    const size_t D = noise.rows(), d = D - 1;
    const CongruenceSum linear = t.leading(d);
    Words step = ask(Question::Kind::stationary, about);
    if (step.either("stationary", "unstable")) {
      const Mat m = step.expect(triangle(D) + triangle(d)).symmetric(D), p = step.symmetric(d);
      step.require(m.at(d, d) == Number(1), "the last entry of M is not 1");
      step.require((t.apply(m) + noise - m).vanishes(), "M is no fixed point");
      step.require(definiteness(p) == Definiteness::positive, "P is not positive definite");
      step.require(definiteness(p - linear.adjoint(p)) == Definiteness::positive,
                   "P - T*(P) is not positive definite");
      return m;
    }
    require_radius_above(step, linear, 1, step.expect(triangle(d)).symmetric(d));
    return std::nullopt;
  });
}

/// value x_11 x_12 …. No premise: any numbers are a value, and whether it is one of the variable is
/// for the caller to see.
Mat ShownFacts::value_of_choice(size_t rows, size_t columns) {
  Words step = ask(Question::Kind::choice, {});
  step.must_be("value");
  return step.expect(rows * columns).matrix(rows, columns);
}

/// inverse-root X (entries (i, j), i <= j). Premises: X X L = I and X ≻ 0 (the next step).
/// Conclusion: X = L^(−1/2). Sound: the positive definite square root of L^(−1) is unique.
Mat ShownFacts::inverse_root(const Mat& l) {
  return *remembered(inverses_, "inverse-root " + text(l), [&]() -> std::optional<Mat> {
    const size_t d = l.rows();
    Words step = ask(Question::Kind::inverse_root, {l});
    step.must_be("inverse-root");
    const Mat x = step.expect(triangle(d)).symmetric(d);
    step.require((x * x * l - Mat::identity(d)).vanishes(), "X X L is not the identity");
    step.require(definiteness(x) == Definiteness::positive, "X is not positive definite");
    return x;
  });
}

}  // namespace istcheck::check
