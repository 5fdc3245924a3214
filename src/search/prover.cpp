#include "search/prover.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "claim/scalar.hpp"
#include "dynamics/theta.hpp"
#include "exact/floating.hpp"
#include "exact/linalg.hpp"
#include "exact/number_field.hpp"

namespace istcheck::search {

using check::CongruenceSum;
using check::Question;
using check::Root;

namespace {

void put(std::vector<std::string>& words, const Mat& m) {
  for (const Number& x : m.entries()) words.push_back(text(x));
}

bool rational(const Mat& m) {
  return std::all_of(m.entries().begin(), m.entries().end(),
                     [](const Number& x) { return x.is_rational(); });
}

RationalMatrix to_rational(const Mat& m) {
  RationalMatrix r(Index(m.rows()), Index(m.columns()));
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < m.columns(); ++j) r(Index(i), Index(j)) = m.at(i, j).rational();
  return r;
}

/// The matrix of a linear map on symmetric d × d matrices, on the lists of their entries.
template <class Map>
Mat matrix_of(size_t d, const Map& map) {
  const size_t size = d * (d + 1) / 2;
  Mat result(size, size);
  for (size_t column = 0; column < size; ++column) {
    Mat list(size, 1);
    list.at(column, 0) = 1;
    const Mat image = packed(map(unpacked(list, d)));
    for (size_t row = 0; row < size; ++row) result.at(row, column) = image.at(row, 0);
  }
  return result;
}

/// The P with s P − T*(P) = I.
std::optional<Mat> resolvent(const CongruenceSum& t, const Rational& s, size_t d) {
  const Mat system = matrix_of(d, [&](const Mat& p) { return Number(s) * p - t.adjoint(p); });
  const auto list = solution_of(system, packed(Mat::identity(d)));
  return list ? std::optional(unpacked(*list, d)) : std::nullopt;
}

bool semidefinite(const Mat& m) { return !ldl_of(m).negative; }

/// Q(r) of an irrational root r.
Surd::Field field_of(const Root& r) {
  Integer scale = 1;
  for (const Rational& c : r.relation) scale = lcm(scale, denominator(c));
  Polynomial p;
  for (const Rational& c : r.relation) p.push_back(numerator(Rational(c * Rational(scale))));
  p.push_back(scale);
  return NumberField::of(Algebraic(p, r.low, r.high));
}

/// A non-zero S ⪰ 0 with T(S) = S, among the obvious candidates.
std::optional<Mat> fixed_matrix(const CongruenceSum& t, size_t d) {
  const auto basis = kernel_of(matrix_of(d, [&](const Mat& s) { return t.apply(s) - s; }));
  Mat sum(d, d);
  for (const Mat& list : basis) {
    const Mat s = unpacked(list, d);
    sum = sum + s;
    for (const Mat& candidate : {s, Number(-1) * s, sum})
      if (semidefinite(candidate)) return candidate;
  }
  return std::nullopt;
}

Rational floor_to(const Rational& x, long bits) {
  const Rational scaled = x * Rational(Integer(1) << static_cast<unsigned>(bits));
  Integer whole = numerator(scaled) / denominator(scaled);
  if (Rational(whole) > scaled) --whole;
  return Rational(whole) / Rational(Integer(1) << static_cast<unsigned>(bits));
}

}  // namespace

void Prover::record(std::vector<std::string> words) { waiting_.push_back({0, std::move(words)}); }

cert::Step Prover::answer(const Question& question) {
  if (waiting_.empty()) find(question);
  steps_.push_back(waiting_.front());
  waiting_.erase(waiting_.begin());
  return steps_.back();
}

void Prover::state(const std::string& line) {
  std::istringstream in(line);
  steps_.emplace_back();
  for (std::string word; in >> word;) steps_.back().words.push_back(word);
  if (steps_.back().rule() == "point") ++points_;
  // Within a statement: what is shown of the elements of a kind.
  static const std::set<std::string> inside{"element", "no", "refute", "unknown", "fact", "matrix"};
  if (inside.count(steps_.back().rule()) == 0) deciding_.reset();
}

bool Prover::skip() {
  if (points_ >= skipped_) return false;
  ++points_;
  steps_.push_back({0, {"skip"}});
  return true;
}

std::optional<bool> Prover::trusted(const std::string& what) {
  deciding_ = statements_++;
  spot_ = {points_ - 1, what};
  const auto found = trust_.find(*deciding_);
  if (found == trust_.end()) return std::nullopt;
  state("trust " + what + (found->second ? " yes" : " no"));
  return found->second;
}

