// Small instances and claims for the tests of src/claim.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "claim/check.hpp"
#include "claim/evaluator.hpp"
#include "claim/judge.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"

namespace istcheck::claim {

/// A checked claim from its text.
inline Claim checked(const std::string& text) {
  Claim c = std::move(parse_claims(text, "test.claim").front());
  check_types(c);
  return c;
}

/// A claim that only defines v.
inline Claim defining(const std::string& expression, const std::string& more = "") {
  return checked("claim t { " + more + " let v = " + expression + " conclude 1 = 1 }");
}

inline RationalMatrix symmetric(int a, int b, int c) {
  RationalMatrix m(2, 2);
  m << Rational(a), Rational(b), Rational(b), Rational(c);
  return m;
}

inline RationalVector pair(int a, int b) {
  RationalVector v(2);
  v << Rational(a), Rational(b);
  return v;
}

/// Two different workers in two dimensions, start (1, -2), step 1/8.
inline Case two_workers(SketchSpec sketch = PermSketch{1, false},
                        MethodKind method = MethodKind::sketched_gradient, bool noisy = false) {
  Case c;
  c.name = "two workers";
  c.step = Rational(1, 8);
  c.start = pair(1, -2);
  c.sketch = std::move(sketch);
  c.method.kind = method;
  const RationalMatrix none = symmetric(0, 0, 0);
  c.workers.push_back({symmetric(4, 1, 3), pair(1, 2), noisy ? symmetric(2, 1, 2) : none});
  c.workers.push_back({symmetric(2, -1, 3), pair(-1, 1), noisy ? symmetric(1, 0, 3) : none});
  return c;
}

/// The value of an expression on a case.
inline Value value_on(const std::string& expression, const Case& c,
                      EvaluationOptions options = {}) {
  const Claim claim = defining(expression);
  World world(c, options);
  Evaluator evaluator(claim, &world, options);
  return evaluator.value(*claim.definitions[0].value);
}

/// The message of the ClaimError that checking the text gives; "" when there is none.
inline std::string refusal(const std::string& text) {
  try {
    for (auto& c : parse_claims(text, "test.claim")) check_types(c);
  } catch (const ClaimError& error) {
    return error.what();
  }
  return "";
}

}  // namespace istcheck::claim
