// The inner parts of istcheck under Google Benchmark: bench_inner --benchmark_filter=…
#include "exact/linalg.hpp"

#include <benchmark/benchmark.h>

#include "dynamics/closed_form.hpp"
#include "dynamics/moments.hpp"
#include "dynamics/operators.hpp"
#include "dynamics/trajectory.hpp"
#include "problems.hpp"

namespace {

using namespace istcheck;
using benchmark::State;

RationalMatrix some_gram(long d) {
  bench::Random random(static_cast<std::uint64_t>(d));
  return bench::gram(random, 2 * d, d, 9);
}

RationalMatrix some_fractions(long d) {
  bench::Random random(static_cast<std::uint64_t>(d));
  return bench::short_fractions(random, bench::gram(random, 2 * d, d, 9), 14);
}

Instance some_instance(long n, long q) {
  return instantiate(bench::perm_case(1, static_cast<int>(n), static_cast<int>(q), 2 * n * q));
}

void solve_integers(State& state) {
  const RationalMatrix A = some_gram(state.range(0)),
                       b = RationalMatrix::Constant(state.range(0), 1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(solve(A, b));
}
BENCHMARK(solve_integers)->Arg(20)->Arg(50)->Arg(100)->Unit(benchmark::kMicrosecond);

void decide_gram(State& state) {
  const RationalMatrix A = some_gram(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(decide_psd(A));
}
BENCHMARK(decide_gram)->Arg(20)->Arg(50)->Arg(100)->Unit(benchmark::kMicrosecond);

void decide_fractions(State& state) {
  const RationalMatrix A = some_fractions(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(decide_psd(A));
}
BENCHMARK(decide_fractions)->Arg(20)->Arg(50)->Arg(100)->Unit(benchmark::kMicrosecond);

/// One diagonal entry too small: the witness is a direction.
void decide_indefinite(State& state) {
  RationalMatrix A = some_gram(state.range(0));
  A(0, 0) = 1;
  for (auto _ : state) benchmark::DoNotOptimize(decide_psd(A));
}
BENCHMARK(decide_indefinite)->Arg(20)->Arg(50)->Arg(100)->Unit(benchmark::kMicrosecond);

/// Singular: exact elimination decides.
void decide_singular(State& state) {
  bench::Random random(3);
  const RationalMatrix A = bench::gram(random, state.range(0) / 2, state.range(0), 9);
  for (auto _ : state) benchmark::DoNotOptimize(decide_psd(A));
}
BENCHMARK(decide_singular)->Arg(10)->Arg(20)->Unit(benchmark::kMicrosecond);

void moments_enumerated(State& state) {
  const Instance instance = some_instance(state.range(0), state.range(1));
  const RationalMatrix middle = bordered(instance.problem.mean_L());
  for (auto _ : state)
    benchmark::DoNotOptimize(
        Moments<Rational>(instance.estimator, {Route::enumeration}).push(middle));
}
BENCHMARK(moments_enumerated)
    ->Args({3, 2})
    ->Args({4, 2})
    ->Args({3, 3})
    ->Unit(benchmark::kMicrosecond);

void closed_form_built(State& state) {
  const Instance instance = some_instance(state.range(0), state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(ClosedForm(instance.estimator, false));
}
BENCHMARK(closed_form_built)
    ->Args({5, 2})
    ->Args({4, 10})
    ->Args({4, 25})
    ->Unit(benchmark::kMicrosecond);

void closed_form_pushed(State& state) {
  const Instance instance = some_instance(state.range(0), state.range(1));
  const RationalMatrix middle = bordered(instance.problem.mean_L());
  const ClosedForm form(instance.estimator, false);
  for (auto _ : state) benchmark::DoNotOptimize(form.push(middle));
}
BENCHMARK(closed_form_pushed)
    ->Args({5, 2})
    ->Args({4, 10})
    ->Args({4, 25})
    ->Unit(benchmark::kMicrosecond);

RationalMatrix mean_square_operator(const Instance& instance) {
  const Moments<Rational> moments(instance.map);
  return matrix_of<Rational>(instance.problem.d(), [&](const RationalMatrix& m) {
    return linear_part(moments.push(bordered(m)));
  });
}

void mean_square_operator(State& state) {
  const Instance instance = some_instance(state.range(0), 2);
  for (auto _ : state) benchmark::DoNotOptimize(mean_square_operator(instance));
}
BENCHMARK(mean_square_operator)->Arg(2)->Arg(3)->Arg(4)->Unit(benchmark::kMicrosecond);

void largest_root(State& state) {
  const Polynomial p =
      characteristic_polynomial(mean_square_operator(some_instance(state.range(0), 2)));
  for (auto _ : state) benchmark::DoNotOptimize(largest_real_root(p));
}
BENCHMARK(largest_root)->Arg(2)->Arg(3)->Arg(4)->Unit(benchmark::kMicrosecond);

void second_moments(State& state) {
  const Case c = bench::perm_case(1, 2, 2, 8);
  for (auto _ : state)
    benchmark::DoNotOptimize(trajectory<Rational>(c, static_cast<std::size_t>(state.range(0))));
}
BENCHMARK(second_moments)->Arg(10)->Arg(50)->Arg(100)->Unit(benchmark::kMicrosecond);

}  // namespace
