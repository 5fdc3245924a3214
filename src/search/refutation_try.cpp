#include "search/refutation_try.hpp"

#include <algorithm>
#include <set>

#include "search/elimination.hpp"
#include "search/field.hpp"
#include "search/grading.hpp"
#include "search/semidefinite_program.hpp"

namespace istcheck::search {

using check::Fact;
using check::Impossible;

namespace {

constexpr size_t kMostColumns = 6000, kMostTerms = 400'000, kLargestProduct = 4000;

/// A fact that a step of the certificate derives from a form.
struct Derived {
  cert::Step step;
  Fact fact;
};

/// A product of assumptions with a polynomial, as in `sum`.
struct Term {
  std::vector<size_t> factors;
  Number p;
};

/// The indices of the unknowns of numbers.
std::set<size_t> unknowns_of(const std::vector<Number>& numbers) {
  std::set<size_t> result;
  for (const Number& x : numbers)
    for (const auto& [m, q] : x.rest())
      for (const auto& power : m) result.insert(power.first->index);
  return result;
}

bool meet(const std::set<size_t>& a, const std::set<size_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](size_t k) { return b.count(k) > 0; });
}

/// The unknowns that assumptions connect with those of the last one.
std::set<size_t> connected(const Impossible& known, const std::vector<Number>& definitions) {
  std::vector<std::set<size_t>> groups;
  for (const Fact& f : known.facts) groups.push_back(unknowns_of({f.p}));
  std::set<size_t> reached = groups.empty() ? std::set<size_t>() : groups.back();
  for (const auto& f : known.forms) groups.push_back(unknowns_of(f.m.entries()));
  for (const Number& d : definitions) groups.push_back(unknowns_of({d}));
  for (bool grows = true; grows;) {
    const size_t before = reached.size();
    for (const auto& g : groups)
      if (meet(g, reached)) reached.insert(g.begin(), g.end());
    grows = reached.size() > before;
  }
  return reached;
}

class Try {
 public:
  Try(const Impossible& known, const Effort& effort, const Patience& patience)
      : known_(known), original_(known), elimination_(known), effort_(effort), patience_(patience) {
    for (Fact& f : known_.facts) f.p = elimination_.reduced(f.p);
    for (auto& f : known_.forms) f.m = elimination_.reduced(f.m);
    for (const Number& d : known.source.definitions())
      definitions_.push_back(elimination_.reduced(d));
  }

