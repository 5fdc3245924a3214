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

#include <algorithm>
#include <deque>

#include "dynamics/selection_weights.hpp"
#include "exact/word_matrix.hpp"

namespace istcheck {
namespace {

/// What sums of coefficients times products of entries are held in.
template <class T>
using Sum = std::conditional_t<std::is_same_v<T, Z>, Z, Wide>;
template <class T>
using Coefficients = std::array<Sum<T>, kPatterns>;

/// A matrix and its product with S.
template <class T>
struct Factor {
  const SquareMatrix<T>& X;
  SquareMatrix<T> XS;
  Columns columns;    // outside of these X or S has zero columns: nothing there meets S
  Columns columns_S;  // outside of these XS is zero
};

/// acc += Σ_τ c_τ T_τ(X, Y) for symmetric S.
template <class T>
void accumulate(const Coefficients<T>& c, const Factor<T>& x, const Factor<T>& y,
                const SquareMatrix<T>& S, SquareMatrix<Sum<T>>& acc) {
  if (x.columns.empty() || y.columns.empty()) return;
  const auto &X = x.X, &XS = x.XS, &Y = y.X, &YS = y.XS;
  const int n = X.size;
  const auto add_matrix_product = [&](const Sum<T>& factor, const SquareMatrix<T>& left,
                                      Columns columns) {
    columns = common(columns, y.columns);
    if (is_zero(factor) || columns.empty()) return;
    SquareMatrix<T> product(n);
    multiply_transposed(left, Y, columns, &X == &Y, product);
    for (size_t e = 0; e < product.entries.size(); ++e)
      add_product(acc.entries[e], factor, Sum<T>(product.entries[e]));
  };
  add_matrix_product(c[all_free], XS, x.columns_S);  // X S Yᵀ
  if (!is_zero(c[kl])) {                             // X Diag(S) Yᵀ
    SquareMatrix<T> left(n);
    for (int a = 0; a < n; ++a)
      for (int l = 0; l < n; ++l) left(a, l) = X(a, l) * S(l, l);
    add_matrix_product(c[kl], left, x.columns);
  }
  // X_ab (c_{k=b} (YS)_bb + c_{k=l=b} S_bb Y_bb), collected by column; the like by row.
  std::vector<Sum<T>> by_column(static_cast<size_t>(n)), by_row(static_cast<size_t>(n)),
      scaled_diagonal(static_cast<size_t>(n));
  for (int b = 0; b < n; ++b) {
    const auto at = static_cast<size_t>(b);
    by_column[at] = c[kb] * YS(b, b) + c[klb] * (S(b, b) * Y(b, b));
    by_row[at] = c[al] * XS(b, b) + c[akl] * (X(b, b) * S(b, b));
    scaled_diagonal[at] = c[ak] * X(b, b);
  }
  const bool pairs = !is_zero(c[al_kb]), diagonals = !is_zero(c[ak_lb]), column = !is_zero(c[lb]);
  for (int a = 0; a < n; ++a) {
    const Sum<T>& row_factor = by_row[static_cast<size_t>(a)];
    const Sum<T>& diagonal_factor = scaled_diagonal[static_cast<size_t>(a)];
    const Sum<T> both = diagonals ? c[ak_lb] * X(a, a) : Sum<T>(0);
    for (int b = 0; b < n; ++b) {
      Sum<T>& out = acc(a, b);
      const auto at = static_cast<size_t>(b);
      if (!is_zero(X(a, b))) {
        add_product(out, by_column[at], X(a, b));
        if (pairs) add_product(out, c[al_kb], X(a, b) * S(a, b) * Y(b, a));
      }
      if (!is_zero(row_factor)) add_product(out, row_factor, Y(b, a));
      if (!is_zero(diagonal_factor)) add_product(out, diagonal_factor, YS(b, a));
      if (!is_zero(Y(b, b))) {
        if (!is_zero(both)) add_product(out, both, S(a, b) * Y(b, b));
        if (column) add_product(out, c[lb], XS(a, b) * Y(b, b));
      }
    }
    Sum<T>& out = acc(a, a);
    T with_S(0), with_diagonal(0);
    for (int k = 0; k < n; ++k) {
      if (is_zero(Y(a, k))) continue;
      add_product(with_S, XS(a, k), Y(a, k));
      add_product(with_diagonal, X(a, k) * S(k, k), Y(a, k));
    }
    add_product(out, c[ab], with_S);
    add_product(out, c[ab_kl], with_diagonal);
    add_product(out, c[akb], X(a, a) * YS(a, a));
    add_product(out, c[alb], XS(a, a) * Y(a, a));
    add_product(out, c[all_equal], X(a, a) * S(a, a) * Y(a, a));
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
      const auto fixed = [&](Index i) {
        return i < static_cast<Index>(always.size()) && always[static_cast<size_t>(i)];
      };
      for (Index i = 0; i < term.G.rows(); ++i)
        for (Index j = 0; j < term.G.cols(); ++j)
          if ((term.left && fixed(i) == row_free) || (term.right && fixed(j) == column_free))
            piece.G(i, j) = 0;
      if (!piece.G.isZero()) pieces.push_back(std::move(piece));
    }
  return pieces;
}

bool any(const std::vector<bool>& flags) {
  for (const bool f : flags)
    if (f) return true;
  return false;
}

/// Terms of equal flags and radicand, one sum of matrices for each worker (none: zero).
struct Class {
  Flags flags;
  Integer radicand;
  std::vector<std::vector<const RationalMatrix*>> by_worker;
};

/// The integer matrices of one class; an empty one for a worker that has none.
template <class T>
struct ClearedClass {
  std::vector<SquareMatrix<T>> by_worker;
  SquareMatrix<T> sum{0};
};

template <class T>
void add(const SquareMatrix<T>& m, SquareMatrix<T>& sum) {
  for (size_t e = 0; e < m.entries.size(); ++e) sum.entries[e] += m.entries[e];
}

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
  std::vector<Integer> radicands;  // of the classes
  Integer term_denominator = 1, coefficient_denominator = 1;
  long workers = 1, term_bits = 0, coefficient_bits = 0;
  /// [x][y − x] for classes x <= y, over coefficient_denominator: for every pair of workers, and
  /// what one worker twice has more than that.
  std::vector<std::vector<std::array<Integer, kPatterns>>> cross, difference;
  std::vector<ClearedClass<std::int64_t>> small;  // when the entries are short
  mutable std::vector<ClearedClass<Z>> large;     // otherwise, or when a product needs it