bool Prover::narrowed(const std::string& line) {
  if (line == "given choice" && given_) {
    state(line);
    skipped_ = 0;
    return true;
  }
  constexpr std::string_view kElement = "element ";
  if (line.starts_with(kElement) && elements_) {
    element_ = elements_(points_ == 0 ? 0 : points_ - 1, line.substr(kElement.size()));
    if (element_) state(line);
    return element_.has_value();
  }
  if (line != "every value" || !every_value_) return false;
  state(line);
  return at_every_value_ = true;
}

/// Leaves in waiting_ either the answer, or roots to declare before it is asked for again.
void Prover::find(const Question& q) {
  const auto sum = [](auto begin, auto end) {
    CongruenceSum t;
    for (auto it = begin; it != end; it += 2)
      t.terms.emplace_back(it->at(0, 0).rational(), *(it + 1));
    return t;
  };
  switch (q.kind) {
    case Question::Kind::refutation:
      return close(q);
    case Question::Kind::choice:
      return value_of_choice(q.roots);
    case Question::Kind::definiteness:
      return definiteness(q.about[0]);
    case Question::Kind::inverse:
      return inverse(q.about[0]);
    case Question::Kind::root:
      return square_root(q.about[0].at(0, 0), q.roots);
    case Question::Kind::least:
      return least(q.about[0], q.about[1], q.roots);
    case Question::Kind::radius:
      if (q.about.size() == 1) return radius(q.about[0], q.roots);
      return square_radius(sum(q.about.begin(), q.about.end()));
    case Question::Kind::stationary:
      return stationary(sum(q.about.begin() + 1, q.about.end()), q.about[0]);
    case Question::Kind::inverse_root:
      return inverse_root(q.about[0], q.roots);
  }
}

/// The value of an element, or of the next variable.
void Prover::value_of_choice(const std::deque<Root>& roots) {
  const claim::Value& value = element_ ? *element_ : given_->at(given_next_).second;
  std::vector<std::string> words{"value"};
  const auto put = [&](const auto& x) {
    const auto number = known(x, roots);
    if (number) words.push_back(text(*number));
    return number.has_value();
  };
  if (const auto* m = std::get_if<SurdMatrix>(&value)) {
    for (Index i = 0; i < m->rows(); ++i)
      for (Index j = 0; j < m->cols(); ++j)
        if (!put((*m)(i, j))) return;
  } else {
    const auto& x = std::get<claim::Scalar>(value);
    if (x.expression() != nullptr) throw Unprovable("a value that is no algebraic number");
    if (!(x.surd() != nullptr ? put(*x.surd()) : put(*x.algebraic()))) return;
  }
  if (element_)
    element_.reset();
  else
    ++given_next_;
  record(std::move(words));
}

void Prover::definiteness(const Mat& m) {
  std::vector<std::string> words;
  Ldl f;
  if (rational(m)) {  // a rounded direction is shorter than an exact one
    const auto decision = decide_psd(to_rational(m));
    if (const auto* negative = std::get_if<NegativeDirection<Rational>>(&decision.witness)) {
      f.negative = Mat(m.rows(), 1);
      for (size_t i = 0; i < m.rows(); ++i) f.negative->at(i, 0) = negative->v(Index(i));
    }
  }
  if (!f.negative) f = ldl_of(m);
  if (f.negative) {
    words = {"negative"};
    put(words, *f.negative);
    return record(std::move(words));
  }
  words = {"ldl"};
  for (const size_t o : f.order) words.push_back(std::to_string(o + 1));
  for (size_t i = 1; i < m.rows(); ++i)
    for (size_t j = 0; j < i; ++j) words.push_back(text(f.lower.at(i, j)));
  for (const Number& p : f.pivots) words.push_back(text(p));
  record(std::move(words));
}

void Prover::inverse(const Mat& m) {
  std::vector<std::string> words;
  if (const auto x = solution_of(m, Mat::identity(m.rows()))) {
    words = {"inverse"};
    put(words, *x);
  } else {
    words = {"singular"};
    put(words, kernel_of(m).front());
  }
  record(std::move(words));
}

/// Whether the case declares the root: as alpha, the first one.
bool Prover::of_the_case(const Root& root) const {
  const auto first = [](const auto& entry) { return entry.second == 0; };
  return root.index == 1 && !root.relation.empty() &&
         std::none_of(root_of_prime_.begin(), root_of_prime_.end(), first) &&
         std::none_of(root_of_algebraic_.begin(), root_of_algebraic_.end(), first) &&
         std::none_of(root_of_long_.begin(), root_of_long_.end(), first);
}

