#include "check/facts.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

constexpr size_t kMostRoots = 1000;

/// The words of a step after the rule, read one after the other.
class Words {
 public:
  Words(const cert::Step& step, const std::deque<Root>& roots, const cert::Limits& limits,
        size_t expected)
      : step_(step), roots_(roots), limits_(limits) {
    if (step.words.size() != expected + 1) {
      throw Rejected(step, "expected " + std::to_string(expected) +
                               " words after the rule, found " +
                               std::to_string(step.words.size() - 1));
    }
  }
  Number number() {
    try {
      const Number x = parse_number(step_.words[next_++], roots_);
      x.require_within(limits_.bits, limits_.terms);
      return x;
    } catch (const std::exception& error) {
      throw Rejected(step_, error.what());
    }
  }
  Rational rational() {
    const Number x = number();
    if (!x.is_rational()) throw Rejected(step_, "this number must be rational");
    return x.rational();
  }
  Mat matrix(size_t rows, size_t columns) {
    Mat m(rows, columns);
    for (size_t i = 0; i < rows; ++i)
      for (size_t j = 0; j < columns; ++j) m.at(i, j) = number();
    return m;
  }
  /// Entries (i, j) with i <= j.
  Mat symmetric(size_t d) {
    Mat m(d, d);
    for (size_t i = 0; i < d; ++i)
      for (size_t j = i; j < d; ++j) m.at(i, j) = m.at(j, i) = number();
    return m;
  }

 private:
  const cert::Step& step_;
  const std::deque<Root>& roots_;
  const cert::Limits& limits_;
  size_t next_ = 1;
};

Number form(const Mat& v, const Mat& m) { return (v.transposed() * m * v).at(0, 0); }

std::string key(const std::vector<Mat>& about) {
  std::string out;
  for (const Mat& m : about) out += text(m) + " ";
  return out;
}

size_t triangle(size_t d) { return d * (d + 1) / 2; }

}  // namespace

Mat CongruenceSum::apply(const Mat& s) const {
  Mat sum(s.rows(), s.columns());
  for (const auto& [w, a] : terms) sum = sum + Number(w) * (a * s * a.transposed());
  return sum;
}

