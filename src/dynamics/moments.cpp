#include "dynamics/moments.hpp"

#include <optional>

#include "dynamics/closed_form.hpp"
#include "dynamics/enumeration.hpp"

namespace istcheck {

namespace {

/// Σ √r M_r as a matrix over S. Throws std::domain_error for an irrational one over the rationals.
template <class S>
Matrix<S> assemble(RadicalMatrix parts, Index size) {
  if constexpr (std::is_same_v<S, Rational>)
    if (parts.size() == 1 && parts.begin()->first == 1) return std::move(parts.begin()->second);
  Matrix<S> result = Matrix<S>::Constant(size, size, S(0));
  for (const auto& [radicand, m] : parts) {
    if constexpr (std::is_same_v<S, Rational>) {
      if (radicand != 1) throw std::domain_error("the sketch is irrational");
      result += m;
    } else {
      const Surd root = Surd::sqrt_of(Rational(radicand));
      for (Index k = 0; k < m.size(); ++k)
        if (m.data()[k] != 0) result.data()[k] += root * Surd(m.data()[k]);
    }
  }
  return result;
}

/// The linear map M ↦ E[X M Xᵀ], applied to each part of M = Σ b M_b.
RationalMatrix apply(const ClosedForm& form, const RationalMatrix& m) {
  return assemble<Rational>(form.push(m), m.rows());
}
SurdMatrix apply(const ClosedForm& form, const SurdMatrix& m) {
  return by_parts(m, m.rows(), m.rows(), [&](const RationalMatrix& part) {
    return assemble<Surd>(form.push(part), part.rows());
  });
}

}  // namespace

template <class S>
struct Moments<S>::Impl {
  Index d = 0;
  Matrix<S> mean, noise;
  std::optional<RandomAffineMap> map;                   // when it has a closed form
  mutable std::optional<ClosedForm> forward, backward;  // made when first asked for
  std::optional<EnumeratedMoments<S>> enumerated;

  void use_closed_form(const RandomAffineMap& source) {
    map = source;
    mean = assemble<S>({{Integer(1), source.constant()}}, d + 1);
    noise = Matrix<S>::Constant(d, d, S(0));
    if (const SelectionLaw* law = source.sketch().law()) {
      mean += assemble<S>(mean_of_terms(*law, source.terms()), d + 1);
      noise += assemble<S>(mean_of_terms(*law, source.noise_terms()), d);
      return;
    }
    // A table sketch that the method does not use: the map is constant and its noise unsketched.
    for (const auto& worker : source.noise_terms())
      for (const SelectionTerm& term : worker) noise += assemble<S>({{term.radicand, term.G}}, d);
  }
};

template <class S>
Moments<S>::Moments(const RandomAffineMap& map, const MomentOptions& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->d = map.d();
  if (options.route == Route::closed_form && !map.has_terms())
    throw std::invalid_argument("this map has no closed form");
  if (options.route != Route::enumeration && map.has_terms()) {
    impl_->use_closed_form(map);
    return;
  }
  const Integer support = map.sketch().support();
  if (support > options.max_outcomes)
    throw TooManyOutcomes("the sketch has " + support.str() + " outcomes, more than the limit of " +
                          options.max_outcomes.str() +
                          " (--max-outcomes), and this method has no closed form for it");
  impl_->enumerated = enumerate_moments<S>(map);
  impl_->mean = impl_->enumerated->mean;
  impl_->noise = impl_->enumerated->noise;
}

template <class S>
Moments<S>::~Moments() = default;
template <class S>
Moments<S>::Moments(Moments&&) noexcept = default;

template <class S>
Index Moments<S>::d() const {
  return impl_->d;
}
template <class S>
const Matrix<S>& Moments<S>::mean() const {
  return impl_->mean;
}
template <class S>
const Matrix<S>& Moments<S>::noise() const {
  return impl_->noise;
}
template <class S>
bool Moments<S>::closed_form() const {
  return impl_->map.has_value();
}

template <class S>
Matrix<S> Moments<S>::push(const Matrix<S>& m) const {
  if (!impl_->map) return impl_->enumerated->push(m);
  if (!impl_->forward) impl_->forward.emplace(*impl_->map, false);
  return apply(*impl_->forward, m);
}

template <class S>
Matrix<S> Moments<S>::pull(const Matrix<S>& m) const {
  if (!impl_->map) return impl_->enumerated->pull(m);
  if (!impl_->backward) impl_->backward.emplace(*impl_->map, true);
  return apply(*impl_->backward, m);
}

template <class S>
Matrix<S> bordered(const Matrix<S>& m) {
  Matrix<S> result = Matrix<S>::Constant(m.rows() + 1, m.cols() + 1, S(0));
  result.topLeftCorner(m.rows(), m.cols()) = m;
  return result;
}

template <class S>
Matrix<S> linear_part(const Matrix<S>& m) {
  return m.topLeftCorner(m.rows() - 1, m.cols() - 1);
}

template class Moments<Rational>;
template class Moments<Surd>;
template RationalMatrix bordered(const RationalMatrix&);
template SurdMatrix bordered(const SurdMatrix&);
template RationalMatrix linear_part(const RationalMatrix&);
template SurdMatrix linear_part(const SurdMatrix&);

}  // namespace istcheck