  void weigh(const SelectionLaw* law, const std::vector<Class>& classes) {
    std::vector<std::pair<Flags, Flags>> pairs;
    for (size_t x = 0; x < classes.size(); ++x)
      for (size_t y = x; y < classes.size(); ++y)
        pairs.emplace_back(classes[x].flags, classes[y].flags);
    SelectionWeights weights = selection_weights(law, pairs);
    coefficient_denominator = weights.denominator;
    Integer total = 0;
    size_t next = 0;
    for (size_t x = 0; x < classes.size(); ++x) {
      cross.emplace_back();
      difference.emplace_back();
      for (size_t y = x; y < classes.size(); ++y, ++next) {
        auto& [own_cross, own] = weights.pairs[next];
        for (size_t p = 0; p < kPatterns; ++p) {
          own[p] -= own_cross[p];
          total += abs(own_cross[p]) + abs(own[p]);
        }
        cross.back().push_back(std::move(own_cross));
        difference.back().push_back(std::move(own));
      }
    }
    coefficient_bits = bit_length(total);
  }

  template <class T>
  std::vector<ClearedClass<T>> clear(const std::vector<Class>& classes, bool transposed) const {
    std::vector<ClearedClass<T>> result;
    for (const Class& c : classes) {
      ClearedClass<T> out;
      out.sum = SquareMatrix<T>(size);
      for (const auto& summands : c.by_worker) {
        SquareMatrix<T> own(summands.empty() ? 0 : size);
        for (const RationalMatrix* m : summands) add(cleared<T>(*m, term_denominator), own);
        if (transposed) transpose(own);
        if (!summands.empty()) add(own, out.sum);
        out.by_worker.push_back(std::move(own));
      }
      result.push_back(std::move(out));
    }
    return result;
  }