/// The surd in roots √p of primes, in alpha of the case or of its own, and in unknowns; nothing,
/// with declarations waiting, when some are not known yet.
std::optional<Number> Prover::known(const Surd& x, const std::deque<Root>& roots,
                                    const std::deque<Root>* unknowns) {
  size_t next = roots.size();
  for (const Integer& p : primes_of(x)) {
    if (root_of_prime_.count(p) > 0) continue;
    root_of_prime_[p] = next++;
    const Integer low = sqrt(p);
    record({"root", (-p).str(), "0", low.str(), Integer(low + 1).str()});
  }
  if (!waiting_.empty()) return std::nullopt;
  size_t alpha = 0;
  if (x.field() != nullptr &&
      (roots.empty() || !of_the_case(roots[0]) || field_of(roots[0]) != x.field())) {
    const Algebraic generator = x.field()->generator();
    const auto found =
        std::find_if(root_of_algebraic_.begin(), root_of_algebraic_.end(),
                     [&](const auto& e) { return compare(e.first, generator) == 0; });
    if (found == root_of_algebraic_.end()) {
      declare(generator, roots);
      return std::nullopt;
    }
    alpha = found->second;
  }
  Number sum;
  for (const auto& [b, q] : x.terms()) {
    Number term = q;
    for (unsigned k = 0; k < b.power; ++k) term = term * Number(roots[alpha]);
    for (const auto& [number, power] : b.unknowns)
      for (unsigned k = 0; k < power; ++k) term = term * Number(unknowns->at(number - 1));
    for (const auto& [p, index] : root_of_prime_)
      if (b.radicand % p == 0) term = term * Number(roots[index]);
    sum = sum + term;
  }
  return sum;
}

/// x as t, −t, 1/t or −1/t of a root t that is known, so that such relations do not stay hidden.
std::optional<Number> Prover::related(const Algebraic& x, const std::deque<Root>& roots) const {
  for (const auto& [value, index] : root_of_algebraic_) {
    const Number t(roots[index]);
    for (const int sign : {1, -1}) {
      const Algebraic y = x.affine(sign, 0);
      if (compare(value, y) == 0) return Number(sign) * t;
      const Polynomial p = y.minimal_polynomial();
      Polynomial reversed(p.rbegin(), p.rend());
      if (reversed.back() < 0)
        for (auto& c : reversed) c = -c;
      if (reversed != value.minimal_polynomial()) continue;
      const Number candidate = reciprocal_of(t);
      const auto [low, high] = y.enclose(200);
      if (sign_of(candidate - Number(low)) > 0 && sign_of(Number(high) - candidate) > 0)
        return Number(sign) * candidate;
    }
  }
  return std::nullopt;
}

/// The number, or nothing with the declaration of a root waiting.
std::optional<Number> Prover::known(const Algebraic& x, const std::deque<Root>& roots) {
  if (const claim::Scalar s(x); s.surd() != nullptr) return known(*s.surd(), roots);
  if (!roots.empty() && of_the_case(roots[0])) {
    const auto field = field_of(roots[0]);
    if (const auto powers = in_powers_of(field->generator(), x))
      return known(element_of(field, *powers), roots);
  }
  if (auto found = related(x, roots)) return found;
  declare(x, roots);
  return std::nullopt;
}

void Prover::declare(const Algebraic& x, const std::deque<Root>& roots) {
  const Polynomial p = x.minimal_polynomial();
  const auto [low, high] = monotone_interval(x);
  std::vector<std::string> words{"root"};
  for (size_t k = 0; k + 1 < p.size(); ++k)
    words.push_back(istcheck::to_string(Rational(Rational(p[k]) / Rational(p.back()))));
  words.push_back(istcheck::to_string(low));
  words.push_back(istcheck::to_string(high));
  root_of_algebraic_.emplace_back(x, roots.size());
  record(std::move(words));
}

