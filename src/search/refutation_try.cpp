#include "search/refutation_try.hpp"

#include <algorithm>
#include <set>

#include "search/field.hpp"
#include "search/grading.hpp"
#include "search/refutation_premises.hpp"
#include "search/semidefinite_program.hpp"

namespace istcheck::search {

using check::Fact;

namespace {

constexpr size_t kMostColumns = 6000, kMostTerms = 400'000;

/// A product of assumptions with a polynomial, as in `sum`.
struct Summand {
  std::vector<size_t> factors;
  Number p;
};

class Try {
 public:
  Try(const check::Impossible& known, const Effort& effort, const Patience& patience)
      : premises_(known, effort.pairs), effort_(effort), patience_(patience) {}

  std::vector<cert::Step> run() {
    std::vector<Number> all = premises_.definitions();
    for (const Fact& f : facts()) all.push_back(f.p);
    const Grading grading(all, premises_.known().source.unknowns().size());
    grading_ = &grading;
    for (const Fact& f : facts()) weights_.push_back(grading.weight(f.p).value());
    if (effort_.squares) prepare_squares();
    for (const Weight& w : targets()) {
      target_ = w;
      terms_.clear();
      values_.clear();
      entries_ = 0;
      full_ = false;
      add_products({}, grading.weight(1).value(), 0);
      add_equations();
      auto steps = solve();
      if (!steps.empty()) return steps;
    }
    return {};
  }

 private:
  const Premises premises_;
  const Effort effort_;
  const Patience& patience_;
  const Grading* grading_ = nullptr;
  std::vector<Weight> weights_;                    ///< of the facts
  Weight target_;                                  ///< the weight of all terms
  std::map<Weight, std::vector<Number>> squares_;  ///< p, by twice its weight
  std::vector<Summand> terms_;
  std::vector<Number> values_;
  size_t entries_ = 0;
  bool full_ = false;

  const std::vector<Fact>& facts() const { return premises_.facts(); }

