#include "claim/value.hpp"

#include <set>
#include <stdexcept>

#include "exact/number_field.hpp"
#include "exact/unknowns.hpp"

namespace istcheck::claim {

namespace {

constexpr long kMostDegree = 64;

/// The degree over the rationals that an eigenvalue of such matrices can have.
long eigenvalue_degree(const SurdMatrix& a, const SurdMatrix& b) {
  std::set<Integer> primes;
  long degree = static_cast<long>(a.rows());
  for (const SurdMatrix* m : {&a, &b}) {
    if (const auto field = field_of(*m); field && degree == a.rows())
      degree *= static_cast<long>(field->degree());
    for (Index k = 0; k < m->size(); ++k) {
      for (const auto& p : primes_of(m->data()[k])) primes.insert(p);
    }
  }
  return primes.size() > 6 ? kMostDegree + 1 : degree << primes.size();
}

void refuse_high_degree(const SurdMatrix& a, const SurdMatrix& b) {
  if (eigenvalue_degree(a, b) > kMostDegree) {
    throw Unsupported(
        "an eigenvalue of a matrix whose entries have too many different square roots");
  }
}

std::string row_text(const SurdMatrix& m, Index i) {
  std::string out = "[";
  for (Index j = 0; j < m.cols(); ++j) out += (j == 0 ? "" : ", ") + istcheck::to_string(m(i, j));
  return out + "]";
}

}  // namespace

std::string to_string(const SurdMatrix& m) {
  if (m.cols() == 1) return row_text(m.transpose(), 0);
  std::string out = "[";
  for (Index i = 0; i < m.rows(); ++i) out += (i == 0 ? "" : ", ") + row_text(m, i);
  return out + "]";
}

std::string to_string(const Value& v) {
  return std::visit([](const auto& x) { return to_string(x); }, v);
}

Value within_bits(Value v) {
  if (const auto* s = std::get_if<Scalar>(&v)) {
    if (s->surd() != nullptr) require_bits(*s->surd());
  } else {
    for (const Surd& x : std::get<SurdMatrix>(v)) require_bits(x);
  }
  return v;
}

bool is_symmetric(const SurdMatrix& m) {
  if (m.rows() != m.cols()) return false;
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      if (!is_zero(Scalar(m(i, j) - m(j, i)))) return false;
    }
  }
  return true;
}

bool is_diagonal(const SurdMatrix& m) {
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j < m.cols(); ++j) {
      if (i != j && !is_zero(Scalar(m(i, j)))) return false;
    }
  }
  return true;
}

bool is_zero(const SurdMatrix& m) {
  for (Index k = 0; k < m.size(); ++k) {
    if (!is_zero(Scalar(m.data()[k]))) return false;
  }
  return true;
}

namespace {

/// c_1, …, c_d of det(λI − A) = λ^d + c_1 λ^(d−1) + … + c_d, and adj(A), with A adj(A) = det(A) I,
/// without a division by anything but whole numbers (Faddeev and LeVerrier): N_1 = I, c_k = −tr(A
/// N_k)/k, N_{k+1} = A N_k + c_k I; then det(A) = (−1)^d c_d and adj(A) = (−1)^(d−1) N_d. O(d)
/// products.
std::pair<std::vector<Surd>, SurdMatrix> coefficients_and_adjugate(const SurdMatrix& a) {
  const Index d = a.rows();
  const SurdMatrix one = SurdMatrix::Identity(d, d);
  SurdMatrix n = one;
  std::vector<Surd> c;
  for (Index k = 1; k <= d; ++k) {
    const SurdMatrix product = a * n;
    c.push_back(Surd(product.trace()) * Surd(Rational(Integer(-1), Integer(k))));
    if (k < d) n = std::get<SurdMatrix>(within_bits(SurdMatrix(product + one * c.back())));
  }
  return {std::move(c), SurdMatrix(n * Surd(d % 2 == 0 ? -1 : 1))};
}

}  // namespace

std::pair<Surd, SurdMatrix> determinant_and_adjugate(const SurdMatrix& a) {
  auto [c, adjugate] = coefficients_and_adjugate(a);
  return {a.rows() % 2 == 0 ? c.back() : -c.back(), std::move(adjugate)};
}

std::optional<SurdMatrix> divided(const SurdMatrix& a, const Surd& det) {
  if (is_zero(Scalar(det))) return std::nullopt;
  return SurdMatrix(a * det.inverse());
}

std::optional<SurdMatrix> solve_exactly(const SurdMatrix& a, const SurdMatrix& b) {
  if (has_unknowns(a)) {
    const auto [det, adjugate] = determinant_and_adjugate(a);
    return divided(adjugate * b, det);
  }
  if (has_unknowns(b)) {
    const auto inverse = solve_exactly(a, SurdMatrix::Identity(a.rows(), a.cols()));
    return inverse ? std::optional(SurdMatrix(*inverse * b)) : std::nullopt;
  }
  if (!is_rational(a) || !is_rational(b)) return solve(a, b);
  const auto x = solve(to_rational(a), to_rational(b));
  return x ? std::optional(to_surd(*x)) : std::nullopt;
}

