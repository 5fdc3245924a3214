#include "check/method.hpp"

#include <algorithm>

#include "claim/builtins.hpp"
#include "exact/budgets.hpp"

namespace istcheck::check {

using claim::Expr;
using claim::MethodStep;

namespace {

claim::Claim nothing_of(const claim::Method& m) {
  claim::Claim c;
  c.source = m.source;
  c.id = m.name;
  return c;
}

Mat set_as_mat(const std::vector<long>& elements) {
  return {elements.size(), 1, [&](size_t i, size_t) { return Number(Rational(elements[i])); }};
}

Mat kept(const std::vector<long>& set, size_t d, const Number& scale) {
  Mat m(d, d);
  for (const long j : set) {
    if (j < 1 || size_t(j) > d) throw NoValue("this is no set of coordinates");
    m.at(size_t(j) - 1, size_t(j) - 1) = scale;
  }
  return m;
}

/// All ways to choose `count` of the elements, in their order.
void choose(const std::vector<long>& all, size_t from, size_t count, std::vector<long>& chosen,
            std::vector<std::vector<long>>& found) {
  if (count == 0) return found.push_back(chosen);
  for (size_t k = from; k + count <= all.size(); ++k) {
    chosen.push_back(all[k]);
    choose(all, k + 1, count - 1, chosen, found);
    chosen.pop_back();
  }
}

Integer binomial(size_t n, size_t k) {
  Integer value = 1;
  for (size_t j = 0; j < k; ++j) value = value * Integer(n - j) / Integer(j + 1);
  return value;
}

Integer factorial(size_t n) {
  Integer value = 1;
  for (size_t j = 2; j <= n; ++j) value *= Integer(j);
  return value;
}

/// All ways to give the elements from number k on to parts that may still take as many as `room`
/// says.
void deal(const std::vector<long>& all, size_t k, std::vector<size_t>& room,
          std::vector<std::vector<long>>& parts,
          const std::function<void(const std::vector<std::vector<long>>&)>& found) {
  if (k == all.size()) return found(parts);
  for (size_t part = 0; part < room.size(); ++part) {
    if (room[part] == 0) continue;
    --room[part];
    parts[part].push_back(all[k]);
    deal(all, k + 1, room, parts, found);
    parts[part].pop_back();
    ++room[part];
  }
}

}  // namespace

/// What was drawn so far, with its weight, and what all names stand for then.
struct TextMethod::Branch {
  Number weight = 1;
  MethodScope names;
  Evaluator::Indices loops;           ///< indices of the loops around
  std::vector<Mat> covariances = {};  ///< of the noise that was drawn
};

TextMethod::TextMethod(const claim::Method& m, World& world, Facts& facts,
                       const cert::Limits& limits)
    : m_(m),
      world_(world),
      facts_(facts),
      limits_(limits),
      nothing_(nothing_of(m)),
      evaluator_(std::make_unique<Evaluator>(nothing_, &world, facts, limits)) {
  read_case(world.step, kLastRound);
  Branch at;
  at.names = given_;
  for (const auto& b : m.states) {
    Place p;
    if (b.index) std::tie(p.low, p.high) = ends(*b.index, at);
    p.first = size_;
    const long length = b.size ? whole(*b.size, at) : long(world.d());
    const long count = std::max(0L, p.high - p.low + 1);
    if (length < 1) throw NoValue("a block without entries");
    if (length * count > budget::kPasses.most) throw Undecided(budget::spent(budget::kPasses));
    p.length = size_t(length);
    size_ += p.length * size_t(count);
    places_.emplace(b.name, p);
  }
  if (size_ == 0) throw NoValue("an empty state");
}

TextMethod::~TextMethod() = default;

std::pair<size_t, size_t> TextMethod::place(const claim::Block& b,
                                            std::optional<long> index) const {
  const Place& p = places_.at(b.name);
  const long i = index.value_or(p.low);
  if (i < p.low || i > p.high) throw NoValue("an index of a block is out of range");
  return {p.first + p.length * size_t(i - p.low), p.length};
}

/// Of the lists over rounds that the case gives for numbers; 0 without any.
size_t TextMethod::longest_list() const {
  size_t longest = 0;
  const auto& given = world_.data().parameters;
  for (const auto& p : m_.parameters) {
    const auto own = given.find(p.name);
    const auto* list = own == given.end() ? nullptr : std::get_if<RationalVector>(&own->second);
    if (is_number(p.kind) && list != nullptr) longest = std::max(longest, size_t(list->size()));
  }
  return longest;
}

/// Parameters, data, the number of the round and the step, as a round is run with them.
void TextMethod::read_case(const Number& step, long k) {
  const Case& c = world_.data();
  given_.clear();
  round_ = k;
  evaluator_->set_variable(to_text(Constant::gamma), step);
  for (const auto& p : m_.parameters) {
    const auto own = c.parameters.find(p.name);
    if (own == c.parameters.end()) throw std::invalid_argument("the case lacks a parameter");
    Mat v = value_in(c, &Numbers::parameters, p.name, facts_);
    const bool list = is_number(p.kind) && std::holds_alternative<RationalVector>(own->second);
    if (list) v = v.at(k == kLastRound ? v.rows() - 1 : std::min(size_t(k), v.rows() - 1), 0);
    const bool shaped = is_number(p.kind) ? list || std::holds_alternative<Rational>(own->second)
                                          : !std::holds_alternative<Rational>(own->second);
    if (!shaped || !evaluator_->suits(p.kind, v))
      throw std::invalid_argument("a parameter is not of its kind");
    given_[p.name] = {{}, {v}, Evaluator::form_of_kind(p.kind)};
  }
  Branch at;
  for (const auto& d : m_.data) {
    const auto own = c.data.find(d.name);
    if (own == c.data.end() || own->second.index() != d.sizes.size())
      throw std::invalid_argument("the case lacks data, or has them in another shape");
    const Mat v = value_in(c, &Numbers::data, d.name, facts_);
    for (size_t j = 0; j < d.sizes.size(); ++j) {
      const Expr& size = *d.sizes[j];
      const Number length(Rational(j == 0 ? v.rows() : v.columns()));
      const bool fresh = size.op == claim::Op::name && given_.count(size.name) == 0 &&
                         !claim::is_core_name(size.name);
      if (fresh) given_[size.name] = {{}, {length}, Evaluator::kNumber};
      at.names = given_;
      if (!(evaluator_->scalar_in(size, at.names, {}) == length))
        throw std::invalid_argument("the sizes of data");
    }
    given_[d.name] = {{}, {v}, form_of(d.name)};
  }
  const bool own_k = given_.count(claim::kRoundName) > 0;
  if (!own_k && k != kLastRound)
    given_[claim::kRoundName] = {{}, {Number(Rational(k))}, Evaluator::kNumber};
}

Evaluator::Form TextMethod::form_of(const std::string& name) const {
  for (const auto& p : m_.parameters)
    if (p.name == name) return Evaluator::form_of_kind(p.kind);
  for (const auto& d : m_.data)
    if (d.name == name)
      return d.sizes.empty()       ? Evaluator::kNumber
             : d.sizes.size() == 1 ? Evaluator::kVector
                                   : Evaluator::kMatrix;
  return Evaluator::kVector;  // a block
}

std::optional<Mat> TextMethod::given(const std::string& name) {
  for (const auto& p : m_.parameters) {
    if (p.name != name) continue;
    if (is_number(p.kind) && !std::holds_alternative<Rational>(world_.data().parameters.at(p.name)))
      throw Undecided("a parameter that is a list over rounds");
    return value_in(world_.data(), &Numbers::parameters, name, facts_);
  }
  for (const auto& d : m_.data)
    if (d.name == name) return value_in(world_.data(), &Numbers::data, name, facts_);
  return std::nullopt;
}

Mat TextMethod::value(const Expr& e, const Branch& at) {
  return evaluator_->value_in(e, at.names, at.loops);
}

long TextMethod::whole(const Expr& e, const Branch& at) {
  const Mat v = value(e, at);
  const Number x = v.at(0, 0);
  if (!x.is_rational() || denominator(x.rational()) != 1) throw NoValue("a whole number is needed");
  if (abs(x.rational()) > budget::kWhole.most) throw Undecided(budget::spent(budget::kWhole));
  return static_cast<long>(numerator(x.rational()));
}

std::vector<long> TextMethod::set_of(const Expr& e, const Branch& at) {
  std::vector<long> all;
  const Mat set = value(e, at);
  for (const Number& x : set.entries()) {
    if (!x.is_rational()) throw Undecided("a set");
    all.push_back(static_cast<long>(numerator(x.rational())));
  }
  return all;
}

std::pair<long, long> TextMethod::ends(const claim::Binder& b, const Branch& at) {
  if (b.domain == claim::Domain::workers) return {1, long(world_.n())};
  if (b.domain == claim::Domain::coordinates) return {1, long(world_.d())};
  const long low = whole(*b.low, at);
  return {low, whole(*b.high, at)};
}

std::vector<long> TextMethod::elements(const claim::IndexRange& r, const Branch& at) {
  std::vector<long> all;
  if (r.set) {
    all = set_of(*r.set, at);
  } else {
    long low = 1, high = long(r.domain == claim::Domain::workers ? world_.n() : world_.d());
    if (r.domain == claim::Domain::range) {
      low = whole(*r.low, at);
      high = whole(*r.high, at);
    }
    if (high - low > budget::kPasses.most) throw Undecided(budget::spent(budget::kPasses));
    for (long k = low; k <= high; ++k) all.push_back(k);
  }
  if (!r.without) return all;
  const auto less = set_of(*r.without, at);
  std::erase_if(all, [&](long k) { return std::count(less.begin(), less.end(), k) > 0; });
  return all;
}

/// Calls body for every choice of the indices, the first one slowest, with the last one.
void TextMethod::each(const std::vector<claim::Binder>& indices, Branch& at,
                      const std::function<void(long last)>& body, size_t k) {
  if (k == indices.size()) return body(0);
  const auto [low, high] = ends(indices[k], at);
  for (long i = low; i <= high; ++i) {
    at.loops.push_back({indices[k].name, Number(Rational(i))});
    if (k + 1 == indices.size())
      body(i);
    else
      each(indices, at, body, k + 1);
    at.loops.pop_back();
  }
}

/// Number k of the unknowns: entries of the state, then of noise.
Number TextMethod::unknown(size_t k) {
  while (roots_.size() <= k) {
    Root root;
    root.letter = 'x';
    root.index = roots_.size() + 1;
    root.free = root.state = true;
    roots_.push_back(root);
  }
  return Number(roots_[k]);
}

void TextMethod::require_at_most(const Integer& outcomes) const {
  if (outcomes > Integer(limits_.outcomes))
    throw Undecided("the method has more outcomes than the header allows");
}

// ---- A round

std::vector<TextMethod::Branch> TextMethod::after(const std::vector<MethodStep>& steps,
                                                  Branch from) {
  const auto end_of = [&](Branch b) {  // names of this body end with it
    std::erase_if(b.names, [&](const auto& name) { return from.names.count(name.first) == 0; });
    return b;
  };
  std::vector<Branch> branches = {from};
  for (size_t k = 0; k < steps.size(); ++k) {
    const MethodStep& s = steps[k];
    size_t last = k;  // of a simultaneous step
    while (s.is == MethodStep::Is::update && last + 1 < steps.size() &&
           steps[last + 1].is == MethodStep::Is::update)
      ++last;
    std::vector<Branch> next;
    for (Branch& b : branches) {
      if (s.is == MethodStep::Is::draw) {
        for (Branch& drawn : draw(s, std::move(b))) next.push_back(std::move(drawn));
      } else if (s.is == MethodStep::Is::loop) {
        std::vector<Branch> passes = {b};
        for (const long element : elements(s.range, b)) {
          std::vector<Branch> behind;
          for (Branch& pass : passes) {
            pass.loops.push_back({s.name, Number(Rational(element))});
            for (Branch& end : after(s.body, std::move(pass))) {
              end.loops.pop_back();
              behind.push_back(std::move(end));
            }
            require_at_most(Integer(behind.size()));
          }
          passes = std::move(behind);
        }
        for (Branch& end : passes) next.push_back(std::move(end));
      } else if (s.is == MethodStep::Is::update) {
        Branch changed = b;
        for (size_t j = k; j <= last; ++j) update(steps[j], b, changed);
        next.push_back(std::move(changed));
      } else {
        NamedInMethod named;
        for (const auto& index : s.indices) named.ranges.push_back(ends(index, b));
        each(s.indices, b, [&](long) {
          named.values.push_back(value(*s.value, b));
          named.form = s.is == MethodStep::Is::local
                           ? Evaluator::kVector
                           : evaluator_->form_in(*s.value, b.names, b.loops);
        });
        b.names[s.name] = std::move(named);
        next.push_back(std::move(b));
      }
      require_at_most(Integer(next.size()));
    }
    branches = std::move(next);
    k = last;
  }
  for (Branch& b : branches) b = end_of(std::move(b));
  return branches;
}

void TextMethod::update(const MethodStep& s, const Branch& before, Branch& changed) {
  NamedInMethod& block = changed.names.at(s.name);
  const auto becomes = [&](Mat& target, const Branch& at) {
    const Mat v = value(*s.value, at);
    const bool zero = claim::is_zero_numeral(*s.value);
    if (!zero && !v.same_size(target)) throw NoValue("the size of a block");
    target = zero ? Mat(target.rows(), 1) : v;
  };
  if (!s.at) return becomes(block.values.at(0), before);
  const auto [low, high] = block.ranges.at(0);
  const auto bound = [&](const std::string& name) {
    return before.names.count(name) > 0 || claim::is_core_name(name) ||
           std::any_of(before.loops.begin(), before.loops.end(),
                       [&](const auto& index) { return index.name == name; });
  };
  const bool whole_block = s.at->op == claim::Op::name && !bound(s.at->name);
  if (!whole_block) {
    const long i = whole(*s.at, before);
    if (i < low || i > high) throw NoValue("an index of a block is out of range");
    return becomes(block.values.at(size_t(i - low)), before);
  }
  Branch at = before;
  at.loops.push_back({s.at->name, Mat()});
  for (long i = low; i <= high; ++i) {
    at.loops.back().value = Number(Rational(i));
    becomes(block.values.at(size_t(i - low)), at);
  }
}

/// All branches behind a draw: independent for each choice of its indices.
std::vector<TextMethod::Branch> TextMethod::draw(const MethodStep& s, Branch from) {
  if (s.law == claim::Law::noise) {
    add_noise(s, from);
    return {std::move(from)};
  }
  NamedInMethod named;
  for (const auto& index : s.indices) named.ranges.push_back(ends(index, from));
  if (s.law == claim::Law::perm || s.law == claim::Law::sketch)
    named.ranges = {{1, long(world_.n())}};
  if (s.law == claim::Law::deals) named.ranges = {{1, whole(*s.args.at(0), from)}};
  const bool matrix = s.law == claim::Law::perm || s.law == claim::Law::sketch ||
                      s.law == claim::Law::rand || s.law == claim::Law::bernoulli;
  const bool set = s.law == claim::Law::permutations || s.law == claim::Law::subsets ||
                   s.law == claim::Law::deals;
  named.form = matrix ? Evaluator::kMatrix : set ? Evaluator::kVector : Evaluator::kNumber;
  std::vector<std::pair<Number, NamedInMethod>> all = {{Number(1), named}};
  each(s.indices, from, [&](long) {
    const Law own = law(s, from);
    require_at_most(Integer(all.size()) * Integer(own.size()));
    std::vector<std::pair<Number, NamedInMethod>> longer;
    for (const auto& [weight, before] : all)
      for (const auto& [p, values] : own) {
        if (facts_.zero(p)) continue;  // outcomes of weight 0 do not exist
        longer.emplace_back(weight * p, before);
        auto& to = longer.back().second.values;
        to.insert(to.end(), values.begin(), values.end());
      }
    all = std::move(longer);
  });
  std::vector<Branch> branches;
  for (auto& [weight, values] : all) {
    Branch b = from;
    b.weight = b.weight * weight;
    b.names[s.name] = std::move(values);
    branches.push_back(std::move(b));
  }
  return branches;
}

Number TextMethod::probability(const Expr& e, const Branch& at) {
  const Number p = evaluator_->scalar_in(e, at.names, at.loops);
  if (p.has_state()) throw Undecided("a probability that depends on the state");
  if (facts_.negative(p) || facts_.negative(Number(1) - p))
    throw std::invalid_argument("a probability is not in 0..1");
  return p;
}

TextMethod::Law TextMethod::law(const MethodStep& s, const Branch& at) {
  Law all;
  const size_t d = world_.d();
  const auto uniform = [&] {
    const Number share = Rational(1) / Rational(all.size());
    for (auto& option : all) option.first = share;
  };
  const auto size_of_draw = [&](size_t of) {
    const long m = whole(*s.args.at(0), at);
    if (m < 0 || size_t(m) > of) throw NoValue("a subset larger than its set");
    return size_t(m);
  };
  const auto subsets = [&](const std::vector<long>& of, size_t m, const auto& as) {
    require_at_most(binomial(of.size(), m));
    std::vector<long> chosen;
    std::vector<std::vector<long>> found;
    choose(of, 0, m, chosen, found);
    for (const auto& subset : found) all.push_back({Number(), {as(subset)}});
  };
  const auto deals = [&](const std::vector<long>& of, size_t parts, const auto& as) {
    // As many elements for each part but that some, any of them, get one more.
    const size_t least = of.size() / parts, more = of.size() % parts;
    Integer count = binomial(parts, more) * factorial(of.size());
    for (size_t k = 0; k < parts; ++k) count = count / factorial(least + (k < more ? 1 : 0));
    require_at_most(count);
    std::vector<long> numbers, chosen;
    for (size_t k = 0; k < parts; ++k) numbers.push_back(long(k));
    std::vector<std::vector<long>> larger;
    choose(numbers, 0, more, chosen, larger);
    for (const auto& with_more : larger) {
      std::vector<size_t> room(parts, least);
      for (const long k : with_more) ++room[size_t(k)];
      std::vector<std::vector<long>> dealt(parts);
      deal(of, 0, room, dealt, [&](const auto& done) {
        std::vector<Mat> values;
        for (const auto& part : done) values.push_back(as(part));
        all.push_back({Number(), std::move(values)});
      });
    }
  };
  std::vector<long> coordinates;
  for (size_t j = 1; j <= d; ++j) coordinates.push_back(long(j));
  switch (s.law) {
    case claim::Law::coin: {
      const Number p = probability(*s.args.at(0), at);
      return {{p, {Number(1)}}, {Number(1) - p, {Number(0)}}};
    }
    case claim::Law::element: {
      const auto from = elements(s.range, at);
      if (from.empty()) throw NoValue("there is nothing to draw from");
      Number sum;
      for (const long k : from) {
        Branch here = at;
        here.loops.push_back({s.name, Number(Rational(k))});
        const Number p = s.args.empty() ? Number(Rational(1) / Rational(from.size()))
                                        : probability(*s.args[0], here);
        sum = sum + p;
        all.push_back({p, {Number(Rational(k))}});
      }
      if (!facts_.zero(sum - Number(1)))
        throw std::invalid_argument("weights that do not sum to 1");
      return all;
    }
    case claim::Law::permutations: {
      auto order = elements(s.range, at);
      require_at_most(factorial(order.size()));
      std::sort(order.begin(), order.end());
      do all.push_back({Number(), {set_as_mat(order)}});
      while (std::next_permutation(order.begin(), order.end()));
      break;
    }
    case claim::Law::subsets: {
      const auto of = elements(s.range, at);
      subsets(of, size_of_draw(of.size()), set_as_mat);
      break;
    }
    case claim::Law::deals: {
      const long parts = whole(*s.args.at(0), at);
      if (parts < 1) throw NoValue("there are no parts to deal to");
      deals(elements(s.range, at), size_t(parts), set_as_mat);
      break;
    }
    case claim::Law::rand: {
      const size_t q = size_of_draw(d);
      if (q == 0) throw NoValue("Rand-q keeps at least one coordinate");
      const Number scale = Rational(d) / Rational(q);
      subsets(coordinates, q, [&](const auto& set) { return kept(set, d, scale); });
      break;
    }
    case claim::Law::perm: {
      const size_t q = size_of_draw(d);
      if (q * world_.n() != d) throw NoValue("Perm-q needs d = n*q");
      const Number scale = Rational(world_.n());
      deals(coordinates, world_.n(), [&](const auto& set) { return kept(set, d, scale); });
      break;
    }
    case claim::Law::bernoulli: {
      const Number p = probability(*s.args.at(0), at);
      if (facts_.zero(p)) throw NoValue("a sketch that keeps nothing");
      const Number scale = facts_.reciprocal(p);
      Integer count = 1;
      for (size_t j = 0; j < d; ++j) count *= Integer(2);
      require_at_most(count);
      for (size_t m = 0; m <= d; ++m) {
        Number weight = 1;
        for (size_t j = 0; j < d; ++j) weight = weight * (j < m ? p : Number(1) - p);
        const size_t before = all.size();
        subsets(coordinates, m, [&](const auto& set) { return kept(set, d, scale); });
        for (size_t k = before; k < all.size(); ++k) all[k].first = weight;
      }
      return all;
    }
    case claim::Law::sketch: {
      for (const Outcome& o : world_.outcomes()) all.push_back({o.weight, o.C});
      return all;
    }
    case claim::Law::noise:
      throw Undecided("noise is no choice");
  }
  uniform();
  return all;
}

/// New unknowns with mean 0, and the covariance of each worker's noise.
void TextMethod::add_noise(const MethodStep& s, Branch& at) {
  NamedInMethod named;
  for (const auto& index : s.indices) named.ranges.push_back(ends(index, at));
  named.form = Evaluator::kVector;
  each(s.indices, at, [&](long worker) {
    if (worker < 1 || size_t(worker) > world_.n()) throw NoValue("noise is that of a worker");
    const size_t d = world_.d(), first = size_ + d * at.covariances.size();
    at.covariances.push_back(world_.noise[size_t(worker) - 1]);
    named.values.emplace_back(d, 1, [&](size_t i, size_t) { return unknown(first + i); });
  });
  at.names[s.name] = std::move(named);
}

/// Each entry of the blocks at the end is a polynomial in the unknowns; it must be of degree one,
/// and its coefficients are a row of A, a and B in z⁺ = A z + a + B ξ.
const Round& TextMethod::round(const Number& step, long k) {
  if (k != kLastRound && !m_.uses_round && size_t(k) + 1 >= longest_list()) k = kLastRound;
  const std::string name = std::to_string(k) + " " + text(step);
  if (const auto known = rounds_.find(name); known != rounds_.end()) return known->second;
  read_case(step, k);
  Branch start;
  start.names = given_;
  for (const auto& b : m_.states) {
    const Place& p = places_.at(b.name);
    NamedInMethod block;
    if (b.index) block.ranges = {{p.low, p.high}};
    block.form = Evaluator::kVector;
    for (long i = p.low; i <= p.high; ++i) {
      const size_t first = place(b, i).first;
      block.values.emplace_back(p.length, 1, [&](size_t r, size_t) { return unknown(first + r); });
    }
    start.names[b.name] = std::move(block);
  }
  Round result{{}, Mat(size_ + 1, size_ + 1)};
  for (const Branch& end : after(m_.body, start)) {
    const size_t d = world_.d(), noises = d * end.covariances.size();
    Mat map(size_ + 1, size_ + 1), B(size_ + 1, std::max<size_t>(noises, 1));
    map.at(size_, size_) = 1;
    for (const auto& b : m_.states) {
      const Place& p = places_.at(b.name);
      for (long i = p.low; i <= p.high; ++i) {
        const auto [first, length] = place(b, i);
        const Mat& v = end.names.at(b.name).values.at(size_t(i - p.low));
        for (size_t r = 0; r < length; ++r)
          for (const auto& [product, c] : v.at(r, 0).by_state()) {
            if (product.empty()) {
              map.at(first + r, size_) = c;
              continue;
            }
            if (product.size() != 1 || product[0].second != 1)
              throw Undecided("an update that is not affine in the state");
            const size_t j = product[0].first->index - 1;
            (j < size_ ? map.at(first + r, j) : B.at(first + r, j - size_)) = c;
          }
      }
    }
    for (size_t k2 = 0; k2 < end.covariances.size(); ++k2) {
      const Mat part = B.block(0, d * k2, size_ + 1, d);
      result.noise = result.noise + end.weight * (part * end.covariances[k2] * part.transposed());
    }
    result.map.terms.emplace_back(end.weight, std::move(map));
  }
  return rounds_[name] = std::move(result);  // whole: nothing is kept of what ended early
}

Mat TextMethod::start_of_x(const std::optional<Number>& own) {
  const claim::Block* x = m_.plain_x();
  if (x == nullptr) return world_.start;
  return start(nullptr, own).block(place(*x, std::nullopt).first, 0, world_.d(), 1);
}

Mat TextMethod::start(const Mat* x0, const std::optional<Number>& own) {
  const Case& c = world_.data();
  read_case(own ? *own : world_.step_of(0), 0);
  Branch at;
  at.names = given_;
  Mat z(size_, 1);
  for (const auto& b : m_.states) {
    const Place& p = places_.at(b.name);
    const bool x = &b == m_.plain_x();
    const auto own = c.blocks.find(b.name);
    NamedInMethod block;
    if (b.index) block.ranges = {{p.low, p.high}};
    block.form = Evaluator::kVector;
    for (long i = p.low; i <= p.high; ++i) {
      Mat v(p.length, 1);
      if (x && x0 != nullptr) {
        v = *x0;
      } else if (own != c.blocks.end()) {
        Mat m = value_in(c, &Numbers::blocks, b.name, facts_);
        if (std::holds_alternative<RationalVector>(own->second)) m = m.transposed();
        if (m.rows() != size_t(p.high - p.low + 1) || m.columns() != p.length)
          throw std::invalid_argument("the start of a block has the wrong size");
        v = m.block(size_t(i - p.low), 0, 1, p.length).transposed();
      } else if (x && c.start) {
        v = world_.start;
      } else if (b.start) {
        Branch here = at;
        if (b.index) here.loops.push_back({b.index->name, Number(Rational(i))});
        if (!claim::is_zero_numeral(*b.start)) v = value(*b.start, here);
      }
      if (v.rows() != p.length || v.columns() != 1) throw NoValue("the start of a block");
      z.put(v, place(b, i).first, 0);
      block.values.push_back(v);
    }
    at.names[b.name] = std::move(block);
  }
  return z;
}

const Mat& TextMethod::second_moment(size_t k, const std::optional<Number>& own, const Mat& start) {
  auto& path = paths_[(own ? text(*own) : "case") + " " + text(start)];
  if (path.empty()) {
    Mat z(size_ + 1, 1);
    z.put(start, 0, 0);
    z.at(size_, 0) = 1;
    path.push_back(z * z.transposed());
  }
  while (path.size() <= k) {
    const size_t at = path.size() - 1;
    const Round& r = round(own ? *own : world_.step_of(at), long(at));
    Mat next = r.noise;
    for (const auto& [w, a] : r.map.terms) {
      next = next + w * (a * path.back() * a.transposed());
      facts_.require_within(next);
    }
    path.push_back(std::move(next));
  }
  return path[k];
}

const ReachableStates& TextMethod::reachable() {
  if (reachable_) return *reachable_;
  if (m_.uses_round || longest_list() > 1 || world_.data().schedule)
    throw Undecided("what is reached by a method that changes from round to round");
  const Round r = round(world_.step);
  const Mat start = this->start(nullptr, std::nullopt);
  Mat z(size_ + 1, 1);
  z.put(start, 0, 0);
  z.at(size_, 0) = 1;
  std::vector<Mat> columns;
  std::vector<size_t> pivots;
  const auto add = [&](Mat v) {
    for (size_t k = 0; k < columns.size(); ++k) v = v - v.at(pivots[k], 0) * columns[k];
    size_t pivot = 0;
    while (pivot < size_ && facts_.zero(v.at(pivot, 0))) ++pivot;
    if (pivot == size_) return;
    v = facts_.reciprocal(v.at(pivot, 0)) * v;
    for (Mat& column : columns) column = column - column.at(pivot, 0) * v;
    columns.push_back(std::move(v));
    pivots.push_back(pivot);
  };
  const auto top = [&](const Mat& v) { return v.block(0, 0, size_, 1); };
  for (const auto& [w, a] : r.map.terms) add(top(a * z) - start);
  for (size_t k = 0; k < size_; ++k) add(r.noise.block(0, k, size_, 1));
  for (size_t k = 0; k < columns.size(); ++k)
    for (const auto& [w, a] : r.map.terms) add(a.block(0, 0, size_, size_) * columns[k]);
  std::vector<size_t> order(columns.size());
  for (size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return pivots[a] < pivots[b]; });
  ReachableStates found{start, Mat(size_, columns.size()), {}};
  for (size_t k = 0; k < order.size(); ++k) {
    found.directions.put(columns[order[k]], 0, k);
    found.pivots.push_back(pivots[order[k]]);
  }
  return *(reachable_ = std::move(found));
}

