// Methods as text: what their statements may say, and their names in claims (docs/semantics.md 17).
#include <algorithm>

#include "claim/printer.hpp"
#include "claim/type_checker.hpp"

namespace istcheck::claim {

void check_method(Method& m) {
  Claim nothing;
  nothing.source = m.source;
  nothing.place = m.place;
  nothing.id = m.name;
  TypeChecker(nothing).run_method(m);
}

// ---- Names ------------------------------------------------------------------------------------

/// A name of the method, alone or with its indices. In a claim one index more is a round.
bool TypeChecker::method_name(Expr& e) {
  if (std::find(bound_.begin(), bound_.end(), e.name) != bound_.end()) return false;
  const auto found = method_names_.find(e.name);
  if (found == method_names_.end() && in_method_ && e.op == Op::name && e.name == kRoundName) {
    uses_round_ = true;
    e.type = scalar_type();
    e.type.uses_case = true;
    e.meaning = Meaning::method;
    return true;
  }
  if (found == method_names_.end()) return false;
  const MethodName& m = found->second;
  mentioned_.insert(e.name);
  const size_t given = e.op == Op::name ? 0 : e.args.size(), own = m.indices.size();
  if (given == own) {
    for (auto& arg : e.args) plain(*arg, "an index");
    inherit(e);
    of_method(e, m, given);
    return true;
  }
  if (own > 0) {
    std::string form = e.name + "[";
    for (const Binder& b : m.indices) form += (form.back() == '[' ? "" : ", ") + b.name;
    fail(e.place,
         "'" + e.name + "' has " + std::to_string(own) + " index(es), as in " + form + "]");
  }
  if (!in_method_ && m.role == MethodName::Role::state) {  // x[k]
    if (given != 1) fail(e.place, "'" + e.name + "' in a round has one index: " + e.name + "[k]");
    state_in_round(e, m.type, *e.args[0]);
    return true;
  }
  auto base = std::make_unique<Expr>();  // an entry
  base->op = Op::name;
  base->place = e.place;
  base->name = e.name;
  e.args.insert(e.args.begin(), std::move(base));
  check(*e.args[0]);
  const Type t = e.args[0]->type;
  const size_t wanted = t.is_vector() ? 1 : 2;
  if (t.shape != Shape::matrix || given != wanted)
    fail(e.place, "a " + to_string(t) + " has no entry of " + std::to_string(given) + " index(es)");
  for (size_t k = 1; k < e.args.size(); ++k) plain(*e.args[k], "an index");
  inherit(e);
  e.args.erase(e.args.begin());
  e.meaning = Meaning::method;
  return true;
}

void TypeChecker::of_method(Expr& e, const MethodName& m, size_t indices) {
  const Type inside = e.type;  // of the indices
  e.type = m.type;
  e.type.uses_case = true;
  e.type.uses_variable |= inside.uses_variable;
  e.type.uses_bound |= inside.uses_bound;
  e.meaning = Meaning::method;
  if (indices == 0 && m.role == MethodName::Role::parameter) return;
  if (m.role == MethodName::Role::datum) return;
  const bool in_claim = !in_method_;
  if (in_claim && m.role != MethodName::Role::state) {
    fail(e.place, "'" + e.name + "' is drawn or defined inside the method '" + claim_.method->name +
                      "', and claims cannot name that");
  }
  if (in_claim && in_round_) {
    e.type.degree = 1;
    e.type.iterates = e.type.uses_variable = true;
    return;
  }
  e.type.free_state = e.type.uses_bound = true;
}

/// A block in a round, outside of any: x[k], h[i][k], x[infinity].
void TypeChecker::state_in_round(Expr& e, const Type& block, Expr& round) {
  if (is_limit(round)) {
    round.type = scalar_type();
  } else {
    need_plain(round, "the number of a round");
  }
  if (in_round_) fail(e.place, "inside next(…) and round(k : …) a state has no round of its own");
  inherit(e);
  e.type.free_state = false;
  set_shape(e, block);
  e.type.degree = 1;
  e.type.iterates = e.type.uses_variable = true;
  e.meaning = Meaning::method;
  carry_run(e);
  use_case(e, e.name);
}

/// next(V), fixed(x), limit(h[i]), covariance(x, h[i]), and keep(S) in a method.
void TypeChecker::method_call(Expr& e) {
  e.function = function_named(e.name);
  e.meaning = Meaning::builtin;
  if (e.function == Function::keep) {
    if (!in_method_) fail(e.place, "'keep' is for methods: sets are drawn there");
    if (e.args.size() != 1) fail(e.place, "'keep' takes one argument, a set");
    check(*e.args[0]);
    if (e.args[0]->type.shape != Shape::set) fail(e.args[0]->place, "'keep' needs a set");
    inherit(e);
    const Size d = Size::named(to_text(Constant::d));
    return set_shape(e, matrix_type(d, d));
  }
  if (in_method_ || !claim_.method) {
    if (in_method_) fail(e.place, "'" + e.name + "' belongs to claims");
    fail(e.place, "'" + e.name + "' is for claims about a method as text: setting method = …");
  }
  if (e.function == Function::next) {
    if (e.args.size() != 1) fail(e.place, "'next' takes one argument");
    return in_round(e, *e.args[0]);
  }
  const size_t most = e.function == Function::covariance ? 2 : 1;
  if (e.args.size() > most)
    fail(e.place, "'" + e.name + "' takes " + std::to_string(most) + " block(s) of the state");
  std::vector<Size> sizes;
  for (auto& arg : e.args) {
    const auto state = state_in(*arg, *claim_.method);
    if (!state || state->round != nullptr || arg->grouped)
      fail(arg->place,
           "'" + e.name + "' takes a block of the state, such as " + claim_.method->states[0].name);
    check(*arg);
    sizes.push_back(arg->type.rows);
  }
  inherit(e);
  e.type.free_state = e.type.uses_bound = false;
  for (auto& arg : e.args)
    for (auto& index : arg->args) e.type.uses_bound |= index->type.uses_bound;
  e.type.uses_variable = true;
  set_shape(e, matrix_type(sizes[0], most == 1 ? Size::of(1) : sizes.back()));
  carry_run(e);
  use_case(e, e.name);
}

/// next(V) and round(k : V): V as it stands for whoever reads, and `inside` for whoever computes.
void TypeChecker::in_round(Expr& e, Expr& body) {
  const bool next = e.op == Op::call;
  if (!claim_.method || in_round_) {
    fail(e.place, in_round_ ? "one round inside another is not supported"
                            : "'" + e.name +
                                  "' is for claims about a method as text: setting "
                                  "method = …");
  }
  check(body);
  long parts = 0;
  e.inside = spelled_out(body, parts);
  in_round_ = true;
  check(*e.inside);
  in_round_ = false;
  const Type& t = e.inside->type;
  if (t.random) fail(body.place, "what is drawn in a round cannot stand inside '" + e.name + "'");
  if (t.shape == Shape::truth)
    fail(body.place, "a statement has no value in a round; write it for its expectation");
  inherit(e);
  set_shape(e, t);
  e.type.degree = std::max(1, t.degree);
  e.type.iterates = e.type.uses_variable = true;
  e.type.free_state = next;
  e.type.uses_bound |= t.uses_bound || next;
  carry_run(e);
  use_case(e, e.name);
}

// ---- Declarations -----------------------------------------------------------------------------

Type TypeChecker::type_of_block(const Block& b) {
  Size size = Size::named(to_text(Constant::d));
  if (b.size) {
    size = {};
    if (b.size->op == Op::number) size = Size::of(static_cast<long>(approximate(b.size->value)));
    if (b.size->constant == Constant::n || b.size->constant == Constant::d)
      size = Size::named(b.size->name);
  }
  return matrix_type(size, Size::of(1));
}

namespace {

/// What a parameter is called may be a name of the table that is no core of a method.
bool may_be_called(const std::string& name, bool state, bool draw, bool parameter) {
  if (!is_core_name(name)) return true;
  if (state && indexed_named(name) == Indexed::x) return true;
  if (draw && indexed_named(name) == Indexed::C) return true;
  const Constant c = constant_named(name);
  return parameter && (c == Constant::local_steps || c == Constant::q || c == Constant::p);
}

}  // namespace

void TypeChecker::declare(const std::string& name, Place place, MethodName m) {
  using Role = MethodName::Role;
  if (!may_be_called(name, m.role == Role::state, m.role == Role::draw, m.role == Role::parameter))
    fail(place, "'" + name + "' has a meaning of its own in every method; choose another name");
  const bool bound = std::find(bound_.begin(), bound_.end(), name) != bound_.end();
  if (bound || method_names_.count(name) > 0)
    fail(place, "'" + name + "' has a meaning already; choose another name");
  method_names_.emplace(name, std::move(m));
}

/// State, parameters and data; the rest of a method is no name of a claim, which is said.
void TypeChecker::names_for_claim(const Method& m) {
  using Role = MethodName::Role;
  for (const Parameter& p : m.parameters)
    method_names_[p.name] = {Role::parameter, type_of(p.kind), {}};
  for (const Datum& d : m.data) {
    Type t = scalar_type();
    if (d.sizes.size() == 1) t = matrix_type({}, Size::of(1));
    if (d.sizes.size() == 2) t = matrix_type({}, {});
    method_names_[d.name] = {Role::datum, t, {}};
  }
  for (const Block& b : m.states) {
    MethodName name{Role::state, type_of_block(b), {}};
    if (b.index) name.indices.push_back(clone(*b.index));
    method_names_[b.name] = std::move(name);
  }
  const auto drawn = [&](const std::vector<MethodStep>& steps, const auto& self) -> void {
    for (const MethodStep& s : steps) {
      if (s.is == MethodStep::Is::draw && method_names_.count(s.name) == 0)
        method_names_[s.name] = {Role::draw, scalar_type(), {}};
      if (s.is == MethodStep::Is::draw)
        for (const Binder& b : s.indices) method_names_[s.name].indices.push_back(clone(b));
      self(s.body, self);
    }
  };
  for (const MethodStep& s : m.body) {  // only a draw called C hides a core name
    if (s.is != MethodStep::Is::draw || indexed_named(s.name) != Indexed::C) continue;
    drawn(m.body, drawn);
  }
}

void TypeChecker::plain(Expr& e, const char* what) {
  need_scalar(e, what);
  if (e.type.random || e.type.degree > 0)
    fail(e.place, std::string(what) + " cannot depend on the state");
}

void TypeChecker::affine(const Expr& e) const {
  if (e.type.degree <= 1) return;
  const Expr* at = &e;
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (const auto& arg : at->args) {
      if (arg->type.degree < 2) continue;
      at = arg.get();
      deeper = true;
      break;
    }
  }
  too_high(at->place, "");
}

