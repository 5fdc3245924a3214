#include "check/check.hpp"

#include "check/general.hpp"

#include <algorithm>

namespace istcheck::check {
namespace {

/// Steps from a certificate, in order.
class FromCertificate final : public Steps {
 public:
  explicit FromCertificate(const cert::Certificate& c) : steps_(c.steps) {}

  cert::Step answer(const Question&) override { return take(); }
  void state(const std::string& line) override {
    const cert::Step& step = take();
    if (joined(step) != line) throw Rejected(step, "expected '" + line.substr(0, 300) + "'");
  }
  bool skip() override { return narrowed("skip"); }
  bool narrowed(const std::string& line) override {
    const bool here = next_ < steps_.size() && joined(steps_[next_]) == line;
    if (here) ++next_;
    return here;
  }
  std::optional<bool> trusted(const std::string& what) override {
    if (next_ == steps_.size() || steps_[next_].rule() != "trust") return std::nullopt;
    const cert::Step& step = take();
    for (const bool word : {false, true})
      if (joined(step) == "trust " + what + (word ? " yes" : " no")) return word;
    throw Rejected(step, "expected 'trust " + what + "' with yes or no");
  }
  bool finished() const { return next_ == steps_.size(); }
  const cert::Step& last() const { return next_ == 0 ? none_ : steps_[next_ - 1]; }
  const cert::Step& next() const { return steps_[next_]; }

 private:
  const std::vector<cert::Step>& steps_;
  size_t next_ = 0;
  cert::Step none_{5, {"limits"}};

  const cert::Step& take() {
    if (finished()) throw Rejected(last(), "the steps end here, and more must be shown");
    return steps_[next_++];
  }
  static std::string joined(const cert::Step& step) {
    std::string line;
    for (const auto& word : step.words) line += (line.empty() ? "" : " ") + word;
    return line;
  }
};

Answer rejected(size_t line, const std::string& rule, const std::string& message) {
  return {Answer::Is::rejected,
          "rejected: line " + std::to_string(line) + ", rule " + cert::escaped(rule) + ": " +
              cert::escaped(message),
          0,
          "",
          "",
          "",
          ""};
}

}  // namespace

Answer check_steps(const claim::Claim& claim, const Case* c, const cert::Certificate& certificate) {
  FromCertificate steps(certificate);
  const size_t count = certificate.steps.size();
  try {
    std::string verdict = "proved", details, trusted;
    if (certificate.verdict == verdict) {
      const General found = check_generally(claim, c, steps, certificate.limits);
      if (c != nullptr)
        details = " for " + domain_of(found, *c) + ", the shape of " + cert::escaped(c->name);
      details += ", " + std::to_string(found.ends.refuted) + " ways to fail refuted";
    } else {
      const bool violated = certificate.verdict == "violated";
      const Replay found = replay(claim, c, steps, certificate.limits, violated);
      verdict = found.verdict;
      if (c != nullptr) details = " on " + cert::escaped(c->name);
      details += found.all ? ", for all values" : verdict == "holds" ? ", at the values tried" : "";
      for (const auto& t : found.trusted) trusted += "\n  trusted: " + t;
    }
    if (!steps.finished())
      return rejected(steps.next().line, steps.next().rule(),
                      "everything was shown before this step");
    if (verdict != certificate.verdict)
      return rejected(4, "verdict", "the steps show that the claim " + verdict);
    const std::string what = claim.id + " " + verdict + details;
    if (trusted.empty())
      return {Answer::Is::accepted,
              "accepted: " + what + ", " + std::to_string(count) + " steps",
              count,
              claim.id,
              verdict,
              "",
              ""};
    return {Answer::Is::incomplete,
            "incomplete: " + what + ", but these were not shown:" + trusted,
            count,
            claim.id,
            verdict,
            "",
            ""};
  } catch (const OpenSetting& open) {
    return {Answer::Is::incomplete,
            "incomplete: " + claim.id +
                ": whether it speaks about the case was not shown: " + cert::escaped(open.what()),
            count,
            claim.id,
            certificate.verdict,
            "",
            ""};
  } catch (const Rejected& error) {
    return rejected(error.step.line, error.step.rule(), error.what());
  } catch (const std::exception& error) {  // Undecided, NoValue, parts that do not fit
    return rejected(steps.last().line, steps.last().rule(),
                    std::string("after this step: ") + error.what());
  }
}

Answer check_certificate(const ClaimFile& claims, const CaseFile* c, std::string_view text) {
  cert::Certificate certificate;
  try {
    certificate = cert::parse_certificate(text);
  } catch (const cert::FormatError& error) {
    return rejected(error.line, "format", error.what());
  }
  const std::string case_hash = c != nullptr ? c->hash : "-";
  const auto claim = std::find_if(claims.claims.begin(), claims.claims.end(),
                                  [&](const claim::Claim& k) { return k.id == certificate.claim; });
  Answer answer =
      claim == claims.claims.end() ? rejected(2, "claim", "no claim of this name in the file")
      : certificate.claim_hash != claims.hash
          ? rejected(2, "claim", "the certificate is for another text of the claim file")
      : certificate.case_hash != case_hash
          ? rejected(3, "case", "the certificate is for another case")
          : check_steps(*claim, c != nullptr ? &c->c : nullptr, certificate);
  answer.claim = certificate.claim;
  answer.verdict = certificate.verdict;
  answer.claim_hash = claims.hash;
  answer.case_hash = case_hash;
  return answer;
}

}  // namespace istcheck::check
