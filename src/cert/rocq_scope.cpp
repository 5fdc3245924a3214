// Obligations, values taken from the evaluator, and where definitions go.
#include <algorithm>
#include <cctype>
#include <functional>
#include <set>
#include <utility>

#include "cert/rocq_terms.hpp"
#include "claim/printer.hpp"

namespace istcheck::rocq {

using claim::Expr;
using claim::Op;

namespace {

const Expr* definition_of(const claim::Claim& c, const std::string& name) {
  for (const auto& d : c.definitions) {
    if (d.name == name) return d.value.get();
  }
  return nullptr;
}

bool has_variable(const claim::Claim& c, const std::string& name) {
  return std::any_of(c.variables.begin(), c.variables.end(),
                     [&](const claim::Variable& v) { return v.name == name; });
}

/// The identifiers in a term, less those that it binds itself.
std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  std::string word, before;
  std::set<std::string> bound;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
    } else if (!word.empty()) {
      if (before == "fun") bound.insert(word);
      before = word;
      all.push_back(std::exchange(word, ""));
    }
  }
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const std::string& w) { return bound.count(w) > 0; }),
            all.end());
  return all;
}

/// The expressions over all choices of the indices that the frames bind.
void for_all_indices(const std::vector<const claim::Binder*>& binders, std::size_t which,
                     const Expr& e,
                     const std::function<std::pair<long, long>(const claim::Binder&)>& ends,
                     const std::function<void(const Expr&)>& visit) {
  if (which == binders.size()) return visit(e);
  const claim::Binder& b = *binders[which];
  const auto [low, high] = ends(b);
  for (long k = low; k <= high; ++k) {
    const claim::ExprPtr copy = claim::clone(e);
    claim::substitute(*copy, b.name, k);
    for_all_indices(binders, which + 1, *copy, ends, visit);
  }
}

}  // namespace

bool mentions_method(const Expr& e, const claim::Claim& c) {
  const bool named = e.op == Op::name || e.op == Op::index;
  const claim::Builtin* row = named ? claim::find_builtin(e) : nullptr;
  const bool carries = row != nullptr && row->is(claim::kRun | claim::kGamma | claim::kStart);
  if (carries || e.indexed == claim::Indexed::x) return true;
  if (named && e.meaning == claim::Meaning::definition &&
      mentions_method(*definition_of(c, e.name), c))
    return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [&](const auto& arg) { return mentions_method(*arg, c); });
}

void Terms::at_choice(claim::Evaluator& evaluator, Scope& of_choice) {
  evaluator_ = &evaluator;
  of_choice_ = &of_choice;
  for (auto it = definitions_.begin(); it != definitions_.end();) {
    it = it->second.of_choice ? definitions_.erase(it) : std::next(it);
  }
}

/// Depends on the choice of the variables.
bool Terms::of_choice(const Expr& e) const {
  if (e.type.uses_variable) return true;
  return (own_step() || own_start()) && mentions_method(e, claim_);
}

Scope& Terms::scope_of(const Expr& e) { return of_choice(e) ? *of_choice_ : of_claim_; }

/// One more definition; returns its name, the kind with a number.
std::string Terms::add(Scope& scope, const std::string& kind, const std::string& type,
                       const Term& body) {
  const std::string key = type + " := " + body.text;
  if (const auto found = scope.names.find(key); found != scope.names.end()) return found->second;
  const std::string prefix = &scope == &of_claim_ ? "" : "at_";
  const std::string name = prefix + kind + "_" + std::to_string(scope.names.size() + 1);
  scope.names[key] = name;
  scope.text += "Definition " + name + " : " + key + ".\n";
  return name;
}

/// Whether a text speaks of the claim's variables, so of the choice.
bool Terms::varies(const std::string& text) const {
  const auto all = words(text);
  return std::any_of(all.begin(), all.end(), [&](const std::string& word) {
    const std::string plain = word.substr(0, word.size() - 1);
    const auto own = definitions_.find(plain);
    return word.rfind("at_", 0) == 0 || (word.back() == '_' && has_variable(claim_, plain)) ||
           (word.back() == '_' && own != definitions_.end() && own->second.of_choice);
  });
}