/// With `algebraic` also numbers with one root of another kind. Throws std::domain_error when two
/// meet.
std::optional<Surd> Prover::surd_of(const Number& x, bool algebraic) const {
  Surd sum(x.rational());
  for (const auto& [m, q] : x.rest()) {
    Surd term(q);
    for (const auto& [base, power] : m) {
      if (of_the_case(*base)) {
        term *= Surd::basis_number({1, power}, field_of(*base));
        continue;
      }
      if (base->free) {
        for (unsigned k = 0; k < power; ++k) term *= Surd::unknown(unsigned(base->index));
        continue;
      }
      const size_t index = base->index;
      const auto other = std::find_if(root_of_algebraic_.begin(), root_of_algebraic_.end(),
                                      [&](const auto& e) { return e.second + 1 == index; });
      if (algebraic && other != root_of_algebraic_.end()) {
        term *= Surd::basis_number({1, power}, NumberField::of(other->first));
        continue;
      }
      const auto prime = std::find_if(root_of_prime_.begin(), root_of_prime_.end(),
                                      [&](const auto& e) { return e.second + 1 == index; });
      if (prime == root_of_prime_.end() || power != 1) return std::nullopt;
      term *= Surd::sqrt_of(Rational(prime->first));
    }
    sum += term;
  }
  return sum;
}

std::optional<SurdMatrix> Prover::surds_of(const Mat& m) const {
  SurdMatrix result(Index(m.rows()), Index(m.columns()));
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < m.columns(); ++j) {
      const auto s = surd_of(m.at(i, j));
      if (!s) return std::nullopt;
      result(Index(i), Index(j)) = *s;
    }
  return result;
}

void Prover::square_root(const Number& x, const std::deque<Root>& roots) {
  if (!x.is_rational()) throw Unprovable("the square root of an irrational number");
  std::optional<Surd> y;
  try {
    y = Surd::sqrt_of(x.rational());
  } catch (const std::domain_error&) {  // a radicand that cannot be factored
  }
  if (y && !y->is_rational() && !roots.empty() && of_the_case(roots[0])) {
    // As powers of the case's alpha where it is one, so that equal numbers look equal.
    try {
      const auto field = field_of(roots[0]);
      if (const auto powers = in_powers_of(field->generator(), Algebraic(*y)))
        y = element_of(field, *powers);
    } catch (const std::domain_error&) {
    }
  }
  const auto number = y ? known(*y, roots) : root_of_long(x.rational(), roots);
  if (number) record({"sqrt", text(*number)});
}

/// √x as a root of its own, or as a multiple of one of these: q √r where x = q² r.
std::optional<Number> Prover::root_of_long(const Rational& x, const std::deque<Root>& roots) {
  for (const auto& [r, index] : root_of_long_) {
    const Rational square = x / r;
    const Integer p = sqrt(numerator(square)), q = sqrt(denominator(square));
    if (p * p == numerator(square) && q * q == denominator(square))
      return Number(Rational(p, q)) * Number(roots[index]);
  }
  root_of_long_.emplace_back(x, roots.size());
  // ⌊2^k √x⌋/2^k and the next one, k so that this is not 0.
  const long bits = std::max(0L, bit_length(denominator(x)) - bit_length(numerator(x))) / 2 + 2;
  const Integer scale = Integer(1) << static_cast<unsigned>(bits);
  const Integer whole = sqrt(Integer(numerator(x) * scale * scale / denominator(x)));
  record({"root", istcheck::to_string(Rational(-x)), "0",
          istcheck::to_string(Rational(whole, scale)),
          istcheck::to_string(Rational(Integer(whole + 1), scale))});
  return std::nullopt;
}

namespace {

/// vᵀMv for the columns v of a basis.
Mat form_on(const std::vector<Mat>& basis, const Mat& m) {
  return {basis.size(), basis.size(),
          [&](size_t i, size_t j) { return (basis[i].transposed() * m * basis[j]).at(0, 0); }};
}

Mat combination(const std::vector<Mat>& basis, const Mat& c) {
  Mat sum(basis.front().rows(), 1);
  for (size_t k = 0; k < basis.size(); ++k) sum = sum + c.at(k, 0) * basis[k];
  return sum;
}

/// A combination v of the basis with vᵀMv > 0; else one with vᵀMv = 0 and Mv ≠ 0.
std::optional<Mat> upwards(const std::vector<Mat>& basis, const Mat& m) {
  if (basis.empty()) return std::nullopt;
  const Mat form = form_on(basis, m);
  if (const auto c = ldl_of(Number(-1) * form).negative) return combination(basis, *c);
  for (const Mat& c : kernel_of(form)) {
    Mat v = combination(basis, c);
    const Mat image = m * v;
    for (const Number& x : image.entries())
      if (sign_of(x) != 0) return v;
  }
  return std::nullopt;
}

}  // namespace