void TypeChecker::range(IndexRange& r) {
  for (auto* end : {r.low.get(), r.high.get()})
    if (end != nullptr) plain(*end, "the end of a range");
  for (auto* set : {r.set.get(), r.without.get()}) {
    if (set == nullptr) continue;
    check(*set);
    if (set->type.shape != Shape::set)
      fail(set->place, "expected a range, workers, coordinates or a set that was drawn");
  }
}

/// Indices of a name: each is bound in what follows.
void TypeChecker::index_names(std::vector<Binder>& indices) {
  for (Binder& b : indices) {
    if (is_core_name(b.name) || method_names_.count(b.name) > 0 ||
        std::find(bound_.begin(), bound_.end(), b.name) != bound_.end())
      fail(b.place, "'" + b.name + "' has a meaning already; rename the index");
    if (b.set) fail(b.place, "the values of this index are not known before a round");
    for (auto* end : {b.low.get(), b.high.get()})
      if (end != nullptr) plain(*end, "the end of a range");
    bound_.push_back(b.name);
  }
}

void TypeChecker::run_method(Method& m) {
  using Role = MethodName::Role;
  in_method_ = in_member_ = true;
  where_ = Where::definition;
  for (const Parameter& p : m.parameters) {
    declare(p.name, p.place, {Role::parameter, type_of(p.kind), {}});
  }
  for (Datum& d : m.data) {
    std::vector<Size> sizes;
    for (auto& size : d.sizes) {
      const bool bound = size->op == Op::name && !is_core_name(size->name);
      const bool fresh = bound && method_names_.count(size->name) == 0;
      if (fresh) declare(size->name, size->place, {Role::parameter, scalar_type(), {}});
      plain(*size, "a size");
      const bool known = size->constant == Constant::n || size->constant == Constant::d;
      sizes.push_back(known                    ? Size::named(size->name)
                      : size->op == Op::number ? Size::of(long(approximate(size->value)))
                                               : Size{});
    }
    Type t = scalar_type();
    if (sizes.size() == 1) t = matrix_type(sizes[0], Size::of(1));
    if (sizes.size() == 2) t = matrix_type(sizes[0], sizes[1]);
    declare(d.name, d.place, {Role::datum, t, {}});
  }
  for (Block& b : m.states) {
    if (b.size) plain(*b.size, "a size");
    MethodName name{Role::state, type_of_block(b), {}};
    name.type.degree = 1;
    if (b.index) {
      std::vector<Binder> own;
      own.push_back(clone(*b.index));
      index_names(own);
      bound_.clear();
      name.indices = std::move(own);
    }
    declare(b.name, b.place, std::move(name));
  }
  for (Block& b : m.states) {
    if (!b.start) continue;
    if (b.index) bound_.push_back(b.index->name);
    check(*b.start);
    affine(*b.start);
    const bool zero = is_zero_numeral(*b.start);
    if (!zero && !b.start->type.is_vector())
      fail(b.start->place, "a block starts at a vector, this is a " + to_string(b.start->type));
    bound_.clear();
    if (uses_round_) fail(b.start->place, "a start is of no round");
  }
  steps(m.body, m);
  m.uses_round = uses_round_;
}