  /// The same matrices in FLINT integers, made when first needed.
  const std::vector<ClearedClass<Z>>& in_large() const {
    if (!large.empty()) return large;
    const auto widened = [](const SquareMatrix<std::int64_t>& m) {
      SquareMatrix<Z> result(m.size);
      std::copy(m.entries.begin(), m.entries.end(), result.entries.begin());
      return result;
    };
    for (const auto& c : small) {
      ClearedClass<Z> out;
      for (const auto& m : c.by_worker) out.by_worker.push_back(widened(m));
      out.sum = widened(c.sum);
      large.push_back(std::move(out));
    }
    return large;
  }

  /// Whether push fits words. Every partial sum of T_τ(X_i, Y_i) and T_τ(ΣX, ΣY) is at most
  /// D² (w max|X|)² max|S| for w workers: one word with its sign. All of them times the sum of all
  /// |coefficients|, with a bit each for the sign and the mirrored half, fit two words.
  bool fits_words(long m_bits) const {
    const long products = 2 * bit_length(workers) + 2 * bit_length(size) + 2 * term_bits + m_bits;
    return !small.empty() && products <= 62 && coefficient_bits <= 62;
  }

  template <class T>
  RadicalMatrix push(const std::vector<ClearedClass<T>>& classes, const RationalMatrix& m,
                     const Integer& m_denominator) const {
    const SquareMatrix<T> S = cleared<T>(m, m_denominator);
    const Columns S_columns = nonzero_columns(S);
    const auto factor = [&](const SquareMatrix<T>& X) {
      Factor<T> f{X, SquareMatrix<T>(X.size), common(nonzero_columns(X), S_columns), {}};
      if (f.columns.empty()) return f;
      multiply_transposed(X, S, f.columns, false, f.XS);
      f.columns_S = nonzero_columns(f.XS);
      return f;
    };
    std::vector<Factor<T>> sum;
    std::vector<std::vector<Factor<T>>> by_worker;
    for (const auto& c : classes) {
      sum.push_back(factor(c.sum));
      by_worker.emplace_back();
      for (const auto& X : c.by_worker) by_worker.back().push_back(factor(X));
    }
    std::map<Integer, SquareMatrix<Sum<T>>> sums;
    for (size_t x = 0; x < classes.size(); ++x)
      for (size_t y = x; y < classes.size(); ++y) {
        SquareMatrix<Sum<T>> acc(size);
        accumulate(coefficients<T>(cross[x][y - x]), sum[x], sum[y], S, acc);
        const Coefficients<T> own = coefficients<T>(difference[x][y - x]);
        for (size_t i = 0; i < by_worker[x].size(); ++i)
          accumulate(own, by_worker[x][i], by_worker[y][i], S, acc);
        // √r √s = g √(rs/g²); the pair (y, x) is the transpose because M is symmetric.
        const Integer g = gcd(radicands[x], radicands[y]);
        const Integer radicand = (radicands[x] / g) * (radicands[y] / g);
        auto& total = sums.try_emplace(radicand, SquareMatrix<Sum<T>>(size)).first->second;
        Sum<T> scale(1);
        if constexpr (std::is_same_v<T, Z>)
          scale = Z(g);  // a radicand may exceed a word; with words every radicand is 1
        for (int a = 0; a < size; ++a)
          for (int b = 0; b < size; ++b) {
            add_product(total(a, b), scale, acc(a, b));
            if (x != y) add_product(total(b, a), scale, acc(a, b));
          }
      }
    const Integer total =
        term_denominator * term_denominator * coefficient_denominator * m_denominator;
    RadicalMatrix result;
    for (const auto& [radicand, scaled] : sums) {
      RationalMatrix out(size, size);
      for (int b = 0; b < size; ++b)
        for (int a = 0; a <= b; ++a)
          if (!is_zero(scaled(a, b)))
            out(a, b) = out(b, a) = Rational(to_integer(scaled(a, b)), total);
      result.emplace(radicand, std::move(out));
    }
    return result;
  }

