// Writes the inputs of all contestants: text files "rows cols" followed by the entries.
//
//     mean_D, mean_rhs_D            L̄ and b̄ of 5 workers
//     sketched_D, sketched_rhs_D    E B̄ and E C̄b of the same under Perm-q
//     gram_D, fraction_D            a Gram matrix of integers; 20-bit over 20-bit fractions near it
//     perm_N_Q, perm_rhs_N_Q        L_1..L_n stacked, b_1..b_n stacked (n q = d)
//     operator_N_Q                  S ↦ E[A S Aᵀ] on the packed symmetric matrices, Perm-q
//     polynomial_N_Q                its characteristic polynomial, integer and primitive, lowest
//     first recursion_N_Q, start_N_Q      M ↦ E[Â M Âᵀ] and the packed M_0 for x⁰ = (1, …, 1)
//     symmetric_40, symmetric_polynomial_40
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "../problems.hpp"
#include "dynamics/moments.hpp"
#include "dynamics/operators.hpp"
#include "exact/linalg.hpp"

namespace {

using namespace istcheck;

std::string folder;

void write(const std::string& name, const RationalMatrix& m) {
  std::ofstream out(folder + "/" + name);
  out << m.rows() << ' ' << m.cols() << '\n';
  for (Index i = 0; i < m.rows(); ++i)
    for (Index j = 0; j < m.cols(); ++j) out << m(i, j) << (j + 1 < m.cols() ? ' ' : '\n');
  if (!out) throw std::runtime_error("cannot write " + folder + "/" + name);
}

void write(const std::string& name, const Polynomial& p) {
  RationalMatrix row(1, static_cast<Index>(p.size()));
  for (size_t k = 0; k < p.size(); ++k) row(0, static_cast<Index>(k)) = p[k];
  write(name, row);
}

std::string suffix(int n, int q) { return "_" + std::to_string(n) + "_" + std::to_string(q); }

void write_systems(int d) {
  const Instance instance =
      instantiate(bench::perm_case(static_cast<std::uint64_t>(d), 5, d / 5, d));
  const Moments<Rational> moments(instance.estimator);
  const std::string size = std::to_string(d);
  write("mean_" + size, instance.problem.mean_L());
  write("mean_rhs_" + size, RationalMatrix(instance.problem.mean_b()));
  write("sketched_" + size, linear_part(moments.mean()));
  write("sketched_rhs_" + size, RationalMatrix(-moments.mean().col(d).head(d)));
}

void write_definite(int d) {
  bench::Random random(static_cast<std::uint64_t>(1000 + d));
  const RationalMatrix gram = bench::gram(random, 2 * d, d, 9);
  write("gram_" + std::to_string(d), gram);
  write("fraction_" + std::to_string(d), bench::short_fractions(random, gram, 14));
}

Case write_problem(int n, int q) {
  const int d = n * q;
  const Case c = bench::perm_case(static_cast<std::uint64_t>(100 * n + q), n, q, 2L * d);
  RationalMatrix L(n * d, d), b(n * d, 1);
  for (int i = 0; i < n; ++i) {
    L.block(i * d, 0, d, L.cols()) = c.workers[static_cast<size_t>(i)].L;
    b.block(i * d, 0, d, b.cols()) = c.workers[static_cast<size_t>(i)].b;
  }
  write("perm" + suffix(n, q), L);
  write("perm_rhs" + suffix(n, q), b);
  return c;
}

void write_operators(int n, int q) {
  const Case c = write_problem(n, q);
  const Moments<Rational> moments(instantiate(c).map);
  const Index d = c.d();
  const RationalMatrix mean_square = matrix_of<Rational>(
      d, [&](const RationalMatrix& m) { return linear_part(moments.push(bordered(m))); });
  write("operator" + suffix(n, q), mean_square);
  write("polynomial" + suffix(n, q), characteristic_polynomial(mean_square));
  write("recursion" + suffix(n, q),
        matrix_of<Rational>(d + 1, [&](const RationalMatrix& m) { return moments.push(m); }));
  write("start" + suffix(n, q),
        RationalMatrix(pack<Rational>(RationalMatrix::Constant(d + 1, d + 1, 1))));
}

void write_symmetric(int d) {
  bench::Random random(40);
  RationalMatrix m(d, d);
  for (Index i = 0; i < d; ++i)
    for (Index j = i; j < d; ++j) m(i, j) = m(j, i) = random.between(-99, 99);
  write("symmetric_" + std::to_string(d), m);
  write("symmetric_polynomial_" + std::to_string(d), characteristic_polynomial(m));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: compare_inputs FOLDER\n";
    return 2;
  }
  folder = argv[1];
  for (const int d : {20, 50, 100, 200}) write_systems(d);
  for (const int d : {20, 50, 100}) write_definite(d);
  write_operators(2, 2);
  write_operators(3, 2);
  write_operators(4, 2);
  for (const auto& [n, q] : {std::pair(3, 3), {5, 2}, {4, 3}, {4, 10}, {4, 25}})
    write_problem(n, q);
  write_symmetric(40);
  return 0;
}
