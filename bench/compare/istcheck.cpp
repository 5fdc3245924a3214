// The tasks done by istcheck. Times include every conversion from and to its own number types.
#include "exact/linalg.hpp"

#include "../problems.hpp"
#include "dynamics/closed_form.hpp"
#include "dynamics/moments.hpp"
#include "dynamics/operators.hpp"
#include "dynamics/trajectory.hpp"
#include "harness.hpp"

namespace {

using namespace istcheck;
using compare::Contest;

RationalMatrix read(const Contest& contest, const std::string& file) {
  const compare::TextMatrix text = compare::read_matrix(contest.path(file));
  RationalMatrix m(text.rows, text.cols);
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) m(i, j) = *parse_rational(text.at(i, j));
  return m;
}

Case read_case(const Contest& contest, int n, int q) {
  const std::string size = std::to_string(n) + "_" + std::to_string(q);
  const RationalMatrix L = read(contest, "perm_" + size), b = read(contest, "perm_rhs_" + size);
  const Index d = L.cols();
  Case c;
  c.step = Rational(1, 64 * d);
  c.sketch = PermSketch{q, false};
  c.start = RationalVector::Constant(d, 1);
  for (int i = 0; i < n; ++i)
    c.workers.push_back({L.block(i * d, 0, d, L.cols()), b.block(i * d, 0, d, b.cols()),
                         RationalMatrix::Zero(d, d)});
  return c;
}

// ---- Checks: Σ_k (k + 1) x_k modulo 2⁶¹ − 1, row after row ----

const Integer kPrime = (Integer(1) << 61) - 1;

Integer residue(const Rational& x) {
  Integer r;
  mpz_invert(r.raw(), mpq_denref(x.raw()), kPrime.raw());
  r *= numerator(x);
  mpz_mod(r.raw(), r.raw(), kPrime.raw());
  return r;
}

std::string check_of(const RationalMatrix& m) {
  Integer sum = 0, k = 0;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) sum += ++k * residue(m(i, j));
  return Integer(sum % kPrime).str();
}

std::string check_of_polynomial(const Polynomial& p) {
  RationalMatrix monic(1, static_cast<Index>(p.size()));
  for (size_t k = 0; k < p.size(); ++k) monic(0, static_cast<Index>(k)) = Rational(p[k], p.back());
  return check_of(monic);
}

/// ⌊10⁹ x⌋.
std::string check_of_root(const Algebraic& x) {
  const Rational scaled = x.enclose(90).first * 1000000000;
  Integer floor;
  mpz_fdiv_q(floor.raw(), mpq_numref(scaled.raw()), mpq_denref(scaled.raw()));
  return floor.str();
}

// ---- Tasks ----

void solves(const Contest& contest, int d) {
  const std::string size = std::to_string(d);
  const RationalMatrix A = read(contest, "mean_" + size), a = read(contest, "mean_rhs_" + size),
                       B = read(contest, "sketched_" + size),
                       b = read(contest, "sketched_rhs_" + size);
  contest.run(
      "solve", size, [&] { return std::pair(solve(A, a), solve(B, b)); },
      [](const auto& x) { return check_of(*x.first) + "," + check_of(*x.second); });
}

void definite(const Contest& contest, const std::string& kind, int d) {
  const std::string size = std::to_string(d);
  const RationalMatrix A = read(contest, kind + "_" + size);
  contest.run(
      "psd-" + kind, size, [&] { return decide_psd(A); },
      [](const auto& decision) { return decision.psd() ? "psd" : "not"; });
}

RationalMatrix homogeneous(const RationalMatrix& m) { return bordered(m); }

/// E[B̄ L̄ B̄] from the random affine map of the case, as `analyze --enumerate` and `analyze` get it.
void second_moment(const Contest& contest, int n, int q, bool enumerate) {
  const Instance instance = instantiate(read_case(contest, n, q));
  const std::string size = std::to_string(n) + "," + std::to_string(q);
  const RationalMatrix middle = homogeneous(instance.problem.mean_L());
  const auto check = [](const RationalMatrix& m) { return check_of(linear_part(m)); };
  if (enumerate)
    contest.run(
        "moment-enumerated", size,
        [&] { return Moments<Rational>(instance.estimator, {Route::enumeration}).push(middle); },
        check);
  contest.run(
      "moment-closed", size,
      [&] { return ClosedForm(instance.estimator, false).push(middle).at(1); }, check);
}

void mean_square_factor(const Contest& contest, int n, int q) {
  const std::string size = std::to_string(n * q);
  const std::string files = std::to_string(n) + "_" + std::to_string(q);
  const RationalMatrix A = read(contest, "operator_" + files);
  contest.run(
      "charpoly", size, [&] { return characteristic_polynomial(A); }, check_of_polynomial);
  const RationalMatrix row = read(contest, "polynomial_" + files);
  Polynomial p;
  for (Index k = 0; k < row.cols(); ++k) p.push_back(numerator(row(0, k)));
  const auto isolate = [&] {
    Algebraic root = largest_real_root(p);
    root.enclose(64);
    return root;
  };
  contest.run("largest-root", size, isolate, check_of_root);
  const Moments<Rational> moments(instantiate(read_case(contest, n, q)).map);
  contest.run(
      "mean-square-factor", size,
      [&] {
        return cone_spectral_radius(matrix_of<Rational>(n * q, [&](const RationalMatrix& m) {
          return linear_part(moments.push(bordered(m)));
        }));
      },
      check_of_root);
}

void second_moments(const Contest& contest, int n, int q, std::size_t rounds) {
  const Case c = read_case(contest, n, q);
  contest.run(
      "trajectory", std::to_string(n * q), [&] { return trajectory<Rational>(c, rounds); },
      [](const auto& points) { return check_of(points.back().mean); });
}

void extreme_eigenvalue(const Contest& contest, int d) {
  const RationalMatrix A = read(contest, "symmetric_" + std::to_string(d));
  contest.run(
      "largest-eigenvalue", std::to_string(d),
      [&] {
        Algebraic root = largest_eigenvalue(A);
        root.enclose(64);
        return root;
      },
      check_of_root);
}

}  // namespace

int main(int argc, char** argv) try {
  const Contest contest("istcheck", argc, argv);
  for (const int d : {20, 50, 100, 200}) solves(contest, d);
  for (const std::string kind : {"gram", "fraction"})
    for (const int d : {20, 50, 100}) definite(contest, kind, d);
  for (const auto& [n, q] : {std::pair(3, 2), {4, 2}, {3, 3}}) second_moment(contest, n, q, true);
  for (const auto& [n, q] : {std::pair(5, 2), {4, 3}, {4, 10}, {4, 25}})
    second_moment(contest, n, q, false);
  for (const int n : {2, 3, 4}) mean_square_factor(contest, n, 2);
  second_moments(contest, 2, 2, 50);
  extreme_eigenvalue(contest, 40);
  return 0;
} catch (const std::exception& e) {
  std::cerr << "compare_istcheck: " << e.what() << '\n';
  return 2;
}
