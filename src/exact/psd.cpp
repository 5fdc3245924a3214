// Deciding A ⪰ 0 with a witness.
//
// The quick way. Scale A by powers of two to B = T A T with diagonal in [1/4, 1), factor a slightly
// shifted B in floating point, round the factor to an integer matrix R over 2^k, and look at the
// exact integer residual E = 4^k B − RᵀR. Entries of 4^k B are known as F ≤ 4^k B < F + 1 with an
// integer F, so |E_ij| ≤ |F − RᵀR|_ij + 1 and E_ii ≥ (F − RᵀR)_ii. When E is strictly diagonally
// dominant it is positive definite (Gershgorin), and so is 4^k B = RᵀR + E. The columns of R have
// norm at most 2^k, so by Cauchy and Schwarz every partial sum in RᵀR stays within 4^k = 2^60 and
// fits a machine word. When the factorisation breaks down, the vector that breaks it is rounded and
// vᵀBv < 0 is shown the same way. No floating number takes part in either decision. LDLᵀ decides
// what is left.
#include <cmath>
#include <stdexcept>

#include "exact/linalg.hpp"

namespace istcheck {

namespace {

constexpr int kBits = 30;
using Word = long;
__extension__ using Wide = __int128;
using WordMatrix = Matrix<Word>;
using DoubleMatrix = Matrix<double>;

template <class S>
void require_symmetric(const Matrix<S>& a) {
  if (a.rows() != a.cols())
    throw std::invalid_argument("a Loewner comparison needs a square matrix");
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < i; ++j)
      if (a(i, j) != a(j, i))
        throw std::invalid_argument("a Loewner comparison needs a symmetric matrix; entries (" +
                                    std::to_string(i + 1) + ", " + std::to_string(j + 1) +
                                    ") and (" + std::to_string(j + 1) + ", " +
                                    std::to_string(i + 1) + ") differ");
}

/// The t with A_ii 4^t in [1/4, 1), up to a factor of 4 either way.
long scale_exponent(const Rational& diagonal) {
  const long magnitude = static_cast<long>(mpz_sizeinbase(mpq_numref(diagonal.raw()), 2)) -
                         static_cast<long>(mpz_sizeinbase(mpq_denref(diagonal.raw()), 2));
  return -((magnitude + 2) >> 1);
}

/// ⌊x 2^shift⌋ when it is small enough for the residual's arithmetic.
std::optional<Word> scaled_floor(const Rational& x, long shift, Integer& scratch) {
  mpq_srcptr q = x.raw();
  mpz_ptr z = scratch.raw();
  if (shift >= 0)
    mpz_mul_2exp(z, mpq_numref(q), static_cast<mp_bitcnt_t>(shift));
  else
    mpz_fdiv_q_2exp(z, mpq_numref(q), static_cast<mp_bitcnt_t>(-shift));
  if (mpz_cmp_ui(mpq_denref(q), 1) != 0) mpz_fdiv_q(z, z, mpq_denref(q));
  if (mpz_sizeinbase(z, 2) > 2 * kBits + 1) return std::nullopt;
  return static_cast<Word>(mpz_get_si(z));
}

/// A scaled: F ≤ 4^k T A T < F + 1 entrywise.
struct Scaled {
  std::vector<long> exponent;
  WordMatrix floor;
};

std::optional<Scaled> scale(const RationalMatrix& a) {
  const Index d = a.rows();
  Scaled s{{}, WordMatrix(d, d)};
  for (Index i = 0; i < d; ++i) {
    if (a(i, i) <= 0) return std::nullopt;
    s.exponent.push_back(scale_exponent(a(i, i)));
  }
  Integer scratch;
  for (Index i = 0; i < d; ++i)
    for (Index j = i; j < d; ++j) {
      const long shift = s.exponent[static_cast<size_t>(i)] + s.exponent[static_cast<size_t>(j)];
      const auto entry = scaled_floor(a(i, j), shift + 2 * kBits, scratch);
      if (!entry) return std::nullopt;
      s.floor(i, j) = s.floor(j, i) = *entry;
    }
  return s;
}

/// Lower triangular R with RRᵀ ≈ B − shift·I as far as it goes; the step at which it broke, or d.
Index floating_cholesky(const WordMatrix& floor, double shift, DoubleMatrix& r) {
  const Index d = floor.rows();
  const double unit = std::ldexp(1.0, -2 * kBits);
  r = floor.unaryExpr([unit](Word x) { return static_cast<double>(x) * unit; });
  r.diagonal() -= shift;
  for (Index k = 0; k < d; ++k) {
    if (!(r(k, k) > 0)) return k;
    const double inverse = 1 / std::sqrt(r(k, k));
    for (Index j = k; j < d; ++j) r(j, k) *= inverse;
    for (Index i = k + 1; i < d; ++i) {
      const double factor = r(i, k);
      for (Index j = i; j < d; ++j) r(j, i) -= factor * r(j, k);
    }
  }
  return d;
}

std::optional<RoundedCholesky> certify(const Scaled& s, const DoubleMatrix& r) {
  const Index d = r.rows();
  WordMatrix rounded(d, d);
  for (Index k = 0; k < d; ++k)
    for (Index j = k; j < d; ++j) {
      const double entry = std::nearbyint(std::ldexp(r(j, k), kBits));
      if (!(std::abs(entry) < 0x1p31)) return std::nullopt;
      rounded(j, k) = static_cast<Word>(entry);
    }
  WordMatrix residual = s.floor;
  for (Index j = 0; j < d; ++j) {
    // The bound on partial sums holds only if column norms do; check it rather than believe it.
    Wide norm = 0;
    for (Index k = 0; k <= j; ++k) norm += static_cast<Wide>(rounded(j, k) * rounded(j, k));
    if (norm >> (2 * kBits + 1) != 0) return std::nullopt;
  }
  for (Index k = 0; k < d; ++k)
    for (Index i = k; i < d; ++i) {
      const Word factor = rounded(i, k);
      for (Index j = i; j < d; ++j) residual(j, i) -= factor * rounded(j, k);
    }
  for (Index i = 0; i < d; ++i) {
    Wide rest = residual(i, i);
    for (Index j = 0; j < d; ++j)
      if (j != i) rest -= static_cast<Wide>(std::abs(j > i ? residual(j, i) : residual(i, j))) + 1;
    if (rest <= 0) return std::nullopt;
  }
  return RoundedCholesky{s.exponent, kBits, rounded.transpose()};
}

/// v with 4^k vᵀBv < 0 shown in integers, in the coordinates of A.
std::optional<RationalVector> round_direction(const Scaled& s, const Vector<double>& v, int bits) {
  const Index d = v.size();
  // Back substitution may have left the range of doubles.
  double largest = 0;
  for (const double x : v) {
    if (!std::isfinite(x)) return std::nullopt;
    largest = std::max(largest, std::abs(x));
  }
  const double unit = std::ldexp(1.0, bits) / largest;
  if (!std::isfinite(unit)) return std::nullopt;
  Vector<Word> w(d);
  for (Index i = 0; i < d; ++i) w(i) = static_cast<Word>(std::nearbyint(v(i) * unit));
  // Σ w_i w_j (4^k B)_ij ≤ Σ w_i w_j F_ij + Σ |w_i w_j|; 62 + 2·20 + log d bits fit 128.
  Wide bound = 0;
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < d; ++j)
      bound += static_cast<Wide>(w(i) * w(j)) * s.floor(i, j) + std::abs(w(i) * w(j));
  if (bound >= 0) return std::nullopt;
  RationalVector direction(d);
  const long least = *std::min_element(s.exponent.begin(), s.exponent.end());
  Integer content = 0;
  for (Index i = 0; i < d; ++i) {
    const auto shift = static_cast<unsigned>(s.exponent[static_cast<size_t>(i)] - least);
    const Integer entry = Integer(w(i)) << shift;
    content = gcd(content, entry);
    direction(i) = Rational(entry);
  }
  direction /= Rational(content);  // not zero: the largest entry of w is 2^bits
  return direction;
}

