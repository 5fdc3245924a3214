#include "claim/method_run.hpp"

#include <algorithm>
#include <numeric>

#include "exact/surd.hpp"

namespace istcheck::claim {
namespace {

/// A claim without statements, for an evaluator of a method's text.
Claim nothing_of(const Method& m) {
  Claim c;
  c.source = m.source;
  c.place = m.place;
  c.id = m.name;
  return c;
}

Form constant(Value v) {
  Form f;
  f.constant = std::move(v);
  return f;
}

Integer factorial(size_t m) {
  Integer result = 1;
  for (size_t k = 2; k <= m; ++k) result *= Integer(k);
  return result;
}

/// Evaluates the text of a method on a case.
class Reader {
 public:
  Reader(const Method& m, World& world, const StepAt& step)
      : method_(m),
        world_(world),
        claim_(nothing_of(m)),
        evaluator_(claim_, &world, world.options()) {
    evaluator_.set_variable(to_text(Constant::gamma), Scalar(step.gamma));
    for (const Parameter& p : m.parameters)
      scope_[p.name] = {{}, {constant(world.parameter(p, step.round))}};
    if (m.uses_round && step.round >= 0)
      scope_[kRoundName] = {{}, {constant(Scalar(Rational(step.round)))}};
    data();
    evaluator_.set_scope(&scope_);
  }
  Reader(const Reader&) = delete;

  Evaluator& evaluator() { return evaluator_; }
  MethodScope& scope() { return scope_; }

  std::pair<long, long> range(const Binder& b) {
    switch (b.domain) {
      case Domain::workers:
        return {1, world_.n()};
      case Domain::coordinates:
        return {1, world_.d()};
      case Domain::range:
        break;
    }
    return {evaluator_.integer(*b.low), evaluator_.integer(*b.high)};
  }

  std::vector<long> elements(const IndexRange& r) {
    std::vector<long> all;
    if (r.set) {
      all = evaluator_.elements_of(*r.set);
    } else {
      long low = 1, high = r.domain == Domain::workers ? world_.n() : world_.d();
      if (r.domain == Domain::range) {
        low = evaluator_.integer(*r.low);
        high = evaluator_.integer(*r.high);
      }
      if (high - low > budget::kPasses.most) throw Unsupported(budget::spent(budget::kPasses));
      for (long k = low; k <= high; ++k) all.push_back(k);
    }
    if (!r.without) return all;
    const auto less = evaluator_.elements_of(*r.without);
    std::erase_if(all, [&](long k) { return std::count(less.begin(), less.end(), k) > 0; });
    return all;
  }

  /// The values of some indices, one choice after the other, the first index slowest.
  void each(const std::vector<Binder>& indices, size_t k, const std::function<void()>& body) {
    if (k == indices.size()) return body();
    const auto [low, high] = range(indices[k]);
    for (long value = low; value <= high; ++value) {
      evaluator_.bind(indices[k].name, value);
      each(indices, k + 1, body);
      evaluator_.unbind();
    }
  }
  std::vector<std::pair<long, long>> ranges(const std::vector<Binder>& indices) {
    std::vector<std::pair<long, long>> all;
    for (const Binder& b : indices) all.push_back(range(b));
    return all;
  }

 protected:
  const Method& method_;
  World& world_;
  const Claim claim_;
  MethodScope scope_;
  Evaluator evaluator_;

 private:
  /// A size that is no known name is bound by the data, and all its uses must agree.
  void data() {
    for (const Datum& d : method_.data) {
      const Value v = world_.datum(d);
      const auto* m = std::get_if<SurdMatrix>(&v);
      for (size_t k = 0; m != nullptr && k < d.sizes.size(); ++k) {
        const Index own = k == 0 ? m->rows() : m->cols();
        const Expr& size = *d.sizes[k];
        evaluator_.set_scope(&scope_);
        const bool bound =
            size.op == Op::name && size.meaning == Meaning::method && scope_.count(size.name) == 0;
        if (bound) scope_[size.name] = {{}, {constant(Scalar(Rational(own)))}};
        if (evaluator_.integer(size) != own)
          evaluator_.misuse(d.place, "the data '" + d.name + "' have " + std::to_string(own) +
                                         (k == 0 ? " rows" : " columns") +
                                         ", which is not as said");
      }
      scope_[d.name] = {{}, {constant(v)}};
    }
  }
};

class Run : Reader {
 public:
  Run(const Method& m, World& world, const StepAt& step, const StateLayout& layout)
      : Reader(m, world, step), layout_(layout) {
    if (m.uses_round && step.round < 0)
      throw Unsupported("the method '" + m.name +
                        "' changes with the number of the round, so this "
                        "belongs to the map of no round");
  }

