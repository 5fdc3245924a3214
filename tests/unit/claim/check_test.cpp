#include "support.hpp"

namespace istcheck::claim {
namespace {

/// Whether the conclusion is refused with a message that contains the words.
void require_refused(const std::string& conclusion, const std::string& words,
                     const std::string& before = "") {
  const std::string message = refusal("claim t { " + before + " conclude " + conclusion + " }");
  INFO(conclusion << "\n" << message);
  REQUIRE(message.find(words) != std::string::npos);
  REQUIRE(message.find("^") != std::string::npos);
}

}  // namespace

TEST_CASE("unknown names come with the nearest known one") {
  require_refused("Lbra = I", "unknown name 'Lbra' (did you mean 'Lbar'?)");
  require_refused("trce(I) = d", "did you mean 'trace'?");
  require_refused("thta = 1", "did you mean 'theta'?", "forall theta : scalar try 1");
}

TEST_CASE("settings know the names of case files") {
  CHECK(refusal("claim t { setting sketch = prem conclude 1 = 1 }").find("did you mean 'perm'?") !=
        std::string::npos);
  CHECK(refusal("claim t { setting method = its conclude 1 = 1 }").find("unknown method") !=
        std::string::npos);
  CHECK(refusal("claim t { setting homogenous conclude 1 = 1 }")
            .find("did you mean 'homogeneous'?") != std::string::npos);
}

TEST_CASE("a setting may name cases, which are as they are") {
  const Claim c = checked(
      "claim t { setting case = worst-2 | \"2 workers\" | \"a\\\\b\" | for conclude 1 = 1 }");
  CHECK(c.settings.at(0).choices ==
        std::vector<std::string>{"worst-2", "2 workers", "a\\b", "for"});
  CHECK(to_text(c).find("setting case = worst-2 | \"2 workers\" | \"a\\\\b\" | for\n") !=
        std::string::npos);
  for (const std::string name : {"a--b", "-a", "a-", "1", "a b", "a-2b", "a-_", "é", "a.b"})
    CHECK(checked("claim t { setting case = \"" + name + "\" conclude 1 = 1 }")
              .settings[0]
              .choices[0] == parse_claims(to_text(checked("claim t { setting case = \"" + name +
                                                          "\" conclude 1 = 1 }")),
                                          "again")[0]
                                 .settings[0]
                                 .choices[0]);
  CHECK(refusal("claim t { setting case = \"\" conclude 1 = 1 }").find("is not empty") !=
        std::string::npos);
  CHECK(refusal("claim t { setting case = 2 conclude 1 = 1 }").find("the name of a case") !=
        std::string::npos);
  CHECK(refusal("claim t { setting sketch = \"perm\" conclude 1 = 1 }") != "");
}

TEST_CASE("sizes and kinds are checked before anything is computed") {
  require_refused("Lbar*bbar = Lbar", "cannot compare a vector(d) with a matrix(d, d)");
  require_refused("Lbar + bbar = 0", "cannot add a vector(d) to a matrix(d, d)");
  require_refused("bbar*bbar = 0", "cannot multiply a vector(d) by a vector(d)");
  require_refused("[1, 2, 3] = [1, 2]", "cannot compare a vector(3) with a vector(2)");
  require_refused("Lbar = [[1, 0], [0, 1]]", "cannot compare a matrix(d, d) with a matrix(2, 2)");
  CHECK(refusal("claim t { setting d = 2 conclude Lbar = [[1, 0], [0, 1]] }").empty());
  require_refused("vec(i in workers : 1) = bbar", "cannot compare a vector(n) with a vector(d)");
  CHECK(refusal("claim t { setting n = d conclude vec(i in workers : 1) = bbar }").empty());
  require_refused("bbar <<= bbar", "must be a square matrix");
  require_refused("1 <<= 2", "Loewner order");
  require_refused("Lbar <= Lbar", "is for scalars");
  require_refused("||Lbar|| = 1", "the norm is for vectors");
  require_refused("lambda_max(bbar) = 1", "must be a square matrix");
  require_refused("Lbar[1] = 1", "has 2 index(es)");
  require_refused("[[1, 2], [3]] = 0", "this row has 1 entries, the first has 2");
  require_refused("d", "must be a statement");
}

TEST_CASE("random quantities belong into E or under 'for every outcome'") {
  require_refused("Bbar = I", "for every outcome");
  require_refused("C[1] = I", "for every outcome");
  CHECK(refusal("claim t { conclude E[Bbar] = I }").empty());
  CHECK(refusal("claim t { conclude for every outcome : Bbar = I }").empty());
  require_refused("x[1] = 0", "only inside E");
  require_refused("E[||x[1]||^2*||x[1]||^2] = 0", "degree two");
  require_refused("E[1/x[1][1]] = 0", "cannot divide by an iterate");
}

TEST_CASE("definitions cannot be recursive, variables come in order") {
  require_refused("a = 1", "cannot be recursive", "let a = 1 + a");
  require_refused("a = 1", "declared later", "let a = b2 let b2 = a");
  require_refused("u = 1", "declared later", "forall u : scalar try w forall w : scalar try 1");
  require_refused("u = 1", "later", "let a = w forall u : scalar try a forall w : scalar try 1");
  require_refused("x = 1", "choose another name", "let x = 1");
}

TEST_CASE("families speak about members through at(...)") {
  const std::string family =
      "family m in 2..3 { n = m d = m L(i) = mat(j in 1..m, k in 1..m : if j = k then 1 else 0) "
      "b(i) = vec(j in 1..m : 1) sketch = perm q = 1 } ";
  require_refused("trace(Lbar) = 2", "belongs to one instance", family);
  CHECK(refusal("claim t { " + family + " conclude forall m in 2..3 : at(m : trace(Lbar)) = m }")
            .empty());
  require_refused("at(2 : d) = 2", "declare a family");
}

}  // namespace istcheck::claim
