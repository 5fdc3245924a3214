#include "claim/check.hpp"

#include <algorithm>
#include <functional>

#include "claim/type_checker.hpp"
#include "model/affine_map.hpp"

namespace istcheck::claim {
namespace {

/// n and d are core names, so nothing else can be meant.
bool is_size_name(const Expr& e) {
  return e.op == Op::name && (e.name == to_text(Constant::n) || e.name == to_text(Constant::d));
}

bool is_whole(const Expr& e) { return e.op == Op::number && denominator(e.value) == 1; }

Size size_of(const Expr& e) {
  return is_size_name(e) ? Size::named(e.name) : Size::of(static_cast<long>(approximate(e.value)));
}

/// The names of sketches and methods as in case files.
std::vector<std::string> known_choices(const std::string& key) {
  if (key == "reading") return {"diagonal", "printed"};
  std::vector<std::string> names;
  if (key == "method") {
    for (const auto kind : all_methods()) names.push_back(name_of(kind));
  } else {
    for (const SketchSpec& spec :
         {SketchSpec(IdentitySketch{}), SketchSpec(PermSketch{}), SketchSpec(RandSketch{}),
          SketchSpec(ScaledPermSketch{}), SketchSpec(UnitPermSketch{}),
          SketchSpec(BernoulliSketch{}), SketchSpec(BlockSketch{}), SketchSpec(TableSketch{})}) {
      names.push_back(kind_of(spec));
    }
  }
  return names;
}

}  // namespace

void check_types(Claim& c) { TypeChecker(c).run(); }

bool uses_case(const Claim& c) {
  if (!c.settings.empty()) return true;
  const auto any = [](const auto& statements) {
    for (const auto& s : statements) {
      if (s.value->type.uses_case) return true;
    }
    return false;
  };
  for (const auto& v : c.variables) {
    for (const auto& t : v.trials) {
      for (const auto* e : {t.value.get(), t.low.get(), t.high.get(), t.by.get()}) {
        if (e != nullptr && e->type.uses_case) return true;
      }
    }
    if (v.trials.empty()) return true;
  }
  return any(c.hypotheses) || any(c.conclusions);
}

void TypeChecker::fail(Place place, const std::string& message) const {
  throw ClaimError(*claim_.source, place, message);
}

/// Declarations are read in the order in which they are written, so that each sees those before it
/// (docs/semantics.md 3.4, F5); hypotheses and conclusions see all of them.
void TypeChecker::run() {
  if (claim_.method) names_for_claim(*claim_.method);
  for (auto& d : claim_.definitions) lets_[d.name].definition = &d;
  sizes_of_settings();
  std::vector<std::pair<Place, std::function<void()>>> declarations;
  for (auto& s : claim_.settings) declarations.emplace_back(s.place, [&] { setting(s); });
  for (auto& v : claim_.variables) declarations.emplace_back(v.place, [&] { variable(v); });
  for (auto& d : claim_.definitions)
    declarations.emplace_back(d.place, [&] { define(lets_.at(d.name)); });
  if (claim_.family)
    declarations.emplace_back(claim_.family->place, [&] { family(*claim_.family); });
  std::stable_sort(declarations.begin(), declarations.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
  });
  for (auto& [place, read] : declarations) read();
  where_ = Where::statement;
  for (auto& h : claim_.hypotheses) statement(h, "a hypothesis");
  for (auto& s : claim_.conclusions) statement(s, "a conclusion");
}

/// F3. gamma and x0 may be variables of a claim.
void TypeChecker::bind(const std::string& name, Place place, bool variable) const {
  if (method_names_.count(name) > 0)
    fail(place, "'" + name + "' is a name of the method; choose another name");
  if (!is_core_name(name) || (variable && replaced_by(name) != Constant::none)) return;
  if (name == to_text(Indexed::x)) fail(place, "x[k] are the iterates; choose another name");
  fail(place, "'" + name + "' has a meaning of its own in every claim; choose another name");
}

/// n = d, d = 2 and the like tell which sizes agree, wherever they stand.
void TypeChecker::sizes_of_settings() {
  for (const auto& s : claim_.settings) {
    if (!s.condition || s.condition->op != Op::relation) continue;
    const Expr& e = *s.condition;
    for (size_t k = 0; k < e.relations.size(); ++k) {
      const Expr &a = *e.args[k], &b = *e.args[k + 1];
      const bool sizes = (is_size_name(a) || is_whole(a)) && (is_size_name(b) || is_whole(b));
      if (e.relations[k] == Relation::eq && sizes) same_sizes_.emplace_back(size_of(a), size_of(b));
    }
  }
}

void TypeChecker::setting(Setting& s) {
  if (claim_.family)
    fail(s.place, "a setting selects cases, but this claim is about a family of its own");
  auto known = known_choices(s.key);
  if (s.key == "method" && claim_.method) known.push_back(claim_.method->name);
  for (const auto& word : s.choices) {
    if (s.key != "case" &&  // which cases there are is not said in the claim
        std::find(known.begin(), known.end(), word) == known.end()) {
      fail(s.place, "unknown " + s.key + " '" + word + "'" + suggestion(word, known));
    }
  }
  if (!s.condition) return;
  Expr& e = *s.condition;
  where_ = Where::setting;
  in_member_ = true;
  need_truth(e, "a setting");
  in_member_ = false;
  if (e.type.random || e.type.iterates) fail(e.place, "a setting cannot be random");
}