/// Why A ⪯ tB for no t: one vector, or two whose bounds for t exclude each other. Each t between
/// the bounds so far gives a vector with vᵀ(tB − A)v < 0, and so a better bound.
std::vector<std::string> Prover::none(const Mat& a, const Mat& b) {
  std::vector<std::string> words;
  if (const auto v = upwards(kernel_of(b), a)) {
    words = {"none"};
    put(words, *v);
    return words;
  }
  std::optional<std::pair<Rational, Mat>> above, below;  // t is at least, at most
  Rational t = 0, stride = 1;
  for (int step = 0; step < 200; ++step) {
    const auto v = ldl_of(Number(t) * b - a).negative;
    if (!v) break;
    const Number slope = form(*v, b);
    const int side = sign_of(slope);
    if (side == 0) {
      words = {"none"};
      put(words, *v);
      return words;
    }
    (side > 0 ? above : below) = std::pair(t, *v);
    if (above && below) {
      const Mat &v = above->second, &w = below->second;
      if (sign_of(form(w, a) * form(v, b) - form(v, a) * form(w, b)) > 0) {
        words = {"apart"};
        put(words, v);
        put(words, w);
        return words;
      }
      t = (above->first + below->first) / 2;
    } else {
      t += side > 0 ? stride : Rational(-stride);
      stride *= 2;
    }
  }
  throw Unprovable("why no multiple of a matrix exceeds another");
}

void Prover::least(const Mat& a, const Mat& b, const std::deque<Root>& roots) {
  LeastTheta t;
  if (rational(a) && rational(b)) {
    t = least_theta(to_rational(a), to_rational(b));
  } else {
    const auto sa = surds_of(a), sb = surds_of(b);
    if (!sa || !sb) throw Unprovable("an eigenvalue over algebraic numbers");
    t = least_theta(*sa, *sb);
  }
  if (t.without_end) return record({"below", istcheck::to_string(*t.without_end)});
  if (!t.least) return record(none(a, b));
  const auto number = known(*t.least, roots);
  if (!number) return;
  const auto v = upwards(kernel_of(*number * b - a), b);
  if (!v) throw Unprovable("an eigenvector");
  std::vector<std::string> words{"least", text(*number)};
  put(words, *v);
  record(std::move(words));
}

void Prover::radius(const Mat& a, const std::deque<Root>& roots) {
  const size_t d = a.rows();
  std::optional<Algebraic> r;
  if (rational(a)) {
    r = spectral_radius(to_rational(a));
  } else {
    const auto s = surds_of(a);
    if (!s) throw Unprovable("a spectral radius over algebraic numbers");
    r = spectral_radius(*s);
  }
  // Of an eigenvalue of high degree an interval is shown sooner than the number.
  constexpr size_t kMostDegree = 2;
  if (!a.symmetric() && r->minimal_polynomial().size() > kMostDegree + 1)
    return radius_interval({{{Number(1), a}}}, *r, true);
  const auto number = known(*r, roots);
  if (!number) return;
  const Mat p = Mat::identity(d);
  for (const int sign : {1, -1}) {
    const auto eigenvectors = kernel_of(a - (Number(sign) * *number) * p);
    if (eigenvectors.empty()) continue;
    if (!semidefinite(*number * *number * p - a.transposed() * a)) break;
    std::vector<std::string> words{"radius", text(*number), std::to_string(sign)};
    put(words, eigenvectors.front());
    put(words, packed(p));
    return record(std::move(words));
  }
  radius_interval({{{Number(1), a}}}, *r, true);
}

void Prover::square_radius(const CongruenceSum& t) {
  const size_t d = t.terms.front().second.rows();
  const Mat op = matrix_of(d, [&](const Mat& s) { return t.apply(s); });
  std::optional<Algebraic> rho;
  if (rational(op)) {
    rho = cone_spectral_radius(to_rational(op));
  } else {
    const auto s = surds_of(op);
    if (!s) throw Unprovable("a spectral radius over algebraic numbers");
    rho = cone_spectral_radius(*s);
  }
  radius_interval(t, *rho, false);
}