/// The direction of negative curvature of the leading block at which the factorisation broke.
Vector<double> breaking_direction(const DoubleMatrix& r, Index step) {
  Vector<double> v(r.rows());
  v(step) = 1;
  for (Index i = step; i-- > 0;) {
    double sum = r(step, i);
    for (Index j = i + 1; j < step; ++j) sum += r(j, i) * v(j);
    v(i) = -sum / r(i, i);
  }
  return v;
}

template <class S>
PsdDecision<S> negative(Vector<S> v) {
  return {NegativeDirection<S>{std::move(v)}, false};
}

/// (−A₁₁⁻¹ A₁₂ u; u) for u on the indices not yet eliminated: its curvature in A is that of u in
/// the Schur complement. `order[0..k)` are eliminated; `lower` holds the multipliers.
template <class S>
Vector<S> lift(const Matrix<S>& lower, const std::vector<Index>& order, Index k,
               const Vector<S>& u) {
  // With P the pivot order, A = L D Lᵀ + (0 ⊕ Schur); the lifted v solves (Lᵀ v)_{<k} = 0.
  Vector<S> v = u;
  for (Index i = k; i-- > 0;) {
    S sum(0);
    for (Index j = i + 1; j < v.size(); ++j) sum += lower(j, i) * v(j);
    v(i) = -sum;
  }
  Vector<S> result(v.size());
  for (Index i = 0; i < v.size(); ++i) result(order[static_cast<size_t>(i)]) = v(i);
  return result;
}

