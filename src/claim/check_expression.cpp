#include <algorithm>

#include "claim/printer.hpp"
#include "claim/type_checker.hpp"

namespace istcheck::claim {

std::string to_string(const Size& s) {
  if (!s.symbol.empty()) return s.symbol;
  return s.number >= 0 ? std::to_string(s.number) : "?";
}

std::string to_string(const Type& t) {
  if (t.shape == Shape::truth) return "truth value";
  if (t.shape == Shape::scalar) return "scalar";
  if (t.is_vector()) return "vector(" + to_string(t.rows) + ")";
  return "matrix(" + to_string(t.rows) + ", " + to_string(t.columns) + ")";
}

namespace {

Type scalar_type() { return {}; }

Type matrix_type(Size rows, Size columns) {
  Type t;
  t.shape = Shape::matrix;
  t.rows = std::move(rows);
  t.columns = std::move(columns);
  return t;
}

Type truth_type() {
  Type t;
  t.shape = Shape::truth;
  return t;
}

/// Takes over kind and size, leaving the dependencies that inherit() collected.
void set_shape(Expr& e, const Type& t) {
  e.type.shape = t.shape;
  e.type.rows = t.rows;
  e.type.columns = t.columns;
}

bool is_zero(const Expr& e) { return e.op == Op::number && e.value == 0; }

}  // namespace

void TypeChecker::need_scalar(Expr& e, const char* where) {
  check(e);
  if (e.type.shape == Shape::scalar) return;
  fail(e.place, std::string(where) + " must be a scalar, this is a " + to_string(e.type));
}

void TypeChecker::need_truth(Expr& e, const char* where) {
  check(e);
  if (e.type.shape == Shape::truth) return;
  fail(e.place, std::string(where) + " must be a statement, this is a " + to_string(e.type));
}

void TypeChecker::need_plain(Expr& e, const char* where) {
  need_scalar(e, where);
  if (e.type.random || e.type.degree > 0) fail(e.place, std::string(where) + " cannot be random");
}

void TypeChecker::need_square(Expr& e, const char* where) {
  if (e.type.shape == Shape::matrix && !conflict(e.type.rows, e.type.columns)) return;
  fail(e.place, std::string(where) + " must be a square matrix, this is a " + to_string(e.type));
}

/// The dependencies of an expression are those of its arguments together.
void TypeChecker::inherit(Expr& e) {
  e.type = {};
  for (const auto& arg : e.args) {
    e.type.random |= arg->type.random;
    e.type.uses_bound |= arg->type.uses_bound;
    e.type.uses_variable |= arg->type.uses_variable;
    e.type.uses_case |= arg->type.uses_case;
    e.type.degree = std::max(e.type.degree, arg->type.degree);
  }
}

void TypeChecker::check(Expr& e) {
  switch (e.op) {
    case Op::number:
      e.type = scalar_type();
      return;
    case Op::name:
      return name(e);
    case Op::index:
      return index(e);
    case Op::entry:
      return entry(e);
    case Op::call:
      return call(e);
    case Op::call_at:
      return call_at(e);
    case Op::add:
    case Op::sub:
      return sum(e);
    case Op::mul:
      return product(e);
    case Op::div:
      return quotient(e);
    case Op::pow:
      return power(e);
    case Op::vector:
      return vector(e);
    case Op::matrix:
      return matrix(e);
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return expectation(e);
    case Op::surely:
      return surely(e);
    case Op::fold:
    case Op::quantifier:
      return binder(e);
    case Op::at_member:
      return member(e);
    case Op::choose:
      return choose(e);
    case Op::relation:
      return relation(e);
    case Op::lnot:
    case Op::land:
    case Op::lor:
    case Op::implies:
    case Op::iff:
      return logic(e);
    case Op::neg:
    case Op::transpose:
      break;
  }
  check(*e.args[0]);
  const Type& t = e.args[0]->type;
  if (t.shape == Shape::truth) fail(e.place, "a statement has no sign and no transpose");
  inherit(e);
  set_shape(e, t);
  if (e.op == Op::transpose) std::swap(e.type.rows, e.type.columns);
}

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

void TypeChecker::name(Expr& e) {
  e.type = scalar_type();
  if (std::find(bound_.begin(), bound_.end(), e.name) != bound_.end()) {
    e.meaning = Meaning::bound;
    e.type.uses_bound = true;
    return;
  }
  if (const auto v = variables_.find(e.name); v != variables_.end()) {
    e.meaning = Meaning::variable;
    e.type = v->second;
    used_.insert(e.name);
    return;
  }
  if (const auto let = lets_.find(e.name); let != lets_.end()) {
    define(let->second);
    e.meaning = Meaning::definition;
    e.type = let->second.definition->value->type;
    used_.insert(let->second.variables.begin(), let->second.variables.end());
    if (e.type.uses_case) use_case(e, e.name);
    return;
  }
  const Builtin* b = find_builtin(e.name, Use::constant);
  if (b == nullptr) {
    if (find_builtin(e.name, Use::indexed) || e.name == "x") {
      fail(e.place, "'" + e.name + "' needs an index, as in " + e.name + "[1]");
    }
    if (find_builtin(e.name, Use::function)) {
      fail(e.place, "'" + e.name + "' is a function and needs arguments in parentheses");
    }
    for (const auto& v : claim_.variables) {
      if (v.name == e.name) fail(e.place, "'" + e.name + "' is declared later");
    }
    unknown(e, "name");
  }
  e.meaning = Meaning::builtin;
  apply(e, *b);
}

void TypeChecker::index(Expr& e) {
  const bool own = variables_.count(e.name) + lets_.count(e.name) > 0;
  if (own || find_builtin(e.name, Use::constant) != nullptr) {
    const bool both = find_builtin(e.name, Use::indexed) != nullptr && e.name == "gamma";
    if (!both) {  // an entry of a named vector or matrix
      auto base = std::make_unique<Expr>();
      base->op = Op::name;
      base->place = e.place;
      base->name = e.name;
      check(*base);
      e.meaning = base->meaning;
      e.args.insert(e.args.begin(), std::move(base));
      entry(e);
      const Type type = e.type;
      e.args.erase(e.args.begin());
      e.type = type;
      return;
    }
  }
  const bool limit = e.name == "x" && e.args[0]->op == Op::name && e.args[0]->name == "infinity";
  for (auto& arg : e.args) {
    if (limit) {
      arg->type = scalar_type();
    } else {
      need_plain(*arg, "an index");
    }
  }
  if (e.name == "x") {
    if (e.args.size() != 1) fail(e.place, "an iterate has one index: x[k]");
    inherit(e);
    set_shape(e, matrix_type(Size::named("d"), Size::of(1)));
    e.type.degree = 1;
    e.type.uses_variable = true;
    e.meaning = Meaning::builtin;
    return use_case(e, "x");
  }
  const Builtin* b = find_builtin(e.name, Use::indexed);
  if (b == nullptr) unknown(e, "name");
  if (e.args.size() == 1) {
    e.meaning = Meaning::builtin;
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
  for (auto& arg : e.args) check(*arg);
  if (e.name == "min" || e.name == "max") {
    for (auto& arg : e.args) need_plain(*arg, "an argument of min and max");
    inherit(e);
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
  for (auto& arg : e.args) check(*arg);
  const Builtin* b = find_builtin(e.name, Use::indexed_function);
  if (b == nullptr) unknown(e, "function");
  if (b->arguments.size() != e.args.size()) fail(e.place, "'" + e.name + "[i]' takes one argument");
  e.meaning = Meaning::builtin;
  apply(e, *b);
}

void TypeChecker::apply(Expr& e, const Builtin& b) {
  const Size d = Size::named("d");
  inherit(e);
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
  const bool through = b.name == "f" || b.name == "grad f" || b.name == "g" || b.name == "step" ||
                       b.name == "inner" || b.name == "trace" || b.name == "defined";
  if (b.name == "inner") e.type.degree = e.args[0]->type.degree + e.args[1]->type.degree;
  if (b.name == "f") e.type.degree *= 2;
  if (e.type.degree > (through ? 2 : 0)) {
    fail(e.place, "'" + e.name +
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
    case 'D':
      set_shape(e, matrix_type(e.args[0]->type.rows, e.args[0]->type.rows));
      break;
    case 't':
      set_shape(e, truth_type());
      break;
    default:
      break;
  }
  e.type.random |= b.random;
  if (b.uses_case) use_case(e, e.name);
}

void TypeChecker::sum(Expr& e) {
  Expr &a = *e.args[0], &b = *e.args[1];
  check(a);
  check(b);
  const bool fits = a.type.shape == b.type.shape && a.type.shape != Shape::truth &&
                    !conflict(a.type.rows, b.type.rows) &&
                    !conflict(a.type.columns, b.type.columns);
  if (!fits) {
    fail(e.place, std::string(e.op == Op::add ? "cannot add " : "cannot subtract ") + "a " +
                      to_string(b.type) + (e.op == Op::add ? " to a " : " from a ") +
                      to_string(a.type));
  }
  inherit(e);
  set_shape(e, a.type.rows.known() ? a.type : b.type);
}

void TypeChecker::product(Expr& e) {
  Expr &a = *e.args[0], &b = *e.args[1];
  check(a);
  check(b);
  if (a.type.shape == Shape::truth || b.type.shape == Shape::truth)
    fail(e.place, "a statement is no factor");
  inherit(e);
  const bool matrices = a.type.shape == Shape::matrix && b.type.shape == Shape::matrix;
  if (!matrices) {
    set_shape(e, a.type.shape == Shape::matrix ? a.type : b.type);
  } else {
    if (conflict(a.type.columns, b.type.rows)) {
      fail(e.place, "cannot multiply a " + to_string(a.type) + " by a " + to_string(b.type));
    }
    const bool inner = a.type.rows == Size::of(1) && b.type.columns == Size::of(1);
    set_shape(e, inner ? scalar_type() : matrix_type(a.type.rows, b.type.columns));
  }
  e.type.degree = a.type.degree + b.type.degree;
  const bool line =
      e.type.shape == Shape::scalar || e.type.columns == Size::of(1) || e.type.rows == Size::of(1);
  if (e.type.degree > 2 || (e.type.degree == 2 && e.type.shape != Shape::scalar) ||
      (e.type.degree > 0 && !line)) {
    fail(e.place,
         "inside E[…] only scalars of degree two and vectors of degree one in x[k] are supported");
  }
}

void TypeChecker::quotient(Expr& e) {
  check(*e.args[0]);
  need_scalar(*e.args[1], "what one divides by");
  if (e.args[1]->type.degree > 0) fail(e.place, "cannot divide by an iterate inside E[…]");
  if (e.args[0]->type.shape == Shape::truth) fail(e.place, "a statement cannot be divided");
  inherit(e);
  set_shape(e, e.args[0]->type);
}

void TypeChecker::power(Expr& e) {
  Expr& base = *e.args[0];
  check(base);
  need_plain(*e.args[1], "an exponent");
  if (base.type.shape == Shape::truth) fail(e.place, "a statement has no powers");
  if (base.type.shape == Shape::matrix) need_square(base, "the base of a power");
  inherit(e);
  set_shape(e, base.type);
  if (base.type.degree == 0) return;
  const bool square = e.args[1]->op == Op::number && e.args[1]->value == 2;
  if (base.type.degree > 1 || !square)
    fail(e.place, "inside E[…] only the square of a degree-one scalar");
  e.type.degree = 2;
}

void TypeChecker::entry(Expr& e) {
  check(*e.args[0]);
  const Type t = e.args[0]->type;
  if (t.shape != Shape::matrix) fail(e.place, "a " + to_string(t) + " has no entries");
  const size_t indices = e.args.size() - 1;
  for (size_t k = 1; k < e.args.size(); ++k) {
    need_plain(*e.args[k], "an index");
  }
  const size_t wanted = t.is_vector() ? 1 : 2;
  if (indices != wanted) {
    fail(e.place, "an entry of a " + to_string(t) + " has " + std::to_string(wanted) +
                      " index(es), here are " + std::to_string(indices));
  }
  inherit(e);
}

void TypeChecker::vector(Expr& e) {
  for (auto& arg : e.args) need_scalar(*arg, "an entry of a vector");
  inherit(e);
  if (e.type.degree > 0)
    fail(e.place, "a vector of iterates' entries is not supported inside E[…]");
  set_shape(e, matrix_type(Size::of(static_cast<long>(e.args.size())), Size::of(1)));
}

void TypeChecker::matrix(Expr& e) {
  for (auto& row : e.args) {
    vector(*row);
    if (row->args.size() != e.args[0]->args.size()) {
      fail(row->place, "this row has " + std::to_string(row->args.size()) +
                           " entries, the first has " + std::to_string(e.args[0]->args.size()));
    }
  }
  inherit(e);
  set_shape(e, matrix_type(Size::of(static_cast<long>(e.args.size())),
                           Size::of(static_cast<long>(e.args[0]->args.size()))));
}

void TypeChecker::norm(Expr& e) {
  Expr& v = *e.args[0];
  check(v);
  if (!v.type.is_vector()) fail(v.place, "the norm is for vectors, this is a " + to_string(v.type));
  if (e.args.size() == 2) {
    Expr& weight = *e.args[1];
    check(weight);
    need_square(weight, "the weight of a norm");
    if (conflict(weight.type.rows, v.type.rows)) {
      fail(weight.place,
           "the weight is a " + to_string(weight.type) + ", the vector a " + to_string(v.type));
    }
    if (weight.type.degree > 0) fail(weight.place, "the weight of a norm cannot contain iterates");
  }
  inherit(e);
  if (v.type.degree > 0 && e.op == Op::norm) {
    fail(e.place, "inside E[…] only squared norms of iterates are supported: ||…||^2");
  }
  e.type.degree = 2 * v.type.degree;
}

void TypeChecker::expectation(Expr& e) {
  check(*e.args[0]);
  const Type& t = e.args[0]->type;
  if (t.shape == Shape::truth) {
    fail(e.place, "E[…] is for quantities; for a statement write 'for every outcome : …'");
  }
  inherit(e);
  set_shape(e, t);
  e.type.random = false;
  e.type.degree = 0;
}

void TypeChecker::surely(Expr& e) {
  need_truth(*e.args[0], "what holds for every outcome");
  if (e.args[0]->type.degree > 0) fail(e.place, "iterates x[k] can only be used inside E[…]");
  inherit(e);
  set_shape(e, truth_type());
  e.type.random = false;
}

Size TypeChecker::length_of(const Binder& b) const {
  if (b.domain == "workers") return Size::named("n");
  if (b.domain == "coordinates") return Size::named("d");
  if (b.low->op != Op::number || b.low->value != 1) return {};
  if (b.high->op == Op::number) return Size::of(static_cast<long>(approximate(b.high->value)));
  const bool size = b.high->op == Op::name && (b.high->name == "n" || b.high->name == "d");
  return size ? Size::named(b.high->name) : Size{};
}

void TypeChecker::binder(Expr& e) {
  bool uses_case_data = false, bound_ends = false, variable_ends = false;
  const size_t outside = bound_.size();
  for (auto& b : e.binders) {
    for (auto* end : {b.low.get(), b.high.get()}) {
      if (end == nullptr) continue;
      need_plain(*end, "the end of a range");
      uses_case_data |= end->type.uses_case;
      variable_ends |= end->type.uses_variable;
      bound_ends |= end->type.uses_bound;
    }
    uses_case_data |= !b.domain.empty();
    bound_.push_back(b.name);
  }
  if (e.op == Op::quantifier) {
    need_truth(*e.args[0], "what is quantified");
  } else {
    check(*e.args[0]);
  }
  bound_.resize(outside);
  inherit(e);
  e.type.uses_bound = bound_ends || (outside > 0 && e.type.uses_bound);
  e.type.uses_variable |= variable_ends;
  const Type& body = e.args[0]->type;
  const bool scalar_wanted =
      e.name == "min" || e.name == "max" || e.name == "vec" || e.name == "mat";
  if (e.op == Op::fold &&
      (body.shape == Shape::truth || (scalar_wanted && body.shape != Shape::scalar))) {
    fail(e.args[0]->place, "'" + e.name + "' cannot run over a " + to_string(body));
  }
  if (scalar_wanted && body.degree > 0)
    fail(e.place, "'" + e.name + "' of iterates is not supported in E[…]");
  set_shape(e, body);
  if (e.name == "vec") set_shape(e, matrix_type(length_of(e.binders[0]), Size::of(1)));
  if (e.name == "mat") set_shape(e, matrix_type(length_of(e.binders[0]), length_of(e.binders[1])));
  if (uses_case_data) use_case(e, e.name);
}

void TypeChecker::member(Expr& e) {
  if (!claim_.family) fail(e.place, "at(…) is for claims that declare a family");
  need_plain(*e.args[0], "the member's index");
  const bool before = in_member_;
  in_member_ = true;
  check(*e.args[1]);
  in_member_ = before;
  const Type& t = e.args[1]->type;
  if (t.shape == Shape::matrix)
    fail(e.args[1]->place, "at(…) gives a scalar or a statement, not a " + to_string(t));
  if (t.random || t.degree > 0)
    fail(e.args[1]->place, "inside at(…), random quantities belong into E[…]");
  inherit(e);
  set_shape(e, t);
  e.type.uses_case = e.args[0]->type.uses_case;
}

void TypeChecker::choose(Expr& e) {
  need_truth(*e.args[0], "a condition");
  check(*e.args[1]);
  check(*e.args[2]);
  const Type &a = e.args[1]->type, &b = e.args[2]->type;
  if (a.shape != b.shape || conflict(a.rows, b.rows) || conflict(a.columns, b.columns)) {
    fail(e.place, "one branch is a " + to_string(a) + ", the other a " + to_string(b));
  }
  inherit(e);
  set_shape(e, a);
}

void TypeChecker::relation(Expr& e) {
  for (auto& arg : e.args) check(*arg);
  for (size_t k = 0; k + 1 < e.args.size(); ++k) compare_sides(e, k);
  inherit(e);
  set_shape(e, truth_type());
}

/// The literal 0 stands for the zero matrix beside a matrix.
void TypeChecker::compare_sides(Expr& e, size_t k) {
  Expr &a = *e.args[k], &b = *e.args[k + 1];
  const Relation r = e.relations[k];
  const bool loewner =
      r == Relation::prec || r == Relation::preceq || r == Relation::succ || r == Relation::succeq;
  const bool equality = r == Relation::eq || r == Relation::ne;
  const bool scalars = a.type.shape == Shape::scalar && b.type.shape == Shape::scalar;
  const std::string sign = "'" + to_text(r) + "'";
  if (a.type.shape == Shape::truth || b.type.shape == Shape::truth) {
    fail(e.place, sign + " compares quantities; between statements use <=>");
  }
  if (loewner) {
    if (scalars)
      fail(e.place, sign + " is the Loewner order on symmetric matrices; for scalars use < and <=");
    for (Expr* side : {&a, &b}) {
      if (!is_zero(*side)) need_square(*side, ("a side of the Loewner order " + sign).c_str());
    }
  } else if (!equality && !scalars) {
    fail(e.place, sign + " is for scalars, here are a " + to_string(a.type) + " and a " +
                      to_string(b.type) + "; the Loewner order is written <<=");
  }
  if (scalars || is_zero(a) || is_zero(b)) return;
  if (a.type.shape != b.type.shape || conflict(a.type.rows, b.type.rows) ||
      conflict(a.type.columns, b.type.columns)) {
    fail(e.place, "cannot compare a " + to_string(a.type) + " with a " + to_string(b.type));
  }
}

void TypeChecker::logic(Expr& e) {
  for (auto& arg : e.args) need_truth(*arg, "an operand of and, or, not, =>, <=>");
  inherit(e);
  set_shape(e, truth_type());
}

}  // namespace istcheck::claim
