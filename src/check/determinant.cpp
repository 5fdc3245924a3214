#include "check/determinant.hpp"

namespace istcheck::check {

/// det(A) and adj(A), by Faddeev and LeVerrier: M_1 = I, c_k = −tr(A M_k)/k, M_{k+1} = A M_k + c_k
/// I; adj(A) = (−1)^{d−1} M_d and det(A) = (−1)^d c_d.
std::pair<Number, Mat> determinant_and_adjugate(const Mat& a) {
  const size_t d = a.rows();
  Mat m = Mat::identity(d);
  for (size_t k = 1;; ++k) {
    const Mat next = a * m;
    Number trace;
    for (size_t i = 0; i < d; ++i) trace = trace + next.at(i, i);
    const Number c = Number(Rational(-1) / Rational(k)) * trace;
    if (k == d) return d % 2 == 0 ? std::pair(c, Number(-1) * m) : std::pair(-c, m);
    m = next + c * Mat::identity(d);
  }
}

}  // namespace istcheck::check