  std::vector<DrawnOutcome> run() {
    for (;;) {
      outcomes_.clear();
      begin();
      body(method_.body, 0, Surd(1), [&](const Surd& weight) { end(weight); });
      if (needed_ == noises_) return std::move(outcomes_);
      noises_ = needed_;  // the first pass was without noise, and counted it
    }
  }

 private:
  const StateLayout& layout_;
  /// Coordinates of noise behind those of the state: as many as some outcome draws.
  Index noises_ = 0, needed_ = 0, drawn_ = 0;
  std::vector<SurdMatrix> covariances_;
  std::vector<DrawnOutcome> outcomes_;
  using Then = std::function<void(const Surd& weight)>;

  Index width() const { return layout_.size() + noises_ + 1; }

  /// Rows `first` … of the unknown (z, ξ, 1).
  Form rows_of_unknown(Index first, Index size) const {
    Form f = constant(SurdMatrix(SurdMatrix::Constant(size, 1, Surd(0))));
    SurdMatrix& A = f.rounds[0] = SurdMatrix::Constant(size, width(), Surd(0));
    for (Index i = 0; i < size; ++i)
      if (first + i + 1 < width()) A(i, first + i) = Surd(1);
    return f;
  }

  void begin() {
    drawn_ = 0;
    covariances_.clear();
    for (const Block& b : method_.states) {
      const auto& place = layout_.of(b);
      Named block;
      if (b.index) block.ranges = {{place.low, place.high}};
      for (long i = place.low; i <= place.high; ++i)
        block.values.push_back(rows_of_unknown(*layout_.offset(b, i), place.size));
      scope_[b.name] = std::move(block);
    }
  }

  void end(const Surd& weight) {
    if (Integer(outcomes_.size()) >= world_.options().max_outcomes)
      throw Unsupported("the method '" + method_.name + "' has more outcomes than the limit of " +
                        world_.options().max_outcomes.str());
    const Index N = layout_.size();
    DrawnOutcome o{weight, SurdMatrix::Constant(N + 1, N + 1, Surd(0)),
                   SurdMatrix::Constant(N, N, Surd(0))};
    o.map(N, N) = Surd(1);
    SurdMatrix B = SurdMatrix::Constant(N, noises_, Surd(0));
    for (const Block& b : method_.states) {
      const auto& place = layout_.of(b);
      for (long i = place.low; i <= place.high; ++i) {
        const Index offset = *layout_.offset(b, i);
        const Form& f = scope_.at(b.name).values[static_cast<size_t>(i - place.low)];
        const auto& c = std::get<SurdMatrix>(f.constant);
        const auto linear = f.rounds.find(0);
        for (Index r = 0; r < place.size; ++r) {
          o.map(offset + r, N) = c(r, 0);
          if (linear == f.rounds.end()) continue;
          const SurdMatrix& A = linear->second;
          for (Index k = 0; k < N; ++k) o.map(offset + r, k) = A(r, k);
          for (Index k = 0; k < noises_; ++k) B(offset + r, k) = A(r, N + k);
          o.map(offset + r, N) += A(r, N + noises_);
        }
      }
    }
    Index at = 0;
    for (const SurdMatrix& covariance : covariances_) {
      const Index size = covariance.rows();
      if (at + size > noises_) break;  // this pass only counts
      const SurdMatrix part = B.block(0, at, N, size);
      o.noise += part * covariance * part.transpose();
      at += size;
    }
    outcomes_.push_back(std::move(o));
  }

