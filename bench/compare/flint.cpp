// The same tasks with FLINT and Arb called directly, each in the quickest way found.
#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>

#include "exact/arb.hpp"
#include "harness.hpp"

namespace {

using compare::Contest;

/// FLINT objects that live as long as a scope.
struct Rationals {
  fmpq_mat_t v;
  Rationals(long rows, long cols) { fmpq_mat_init(v, rows, cols); }
  Rationals(const Rationals& other) { fmpq_mat_init_set(v, other.v); }
  Rationals& operator=(const Rationals&) = delete;
  ~Rationals() { fmpq_mat_clear(v); }
};
struct Integers {
  fmpz_mat_t v;
  Integers(long rows, long cols) { fmpz_mat_init(v, rows, cols); }
  Integers(const Integers& other) { fmpz_mat_init_set(v, other.v); }
  Integers& operator=(const Integers&) = delete;
  ~Integers() { fmpz_mat_clear(v); }
  long rows() const { return fmpz_mat_nrows(v); }
};
struct Integer {
  fmpz_t v;
  Integer() { fmpz_init(v); }
  Integer(const Integer& other) { fmpz_init_set(v, other.v); }
  Integer& operator=(const Integer&) = delete;
  ~Integer() { fmpz_clear(v); }
  std::string str() const {
    char* text = fmpz_get_str(nullptr, 10, v);
    std::string result(text);
    flint_free(text);
    return result;
  }
};
struct Poly {
  fmpz_poly_t v;
  Poly() { fmpz_poly_init(v); }
  Poly(const Poly& other) {
    fmpz_poly_init(v);
    fmpz_poly_set(v, other.v);
  }
  Poly& operator=(const Poly&) = delete;
  ~Poly() { fmpz_poly_clear(v); }
};

Rationals read(const Contest& contest, const std::string& file) {
  const compare::TextMatrix text = compare::read_matrix(contest.path(file));
  Rationals m(text.rows, text.cols);
  for (long i = 0; i < text.rows; ++i)
    for (long j = 0; j < text.cols; ++j)
      if (fmpq_set_str(fmpq_mat_entry(m.v, i, j), text.at(i, j).c_str(), 10) != 0)
        throw std::runtime_error("not a number in " + file + ": " + text.at(i, j));
  return m;
}

/// m times `scale`, the common denominator.
Integers cleared(const Rationals& m, Integer& scale) {
  Integers result(fmpq_mat_nrows(m.v), fmpq_mat_ncols(m.v));
  fmpq_mat_get_fmpz_mat_matwise(result.v, scale.v, m.v);
  return result;
}

// ---- Checks: Σ_k (k + 1) x_k modulo 2⁶¹ − 1, row after row ----

std::string check_of(const Rationals& m) {
  Integer prime, sum, residue;
  fmpz_one(prime.v);
  fmpz_mul_2exp(prime.v, prime.v, 61);
  fmpz_sub_ui(prime.v, prime.v, 1);
  ulong k = 0;
  for (long i = 0; i < fmpq_mat_nrows(m.v); ++i)
    for (long j = 0; j < fmpq_mat_ncols(m.v); ++j) {
      fmpq_mod_fmpz(residue.v, fmpq_mat_entry(m.v, i, j), prime.v);
      fmpz_addmul_ui(sum.v, residue.v, ++k);
    }
  fmpz_mod(sum.v, sum.v, prime.v);
  return sum.str();
}

/// ⌊10⁹ x⌋.
std::string check_of_root(const arb_t x) {
  arb_t scaled;
  arb_init(scaled);
  arb_mul_ui(scaled, x, 1000000000, 128);
  arb_floor(scaled, scaled, 128);
  Integer result;
  const bool unique = arb_get_unique_fmpz(result.v, scaled) != 0;
  arb_clear(scaled);
  return unique ? result.str() : "?";
}

// ---- Tasks ----

void solves(const Contest& contest, int d) {
  const std::string size = std::to_string(d);
  const Rationals A = read(contest, "mean_" + size), a = read(contest, "mean_rhs_" + size),
                  B = read(contest, "sketched_" + size), b = read(contest, "sketched_rhs_" + size);
  contest.run(
      "solve", size,
      [&] {
        std::pair<Rationals, Rationals> x(Rationals(d, 1), Rationals(d, 1));
        fmpq_mat_solve_dixon(x.first.v, A.v, a.v);
        fmpq_mat_solve_dixon(x.second.v, B.v, b.v);
        return x;
      },
      [](const auto& x) { return check_of(x.first) + "," + check_of(x.second); });
}

/// Sylvester's criterion by fraction-free elimination: all leading minors are positive.
bool positive_minors(const Integers& A) {
  Integers m(A);
  Integer den;
  const long d = m.rows();
  std::vector<slong> order(static_cast<size_t>(d));
  for (long i = 0; i < d; ++i) order[static_cast<size_t>(i)] = i;
  if (fmpz_mat_fflu(m.v, den.v, order.data(), m.v, 1) != d) return false;
  for (long i = 0; i < d; ++i)  // rows are exchanged only at a zero minor
    if (order[static_cast<size_t>(i)] != i || fmpz_sgn(fmpz_mat_entry(m.v, i, i)) <= 0)
      return false;
  return true;
}

bool enclosed_positive(const Rationals& A, slong precision) {
  arb_mat_t m;
  arb_mat_init(m, fmpq_mat_nrows(A.v), fmpq_mat_ncols(A.v));
  arb_mat_set_fmpq_mat(m, A.v, precision);
  const bool positive = arb_mat_cho(m, m, precision) != 0;
  arb_mat_clear(m);
  return positive;
}

void definite(const Contest& contest, const Contest& arb, const std::string& kind, int d) {
  const std::string size = std::to_string(d);
  const Rationals A = read(contest, kind + "_" + size);
  const auto verdict = [](bool positive) { return positive ? "psd" : "?"; };
  arb.run(
      "psd-" + kind, size, [&] { return enclosed_positive(A, 64); }, verdict);
  if (kind == "fraction" && d > 20) return;  // half a minute and more
  contest.run(
      "psd-" + kind, size,
      [&] {
        Integer scale;
        return positive_minors(cleared(A, scale));
      },
      verdict);
}

/// Runs through all deals of d = n q coordinates to n workers of q each.
template <class Visit>
void all_deals(int n, int q, std::vector<int>& worker_of, std::vector<int>& load,
               const Visit& visit) {
  if (static_cast<int>(worker_of.size()) == n * q) {
    visit(worker_of);
    return;
  }
  for (int i = 0; i < n; ++i) {
    if (load[static_cast<size_t>(i)] == q) continue;
    ++load[static_cast<size_t>(i)];
    worker_of.push_back(i);
    all_deals(n, q, worker_of, load, visit);
    worker_of.pop_back();
    --load[static_cast<size_t>(i)];
  }
}

/// E[B̄ L̄ B̄] for integer L_i: B = B̄ / n has the entry (L_i)_ab where a and b are both dealt to i, so
/// the sum of B (Σ L_i) B over all deals, times n² / n, over their number.
void second_moment(const Contest& contest, int n, int q) {
  const int d = n * q;
  const Rationals L = read(contest, "perm_" + std::to_string(n) + "_" + std::to_string(q));
  Integers total(d, d);
  std::vector<Integers> parts(static_cast<size_t>(n), Integers(d, d));
  for (int i = 0; i < n; ++i) {
    auto& part = parts[static_cast<size_t>(i)];
    for (int a = 0; a < d; ++a)
      for (int b = 0; b < d; ++b)
        fmpz_set(fmpz_mat_entry(part.v, a, b), fmpq_numref(fmpq_mat_entry(L.v, i * d + a, b)));
    fmpz_mat_add(total.v, total.v, part.v);
  }
  contest.run(
      "moment-enumerated", std::to_string(n) + "," + std::to_string(q),
      [&] {
        Integers B(d, d), product(d, d), sum(d, d);
        std::vector<int> worker_of, load(static_cast<size_t>(n), 0);
        long deals = 0;
        all_deals(n, q, worker_of, load, [&](const std::vector<int>& worker) {
          for (int a = 0; a < d; ++a)
            for (int b = 0; b < d; ++b) {
              const auto i = static_cast<size_t>(worker[static_cast<size_t>(a)]);
              if (worker[static_cast<size_t>(b)] == static_cast<int>(i))
                fmpz_set(fmpz_mat_entry(B.v, a, b), fmpz_mat_entry(parts[i].v, a, b));
              else
                fmpz_zero(fmpz_mat_entry(B.v, a, b));
            }
          fmpz_mat_mul(product.v, B.v, total.v);
          fmpz_mat_mul(product.v, product.v, B.v);
          fmpz_mat_add(sum.v, sum.v, product.v);
          ++deals;
        });
        Rationals result(d, d);
        for (int a = 0; a < d; ++a)
          for (int b = 0; b < d; ++b) {
            fmpq* out = fmpq_mat_entry(result.v, a, b);
            fmpz_mul_si(fmpq_numref(out), fmpz_mat_entry(sum.v, a, b), n);
            fmpz_set_si(fmpq_denref(out), deals);
            fmpq_canonicalise(out);
          }
        return result;
      },
      check_of);
}

void largest_root_of(const Poly& p, arb_t result) {
  const slong degree = fmpz_poly_degree(p.v);
  acb_ptr roots = _acb_vec_init(degree);
  arb_fmpz_poly_complex_roots(roots, p.v, 0, 64);
  arb_neg_inf(result);
  for (slong k = 0; k < degree; ++k)
    if (arb_is_zero(acb_imagref(roots + k)) && arb_gt(acb_realref(roots + k), result))
      arb_set(result, acb_realref(roots + k));
  _acb_vec_clear(roots, degree);
}

struct Root {
  arb_t v;
  Root() { arb_init(v); }
  Root(const Root& other) {
    arb_init(v);
    arb_set(v, other.v);
  }
  Root& operator=(const Root&) = delete;
  ~Root() { arb_clear(v); }
};

void mean_square_factor(const Contest& contest, int n, int q) {
  const std::string size = std::to_string(n * q);
  const std::string files = std::to_string(n) + "_" + std::to_string(q);
  Integer scale;
  const Integers A = cleared(read(contest, "operator_" + files), scale);
  contest.run(
      "charpoly", size,
      [&] {
        Poly p;
        fmpz_mat_charpoly(p.v, A.v);
        return p;
      },
      [&](const Poly& p) {  // det(y I − c A) at y = c x is c^N det(x I − A)
        const slong degree = fmpz_poly_degree(p.v);
        Rationals monic(1, degree + 1);
        for (slong k = 0; k <= degree; ++k) {
          fmpq* out = fmpq_mat_entry(monic.v, 0, k);
          fmpz_poly_get_coeff_fmpz(fmpq_numref(out), p.v, k);
          fmpz_pow_ui(fmpq_denref(out), scale.v, static_cast<ulong>(degree - k));
          fmpq_canonicalise(out);
        }
        return check_of(monic);
      });
  Integer one;
  const Integers row = cleared(read(contest, "polynomial_" + files), one);
  Poly p;
  for (slong k = 0; k < fmpz_mat_ncols(row.v); ++k)
    fmpz_poly_set_coeff_fmpz(p.v, k, fmpz_mat_entry(row.v, 0, k));
  contest.run(
      "largest-root", size,
      [&] {
        Root root;
        largest_root_of(p, root.v);
        return root;
      },
      [](const Root& root) { return check_of_root(root.v); });
}

/// The packed recursion over a common denominator, without what istcheck adds to every point.
void second_moments(const Contest& contest, int n, int q, int rounds) {
  const std::string files = std::to_string(n) + "_" + std::to_string(q);
  const Rationals recursion = read(contest, "recursion_" + files),
                  start = read(contest, "start_" + files);
  const long d = static_cast<long>(n) * q;
  contest.run(
      "trajectory", std::to_string(d),
      [&] {
        Integer scale, start_scale;
        const Integers A = cleared(recursion, scale);
        Integers state = cleared(start, start_scale);
        Rationals last(fmpz_mat_nrows(state.v), 1);
        for (int k = 0; k < rounds; ++k) {
          fmpz_mat_mul(state.v, A.v, state.v);
          fmpz_mul(start_scale.v, start_scale.v, scale.v);
          fmpq_mat_set_fmpz_mat_div_fmpz(last.v, state.v, start_scale.v);
        }
        return last;
      },
      [&](const Rationals& last) {  // entries (a, d) of the packed upper triangle
        Rationals mean(d, 1);
        for (long a = 0, at = 0; a < d; ++a, at += d + 2 - a)
          fmpq_set(fmpq_mat_entry(mean.v, a, 0), fmpq_mat_entry(last.v, at + d - a, 0));
        return check_of(mean);
      });
}

void extreme_eigenvalue(const Contest& contest, int d) {
  Integer one;
  const Integers A = cleared(read(contest, "symmetric_" + std::to_string(d)), one);
  contest.run(
      "largest-eigenvalue", std::to_string(d),
      [&] {
        Poly p;
        fmpz_mat_charpoly(p.v, A.v);
        Root root;
        largest_root_of(p, root.v);
        return root;
      },
      [](const Root& root) { return check_of_root(root.v); });
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc == 2 && std::string(argv[1]) == "--version") {
    std::cout << "FLINT " << FLINT_VERSION << ", Arb " << ISTCHECK_ARB_VERSION << '\n';
    return 0;
  }
  const Contest contest("flint", argc, argv), arb("arb", argc, argv);
  for (const int d : {20, 50, 100, 200}) solves(contest, d);
  for (const std::string kind : {"gram", "fraction"})
    for (const int d : {20, 50, 100}) definite(contest, arb, kind, d);
  for (const auto& [n, q] : {std::pair(3, 2), {4, 2}, {3, 3}, {5, 2}}) second_moment(contest, n, q);
  for (const int n : {2, 3, 4}) mean_square_factor(contest, n, 2);
  second_moments(contest, 2, 2, 50);
  extreme_eigenvalue(contest, 40);
  flint_cleanup();
  return 0;
} catch (const std::exception& e) {
  std::cerr << "compare_flint: " << e.what() << '\n';
  return 2;
}
