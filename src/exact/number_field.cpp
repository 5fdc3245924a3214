#include "exact/number_field.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <stdexcept>

#include "exact/integer_factors.hpp"
#include "exact/linalg.hpp"
#include "exact/polynomial.hpp"
#include "exact/unknowns.hpp"
// FLINT's later headers need the types of its earlier ones.
#include <flint/fmpz_lll.h>
#include <flint/nmod_poly.h>
#include <flint/nmod_poly_factor.h>
#include <flint/ulong_extras.h>

namespace istcheck {

using flint::FmpzPoly;

namespace {

constexpr size_t kMostProduct = 36;  ///< of two degrees, where they meet in one algebra
using Interval = std::pair<Rational, Rational>;

void trim(Powers& p) {
  while (!p.empty() && p.back() == 0) p.pop_back();
}

/// The remainder modulo a polynomial of degree at least one.
Powers reduced(Powers p, const Polynomial& modulus) {
  const size_t m = modulus.size() - 1;
  for (size_t k = p.size(); k-- > m;) {
    const Rational q = p[k] / Rational(modulus[m]);
    if (q == 0) continue;
    for (size_t j = 0; j <= m; ++j) p[k - m + j] -= q * Rational(modulus[j]);
  }
  p.resize(std::min(p.size(), m));
  trim(p);
  return p;
}

Powers multiply(const Powers& a, const Powers& b, const Polynomial& modulus) {
  if (a.empty() || b.empty()) return {};
  Powers product(a.size() + b.size() - 1);
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
  return reduced(std::move(product), modulus);
}

/// p(x) for an element x.
Powers compose(const Powers& p, const Powers& x, const Polynomial& modulus) {
  Powers value;
  for (size_t k = p.size(); k-- > 0;) {
    value = multiply(value, x, modulus);
    value.resize(std::max<size_t>(value.size(), 1));
    value[0] += p[k];
    trim(value);
  }
  return value;
}

/// p(x) for an x in the interval.
Interval value_at(const Powers& p, const Interval& x) {
  Interval value{0, 0};
  for (size_t k = p.size(); k-- > 0;) {
    const Rational ends[] = {value.first * x.first, value.first * x.second, value.second * x.first,
                             value.second * x.second};
    value = {*std::min_element(ends, ends + 4) + p[k], *std::max_element(ends, ends + 4) + p[k]};
  }
  return value;
}

/// The matrix of multiplication by x on 1, x, …, x^(m−1): the companion matrix.
RationalMatrix companion(const Polynomial& p) {
  const auto m = static_cast<Index>(p.size()) - 1;
  RationalMatrix c = RationalMatrix::Zero(m, m);
  for (Index k = 0; k < m; ++k) {
    if (k > 0) c(k, k - 1) = 1;
    c(k, m - 1) = -Rational(p[static_cast<size_t>(k)]) / Rational(p.back());
  }
  return c;
}

Powers column(const RationalMatrix& m, Index j) {
  Powers p(static_cast<size_t>(m.rows()));
  for (Index i = 0; i < m.rows(); ++i) p[static_cast<size_t>(i)] = m(i, j);
  return p;
}

/// y + c z, with y and z as polynomials in it.
struct Sum {
  Algebraic gamma;
  Powers y, z;
};

/// On the algebra Q[y, z]/(p(y), q(z)) of dimension D, y + c z is the matrix G = P ⊗ I + c I ⊗ Q
/// with companion matrices P and Q. For almost every c its characteristic polynomial N has D
/// different roots; then the powers 1, G, …, G^(D−1) applied to 1 are a basis, in which y and z
/// have coordinates: identities that hold for the conjugates that y and z stand for here, as for
/// all.
Sum sum_of(const Algebraic& y, const Algebraic& z) {
  const RationalMatrix P = companion(y.minimal_polynomial()), Q = companion(z.minimal_polynomial());
  const Index m = P.rows(), k = Q.rows(), D = m * k;
  for (int c = 1;; c = c > 0 ? -c : 1 - c) {
    RationalMatrix G = RationalMatrix::Zero(D, D);
    for (Index a = 0; a < k; ++a) {
      G.block(a * m, a * m, m, m) = P;
      for (Index b = 0; b < k; ++b)
        for (Index i = 0; i < m; ++i) G(a * m + i, b * m + i) += Rational(c) * Q(a, b);
    }
    const Polynomial N = characteristic_polynomial(G);
    const FmpzPoly squarefree = flint::squarefree_part(flint::to_flint(N));
    if (flint::from_flint(squarefree).size() != N.size()) continue;
    RationalMatrix basis(D, D), coordinates = RationalMatrix::Zero(D, 2);
    basis.setZero();
    basis(0, 0) = 1;
    for (Index j = 1; j < D; ++j)
      for (Index i = 0; i < D; ++i)
        for (Index l = 0; l < D; ++l)
          if (G(i, l) != 0) basis(i, j) += G(i, l) * basis(l, j - 1);
    coordinates(1, 0) = 1;
    coordinates(m, 1) = 1;
    const auto solved = solve(basis, coordinates);
    if (!solved) continue;
    for (long bits = 16;; bits *= 2) {
      const auto [y_low, y_high] = y.enclose(bits);
      const auto [z_low, z_high] = z.enclose(bits);
      const Rational low = y_low + c * (c > 0 ? z_low : z_high),
                     high = y_high + c * (c > 0 ? z_high : z_low);
      if (flint::sign_at(squarefree, low) == 0 || flint::sign_at(squarefree, high) == 0 ||
          flint::variations_between(squarefree, low, high) != 1)
        continue;
      Algebraic gamma(N, low, high);
      const Polynomial r = gamma.minimal_polynomial();
      return {gamma, reduced(column(*solved, 0), r), reduced(column(*solved, 1), r)};
    }
  }
}

size_t degree(const Algebraic& x) { return x.minimal_polynomial().size() - 1; }

/// The coordinates of z in 1, x, x², … for two elements of Q(γ), x of the full degree.
Powers in_powers(const Powers& x, const Powers& z, const Polynomial& modulus) {
  const auto m = static_cast<Index>(modulus.size()) - 1;
  RationalMatrix basis = RationalMatrix::Zero(m, m), target = RationalMatrix::Zero(m, 1);
  const auto put = [](RationalMatrix& to, Index j, const Powers& p) {
    for (size_t i = 0; i < p.size(); ++i) to(static_cast<Index>(i), j) = p[i];
  };
  Powers power{1};
  for (Index j = 0; j < m; ++j) {
    put(basis, j, power);
    power = multiply(power, x, modulus);
  }
  put(target, 0, z);
  Powers result = column(solve(basis, target).value(), 0);
  trim(result);
  return result;
}

/// The c_k with Σ c_k α^k = x that a short relation between approximations of 1, α, α², … and x
/// proposes: a short vector of the lattice spanned by the unit vectors, each with 2^bits times its
/// number as one more entry. Checked exactly: the sum is a root of x's minimal polynomial, and the
/// one in the interval that isolates x.
std::optional<Powers> relation(const Algebraic& alpha, const Algebraic& x, long bits) {
  const Polynomial modulus = alpha.minimal_polynomial(), p = x.minimal_polynomial();
  const auto m = static_cast<slong>(modulus.size()) - 1;
  const auto [low, high] = alpha.enclose(2 * bits);
  const auto scaled = [&](const Rational& value) {
    return numerator(flint::floor_to(value, bits) * flint::power_of_two(bits));
  };
  flint::FmpzMat lattice(m + 1, m + 2);
  Rational power = 1;
  for (slong k = 0; k <= m; ++k) {
    fmpz_one(lattice.at(k, k));
    fmpz_set(lattice.at(k, m + 1),
             flint::Fmpz(scaled(k < m ? power : x.enclose(2 * bits).first)).v);
    power *= low;
  }
  fmpz_lll_t method;
  fmpz_lll_context_init_default(method);
  fmpz_lll(lattice.v, nullptr, method);
  const Integer last = flint::to_integer(lattice.at(0, m));
  if (last == 0) return std::nullopt;
  Powers c;
  for (slong k = 0; k < m; ++k)
    c.push_back(Rational(Integer(-flint::to_integer(lattice.at(0, k))), last));
  trim(c);
  if (!compose({p.begin(), p.end()}, c, modulus).empty()) return std::nullopt;
  for (long more = bits;; more *= 2) {
    const Interval value = value_at(c, alpha.enclose(more)), own = x.enclose(bits);
    if (value.second <= own.first || value.first >= own.second) return std::nullopt;
    if (value.first > own.first && value.second < own.second) return c;
  }
}

/// Odd primes ℓ, from `next` on, at which α's polynomial stays squarefree and of its degree, with
/// the degrees of its factors there: those of the residue fields over ℓ.
class Reductions {
 public:
  explicit Reductions(const Algebraic& alpha) : p_(flint::to_flint(alpha.minimal_polynomial())) {}

