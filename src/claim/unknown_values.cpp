#include "claim/unknown_values.hpp"

#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

/// A matrix of a kind whose own entries come row by row.
template <class Next>
SurdMatrix matrix(Kind kind, Index d, const Next& next) {
  SurdMatrix m(d, kind == Kind::vector || is_state(kind) ? 1 : d);
  const bool symmetric = kind == Kind::symmetric || kind == Kind::positive;
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) m(i, j) = symmetric && j < i ? m(j, i) : next();
  return m;
}

unsigned number_of(const Surd& unknown) {
  return unknown.terms().begin()->first.unknowns.at(0).first;
}

/// Assumes nothing, and counts the products of a decision with those of the ways.
class Counted final : public Assumptions {
 public:
  explicit Counted(Ways& ways) : ways_(ways) {}
  bool zero(const Surd&) override { nothing(); }
  bool positive(const Surd&) override { nothing(); }
  bool semidefinite(const SurdMatrix&) override { nothing(); }
  bool definite(const SurdMatrix&) override { nothing(); }
  Surd reciprocal(const Surd&) override { nothing(); }
  Surd root(const Surd&) override { nothing(); }
  void multiply(size_t products) override { ways_.multiply(products); }
  long answers() const override { return 0; }

 private:
  Ways& ways_;
  [[noreturn]] static void nothing() {
    throw std::domain_error("nothing is assumed of a number with unknowns");
  }
};

}  // namespace

UnknownValue unknown_value(Kind kind, World* world, Ways& ways) {
  if (is_number(kind)) {
    const Surd x = ways.unknown(Ways::Unknown::scalar);
    return {kind, Scalar(x), number_of(x)};
  }
  if (world == nullptr) throw Unsupported("the size of a " + to_text(kind));
  const Index size = kind == Kind::state       ? world->state_size()
                     : kind == Kind::reachable ? world->reachable().directions.cols()
                                               : world->d();
  const SurdMatrix m = matrix(kind, size, [&] { return ways.unknown(Ways::Unknown::entry); });
  if (kind == Kind::positive) ways.require_definite(m);
  return {kind, m, m.size() > 0 ? number_of(m(0, 0)) : 0};
}

std::optional<Value> value_at(const Point& point, const UnknownValue& unknown) {
  const auto value = [&](unsigned number) {
    const auto found = point.find(number);
    return found == point.end() ? Surd(0) : found->second;
  };
  if (is_number(unknown.kind)) {
    const Surd x = value(unknown.first);
    const bool whole = x.is_rational() && denominator(x.rational()) == 1;
    if (unknown.kind == Kind::integer && !whole) return std::nullopt;
    return Scalar(x);
  }
  unsigned place = unknown.first;
  const SurdMatrix m = matrix(unknown.kind, std::get<SurdMatrix>(unknown.value).rows(),
                              [&] { return value(place++); });
  if (unknown.kind == Kind::positive && !definiteness(m).definite) return std::nullopt;
  return m;
}

std::vector<Value> short_values(Kind kind, Index d) {
  std::vector<Value> values;
  if (is_number(kind)) {
    for (const int numerator : {0, 1, -1, 2, -2, 3, -3}) values.emplace_back(Scalar(numerator));
    if (kind == Kind::scalar)
      for (const Rational& x : {Rational(1, 2), Rational(-1, 2), Rational(1, 4), Rational(3, 2)})
        values.emplace_back(Scalar(x));
    return values;
  }
  if (kind == Kind::vector || is_state(kind)) {
    for (Index i = 0; i < d; ++i)
      values.emplace_back(SurdMatrix(SurdMatrix::Identity(d, d).col(i)));
    values.emplace_back(SurdMatrix::Constant(d, 1, Surd(1)));
    values.emplace_back(SurdMatrix::Zero(d, 1));
    return values;
  }
  values.emplace_back(SurdMatrix::Identity(d, d));
  if (kind != Kind::positive) values.emplace_back(SurdMatrix::Zero(d, d));
  return values;
}

Decision decided(Ways& ways) {
  Counted counted(ways);
  const Assumptions::Under under(counted);
  return decide(ways.conjunction());
}

}  // namespace istcheck::claim