  std::vector<cert::Step> run() {
    relevant_ = connected(known_, definitions_);
    derive();
    for (const Fact& f : known_.facts) {
      const auto own = unknowns_of({f.p});
      const bool idle = f.p.vanishes() && f.is != Fact::Is::positive;  // 0 > 0 ends the search
      used_.push_back(!idle && (own.empty() || meet(own, relevant_)) ? 1 : 0);
    }
    std::vector<Number> all = definitions_;
    for (const Fact& f : known_.facts) all.push_back(f.p);
    const Grading grading(all, known_.source.unknowns().size());
    grading_ = &grading;
    for (const Fact& f : known_.facts) weights_.push_back(grading.weight(f.p).value());
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
  Impossible known_;     ///< with what is derived, and with linear equations put in
  Impossible original_;  ///< with what is derived, as it stands
  const Elimination elimination_;
  std::vector<Number> definitions_;
  const Effort effort_;
  const Patience& patience_;
  std::vector<Derived> derived_;
  std::set<size_t> relevant_;  ///< unknowns
  std::vector<char> used_;     ///< facts that speak of them
  const Grading* grading_ = nullptr;
  std::vector<Weight> weights_;                    ///< of the facts
  Weight target_;                                  ///< the weight of all terms
  std::map<Weight, std::vector<Number>> squares_;  ///< p, by twice its weight
  std::vector<Term> terms_;
  std::vector<Number> values_;
  size_t entries_ = 0;
  bool full_ = false;

  /// Groups of unknowns that are vectors, by their names: x0[1], x0[2], ….
  std::vector<Mat> vectors() const {
    const auto& names = known_.source.names();
    std::vector<Mat> result;
    for (size_t k = 0; k < names.size();) {
      const auto bracket = names[k].rfind('[');
      const std::string prefix = names[k].substr(0, bracket);
      if (bracket == std::string::npos || names[k].substr(bracket) != "[1]") {
        ++k;
        continue;
      }
      std::vector<Number> entries;
      for (;
           k < names.size() && names[k] == prefix + "[" + std::to_string(entries.size() + 1) + "]";
           ++k)
        entries.emplace_back(known_.source.unknowns()[k]);
      Mat v(entries.size(), 1);
      for (size_t i = 0; i < entries.size(); ++i) v.at(i, 0) = entries[i];
      result.push_back(v);
    }
    if (!effort_.pairs) return result;
    for (const Mat& v : known_.source.vectors())
      if (std::find(result.begin(), result.end(), v) == result.end()) result.push_back(v);
    const size_t single = std::min<size_t>(result.size(), 10);
    for (size_t i = 0; i < single; ++i)
      for (size_t j = i + 1; j < single; ++j) {
        if (result[i].rows() != result[j].rows()) continue;
        result.push_back(result[i] + result[j]);
        result.push_back(result[i] - result[j]);
      }
    return result;
  }

  void keep(std::vector<std::string> words, Fact::Is is, const Number& original) {
    const Number p = elimination_.reduced(original);
    if (p.vanishes() || p.rest().size() > kLargestProduct) return;
    derived_.push_back({{0, std::move(words)}, {is, p}});
    known_.facts.push_back(derived_.back().fact);
    original_.facts.push_back({is, original});
  }

  void derive() {
    const auto all = vectors();
    for (size_t k = 0; k < known_.forms.size(); ++k) {
      const auto& [m, definite] = original_.forms[k];
      if (!meet(unknowns_of(known_.forms[k].m.entries()), relevant_)) continue;
      const auto strict = definite ? Fact::Is::positive : Fact::Is::nonnegative;
      const size_t d = m.rows();
      for (size_t bits = 1; d <= 4 && bits < (size_t(1) << d); ++bits) {
        std::vector<std::string> words{"minor", std::to_string(k + 1)};
        std::vector<size_t> rows;
        for (size_t i = 0; i < d; ++i) {
          if (((bits >> i) & 1U) == 0) continue;
          rows.push_back(i);
          words.push_back(std::to_string(i + 1));
        }
        keep(words, strict, check::principal_minor(m, rows));
      }
      for (const Mat& v : all) {
        if (v.rows() != d) continue;
        std::vector<std::string> words{"form", std::to_string(k + 1)};
        for (size_t i = 0; i < d; ++i) words.push_back(text(v.at(i, 0)));
        keep(words, Fact::Is::nonnegative, (v.transposed() * m * v).at(0, 0));
      }
    }
  }

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
    const size_t given = known_.facts.size() - derived_.size();
    std::vector<Weight> result;
    const auto want = [&](const Weight& w) {
      if (std::find(result.begin(), result.end(), w) == result.end()) result.push_back(w);
    };
    for (size_t f = given; f-- > 0;) {
      const bool strict = known_.facts[f].is == Fact::Is::positive && used_[f] != 0;
      if (effort_.multiples && (f + 1 == given || (strict && effort_.binomials)))
        for (const Weight& w : weights_) want(weights_[f] + w);
      if (strict && !effort_.multiples) want(weights_[f]);
    }
    return result;
  }