/// Gaussian elimination.
Surd determinant(const SurdMatrix& a) {
  if (a.rows() != a.cols()) throw std::invalid_argument("a determinant needs a square matrix");
  if (has_unknowns(a)) return determinant_and_adjugate(a).first;
  SurdMatrix m = a;
  Surd det = 1;
  for (Index k = 0; k < m.rows(); ++k) {
    Index pivot = k;
    while (pivot < m.rows() && m(pivot, k) == Surd(0)) ++pivot;
    if (pivot == m.rows()) return 0;
    if (pivot != k) {
      m.row(k).swap(m.row(pivot));
      det = -det;
    }
    det *= m(k, k);
    const Surd inverse = m(k, k).inverse();
    for (Index i = k + 1; i < m.rows(); ++i) {
      const Surd factor = m(i, k) * inverse;
      if (factor == Surd(0)) continue;
      for (Index j = k; j < m.cols(); ++j) m(i, j) -= factor * m(k, j);
    }
  }
  return det;
}

std::vector<Surd> characteristic_coefficients(const SurdMatrix& a) {
  return coefficients_and_adjugate(a).first;
}

bool is_semidefinite(const SurdMatrix& symmetric) {
  return has_unknowns(symmetric) ? Assumptions::of_thread().semidefinite(symmetric)
                                 : definiteness(symmetric).psd;
}

bool is_definite(const SurdMatrix& symmetric) {
  return has_unknowns(symmetric) ? Assumptions::of_thread().definite(symmetric)
                                 : definiteness(symmetric).definite;
}

Definiteness definiteness(const SurdMatrix& symmetric) {
  if (has_unknowns(symmetric)) throw Unsupported("the signs of a matrix that follows a variable");
  const auto read = [](const auto& decision) {
    Definiteness result{decision.psd(), decision.psd() && decision.definite, std::nullopt};
    const auto note_direction = [&](const auto& w) {
      if constexpr (requires { w.v; }) {
        SurdMatrix v(w.v.size(), 1);
        for (Index k = 0; k < w.v.size(); ++k) v(k, 0) = Surd(w.v(k));
        result.negative = v;
      }
    };
    std::visit(note_direction, decision.witness);
    return result;
  };
  return is_rational(symmetric) ? read(decide_psd(to_rational(symmetric)))
                                : read(decide_psd(symmetric));
}

namespace {

/// Zero where i > j, and where i < j, as far as polynomials show it.
bool is_triangular(const SurdMatrix& m) {
  bool upper = true, lower = true;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j)
      if (i != j && m(i, j) != Surd(0)) (i > j ? upper : lower) = false;
  return upper || lower;
}

[[noreturn]] void eigenvalue_follows_variable() {
  throw Unsupported("an eigenvalue of a matrix that follows a variable");
}

/// The greatest of such numbers, as assumed.
Scalar greatest(const std::vector<Surd>& numbers) {
  Surd best = numbers.at(0);
  for (size_t k = 1; k < numbers.size(); ++k)
    if (is_negative(Scalar(best - numbers[k]))) best = numbers[k];
  return best;
}

/// With unknowns: of triangular matrices only, whose eigenvalues stand on the diagonal.
Scalar largest_with_unknowns(const SurdMatrix& a, const SurdMatrix& b) {
  if (has_unknowns(b) || !is_diagonal(b) || !is_triangular(a)) eigenvalue_follows_variable();
  std::vector<Surd> values;
  for (Index i = 0; i < a.rows(); ++i) values.push_back(a(i, i) * b(i, i).inverse());
  return greatest(values);
}

}  // namespace

Scalar largest_of_pencil(const SurdMatrix& a, const SurdMatrix& b) {
  if (has_unknowns(a) || has_unknowns(b)) return largest_with_unknowns(a, b);
  if (is_rational(a) && is_rational(b))
    return Scalar(largest_eigenvalue(to_rational(a), to_rational(b)));
  refuse_high_degree(a, b);
  return Scalar(largest_eigenvalue(a, b));
}

Scalar smallest_of_pencil(const SurdMatrix& a, const SurdMatrix& b) {
  return -largest_of_pencil(SurdMatrix(-a), b);
}

Scalar spectral_radius_of(const SurdMatrix& a) {
  if (has_unknowns(a)) {
    if (!is_triangular(a)) eigenvalue_follows_variable();
    std::vector<Surd> values;
    for (Index i = 0; i < a.rows(); ++i)
      values.push_back(is_negative(Scalar(a(i, i))) ? -a(i, i) : a(i, i));
    return greatest(values);
  }
  if (is_rational(a)) return Scalar(spectral_radius(to_rational(a)));
  refuse_high_degree(a, a);
  return Scalar(spectral_radius(a));
}

}  // namespace istcheck::claim