/// A B = B T, and T is the rows of A B at the pivots, where B is the identity.
CongruenceSum TextMethod::on_reachable() {
  const ReachableStates& r = reachable();
  CongruenceSum sum;
  for (const auto& [w, a] : round(world_.step).map.terms) {
    const Mat moved = a.block(0, 0, size_, size_) * r.directions;
    sum.terms.emplace_back(w, Mat(r.pivots.size(), r.pivots.size(),
                                  [&](size_t i, size_t j) { return moved.at(r.pivots[i], j); }));
  }
  return sum;
}

/// docs/semantics.md 17.6: p is the first linear dependence among the columns w_j = (s_j, …,
/// s_{j+D−1}), found by elimination.
/// The sequence is taken from where lists over rounds have come to their ends: what it tends to
/// is theirs, but where it is then is due to all of them.
Mat TextMethod::limit(const Number& last, const std::optional<Number>& own, const Mat& start,
                      size_t first, size_t length) {
  const size_t D = size_ + 1;
  const Mat mean = round(last).map.mean();
  Mat z(D, 1);
  z.put(start, 0, 0);
  z.at(size_, 0) = 1;
  const size_t changing = std::max(longest_list(), own ? 0 : world_.listed_steps());
  for (size_t k = 0; k + 1 < changing; ++k) {
    z = round(own ? *own : world_.step_of(k), long(k)).map.mean() * z;
    facts_.require_within(z);
  }
  std::vector<Mat> s;
  for (size_t k = 0; k < 2 * D; ++k) {
    s.push_back(z.block(first, 0, length, 1));
    z = mean * z;
    facts_.require_within(z);
  }
  struct Reduced {
    Mat column;
    std::vector<Number> of;  ///< how it is made of w_0, w_1, …
    size_t pivot = 0;
  };
  std::vector<Reduced> reduced;
  std::vector<Number> p;
  for (size_t j = 0; p.empty(); ++j) {
    Reduced w{Mat(length * D, 1), std::vector<Number>(j + 1), 0};
    w.of[j] = 1;
    for (size_t k = 0; k < D; ++k) w.column.put(s.at(j + k), length * k, 0);
    for (const Reduced& r : reduced) {
      const Number c = w.column.at(r.pivot, 0);
      w.column = w.column - c * r.column;
      for (size_t i = 0; i < r.of.size(); ++i) w.of[i] = w.of[i] - c * r.of[i];
    }
    while (w.pivot < length * D && facts_.zero(w.column.at(w.pivot, 0))) ++w.pivot;
    if (w.pivot == length * D) {
      p = w.of;
      break;
    }
    const Number scale = facts_.reciprocal(w.column.at(w.pivot, 0));
    w.column = scale * w.column;
    for (Number& c : w.of) c = scale * c;
    reduced.push_back(std::move(w));
  }
  const auto at_one = [](const std::vector<Number>& polynomial) {
    Number sum;
    for (const Number& c : polynomial) sum = sum + c;
    return sum;
  };
  const bool one = facts_.zero(at_one(p));
  std::vector<Number> q = p;
  if (one) {  // p / (λ − 1)
    q.pop_back();
    for (size_t j = q.size(); j-- > 0;) q[j] = j + 1 < q.size() ? p[j + 1] + q[j + 1] : p[j + 1];
  }
  const Number total = at_one(q);
  if (one && facts_.zero(total)) throw NoValue("a mean grows without bound");
  const size_t m = q.size() - 1;
  if (m > 0) {
    Mat companion(m, m);
    for (size_t j = 0; j < m; ++j) {
      if (j > 0) companion.at(j, j - 1) = 1;
      companion.at(j, m - 1) = -q[j];
    }
    if (!facts_.positive(Number(1) - facts_.radius({{{Number(1), companion}}}, true)))
      throw NoValue("a mean has no limit");
  }
  Mat sum(length, 1);
  if (!one) return sum;
  for (size_t j = 0; j <= m; ++j) sum = sum + q[j] * s[j];
  return facts_.reciprocal(total) * sum;
}

}  // namespace istcheck::check
