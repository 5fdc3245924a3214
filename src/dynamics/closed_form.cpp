// E[X M Yᵀ] for two selection terms, from inclusion probabilities alone.
//
// Let X = P_i^{·} G P_i^{·} and Y = P_j^{·} H P_j^{·}, each side selected or not. Then
//
//     E[X M Yᵀ]_{ab} = Σ_{k,l} G_ak M_kl H_bl · w(a, k, l, b),
//
// where w is the probability that the selected ones among a, k lie in S_i and those among l, b in
// S_j. Coordinates are exchangeable, so w depends only on which of the four indices are equal: on a
// set partition π of the four positions. Write T_τ for the sum over the tuples that satisfy at
// least the equalities of τ. If v is defined by Σ_{τ ≤ π} v(τ) = w(π) for every π (τ ≤ π: τ is
// finer), each tuple of exact pattern π is counted Σ_{τ ≤ π} v(τ) = w(π) times, so
//
//     E[X M Yᵀ] = Σ_τ v(τ) T_τ(X, Y),
//
// with fifteen T_τ, each a product of the matrices and their diagonals. For i ≠ j the weights are
// the same for every pair, and T_τ is bilinear, so the sum over all pairs needs only
//
//     Σ_{i,j} = Σ_τ v_cross(τ) T_τ(Σ_i X_i, Σ_j Y_j) + Σ_i Σ_τ (v_same − v_cross)(τ) T_τ(X_i, Y_i).
//
// For Perm-q these are the weights q^(r)/d^(r) and q^(r) q^(s)/d^(r+s) in falling factorials. The
// constant K joins as one more worker with nothing selected: every weight of it is a weight of the
// other side alone, which both laws give.
#include "dynamics/closed_form.hpp"

#include <array>
#include <cmath>

#include "exact/word_matrix.hpp"

