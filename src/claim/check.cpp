#include "claim/check.hpp"

#include <algorithm>

#include "claim/type_checker.hpp"
#include "model/affine_map.hpp"

namespace istcheck::claim {
namespace {

bool is_size_name(const Expr& e) { return e.op == Op::name && (e.name == "n" || e.name == "d"); }

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

void TypeChecker::run() {
  for (auto& d : claim_.definitions) {
    if (d.name == "x") fail(d.place, "x[k] are the iterates; choose another name");
    lets_[d.name] = {&d, State::untouched, {}};
  }
  settings();
  if (claim_.family) family(*claim_.family);
  for (auto& v : claim_.variables) variable(v);
  for (auto& [unused, let] : lets_) define(let);
  for (auto& h : claim_.hypotheses) statement(h, "a hypothesis");
  for (auto& s : claim_.conclusions) statement(s, "a conclusion");
}

void TypeChecker::settings() {
  for (auto& s : claim_.settings) setting(s);
}

/// n = d, d = 2 and the like also tell which sizes agree.
void TypeChecker::setting(Setting& s) {
  const auto known = known_choices(s.key);
  for (const auto& word : s.choices) {
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      fail(s.place, "unknown " + s.key + " '" + word + "'" + suggestion(word, known));
    }
  }
  if (!s.condition) return;
  Expr& e = *s.condition;
  const bool before = in_member_;
  in_member_ = true;
  need_truth(e, "a setting");
  in_member_ = before;
  if (e.type.random || e.type.degree > 0) fail(e.place, "a setting cannot be random");
  if (e.op != Op::relation) return;
  for (size_t k = 0; k < e.relations.size(); ++k) {
    const Expr &a = *e.args[k], &b = *e.args[k + 1];
    const bool sizes = (is_size_name(a) || is_whole(a)) && (is_size_name(b) || is_whole(b));
    if (e.relations[k] == Relation::eq && sizes) same_sizes_.emplace_back(size_of(a), size_of(b));
  }
}

void TypeChecker::family(Family& f) {
  for (auto* e : {f.low.get(), f.high.get()}) need_plain(*e, "the end of a range");
  in_member_ = true;
  bound_ = {f.index};
  for (auto* e : {f.n.get(), f.d.get(), f.q.get(), f.gamma.get()}) {
    if (e != nullptr) need_plain(*e, "a part of a family");
  }
  bound_.push_back(f.worker);
  check(*f.L);
  if (f.L->type.shape != Shape::matrix)
    fail(f.L->place, "L(i) is a matrix, this is a " + to_string(f.L->type));
  check(*f.b);
  if (!f.b->type.is_vector())
    fail(f.b->place, "b(i) is a vector, this is a " + to_string(f.b->type));
  if (f.x0) check(*f.x0);
  for (auto* e :
       {f.n.get(), f.d.get(), f.q.get(), f.gamma.get(), f.L.get(), f.b.get(), f.x0.get()}) {
    if (e != nullptr && e->type.uses_case) {
      fail(e->place, "a family is built from its index alone, not from the data of a case");
    }
  }
  bound_.clear();
  in_member_ = false;
}

void TypeChecker::variable(Variable& v) {
  if (v.name == "x") fail(v.place, "x[k] are the iterates; choose another name");
  const bool number = v.kind == Kind::scalar || v.kind == Kind::integer;
  Type type;
  if (!number) {
    type.shape = Shape::matrix;
    type.rows = Size::named("d");
    type.columns = v.kind == Kind::vector ? Size::of(1) : Size::named("d");
  }
  for (auto& t : v.trials) {
    used_.clear();
    for (auto* e : {t.value.get(), t.low.get(), t.high.get(), t.by.get()}) {
      if (e == nullptr) continue;
      if (number) {
        need_plain(*e, "a value to try");
      } else {
        check(*e);
        if (e->type.shape != Shape::matrix) {
          fail(e->place, "'" + v.name + "' is a " + to_string(type) + ", but this is a " +
                             to_string(e->type));
        }
        if (e->type.random || e->type.degree > 0) fail(e->place, "a value to try cannot be random");
        type.rows = e->type.rows;
        type.columns = e->type.columns;
      }
    }
    for (const auto& needed : used_) {
      if (variables_.count(needed) == 0) {
        fail(v.place,
             "the values to try for '" + v.name + "' need '" + needed + "', which comes later");
      }
    }
  }
  if (v.kind == Kind::vector && type.columns == Size::named("d"))
    fail(v.place, "a vector is wanted here");
  type.uses_variable = true;
  variables_[v.name] = type;
}

void TypeChecker::define(Let& let) {
  Definition& d = *let.definition;
  if (let.state == State::done) return;
  if (let.state == State::open) {
    fail(d.place, "'" + d.name + "' is defined by itself; a let cannot be recursive");
  }
  let.state = State::open;
  std::vector<std::string> bound;
  std::set<std::string> used;
  std::swap(bound, bound_);
  std::swap(used, used_);
  const bool member = in_member_;
  in_member_ = true;
  check(*d.value);
  in_member_ = member;
  let.variables = used_;
  std::swap(bound, bound_);
  std::swap(used, used_);
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
  if (t.degree > 0)
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
  return !(canonical(a) == canonical(b));
}

}  // namespace istcheck::claim
