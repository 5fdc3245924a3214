#include "claim/abbreviation.hpp"

#include <algorithm>
#include <functional>

#include "claim/names.hpp"
#include "claim/parser.hpp"

namespace istcheck::claim {
namespace {

constexpr long kMostWrittenOut = 20'000;

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void collect(const Expr& e, std::vector<std::string>& bound, std::vector<std::string>& found) {
  const bool named =
      e.op == Op::name || e.op == Op::index || e.op == Op::call || e.op == Op::call_at;
  if (named && !among(bound, e.name) && !among(found, e.name)) found.push_back(e.name);
  const size_t outside = bound.size();
  for (const Binder& b : e.binders) {
    for (const auto* part : {b.low.get(), b.high.get(), b.set.get()})
      if (part != nullptr) collect(*part, bound, found);
    bound.push_back(b.name);
  }
  for (const auto& arg : e.args) collect(*arg, bound, found);
  bound.resize(outside);
}

void binders_of(const Expr& e, std::vector<std::string>& found) {
  for (const Binder& b : e.binders) found.push_back(b.name);
  for (const auto& arg : e.args) binders_of(*arg, found);
}

class Writer {
 public:
  Writer(const Abbreviation& a, const std::vector<ExprPtr>& arguments)
      : abbreviation_(a), arguments_(arguments) {}

  bool too_long() const { return parts_ > kMostWrittenOut; }

  /// A copy with the arguments in the place of their names, but where an index hides them.
  ExprPtr write(const Expr& e) {
    if (too_long()) return nullptr;
    ++parts_;
    const auto place = argument(e.name);
    if (e.op == Op::name && place >= 0) return grouped(*arguments_[static_cast<size_t>(place)]);
    ExprPtr copy = clone(e);
    if (e.op == Op::index && place >= 0) {  // an entry of an argument
      copy->op = Op::entry;
      copy->name.clear();
      copy->constant = Constant::none;
      copy->indexed = Indexed::none;
      copy->args.insert(copy->args.begin(), grouped(*arguments_[static_cast<size_t>(place)]));
      for (size_t k = 1; k < copy->args.size(); ++k) copy->args[k] = write(*copy->args[k]);
      return higher(std::move(copy));
    }
    const size_t outside = hidden_.size();
    for (Binder& b : copy->binders) {
      for (ExprPtr* part : {&b.low, &b.high, &b.set})
        if (*part) *part = write(**part);
      hidden_.push_back(b.name);
    }
    for (auto& arg : copy->args) arg = write(*arg);
    hidden_.resize(outside);
    return higher(std::move(copy));
  }

 private:
  const Abbreviation& abbreviation_;
  const std::vector<ExprPtr>& arguments_;
  std::vector<std::string> hidden_;
  long parts_ = 0;

  long argument(const std::string& name) const {
    const auto& all = abbreviation_.arguments;
    const auto found = std::find(all.begin(), all.end(), name);
    return found == all.end() || among(hidden_, name) ? -1 : found - all.begin();
  }

  ExprPtr grouped(const Expr& argument) {
    const std::function<void(const Expr&)> count = [&](const Expr& e) {
      ++parts_;
      for (const auto& arg : e.args) count(*arg);
    };
    count(argument);
    ExprPtr copy = clone(argument);
    copy->grouped = true;
    return copy;
  }

  ExprPtr higher(ExprPtr e) {
    e->height = 1;
    for (const auto& arg : e->args) {
      if (!arg) return nullptr;
      e->height = std::max(e->height, arg->height + 1);
    }
    if (e->height > kMaxDepth) parts_ = kMostWrittenOut + 1;
    return e;
  }
};

}  // namespace

std::vector<std::string> free_names(const Expr& e) {
  std::vector<std::string> bound, found;
  collect(e, bound, found);
  return found;
}

std::vector<std::string> mentioned_names(const Abbreviation& a) {
  auto found = free_names(*a.body);
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&](const auto& name) { return among(a.arguments, name); }),
              found.end());
  return found;
}

WrittenOut written_out(const std::string& name, const Abbreviation& a,
                       const std::vector<ExprPtr>& arguments,
                       const std::vector<std::string>& bound) {
  std::vector<std::string> inside;
  binders_of(*a.body, inside);
  for (const auto& argument : arguments)
    for (const std::string& free : free_names(*argument))
      if (among(inside, free))
        return {nullptr, "'" + free + "' is an index inside '" + name +
                             "', so it would get another meaning there; rename the index"};
  for (const std::string& free : mentioned_names(a))
    if (among(bound, free))
      return {nullptr, "'" + name + "' is defined with '" + free +
                           "', which is an index of another meaning here; rename the index"};
  Writer writer(a, arguments);
  ExprPtr e = writer.write(*a.body);
  if (writer.too_long())
    return {nullptr, "'" + name + "' is too long when it is written out with its arguments"};
  e->grouped = true;
  return {std::move(e), ""};
}

}  // namespace istcheck::claim