  void body(const std::vector<MethodStep>& steps, size_t at, const Surd& weight, const Then& then) {
    if (at == steps.size()) return then(weight);
    const MethodStep& s = steps[at];
    const auto rest = [&, at](const Surd& w) { body(steps, at + 1, w, then); };
    switch (s.is) {
      case MethodStep::Is::let:
      case MethodStep::Is::local: {
        Named named{ranges(s.indices), {}};
        const bool block = s.is == MethodStep::Is::local;
        each(s.indices, 0, [&] { named.values.push_back(block ? as_column(value(s)) : value(s)); });
        return with(s.name, std::move(named), [&] { rest(weight); });
      }
      case MethodStep::Is::draw:
        return draw(s, weight, rest);
      case MethodStep::Is::loop: {
        const auto all = elements(s.range);
        return pass(s, all, 0, weight, rest);
      }
      case MethodStep::Is::update:
        break;
    }
    size_t last = at;  // consecutive updates see the state before all of them
    while (last < steps.size() && steps[last].is == MethodStep::Is::update) ++last;
    std::map<std::string, Named> old, fresh;
    for (size_t k = at; k < last; ++k) {
      const MethodStep& u = steps[k];
      old.try_emplace(u.name, scope_.at(u.name));
      Named& block = fresh.try_emplace(u.name, scope_.at(u.name)).first->second;
      if (!u.at) {
        block.values.at(0) = sized(u, block.values[0]);
        continue;
      }
      const auto [low, high] = block.ranges.at(0);
      if (!u.whole) {
        const long i = evaluator_.integer(*u.at);
        if (i < low || i > high) throw Undefined(u.at->place, "this index is outside of its range");
        auto& target = block.values[static_cast<size_t>(i - low)];
        target = sized(u, target);
        continue;
      }
      for (long i = low; i <= high; ++i) {
        evaluator_.bind(u.at->name, i);
        auto& target = block.values[static_cast<size_t>(i - low)];
        target = sized(u, target);
        evaluator_.unbind();
      }
    }
    for (auto& [name, block] : fresh) scope_[name] = std::move(block);
    body(steps, last, weight, then);
    for (auto& [name, block] : old) scope_[name] = std::move(block);
  }

  /// In `use` the name has this value. A later pass of a loop runs inside of the earlier ones,
  /// whose own values come back behind it.
  template <class Use>
  void with(const std::string& name, Named named, const Use& use) {
    auto earlier = scope_.extract(name);
    scope_[name] = std::move(named);
    use();
    scope_.erase(name);
    if (earlier) scope_.insert(std::move(earlier));
  }

  /// The passes of a loop from this one on. What is bound for a pass is not bound behind the loop.
  void pass(const MethodStep& s, const std::vector<long>& all, size_t k, const Surd& weight,
            const Then& then) {
    if (k == all.size()) return then(weight);
    evaluator_.bind(s.name, all[k]);
    body(s.body, 0, weight, [&, k](const Surd& w) {
      evaluator_.unbind();
      pass(s, all, k + 1, w, then);
      evaluator_.bind(s.name, all[k]);
    });
    evaluator_.unbind();
  }

  Form value(const MethodStep& s) { return evaluator_.form(*s.value); }

  /// The new value of a block: as long as it is; 0 stands for the zero vector.
  Form sized(const MethodStep& s, const Form& target) {
    const Index size = std::get<SurdMatrix>(target.constant).rows();
    Form f = evaluator_.form(*s.value);
    if (const auto* zero = std::get_if<Scalar>(&f.constant); zero && f.columns == 0)
      return constant(SurdMatrix(SurdMatrix::Constant(size, 1, Surd(0))));
    f = as_column(f);
    if (std::get<SurdMatrix>(f.constant).rows() != size)
      throw Undefined(s.value->place, "'" + s.name + "' has " + std::to_string(size) +
                                          " entries, but this has " +
                                          std::to_string(std::get<SurdMatrix>(f.constant).rows()));
    return f;
  }

  // ---- Draws

  struct Option {
    Surd weight;
    std::vector<Form> values;
  };