namespace istcheck {
namespace {

constexpr int kPatterns = 15;
/// Set partitions of the positions (a, k, l, b); equal labels are equal indices.
constexpr std::array<std::array<int, 4>, kPatterns> kPartition = {{{0, 1, 2, 3},
                                                                   {0, 0, 1, 2},
                                                                   {0, 1, 2, 2},
                                                                   {0, 0, 1, 1},
                                                                   {0, 1, 1, 2},
                                                                   {0, 1, 0, 2},
                                                                   {0, 1, 2, 1},
                                                                   {0, 1, 2, 0},
                                                                   {0, 1, 0, 1},
                                                                   {0, 1, 1, 0},
                                                                   {0, 0, 0, 1},
                                                                   {0, 0, 1, 0},
                                                                   {0, 1, 0, 0},
                                                                   {0, 1, 1, 1},
                                                                   {0, 0, 0, 0}}};
/// The same by name: what is equal.
enum Pattern {
  all_free,
  ak,
  lb,
  ak_lb,
  kl,
  al,
  kb,
  ab,
  al_kb,
  ab_kl,
  akl,
  akb,
  alb,
  klb,
  all_equal
};

bool finer(int sigma, int tau) {
  for (size_t p = 0; p < 4; ++p)
    for (size_t q = 0; q < p; ++q)
      if (kPartition[static_cast<size_t>(sigma)][p] == kPartition[static_cast<size_t>(sigma)][q] &&
          kPartition[static_cast<size_t>(tau)][p] != kPartition[static_cast<size_t>(tau)][q])
        return false;
  return true;
}

/// Which sides of a term are selected.
struct Flags {
  bool left = false, right = false;
  friend auto operator<=>(const Flags&, const Flags&) = default;
};

using Weights = std::array<Rational, kPatterns>;

/// w(π) for X selected as x and Y as y, by the same worker or by two different ones.
Rational weight(const SelectionLaw& law, int pattern, Flags x, Flags y, bool same_worker) {
  const auto& label = kPartition[static_cast<size_t>(pattern)];
  std::array<bool, 4> in_i{}, in_j{};  // by label
  if (x.left) in_i[static_cast<size_t>(label[0])] = true;
  if (x.right) in_i[static_cast<size_t>(label[1])] = true;
  if (y.right) in_j[static_cast<size_t>(label[2])] = true;
  if (y.left) in_j[static_cast<size_t>(label[3])] = true;
  int r = 0, s = 0, t = 0;
  for (size_t block = 0; block < 4; ++block) {
    if (in_i[block] && in_j[block])
      ++t;
    else if (in_i[block])
      ++r;
    else if (in_j[block])
      ++s;
  }
  return same_worker ? law.same(r + s + t) : law.cross(r, s, t);
}

/// The v with Σ_{τ ≤ π} v(τ) = w(π), found from the finest partition (four blocks) to the coarsest.
Weights invert(const Weights& w) {
  Weights v;
  std::array<bool, kPatterns> done{};
  const auto blocks = [](int p) {
    int top = 0;
    for (const int label : kPartition[static_cast<size_t>(p)]) top = std::max(top, label);
    return top;
  };
  for (int level = 3; level >= 0; --level)
    for (int pi = 0; pi < kPatterns; ++pi) {
      if (blocks(pi) != level) continue;
      Rational value = w[static_cast<size_t>(pi)];
      for (int tau = 0; tau < kPatterns; ++tau)
        if (done[static_cast<size_t>(tau)] && tau != pi && finer(tau, pi))
          value -= v[static_cast<size_t>(tau)];
      v[static_cast<size_t>(pi)] = value;
      done[static_cast<size_t>(pi)] = true;
    }
  return v;
}

template <class T>
using Coefficients = std::array<T, kPatterns>;

/// acc += Σ_τ c_τ T_τ(X, Y) for symmetric S, given XS and YS.
template <class T>
void accumulate(const Coefficients<T>& c, const SquareMatrix<T>& X, const SquareMatrix<T>& S,
                const SquareMatrix<T>& Y, const SquareMatrix<T>& XS, const SquareMatrix<T>& YS,
                SquareMatrix<T>& acc) {
  const int n = X.size;
  if (!is_zero(c[all_free]) || !is_zero(c[kl])) {
    // c₀ X S Yᵀ + c_{k=l} X Diag(S) Yᵀ in one product.
    SquareMatrix<T> left(n), product(n);
    for (int a = 0; a < n; ++a)
      for (int l = 0; l < n; ++l) {
        if (!is_zero(c[all_free])) add_product(left(a, l), c[all_free], XS(a, l));
        if (!is_zero(c[kl])) add_product(left(a, l), c[kl], X(a, l) * S(l, l));
      }
    multiply_transposed(left, Y, product);
    for (size_t e = 0; e < product.entries.size(); ++e) acc.entries[e] += product.entries[e];
  }
  // X_ab (c_{k=b} (YS)_bb + c_{k=l=b} S_bb Y_bb), collected by column; the like by row.
  std::vector<T> by_column(static_cast<size_t>(n)), by_row(static_cast<size_t>(n)),
      scaled_diagonal(static_cast<size_t>(n));
  for (int b = 0; b < n; ++b) {
    const auto at = static_cast<size_t>(b);
    by_column[at] = c[kb] * YS(b, b) + c[klb] * (S(b, b) * Y(b, b));
    by_row[at] = c[al] * XS(b, b) + c[akl] * (X(b, b) * S(b, b));
    scaled_diagonal[at] = c[ak] * X(b, b);
  }
  const bool pairs = !is_zero(c[al_kb]), diagonals = !is_zero(c[ak_lb]), column = !is_zero(c[lb]);
  for (int a = 0; a < n; ++a) {
    const T& row_factor = by_row[static_cast<size_t>(a)];
    const T& diagonal_factor = scaled_diagonal[static_cast<size_t>(a)];
    const T both = diagonals ? c[ak_lb] * X(a, a) : T(0);
    for (int b = 0; b < n; ++b) {
      T& out = acc(a, b);
      const auto at = static_cast<size_t>(b);
      if (!is_zero(X(a, b))) {
        add_product(out, X(a, b), by_column[at]);
        if (pairs) add_product(out, c[al_kb] * X(a, b), S(a, b) * Y(b, a));
      }
      if (!is_zero(row_factor)) add_product(out, row_factor, Y(b, a));
      if (!is_zero(diagonal_factor)) add_product(out, diagonal_factor, YS(b, a));
      if (!is_zero(Y(b, b))) {
        if (!is_zero(both)) add_product(out, both * S(a, b), Y(b, b));
        if (column) add_product(out, c[lb] * XS(a, b), Y(b, b));
      }
    }
    T& out = acc(a, a);
    for (int k = 0; k < n; ++k) {
      if (is_zero(Y(a, k))) continue;
      add_product(out, c[ab] * XS(a, k) + c[ab_kl] * (X(a, k) * S(k, k)), Y(a, k));
    }
    add_product(out, c[akb] * X(a, a), YS(a, a));
    add_product(out, c[alb] * XS(a, a) + c[all_equal] * (X(a, a) * S(a, a)), Y(a, a));
  }
}

/// Terms with selected sides restricted to free coordinates; a selected side of an `always`
/// coordinate is no selection at all. At most four pieces.
std::vector<SelectionTerm> without_always(const SelectionTerm& term,
                                          const std::vector<bool>& always) {
  std::vector<SelectionTerm> pieces;
  for (const bool row_free : {true, false})
    for (const bool column_free : {true, false}) {
      if ((!term.left && !row_free) || (!term.right && !column_free)) continue;
      SelectionTerm piece{term.left && row_free, term.right && column_free, term.radicand, term.G};
      const auto fixed = [&](Eigen::Index i) {
        return i < static_cast<Eigen::Index>(always.size()) && always[static_cast<size_t>(i)];
      };
      for (Eigen::Index i = 0; i < term.G.rows(); ++i)
        for (Eigen::Index j = 0; j < term.G.cols(); ++j)
          if ((term.left && fixed(i) == row_free) || (term.right && fixed(j) == column_free))
            piece.G(i, j) = 0;
      if (!piece.G.isZero(0)) pieces.push_back(std::move(piece));
    }
  return pieces;
}

bool any(const std::vector<bool>& flags) {
  for (const bool f : flags)
    if (f) return true;
  return false;
}

/// Equal flags and radicand for all workers: one matrix each (zero where a worker has none).
struct Class {
  Flags flags;
  Integer radicand;
  std::vector<RationalMatrix> by_worker;
};

template <class T>
struct ClearedClass {
  std::vector<SquareMatrix<T>> by_worker;
  std::vector<bool> zero;
  SquareMatrix<T> sum{0};
};

long bits_of(const Integer& x) { return x == 0 ? 0 : static_cast<long>(msb(Integer(abs(x)))) + 1; }

}  // namespace

RadicalMatrix mean_of_terms(const SelectionLaw& law,
                            const std::vector<std::vector<SelectionTerm>>& terms) {
  RadicalMatrix result;
  const Rational once = law.same(1), twice = law.same(2);
  const bool split = any(law.always());
  const auto add = [&](const SelectionTerm& term) {
    RationalMatrix mean = term.G;
    if (term.left && term.right) {
      const RationalVector diagonal = term.G.diagonal() * once;
      mean *= twice;
      mean.diagonal() = diagonal;
    } else if (term.left || term.right) {
      mean *= once;
    }
    auto [it, fresh] = result.try_emplace(term.radicand, mean);
    if (!fresh) it->second += mean;
  };
  for (const auto& worker : terms)
    for (const SelectionTerm& term : worker) {
      if (!split) {
        add(term);
        continue;
      }
      for (const SelectionTerm& piece : without_always(term, law.always())) add(piece);
    }
  return result;
}

struct ClosedForm::Impl {
  int size = 0;
  std::vector<Class> classes;
  Integer term_denominator = 1;
  Integer coefficient_denominator = 1;
  long term_bits = 0, coefficient_bits = 0;
  /// [x][y] for x <= y: integer coefficients over coefficient_denominator.
  std::vector<std::vector<Coefficients<Integer>>> cross, difference;
  std::vector<ClearedClass<Z>> large;
  std::vector<ClearedClass<std::int64_t>> small;