  unsigned milliseconds_left() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        patience_.deadline - std::chrono::steady_clock::now());
    return static_cast<unsigned>(std::clamp<long>(left.count(), 1, 10'000));
  }

  bool stop() {
    if (patience_.over()) throw NotRefuted("the time is over");
    return full_;
  }

  /// The weights at which a term can be strict: those of the strict facts, the last ones first,
  /// since the last assumption is the conclusion that fails; and multiples of these.
  std::vector<Weight> targets() const {
    const size_t given = premises_.given();
    std::vector<Weight> result;
    const auto want = [&](const Weight& w) {
      if (std::find(result.begin(), result.end(), w) == result.end()) result.push_back(w);
    };
    for (size_t f = given; f-- > 0;) {
      const bool strict = facts()[f].is == Fact::Is::positive && premises_.used(f);
      if (effort_.multiples && (f + 1 == given || (strict && effort_.binomials)))
        for (const Weight& w : weights_) want(weights_[f] + w);
      if (strict && !effort_.multiples) want(weights_[f]);
    }
    return result;
  }

  void add(std::vector<size_t> factors, const Number& p) {
    Number value = check::term_value(premises_.known(), 1, factors, p);
    const bool idle = value.vanishes() && !check::term_is_strict(premises_.known(), factors, p);
    if (idle || value.rest().size() > kLargestProduct) return;
    entries_ += value.rest().size();
    terms_.push_back({std::move(factors), p});
    values_.push_back(std::move(value));
    full_ = terms_.size() >= kMostColumns || entries_ >= kMostTerms;
  }

  /// The same for an equation times p, if the weight is the one that is wanted.
  void add_fitting(const std::vector<size_t>& factors, const Number& p) {
    auto weight = grading_->weight(p);
    if (!weight) return;
    for (const size_t f : factors) *weight = *weight + weights_[f];
    if (*weight == target_) add(factors, p);
  }

  /// All products of at most `factors` inequalities, and of one square, that have the wanted
  /// weight.
  void add_products(std::vector<size_t> factors, const Weight& weight, size_t least) {
    if (weight == target_) add(factors, 1);
    if (const auto fitting = squares_.find(target_ - weight); fitting != squares_.end())
      for (const Number& p : fitting->second)
        if (!stop()) add(factors, p);
    if (factors.size() == effort_.factors) return;
    factors.push_back(0);
    for (size_t f = least; f < facts().size() && !stop(); ++f) {
      if (premises_.equation(f) || !premises_.used(f)) continue;
      factors.back() = f;
      add_products(factors, weight + weights_[f], f);
    }
  }

  /// Sums and differences of two products of two unknowns, of one weight.
  void add_binomials(const std::vector<Number>& unknowns, std::vector<Number>& roots) const {
    std::map<Weight, std::vector<Number>> products;
    for (size_t i = 0; i < unknowns.size(); ++i)
      for (size_t j = i; j < unknowns.size(); ++j) {
        const Number p = unknowns[i] * unknowns[j];
        auto& same = products[grading_->weight(p).value()];
        for (const Number& q : same) {
          roots.push_back(p + q);
          roots.push_back(p - q);
        }
        same.push_back(p);
      }
  }

  /// Unknowns, sums, differences and products of two, and the derivatives of the last assumption:
  /// where that is −vᵀMv > 0, these are the rows of Mv, whose squares complete it.
  void prepare_squares() {
    const auto unknowns = premises_.free_unknowns();
    std::vector<Number> roots = unknowns;
    for (size_t i = 0; i < unknowns.size(); ++i)
      for (size_t j = i + 1; j < unknowns.size(); ++j) {
        roots.push_back(unknowns[i] + unknowns[j]);
        roots.push_back(unknowns[i] - unknowns[j]);
        roots.push_back(unknowns[i] * unknowns[j]);
      }
    if (effort_.binomials) add_binomials(unknowns, roots);
    const size_t given = premises_.given();
    for (const Number& u : unknowns) {
      const check::Root& root = *u.rest().begin()->first.front().first;
      Number derivative;
      for (const auto& [j, c] : facts()[given - 1].p.powers_of(root)) {
        Number term = Number(Rational(j)) * c;
        for (unsigned e = 1; e < j; ++e) term = term * u;
        derivative = derivative + term;
      }
      if (derivative.rest().size() > 1) roots.push_back(std::move(derivative));
    }
    for (const Number& p : roots)
      if (const auto w = grading_->weight(p)) squares_[*w + *w].push_back(p);
  }

  void add_equations() {
    const auto unknowns = premises_.free_unknowns();
    for (size_t f = 0; f < facts().size() && !stop(); ++f) {
      if (!premises_.equation(f) || !premises_.used(f)) continue;
      add_fitting({f}, 1);
      for (size_t i = 0; i < unknowns.size(); ++i) {
        add_fitting({f}, unknowns[i]);
        for (size_t j = i; effort_.factors > 1 && j < unknowns.size(); ++j)
          add_fitting({f}, unknowns[i] * unknowns[j]);
      }
      for (size_t g = 0; effort_.factors > 1 && g < facts().size() && !stop(); ++g)
        add_fitting({f}, facts()[g].p);
    }
  }

  /// The sums of squares zᵀGz that may multiply a fact, or nothing (fact == number of facts).
  struct Gram {
    size_t fact;
    std::vector<Number> z;
    std::vector<Number> values;  ///< fact · z_a · z_b, twice that for a ≠ b
  };

  /// Monomials z with the weight that makes fact · z² fit.
  std::vector<Gram> grams() {
    std::vector<Number> monomials{1};
    const auto unknowns = premises_.free_unknowns();
    for (size_t i = 0; i < unknowns.size(); ++i) {
      monomials.push_back(unknowns[i]);
      for (size_t j = i; effort_.gram > 1 && j < unknowns.size(); ++j)
        monomials.push_back(unknowns[i] * unknowns[j]);
    }
    std::vector<Gram> result;
    for (size_t f = 0; f <= facts().size() && !stop(); ++f) {
      const bool none = f == facts().size();
      if (!none && (premises_.equation(f) || !premises_.used(f))) continue;
      Gram g{f, {}, {}};
      const Number factor = none ? Number(1) : facts()[f].p;
      const Weight own = grading_->weight(factor).value();
      for (const Number& z : monomials) {
        const Weight w = grading_->weight(z).value();
        if (w + w + own == target_) g.z.push_back(z);
      }
      if (g.z.empty()) continue;
      for (size_t a = 0; a < g.z.size(); ++a)
        for (size_t b = a; b < g.z.size(); ++b)
          g.values.push_back(Number(a == b ? 1 : 2) * factor * g.z[a] * g.z[b]);
      result.push_back(std::move(g));
    }
    return result;
  }

  std::vector<cert::Step> solve() {
    std::vector<Gram> grams;
    if (effort_.gram > 0) grams = this->grams();
    std::vector<unsigned> powers;
    const auto clear_all = [&](const std::vector<Number>& numbers, const auto& use) {
      for (const Number& v : numbers) {
        stop();
        use(premises_.cleared(v, powers));
      }
    };
    const auto nothing = [](const Number&) {};
    clear_all(values_, nothing);
    for (const Gram& g : grams) clear_all(g.values, nothing);
    std::map<check::Monomial, size_t, check::ByIndex> rows;
    const auto column_of = [&](const Number& v) {
      Column c;
      if (!v.rational().is_zero()) c.entries[0] = v.rational();
      for (const auto& [m, q] : v.rest())
        c.entries[rows.try_emplace(m, rows.size() + 1).first->second] = q;
      return c;
    };
    std::vector<Column> columns;
    clear_all(values_, [&](const Number& v) { columns.push_back(column_of(v)); });
    for (size_t k = 0; k < columns.size(); ++k) {
      const auto& factors = terms_[k].factors;
      columns[k].free = std::any_of(factors.begin(), factors.end(),
                                    [&](size_t f) { return premises_.equation(f); });
      columns[k].strict = check::term_is_strict(premises_.known(), factors, terms_[k].p);
    }
    if (effort_.gram == 0) {
      const auto x = balance(columns, milliseconds_left());
      return x ? written(*x) : std::vector<cert::Step>();
    }
    std::vector<Block> blocks;
    for (const Gram& g : grams) {
      blocks.push_back({static_cast<Index>(g.z.size()), {}});
      clear_all(g.values, [&](const Number& v) { blocks.back().entries.push_back(column_of(v)); });
    }
    if (blocks.empty()) return {};
    auto found = balance_semidefinite(columns, blocks, 10);
    if (!found) return {};
    for (size_t k = 0; k < grams.size(); ++k) add_squares_of(grams[k], found->G[k], found->x);
    return written(found->x);
  }

  /// zᵀGz = Σ p_k (L_kᵀ z)² as terms, with their coefficients.
  void add_squares_of(const Gram& gram, const RationalMatrix& G, std::vector<Rational>& x) {
    const size_t size = gram.z.size();
    Mat m(size, size);
    for (size_t i = 0; i < size; ++i)
      for (size_t j = 0; j < size; ++j)
        m.at(i, j) = G(static_cast<Index>(i), static_cast<Index>(j));
    const Ldl ldl = ldl_of(m);
    for (size_t k = 0; k < size; ++k) {
      if (ldl.pivots[k].vanishes()) continue;
      Number p;
      for (size_t i = 0; i < size; ++i) p = p + ldl.lower.at(i, k) * gram.z[ldl.order[i]];
      terms_.push_back({{}, p});
      if (gram.fact < facts().size()) terms_.back().factors.push_back(gram.fact);
      x.push_back(ldl.pivots[k].rational());
    }
  }

  /// Terms of equations that make the sum vanish as it stands, where it vanishes with the equations
  /// put in.
  void add_multiples(std::vector<Rational>& x) {
    if (!premises_.any_put_in()) return;
    Number sum;
    for (size_t k = 0; k < x.size(); ++k)
      if (!x[k].is_zero())
        sum = sum + premises_.value_as_given(x[k], terms_[k].factors, terms_[k].p);
    for (const auto& [f, multiple] : premises_.multiples(sum)) {
      terms_.push_back({{f}, multiple});
      x.push_back(-1);
    }
  }

  /// The derived facts that are used, renumbered, then the sum.
  std::vector<cert::Step> written(std::vector<Rational> x) {
    add_multiples(x);
    const size_t given = premises_.given();
    std::set<size_t> used;
    for (size_t k = 0; k < x.size(); ++k)
      if (!x[k].is_zero()) used.insert(terms_[k].factors.begin(), terms_[k].factors.end());
    std::map<size_t, size_t> name;
    for (size_t f = 0; f < given; ++f) name[f] = f + 1;
    std::vector<cert::Step> steps;
    for (const size_t f : used) {
      if (f < given) continue;
      steps.push_back(premises_.derivation(f));
      name[f] = given + steps.size();
    }
    cert::Step sum{0, {"sum"}};
    for (size_t k = 0; k < x.size(); ++k) {
      if (x[k].is_zero()) continue;
      std::string product;
      for (const size_t f : terms_[k].factors)
        product += (product.empty() ? "f" : "*f") + std::to_string(name.at(f));
      sum.words.insert(sum.words.end(), {istcheck::to_string(x[k]), product.empty() ? "1" : product,
                                         text(terms_[k].p)});
    }
    steps.push_back(sum);
    return steps;
  }
};

}  // namespace

std::vector<cert::Step> try_to_refute(const check::Impossible& known, const Effort& effort,
                                      const Patience& patience) {
  return Try(known, effort, patience).run();
}

}  // namespace istcheck::search
