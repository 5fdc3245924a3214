#include "claim/builtins.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace istcheck::claim {

namespace {

// Spellings in the order of the enumerators.
constexpr std::array kConstantTexts = std::to_array<const char*>({
    "",
#define CONSTANT(name, spelling, ...) spelling,
#include "claim/names.def"
});
constexpr std::array kIndexedTexts = std::to_array<const char*>({
    "",
#define INDEXED(name, spelling, ...) spelling,
#define ITERATE(name, spelling) spelling,
#include "claim/names.def"
});
constexpr std::array kFunctionTexts = std::to_array<const char*>({
    "",
#define FUNCTION(name, spelling, ...) spelling,
#define METHOD_FUNCTION(name, spelling, ...) spelling,
#define CHOICE(name, spelling) spelling,
#include "claim/names.def"
});
constexpr std::array kFoldTexts = std::to_array<const char*>({
    "",
#define FOLD(name, spelling) spelling,
#include "claim/names.def"
});
constexpr std::array kDomainTexts = std::to_array<const char*>({
    "",
#define DOMAIN(name, spelling) spelling,
#include "claim/names.def"
});

template <class Name, size_t N>
Name spelled(const std::array<const char*, N>& spellings, const std::string& name) {
  const auto found = std::find(spellings.begin(), spellings.end(), name);
  return static_cast<Name>(found == spellings.end() ? 0 : found - spellings.begin());
}

Builtin builtin(const char* name, Use use, const char* arguments, char result, unsigned classes,
                const char* latex, const char* help) {
  return {name, use, arguments, result, classes, latex, help};
}

}  // namespace

Constant constant_named(const std::string& name) { return spelled<Constant>(kConstantTexts, name); }
Indexed indexed_named(const std::string& name) { return spelled<Indexed>(kIndexedTexts, name); }
Function function_named(const std::string& name) { return spelled<Function>(kFunctionTexts, name); }
Fold fold_named(const std::string& name) { return spelled<Fold>(kFoldTexts, name); }
Domain domain_named(const std::string& name) { return spelled<Domain>(kDomainTexts, name); }

const char* to_text(Constant name) { return kConstantTexts[static_cast<size_t>(name)]; }
const char* to_text(Indexed name) { return kIndexedTexts[static_cast<size_t>(name)]; }
const char* to_text(Function name) { return kFunctionTexts[static_cast<size_t>(name)]; }
const char* to_text(Fold name) { return kFoldTexts[static_cast<size_t>(name)]; }
const char* to_text(Domain name) { return kDomainTexts[static_cast<size_t>(name)]; }

bool is_of_method(Function name) {
  constexpr Function all[] = {
#define METHOD_FUNCTION(enumerator, ...) Function::enumerator,
#include "claim/names.def"
  };
  return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> table = {
#define CONSTANT(name, spelling, shape, classes, latex, help) \
  builtin(spelling, Use::constant, "", shape, classes, latex, help),
#define INDEXED(name, spelling, shape, classes, latex, help) \
  builtin(spelling, Use::indexed, "s", shape, classes, latex, help),
#define FUNCTION(name, spelling, use, arguments, result, classes, latex, help) \
  builtin(spelling, Use::use, arguments, result, classes, latex, help),
#define OVERLOAD(name, spelling, use, arguments, result, classes, latex, help) \
  builtin(spelling, Use::use, arguments, result, classes, latex, help),
#include "claim/names.def"
  };
  return table;
}

const Builtin* find_builtin(const std::string& name, Use use) {
  const auto& all = builtins();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Builtin& b) { return b.name == name && b.use == use; });
  return found == all.end() ? nullptr : &*found;
}

const Builtin* find_builtin(const Expr& e) {
  if (e.constant != Constant::none) return find_builtin(to_text(e.constant), Use::constant);
  if (e.indexed != Indexed::none) return find_builtin(to_text(e.indexed), Use::indexed);
  if (e.function == Function::none) return nullptr;
  return find_builtin(to_text(e.function),
                      e.op == Op::call ? Use::function : Use::indexed_function);
}

bool is_core_name(const std::string& name) {
  const auto& all = builtins();
  const auto row =
      std::find_if(all.begin(), all.end(), [&](const auto& b) { return b.name == name; });
  if (row != all.end()) return !row->is(kLibrary);
  const Function function = function_named(name);
  return indexed_named(name) != Indexed::none ||
         (function != Function::none && !is_of_method(function)) ||
         fold_named(name) != Fold::none || domain_named(name) != Domain::range ||
         name == kLimitWord || name == kAtWord;
}

Constant replaced_by(const std::string& variable) {
  const Builtin* b = find_builtin(variable, Use::constant);
  return b != nullptr && b->is(kGamma | kStart) ? constant_named(variable) : Constant::none;
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names = {to_text(Indexed::x), kAtWord};
  names.insert(names.end(), kFoldTexts.begin() + 1, kFoldTexts.end());
  for (const auto& b : builtins()) names.push_back(b.name);
  return names;
}

}  // namespace istcheck::claim