  void add(std::vector<size_t> factors, const Number& p) {
    Number value = check::term_value(known_, 1, factors, p);
    const bool idle = value.vanishes() && !check::term_is_strict(known_, factors, p);
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

  bool equation(size_t f) const { return known_.facts[f].is == Fact::Is::zero; }

  /// All products of at most `factors` inequalities, and of one square, that have the wanted
  /// weight.
  void add_products(std::vector<size_t> factors, const Weight& weight, size_t least) {
    if (weight == target_) add(factors, 1);
    if (const auto fitting = squares_.find(target_ - weight); fitting != squares_.end())
      for (const Number& p : fitting->second)
        if (!stop()) add(factors, p);
    if (factors.size() == effort_.factors) return;
    factors.push_back(0);
    for (size_t f = least; f < known_.facts.size() && !stop(); ++f) {
      if (equation(f) || used_[f] == 0) continue;
      factors.back() = f;
      add_products(factors, weight + weights_[f], f);
    }
  }

  /// Unknowns that stand for no reciprocal or root, those of the last assumption first.
  std::vector<Number> free_unknowns() const {
    constexpr size_t kMost = 12;
    const size_t given = known_.facts.size() - derived_.size();
    std::vector<Number> result;
    std::set<size_t> seen;
    const auto add_all = [&](const std::set<size_t>& unknowns) {
      for (const size_t k : unknowns) {
        const auto& name = known_.source.names()[k - 1];
        if (name == "reciprocal" || name == "root" || result.size() == kMost) continue;
        if (seen.insert(k).second) result.emplace_back(known_.source.unknowns()[k - 1]);
      }
    };
    for (size_t f = given; f-- > 0;)
      if (used_[f] != 0) add_all(unknowns_of({known_.facts[f].p}));
    add_all(relevant_);
    return result;
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
    const auto unknowns = free_unknowns();
    std::vector<Number> roots = unknowns;
    for (size_t i = 0; i < unknowns.size(); ++i)
      for (size_t j = i + 1; j < unknowns.size(); ++j) {
        roots.push_back(unknowns[i] + unknowns[j]);
        roots.push_back(unknowns[i] - unknowns[j]);
        roots.push_back(unknowns[i] * unknowns[j]);
      }
    if (effort_.binomials) add_binomials(unknowns, roots);
    const size_t given = known_.facts.size() - derived_.size();
    for (const Number& u : unknowns) {
      const check::Root& root = *u.rest().begin()->first.front().first;
      Number derivative;
      for (const auto& [j, c] : known_.facts[given - 1].p.powers_of(root)) {
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
    const auto unknowns = free_unknowns();
    for (size_t f = 0; f < known_.facts.size() && !stop(); ++f) {
      if (!equation(f) || used_[f] == 0) continue;
      add_fitting({f}, 1);
      for (size_t i = 0; i < unknowns.size(); ++i) {
        add_fitting({f}, unknowns[i]);
        for (size_t j = i; effort_.factors > 1 && j < unknowns.size(); ++j)
          add_fitting({f}, unknowns[i] * unknowns[j]);
      }
      for (size_t g = 0; effort_.factors > 1 && g < known_.facts.size() && !stop(); ++g)
        add_fitting({f}, known_.facts[g].p);
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
    const auto unknowns = free_unknowns();
    for (size_t i = 0; i < unknowns.size(); ++i) {
      monomials.push_back(unknowns[i]);
      for (size_t j = i; effort_.gram > 1 && j < unknowns.size(); ++j)
        monomials.push_back(unknowns[i] * unknowns[j]);
    }
    std::vector<Gram> result;
    for (size_t f = 0; f <= known_.facts.size() && !stop(); ++f) {
      const bool none = f == known_.facts.size();
      if (!none && (equation(f) || used_[f] == 0)) continue;
      Gram g{f, {}, {}};
      const Number factor = none ? Number(1) : known_.facts[f].p;
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
        use(cleared(v, powers));
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
      columns[k].free =
          std::any_of(factors.begin(), factors.end(), [&](size_t f) { return equation(f); });
      columns[k].strict = check::term_is_strict(known_, factors, terms_[k].p);
    }
    if (effort_.gram == 0) {
      const auto x = balance(columns, milliseconds_left());
      return x ? written(*x) : std::vector<cert::Step>();
    }
    std::vector<Block> blocks;
    for (const Gram& g : grams) {
      blocks.push_back({static_cast<Eigen::Index>(g.z.size()), {}});
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
        m.at(i, j) = G(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    const Ldl ldl = ldl_of(m);
    for (size_t k = 0; k < size; ++k) {
      if (ldl.pivots[k].vanishes()) continue;
      Number p;
      for (size_t i = 0; i < size; ++i) p = p + ldl.lower.at(i, k) * gram.z[ldl.order[i]];
      terms_.push_back({{}, p});
      if (gram.fact < known_.facts.size()) terms_.back().factors.push_back(gram.fact);
      x.push_back(ldl.pivots[k].rational());
    }
  }

  /// Unknowns that stand for a reciprocal or root, in the order of their definitions.
  std::vector<const check::Root*> defined() const {
    const auto& names = known_.source.names();
    std::vector<const check::Root*> result;
    for (size_t k = 0; k < names.size(); ++k)
      if (names[k] == "reciprocal" || names[k] == "root")
        result.push_back(&known_.source.unknowns()[k]);
    return result;
  }

  /// What AssumedFacts::cleared gives, with linear equations put in: so they are put into the small
  /// definitions u·D − 1 and u² − D, and not into the large results.
  Number cleared(Number x, std::vector<unsigned>& powers) const {
    if (!elimination_.any()) return known_.source.cleared(x, &powers);
    const auto unknowns = defined();
    powers.resize(unknowns.size());
    for (size_t k = unknowns.size(); k-- > 0;) {
      const auto definition = definitions_[k].powers_of(*unknowns[k]);
      const bool reciprocal = definition.count(1) > 0;
      const Number of = reciprocal ? definition.at(1) : -definition.at(0);
      const auto parts = x.powers_of(*unknowns[k]);
      const unsigned degree = parts.empty() ? 0 : parts.rbegin()->first;
      const unsigned most = reciprocal ? powers[k] = std::max(degree, powers[k]) : degree;
      if (most == 0) continue;
      std::vector<Number> power{Number(1)};
      while (power.size() <= most) power.push_back(power.back() * of);
      Number sum;
      for (const auto& [j, c] : parts)
        sum = sum + c * (reciprocal ? power[most - j]
                                    : power[j / 2] * (j % 2 == 0 ? 1 : Number(*unknowns[k])));
      x = sum;
    }
    return x;
  }

  /// Π u_k^power.
  Number product_of_reciprocals(const std::vector<unsigned>& powers) const {
    const auto unknowns = defined();
    Number product = 1;
    for (size_t k = 0; k < powers.size(); ++k)
      for (unsigned e = 0; e < powers[k]; ++e) product = product * Number(*unknowns[k]);
    return product;
  }

  /// Terms of equations that make the sum vanish as it stands, where it vanishes with the equations
  /// put in. Clearing multiplies by powers of D = 1/u, so the multiples found then get those of u.
  void add_multiples(std::vector<Rational>& x) {
    if (!elimination_.any()) return;
    Number sum;
    for (size_t k = 0; k < x.size(); ++k)
      if (!x[k].is_zero())
        sum = sum + check::term_value(original_, x[k], terms_[k].factors, terms_[k].p);
    std::vector<unsigned> powers;
    const Number rest = known_.source.cleared(sum, &powers);
    const Number back = product_of_reciprocals(powers);
    for (const auto& [f, multiple] : elimination_.multiples(rest)) {
      if (multiple.vanishes()) continue;
      terms_.push_back({{f}, back * multiple});
      x.push_back(-1);
    }
  }

  /// The derived facts that are used, renumbered, then the sum.
  std::vector<cert::Step> written(std::vector<Rational> x) {
    add_multiples(x);
    const size_t given = known_.facts.size() - derived_.size();
    std::set<size_t> used;
    for (size_t k = 0; k < x.size(); ++k)
      if (!x[k].is_zero()) used.insert(terms_[k].factors.begin(), terms_[k].factors.end());
    std::map<size_t, size_t> name;
    for (size_t f = 0; f < given; ++f) name[f] = f + 1;
    std::vector<cert::Step> steps;
    for (const size_t f : used) {
      if (f < given) continue;
      steps.push_back(derived_[f - given].step);
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

std::vector<cert::Step> try_to_refute(const Impossible& known, const Effort& effort,
                                      const Patience& patience) {
  return Try(known, effort, patience).run();
}

}  // namespace istcheck::search