  struct Reduction {
    ulong prime;
    std::set<slong> degrees;
  };
  Reduction next() {
    for (;;) {
      prime_ = n_nextprime(prime_, 1);
      nmod_poly_t reduced;
      nmod_poly_init(reduced, prime_);
      fmpz_poly_get_nmod_poly(reduced, p_.v);
      const bool good = nmod_poly_degree(reduced) == fmpz_poly_degree(p_.v) &&
                        nmod_poly_is_squarefree(reduced) != 0;
      Reduction result{prime_, {}};
      if (good) {
        nmod_poly_factor_t factors;
        nmod_poly_factor_init(factors);
        nmod_poly_factor(factors, reduced);
        for (slong k = 0; k < factors->num; ++k)
          result.degrees.insert(nmod_poly_degree(factors->p + k));
        nmod_poly_factor_clear(factors);
      }
      nmod_poly_clear(reduced);
      if (good) return result;
    }
  }

 private:
  FmpzPoly p_;
  ulong prime_ = 2;
};

/// For each radicand, a product of primes, whether √radicand lies in Q(α), and how.
///
/// Where √r lies in the field and ℓ has a residue field of odd degree, r is a square there, and so
/// modulo ℓ. Where √r does not lie in the field, infinitely many ℓ have a residue field of degree
/// one and r as no square (Chebotarev, for an automorphism over Q(α) that moves √r). So primes
/// refute every r that has no relation, and relations show the others.
std::vector<NumberField::Square> squares_among(const Algebraic& alpha,
                                               const std::vector<Integer>& primes) {
  constexpr size_t kMostPrimes = 16, kTests = 64;
  if (primes.size() > kMostPrimes)
    throw std::domain_error("a discriminant with more than 16 prime factors");
  std::vector<Integer> open;
  for (size_t subset = 1; subset < size_t{1} << primes.size(); ++subset) {
    Integer r = 1;
    for (size_t k = 0; k < primes.size(); ++k)
      if ((subset >> k & 1U) != 0) r *= primes[k];
    open.push_back(r);
  }
  std::vector<NumberField::Square> squares;
  Reductions reductions(alpha);
  for (long bits = 64; !open.empty(); bits *= 2) {
    for (size_t test = 0; test < kTests && !open.empty();) {
      const auto [prime, degrees] = reductions.next();
      const bool odd =
          std::any_of(degrees.begin(), degrees.end(), [](slong d) { return d % 2 == 1; });
      if (++test; !odd) continue;
      const auto no_square = [l = prime](const Integer& r) {
        return n_jacobi(static_cast<slong>(Integer(r % l).to_long()), l) == -1;
      };
      open.erase(std::remove_if(open.begin(), open.end(), no_square), open.end());
    }
    const auto shown = [&](const Integer& r) {
      auto root = relation(alpha, Algebraic(Surd::sqrt_of(Rational(r))), bits);
      if (root) squares.push_back({r, std::move(*root)});
      return root.has_value();
    };
    open.erase(std::remove_if(open.begin(), open.end(), shown), open.end());
  }
  std::sort(squares.begin(), squares.end(),
            [](const auto& a, const auto& b) { return a.radicand < b.radicand; });
  return squares;
}

}  // namespace

Surd element_of(const std::shared_ptr<const NumberField>& field, const Powers& powers) {
  Surd sum;
  for (unsigned k = 0; k < powers.size(); ++k)
    if (powers[k] != 0) sum += Surd(powers[k]) * Surd::basis_number({1, k}, field);
  return sum;
}

/// Residue fields refute, a relation shows, and sum_of() decides what is left: x is another root of
/// α's polynomial, say, of which residue fields tell nothing.
std::optional<Powers> in_powers_of(const Algebraic& alpha, const Algebraic& x) {
  if (x.is_rational()) return x.rational() == 0 ? Powers{} : Powers{x.rational()};
  if (degree(alpha) % degree(x) != 0) return std::nullopt;
  Reductions mine(alpha), others(x);
  for (int test = 0; test < 20; ++test) {
    auto a = mine.next(), b = others.next();
    while (a.prime != b.prime)
      (a.prime < b.prime ? a : b) = (a.prime < b.prime ? mine : others).next();
    const bool possible = std::all_of(a.degrees.begin(), a.degrees.end(), [&](slong f) {
      return std::any_of(b.degrees.begin(), b.degrees.end(), [f](slong g) { return f % g == 0; });
    });
    if (!possible) return std::nullopt;
  }
  for (const long bits : {64L, 256L, 1024L})
    if (auto found = relation(alpha, x, bits)) return found;
  if (degree(alpha) * degree(x) > kMostProduct)
    throw std::domain_error("irrational numbers of a large degree");
  const Sum s = sum_of(alpha, x);
  if (degree(s.gamma) != degree(alpha)) return std::nullopt;
  return in_powers(s.y, s.z, s.gamma.minimal_polynomial());
}

CommonField common_field(const std::vector<Algebraic>& numbers) {
  CommonField field{Algebraic(Rational(0)), {}};
  for (const Algebraic& x : numbers) {
    if (auto found = in_powers_of(field.alpha, x)) {
      field.numbers.push_back(std::move(*found));
      continue;
    }
    if (field.alpha.is_rational()) {
      field.alpha = x;
      field.numbers.push_back({0, 1});
      continue;
    }
    if (degree(field.alpha) * degree(x) > kMostProduct)
      throw std::domain_error("irrational numbers whose common field has a large degree");
    // Either x alone generates the new field, or the sum with the old generator does.
    const Sum s = sum_of(field.alpha, x);
    const Polynomial r = s.gamma.minimal_polynomial();
    const bool alone = degree(x) == r.size() - 1;
    const Powers old = alone ? in_powers(s.z, s.y, r) : s.y;
    field.alpha = alone ? x : s.gamma;
    const Polynomial modulus = field.alpha.minimal_polynomial();
    for (Powers& p : field.numbers) p = compose(p, old, modulus);
    field.numbers.push_back(alone ? Powers{0, 1} : s.z);
    if (modulus.size() - 1 > NumberField::kMostDegree)
      throw std::domain_error("irrational numbers whose common field has a large degree");
  }
  return field;
}

namespace {

/// In products of terms: nothing where the polynomial is short. Where it is not, squares_among()
/// looks for long relations, which grows with the square of their length at least.
size_t work_of_field(const Polynomial& p) {
  constexpr size_t kProducts = 1'000;
  constexpr long kShortBits = 150;
  long bits = 0;
  for (const Integer& c : p) bits += bit_length(c);
  const auto times = static_cast<size_t>(bits / kShortBits);
  return kProducts * times * times;
}

}  // namespace

std::shared_ptr<const NumberField> NumberField::of(const Algebraic& alpha) {
  static std::mutex mutex;
  static std::multimap<Polynomial, std::weak_ptr<const NumberField>> known;
  // The last ones stay: finding the square roots in a field takes longer than what is often asked.
  constexpr size_t kMostKept = 64;
  static std::deque<std::shared_ptr<const NumberField>> kept;
  const Polynomial p = alpha.minimal_polynomial();
  if (p.size() - 1 < kLeastDegree || p.size() - 1 > kMostDegree)
    throw std::domain_error("a number field of degree " + std::to_string(p.size() - 1) +
                            "; supported are 2 to " + std::to_string(kMostDegree));
  // Also of one that is known: what a budget ends at must not depend on what was asked before.
  if (auto* work = Assumptions::of_thread_or_null()) work->multiply(work_of_field(p));
  const std::lock_guard lock(mutex);
  for (auto it = known.begin(); it != known.end();) {
    const auto field = it->second.lock();
    if (field && it->first == p && compare(field->generator(), alpha) == 0) return field;
    it = field ? std::next(it) : known.erase(it);
  }
  std::shared_ptr<const NumberField> field(new NumberField(alpha));
  known.emplace(p, field);
  kept.push_back(field);
  if (kept.size() > kMostKept) kept.pop_front();
  return field;
}

NumberField::NumberField(const Algebraic& alpha)
    : minimal_(alpha.minimal_polynomial()), alpha_(Rational(0)) {
  // Q(√r) of a √r in the field has ramified primes, which ramify in the field as well and divide
  // the discriminant of α's polynomial.
  if (degree() % 2 == 0) {
    flint::Fmpz discriminant;
    fmpz_poly_discriminant(discriminant.v, flint::to_flint(minimal_).v);
    auto [primes, rest] = easy_primes(flint::to_integer(discriminant.v));
    unfactored_ = std::move(rest);
    squares_ = squares_among(alpha, primes);
  }
  const auto [low, high] = alpha.enclose(16);
  alpha_ = Algebraic(minimal_, low, high);  // shares nothing with the caller's
  Powers power{1};
  for (size_t k = 0; k + 1 < 2 * degree(); ++k) {
    powers_.push_back(power);
    power.insert(power.begin(), Rational(0));
    power = reduced(std::move(power), minimal_);
  }
}

std::pair<Rational, Rational> NumberField::enclose(long bits) const {
  const std::lock_guard lock(refining_);
  return alpha_.enclose(bits);
}

Algebraic NumberField::generator() const {
  const auto [low, high] = enclose(16);
  return {minimal_, low, high};
}

}  // namespace istcheck
