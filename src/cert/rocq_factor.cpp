#include "cert/rocq_factor.hpp"

#include "exact/linalg.hpp"

namespace istcheck::rocq {

std::optional<Factorisation> factorise(const RationalMatrix& symmetric, bool strict) {
  RationalMatrix rest = symmetric;
  Factorisation result;
  while (rest.rows() > 0) {
    const Index m = rest.rows() - 1;
    const Rational pivot = rest(0, 0);
    const RationalVector below = rest.col(0).tail(m);
    RationalVector column = RationalVector::Constant(m, Rational(0));
    if (pivot < 0 || (strict && pivot == 0)) return std::nullopt;
    for (Index i = 0; i < m; ++i) {
      if (pivot == 0 && below(i) != 0) return std::nullopt;
      if (pivot != 0) column(i) = below(i) / pivot;
    }
    const RationalMatrix next = rest.bottomRightCorner(m, m) - column * below.transpose();
    result.emplace_back(pivot, column);
    rest = next;
  }
  return result;
}

Term list(const RationalVector& v) {
  std::string out;
  for (Index i = 0; i < v.size(); ++i) out += (i == 0 ? "" : "; ") + number(v(i)).text;
  return atom("[" + out + "]");
}

Term factorisation(const Factorisation& f) {
  std::string out;
  for (const auto& [pivot, column] : f) {
    out += (out.empty() ? "(" : "; (") + number(pivot).text + ", " + list(column).text + ")";
  }
  return atom("[" + out + "]");
}

RationalVector against(const RationalMatrix& symmetric, bool strict) {
  const auto decision = decide_psd_by_ldlt(symmetric);
  if (const auto* negative = std::get_if<NegativeDirection<Rational>>(&decision.witness))
    return negative->v;
  if (!strict) throw std::logic_error("a positive semidefinite matrix has no witness against it");
  return kernel(symmetric).col(0);
}

Rational row_bound(const RationalMatrix& symmetric) {
  Rational most = 0;
  for (Index i = 0; i < symmetric.rows(); ++i) {
    Rational sum = 0;
    for (Index j = 0; j < symmetric.cols(); ++j) sum += abs(symmetric(i, j));
    if (sum > most) most = sum;
  }
  return most;
}

}  // namespace istcheck::rocq
