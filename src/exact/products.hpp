// Products of exact matrices.
//
// Eigen's kernels are made for floating-point numbers: they pack both factors into copies, and
// every source file compiles them anew. For exact numbers this header puts a compiled function in
// their place, which takes no step for a zero and no new memory for each term. a * b is written as
// before.
#pragma once

#include <Eigen/Core>
#include <utility>

namespace istcheck {

template <class S>
using ProductFactor =
    Eigen::Ref<const Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>, 0, Eigen::OuterStride<>>;

/// Whether matrices of S are multiplied by product<S>, which is then a specialization.
template <class S>
inline constexpr bool kHasProduct = false;
template <class S>
Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic> product(const ProductFactor<S>& a,
                                                         const ProductFactor<S>& b);

/// The product by its definition; used by the two products of src/exact.
template <class S, class AddProduct>
Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic> product_of(const ProductFactor<S>& a,
                                                            const ProductFactor<S>& b,
                                                            const AddProduct& add_product) {
  Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic> result(a.rows(), b.cols());
  for (Eigen::Index j = 0; j < b.cols(); ++j) {
    S* const column = result.data() + j * result.rows();
    for (Eigen::Index k = 0; k < a.cols(); ++k) {
      const S& right = b.coeff(k, j);
      if (right == 0) continue;
      for (Eigen::Index i = 0; i < a.rows(); ++i) {
        const S& left = a.coeff(i, k);
        if (left != 0) add_product(column[i], left, right);
      }
    }
  }
  return result;
}

}  // namespace istcheck

namespace Eigen::internal {

template <class Lhs, class Rhs>
struct ExactProduct {
  using Scalar = typename Product<Lhs, Rhs>::Scalar;
  template <class Dst>
  static void evalTo(Dst& dst, const Lhs& lhs, const Rhs& rhs) {
    // Entry by entry: Eigen may already hold a pointer to the memory of dst.
    auto result = istcheck::product<Scalar>(lhs, rhs);
    for (Index j = 0; j < result.cols(); ++j) {
      for (Index i = 0; i < result.rows(); ++i)
        dst.coeffRef(i, j) = std::move(result.coeffRef(i, j));
    }
  }
  template <class Dst>
  static void addTo(Dst& dst, const Lhs& lhs, const Rhs& rhs) {
    dst += istcheck::product<Scalar>(lhs, rhs);
  }
  template <class Dst>
  static void subTo(Dst& dst, const Lhs& lhs, const Rhs& rhs) {
    dst -= istcheck::product<Scalar>(lhs, rhs);
  }
  template <class Dst>
  static void scaleAndAddTo(Dst& dst, const Lhs& lhs, const Rhs& rhs, const Scalar& alpha) {
    dst += alpha * istcheck::product<Scalar>(lhs, rhs);
  }
};

// The three kinds of products that Eigen distinguishes at sizes known only when running.
template <class Lhs, class Rhs>
requires istcheck::kHasProduct<typename Lhs::Scalar>
struct generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, GemmProduct>
    : ExactProduct<Lhs, Rhs> {
};
template <class Lhs, class Rhs>
requires istcheck::kHasProduct<typename Lhs::Scalar>
struct generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, GemvProduct>
    : ExactProduct<Lhs, Rhs> {
};
template <class Lhs, class Rhs>
requires istcheck::kHasProduct<typename Lhs::Scalar>
struct generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, OuterProduct>
    : ExactProduct<Lhs, Rhs> {
};

}  // namespace Eigen::internal