/// A body, or that of a loop: what it defines ends with it.
void TypeChecker::steps(std::vector<MethodStep>& all, Method& m) {
  std::set<std::string> before;
  for (const auto& [name, value] : method_names_) before.insert(name);
  for (MethodStep& s : all) step(s, m);
  for (auto at = method_names_.begin(); at != method_names_.end();)
    at = before.count(at->first) > 0 ? std::next(at) : method_names_.erase(at);
}

void TypeChecker::step(MethodStep& s, Method& m) {
  using Is = MethodStep::Is;
  using Role = MethodName::Role;
  const size_t outside = bound_.size();
  switch (s.is) {
    case Is::let:
    case Is::local: {
      index_names(s.indices);
      check(*s.value);
      bound_.resize(outside);
      affine(*s.value);
      Type t = s.value->type;
      if (s.is == Is::local && !t.is_vector())
        fail(s.value->place, "a local block is a vector, this is a " + to_string(t));
      if (s.is == Is::local) t.degree = 1;
      MethodName name{s.is == Is::let ? Role::let : Role::local, t, {}};
      for (const Binder& b : s.indices) name.indices.push_back(clone(b));
      return declare(s.name, s.place, std::move(name));
    }
    case Is::draw:
      return draw(s);
    case Is::update: {
      const auto block = method_names_.find(s.name);
      if (block == method_names_.end() || !block->second.changes()) {
        std::vector<std::string> known;
        for (const auto& [name, value] : method_names_)
          if (value.changes()) known.push_back(name);
        fail(s.place, "'" + s.name + "' is no state and no local block of this method" +
                          suggestion(s.name, known));
      }
      const Type target = block->second.type;
      if (block->second.indices.empty() != (s.at == nullptr))
        fail(s.place, s.at ? "'" + s.name + "' has no index" : "'" + s.name + "' needs its index");
      if (s.at) {
        const std::string index = s.at->op == Op::name ? s.at->name : "";
        s.whole = !index.empty() && method_names_.count(index) == 0 && !is_core_name(index) &&
                  std::find(bound_.begin(), bound_.end(), index) == bound_.end();
        if (s.whole) bound_.push_back(index);
        plain(*s.at, "an index");
      }
      check(*s.value);
      bound_.resize(outside);
      affine(*s.value);
      const bool zero = is_zero_numeral(*s.value);
      if (!zero && (!s.value->type.is_vector() || conflict(s.value->type.rows, target.rows)))
        fail(s.value->place, "'" + s.name + "' is a " + to_string(target) + ", but this is a " +
                                 to_string(s.value->type));
      return;
    }
    case Is::loop: {
      range(s.range);
      if (is_core_name(s.name) || method_names_.count(s.name) > 0 ||
          std::find(bound_.begin(), bound_.end(), s.name) != bound_.end())
        fail(s.place, "'" + s.name + "' has a meaning already; rename the index");
      bound_.push_back(s.name);
      steps(s.body, m);
      bound_.resize(outside);
      return;
    }
  }
}

