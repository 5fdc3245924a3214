#include "claim/symmetry.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <vector>

#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

constexpr long kMostParts = 20'000;

struct TooLong : std::exception {};

/// Matrices and vectors change when transposed; scalars and statements do not.
std::string marked(std::string text, const Expr& e, bool transposed) {
  return transposed && e.type.shape == Shape::matrix ? text + "'" : text;
}

bool is_symmetric(Constant name) {
  switch (name) {
    case Constant::Lbar:
    case Constant::Dbar:
    case Constant::identity:
    case Constant::Bbar:
    case Constant::lyapunov:
      return true;
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::gamma:
    case Constant::bbar:
    case Constant::xstar:
    case Constant::x0:
    case Constant::ones:
    case Constant::Cb:
    case Constant::xinf:
    case Constant::theta_min:
    case Constant::rho_mean:
    case Constant::rho_square:
    case Constant::none:
      break;
  }
  return false;
}

bool is_symmetric(Indexed name) {
  switch (name) {
    case Indexed::L:
    case Indexed::D:
    case Indexed::noise:
    case Indexed::C:
      return true;
    case Indexed::x:
    case Indexed::b:
    case Indexed::gamma:
    case Indexed::none:
      break;
  }
  return false;
}

/// (sign, term) of a sum, signs of nested sums multiplied out.
void terms(const Expr& e, bool minus, std::vector<std::pair<bool, const Expr*>>& out) {
  if (e.op == Op::add || e.op == Op::sub) {
    terms(*e.args[0], minus, out);
    terms(*e.args[1], minus != (e.op == Op::sub), out);
  } else if (e.op == Op::neg) {
    terms(*e.args[0], !minus, out);
  } else {
    out.emplace_back(minus, &e);
  }
}

/// An inner product such as yᵀAy stays one factor of a matrix product.
void factors(const Expr& e, std::vector<const Expr*>& out) {
  for (const auto& arg : e.args) {
    if (arg->op == Op::mul && arg->type.shape == e.type.shape)
      factors(*arg, out);
    else
      out.push_back(arg.get());
  }
}

}  // namespace

bool SymmetryOfForm::symmetric(const Expr& e) {
  parts_ = 0;
  try {
    return form(e, false) == form(e, true);
  } catch (const TooLong&) {
    return false;
  }
}

std::string SymmetryOfForm::form(const Expr& e, bool transposed) {
  if (++parts_ > kMostParts) throw TooLong();
  switch (e.op) {
    case Op::number:
      return istcheck::to_string(e.value);
    case Op::name:
      return name(e, transposed);
    case Op::index:
      return index(e, transposed);
    case Op::call:
    case Op::call_at:
      return call(e, transposed);
    case Op::add:
    case Op::sub:
    case Op::neg:
      return sum(e, transposed);
    case Op::mul:
    case Op::div:
      return product(e, transposed);
    case Op::transpose:
      return form(*e.args[0], !transposed);
    case Op::matrix:
      return literal(e, transposed);
    case Op::fold:
      return fold(e, transposed);
    case Op::vector:
      return marked(other(e, false), e, transposed);
    default:
      return other(e, transposed);
  }
}

bool SymmetryOfForm::symmetric_name(const Expr& e) {
  if (e.meaning == Meaning::builtin) return is_symmetric(e.constant);
  if (e.meaning == Meaning::bound) return e.type.symmetric;
  if (e.meaning == Meaning::variable) {
    return std::any_of(claim_.variables.begin(), claim_.variables.end(), [&](const Variable& v) {
      return v.name == e.name && (v.kind == Kind::symmetric || v.kind == Kind::positive);
    });
  }
  const auto known = definitions_.find(e.name);
  if (known != definitions_.end()) return known->second;
  const auto let = std::find_if(claim_.definitions.begin(), claim_.definitions.end(),
                                [&](const Definition& d) { return d.name == e.name; });
  if (let == claim_.definitions.end()) return false;
  const long parts = parts_;
  const auto bound = bound_;
  bound_.clear();
  const bool is = symmetric(*let->value);
  bound_ = bound;
  parts_ += parts;
  return definitions_[e.name] = is;
}

std::string SymmetryOfForm::name(const Expr& e, bool transposed) {
  if (const auto b = bound_.find(e.name); b != bound_.end()) return b->second;
  if (e.type.shape != Shape::matrix || symmetric_name(e)) return e.name;
  return marked(e.name, e, transposed);
}

/// L[i], b[i], x[k], or entries of a named vector or matrix; A[j, k] = A[k, j] for symmetric A.
std::string SymmetryOfForm::index(const Expr& e, bool transposed) {
  std::vector<std::string> args;
  for (const auto& arg : e.args) args.push_back(form(*arg, false));
  if (args.size() == 2 && symmetric_name(e)) std::sort(args.begin(), args.end());
  const std::string text = e.name + "[" + joined(args, ",") + "]";
  return is_symmetric(e.indexed) ? text : marked(text, e, transposed);
}

