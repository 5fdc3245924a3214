#include "exact/matrix.hpp"

#include <type_traits>

#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

namespace {

template <class S>
Matrix<S> by_definition(const Matrix<S>& a, const Matrix<S>& b) {
  Matrix<S> result(a.rows(), b.cols());
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < b.cols(); ++j) {
      S sum = 0;
      for (Index k = 0; k < a.cols(); ++k) sum = sum + a(i, k) * b(k, j);
      result(i, j) = sum;
    }
  return result;
}

Surd number(Random& random, const Surd&) {
  return random.coin() ? Surd(0) : Surd(random.rational()) + Surd::sqrt_of(random.positive(4));
}
Rational number(Random& random, const Rational&) {
  return random.coin() ? Rational(0) : random.rational();
}

template <class S>
Matrix<S> some(Random& random, Index rows, Index cols) {
  Matrix<S> result(rows, cols);
  for (Index k = 0; k < result.size(); ++k) result.data()[k] = number(random, S());
  return result;
}

template <class S>
void check_products() {
  Random random;
  INFO(random.seed());
  for (int repeat = 0; repeat < 30; ++repeat) {
    const Index n = random.small(0, 5), m = random.small(1, 5), l = random.small(1, 5);
    const Matrix<S> a = some<S>(random, n, m), b = some<S>(random, m, l), c = some<S>(random, n, l);
    const Matrix<S> ab = by_definition(a, b);
    CHECK(Matrix<S>(a * b) == ab);
    CHECK(a * b == ab);
    CHECK(Matrix<S>(c - a * b) == Matrix<S>(c - ab));
    CHECK((c + S(2) * a * b).eval() == Matrix<S>(c + S(2) * ab));
    Matrix<S> sum = c;
    sum += a * b;
    sum -= a * (S(3) * b);
    CHECK(sum == Matrix<S>(c - S(2) * ab));
    // Transposes, parts, and products of products.
    CHECK((b.transpose() * a.transpose()).eval() == Matrix<S>(ab.transpose()));
    const Matrix<S> gram = by_definition<S>(ab.transpose(), ab);
    CHECK((b.transpose() * a.transpose() * a * b).eval() == gram);
    CHECK((ab.transpose() * ab)(0, 0) == gram(0, 0));
    CHECK((ab.transpose() * ab).trace() == gram.trace());
    const Vector<S> v = b.col(0);
    CHECK(Vector<S>(a * v) == Vector<S>(ab.col(0)));
    CHECK((a.bottomRows(n / 2) * b.leftCols(1)).eval() == Matrix<S>(ab.col(0).tail(n / 2)));
    CHECK((v * v.transpose()).eval() == by_definition<S>(v, v.transpose()));
    CHECK(v.dot(v) == (v.transpose() * v)(0, 0));
    if (n > 0) CHECK((a.row(0) * b).eval() == Matrix<S>(ab.row(0)));
    // A factor that is also the target.
    Matrix<S> square = some<S>(random, m, m);
    const Matrix<S> twice = by_definition(square, square);
    square = square * square;
    CHECK(square == twice);
  }
}

}  // namespace

TEST_CASE("products of rational matrices are those of the definition") {
  check_products<Rational>();
}

TEST_CASE("products of matrices of surds are those of the definition") { check_products<Surd>(); }

TEST_CASE("matrices: parts are read and written in place") {
  RationalMatrix m(2, 3);
  m << 1, 2, 3, 4, 5, 6;
  CHECK(m(0, 2) == 3);
  m.row(0).swap(m.row(1));
  m.col(1) = RationalMatrix::Constant(2, 1, 7);
  m.block(0, 1, 2, 2) -= RationalMatrix::Identity(2, 2);
  RationalMatrix expected(2, 3);
  expected << 4, 6, 6, 1, 7, 2;
  CHECK(m == expected);
  m.row(1) *= m(1, 0) * 2;  // the factor stands in another row than it changes
  m.row(0) *= m(0, 0);      // and here in the row itself
  expected << 16, 24, 24, 2, 14, 4;
  CHECK(m == expected);
  RationalMatrix square(2, 2);
  square << m.leftCols(1), m.col(2);
  CHECK(square.trace() == 20);
  square.diagonal() -= 4;
  CHECK(square(0, 0) == 12);
  CHECK(square(1, 1) == 0);
  CHECK(square.col(0).head(1)(0) == 12);
  CHECK(square({1, 0}, {1})(0, 0) == square(1, 1));
  CHECK(square.diagonal().eval().asDiagonal()(0, 0) == 12);
}

template <class M>
concept LastRowsTakeAValue = requires(M m) {
  m.bottomRows(1) = m;
};
template <class M>
concept CornerTakesAValue = requires(M m) {
  m.topLeftCorner(1, 1) = m;
};

TEST_CASE("matrices: a copy of a part takes no value, which would be lost") {
  STATIC_REQUIRE(CornerTakesAValue<RationalMatrix>);
  STATIC_REQUIRE_FALSE(LastRowsTakeAValue<RationalMatrix>);
}

TEST_CASE("matrices: what does not fit is refused") {
  RationalMatrix m(2, 3);
  const RationalMatrix& read = m;
  CHECK_THROWS_AS(m * m, std::invalid_argument);
  CHECK_THROWS_AS(m + m.transpose(), std::invalid_argument);
  CHECK_THROWS_AS(m -= RationalMatrix(3, 2), std::invalid_argument);
  CHECK_THROWS_AS(m.row(2), std::invalid_argument);
  CHECK_THROWS_AS(read.col(-1), std::invalid_argument);
  CHECK_THROWS_AS(read.block(0, 2, 2, 2), std::invalid_argument);
  CHECK_THROWS_AS(m.col(0) = RationalMatrix(3, 1), std::invalid_argument);
  CHECK_THROWS_AS(RationalMatrix(-1, 2), std::invalid_argument);
  CHECK_THROWS_AS(RationalVector(m), std::invalid_argument);
  CHECK_THROWS_AS(m.value(), std::invalid_argument);
  CHECK_THROWS_AS(m.dot(RationalMatrix(2, 2)), std::invalid_argument);
  // What is put in fills the matrix, with blocks of nothing at either end.
  RationalVector v(2), whole(3);
  CHECK_NOTHROW(whole << v, 1);
  CHECK_NOTHROW(v << whole.head(0), whole.tail(2));
  CHECK_NOTHROW(v << whole.head(2), whole.tail(0));
  CHECK_THROWS_AS((whole << v), std::invalid_argument);
  CHECK_THROWS_AS((v << 1), std::invalid_argument);
  CHECK_THROWS_AS((v << whole), std::invalid_argument);
  CHECK_THROWS_AS((m << v, v), std::invalid_argument);
}

// What an operation returns is a matrix of its own. Assigning to it would look like writing into an
// operand and write nowhere, so it does not compile.
static_assert(!std::is_assignable_v<RationalMatrix, RationalMatrix>);
static_assert(!std::is_assignable_v<RationalVector, RationalVector>);
static_assert(std::is_assignable_v<RationalMatrix&, RationalMatrix>);
static_assert(std::is_assignable_v<Part<Rational>, RationalMatrix>);

TEST_CASE("matrices: the first columns can be written in place") {
  RationalMatrix m = RationalMatrix::Zero(2, 3);
  m.leftCols(2) = RationalMatrix::Identity(2, 2);
  CHECK(m.sum() == 2);
  CHECK(m(1, 1) == 1);
}
