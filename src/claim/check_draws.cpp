#include <algorithm>

#include "claim/printer.hpp"
#include "claim/type_checker.hpp"

namespace istcheck::claim {
namespace {

constexpr long kMostParts = 2'000;

void add(const Draws& more, Draws& to) {
  if (to.bare == nullptr) to.bare = more.bare;
  for (const auto& round : more.rounds)
    if (to.rounds.size() < 2) to.rounds.insert(round);
  to.varies |= more.varies;
  to.level = std::max(to.level, more.level);
}

/// A draw that belongs to no step: all that have draws but `step`.
bool is_bare_draw(const Expr& e) {
  const Builtin* b = find_builtin(e);
  return b != nullptr && b->is(kDraw) && e.function != Function::step;
}

}  // namespace

/// F16: beside several rounds it is not said which of them a draw belongs to.
void TypeChecker::one_draw(const Expr& body) {
  Draws found;
  std::vector<std::string> inside;
  draws(body, inside, found);
  if (found.bare == nullptr) return;
  const std::string draw = "'" + found.bare->name + "' is drawn once";
  if (found.varies || found.rounds.size() > 1)
    fail(found.bare->place, draw +
                                ", but stands beside iterates of several rounds; write an E[…] "
                                "for each of them");
  if (found.level > 1)
    fail(found.bare->place, draw + ", but stands beside a step of a step, which has two draws");
}

/// Collects what e binds draws for; gives the greatest level of a step in e. `inside`: the indices
/// that are bound between E and e.
int TypeChecker::draws(const Expr& e, std::vector<std::string>& inside, Draws& found) {
  if (e.op == Op::expect || e.op == Op::surely) return 0;
  if (e.meaning == Meaning::definition && e.op != Op::number) {
    const Draws& own = lets_.at(e.name).draws;
    add(own, found);
    int level = own.level;
    for (const auto& arg : e.args) level = std::max(level, draws(*arg, inside, found));
    return level;
  }
  if (found.bare == nullptr && is_bare_draw(e)) found.bare = &e;
  if (e.indexed == Indexed::x) {
    if (found.rounds.size() < 2) found.rounds.insert(round_text(*e.args[0]));
    found.varies |= std::any_of(inside.begin(), inside.end(), [&](const std::string& index) {
      return mentions_index(*e.args[0], index);
    });
  }
  int level = 0;
  const size_t outside = inside.size();
  for (const Binder& b : e.binders) inside.push_back(b.name);
  for (const auto& arg : e.args) level = std::max(level, draws(*arg, inside, found));
  inside.resize(outside);
  if (e.function == Function::step) ++level;
  found.level = std::max(found.level, level);
  return level;
}

/// The index of an iterate as it is written, each let in the place of its name.
std::string TypeChecker::round_text(const Expr& e) const {
  long parts = 0;
  return to_text(*spelled_out(e, parts));
}

ExprPtr TypeChecker::spelled_out(const Expr& e, long& parts) const {
  if (++parts > kMostParts) fail(e.place, "this index is too long when its lets are put in");
  const bool let = e.meaning == Meaning::definition && (e.op == Op::name || e.op == Op::index);
  if (let && e.op == Op::name) return spelled_out(*lets_.at(e.name).definition->value, parts);
  ExprPtr copy = clone(e);
  for (auto& arg : copy->args) arg = spelled_out(*arg, parts);
  for (auto& b : copy->binders) {
    if (b.low) b.low = spelled_out(*b.low, parts);
    if (b.high) b.high = spelled_out(*b.high, parts);
  }
  if (let) {  // an entry of a defined vector
    copy->op = Op::entry;
    copy->args.insert(copy->args.begin(), spelled_out(*lets_.at(e.name).definition->value, parts));
  }
  return copy;
}

}  // namespace istcheck::claim
