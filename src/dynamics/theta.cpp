#include "dynamics/theta.hpp"

#include "exact/number_field.hpp"

namespace istcheck {

namespace {

template <class S>
bool vanishes(const Matrix<S>& m) {
  for (Index k = 0; k < m.size(); ++k)
    if (m.data()[k] != S(0)) return false;
  return true;
}

/// Indices of coordinates that span a complement of the kernel of both.
template <class S>
std::vector<Index> seen_by_one(const Matrix<S>& Q, const Matrix<S>& W) {
  const Index d = W.rows();
  Matrix<S> both(2 * d, d);
  for (Index i = 0; i < d; ++i)
    for (Index j = 0; j < d; ++j) {
      both(i, j) = Q(i, j);
      both(d + i, j) = W(i, j);
    }
  // kernel() gives every basis vector its own free coordinate (a 1 where the other vectors have 0),
  // its last entry that is not zero. The remaining coordinates span a complement.
  const Matrix<S> K = kernel(both);
  std::vector<Index> rest;
  for (Index i = 0, next = 0; i < d; ++i) {
    if (next < K.cols() && K(i, next) == S(1) && vanishes(Matrix<S>(K.col(next).tail(d - i - 1)))) {
      ++next;
      continue;
    }
    rest.push_back(i);
  }
  return rest;
}

/// A rational number between two different ones.
Rational between(const Algebraic& a, const Algebraic& b) {
  for (long bits = 4;; bits *= 2) {
    const Rational above = a.enclose(bits).second, below = b.enclose(bits).first;
    if (above < below) return (above + below) / 2;
  }
}

SurdMatrix surds(const RationalMatrix& m) { return to_surd(m); }
SurdMatrix surds(const SurdMatrix& m) { return m; }

/// θW − Q ⪰ 0.
template <class S>
bool holds_at(const Algebraic& theta, const Matrix<S>& Q, const Matrix<S>& W) {
  if (theta.is_rational()) return is_psd(Matrix<S>(W * S(theta.rational()) - Q));
  const Surd t = Surd::basis_number({1, 1}, NumberField::of(theta));
  return is_psd(SurdMatrix(surds(W) * t - surds(Q)));
}

}  // namespace

/// On a complement of the vectors that neither form sees, F(θ) = θW − Q is regular for some θ, or F
/// is nowhere ⪰ 0: the canonical form of a symmetric pencil that is singular for every θ has a
/// block [0 A; Aᵀ 0] with A of full row rank at every θ. So let det F have finitely many roots.
/// Between two of them F is everywhere ≻ 0 or nowhere ⪰ 0. Where it is ≻ 0 between some, the
/// interval of all θ begins at a root or has no begin; else at most one θ, a root, satisfies it. A
/// v with vᵀF(θ)v < 0 tells by the sign of vᵀWv on which side of θ to look.
template <class S>
LeastTheta least_theta(const Matrix<S>& Q, const Matrix<S>& W) {
  if (const auto decision = decide_psd(W); decision.psd() && decision.definite)
    return {largest_eigenvalue(Q, W), {}};
  const std::vector<Index> rest = seen_by_one(Q, W);
  if (rest.empty()) return {{}, Rational(0)};
  const Matrix<S> q = Q(rest, rest), w = W(rest, rest);
  const auto roots = pencil_roots(q, w);
  if (!roots) return {};
  const auto count = static_cast<long>(roots->size());
  const auto root = [&](long k) -> const Algebraic& { return (*roots)[static_cast<size_t>(k)]; };
  // Gap k lies below root k.
  const auto inside = [&](long gap) -> Rational {
    if (count == 0) return 0;
    if (gap == 0) return root(0).enclose(4).first - 1;
    return gap == count ? root(count - 1).enclose(4).second + 1 : between(root(gap - 1), root(gap));
  };
  const auto decide = [&](long gap) { return decide_psd(Matrix<S>(w * S(inside(gap)) - q)); };
  long first = 0, last = count;
  while (first <= last) {
    long gap = (first + last) / 2;
    const auto decision = decide(gap);
    if (decision.psd()) {
      while (gap > 0 && decide(gap - 1).psd()) --gap;
      if (gap == 0) return {{}, inside(0)};
      return {root(gap - 1), {}};
    }
    const Vector<S>& v = std::get<NegativeDirection<S>>(decision.witness).v;
    const int side = sign((v.transpose() * w * v).value());
    if (side == 0) return {};
    (side > 0 ? first : last) = side > 0 ? gap + 1 : gap - 1;
  }
  if (first == 0 || first > count || !holds_at(root(first - 1), q, w)) return {};
  return {root(first - 1), {}};
}

template LeastTheta least_theta(const RationalMatrix&, const RationalMatrix&);
template LeastTheta least_theta(const SurdMatrix&, const SurdMatrix&);

}  // namespace istcheck