  void draw(const MethodStep& s, const Surd& weight, const Then& then) {
    Named named{ranges(s.indices), {}};
    if (s.law == Law::noise) return noise(s, std::move(named), weight, then);
    if (s.law == Law::perm || s.law == Law::sketch) named.ranges = {{1, world_.n()}};
    if (s.law == Law::deals) named.ranges = {{1, evaluator_.integer(*s.args[0])}};
    std::vector<std::vector<Option>> choices;  // for each choice of the indices, independent
    Integer count = 1;
    each(s.indices, 0, [&] {
      choices.push_back(options(s));
      count *= Integer(choices.back().size());
    });
    if (count > world_.options().max_outcomes) too_many(s, count);
    const std::function<void(size_t, const Surd&)> choose = [&](size_t k, const Surd& w) {
      if (k == choices.size()) return with(s.name, named, [&] { then(w); });
      for (const Option& o : choices[k]) {
        const size_t before = named.values.size();
        named.values.insert(named.values.end(), o.values.begin(), o.values.end());
        choose(k + 1, w * o.weight);
        named.values.resize(before);
      }
    };
    choose(0, weight);
  }

  [[noreturn]] void too_many(const MethodStep& s, const Integer& count) const {
    throw Unsupported("the draw '" + s.name + "' of the method '" + method_.name + "' has " +
                      count.str() + " outcomes, more than the limit of " +
                      world_.options().max_outcomes.str());
  }

  /// ξ_i with mean 0 and covariance noise[i]: coordinates of their own.
  void noise(const MethodStep& s, Named named, const Surd& weight, const Then& then) {
    const Index before = drawn_;
    const size_t covariances = covariances_.size();
    each(s.indices, 0, [&] {
      const long i = evaluator_.last_bound();
      if (i < 1 || i > world_.n()) throw Undefined(s.place, "noise is that of a worker");
      covariances_.push_back(world_.gradient_noise(i - 1));
      named.values.push_back(rows_of_unknown(layout_.size() + drawn_, world_.d()));
      drawn_ += world_.d();
    });
    needed_ = std::max(needed_, drawn_);
    with(s.name, std::move(named), [&] { then(weight); });
    drawn_ = before;
    covariances_.resize(covariances);
  }