  template <class T>
  static Coefficients<T> coefficients(const std::array<Integer, kPatterns>& c) {
    Coefficients<T> result;
    for (size_t p = 0; p < kPatterns; ++p) {
      if constexpr (std::is_same_v<T, Z>)
        result[p] = Z(c[p]);
      else
        result[p] = static_cast<std::int64_t>(c[p]);
    }
    return result;
  }
};

ClosedForm::ClosedForm(const RandomAffineMap& map, bool transposed)
    : impl_(std::make_unique<Impl>()) {
  Impl& impl = *impl_;
  impl.size = static_cast<int>(map.d()) + 1;
  const size_t workers = map.terms().size() + 1;  // the last one carries the constant
  impl.workers = static_cast<long>(workers);
  std::vector<Class> classes;
  const auto put = [&](size_t worker, const SelectionTerm& term) {
    const Flags flags = transposed ? Flags{term.right, term.left} : Flags{term.left, term.right};
    auto at = std::find_if(classes.begin(), classes.end(), [&](const Class& c) {
      return c.flags == flags && c.radicand == term.radicand;
    });
    if (at == classes.end())
      at = classes.insert(at, {flags, term.radicand, decltype(Class::by_worker)(workers)});
    at->by_worker[worker].push_back(&term.G);
  };
  const SelectionLaw* law = map.sketch().law();
  const bool split = law != nullptr && any(law->always());
  std::deque<SelectionTerm> pieces;
  for (size_t i = 0; i + 1 < workers; ++i)
    for (const SelectionTerm& term : map.terms()[i]) {
      if (!split) {
        put(i, term);
        continue;
      }
      for (SelectionTerm& piece : without_always(term, law->always()))
        put(i, pieces.emplace_back(std::move(piece)));
    }
  if (!map.constant().isZero())
    put(workers - 1, pieces.emplace_back(SelectionTerm{false, false, 1, map.constant()}));
  impl.weigh(law, classes);

  bool rational = true;
  long bits = 0, summands = 0;
  for (const Class& c : classes) {
    impl.radicands.push_back(c.radicand);
    rational = rational && c.radicand == 1;
    for (const auto& own : c.by_worker)
      for (const RationalMatrix* m : own)
        impl.term_denominator = lcm(impl.term_denominator, flint::common_denominator(*m));
  }
  for (const Class& c : classes)
    for (const auto& own : c.by_worker) {
      summands = std::max(summands, static_cast<long>(own.size()));
      for (const RationalMatrix* m : own)
        bits = std::max(bits, cleared_bits(*m, impl.term_denominator));
    }
  impl.term_bits = bits + (summands > 1 ? bit_length(summands) : 0);
  // Radicands multiply results by a gcd, which the bound for words does not count.
  if (rational && impl.term_bits <= 30)
    impl.small = impl.clear<std::int64_t>(classes, transposed);
  else
    impl.large = impl.clear<Z>(classes, transposed);
}

ClosedForm::~ClosedForm() = default;

RadicalMatrix ClosedForm::push(const RationalMatrix& m) const {
  const Integer m_denominator = flint::common_denominator(m);
  if (impl_->fits_words(cleared_bits(m, m_denominator)))
    return impl_->push<std::int64_t>(impl_->small, m, m_denominator);
  return impl_->push<Z>(impl_->in_large(), m, m_denominator);
}

}  // namespace istcheck