  template <class T>
  static std::vector<ClearedClass<T>> clear(const std::vector<Class>& classes, int size,
                                            const Integer& denominator) {
    std::vector<ClearedClass<T>> result;
    for (const Class& c : classes) {
      ClearedClass<T> out;
      out.sum = SquareMatrix<T>(size);
      for (const RationalMatrix& m : c.by_worker) {
        out.zero.push_back(m.size() == 0);
        if (m.size() == 0) {
          out.by_worker.emplace_back(0);
          continue;
        }
        out.by_worker.push_back(cleared<T>(m, denominator));
        for (size_t e = 0; e < out.sum.entries.size(); ++e)
          out.sum.entries[e] += out.by_worker.back().entries[e];
      }
      result.push_back(std::move(out));
    }
    return result;
  }

  void collect(const RandomAffineMap& map, bool transposed) {
    const size_t workers = map.terms().size() + 1;  // the last one carries the constant
    const auto put = [&](size_t worker, SelectionTerm term) {
      if (transposed) {
        std::swap(term.left, term.right);
        term.G.transposeInPlace();
      }
      const Flags flags{term.left, term.right};
      for (Class& c : classes)
        if (c.flags == flags && c.radicand == term.radicand) {
          RationalMatrix& m = c.by_worker[worker];
          m = m.size() == 0 ? term.G : RationalMatrix(m + term.G);
          return;
        }
      Class fresh{flags, term.radicand, std::vector<RationalMatrix>(workers)};
      fresh.by_worker[worker] = std::move(term.G);
      classes.push_back(std::move(fresh));
    };
    const auto* law = map.sketch().law();
    const bool split = law != nullptr && any(law->always());
    for (size_t i = 0; i + 1 < workers; ++i)
      for (const SelectionTerm& term : map.terms()[i]) {
        if (!split) {
          put(i, term);
          continue;
        }
        for (SelectionTerm& piece : without_always(term, law->always())) put(i, std::move(piece));
      }
    if (!map.constant().isZero(0)) put(workers - 1, {false, false, 1, map.constant()});
  }