  std::vector<Option> options(const MethodStep& s) {
    std::vector<Option> all;
    const auto number = [](long k) { return constant(Scalar(Rational(k))); };
    switch (s.law) {
      case Law::coin: {
        const Surd p = probability(*s.args[0]);
        if (!is_zero_number(p)) all.push_back({p, {number(1)}});
        if (!is_zero_number(Surd(1) - p)) all.push_back({Surd(1) - p, {number(0)}});
        return all;
      }
      case Law::element: {
        const auto from = elements(s.range);
        if (from.empty()) throw Undefined(s.place, "there is nothing to draw from");
        Surd sum = 0;
        for (const long k : from) {
          Surd weight(Rational(Integer(1), Integer(from.size())));
          if (!s.args.empty()) {
            evaluator_.bind(s.name, k);
            weight = probability(*s.args[0]);
            evaluator_.unbind();
          }
          sum += weight;
          if (!is_zero_number(weight)) all.push_back({weight, {number(k)}});
        }
        if (!is_zero_number(sum - Surd(1)))
          evaluator_.misuse(s.args[0]->place, "the weights of '" + s.name + "' sum to " +
                                                  to_string(Scalar(sum)) + ", not to 1");
        return all;
      }
      case Law::permutations: {
        auto order = elements(s.range);
        const Integer count = factorial(order.size());
        if (count > world_.options().max_outcomes) too_many(s, count);
        std::sort(order.begin(), order.end());
        do all.push_back({Surd(Rational(Integer(1), count)), {set(order)}});
        while (std::next_permutation(order.begin(), order.end()));
        return all;
      }
      case Law::subsets: {
        for (auto& chosen : subsets(s, elements(s.range), evaluator_.integer(*s.args[0])))
          all.push_back({Surd(0), {set(chosen)}});
        return uniform(std::move(all));
      }
      case Law::rand: {
        const long q = evaluator_.integer(*s.args[0]);
        std::vector<long> coordinates(static_cast<size_t>(world_.d()));
        std::iota(coordinates.begin(), coordinates.end(), 1L);
        if (q < 1) throw Undefined(s.args[0]->place, "Rand-q keeps at least one coordinate");
        const Surd scale(Rational(Integer(world_.d()), Integer(q)));
        for (auto& kept : subsets(s, coordinates, q))
          all.push_back({Surd(0), {constant(SurdMatrix(kept_matrix(kept) * scale))}});
        return uniform(std::move(all));
      }
      case Law::bernoulli: {
        const Surd p = probability(*s.args[0]);
        if (is_zero_number(p)) throw Undefined(s.args[0]->place, "a sketch that keeps nothing");
        const auto d = static_cast<size_t>(world_.d());
        Integer count = 1;
        for (size_t k = 0; k < d; ++k) count *= Integer(2);
        if (count > world_.options().max_outcomes) too_many(s, count);
        for (unsigned long kept = 0; Integer(kept) < count; ++kept) {
          Option o{Surd(1), {}};
          std::vector<long> coordinates;
          for (size_t k = 0; k < d; ++k) {
            const bool keeps = (kept >> k) % 2 == 1;
            o.weight *= keeps ? p : Surd(1) - p;
            if (keeps) coordinates.push_back(static_cast<long>(k) + 1);
          }
          if (is_zero_number(o.weight)) continue;
          o.values.push_back(constant(SurdMatrix(kept_matrix(coordinates) * p.inverse())));
          all.push_back(std::move(o));
        }
        return all;
      }
      case Law::perm: {
        const long q = evaluator_.integer(*s.args[0]);
        if (q * world_.n() != world_.d()) throw Undefined(s.args[0]->place, "Perm-q needs d = n*q");
        std::vector<long> coordinates(static_cast<size_t>(world_.d()));
        std::iota(coordinates.begin(), coordinates.end(), 1L);
        for (const auto& parts : deals(s, coordinates, world_.n())) {
          Option o;
          for (const auto& part : parts)
            o.values.push_back(
                constant(SurdMatrix(kept_matrix(part) * Surd(Rational(world_.n())))));
          all.push_back(std::move(o));
        }
        return uniform(std::move(all));
      }
      case Law::deals: {
        const long parts = evaluator_.integer(*s.args[0]);
        if (parts < 1) throw Undefined(s.args[0]->place, "there are no parts to deal to");
        for (const auto& dealt : deals(s, elements(s.range), parts)) {
          Option o;
          for (const auto& part : dealt) o.values.push_back(set(part));
          all.push_back(std::move(o));
        }
        return uniform(std::move(all));
      }
      case Law::sketch: {
        const Sketch& sketch = world_.instance().sketch;
        if (sketch.support() > world_.options().max_outcomes) too_many(s, sketch.support());
        sketch.enumerate<Surd>([&](const Rational& weight, const std::vector<SurdMatrix>& C) {
          Option o{Surd(weight), {}};
          for (const SurdMatrix& c : C) o.values.push_back(constant(c));
          all.push_back(std::move(o));
          return true;
        });
        return all;
      }
      case Law::noise:
        break;
    }
    throw std::logic_error("a draw without options");
  }

  static bool is_zero_number(const Surd& x) { return claim::is_zero(Scalar(x)); }

  Surd probability(const Expr& e) {
    const Scalar p = evaluator_.scalar(e);
    if (p.has_unknowns()) throw Unsupported("a probability that is not given");
    if (p.sign() < 0 || compare(p, Scalar(1)) > 0)
      evaluator_.misuse(e.place, "this probability is " + to_string(p) + ", not in 0..1");
    return p.need_surd("a probability");
  }

  static std::vector<Option> uniform(std::vector<Option> all) {
    for (Option& o : all) o.weight = Surd(Rational(Integer(1), Integer(all.size())));
    return all;
  }

  static Form set(const std::vector<long>& elements) {
    SurdMatrix m(static_cast<Index>(elements.size()), 1);
    for (size_t k = 0; k < elements.size(); ++k)
      m(static_cast<Index>(k), 0) = Rational(elements[k]);
    return constant(m);
  }

  SurdMatrix kept_matrix(const std::vector<long>& kept) const {
    SurdMatrix m = SurdMatrix::Constant(world_.d(), world_.d(), Surd(0));
    for (const long k : kept) m(k - 1, k - 1) = Surd(1);
    return m;
  }

