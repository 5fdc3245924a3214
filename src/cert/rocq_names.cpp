// Names and functions, and values that are written as data with the statement that says what they
// are.
#include <algorithm>

#include "cert/rocq_terms.hpp"
#include "claim/builtins.hpp"
#include "claim/printer.hpp"
#include "dynamics/theta.hpp"

namespace istcheck::rocq {

using claim::Constant;
using claim::Expr;
using claim::Function;
using claim::Indexed;
using claim::Meaning;
using claim::Op;
using claim::Shape;

namespace {

/// Q and W of (14).
constexpr const char* kSidesOf14 =
    "(EM outcomes (fun omega => Bbar omega *m Lbar *m Bbar omega)) "
    "(sym (Lbar *m EM outcomes Bbar))";

bool any_replaces(const claim::Claim& c, Constant name) {
  return std::any_of(c.variables.begin(), c.variables.end(),
                     [&](const auto& v) { return claim::replaced_by(v.name) == name; });
}

std::string type_of(const Expr& e) { return e.type.shape == Shape::scalar ? "Q" : "mat"; }

}  // namespace

Term Terms::name(const Expr& e) {
  switch (e.meaning) {
    case Meaning::bound:
      return atom(e.name + "_");
    case Meaning::variable:
      return atom(e.name + "_");
    case Meaning::definition:
      return definition(e);
    default:
      return builtin(e);
  }
}

/// A definition of the claim: written once, repeated where it depends on the iterates.
Term Terms::definition(const Expr& e) {
  const Expr* body = nullptr;
  for (const auto& d : claim_.definitions) {
    if (d.name == e.name) body = d.value.get();
  }
  if (body->type.iterates || body->type.shape == Shape::truth) return value(*body);
  const std::string plain = e.name + "_";
  if (definitions_.count(e.name) == 0) {
    Written written;
    written.of_choice = of_choice(*body);
    auto* outside = std::exchange(obligations_, &written.obligations);
    const std::vector<Frame> frames = std::exchange(frames_, {});
    Term term;
    try {
      term = value(*body);
    } catch (...) {
      obligations_ = outside;
      frames_ = frames;
      throw;
    }
    obligations_ = outside;
    frames_ = frames;
    const std::string parameter = body->type.random ? " (omega : outcome)" : "";
    scope_of(*body).text +=
        "Definition " + plain + parameter + " : " + type_of(*body) + " := " + term.text + ".\n";
    definitions_[e.name] = written;
  }
  for (const auto& o : definitions_[e.name].obligations) oblige(o);
  return body->type.random ? Term{plain + " omega", Term::kApply} : atom(plain);
}

Term Terms::builtin(const Expr& e) {
  const std::string& name = e.name;
  if (case_ == nullptr) throw Unwritable("'" + name + "' needs a case");
  switch (e.constant) {
    case Constant::identity:
      return applied("ident", atom("d"));
    case Constant::ones:
      return applied("ones_column", atom("d"));
    case Constant::Bbar:
    case Constant::Cb:
      return {name + " omega", Term::kApply};
    case Constant::xstar: {
      const Term least = infix(inverse_of(atom("Lbar")), "*m", atom("bbar"), Term::kTimes);
      return named("xstar", "mat", least);
    }
    case Constant::xinf:
      return fixed_point();
    case Constant::theta_min:
      return least_theta(e);
    case Constant::lyapunov:
      return lyapunov(e);
    case Constant::n:
    case Constant::d:
    case Constant::q:
    case Constant::p:
    case Constant::local_steps:
    case Constant::gamma:
    case Constant::Lbar:
    case Constant::bbar:
    case Constant::Dbar:
    case Constant::x0:
      return atom(name);
    case Constant::rho_mean:
    case Constant::rho_square:
    case Constant::none:
      break;
  }
  throw Unwritable("'" + name + "' is not written");
}

Term Terms::index(const Expr& e) {
  if (e.indexed == Indexed::x) return atom("xk");
  const Term i = value(*e.args[0]);
  switch (e.indexed) {
    case Indexed::gamma:
      return own_step() ? atom("gamma_") : applied("gamma_in_round", i);
    case Indexed::C:
      return applied("C", i, atom("omega"));
    case Indexed::L:
    case Indexed::b:
    case Indexed::D:
    case Indexed::noise:
      return applied(e.name, i);
    case Indexed::x:
    case Indexed::none:
      break;
  }
  return applied("entry", name(e), i, e.args.size() > 1 ? value(*e.args[1]) : atom("1"));
}

/// A⁻¹ with the obligation that it is one.
Term Terms::inverse_of(const Term& matrix) {
  const Term inverse = named("inverse", "mat", applied("inverse", matrix));
  oblige("is_inverse " + at_level(matrix, Term::kAtom) + " " + at_level(inverse, Term::kAtom));
  return inverse;
}

/// √t, or of a diagonal matrix, rational by what the caller has checked.
Term Terms::root_of(const Expr& e, const Term& t) {
  if (e.type.shape == Shape::scalar) {
    const Term root = applied("root", t);
    oblige("is_root " + at_level(t, Term::kAtom) + " " + at_level(root, Term::kAtom));
    return root;
  }
  const Term root = applied("diagonal_root", t);
  oblige("is_diagonal_root " + at_level(t, Term::kAtom) + " " + at_level(root, Term::kAtom));
  return root;
}

bool Terms::own_step() const { return any_replaces(claim_, Constant::gamma); }

bool Terms::own_start() const { return any_replaces(claim_, Constant::x0); }

/// The step that limits, stability and factors belong to. When the steps tend to zero the evaluator
/// has decided that no step makes a difference.
Term Terms::last_step() const {
  if (own_step()) return atom("gamma_");
  const auto* list = case_->schedule ? std::get_if<ListSchedule>(&*case_->schedule) : nullptr;
  return list == nullptr ? atom("gamma") : number(list->steps.back());
}

/// The fixed point of the mean map x ↦ (E A) x + E a, as (I − E A)⁻¹ E a.
Term Terms::fixed_point() {
  need_outcomes();
  const std::string step = "step_by " + at_level(last_step(), Term::kAtom);
  const Term zero = applied("zero_like", atom("bbar"));
  const Term mean = {"EM outcomes (fun omega => linear_part d (" + step + " omega))", Term::kApply};
  const Term offset = {"EM outcomes (fun omega => " + step + " omega (zero_like bbar))",
                       Term::kApply};
  const Term inverse = inverse_of(infix(applied("ident", atom("d")), "-m", mean, Term::kPlus));
  return named("xinf", "mat", infix(inverse, "*m", offset, Term::kTimes));
}

Term Terms::call(const Expr& e) {
  const auto arg = [&](std::size_t k) { return value(*e.args[k]); };
  const std::string& f = e.name;
  const Term omega = atom("omega");
  const auto of_data = [&](const std::string& function) {
    return e.op == Op::call_at ? applied(function + "_of", arg(0), arg(1))
                               : applied(function, arg(0));
  };
  switch (e.function) {
    case Function::f:
      return of_data("f");
    case Function::grad_f:
      return of_data("grad");
    case Function::g:
      return applied("g", omega, arg(0));
    case Function::step:
      if (e.args[0]->type.random) throw Unwritable("a step from a random point");
      return applied("step_by", atom(own_step() ? "gamma_" : "gamma"), omega, arg(0));
    case Function::e:
      return applied("unit_column", atom("d"), arg(0));
    case Function::min:
    case Function::max: {
      Term best = arg(0);
      for (std::size_t k = 1; k < e.args.size(); ++k) best = applied("q" + f, best, arg(k));
      return best;
    }
    case Function::abs:
      return applied("qabs", arg(0));
    case Function::ceil:
      return applied("round_up", arg(0), arg(1));
    case Function::surd:
      return arg(0);
    case Function::trace:
    case Function::det:
    case Function::sym:
      return applied(f, arg(0));
    case Function::inner:
      return applied("only", infix(applied("transpose", arg(0)), "*m", arg(1), Term::kTimes));
    case Function::diag:
      return applied("diag_column", arg(0));
    case Function::Diag:
      return applied(e.args[0]->type.is_vector() ? "Diag" : "diagonal_part", arg(0));
    case Function::inverse:
      return inverse_of(arg(0));
    case Function::sqrt:
      need_rational(e);
      return root_of(*e.args[0], arg(0));
    case Function::lambda_max:
    case Function::lambda_min:
      return extreme(e);
    case Function::spectral_radius:
    case Function::defined:
    case Function::rational:
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
  throw Unwritable("the function " + f + " is not written");
}

/// A value as data, in the scope it belongs to, with what it is as obligations. In `what_it_is` the
/// name stands for the character @.
Term Terms::stated(const Expr& e, const std::string& kind, const Term& data,
                   const std::string& type, const std::vector<std::string>& what_it_is) {
  const std::string name = add(scope_of(e), kind, type, data);
  for (std::string what : what_it_is) {
    for (auto at = what.find('@'); at != std::string::npos; at = what.find('@', at))
      what.replace(at, 1, name);
    oblige(what);
  }
  return atom(name);
}

Term Terms::extreme(const Expr& e) {
  if (e.type.random || e.type.uses_bound || e.type.iterates)
    throw Unwritable("an eigenvalue of a matrix that depends on an index or on chance");
  const Term A = value(*e.args[0]);
  const Term B = e.args.size() > 1 ? value(*e.args[1]) : applied("ident", applied("count", A));
  const Term data = number(rational_value(e));
  return stated(e, e.name, data, "Q",
                {"is_" + e.name + " " + at_level(A, 0) + " " + at_level(B, 0) + " @"});
}

/// The least t with Q ⪯ tW, Q = E[B̄L̄B̄] and W the symmetric part of L̄ E B̄ (14).
Term Terms::least_theta(const Expr& e) {
  need_outcomes();
  return stated(e, e.name, number(rational_value(e)), "Q",
                {std::string("is_least_factor ") + kSidesOf14 + " @"});
}

/// That theta_min has no value, by a vector along which W is negative.
Term Terms::no_theta() {
  need_outcomes();
  claim::World world(*case_, {});
  const SurdMatrix B = linear_part(world.estimator().mean()), &L = world.mean_L();
  const SurdMatrix Q = linear_part(world.estimator().push(bordered(L)));
  const SurdMatrix W = (L * B + B * L) * Surd(Rational(1, 2));
  if (is_psd(W)) throw Unwritable("that there is no theta for W >= 0");
  if (!is_psd(Q) || istcheck::least_theta(Q, W).without_end)
    throw Unwritable("that there is no theta for an indefinite E[Bbar*Lbar*Bbar]");
  return applied("no_factor", atom(kSidesOf14));
}

}  // namespace istcheck::rocq