  void weigh(const SelectionLaw* law) {
    const auto weights = [&](Flags x, Flags y, bool same) {
      Weights w;
      for (int p = 0; p < kPatterns; ++p)
        w[static_cast<size_t>(p)] = law ? weight(*law, p, x, y, same) : Rational(1);
      return invert(w);
    };
    std::map<std::pair<Flags, Flags>, std::pair<Weights, Weights>> table;
    for (const Class& x : classes)
      for (const Class& y : classes) {
        auto [it, fresh] = table.try_emplace({x.flags, y.flags});
        if (!fresh) continue;
        it->second.first = weights(x.flags, y.flags, false);
        it->second.second = weights(x.flags, y.flags, true);
        for (size_t p = 0; p < kPatterns; ++p) {
          it->second.second[p] -= it->second.first[p];
          for (const Rational* q : {&it->second.first[p], &it->second.second[p]})
            coefficient_denominator = lcm(coefficient_denominator, denominator(*q));
        }
      }
    Integer total = 0;
    const auto integral = [&](const Weights& v) {
      Coefficients<Integer> c;
      for (size_t p = 0; p < kPatterns; ++p) {
        c[p] = numerator(v[p]) * (coefficient_denominator / denominator(v[p]));
        total += abs(c[p]);
      }
      return c;
    };
    for (const Class& x : classes) {
      cross.emplace_back();
      difference.emplace_back();
      for (const Class& y : classes) {
        const auto& [v_cross, v_difference] = table.at({x.flags, y.flags});
        cross.back().push_back(integral(v_cross));
        difference.back().push_back(integral(v_difference));
      }
    }
    coefficient_bits = bits_of(total);
  }

  /// Whether every intermediate of push fits a word: |T_τ(ΣX, ΣY)| ≤ D² (w max|X|)² max|S| for w
  /// workers, times the sum of all |coefficients|; one bit each for sign and for the mirrored half.
  bool fits_words(long m_bits) const {
    const long workers = classes.empty() ? 1 : static_cast<long>(classes.front().by_worker.size());
    return !small.empty() && 2 * bits_of(workers) + 2 * bits_of(size) + 2 * term_bits + m_bits +
                                     coefficient_bits + 2 <=
                                 62;
  }