template <class S>
PsdDecision<S> ldlt(const Matrix<S>& a) {
  require_symmetric(a);
  const Index d = a.rows();
  Matrix<S> schur = a;
  LdltFactor<S> f{{}, Matrix<S>::Identity(d, d), Vector<S>::Constant(d, S(0))};
  for (Index i = 0; i < d; ++i) f.order.push_back(i);
  for (Index k = 0; k < d; ++k) {
    Index pivot = -1;
    for (Index i = k; i < d; ++i) {
      const int s = sign(schur(i, i));
      if (s < 0) {
        Vector<S> u = Vector<S>::Constant(d, S(0));
        u(i) = S(1);
        return negative(lift(f.lower, f.order, k, u));
      }
      if (s > 0 && pivot < 0) pivot = i;
    }
    if (pivot < 0) {
      // A zero diagonal: the rest must vanish, or (e_i ∓ e_j) has curvature −2|S_ij|.
      for (Index i = k; i < d; ++i)
        for (Index j = k; j < i; ++j)
          if (const int s = sign(schur(i, j)); s != 0) {
            Vector<S> u = Vector<S>::Constant(d, S(0));
            u(i) = S(1);
            u(j) = S(-s);
            return negative(lift(f.lower, f.order, k, u));
          }
      return {std::move(f), false};
    }
    if (pivot != k) {
      schur.row(k).swap(schur.row(pivot));
      schur.col(k).swap(schur.col(pivot));
      f.lower.row(k).head(k).swap(f.lower.row(pivot).head(k));
      std::swap(f.order[static_cast<size_t>(k)], f.order[static_cast<size_t>(pivot)]);
    }
    f.pivots(k) = schur(k, k);
    for (Index i = k + 1; i < d; ++i) f.lower(i, k) = schur(i, k) / schur(k, k);
    for (Index i = k + 1; i < d; ++i)
      for (Index j = k + 1; j <= i; ++j) {
        schur(i, j) -= f.lower(i, k) * schur(j, k);
        schur(j, i) = schur(i, j);
      }
  }
  return {std::move(f), true};
}

}  // namespace

PsdDecision<Rational> decide_psd_by_ldlt(const RationalMatrix& a) { return ldlt(a); }
PsdDecision<Surd> decide_psd_by_ldlt(const SurdMatrix& a) { return ldlt(a); }

PsdDecision<Surd> decide_psd(const SurdMatrix& a) { return ldlt(a); }

PsdDecision<Rational> decide_psd(const RationalMatrix& a) {
  require_symmetric(a);
  const Index d = a.rows();
  if (const auto scaled = scale(a)) {
    // Rounding R to 2^-k moves RᵀR by at most √d 2^-k an entry, hence a row of it by d^1.5 2^-k.
    const double shift = std::pow(static_cast<double>(d), 1.5) * std::ldexp(2.0, -kBits);
    DoubleMatrix r;
    const Index broken = floating_cholesky(scaled->floor, shift, r);
    if (broken == d) {
      if (auto factor = certify(*scaled, r)) return {std::move(*factor), true};
    } else {
      const Vector<double> v = breaking_direction(r, broken);
      for (const int bits : {1, 2, 4, 8, 14, 20})
        if (auto w = round_direction(*scaled, v, bits)) return negative(std::move(*w));
    }
  }
  return ldlt(a);
}

}  // namespace istcheck
