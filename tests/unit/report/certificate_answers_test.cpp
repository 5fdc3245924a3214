// A certificate belongs to a verdict by the hashes of claim and case and by what it shows, never by
// names of files.
#include "report/certificate_answers.hpp"

#include <catch2/catch.hpp>

#include "claim/parser.hpp"
#include "report/report_writers.hpp"

using namespace istcheck;
using claim::Verdict;

namespace {

struct Shown {
  std::vector<claim::Claim> claims =
      claim::parse_claims("claim it {\nconclude n = 2\nexpect holds\n}", "it.claim");
  std::vector<claim::ClaimVerdict> verdicts{1};
  Document document;
  FileHashes files{{{"it.claim", "aa"}}, {{"one", "cc"}, {"two", "dd"}}};

  explicit Shown(Verdict one, Verdict two = Verdict::holds) {
    verdicts[0].claim = &claims[0];
    verdicts[0].cases.resize(2);
    verdicts[0].cases[0].case_name = "one";
    verdicts[0].cases[0].verdict = one;
    verdicts[0].cases[1].case_name = "two";
    verdicts[0].cases[1].verdict = two;
    document.claims = claim_entries(verdicts, {}, {});
  }
  bool add(const std::string& claim, const std::string& claim_hash, const std::string& case_hash,
           const std::string& verdict, check::Answer::Is is = check::Answer::Is::accepted) {
    const check::Answer answer{is, "", 1, claim, verdict, claim_hash, case_hash};
    return add_certificate(document.claims, verdicts, files, answer,
                           {"accepted", "it--one.cert", "said", "command", "", ""});
  }
  size_t attached() const { return document.claims[0].certificates.size(); }
};

}  // namespace

TEST_CASE("a certificate is shown at the verdict that it is about, and at no other") {
  Shown s(Verdict::holds);
  CHECK_FALSE(s.add("it", "ab", "cc", "holds"));  // another claim of the same name
  CHECK_FALSE(s.add("other", "aa", "cc", "holds"));
  CHECK_FALSE(s.add("it", "aa", "ee", "holds"));  // another case
  CHECK_FALSE(s.add("it", "aa", "-", "holds"));
  CHECK(s.attached() == 0);
  CHECK(s.add("it", "aa", "cc", "holds"));
  CHECK(s.add("it", "aa", "dd", "holds"));
  CHECK(s.add("it", "aa", "ee", "proved"));  // of a shape
  CHECK(s.attached() == 3);
  CHECK_FALSE(s.verdicts[0].contradicted());
}

TEST_CASE("a certificate of another verdict is a contradiction, in the table and in every format") {
  Shown s(Verdict::holds);
  CHECK(s.add("it", "aa", "cc", "violated"));
  CHECK(s.verdicts[0].outcome() == claim::ClaimVerdict::Outcome::unexpected);
  CHECK(s.document.claims[0].verdict.contradicted());
  CHECK(report_markdown(s.document).find("contradict each other") != std::string::npos);
  CHECK(report_latex(s.document).find("contradict each other") != std::string::npos);
  const std::string json = report_json(s.document);
  CHECK(json.find("\"verdict\": \"contradicted\"") != std::string::npos);
  CHECK(json.find("\"contradiction\": \"verdict \\\"holds\\\"") != std::string::npos);
}

TEST_CASE("an undecided verdict is not contradicted, and a rejected certificate contradicts none") {
  Shown s(Verdict::undecided);
  CHECK_FALSE(s.add("it", "aa", "cc", "violated"));
  CHECK(s.add("it", "aa", "dd", "violated", check::Answer::Is::rejected));
  CHECK_FALSE(s.verdicts[0].contradicted());
}
