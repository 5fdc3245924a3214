#include "claim/evaluator.hpp"

#include "claim/family.hpp"
#include "claim/printer.hpp"

namespace istcheck::claim {

namespace {

bool worth_keeping(Op op) {
  return op == Op::expect || op == Op::fold || op == Op::call || op == Op::call_at ||
         op == Op::pow || op == Op::mul || op == Op::normsq;
}

}  // namespace

Evaluator::Evaluator(const Claim& claim, World* world, const EvaluationOptions& options)
    : claim_(claim), world_(world), options_(options), margins_(options.margins) {}

namespace {

bool identical(const Value& a, const Value& b) {
  const auto *s = std::get_if<Scalar>(&a), *t = std::get_if<Scalar>(&b);
  if (s && t) return s->surd() && t->surd() && *s->surd() == *t->surd();
  return !s && !t && std::get<SurdMatrix>(a) == std::get<SurdMatrix>(b);
}

}  // namespace

void Evaluator::set_variable(const std::string& name, Value value) {
  passes_ = 0;
  elements_.clear();
  point_cache_.clear();
  if (const auto old = variables_.find(name);
      old != variables_.end() && identical(old->second, value))
    return;
  unknown_cache_.clear();
  variables_[name] = std::move(value);
}

void Evaluator::unset_variable(const std::string& name) {
  variables_.erase(name);
  point_cache_.clear();
  unknown_cache_.clear();
}

void Evaluator::misuse(Place place, const std::string& message) const {
  const std::string where = world_ != nullptr ? " (on case '" + world_->data().name + "')" : "";
  throw ClaimError(*claim_.source, place, message + where);
}

World& Evaluator::world(const Expr& e) const {
  if (world_ == nullptr) misuse(e.place, "'" + e.name + "' needs a case, and there is none here");
  return *world_;
}

Value Evaluator::value(const Expr& e) {
  const bool keep = options_.keep && worth_keeping(e.op) && !e.type.random && !e.type.uses_bound &&
                    e.type.degree == 0;
  if (!keep) return sized(e.place, [&] { return within_bits(compute(e)); });
  if (auto* assumptions = Assumptions::of_thread_or_null(); assumptions && e.type.uses_variable)
    return kept_under_assumptions(e, *assumptions);
  auto& cache = e.type.uses_variable ? point_cache_ : case_cache_;
  if (const auto found = cache.find(&e); found != cache.end()) return found->second;
  Value v = sized(e.place, [&] { return within_bits(compute(e)); });
  return (e.type.uses_variable ? point_cache_ : case_cache_)
      .insert_or_assign(&e, std::move(v))
      .first->second;
}

/// What used a value of this way only is one itself.
Value Evaluator::kept_under_assumptions(const Expr& e, Assumptions& assumptions) {
  if (const auto found = unknown_cache_.find(&e); found != unknown_cache_.end())
    return found->second;
  if (const auto found = point_cache_.find(&e); found != point_cache_.end()) {
    ++values_of_way_;
    return found->second;
  }
  const long before = assumptions.answers() + values_of_way_;
  Value v = sized(e.place, [&] { return within_bits(compute(e)); });
  const bool free = assumptions.answers() + values_of_way_ == before;
  (free ? unknown_cache_ : point_cache_).insert_or_assign(&e, v);
  return v;
}

Scalar Evaluator::scalar(const Expr& e) { return std::get<Scalar>(value(e)); }
SurdMatrix Evaluator::matrix(const Expr& e) { return std::get<SurdMatrix>(value(e)); }

Rational Evaluator::whole_number(const Expr& e) {
  const Scalar s = scalar(e);
  const auto q = rational_value(s);
  if (!q || denominator(*q) != 1)
    throw Undefined(e.place, "this must be a whole number, but it is " + to_string(s));
  return *q;
}

long Evaluator::integer(const Expr& e) {
  const Rational k = whole_number(e);
  if (abs(k) > budget::kWhole.most) throw Unsupported(budget::spent(budget::kWhole));
  return static_cast<long>(numerator(k));
}

void Evaluator::append_range(const Variable& v, const Trial& t, std::vector<Value>& values) {
  const Scalar low = scalar(*t.low), high = scalar(*t.high), by = t.by ? scalar(*t.by) : Scalar(1);
  if (by.sign() <= 0) throw Undefined(t.by->place, "the step of a range is not positive");
  const auto whole = [](const Scalar& s) {
    const auto q = rational_value(s);
    return q && denominator(*q) == 1;
  };
  if (v.ranged && t.by && !whole(by))
    throw Undefined(t.by->place, "the step of a range of whole numbers is not whole");
  for (const auto* e : {t.low.get(), t.high.get()})
    if (v.ranged && !whole(e == t.low.get() ? low : high))
      throw Undefined(e->place, "the end of a range of whole numbers is not whole");
  for (Scalar s = low; compare(s, high) <= 0; s = s + by) {
    if (long(values.size()) >= budget::kChoices.most)
      throw Unsupported(budget::spent(budget::kChoices));
    values.push_back(s);
  }
}

SurdMatrix Evaluator::square_matrix(const Expr& e) {
  SurdMatrix m = matrix(e);
  if (m.rows() != m.cols()) {
    throw Undefined(e.place, "this must be a square matrix, but it is " + std::to_string(m.rows()) +
                                 " x " + std::to_string(m.cols()));
  }
  return m;
}

SurdMatrix Evaluator::symmetric_matrix(const Expr& e, const char* use) {
  SurdMatrix m = square_matrix(e);
  if (!is_symmetric(m))
    throw Undefined(e.place, std::string(use) + " must be symmetric: " + to_string(m));
  return m;
}

Index Evaluator::checked_index(const Expr& e, Index size, const char* what) {
  const Rational k = whole_number(e);
  if (k < 1 || k > size) {
    throw Undefined(e.place, std::string(what) + " runs from 1 to " + std::to_string(size) +
                                 ", but this is " + to_string(k));
  }
  return static_cast<Index>(numerator(k)) - 1;
}

Value Evaluator::compute(const Expr& e) {
  switch (e.op) {
    case Op::number:
      return Scalar(e.value);
    case Op::name:
      return lookup(e);
    case Op::index:
      if (e.meaning == Meaning::method) return method_value(e);
      if (e.indexed != Indexed::none) return builtin_index(e);
      return entry(std::get<SurdMatrix>(lookup(e)), e, 0);
    case Op::entry:
      return entry(matrix(*e.args[0]), e, 1);
    case Op::call:
    case Op::call_at:
      return builtin_call(e);
    case Op::neg: {
      const Value v = value(*e.args[0]);
      if (const auto* s = std::get_if<Scalar>(&v)) return -*s;
      return SurdMatrix(-std::get<SurdMatrix>(v));
    }
    case Op::add:
    case Op::sub: {
      const Value a = value(*e.args[0]), b = value(*e.args[1]);
      if (const auto* s = std::get_if<Scalar>(&a)) {
        return e.op == Op::add ? *s + std::get<Scalar>(b) : *s - std::get<Scalar>(b);
      }
      const auto &A = std::get<SurdMatrix>(a), &B = std::get<SurdMatrix>(b);
      if (A.rows() != B.rows() || A.cols() != B.cols())
        throw Undefined(e.place, "the sizes of a sum differ");
      return e.op == Op::add ? SurdMatrix(A + B) : SurdMatrix(A - B);
    }
    case Op::mul:
      return product(e);
    case Op::div:
      return quotient(e);
    case Op::pow:
      return power(e);
    case Op::transpose: {
      const Value v = value(*e.args[0]);
      if (std::holds_alternative<Scalar>(v)) return v;
      return SurdMatrix(std::get<SurdMatrix>(v).transpose());
    }
    case Op::vector:
    case Op::matrix:
      return literal(e);
    case Op::norm:
    case Op::normsq:
      return norm(e);
    case Op::expect:
      return expectation(e);
    case Op::fold:
      return fold(e);
    case Op::at_member: {
      Evaluator& inner = member(e);
      return inner.value(*e.args[1]);
    }
    case Op::choose: {
      const Truth t = truth(*e.args[0]);
      if (t.undecided()) throw Unsupported(t.reason);
      return value(*e.args[t.yes() ? 1 : 2]);
    }
    default:
      misuse(e.place, "a statement has no value");
  }
}

Value Evaluator::lookup(const Expr& e) {
  switch (e.meaning) {
    case Meaning::bound:
      for (size_t k = bound_.size(); k-- > 0;) {
        if (bound_[k].first == e.name) return bound_[k].second;
      }
      break;
    case Meaning::variable:
      if (const auto v = variables_.find(e.name); v != variables_.end()) return v->second;
      break;
    case Meaning::definition:
      return value(definition(e.name));
    case Meaning::method:
      return method_value(e);
    default:
      return builtin_name(e);
  }
  misuse(e.place, "'" + e.name + "' has no value here");
}

const Expr& Evaluator::definition(const std::string& name) const {
  for (const auto& d : claim_.definitions) {
    if (d.name == name) return *d.value;
  }
  throw std::logic_error("definition not found");
}

Value Evaluator::product(const Expr& e) {
  const Value a = value(*e.args[0]), b = value(*e.args[1]);
  const auto *s = std::get_if<Scalar>(&a), *t = std::get_if<Scalar>(&b);
  if (s && t) return *s * *t;
  if (s || t) {
    const Surd& factor = (s ? s : t)->need_surd("multiplying a matrix");
    return SurdMatrix(std::get<SurdMatrix>(s ? b : a) * factor);
  }
  const auto &A = std::get<SurdMatrix>(a), &B = std::get<SurdMatrix>(b);
  if (A.cols() != B.rows()) throw Undefined(e.place, "the sizes of a product do not fit");
  const SurdMatrix product = A * B;
  if (e.type.shape == Shape::scalar) return Scalar(product.value());
  return product;
}

Value Evaluator::quotient(const Expr& e) {
  const Value a = value(*e.args[0]);
  const Scalar b = scalar(*e.args[1]);
  if (is_zero(b)) throw Undefined(e.place, "division by zero: " + to_text(*e.args[1]) + " = 0");
  if (const auto* s = std::get_if<Scalar>(&a)) return *s / b;
  return SurdMatrix(std::get<SurdMatrix>(a) * b.need_surd("dividing a matrix").inverse());
}

Value Evaluator::power(const Expr& e) {
  const auto exponent = rational_value(scalar(*e.args[1]));
  const Rational twice = exponent ? *exponent * 2 : Rational(1, 2);
  if (denominator(twice) != 1)
    throw Undefined(e.args[1]->place, "an exponent must be a multiple of 1/2");
  if (abs(twice) > 2 * budget::kExponent.most) throw Unsupported(budget::spent(budget::kExponent));
  const long halves = static_cast<long>(numerator(twice));
  if (halves == 0 && e.args[0]->type.iterates) return identity_like(*e.args[0]);
  const Value base = value(*e.args[0]);
  if (const auto* s = std::get_if<Scalar>(&base)) {
    if (halves < 0 && is_zero(*s)) throw Undefined(e.place, "zero to a negative power");
    if (halves % 2 == 0) return istcheck::claim::power(*s, halves / 2);
    if (is_negative(*s)) throw Undefined(e.place, "the square root of a negative number");
    return istcheck::claim::power(square_root(*s), halves);
  }
  SurdMatrix m = square_matrix(*e.args[0]);
  if (halves % 2 != 0) {
    if (!is_diagonal(m)) {
      throw Undefined(
          e.place,
          "square roots of matrices are supported for diagonal matrices only; this one is " +
              to_string(m));
    }
    for (Index i = 0; i < m.rows(); ++i) {
      if (is_negative(m(i, i)))
        throw Undefined(e.place, "the square root of a negative diagonal entry");
      m(i, i) = square_root(Scalar(m(i, i))).need_surd("the square root of a matrix");
    }
  }
  long k = halves % 2 == 0 ? halves / 2 : halves;
  if (k < 0) {
    const auto inverse = solve_exactly(m, SurdMatrix::Identity(m.rows(), m.cols()));
    if (!inverse)
      throw Undefined(e.place, "the inverse of a singular matrix: " + to_text(*e.args[0]));
    m = *inverse;
    k = -k;
  }
  SurdMatrix result = SurdMatrix::Identity(m.rows(), m.cols());
  for (; k > 0; --k) result = std::get<SurdMatrix>(within_bits(SurdMatrix(result * m)));
  return result;
}

Value Evaluator::norm(const Expr& e) {
  const SurdMatrix v = matrix(*e.args[0]);
  Surd square = 0;
  if (e.args.size() == 2) {
    const SurdMatrix M = symmetric_matrix(*e.args[1], "the weight of a norm");
    square = (v.transpose() * M * v).value();
  } else {
    square = (v.transpose() * v).value();
  }
  if (e.op == Op::normsq) return Scalar(square);
  if (is_negative(square))
    throw Undefined(e.place, "the norm with a weight that is not positive semidefinite");
  return square_root(Scalar(square));
}

BlockPlaces block_places(const Expr& e,
                         const std::function<std::pair<Index, Index>(const Expr&)>& size) {
  std::vector<Index> heights(e.args.size(), -1), widths(e.args[0]->args.size(), -1);
  for (size_t i = 0; i < heights.size(); ++i)
    for (size_t j = 0; j < widths.size(); ++j) {
      const Expr& item = *e.args[i]->args[j];
      if (is_zero_numeral(item)) continue;
      const auto [rows, columns] = size(item);
      if ((heights[i] >= 0 && heights[i] != rows) || (widths[j] >= 0 && widths[j] != columns))
        throw Undefined(item.place, "the sizes of the blocks do not fit");
      heights[i] = rows;
      widths[j] = columns;
    }
  const auto places = [](const std::vector<Index>& sizes) {
    std::vector<std::pair<size_t, Index>> all;
    for (size_t i = 0; i < sizes.size(); ++i)
      for (Index k = 0; k < sizes[i]; ++k) all.emplace_back(i, k);
    return all;
  };
  return {places(heights), places(widths)};
}

SurdMatrix Evaluator::block_matrix(const Expr& e) {
  std::map<const Expr*, SurdMatrix> blocks;
  const BlockPlaces from = block_places(e, [&](const Expr& item) {
    const SurdMatrix& m = blocks.emplace(&item, matrix(item)).first->second;
    return std::pair(m.rows(), m.cols());
  });
  const auto height = static_cast<Index>(from.rows.size());
  const auto width = static_cast<Index>(from.columns.size());
  SurdMatrix all = SurdMatrix::Constant(height, width, Surd(0));
  for (Index r = 0; r < height; ++r)
    for (Index c = 0; c < width; ++c) {
      const auto [i, row] = from.rows[static_cast<size_t>(r)];
      const auto [j, column] = from.columns[static_cast<size_t>(c)];
      const auto block = blocks.find(e.args[i]->args[j].get());
      if (block != blocks.end()) all(r, c) = block->second(row, column);
    }
  return all;
}

Value Evaluator::literal(const Expr& e) {
  if (is_block_matrix(e)) return block_matrix(e);
  const bool rows = e.op == Op::matrix;
  const auto height = static_cast<Index>(e.args.size());
  const auto width = rows ? static_cast<Index>(e.args[0]->args.size()) : 1;
  SurdMatrix m(height, width);
  for (Index i = 0; i < height; ++i) {
    const Expr& row = *e.args[static_cast<size_t>(i)];
    for (Index j = 0; j < width; ++j) {
      const Expr& item = rows ? *row.args[static_cast<size_t>(j)] : row;
      m(i, j) = scalar(item).need_surd("an entry of a matrix");
    }
  }
  return m;
}

Value Evaluator::entry(const SurdMatrix& m, const Expr& e, size_t first) {
  const Index i = checked_index(*e.args[first], m.rows(), "this index");
  const Index j =
      e.args.size() > first + 1 ? checked_index(*e.args[first + 1], m.cols(), "this index") : 0;
  return Scalar(m(i, j));
}

/// Calls body for every choice of the indices, the first one slowest; body returns false to stop.
void Evaluator::run_binders(const Expr& e, size_t which, const std::function<bool()>& body) {
  bool more = true;
  const std::function<void(size_t)> run = [&](size_t k) {
    if (k == e.binders.size()) {
      more = body();
      return;
    }
    const Binder& b = e.binders[k];
    if (b.set) {
      for (const long element : elements_of(*b.set)) {
        if (!more) return;
        if (++passes_ > budget::kPasses.most) throw Unsupported(budget::spent(budget::kPasses));
        bind(b.name, element);
        run(k + 1);
        unbind();
      }
      return;
    }
    long low = 1, high = 0;
    switch (b.domain) {
      case Domain::range:
        low = integer(*b.low);
        high = integer(*b.high);
        break;
      case Domain::workers:
        high = world(e).n();
        break;
      case Domain::coordinates:
        high = world(e).d();
        break;
    }
    bound_.emplace_back(b.name, Scalar(Rational(low)));
    struct Pop {
      Evaluator& self;
      ~Pop() { self.bound_.pop_back(); }
    } pop{*this};
    for (long value = low; value <= high && more; ++value) {
      if (++passes_ > budget::kPasses.most) throw Unsupported(budget::spent(budget::kPasses));
      bound_.back().second = Scalar(Rational(value));
      run(k + 1);
    }
  };
  run(which);
}

/// How many values an index has, of a range that is not empty.
Index Evaluator::length(const Binder& b) {
  switch (b.domain) {
    case Domain::workers:
      return world_->n();
    case Domain::coordinates:
      return world_->d();
    case Domain::range:
      break;
  }
  if (b.set) return static_cast<Index>(elements_of(*b.set).size());
  return integer(*b.high) - integer(*b.low) + 1;
}

Value Evaluator::fold(const Expr& e) {
  const Expr& body = *e.args[0];
  std::vector<Value> values;
  run_binders(e, 0, [&] {
    values.push_back(value(body));
    return true;
  });
  if (values.empty() && (e.fold != Fold::sum || e.type.shape == Shape::matrix))
    throw Undefined(e.place, "'" + e.name + "' over an empty range");
  switch (e.fold) {
    case Fold::vec:
    case Fold::mat:
      return assembled(e, values);
    case Fold::min:
    case Fold::max:
      return extreme(e.fold == Fold::max, values);
    case Fold::sum:
    case Fold::mean:
    case Fold::none:
      break;
  }
  if (values.empty()) return Scalar(0);
  Value total = values[0];
  for (size_t k = 1; k < values.size(); ++k) {
    if (auto* s = std::get_if<Scalar>(&total)) {
      *s = *s + std::get<Scalar>(values[k]);
    } else {
      std::get<SurdMatrix>(total) += std::get<SurdMatrix>(values[k]);
    }
  }
  if (e.fold != Fold::mean) return total;
  const Surd share(Rational(Integer(1), Integer(values.size())));
  if (auto* s = std::get_if<Scalar>(&total)) return *s * Scalar(share);
  return SurdMatrix(std::get<SurdMatrix>(total) * share);
}

/// vec and mat: row by row.
SurdMatrix Evaluator::assembled(const Expr& e, const std::vector<Value>& values) {
  Index columns = 1;
  if (e.fold == Fold::mat) columns = length(e.binders[1]);
  const auto count = static_cast<Index>(values.size());
  if (columns < 1 || count % columns != 0) throw Undefined(e.place, "rows of different lengths");
  const auto rows = count / columns;
  SurdMatrix m(rows, columns);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < columns; ++j) {
      m(i, j) =
          std::get<Scalar>(values[static_cast<size_t>(i * columns + j)]).need_surd("an entry");
    }
  }
  return m;
}

Evaluator& Evaluator::member(const Expr& e) {
  const long index = integer(*e.args[0]);
  const Family& f = *claim_.family;
  Evaluator ends(claim_, nullptr, options_);  // of the family: they depend on nothing
  if (index < ends.integer(*f.low) || index > ends.integer(*f.high))
    throw Undefined(e.args[0]->place, "the family has no member " + std::to_string(index));
  auto& inner = member_evaluators_[index];
  if (!inner || !options_.keep) {
    members_[index] = std::make_unique<World>(family_member(claim_, index, options_), options_);
    inner = std::make_unique<Evaluator>(claim_, members_[index].get(), options_);
  }
  inner->variables_ = variables_;
  inner->point_cache_.clear();
  inner->bound_ = bound_;
  return *inner;
}

}  // namespace istcheck::claim
