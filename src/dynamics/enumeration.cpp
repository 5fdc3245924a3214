#include "dynamics/enumeration.hpp"

namespace istcheck {

template <class S>
EnumeratedMoments<S> enumerate_moments(const RandomAffineMap& map) {
  const Index D = map.d() + 1;
  EnumeratedMoments<S> result;
  result.mean = Matrix<S>::Constant(D, D, S(0));
  result.noise = Matrix<S>::Constant(D - 1, D - 1, S(0));
  result.products.assign(static_cast<size_t>(D * (D + 1) / 2),
                         std::vector<S>(static_cast<size_t>(D * D), S(0)));
  map.enumerate<S>([&](const Rational& weight, const DrawnMap<S>& drawn) {
    const S w(weight);
    result.mean += drawn.A * w;
    result.noise += drawn.noise * w;
    std::vector<std::vector<Index>> columns(static_cast<size_t>(D));
    for (Index a = 0; a < D; ++a)
      for (Index k = 0; k < D; ++k)
        if (drawn.A(a, k) != S(0)) columns[static_cast<size_t>(a)].push_back(k);
    size_t row = 0;
    for (Index a = 0; a < D; ++a)
      for (Index b = a; b < D; ++b, ++row)
        for (const Index k : columns[static_cast<size_t>(a)]) {
          const S factor = w * drawn.A(a, k);
          for (const Index l : columns[static_cast<size_t>(b)])
            result.products[row][static_cast<size_t>(k * D + l)] += factor * drawn.A(b, l);
        }
    return true;
  });
  return result;
}

template <class S>
Matrix<S> EnumeratedMoments<S>::push(const Matrix<S>& m) const {
  const Index D = mean.rows();
  Matrix<S> result(D, D);
  size_t row = 0;
  for (Index a = 0; a < D; ++a)
    for (Index b = a; b < D; ++b, ++row) {
      S sum(0);
      for (Index k = 0; k < D; ++k)
        for (Index l = 0; l < D; ++l)
          if (m(k, l) != S(0)) sum += products[row][static_cast<size_t>(k * D + l)] * m(k, l);
      result(a, b) = result(b, a) = sum;
    }
  return result;
}

template <class S>
Matrix<S> EnumeratedMoments<S>::pull(const Matrix<S>& m) const {
  const Index D = mean.rows();
  Matrix<S> result = Matrix<S>::Constant(D, D, S(0));
  size_t row = 0;
  for (Index a = 0; a < D; ++a)
    for (Index b = a; b < D; ++b, ++row) {
      if (m(a, b) == S(0)) continue;
      for (Index k = 0; k < D; ++k)
        for (Index l = 0; l < D; ++l) {
          const S term = products[row][static_cast<size_t>(k * D + l)] * m(a, b);
          result(k, l) += term;
          if (a != b) result(l, k) += term;
        }
    }
  return result;
}

template struct EnumeratedMoments<Rational>;
template struct EnumeratedMoments<Surd>;
template EnumeratedMoments<Rational> enumerate_moments(const RandomAffineMap&);
template EnumeratedMoments<Surd> enumerate_moments(const RandomAffineMap&);

}  // namespace istcheck