std::string SymmetryOfForm::call(const Expr& e, bool transposed) {
  const auto with = [&](bool t) {
    std::vector<std::string> args;
    for (const auto& arg : e.args) args.push_back(form(*arg, t));
    return e.name + "(" + joined(args, ",") + ")";
  };
  switch (e.function) {
    case Function::inverse:
    case Function::pinv:
    case Function::kron:
      return with(transposed);
    case Function::Diag:
    case Function::sym:
      return std::min(with(false), with(true));
    case Function::covariance: {  // of b and c; transposed, of c and b
      std::vector<std::string> args;
      for (const auto& arg : e.args) args.push_back(form(*arg, false));
      if (transposed) std::reverse(args.begin(), args.end());
      return e.name + "(" + joined(args, ",") + ")";
    }
    case Function::f:
    case Function::grad_f:
    case Function::g:
    case Function::step:
    case Function::e:
    case Function::sqrt:
    case Function::abs:
    case Function::ceil:
    case Function::surd:
    case Function::trace:
    case Function::det:
    case Function::lambda_max:
    case Function::lambda_min:
    case Function::spectral_radius:
    case Function::diag:
    case Function::inner:
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::row:
    case Function::column:
    case Function::lambda_min_plus:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::keep:
    case Function::none:
      break;
  }
  return marked(with(false), e, transposed);
}

std::string SymmetryOfForm::sum(const Expr& e, bool transposed) {
  std::vector<std::pair<bool, const Expr*>> list;
  terms(e, false, list);
  std::vector<std::string> texts;
  for (const auto& [minus, term] : list)
    texts.push_back((minus ? "-" : "+") + form(*term, transposed));
  std::sort(texts.begin(), texts.end());
  return "(" + joined(texts, "") + ")";
}

/// Scalar factors commute; the transpose of the others comes in reverse order. A scalar such as
/// xᵀAy is its own transpose, so the smaller of both forms stands for it.
std::string SymmetryOfForm::product(const Expr& e, bool transposed) {
  if (e.op == Op::div)
    return "(" + form(*e.args[0], transposed) + "/" + form(*e.args[1], false) + ")";
  std::vector<const Expr*> list;
  factors(e, list);
  std::vector<std::string> scalars, matrices, flipped;
  const bool scalar = e.type.shape == Shape::scalar;
  for (const Expr* f : list) {
    if (f->type.shape == Shape::scalar) {
      scalars.push_back(form(*f, false));
    } else {
      if (scalar || !transposed) matrices.push_back(form(*f, false));
      if (scalar || transposed) flipped.push_back(form(*f, true));
    }
  }
  std::sort(scalars.begin(), scalars.end());
  std::reverse(flipped.begin(), flipped.end());
  const std::string one = joined(matrices, "*"), two = joined(flipped, "*");
  return "(" + joined(scalars, "*") + "|" + (scalar ? std::min(one, two) : one + two) + ")";
}

std::string SymmetryOfForm::literal(const Expr& e, bool transposed) {
  std::vector<std::string> rows;
  const size_t columns = e.args[0]->args.size();
  for (size_t i = 0; i < (transposed ? columns : e.args.size()); ++i) {
    std::vector<std::string> row;
    for (size_t j = 0; j < (transposed ? e.args.size() : columns); ++j)
      row.push_back(form(*e.args[transposed ? j : i]->args[transposed ? i : j],
                         transposed && is_block_matrix(e)));
    rows.push_back("[" + joined(row, ",") + "]");
  }
  return "[" + joined(rows, ",") + "]";
}

/// sum, mean and the like transpose what they run over; mat swaps its two indices.
std::string SymmetryOfForm::fold(const Expr& e, bool transposed) {
  const auto outside = bound_;
  const bool swap = e.fold == Fold::mat && transposed;
  std::vector<std::string> ranges(e.binders.size());
  for (size_t k = 0; k < e.binders.size(); ++k) {
    const Binder& b = e.binders[k];
    const size_t place = swap ? 1 - k : k;
    ranges[place] = b.domain == Domain::range ? form(*b.low, false) + ".." + form(*b.high, false)
                                              : to_text(b.domain);
    bound_[b.name] = "#" + std::to_string(outside.size() + place);
  }
  const bool inside = transposed && e.args[0]->type.shape == Shape::matrix;
  const std::string body = form(*e.args[0], inside);
  bound_ = outside;
  const std::string text = e.name + "(" + joined(ranges, ",") + ":" + body + ")";
  return e.fold == Fold::vec ? marked(text, e, transposed) : text;
}

/// Everything else: the operator and its parts, which are transposed with it; the two sides of an
/// equality commute.
std::string SymmetryOfForm::other(const Expr& e, bool transposed) {
  std::vector<std::string> args;
  for (const auto& arg : e.args)
    args.push_back(form(*arg, transposed && arg->type.shape == Shape::matrix));
  std::string mark = std::to_string(static_cast<int>(e.op)) + e.name;
  for (const Relation r : e.relations) mark += to_text(r);
  for (const Binder& b : e.binders) mark += b.name + ":";
  if (e.relations.size() == 1 && e.relations[0] == Relation::eq)
    std::sort(args.begin(), args.end());
  return mark + "{" + joined(args, ",") + "}";
}

}  // namespace istcheck::claim
