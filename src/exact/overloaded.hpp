// One visitor from several lambdas, for std::visit.
#pragma once

namespace istcheck {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;  // clang 14 does not deduce aggregates

}  // namespace istcheck
