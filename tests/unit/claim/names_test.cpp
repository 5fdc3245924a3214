// The table of names, and what is noted of names in expressions (docs/semantics.md 3.1, 3.2).
#include <set>

#include "claim/builtins.hpp"
#include "claim/latex.hpp"
#include "support.hpp"

namespace istcheck::claim {
namespace {

/// How many names of an enumeration are read, each as it is written.
template <class Name, class Named>
int names_of(const Named& named) {
  std::set<Name> found;
  auto spellings = builtin_names();
  for (const char* of_method : {"next", "fixed", "limit", "covariance", "keep"})
    spellings.push_back(of_method);
  for (const auto& spelling : spellings) {
    const Name name = named(spelling);
    if (name == Name::none) continue;
    CHECK(to_text(name) == spelling);
    found.insert(name);
  }
  return static_cast<int>(found.size());
}

Claim claim_of(const std::string& body) { return checked("claim a {\n" + body + "\n}"); }

const Expr& conclusion(const Claim& c) { return *c.conclusions.front().value; }

}  // namespace

TEST_CASE("every name of the table is read as it is spelled") {
  CHECK(names_of<Constant>(constant_named) == static_cast<int>(Constant::lyapunov));
  CHECK(names_of<Indexed>(indexed_named) == static_cast<int>(Indexed::gamma));
  CHECK(names_of<Function>(function_named) == static_cast<int>(Function::max));
  CHECK(names_of<Fold>(fold_named) == static_cast<int>(Fold::mat));
  CHECK(domain_named("workers") == Domain::workers);
  CHECK(domain_named("coordinates") == Domain::coordinates);
  for (const char* none : {"", "none", "Lbars", "grad", "W"}) {
    CHECK(constant_named(none) == Constant::none);
    CHECK(indexed_named(none) == Indexed::none);
    CHECK(function_named(none) == Function::none);
    CHECK(fold_named(none) == Fold::none);
    CHECK(domain_named(none) == Domain::range);
  }
}

TEST_CASE("core names may not be bound again, library names may") {
  for (const char* name :
       {"n", "x", "L", "gamma", "trace", "sum", "mat", "infinity", "workers", "at", "xinf"})
    CHECK(is_core_name(name));
  for (const char* name : {"Dbar", "D", "Bbar", "Cb", "g", "theta_min", "W", "k"})
    CHECK_FALSE(is_core_name(name));
  CHECK(replaced_by("gamma") == Constant::gamma);
  CHECK(replaced_by("x0") == Constant::x0);
  CHECK(replaced_by("xinf") == Constant::none);
  CHECK(replaced_by("beta") == Constant::none);
}

TEST_CASE("an expression notes which name it is, unless the claim binds it") {
  const Claim core = claim_of("conclude trace(D[1]) + Dbar[1, 1] = 0");
  const Expr& sum = *conclusion(core).args[0];
  CHECK(sum.args[0]->function == Function::trace);
  CHECK(sum.args[0]->args[0]->indexed == Indexed::D);
  CHECK(sum.args[1]->constant == Constant::Dbar);

  const Claim own = claim_of(
      "let D = [[1, 2], [3, 4]]\nlet theta_min = 3\nconclude D[1, 2] + theta_min + sum(Cb in 1..2 "
      ": Cb) = 0");
  const Expr& left = *conclusion(own).args[0]->args[0];
  CHECK(left.args[0]->indexed == Indexed::none);
  CHECK(left.args[0]->constant == Constant::none);
  CHECK(left.args[1]->constant == Constant::none);
  CHECK(conclusion(own).args[0]->args[1]->fold == Fold::sum);
  CHECK(conclusion(own).args[0]->args[1]->args[0]->constant == Constant::none);
}

TEST_CASE("a name that the claim binds is typeset as the claim's") {
  const Claim own = claim_of("let D = [[1, 2], [3, 4]]\nconclude D[1, 2] = 2");
  CHECK(to_latex(*conclusion(own).args[0]) == "[D]_{1, 2}");
  CHECK(to_latex(*conclusion(claim_of("conclude D[1] = 0")).args[0]) == "D_{1}");
}

}  // namespace istcheck::claim
