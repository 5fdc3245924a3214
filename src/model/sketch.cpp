#include "model/sketch.hpp"

#include <cmath>
#include <stdexcept>

#include "exact/floating.hpp"
#include "exact/linalg.hpp"
#include "model/selection_laws.hpp"

namespace istcheck {

namespace {

std::string times(int a, int b) { return std::to_string(a) + " * " + std::to_string(b); }

void require(bool condition, const std::string& message) {
  if (!condition) throw std::invalid_argument(message);
}

void require_square_sizes(const std::string& kind, int n, int d) {
  require(n == d, kind + " needs as many workers as coordinates; here n = " + std::to_string(n) +
                      " and d = " + std::to_string(d));
}

/// The fraction with the least denominator up to 10⁶ next to x, by continued fractions: a proposal.
Rational short_fraction(double x) {
  Integer p0 = 0, q0 = 1, p1 = 1, q1 = 0;
  double rest = x;
  for (int step = 0; step < 40; ++step) {
    const double whole = std::floor(rest);
    if (!(std::abs(whole) < 1e9)) break;
    const Integer w(static_cast<long>(whole));
    const Integer p = w * p1 + p0, q = w * q1 + q0;
    if (q > 1000000) break;
    p0 = std::exchange(p1, p);
    q0 = std::exchange(q1, q);
    if (std::abs(rest - whole) < 1e-9) break;
    rest = 1 / (rest - whole);
  }
  return q1 == 0 ? Rational(0) : Rational(p1, q1);
}

/// The diagonal of L^{−1/2}. A symmetric positive definite matrix has one positive definite square
/// root; when that is rational, floating eigenvectors and short fractions propose it and X² = L,
/// X ≻ 0 confirm it exactly. Diagonal L is done directly, with surds.
SurdVector inverse_root_diagonal(const RationalMatrix& L, int worker) {
  const std::string name =
      "scaled-perm (reading = \"printed\"): L of worker " + std::to_string(worker + 1);
  require(is_positive_definite(L), name + " is not positive definite, so L^(-1/2) does not exist");
  const Index d = L.rows();
  SurdVector result(d);
  if (RationalMatrix off = L; (off.diagonal().setZero(), off.isZero())) {
    for (Index a = 0; a < d; ++a) result(a) = Surd::sqrt_of(1 / L(a, a));
    return result;
  }
  const RationalMatrix root =
      floating_root(L).unaryExpr([](double x) { return short_fraction(x); });
  require(root == root.transpose() && root * root == L && is_positive_definite(root),
          name +
              " is neither diagonal nor the square of a rational matrix (with denominators up to "
              "10^6), and entries of its square root are beyond surds; use reading = \"diagonal\"");
  const RationalMatrix inverse = *solve(root, RationalMatrix(RationalMatrix::Identity(d, d)));
  for (Index a = 0; a < d; ++a) result(a) = Surd(inverse(a, a));
  return result;
}

struct Built {
  std::shared_ptr<const SelectionLaw> law;
  SurdMatrix scales;  // n × d
};

/// Builds law and scales of one kind after checking that it fits n and d.
struct Builder {
  const Problem& problem;
  int n, d;

  SurdMatrix all(const Surd& scale) const { return SurdMatrix::Constant(n, d, scale); }
  std::vector<bool> none() const { return std::vector<bool>(static_cast<size_t>(d), false); }

  Built operator()(const IdentitySketch&) const { return {keep_all(n, d), all(1)}; }

  Built operator()(const PermSketch& s) const {
    if (d < n) {
      require(s.q == 0 || s.q == 1,
              "perm: with fewer coordinates than workers (d = " + std::to_string(d) +
                  " < n = " + std::to_string(n) + ") every worker gets one: q must be 1");
      require(s.remainder || n % d == 0,
              "perm: d = " + std::to_string(d) + " does not divide n = " + std::to_string(n) +
                  "; say remainder = true to let coordinates repeat unevenly");
      return {deal_workers(n, d), all(d)};
    }
    if (s.remainder) {
      require(s.q == 0 || s.q == d / n, "perm: with remainder = true q is the floor of d/n = " +
                                            std::to_string(d / n) + "; leave it out");
    } else {
      require(s.q >= 1, "perm: q must be at least 1");
      require(s.q <= d && s.q * n == d, "perm: d = qn is needed, but q * n = " + times(s.q, n) +
                                            " and d = " + std::to_string(d) +
                                            "; say remainder = true when n does not divide d");
    }
    return {deal_coordinates(n, d, none()), all(n)};
  }

  Built operator()(const RandSketch& s) const {
    require(s.q >= 1 && s.q <= d, "rand: q = " + std::to_string(s.q) + " is outside 1.." +
                                      std::to_string(d) + " (the dimension)");
    return {uniform_subsets(n, d, s.q, s.shared), all(Rational(Integer(d), Integer(s.q)))};
  }

  Built operator()(const BernoulliSketch& s) const {
    require(s.p > 0 && s.p <= 1, "bernoulli: p = " + to_string(s.p) + " is not in (0, 1]");
    return {coin_flips(n, d, s.p, s.shared), all(Rational(1 / s.p))};
  }

