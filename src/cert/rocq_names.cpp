// Names and functions, and values that are written as data with the statement that says what they
// are.
#include <algorithm>

#include "cert/rocq_terms.hpp"
#include "claim/printer.hpp"
#include "dynamics/theta.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Meaning;
using claim::Op;
using claim::Shape;

namespace {

/// Q and W of (14).
constexpr const char* kSidesOf14 =
    "(EM outcomes (fun omega => Bbar omega *m Lbar *m Bbar omega)) "
    "(sym (Lbar *m EM outcomes Bbar))";

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
  if (body->type.degree > 0 || body->type.shape == Shape::truth) return value(*body);
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
  if (name == "I") return applied("ident", atom("d"));
  if (name == "ones") return applied("ones_column", atom("d"));
  if (name == "Bbar" || name == "Cb") return {name + " omega", Term::kApply};
  if (name == "xstar") {
    const Term least = infix(inverse_of(atom("Lbar")), "*m", atom("bbar"), Term::kTimes);
    return named("xstar", "mat", least);
  }
  if (name == "xinf") return fixed_point();
  if (name == "theta_min") return least_theta(e);
  if (name == "lyapunov") return lyapunov(e);
  for (const char* plain :
       {"n", "d", "q", "p", "local_steps", "gamma", "Lbar", "bbar", "Dbar", "x0"}) {
    if (name == plain) return atom(name);
  }
  throw Unwritable("'" + name + "' is not written");
}

Term Terms::index(const Expr& e) {
  const bool own = e.meaning == Meaning::builtin &&
                   (e.name == "x" || claim::find_builtin(e.name, claim::Use::indexed) != nullptr);
  if (own && e.name == "x") return atom("xk");
  if (!own) {
    const Term i = value(*e.args[0]);
    return applied("entry", name(e), i, e.args.size() > 1 ? value(*e.args[1]) : atom("1"));
  }
  const Term i = value(*e.args[0]);
  if (e.name == "gamma") {
    for (const auto& v : claim_.variables) {
      if (v.name == "gamma") return atom("gamma_");
    }
    return applied("gamma_in_round", i);
  }
  if (e.name == "C") return applied("C", i, atom("omega"));
  return applied(e.name, i);
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

bool Terms::own_step() const {
  return std::any_of(claim_.variables.begin(), claim_.variables.end(),
                     [](const auto& v) { return v.name == "gamma"; });
}

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
  if (f == "f" || f == "grad f") {
    const std::string function = f == "f" ? "f" : "grad";
    return e.op == Op::call_at ? applied(function + "_of", arg(0), arg(1))
                               : applied(function, arg(0));
  }
  if (f == "g") return applied("g", omega, arg(0));
  if (f == "step") {
    if (e.args[0]->type.random) throw Unwritable("a step from a random point");
    return applied("step_by", atom(own_step() ? "gamma_" : "gamma"), omega, arg(0));
  }
  if (f == "e") return applied("unit_column", atom("d"), arg(0));
  if (f == "min" || f == "max") {
    Term best = arg(0);
    for (std::size_t k = 1; k < e.args.size(); ++k) best = applied("q" + f, best, arg(k));
    return best;
  }
  if (f == "abs") return applied("qabs", arg(0));
  if (f == "ceil") return applied("round_up", arg(0), arg(1));
  if (f == "surd") return arg(0);
  if (f == "trace" || f == "det" || f == "sym") return applied(f, arg(0));
  if (f == "inner")
    return applied("only", infix(applied("transpose", arg(0)), "*m", arg(1), Term::kTimes));
  if (f == "diag") return applied("diag_column", arg(0));
  if (f == "Diag") return applied(e.args[0]->type.is_vector() ? "Diag" : "diagonal_part", arg(0));
  if (f == "inverse") return inverse_of(arg(0));
  if (f == "sqrt") {
    need_rational(e);
    return root_of(*e.args[0], arg(0));
  }
  if (f == "lambda_max" || f == "lambda_min") return extreme(e);
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
  if (e.type.random || e.type.uses_bound || e.type.degree > 0)
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