void TypeChecker::family(Family& f) {
  bind(f.index, f.place);
  bind(f.worker, f.worker_place);
  if (f.index == f.worker)
    fail(f.worker_place, "'" + f.worker + "' is already the index of the family");
  where_ = Where::family;
  for (auto* e : {f.low.get(), f.high.get()}) need_plain(*e, "the end of a range");
  in_member_ = true;
  bound_ = {f.index};
  for (auto* e : {f.n.get(), f.d.get(), f.q.get(), f.gamma.get()}) {
    if (e != nullptr) need_plain(*e, "a part of a family");
  }
  if (f.x0) check(*f.x0);
  bound_.push_back(f.worker);
  check(*f.L);
  if (f.L->type.shape != Shape::matrix)
    fail(f.L->place, "L(i) is a matrix, this is a " + to_string(f.L->type));
  check(*f.b);
  for (const auto& [e, name] :
       {std::pair{f.b.get(), "b(i)"}, {f.x0.get(), to_text(Constant::x0)}}) {
    if (e != nullptr && !e->type.is_vector())
      fail(e->place, std::string(name) + " is a vector, this is a " + to_string(e->type));
  }
  for (auto* e :
       {f.n.get(), f.d.get(), f.q.get(), f.gamma.get(), f.L.get(), f.b.get(), f.x0.get()}) {
    if (e != nullptr && e->type.uses_case) {
      fail(e->place, "a family is built from its index alone, not from the data of a case");
    }
  }
  bound_.clear();
  in_member_ = false;
}

Type TypeChecker::type_of(Kind kind) {
  if (is_state(kind)) return matrix_type({}, Size::of(1));
  if (is_number(kind)) return scalar_type();
  const Size d = Size::named(to_text(Constant::d));
  Type type = matrix_type(d, kind == Kind::vector ? Size::of(1) : d);
  type.symmetric = kind == Kind::symmetric || kind == Kind::positive;
  return type;
}

void TypeChecker::variable(Variable& v) {
  bind(v.name, v.place, true);
  const bool number = is_number(v.kind);
  const Constant replaced = replaced_by(v.name);
  if (replaced == Constant::gamma && !number) fail(v.place, "gamma is the step size, a number");
  if (replaced == Constant::x0 && claim_.method && claim_.method->plain_x() == nullptr)
    fail(v.place, "x0 is the start of a block x of length d, and the method '" +
                      claim_.method->name + "' has none");
  if (replaced == Constant::x0 && v.kind != Kind::vector)
    fail(v.place, "x0 is the starting point, a vector");
  if (claim_.family && (!number || replaced == Constant::gamma)) {
    fail(v.place,
         "in a claim about a family the variables are numbers, and gamma and x0 are parts "
         "of the family");
  }
  Type type = type_of(v.kind);
  where_ = Where::variable;
  own_ = v.name;
  for (auto& t : v.trials) {
    for (auto* e : {t.value.get(), t.low.get(), t.high.get(), t.by.get()}) {
      if (e != nullptr) trial(v, type, *e);
    }
  }
  own_.clear();
  type.uses_variable = true;
  variables_[v.name] = type;
}

/// One value to try, or an end of a range. Whether a matrix has d rows is left to the case.
void TypeChecker::trial(const Variable& v, const Type& type, Expr& e) {
  if (type.shape == Shape::scalar) return need_plain(e, "a value to try");
  check(e);
  const bool fits =
      e.type.shape == Shape::matrix &&
      (v.kind == Kind::vector ? !conflict(e.type.columns, Size::of(1))
                              : !conflict(e.type.rows, e.type.columns) &&
                                    !(e.type.is_vector() &&
                                      conflict(e.type.columns, Size::named(to_text(Constant::d)))));
  if (!fits) {
    fail(e.place,
         "'" + v.name + "' is a " + to_string(type) + ", but this is a " + to_string(e.type));
  }
  if (e.type.random || e.type.iterates) fail(e.place, "a value to try cannot be random");
}

void TypeChecker::define(Let& let) {
  Definition& d = *let.definition;
  bind(d.name, d.place);
  let.state = State::open;
  where_ = Where::definition;
  used_.clear();
  mentioned_.clear();
  in_member_ = true;
  check(*d.value);
  in_member_ = false;
  let.variables = used_;
  let.free_names = mentioned_;
  std::vector<std::string> inside;
  draws(*d.value, inside, let.draws);
  let.state = State::done;
}

void TypeChecker::statement(Statement& s, const char* what) {
  need_truth(*s.value, what);
  const Type& t = s.value->type;
  if (t.random) {
    fail(s.value->place,
         std::string(what) +
             " cannot depend on the sketches drawn in a round: put the random part into "
             "E[…], or write 'for every outcome : …'");
  }
  if (t.free_state) {
    fail(s.value->place, std::string(what) +
                             " about a state needs 'for every state : …' around it, or a round, "
                             "as in x[3]");
  }
  if (t.iterates)
    fail(s.value->place, std::string(what) + " can use the iterates x[k] only inside E[…]");
}

Size TypeChecker::canonical(Size s) const {
  for (size_t round = 0; round <= same_sizes_.size(); ++round) {
    for (const auto& [a, b] : same_sizes_) {
      if (s == a && b.number >= 0) s = b;
      if (s == b && a.number >= 0) s = a;
      if (s == a && s.number < 0 && b.symbol < a.symbol) s = b;
      if (s == b && s.number < 0 && a.symbol < b.symbol) s = a;
    }
  }
  return s;
}

bool TypeChecker::conflict(const Size& a, const Size& b) const {
  if (!a.known() || !b.known()) return false;
  const Size s = canonical(a), t = canonical(b);
  // A claim about a method as text may say numbers of one case, whose sizes those are.
  if (claim_.method && (s.number < 0) != (t.number < 0)) return false;
  return !(s == t);
}

}  // namespace istcheck::claim