/// The term under a name of its own, so that it is computed once; as it is when it depends on
/// chance, on an iterate or on an index around it.
Term Terms::named(const std::string& kind, const std::string& type, const Term& t) {
  for (const auto& word : words(t.text)) {
    const auto bound = [&](const Frame& f) { return f.bound == word; };
    if (word == "omega" || word == "xk" || std::any_of(frames_.begin(), frames_.end(), bound))
      return t;
  }
  return atom(add(varies(t.text) ? *of_choice_ : of_claim_, kind, type, t));
}

/// The statement, true wherever the term at hand is needed.
void Terms::oblige(const std::string& statement) {
  std::string text = statement;
  for (std::size_t k = frames_.size(); k-- > 0;) {
    const Frame& f = frames_[k];
    const bool needed = f.bound.empty() || text.find(f.bound) != std::string::npos;
    if (needed) text = f.open + text + f.close;
  }
  if (std::find(obligations_->begin(), obligations_->end(), text) == obligations_->end())
    obligations_->push_back(text);
}

Terms::Frame Terms::index_frame(const claim::Binder& b) {
  const std::string name = b.name + "_";
  return {"every " + at_level(range_of(b), Term::kAtom) + " (fun " + name + " => ", ")", name, &b};
}

claim::Value Terms::value_of(const Expr& e) {
  try {
    return evaluator_->value(e);
  } catch (const claim::Unsupported& u) {
    throw Unwritable(u.what());
  } catch (const claim::Undefined& u) {
    throw Unwritable(claim::to_text(e) + " has no value: " + u.what());
  } catch (const std::domain_error& error) {
    throw Unwritable(claim::to_text(e) + ": " + error.what());
  }
}

Rational Terms::rational_value(const Expr& e) {
  const auto s = std::get<claim::Scalar>(value_of(e));
  if (!s.is_rational())
    throw Unwritable(claim::to_text(e) + " = " + claim::to_string(s) + " is irrational");
  return s.rational();
}

RationalMatrix Terms::rational_matrix(const Expr& e) {
  const auto m = std::get<SurdMatrix>(value_of(e));
  if (!is_rational(m))
    throw Unwritable(claim::to_text(e) + " = " + claim::to_string(m) + " has irrational entries");
  return to_rational(m);
}

/// Visits the expression with numbers in the place of the indices around it, for all of them.
void Terms::for_all_values(const Expr& e, const std::function<void(const Expr&)>& visit) {
  std::vector<const claim::Binder*> binders;
  for (const auto& f : frames_) {
    if (f.index != nullptr) binders.push_back(f.index);
  }
  const auto ends = [&](const claim::Binder& b) -> std::pair<long, long> {
    switch (b.domain) {
      case claim::Domain::workers:
        return {1, static_cast<long>(case_->n())};
      case claim::Domain::coordinates:
        return {1, static_cast<long>(case_->d())};
      case claim::Domain::range:
        break;
    }
    if (b.low->type.uses_bound || b.high->type.uses_bound)
      throw Unwritable("a range that depends on an index");
    return {evaluator_->integer(*b.low), evaluator_->integer(*b.high)};
  };
  for_all_indices(binders, 0, e, ends, [&](const Expr& one) {
    copies_.push_back(claim::clone(one));
    visit(*copies_.back());
  });
}

/// Throws unless the expression is rational for all choices of the indices around it.
void Terms::need_rational(const Expr& e) {
  if (e.type.random || e.type.iterates) throw Unwritable("a root of a random quantity");
  for_all_values(e, [&](const Expr& one) {
    if (one.type.shape == claim::Shape::scalar) {
      rational_value(one);
    } else {
      rational_matrix(one);
    }
  });
}

}  // namespace istcheck::rocq