  Built operator()(const BlockSketch& s) const {
    std::vector<bool> always = none();
    SurdMatrix scales = all(n);
    for (const int a : s.shared) {
      require(a >= 0 && a < d, "block: shared coordinate " + std::to_string(a) + " is outside 0.." +
                                   std::to_string(d - 1));
      require(!always[static_cast<size_t>(a)],
              "block: shared coordinate " + std::to_string(a) + " is listed twice");
      always[static_cast<size_t>(a)] = true;
      scales.col(a).setConstant(Surd(1));
    }
    const int rest = d - static_cast<int>(s.shared.size());
    require(s.q >= 1, "block: q must be at least 1");
    require(s.q <= d && s.q * n == rest,
            "block: the " + std::to_string(rest) +
                " coordinates that are not shared must be q * n = " + times(s.q, n));
    return {deal_coordinates(n, d, always), scales};
  }

  Built operator()(const UnitPermSketch&) const {
    require_square_sizes("unit-perm", n, d);
    return {deal_coordinates(n, d, none()), all(Surd::sqrt_of(n))};
  }

  Built operator()(const ScaledPermSketch& s) const {
    require_square_sizes("scaled-perm", n, d);
    require(problem.rational(), "scaled-perm: its scales are known for rational L_i only");
    SurdMatrix scales(n, d);
    const Surd root_n = Surd::sqrt_of(n);
    for (int i = 0; i < n; ++i) {
      const RationalMatrix& L = problem.worker(i).L;
      if (s.reading == ScaledPermSketch::Reading::printed) {
        scales.row(i) = (inverse_root_diagonal(L, i) * root_n).transpose();
        continue;
      }
      for (int a = 0; a < d; ++a) {
        require(L(a, a) > 0, "scaled-perm: diagonal entry " + std::to_string(a + 1) +
                                 " of L of worker " + std::to_string(i + 1) + " is " +
                                 to_string(L(a, a)) + ", so D^(-1/2) does not exist");
        scales(i, a) = root_n * Surd::sqrt_of(1 / L(a, a));
      }
    }
    return {deal_coordinates(n, d, none()), scales};
  }

  Built operator()(const TableSketch& s) const {
    require(!s.outcomes.empty(), "table: at least one outcome is needed");
    Rational sum = 0;
    for (size_t k = 0; k < s.outcomes.size(); ++k) {
      const auto& outcome = s.outcomes[k];
      const std::string name = "table: outcome " + std::to_string(k + 1);
      require(outcome.weight > 0,
              name + ": weight " + to_string(outcome.weight) + " is not positive");
      require(static_cast<int>(outcome.C.size()) == n,
              name + " has " + std::to_string(outcome.C.size()) + " matrices for " +
                  std::to_string(n) + " workers");
      for (size_t i = 0; i < outcome.C.size(); ++i)
        require(outcome.C[i].rows() == d && outcome.C[i].cols() == d &&
                    outcome.C[i] == outcome.C[i].transpose(),
                name + ": matrix " + std::to_string(i + 1) + " is not symmetric of size " +
                    std::to_string(d));
      sum += outcome.weight;
    }
    require(sum == 1, "table: the weights sum to " + to_string(sum) + ", not to 1");
    return {nullptr, SurdMatrix()};
  }
};

template <class S>
S scalar(const Surd& x);
template <>
Rational scalar<Rational>(const Surd& x) {
  return x.rational();
}
template <>
Surd scalar<Surd>(const Surd& x) {
  return x;
}

template <class S>
Matrix<S> matrix(const RationalMatrix& m) {
  return m.unaryExpr([](const Rational& x) { return S(x); });
}

}  // namespace

Sketch::Sketch(SketchSpec spec, const Problem& problem)
    : spec_(std::move(spec)), n_(static_cast<int>(problem.n())), d_(static_cast<int>(problem.d())) {
  Built built = std::visit(Builder{problem, n_, d_}, spec_);
  law_ = std::move(built.law);
  scales_ = std::move(built.scales);
}

bool Sketch::rational() const { return is_rational(scales_); }

Integer Sketch::support() const {
  if (law_) return law_->support();
  return Integer(std::get<TableSketch>(spec_).outcomes.size());
}

template <class S>
void Sketch::enumerate(
    const std::function<bool(const Rational&, const std::vector<Matrix<S>>&)>& visit) const {
  if (!law_) {
    for (const auto& outcome : std::get<TableSketch>(spec_).outcomes) {
      std::vector<Matrix<S>> C;
      for (const RationalMatrix& c : outcome.C) C.push_back(matrix<S>(c));
      if (!visit(outcome.weight, C)) return;
    }
    return;
  }
  Matrix<S> scales(n_, d_);
  for (Index i = 0; i < n_; ++i)
    for (Index a = 0; a < d_; ++a) scales(i, a) = scalar<S>(scales_(i, a));
  const Integer total = law_->weight_denominator();
  std::vector<Matrix<S>> C(static_cast<size_t>(n_));
  law_->enumerate([&](const Integer& weight, const Selection& selection) {
    for (Index i = 0; i < n_; ++i) {
      Matrix<S>& c = C[static_cast<size_t>(i)];
      c = Matrix<S>::Constant(d_, d_, S(0));
      for (const int a : selection[static_cast<size_t>(i)]) c(a, a) = scales(i, a);
    }
    return visit(Rational(weight, total), C);
  });
}

template void Sketch::enumerate<Rational>(
    const std::function<bool(const Rational&, const std::vector<RationalMatrix>&)>&) const;
template void Sketch::enumerate<Surd>(
    const std::function<bool(const Rational&, const std::vector<SurdMatrix>&)>&) const;

}  // namespace istcheck