  std::vector<std::vector<long>> subsets(const MethodStep& s, const std::vector<long>& all,
                                         long m) {
    const auto size = static_cast<long>(all.size());
    if (m < 0 || m > size)
      throw Undefined(s.place,
                      "there are no " + std::to_string(m) + " elements of " + std::to_string(size));
    Integer count = 1;
    for (long k = 0; k < m; ++k) count = count * Integer(size - k) / Integer(k + 1);
    if (count > world_.options().max_outcomes) too_many(s, count);
    std::vector<std::vector<long>> result;
    std::vector<bool> chosen(all.size(), false);
    std::fill(chosen.begin(), chosen.begin() + m, true);
    do {
      std::vector<long> subset;
      for (size_t k = 0; k < all.size(); ++k)
        if (chosen[k]) subset.push_back(all[k]);
      result.push_back(std::move(subset));
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
    return result;
  }

  /// All deals of the elements to parts whose sizes differ by at most one: first which parts get
  /// one more, then the elements of one part after the other.
  std::vector<std::vector<std::vector<long>>> deals(const MethodStep& s,
                                                    const std::vector<long>& all, long parts) {
    const auto size = static_cast<long>(all.size());
    const long least = size / parts, more = size % parts;
    Integer count = factorial(all.size());
    for (long k = 0; k < parts; ++k)
      count = count / factorial(static_cast<size_t>(least + (k < more ? 1 : 0)));
    for (long k = 0; k < more; ++k) count = count * Integer(parts - k) / Integer(k + 1);
    if (count > world_.options().max_outcomes) too_many(s, count);
    std::vector<std::vector<std::vector<long>>> result;
    std::vector<std::vector<long>> dealt(static_cast<size_t>(parts));
    const std::function<void(size_t)> deal = [&](size_t k) {
      if (k == all.size()) return result.push_back(dealt);
      const long full = std::count_if(dealt.begin(), dealt.end(), [&](const auto& part) {
        return static_cast<long>(part.size()) > least;
      });
      for (auto& part : dealt) {
        const auto has = static_cast<long>(part.size());
        if (has > least || (has == least && full == more)) continue;
        part.push_back(all[k]);
        deal(k + 1);
        part.pop_back();
      }
    };
    deal(0);
    return result;
  }
};

}  // namespace

StateLayout::StateLayout(const Method& m, World& world) {
  Reader reader(m, world, world.step());
  for (const Block& b : m.states) {
    Place place;
    place.offset = size_;
    if (b.index) std::tie(place.low, place.high) = reader.range(*b.index);
    const long size = b.size ? reader.evaluator().integer(*b.size) : world.d();
    if (size < 1) throw Undefined(b.place, "the block '" + b.name + "' has no entries");
    place.size = size;
    const long count = std::max(0L, place.high - place.low + 1);
    if (count * size > budget::kPasses.most) throw Unsupported(budget::spent(budget::kPasses));
    size_ += count * size;
    places_.emplace(b.name, place);
  }
  if (size_ == 0) throw Undefined(m.place, "the state of '" + m.name + "' is empty on this case");
}

std::optional<Index> StateLayout::offset(const Block& block, long index) const {
  const Place& place = of(block);
  if (index < place.low || index > place.high) return std::nullopt;
  return place.offset + (index - place.low) * place.size;
}

std::vector<DrawnOutcome> drawn_outcomes(const Method& m, World& world, const StepAt& step) {
  return Run(m, world, step, *world.layout()).run();
}

/// Let p be the polynomial of least degree r that the sequence s_k = S Ā^k z̄⁰ fulfils as a
/// recurrence. All roots of p show in the sequence, so it converges exactly when p = q or p = (λ −
/// 1) q with q(1) ≠ 0 and all roots of q inside the unit disc; it then tends to 0, or to Σ q_j s_j
/// / q(1).
Limit limit_of_rows(const SurdMatrix& map, const SurdMatrix& z, Index first, Index size) {
  const Index D = map.rows();
  SurdMatrix next(D, 1);
  next << z, Surd(1);
  if (has_unknowns(map) || has_unknowns(next))
    throw Unsupported("a limit for a step or a start that is not given");
  std::vector<SurdMatrix> s;
  for (Index k = 0; k < 2 * D; ++k) {
    s.push_back(next.block(first, 0, size, 1));
    next = map * next;
  }
  SurdMatrix p;                            // coefficients, lowest degree first
  for (Index r = 0; p.rows() == 0; ++r) {  // r = D fulfils it, by Cayley and Hamilton
    SurdMatrix columns(size * D, r + 1);
    for (Index j = 0; j <= r; ++j)
      for (Index k = 0; k < D; ++k)
        columns.block(k * size, j, size, 1) = s[static_cast<size_t>(j + k)];
    const SurdMatrix dependent = kernel(columns);
    if (dependent.cols() > 0) p = dependent.col(0) * dependent(r, 0).inverse();
  }
  const auto at_one = [](const SurdMatrix& polynomial) {
    Surd sum = 0;
    for (const Surd& c : polynomial) sum += c;
    return sum;
  };
  SurdMatrix q = p;
  const bool one = at_one(p) == Surd(0);
  if (one) {  // p / (λ − 1)
    q = SurdMatrix::Constant(p.rows() - 1, 1, Surd(0));
    for (Index j = q.rows(); j-- > 0;)
      q(j, 0) = p(j + 1, 0) + (j + 1 < q.rows() ? q(j + 1, 0) : Surd(0));
  }
  if (one && at_one(q) == Surd(0)) return {std::nullopt, "it grows without bound"};
  const Index m = q.rows() - 1;
  if (m > 0) {
    SurdMatrix companion = SurdMatrix::Constant(m, m, Surd(0));
    for (Index j = 0; j < m; ++j) {
      if (j > 0) companion(j, j - 1) = Surd(1);
      companion(j, m - 1) = -q(j, 0);
    }
    if (compare(spectral_radius_of(companion), Scalar(1)) >= 0)
      return {std::nullopt, "a part of it does not shrink"};
  }
  SurdMatrix limit = SurdMatrix::Constant(size, 1, Surd(0));
  if (!one) return {limit, ""};
  for (Index j = 0; j <= m; ++j) limit += s[static_cast<size_t>(j)] * q(j, 0);
  return {SurdMatrix(limit * at_one(q).inverse()), ""};
}

SurdMatrix start_of_state(const Method& m, World& world, const std::optional<SurdMatrix>& x0,
                          const std::optional<Surd>& step) {
  Reader reader(m, world, StepAt(step ? *step : world.step_in_round(0), 0));
  const StateLayout& layout = *world.layout();
  SurdMatrix start = SurdMatrix::Constant(layout.size(), 1, Surd(0));
  for (const Block& b : m.states) {
    const auto& place = layout.of(b);
    const bool is_x = &b == m.plain_x();
    const auto given = world.start_of_block(b.name);
    if (given && (given->rows() != place.high - place.low + 1 || given->cols() != place.size))
      throw std::invalid_argument("the start of the block '" + b.name + "' of the method '" +
                                  m.name + "' has the wrong size");
    Named named;
    if (b.index) named.ranges = {{place.low, place.high}};
    for (long i = place.low; i <= place.high; ++i) {
      SurdMatrix v = SurdMatrix::Constant(place.size, 1, Surd(0));
      if (is_x && x0) {
        v = *x0;
      } else if (given) {
        v = given->row(i - place.low).transpose();
      } else if (is_x && world.data().start) {
        v = start_of(world.data());
      } else if (b.start) {
        if (b.index) reader.evaluator().bind(b.index->name, i);
        const Form f = reader.evaluator().form(*b.start);
        if (b.index) reader.evaluator().unbind();
        if (std::holds_alternative<SurdMatrix>(f.constant)) v = std::get<SurdMatrix>(f.constant);
        if (v.rows() != place.size || v.cols() != 1)
          throw Undefined(b.start->place, "the start of '" + b.name + "' has the wrong size");
      }
      start.block(*layout.offset(b, i), 0, place.size, 1) = v;
      named.values.push_back(constant(v));
    }
    reader.scope()[b.name] = std::move(named);
  }
  return start;
}

}  // namespace istcheck::claim
