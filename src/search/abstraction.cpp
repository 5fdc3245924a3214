// Values of expressions as sums of words.
#include "search/abstraction.hpp"

#include "claim/printer.hpp"

namespace istcheck::search {

using claim::Constant;
using claim::Expr;
using claim::Fold;
using claim::Function;
using claim::Indexed;
using claim::Meaning;
using claim::Op;

Abstraction::Abstraction(const Space& space, const Integers& integers)
    : ClaimWalker(space, integers), words_(algebra) {
  name_data();
  name_sketch();
  name_variables();
}

/// The last worker's data are what the others leave of the mean, so that nothing is lost by naming
/// the mean.
void Abstraction::name_data() {
  TermBank& bank = algebra.bank;
  const Restriction& r = space_.restriction();
  mean_L_ = words_.symmetric("L");
  mean_D_ = n_ == 1 || r.same_L ? words_.symmetric("D") : words_.symmetric("mean D");
  if (!r.zero_b) mean_b_ = words_.column("b");
  const auto rest = [&](const WordSum& mean, const std::vector<WordSum>& others) {
    WordSum last = words_.scale(mean, bank.number(n_));
    for (const auto& one : others) last = words_.sub(last, one);
    return last;
  };
  for (int i = 1; i <= n_; ++i) {
    const std::string at = "[" + std::to_string(i) + "]";
    const bool last = i == n_;
    L_.push_back(r.same_L ? mean_L_ : last ? rest(mean_L_, L_) : words_.symmetric("L" + at));
    D_.push_back(n_ == 1 || r.same_L ? mean_D_ : words_.symmetric("D" + at));
    b_.push_back(r.zero_b   ? WordSum{}
                 : r.same_b ? mean_b_
                 : last     ? rest(mean_b_, b_)
                            : words_.column("b" + at));
  }
  for (const auto* m : {&mean_L_, &mean_D_}) facts_.push_back({*m, false});
  step_ = bank.variable("gamma");
}

void Abstraction::name_sketch() {
  TermBank& bank = algebra.bank;
  const SketchSpec& spec = space_.shape().sketch;
  const auto* scaled = std::get_if<ScaledPermSketch>(&spec);
  const bool diagonal = scaled != nullptr && scaled->reading == ScaledPermSketch::Reading::diagonal;
  for (int i = 1; i <= n_; ++i)
    C_.push_back(words_.symmetric("C[" + std::to_string(i) + "]", true));
  estimator_ = words_.symmetric("B", true);
  if (!space_.restriction().zero_b) estimator_constant_ = words_.column("Cb", true);
  if (diagonal) {
    estimator_ = words_.identity();
    const Term share = algebra.quotient(bank.number(1), algebra.root(bank.number(n_)));
    WordSum mean;
    for (size_t i = 0; i < C_.size(); ++i) {
      const WordSum c = words_.scale(words_.power(D_[i], -1), share);
      words_.know_mean(C_[i], c);
      mean = words_.add(mean, words_.scale(words_.mul(c, b_[i]), bank.number(Rational(1, n_))));
    }
    if (!estimator_constant_.empty()) words_.know_mean(estimator_constant_, mean);
    return;
  }
  if (std::holds_alternative<IdentitySketch>(spec)) {
    C_.assign(C_.size(), words_.identity());
    estimator_ = mean_L_;
    estimator_constant_ = mean_b_;
    return;
  }
  facts_.push_back({estimator_, false});
  const auto plain = plain_case(space_.shape());
  const Sketch sketch(spec, Problem(plain->workers));
  if (sketch.law() == nullptr || scaled != nullptr) return;
  // Every C_i has the mean c I with a rational c, as for unbiased sketches?
  std::optional<Rational> c;
  for (Index i = 0; i < n_; ++i) {
    for (Index a = 0; a < d_; ++a) {
      const bool always = sketch.law()->always()[static_cast<size_t>(a)];
      const Surd mean = sketch.scales()(i, a) * Surd(always ? Rational(1) : sketch.law()->same(1));
      if (!mean.is_rational() || (c && *c != mean.rational())) return;
      c = mean.rational();
    }
  }
  for (const auto& one : C_)
    words_.know_mean(one, words_.scale(words_.identity(), bank.number(*c)));
  if (!estimator_constant_.empty())
    words_.know_mean(estimator_constant_, words_.scale(mean_b_, bank.number(*c)));
}

void Abstraction::name_variables() {
  TermBank& bank = algebra.bank;
  for (const auto& v : claim_.variables) {
    WordSum& value = variables_[v.name];
    if (const auto k = integers_.find(v.name); k != integers_.end()) {
      value = words_.number(bank.number(Rational(k->second)));
    } else if (claim::is_number(v.kind)) {
      value = words_.number(bank.variable(v.name));
    } else if (v.kind == claim::Kind::vector) {
      value = words_.column(v.name);
    } else if (v.kind == claim::Kind::matrix) {
      throw Unencodable("a matrix that is not symmetric: " + v.name);
    } else {
      value = words_.symmetric("matrix " + v.name);
      if (v.kind == claim::Kind::positive) facts_.push_back({value, true});
    }
  }
  if (const auto own = variables_.find(to_text(Constant::gamma)); own != variables_.end())
    step_ = *words_.value(own->second, true);
  const std::string start = to_text(Constant::x0);
  const auto own = variables_.find(start);
  start_ = own != variables_.end() ? own->second : words_.column(start);
}

/// Whether the value is the same at every outcome of the rounds.
bool Abstraction::known(const Expr& e) { return !e.type.random && !e.type.iterates; }

WordSum Abstraction::value(const Expr& e) {
  const auto arg = [&](size_t k) { return value(*e.args[k]); };
  switch (e.op) {
    case Op::number:
      return words_.number(algebra.bank.number(e.value));
    case Op::name:
      return name(e);
    case Op::index:
      return index(e);
    case Op::call:
    case Op::call_at:
      return call(e);
    case Op::neg:
      return words_.scale(arg(0), algebra.bank.number(-1));
    case Op::add:
      return words_.add(arg(0), arg(1));
    case Op::sub:
      return words_.sub(arg(0), arg(1));
    case Op::mul: {
      const auto is_number = [](const Expr& f) { return f.type.shape == claim::Shape::scalar; };
      if (!is_number(*e.args[0]) && !is_number(*e.args[1])) {
        const WordSum product = words_.mul(arg(0), arg(1));
        return is_number(e) ? settled(product) : product;
      }
      // One of the two is a number that is known; the other may be anything.
      const bool first = is_number(*e.args[0]) && known(*e.args[0]);
      return words_.scale(arg(first ? 1 : 0), scalar(*e.args[first ? 0 : 1]));
    }
    case Op::div: {
      const Term by = scalar(*e.args[1]);
      if (e.args[0]->type.shape == claim::Shape::scalar && known(*e.args[0]))
        return words_.number(algebra.quotient(scalar(*e.args[0]), by));
      return words_.scale(arg(0), algebra.quotient(algebra.bank.number(1), by));
    }
    case Op::pow:
      return power(e);
    case Op::transpose:
      return words_.transpose(arg(0));
    case Op::norm:
    case Op::normsq: {
      const WordSum v = occurs(arg(0));
      const WordSum form = words_.form(e.args.size() == 2 ? arg(1) : words_.identity(), v);
      if (e.op == Op::normsq) return settled(form);
      return words_.number(algebra.root(number_of(settled(form), e)));
    }
    case Op::expect:
      return expectation(e);
    case Op::fold:
      return fold(e);
    default:
      throw Unencodable("not written as forms: " + claim::to_text(e));
  }
}

WordSum Abstraction::name(const Expr& e) {
  if (e.meaning == Meaning::variable) return variables_.at(e.name);
  if (e.meaning == Meaning::definition) {
    if (const Expr* of = definition(e.name)) return value(*of);
  }
  if (const auto number = named_number(e)) return words_.number(*number);
  switch (e.constant) {
    case Constant::gamma:
      return words_.number(step_);
    case Constant::Lbar:
      return mean_L_;
    case Constant::Dbar:
      return mean_D_;
    case Constant::bbar:
      return mean_b_;
    case Constant::Bbar:
      return estimator_;
    case Constant::Cb:
      return estimator_constant_;
    case Constant::identity:
      return words_.identity();
    case Constant::ones:
      return words_.column(e.name);
    case Constant::x0:
      return start_;
    case Constant::xstar:
      return occurs(words_.mul(words_.power(mean_L_, -2), mean_b_));
    case Constant::xinf:
      return fixed_point();
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::theta_min:
    case Constant::rho_mean:
    case Constant::rho_square:
    case Constant::lyapunov:
    case Constant::none:
      break;
  }
  throw Unencodable("not written as forms: " + e.name);
}

WordSum Abstraction::index(const Expr& e) {
  switch (e.indexed) {
    case Indexed::x:
      if (is_limit(*e.args[0])) break;
      return iterate(integer(*e.args[0]));
    case Indexed::L:
      return L_[worker(*e.args[0])];
    case Indexed::D:
      return D_[worker(*e.args[0])];
    case Indexed::b:
      return b_[worker(*e.args[0])];
    case Indexed::C:
      return C_[worker(*e.args[0])];
    case Indexed::noise:
    case Indexed::gamma:
    case Indexed::none:
      break;
  }
  throw Unencodable("not written as forms: " + claim::to_text(e));
}

WordSum Abstraction::call(const Expr& e) {
  const auto arg = [&](size_t k) { return value(*e.args[k]); };
  TermBank& bank = algebra.bank;
  switch (e.function) {
    case Function::f:
    case Function::grad_f: {
      const bool own = e.op == Op::call_at;
      const WordSum &L = own ? L_[worker(*e.args[0])] : mean_L_,
                    &b = own ? b_[worker(*e.args[0])] : mean_b_;
      const WordSum x = occurs(arg(e.args.size() - 1));
      if (e.function == Function::grad_f) return words_.sub(words_.mul(L, x), b);
      return settled(words_.sub(words_.scale(words_.form(L, x), bank.number(Rational(1, 2))),
                                words_.mul(words_.transpose(b), x)));
    }
    case Function::g:
      return estimate(arg(0));
    case Function::e:
      return words_.column("e[" + std::to_string(integer(*e.args[0])) + "]");
    case Function::sqrt:
      return words_.number(algebra.root(scalar(*e.args[0])));
    case Function::abs:
      return words_.number(algebra.root(algebra.power(scalar(*e.args[0]), 2)));
    case Function::inner:
      return settled(words_.mul(words_.transpose(arg(0)), arg(1)));
    case Function::inverse:
      return words_.power(arg(0), -2);
    case Function::sym: {
      const WordSum m = arg(0);
      return words_.scale(words_.add(m, words_.transpose(m)), bank.number(Rational(1, 2)));
    }
    case Function::lambda_max:
    case Function::lambda_min:
      return words_.number(extreme(e));
    case Function::step:
    case Function::ceil:
    case Function::surd:
    case Function::trace:
    case Function::det:
    case Function::spectral_radius:
    case Function::Diag:
    case Function::diag:
    case Function::defined:
    case Function::rational:
    case Function::min:
    case Function::max:
    case Function::row:
    case Function::column:
    case Function::pinv:
    case Function::kron:
    case Function::lambda_min_plus:
    case Function::next:
    case Function::fixed:
    case Function::limit:
    case Function::covariance:
    case Function::keep:
    case Function::none:
      break;
  }
  throw Unencodable("not written as forms: " + claim::to_text(e));
}

/// A new number t with tB − A ⪰ 0 (or A − tB ⪰ 0) as a fact.
Term Abstraction::extreme(const Expr& e) {
  const bool largest = e.function == Function::lambda_max;
  const WordSum a = value(*e.args[0]);
  const WordSum b = e.args.size() == 2 ? value(*e.args[1]) : words_.identity();
  if (words_.random(a) || words_.random(b)) throw Unencodable("an eigenvalue of a random matrix");
  const auto [at, fresh] = extremes_.try_emplace({a, b, largest}, 0);
  if (!fresh) return at->second;
  const Term t = at->second = algebra.bank.fresh(largest ? "largest" : "least");
  const WordSum scaled = words_.scale(b, t);
  facts_.push_back({largest ? words_.sub(scaled, a) : words_.sub(a, scaled), false, false});
  return t;
}

WordSum Abstraction::power(const Expr& e) {
  const Rational* exponent = algebra.bank.constant(scalar(*e.args[1]));
  if (exponent == nullptr || denominator(Rational(*exponent * 2)) != 1 || abs(*exponent) > 20)
    throw Unencodable("an exponent that is no multiple of 1/2: " + claim::to_text(e));
  const long halves = static_cast<long>(numerator(Rational(*exponent * 2)));
  if (e.args[0]->type.shape != claim::Shape::scalar) return words_.power(value(*e.args[0]), halves);
  const Term base = scalar(*e.args[0]);
  const long k = halves % 2 == 0 ? std::abs(halves) / 2 : std::abs(halves);
  const Term p = algebra.power(halves % 2 == 0 ? base : algebra.root(base), k);
  return words_.number(halves < 0 ? algebra.quotient(algebra.bank.number(1), p) : p);
}

WordSum Abstraction::fold(const Expr& e) {
  if (e.fold != Fold::sum && e.fold != Fold::mean)
    throw Unencodable("not written as forms: " + claim::to_text(e));
  WordSum total;
  int count = 0;
  run_binders(e, [&] {
    total = words_.add(total, value(*e.args[0]));
    ++count;
    return true;
  });
  if (count == 0) throw Unencodable("an empty range: " + claim::to_text(e));
  return e.fold == Fold::sum ? total : words_.scale(total, algebra.bank.number(Rational(1, count)));
}

}  // namespace istcheck::search