void TypeChecker::draw(MethodStep& s) {
  const Size d = Size::named(to_text(Constant::d)), one = Size::of(1);
  const size_t outside = bound_.size();
  index_names(s.indices);
  range(s.range);
  Type t = scalar_type();
  std::vector<Binder> indices;
  for (const Binder& b : s.indices) indices.push_back(clone(b));
  const auto joint = [&] {  // one part for each worker, drawn together
    if (!s.indices.empty())
      fail(s.place, "this draws for all workers at once: write draw " + s.name + " from …");
    Binder worker;
    worker.name = "i";
    worker.domain = Domain::workers;
    indices.push_back(std::move(worker));
  };
  for (auto& arg : s.args) {
    const bool weight = s.law == Law::element;
    if (weight) bound_.push_back(s.name);
    plain(*arg, weight || s.law == Law::coin || s.law == Law::bernoulli ? "a probability"
                                                                        : "the size of a draw");
    if (weight) bound_.pop_back();
  }
  Type set = scalar_type();
  set.shape = Shape::set;
  switch (s.law) {
    case Law::coin:
    case Law::element:
      break;
    case Law::permutations:
    case Law::subsets:
      t = set;
      break;
    case Law::deals: {
      if (!s.indices.empty()) fail(s.place, "this draws all parts at once: leave out the index");
      t = set;
      Binder part;
      part.name = "i";
      part.low = std::make_unique<Expr>();
      part.low->op = Op::number;
      part.low->name = "1";
      part.low->value = Rational(1);
      part.high = clone(*s.args[0]);
      indices.push_back(std::move(part));
      break;
    }
    case Law::noise:
      if (s.indices.size() != 1)
        fail(s.place, "noise is drawn for workers: " + s.name + "[i in workers]");
      t = matrix_type(d, one);
      t.degree = 1;
      break;
    case Law::rand:
    case Law::bernoulli:
      t = matrix_type(d, d);
      break;
    case Law::sketch:
    case Law::perm:
      joint();
      t = matrix_type(d, d);
      break;
  }
  bound_.resize(outside);
  t.uses_case = true;
  declare(s.name, s.place, {MethodName::Role::draw, t, std::move(indices)});
}

}  // namespace istcheck::claim
