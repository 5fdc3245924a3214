#include <algorithm>

#include "claim/type_checker.hpp"

namespace istcheck::claim {

namespace {

/// The product of two sizes, where it is one by form.
Size product_of_sizes(const Size& a, const Size& b) {
  if (a == Size::of(1)) return b;
  if (b == Size::of(1)) return a;
  return a.number >= 0 && b.number >= 0 ? Size::of(a.number * b.number) : Size{};
}

/// Whether the function has a degree where its argument has one (docs/semantics.md 2.3).
bool passes_state(Function f) {
  switch (f) {
    case Function::f:
    case Function::grad_f:
    case Function::g:
    case Function::step:
    case Function::inner:
    case Function::trace:
    case Function::diag:
    case Function::Diag:
    case Function::sym:
      return true;
    case Function::e:
    case Function::sqrt:
    case Function::abs:
    case Function::ceil:
    case Function::surd:
    case Function::det:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::spectral_radius:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::inverse:
    case Function::defined:
    case Function::rational:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::min:
    case Function::max:
    case Function::none:
      break;
  }
  return false;
}

}  // namespace

void TypeChecker::unknown(const Expr& e, const std::string& what) const {
  auto known = builtin_names();
  for (const auto& [name, unused] : lets_) known.push_back(name);
  for (const auto& v : claim_.variables) known.push_back(v.name);
  known.insert(known.end(), bound_.begin(), bound_.end());
  fail(e.place, "unknown " + what + " '" + e.name + "'" + suggestion(e.name, known));
}

void TypeChecker::use_case(Expr& e, const std::string& name) {
  e.type.uses_case = true;
  if (claim_.family && !in_member_) {
    fail(e.place, "'" + name + "' belongs to one instance; in a claim about a family write at(" +
                      claim_.family->index + " : …) around it");
  }
}

/// Bound by an enclosing sum, mean, forall …, or declared by the claim, here or later.
bool TypeChecker::own(const std::string& name) const {
  return std::find(bound_.begin(), bound_.end(), name) != bound_.end() || lets_.count(name) > 0 ||
         std::any_of(claim_.variables.begin(), claim_.variables.end(),
                     [&](const Variable& v) { return v.name == name; });
}

void TypeChecker::use_variable(const Expr& e, const std::string& variable) {
  used_.insert(variable);
  const std::string depends = "'" + e.name + "' depends on the variable '" + variable + "'";
  if (where_ == Where::setting)
    fail(e.place, depends + ", but a setting is decided before variables have values");
  if (where_ == Where::family)
    fail(e.place, depends + ", but a family is built from its index alone");
}

/// F6: what a let says may not change with the place where it is used.
void TypeChecker::use_let(Expr& e, Let& let) {
  if (let.state == State::open)
    fail(e.place, "'" + e.name + "' is defined by itself; a let cannot be recursive");
  if (let.state == State::untouched) fail(e.place, "'" + e.name + "' is declared later");
  for (const auto& index : bound_) {
    if (let.free_names.count(index) == 0) continue;
    fail(e.place, "'" + e.name + "' is defined with '" + index +
                      "', which is an index of another meaning here; rename the index");
  }
  e.meaning = Meaning::definition;
  e.type = let.definition->value->type;
  mentioned_.insert(let.free_names.begin(), let.free_names.end());
  for (const auto& variable : let.variables) use_variable(e, variable);
  if (e.type.uses_case) use_case(e, e.name);
}

/// F7: gamma and x0 stand for the case's before they are variables, and for the variables after;
/// what depends on them may not come before.
void TypeChecker::carry(const Expr& e, Constant name) {
  const std::string variable = to_text(name);
  if (variables_.count(variable) > 0) return use_variable(e, variable);
  if (own_ == variable || !own(variable)) return;
  fail(e.place,
       "'" + e.name + "' stands before 'forall " + variable + "', and depends on it; put it after");
}

void TypeChecker::carry_run(const Expr& e) {
  carry(e, Constant::gamma);
  carry(e, Constant::x0);
}

void TypeChecker::name(Expr& e) {
  e.type = scalar_type();
  e.constant = Constant::none;
  for (size_t k = bound_.size(); k-- > 0;) {
    if (bound_[k] != e.name) continue;
    for (const auto& [place, type] : kinds_)
      if (place == k) e.type = type;
    e.meaning = Meaning::bound;
    e.type.uses_bound = true;
    return;
  }
  if (method_name(e)) return;
  mentioned_.insert(e.name);
  if (const auto v = variables_.find(e.name); v != variables_.end()) {
    e.meaning = Meaning::variable;
    e.type = v->second;
    return use_variable(e, e.name);
  }
  if (const auto let = lets_.find(e.name); let != lets_.end()) return use_let(e, let->second);
  if (own(e.name) && !is_core_name(e.name)) fail(e.place, "'" + e.name + "' is declared later");
  const Builtin* b = find_builtin(e.name, Use::constant);
  if (b == nullptr) {
    if (indexed_named(e.name) != Indexed::none) {
      fail(e.place, "'" + e.name + "' needs an index, as in " + e.name + "[1]");
    }
    if (find_builtin(e.name, Use::function)) {
      fail(e.place, "'" + e.name + "' is a function and needs arguments in parentheses");
    }
    unknown(e, "name");
  }
  e.meaning = Meaning::builtin;
  e.constant = constant_named(e.name);
  apply(e, *b);
}

void TypeChecker::index(Expr& e) {
  e.constant = Constant::none;
  e.indexed = Indexed::none;
  if (method_name(e)) return;
  if (own(e.name) || find_builtin(e.name, Use::constant) != nullptr) {
    if (indexed_named(e.name) != Indexed::gamma) {  // an entry of a named vector or matrix
      auto base = std::make_unique<Expr>();
      base->op = Op::name;
      base->place = e.place;
      base->name = e.name;
      check(*base);
      e.meaning = base->meaning;
      e.constant = base->constant;
      e.args.insert(e.args.begin(), std::move(base));
      entry(e);
      const Type type = e.type;
      e.args.erase(e.args.begin());
      e.type = type;
      return;
    }
  }
  mentioned_.insert(e.name);
  const Indexed which = indexed_named(e.name);
  const bool limit = which == Indexed::x && is_limit(*e.args[0]);
  for (auto& arg : e.args) {
    if (limit) {
      arg->type = scalar_type();
    } else {
      need_plain(*arg, "an index");
    }
  }
  if (which == Indexed::x) {
    if (e.args.size() != 1) fail(e.place, "an iterate has one index: x[k]");
    inherit(e);
    set_shape(e, matrix_type(Size::named(to_text(Constant::d)), Size::of(1)));
    e.type.degree = 1;
    e.type.iterates = true;
    e.type.uses_variable = true;
    e.meaning = Meaning::builtin;
    e.indexed = which;
    carry_run(e);
    return use_case(e, e.name);
  }
  const Builtin* b = find_builtin(e.name, Use::indexed);
  if (b == nullptr) unknown(e, "name");
  if (e.args.size() == 1) {
    e.meaning = Meaning::builtin;
    e.indexed = which;
    return apply(e, *b);
  }
  fail(e.place,
       "'" + e.name + "[…]' has one index; entries of it are written " + e.name + "[i][j, k]");
}

const Builtin* TypeChecker::overload(const Expr& e, Use use) const {
  const Builtin* by_count = nullptr;
  for (const auto& b : builtins()) {
    if (b.name != e.name || b.use != use || b.arguments.size() != e.args.size()) continue;
    by_count = &b;
    const bool vector = e.args[0]->type.shape == Shape::matrix && e.args[0]->type.is_vector();
    if ((b.arguments[0] == 'V') == vector) return &b;
  }
  return by_count;
}

void TypeChecker::call(Expr& e) {
  if (own(e.name)) fail(e.place, "'" + e.name + "' is no function in this claim");
  if (is_of_method(function_named(e.name))) return method_call(e);
  const Constant radius = constant_named(e.name);
  if (radius == Constant::rho_mean || radius == Constant::rho_square) {
    const bool reachable =
        e.args.size() == 1 && e.args[0]->op == Op::name && e.args[0]->name == kReachableWord;
    if (!reachable || !claim_.method)
      fail(e.place, "'" + e.name + "' stands alone, or is " + e.name + "(" + kReachableWord +
                        ") in a claim about a method as text");
    e.args[0]->type = scalar_type();
    inherit(e);
    e.constant = radius;
    e.meaning = Meaning::builtin;
    e.type.uses_variable = true;
    carry_run(e);
    return use_case(e, e.name);
  }
  mentioned_.insert(e.name);
  for (auto& arg : e.args) check(*arg);
  e.function = function_named(e.name);
  if (e.function == Function::min || e.function == Function::max) {
    for (auto& arg : e.args) need_scalar(*arg, "an argument of min and max");
    inherit(e);
    if (e.type.degree > 0)
      too_high(e.place, "'" + e.name + "' of iterates is not supported in E[…]");
    return;
  }
  const Builtin* b = overload(e, Use::function);
  if (b == nullptr) {
    if (const Builtin* named = find_builtin(e.name, Use::function)) {
      fail(e.place, "'" + e.name + "' takes " + std::to_string(named->arguments.size()) +
                        " argument(s), here are " + std::to_string(e.args.size()));
    }
    if (e.name == "implies" || find_builtin(e.name, Use::indexed)) {
      fail(e.place, "'" + e.name + "' needs an index in square brackets");
    }
    unknown(e, "function");
  }
  e.meaning = Meaning::builtin;
  apply(e, *b);
}

void TypeChecker::call_at(Expr& e) {
  if (own(e.name)) fail(e.place, "'" + e.name + "[…]' is no function in this claim");
  mentioned_.insert(e.name);
  for (auto& arg : e.args) check(*arg);
  const Builtin* b = find_builtin(e.name, Use::indexed_function);
  if (b == nullptr) unknown(e, "function");
  if (b->arguments.size() != e.args.size()) fail(e.place, "'" + e.name + "[i]' takes one argument");
  e.meaning = Meaning::builtin;
  e.function = function_named(e.name);
  apply(e, *b);
}

void TypeChecker::apply(Expr& e, const Builtin& b) {
  const Size d = Size::named(to_text(Constant::d));
  inherit(e);
  if (claim_.method && (b.is(kDraw) || e.constant == Constant::theta_min))
    fail(e.place, "'" + e.name +
                      "' speaks of the sketches of a case, which a method as text draws "
                      "for itself; claims about '" +
                      claim_.method->name + "' cannot use it");
  if (in_method_ && b.is(kRun | kDraw | kStart))
    fail(e.place, "'" + e.name + "' belongs to claims; a method says what a round does");
  if (b.is(kGamma | kStart)) carry(e, e.constant);
  if (b.is(kRun)) carry_run(e);
  // A variable gamma replaces the step of the iterates: what follows it changes with it.
  if (b.is(kGamma | kRun) && variables_.count(to_text(Constant::gamma)) > 0)
    e.type.uses_variable = true;
  for (size_t k = 0; k < e.args.size(); ++k) {
    Expr& arg = *e.args[k];
    const std::string where = "argument " + std::to_string(k + 1) + " of '" + e.name + "'";
    switch (b.arguments[k]) {
      case 's':
        if (arg.type.shape != Shape::scalar)
          fail(arg.place, where + " must be a scalar, this is a " + to_string(arg.type));
        break;
      case 'v':
        if (!arg.type.is_vector() || conflict(arg.type.rows, d))
          fail(arg.place, where + " must be a vector(d), this is a " + to_string(arg.type));
        break;
      case 'S':
        need_square(arg, where.c_str());
        if (conflict(arg.type.rows, e.args[0]->type.rows))
          fail(arg.place, where + " is a " + to_string(arg.type) + ", but the first is a " +
                              to_string(e.args[0]->type));
        break;
      case 'M':
        if (arg.type.shape != Shape::matrix)
          fail(arg.place, where + " must be a matrix, this is a " + to_string(arg.type));
        break;
      case '*':
        if (arg.type.shape == Shape::truth || arg.type.shape == Shape::set)
          fail(arg.place, where + " must be a quantity, this is a statement");
        break;
      case 'V':
        if (!arg.type.is_vector())
          fail(arg.place, where + " must be a vector, this is a " + to_string(arg.type));
        if (conflict(arg.type.rows, e.args[0]->type.rows))
          fail(arg.place, where + " is a " + to_string(arg.type) + ", but the first is a " +
                              to_string(e.args[0]->type));
        break;
      default:
        break;
    }
  }
  const bool through = passes_state(e.function);
  if (e.function == Function::inner)
    e.type.degree = e.args[0]->type.degree + e.args[1]->type.degree;
  if (e.function == Function::f) e.type.degree *= 2;
  if (b.result == 't') no_condition_on_state(e, "'" + b.name + "'");
  if (e.type.degree > (through ? 2 : 0)) {
    too_high(e.place, "'" + e.name +
                          "' of an iterate: inside E[…] only expressions of degree two in x[k] are "
                          "supported");
  }
  switch (b.result) {
    case 'v':
      set_shape(e, matrix_type(d, Size::of(1)));
      break;
    case 'm':
      set_shape(e, matrix_type(d, d));
      break;
    case 'a':
      set_shape(e, e.args[0]->type);
      break;
    case 'c':
      set_shape(e, matrix_type(e.args[0]->type.rows, Size::of(1)));
      break;
    case 'r':
      set_shape(e, matrix_type(Size::of(1), e.args[0]->type.columns));
      break;
    case 'k':
      set_shape(e, matrix_type(e.args[0]->type.rows, Size::of(1)));
      break;
    case 'T':
      set_shape(e, matrix_type(e.args[0]->type.columns, e.args[0]->type.rows));
      break;
    case 'K': {
      const Type &a = e.args[0]->type, &b = e.args[1]->type;
      set_shape(
          e, matrix_type(product_of_sizes(a.rows, b.rows), product_of_sizes(a.columns, b.columns)));
      break;
    }
    case 'D':
      set_shape(e, matrix_type(e.args[0]->type.rows, e.args[0]->type.rows));
      break;
    case 't':
      set_shape(e, truth_type());
      break;
    default:
      break;
  }
  e.type.random |= b.is(kDraw);
  if (b.is(kCase)) use_case(e, e.name);
}

}  // namespace istcheck::claim