/// An interval about ρ(T), or about ρ(A) of the only A in T (`single`), whose square is ρ(T). It
/// has 1 inside only when ρ = 1, which is then its low end.
void Prover::radius_interval(const CongruenceSum& t, const Algebraic& rho, bool single) {
  const size_t d = t.terms.front().second.rows();
  const auto of_sum = [single](const Rational& x) { return single ? Rational(x * x) : x; };
  const int side = compare(rho, Algebraic(Rational(1)));
  for (long bits = 8; bits <= 256; bits *= 2) {
    const Rational step(Integer(1), Integer(1) << static_cast<unsigned>(bits));
    const auto [below, above] = rho.enclose(2 * bits);
    const Rational high = floor_to(above, bits) + 2 * step;
    Rational low = floor_to(below, bits) - step;
    if (low < 0) low = 0;
    if (side == 0) low = 1;
    if ((side < 0 && high >= 1) || (side > 0 && low < 1)) continue;
    const auto p = resolvent(t, of_sum(high), d);
    std::optional<Mat> r;
    if (side == 0) {
      r = fixed_matrix(t, d);
    } else if (low > 0) {
      // low R' − T*(R') = I, so R = low R' solves R − T*(R)/low = I
      r = resolvent(t, of_sum(low), d);
      if (r) r = Number(of_sum(low)) * *r;
    }
    if (!p || (low > 0 && !r)) continue;
    std::vector<std::string> words{"between", istcheck::to_string(low), istcheck::to_string(high)};
    put(words, packed(*p));
    if (low > 0) put(words, packed(*r));
    return record(std::move(words));
  }
  throw Unprovable("an interval about a spectral radius");
}

void Prover::stationary(const CongruenceSum& t, const Mat& noise) {
  const size_t D = noise.rows(), d = D - 1;
  CongruenceSum linear;
  for (const auto& [w, a] : t.terms) linear.terms.emplace_back(w, a.block(0, 0, d, d));
  const auto p = resolvent(linear, 1, d);
  std::vector<std::string> words;
  if (!p || !semidefinite(*p)) {
    const auto r = p ? p : fixed_matrix(linear, d);
    if (!r) throw Unprovable("that a method is unstable");
    words = {"unstable"};
    put(words, packed(*r));
    return record(std::move(words));
  }
  // M − T(M) = N in the entries but the last, which is 1.
  const Mat system = matrix_of(D, [&](const Mat& m) { return m - t.apply(m); });
  const size_t free = system.rows() - 1;
  const Mat right = packed(noise).block(0, 0, free, 1) - system.block(0, free, free, 1);
  const auto list = solution_of(system.block(0, 0, free, free), right);
  if (!list) throw Unprovable("a stationary second moment");
  Mat full(free + 1, 1);
  for (size_t k = 0; k < free; ++k) full.at(k, 0) = list->at(k, 0);
  full.at(free, 0) = 1;
  words = {"stationary"};
  put(words, full);
  put(words, packed(*p));
  record(std::move(words));
}

namespace {

/// The fraction with the least denominator up to 10⁶ next to x, by continued fractions: a proposal.
Rational short_fraction(double x) {
  Integer p0 = 0, q0 = 1, p1 = 1, q1 = 0;
  for (int step = 0; step < 40; ++step) {
    const double whole = std::floor(x);
    const Integer w(static_cast<long>(whole)), p = w * p1 + p0, q = w * q1 + q0;
    if (q > 1'000'000 || !(std::abs(whole) < 1e9)) break;
    p0 = p1, q0 = q1, p1 = p, q1 = q;
    if (std::abs(x - whole) < 1e-9) break;
    x = 1 / (x - whole);
  }
  return q1 == 0 ? Rational(0) : Rational(p1, q1);
}

}  // namespace

void Prover::inverse_root(const Mat& l, const std::deque<Root>& roots) {
  const size_t d = l.rows();
  const RationalMatrix L = to_rational(l);
  Mat x(d, d);
  if (RationalMatrix off = L; (off.diagonal().setZero(), off.isZero())) {
    for (size_t i = 0; i < d; ++i) {
      const auto root = known(Surd::sqrt_of(Rational(1 / l.at(i, i).rational())), roots);
      if (!root) return;
      x.at(i, i) = *root;
    }
  } else {
    const Matrix<double> guess = floating_inverse_root(L);
    for (size_t i = 0; i < d; ++i)
      for (size_t j = 0; j < d; ++j) x.at(i, j) = short_fraction(guess(Index(i), Index(j)));
    if (!(x * x * l == Mat::identity(d))) throw Unprovable("the inverse square root of a matrix");
  }
  std::vector<std::string> words{"inverse-root"};
  put(words, packed(x));
  record(std::move(words));
}

}  // namespace istcheck::search
