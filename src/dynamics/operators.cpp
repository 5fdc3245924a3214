#include "dynamics/operators.hpp"

namespace istcheck {

Index place(Index d, Index i, Index j) { return i * d - i * (i - 1) / 2 + (j - i); }

template <class S>
Vector<S> pack(const Matrix<S>& m) {
  const Index d = m.rows();
  Vector<S> v(d * (d + 1) / 2);
  for (Index i = 0; i < d; ++i)
    for (Index j = i; j < d; ++j) v(place(d, i, j)) = m(i, j);
  return v;
}

template <class S>
Matrix<S> unpack(const Vector<S>& v, Index d) {
  Matrix<S> m(d, d);
  for (Index i = 0; i < d; ++i)
    for (Index j = i; j < d; ++j) m(i, j) = m(j, i) = v(place(d, i, j));
  return m;
}

template <class S>
Matrix<S> matrix_of(Index d, const std::function<Matrix<S>(const Matrix<S>&)>& map) {
  const Index size = d * (d + 1) / 2;
  Matrix<S> result(size, size);
  Matrix<S> unit = Matrix<S>::Constant(d, d, S(0));
  for (Index i = 0; i < d; ++i)
    for (Index j = i; j < d; ++j) {
      unit(i, j) = unit(j, i) = S(1);
      result.col(place(d, i, j)) = pack(map(unit));
      unit(i, j) = unit(j, i) = S(0);
    }
  return result;
}

template <class S>
StabilityDecision<S> decide_stability(Index d,
                                      const std::function<Matrix<S>(const Matrix<S>&)>& map,
                                      const std::vector<Matrix<S>>& proposals, Index limit) {
  for (const Matrix<S>& P : proposals)
    if (is_positive_definite(P) && is_positive_definite(Matrix<S>(P - map(P))))
      return {true, P, ""};
  const Index size = d * (d + 1) / 2;
  if (size > limit)
    return {std::nullopt, std::nullopt,
            "no simple Lyapunov matrix works, and the exact solve has " + std::to_string(size) +
                " unknowns, more than the limit of " + std::to_string(limit)};
  const Matrix<S> I = Matrix<S>::Identity(d, d);
  const Matrix<S> system = Matrix<S>::Identity(size, size) - matrix_of<S>(d, map);
  const auto packed = solve(system, Matrix<S>(pack(I)));
  if (!packed) return {false, std::nullopt, ""};
  const Matrix<S> P = unpack<S>(packed->col(0), d);
  if (!is_positive_definite(P)) return {false, std::nullopt, ""};
  return {true, P, ""};
}

template Vector<Rational> pack(const RationalMatrix&);
template Vector<Surd> pack(const SurdMatrix&);
template RationalMatrix unpack(const RationalVector&, Index);
template SurdMatrix unpack(const SurdVector&, Index);
template RationalMatrix matrix_of(Index,
                                  const std::function<RationalMatrix(const RationalMatrix&)>&);
template SurdMatrix matrix_of(Index, const std::function<SurdMatrix(const SurdMatrix&)>&);
template StabilityDecision<Rational> decide_stability(
    Index, const std::function<RationalMatrix(const RationalMatrix&)>&,
    const std::vector<RationalMatrix>&, Index);
template StabilityDecision<Surd> decide_stability(
    Index, const std::function<SurdMatrix(const SurdMatrix&)>&, const std::vector<SurdMatrix>&,
    Index);

}  // namespace istcheck
