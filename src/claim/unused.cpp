#include "claim/unused.hpp"

#include <algorithm>
#include <set>

#include "claim/builtins.hpp"

namespace istcheck::claim {

namespace {

/// Whether gamma and x0 decide its value (docs/semantics.md 3.5); of gamma[k] x0 does not.
bool runs(const Expr& e) {
  if (e.indexed != Indexed::none) return e.indexed == Indexed::x;
  const Builtin* b = find_builtin(e);
  return b != nullptr && b->is(kRun);
}

class Uses {
 public:
  explicit Uses(const Claim& claim) : claim_(claim) {
    for (const auto& s : claim.settings) visit(s.condition);
    if (const auto& f = claim.family)
      for (const ExprPtr* part :
           {&f->low, &f->high, &f->n, &f->d, &f->L, &f->b, &f->gamma, &f->x0, &f->q})
        visit(*part);
    for (const auto& s : claim.hypotheses) visit(s.value);
    for (const auto& s : claim.conclusions) visit(s.value);
  }

  bool has(const std::string& name) const { return used_.count(name) > 0; }

 private:
  const Claim& claim_;
  std::set<std::string> used_;

  void visit(const ExprPtr& e) {
    if (!e) return;
    if (e->meaning != Meaning::bound &&
        (e->op == Op::name || e->op == Op::index || e->op == Op::call || e->op == Op::call_at))
      use(e->name);
    if (runs(*e)) {
      use(to_text(Constant::gamma));
      use(to_text(Constant::x0));
    }
    for (const auto& arg : e->args) visit(arg);
    for (const auto& b : e->binders) {
      visit(b.low);
      visit(b.high);
    }
  }

  /// With what the value of the name needs: a definition's parts, what is tried for a variable.
  void use(const std::string& name) {
    if (!used_.insert(name).second) return;
    for (const auto& d : claim_.definitions)
      if (d.name == name) visit(d.value);
    for (const auto& v : claim_.variables) {
      if (v.name != name) continue;
      for (const auto& t : v.trials)
        for (const ExprPtr* part : {&t.value, &t.low, &t.high, &t.by}) visit(*part);
    }
  }
};

}  // namespace

namespace {

bool updates(const std::vector<MethodStep>& steps, const std::string& block) {
  return std::any_of(steps.begin(), steps.end(), [&](const MethodStep& s) {
    return (s.is == MethodStep::Is::update && s.name == block) || updates(s.body, block);
  });
}

}  // namespace

std::vector<std::string> kept_blocks(const Method& method) {
  std::vector<std::string> notes;
  for (const Block& b : method.states)
    if (!updates(method.body, b.name))
      notes.push_back(method.source->name + ":" + std::to_string(b.place.line) + ":" +
                      std::to_string(b.place.column) + ": note: the block '" + b.name +
                      "' is never updated, so it keeps its start");
  return notes;
}

std::vector<std::string> unused_notes(const Claim& claim) {
  const Uses uses(claim);
  std::vector<std::pair<Place, std::string>> found;
  for (const auto& v : claim.variables)
    if (!uses.has(v.name)) found.emplace_back(v.place, "the variable '" + v.name + "'");
  for (const auto& d : claim.definitions)
    if (!uses.has(d.name)) found.emplace_back(d.place, "the definition '" + d.name + "'");
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
  });
  std::vector<std::string> notes;
  for (const auto& [place, what] : found)
    notes.push_back(claim.source->name + ":" + std::to_string(place.line) + ":" +
                    std::to_string(place.column) + ": note: " + what + " is not used");
  return notes;
}

}  // namespace istcheck::claim