Mat CongruenceSum::adjoint(const Mat& p) const {
  Mat sum(p.rows(), p.columns());
  for (const auto& [w, a] : terms) sum = sum + Number(w) * (a.transposed() * p * a);
  return sum;
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

/// The squares of the entries have a positive sum.
bool ShownFacts::nonzero(const Mat& m) {
  Number sum;
  for (const Number& x : m.entries()) sum = sum + x * x;
  return positive(sum);
}

void Facts::require_within(const Mat& m) const {
  for (const Number& x : m.entries()) x.require_within(limits_.bits, limits_.terms);
}

void ShownFacts::require(const cert::Step& step, bool fact, const std::string& message) const {
  if (!fact) throw Rejected(step, message);
}

cert::Step ShownFacts::ask(Question::Kind kind, const std::vector<Mat>& about) {
  for (const Mat& m : about) require_within(m);
  for (;;) {
    cert::Step step = steps_.answer({kind, about, roots_});
    if (step.rule() != "root") return step;
    declare_root(step);
  }
}

/// root c_0 … c_{m−1} low high.
/// Premises: low < high; the polynomial p = x^m + c_{m−1} x^{m−1} + … + c_0 has opposite signs at
/// low and high; p' encloses no zero over [low, high]. Conclusion: p has exactly one root between
/// them, which the next name r_k denotes from here on. Sound: p is continuous and strictly monotone
/// there.
void ShownFacts::declare_root(const cert::Step& step) {
  const size_t m = step.words.size() < 5 ? 2 : step.words.size() - 3;
  require(step, m <= 32, "the degree is above 32");
  require(step, roots_.size() < kMostRoots, "more than 1000 roots");
  Words words(step, roots_, limits_, m + 2);
  Root root{roots_.size() + 1, {}, 0, 0};
  for (size_t k = 0; k < m; ++k) root.relation.push_back(words.rational());
  root.low = words.rational();
  root.high = words.rational();
  require(step, root.low < root.high, "the interval is empty");
  // p and p' by Horner's rule: p at the ends, p' over the whole interval.
  const auto value = [&](const Rational& x) {
    Rational sum = 1;
    for (size_t k = m; k-- > 0;) sum = sum * x + root.relation[k];
    return sum;
  };
  require(step, value(root.low).sign() * value(root.high).sign() < 0,
          "the polynomial does not change sign over the interval");
  Rational least(static_cast<long>(m)), most = least;
  for (size_t k = m; k-- > 1;) {
    const Rational p[] = {least * root.low, least * root.high, most * root.low, most * root.high};
    const Rational c = root.relation[k] * Rational(static_cast<long>(k));
    least = *std::min_element(p, p + 4) + c;
    most = *std::max_element(p, p + 4) + c;
  }
  require(step, least > 0 || most < 0, "the derivative may vanish in the interval");
  roots_.push_back(std::move(root));
}

/// ldl o_1 … o_d  l_21 l_31 l_32 …  p_1 … p_d.
/// Premises: o is a permutation of 1 … d; with L unit lower triangular, entry by entry
/// M[o_i, o_j] = Σ_k L_ik p_k L_jk; no p_k is negative. Conclusion: M ⪰ 0, and M ≻ 0 exactly when
/// no p_k is zero. Sound: vᵀMv = Σ p_k (Lᵀv')_k² with v' the permuted v, and Lᵀ is invertible.
void ShownFacts::ldl(const cert::Step& step, const Mat& m, Definiteness& result) {
  const size_t d = m.rows();
  Words words(step, roots_, limits_, d + triangle(d));
  std::vector<size_t> order;
  for (size_t k = 0; k < d; ++k) {
    const Rational o = words.rational();
    require(step, denominator(o) == 1 && o >= 1 && o <= static_cast<long>(d), "no index of a row");
    order.push_back(static_cast<size_t>(numerator(o)) - 1);
    require(step, std::count(order.begin(), order.end(), order.back()) == 1, "a row occurs twice");
  }
  Mat l = Mat::identity(d), p(d, d), permuted(d, d);
  for (size_t i = 1; i < d; ++i)
    for (size_t j = 0; j < i; ++j) l.at(i, j) = words.number();
  result = Definiteness::positive;
  for (size_t k = 0; k < d; ++k) {
    p.at(k, k) = words.number();
    require(step, !negative(p.at(k, k)), "pivot " + std::to_string(k + 1) + " is negative");
    if (zero(p.at(k, k))) result = Definiteness::semidefinite;
  }
  for (size_t i = 0; i < d; ++i)
    for (size_t j = 0; j < d; ++j) permuted.at(i, j) = m.at(order[i], order[j]);
  require(step, (permuted - l * p * l.transposed()).vanishes(),
          "L P L' is not the permuted matrix");
}

/// ldl …, or negative v_1 … v_d.
/// Premise of the second: vᵀMv < 0. Conclusion: not M ⪰ 0.
Definiteness ShownFacts::definiteness(const Mat& m) {
  const std::string name = text(m);
  if (const auto known = definite_.find(name); known != definite_.end()) return known->second;
  Definiteness result = Definiteness::neither;
  const cert::Step step = ask(Question::Kind::definiteness, {m});
  if (step.rule() == "ldl") {
    ldl(step, m, result);
  } else {
    require(step, step.rule() == "negative", "expected ldl or negative");
    const Mat v = Words(step, roots_, limits_, m.rows()).matrix(m.rows(), 1);
    require(step, negative(form(v, m)), "v'Mv is not negative");
  }
  return definite_[name] = result;
}

/// inverse x_11 x_12 …, or singular v_1 … v_d.
/// Premise of the first: M X = I. Conclusion: X is the inverse of M. Premises of the second: M v =
/// 0 and v ≠ 0. Conclusion: M has no inverse.
std::optional<Mat> ShownFacts::inverse(const Mat& m) {
  const std::string name = text(m);
  if (const auto known = inverses_.find(name); known != inverses_.end()) return known->second;
  const size_t d = m.rows();
  const cert::Step step = ask(Question::Kind::inverse, {m});
  std::optional<Mat> result;
  if (step.rule() == "inverse") {
    result = Words(step, roots_, limits_, d * d).matrix(d, d);
    require(step, (m * *result - Mat::identity(d)).vanishes(), "M X is not the identity");
  } else {
    require(step, step.rule() == "singular", "expected inverse or singular");
    const Mat v = Words(step, roots_, limits_, d).matrix(d, 1);
    require(step, (m * v).vanishes(), "M v is not zero");
    require(step, nonzero(v), "v is zero");
  }
  return inverses_[name] = result;
}

/// sqrt y. Premises: y² = x and y >= 0. Conclusion: y = √x.
Number ShownFacts::square_root(const Number& x) {
  const std::string name = "sqrt " + text(x);
  if (const auto known = values_.find(name); known != values_.end()) return *known->second;
  const cert::Step step = ask(Question::Kind::root, {x});
  require(step, step.rule() == "sqrt", "expected sqrt");
  const Number y = Words(step, roots_, limits_, 1).number();
  require(step, (y * y - x).vanishes(), "y^2 is not x");
  require(step, !negative(y), "y is negative");
  values_[name] = y;
  return y;
}

std::optional<Number> ShownFacts::least(const Mat& a, const Mat& b) {
  const std::string name = "least " + key({a, b});
  if (const auto known = values_.find(name); known != values_.end()) return known->second;
  const auto result = least_step(ask(Question::Kind::least, {a, b}), a, b);
  return values_[name] = result;
}

/// least t v_1 … v_d, or none v_1 … v_d.
/// Premises of the first: tB − A ⪰ 0 (shown by the next step), vᵀ(tB − A)v = 0, vᵀBv > 0.
/// Conclusion: t is the least number with A ⪯ tB. Sound: for s < t, vᵀ(sB − A)v = (s − t) vᵀBv < 0.
/// Premises of the second: B ⪰ 0 (the caller's), vᵀBv = 0, vᵀAv > 0. Conclusion: A ⪯ tB for no t.
std::optional<Number> ShownFacts::least_step(const cert::Step& step, const Mat& a, const Mat& b) {
  const size_t d = a.rows();
  if (step.rule() == "none") {
    const Mat v = Words(step, roots_, limits_, d).matrix(d, 1);
    require(step, form(v, b).vanishes(), "v'Bv is not zero");
    require(step, positive(form(v, a)), "v'Av is not positive");
    return std::nullopt;
  }
  require(step, step.rule() == "least", "expected least or none");
  Words words(step, roots_, limits_, d + 1);
  const Number t = words.number();
  const Mat v = words.matrix(d, 1), difference = t * b - a;
  require(step, form(v, difference).vanishes(), "v'(tB - A)v is not zero");
  require(step, positive(form(v, b)), "v'Bv is not positive");
  require(step, definiteness(difference) != Definiteness::neither,
          "tB - A is not shown semidefinite");
  return t;
}

Number ShownFacts::radius(const CongruenceSum& t, bool single) {
  std::vector<Mat> about;
  for (const auto& [w, a] : t.terms) {
    about.push_back(Number(w));
    about.push_back(a);
  }
  const std::string name = (single ? "radius " : "square radius ") + key(about);
  if (const auto known = values_.find(name); known != values_.end()) return *known->second;
  if (single) about.erase(about.begin());
  const Number result = radius_step(ask(Question::Kind::radius, about), t, single);
  values_[name] = result;
  return result;
}

/// Of one matrix: radius r s v_1 … v_d P, with P as its entries (i, j), i <= j.
/// Premises: s = 1 or −1, v ≠ 0, A v = s r v, r >= 0; P ≻ 0 and r²P − AᵀPA ⪰ 0 (the next two
/// steps). Conclusion: r is the largest modulus of an eigenvalue of A. Sound: s r is an eigenvalue;
/// and AᵀPA ⪯ r²P says that A does not lengthen by more than r in the norm of P.
///
/// Of T: between low high P, then R unless low = 0, the next steps showing P ≻ 0, high·P − T*(P) ⪰
/// 0, and on R either of two things: R − T*(R)/low = I and not R ≻ 0; or R ⪰ 0, R ≠ 0 and T(R) −
/// low·R ⪰ 0. Conclusion: the spectral radius ρ of T lies in [low, high]; the number is known no
/// closer. Sound: T* is positive, so T*(P) ⪯ high·P gives T*^k(P) ⪯ high^k P. Were ρ < low, then Σ
/// T*^k(I)/low^k ≻ 0 would converge and be the only solution of the equation for R; and T(R) ⪰
/// low·R would give T^k(R) ⪰ low^k R for all k, which is impossible for R ≠ 0 as T^k(R)/low^k tends
/// to 0.
Number ShownFacts::radius_step(const cert::Step& step, const CongruenceSum& t, bool single) {
  const size_t d = t.terms.front().second.rows();
  if (single) {
    require(step, step.rule() == "radius", "expected radius");
    Words words(step, roots_, limits_, 2 + d + triangle(d));
    const Mat& a = t.terms.front().second;
    const Number r = words.number(), s = words.number();
    const Mat v = words.matrix(d, 1), p = words.symmetric(d);
    require(step, s == Number(1) || s == Number(-1), "s is neither 1 nor -1");
    require(step, (a * v - s * r * v).vanishes(), "A v is not s r v");
    require(step, nonzero(v), "v is zero");
    require(step, !negative(r), "r is negative");
    require(step, definiteness(p) == Definiteness::positive, "P is not positive definite");
    require(step, definiteness(r * r * p - t.adjoint(p)) != Definiteness::neither,
            "A lengthens by more than r");
    return r;
  }
  require(step, step.rule() == "between", "expected between");
  const bool bounded = step.words.size() > 3 + triangle(d);
  Words words(step, roots_, limits_, 2 + triangle(d) * (bounded ? 2 : 1));
  Root rho{roots_.size() + 1, {}, words.rational(), words.rational()};
  const Mat p = words.symmetric(d);
  require(step, rho.low >= 0 && rho.low <= rho.high, "not an interval of numbers >= 0");
  require(step, definiteness(p) == Definiteness::positive, "P is not positive definite");
  require(step, definiteness(Number(rho.high) * p - t.adjoint(p)) != Definiteness::neither,
          "T*(P) exceeds high P");
  require(step, bounded == (rho.low > 0), "R belongs to a low end above 0");
  if (bounded) {
    const Mat r = words.symmetric(d);
    const Number share = Rational(1 / rho.low);
    const Definiteness sign = definiteness(r);
    const bool solves = (r - share * t.adjoint(r) - Mat::identity(d)).vanishes();
    if (!solves || sign == Definiteness::positive) {
      require(step, sign != Definiteness::neither, "R is not positive semidefinite");
      require(step, nonzero(r), "R is zero");
      require(step, definiteness(t.apply(r) - Number(rho.low) * r) != Definiteness::neither,
              "T(R) falls below low R");
    }
  }
  if (rho.low == rho.high) return rho.low;
  roots_.push_back(std::move(rho));
  return Number(roots_.back());
}

/// stationary M P (entries (i, j), i <= j), or unstable R.
/// T's matrices are [A a; 0 1]; T0 is the sum with the A alone. Premises of the first: the last
/// entry of M is 1, M = T(M) + N, P ≻ 0 and P − T0*(P) ≻ 0 (the next two steps). Conclusion: M is
/// the limit. Sound: the last gives ρ(T0) < 1, so the second moments converge, to the only fixed
/// point with last entry 1. The second has the premises of R in `between` with low = 1: no limit
/// from every start.
std::optional<Mat> ShownFacts::stationary(const CongruenceSum& t, const Mat& noise) {
  const size_t D = noise.rows(), d = D - 1;
  std::vector<Mat> about{noise};
  CongruenceSum linear;
  for (const auto& [w, a] : t.terms) {
    about.push_back(Number(w));
    about.push_back(a);
    linear.terms.emplace_back(w, a.block(0, 0, d, d));
  }
  const std::string name = "stationary " + key(about);
  if (const auto known = inverses_.find(name); known != inverses_.end()) return known->second;
  const cert::Step step = ask(Question::Kind::stationary, about);
  if (step.rule() == "unstable") {
    const Mat r = Words(step, roots_, limits_, triangle(d)).symmetric(d);
    const Definiteness sign = definiteness(r);
    if (!(r - linear.adjoint(r) - Mat::identity(d)).vanishes() || sign == Definiteness::positive) {
      require(step, sign != Definiteness::neither && nonzero(r), "R is zero or not semidefinite");
      require(step, definiteness(linear.apply(r) - r) != Definiteness::neither,
              "T(R) falls below R");
    }
    return inverses_[name] = std::nullopt;
  }
  require(step, step.rule() == "stationary", "expected stationary or unstable");
  Words words(step, roots_, limits_, triangle(D) + triangle(d));
  const Mat m = words.symmetric(D), p = words.symmetric(d);
  require(step, m.at(d, d) == Number(1), "the last entry of M is not 1");
  require(step, (t.apply(m) + noise - m).vanishes(), "M is no fixed point");
  require(step, definiteness(p) == Definiteness::positive, "P is not positive definite");
  require(step, definiteness(p - linear.adjoint(p)) == Definiteness::positive,
          "P - T*(P) is not positive definite");
  return inverses_[name] = m;
}

/// inverse-root X (entries (i, j), i <= j). Premises: X X L = I and X ≻ 0 (the next step).
/// Conclusion: X = L^(−1/2). Sound: the positive definite square root of L^(−1) is unique.
Mat ShownFacts::inverse_root(const Mat& l) {
  const std::string name = "inverse-root " + text(l);
  if (const auto known = inverses_.find(name); known != inverses_.end()) return *known->second;
  const cert::Step step = ask(Question::Kind::inverse_root, {l});
  require(step, step.rule() == "inverse-root", "expected inverse-root");
  const Mat x = Words(step, roots_, limits_, triangle(l.rows())).symmetric(l.rows());
  require(step, (x * x * l - Mat::identity(l.rows())).vanishes(), "X X L is not the identity");
  require(step, definiteness(x) == Definiteness::positive, "X is not positive definite");
  inverses_[name] = x;
  return x;
}

}  // namespace istcheck::check