  template <class T>
  RadicalMatrix push(const std::vector<ClearedClass<T>>& cleared_classes, const RationalMatrix& m,
                     const Integer& m_denominator) const {
    const SquareMatrix<T> S = cleared<T>(m, m_denominator);
    struct Products {
      std::vector<SquareMatrix<T>> by_worker;
      SquareMatrix<T> sum{0};
    };
    std::vector<Products> with_S;  // X S for every X
    for (const auto& c : cleared_classes) {
      Products p;
      p.sum = SquareMatrix<T>(size);
      multiply(c.sum, S, p.sum);
      for (size_t i = 0; i < c.by_worker.size(); ++i) {
        p.by_worker.emplace_back(c.zero[i] ? 0 : size);
        if (!c.zero[i]) multiply(c.by_worker[i], S, p.by_worker.back());
      }
      with_S.push_back(std::move(p));
    }
    const auto as_words = [](const Coefficients<Integer>& c) {
      Coefficients<T> result;
      for (size_t p = 0; p < kPatterns; ++p) {
        if constexpr (std::is_same_v<T, Z>)
          result[p] = Z(c[p]);
        else
          result[p] = static_cast<T>(c[p]);
      }
      return result;
    };
    std::map<Integer, SquareMatrix<T>> sums;
    for (size_t x = 0; x < classes.size(); ++x)
      for (size_t y = x; y < classes.size(); ++y) {
        SquareMatrix<T> acc(size);
        const auto& X = cleared_classes[x];
        const auto& Y = cleared_classes[y];
        accumulate(as_words(cross[x][y]), X.sum, S, Y.sum, with_S[x].sum, with_S[y].sum, acc);
        const Coefficients<T> own = as_words(difference[x][y]);
        const bool nothing =
            std::all_of(own.begin(), own.end(), [](const T& c) { return is_zero(c); });
        for (size_t i = 0; i < X.by_worker.size() && !nothing; ++i)
          if (!X.zero[i] && !Y.zero[i])
            accumulate(own, X.by_worker[i], S, Y.by_worker[i], with_S[x].by_worker[i],
                       with_S[y].by_worker[i], acc);
        // √r √s = g √(rs/g²); the pair (y, x) is the transpose because M is symmetric.
        const Integer g = gcd(classes[x].radicand, classes[y].radicand);
        const Integer radicand = (classes[x].radicand / g) * (classes[y].radicand / g);
        auto& sum = sums.try_emplace(radicand, SquareMatrix<T>(size)).first->second;
        const T factor = g == 1 ? T(1) : T(static_cast<std::int64_t>(g));
        for (int a = 0; a < size; ++a)
          for (int b = 0; b < size; ++b) {
            add_product(sum(a, b), factor, acc(a, b));
            if (x != y) add_product(sum(b, a), factor, acc(a, b));
          }
      }
    const Integer total =
        term_denominator * term_denominator * coefficient_denominator * m_denominator;
    RadicalMatrix result;
    for (const auto& [radicand, sum] : sums) {
      RationalMatrix out(size, size);
      for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b) out(a, b) = Rational(to_integer(sum(a, b)), total);
      result.emplace(radicand, std::move(out));
    }
    return result;
  }
};

ClosedForm::ClosedForm(const RandomAffineMap& map, bool transposed)
    : impl_(std::make_unique<Impl>()) {
  Impl& impl = *impl_;
  impl.size = static_cast<int>(map.d()) + 1;
  impl.collect(map, transposed);
  impl.weigh(map.sketch().law());
  bool rational = true;
  for (const Class& c : impl.classes) {
    rational = rational && c.radicand == 1;
    for (const RationalMatrix& m : c.by_worker)
      impl.term_denominator = lcm(impl.term_denominator, flint::common_denominator(m));
  }
  for (const Class& c : impl.classes)
    for (const RationalMatrix& m : c.by_worker)
      impl.term_bits = std::max(impl.term_bits, cleared_bits(m, impl.term_denominator));
  // Radicands multiply results by a gcd, which the word bound does not count.
  if (rational && impl.term_bits <= 30)
    impl.small = Impl::clear<std::int64_t>(impl.classes, impl.size, impl.term_denominator);
  impl.large = Impl::clear<Z>(impl.classes, impl.size, impl.term_denominator);
}

ClosedForm::~ClosedForm() = default;

RadicalMatrix ClosedForm::push(const RationalMatrix& m) const {
  const Integer m_denominator = flint::common_denominator(m);
  if (impl_->fits_words(cleared_bits(m, m_denominator)))
    return impl_->push<std::int64_t>(impl_->small, m, m_denominator);
  return impl_->push<Z>(impl_->large, m, m_denominator);
}

}  // namespace istcheck
