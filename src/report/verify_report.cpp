#include "report/verify_report.hpp"

#include <algorithm>

#include "report/text.hpp"

namespace istcheck {

using claim::CaseVerdict;
using claim::ClaimVerdict;
using claim::Expectation;
using claim::Scalar;
using claim::Verdict;

namespace {

/// Fits a table column: exact when short, else six digits.
std::string brief_cell(const std::optional<Scalar>& s) {
  if (!s) return "-";
  const std::string exact = claim::to_string(*s);
  return exact.size() <= 12 ? exact : "~" + claim::decimal(*s, 6);
}

bool is_whole(const Scalar& s) { return s.is_rational() && denominator(s.rational()) == 1; }

/// The exact number and its decimal; only the decimal, marked with ~, when the exact one is long.
std::string exact_and_decimal(const std::optional<Scalar>& s) {
  if (!s) return "-";
  const std::string exact = claim::to_string(*s), decimal = claim::decimal(*s, 6);
  if (is_whole(*s)) return exact;
  return exact.size() <= 24 ? exact + " (" + decimal + ")" : "~" + decimal;
}

/// The verdict over all cases, or why there is none.
std::string verdict_word(const ClaimVerdict& v) {
  if (!v.error.empty()) return "error";
  if (v.cases.empty()) return "no case";
  return v.contradicted() ? "contradicted" : claim::to_string(v.overall());
}

std::string case_counts(const ClaimVerdict& v) {
  const auto count = [&](Verdict which) {
    return std::count_if(v.cases.begin(), v.cases.end(),
                         [&](const CaseVerdict& c) { return c.verdict == which; });
  };
  std::string out;
  for (const Verdict which :
       {Verdict::holds, Verdict::violated, Verdict::vacuous, Verdict::undecided}) {
    if (const auto k = count(which); k > 0) {
      out += (out.empty() ? "" : ", ") + std::to_string(k) + " " + claim::to_string(which);
    }
  }
  return out;
}

std::string mark(const ClaimVerdict& v) {
  switch (v.outcome()) {
    case ClaimVerdict::Outcome::expected:
      return "ok";
    case ClaimVerdict::Outcome::unexpected:
      return "FAIL";
    case ClaimVerdict::Outcome::undecided:
      return "????";
    case ClaimVerdict::Outcome::no_case:
      return "NONE";
    case ClaimVerdict::Outcome::error:
      return "ERR";
  }
  return "";
}

/// The best ratio, or "loose" when there is none and the claim says why it has no tight case.
std::string tightness(const ClaimVerdict& v) {
  const auto ratio = v.best_ratio();
  return !ratio && !v.claim->loose.empty() ? "loose" : brief_cell(ratio);
}

std::string detail_line(const std::string& what, const std::string& text) {
  return text.empty() ? "" : "        " + padded(what, 10) + text + "\n";
}

std::string case_details(const CaseVerdict& c) {
  std::string out = "      case " + c.case_name + ": " + claim::to_string(c.verdict) + "\n";
  out += detail_line("claim", c.statement);
  out += detail_line("at", c.values);
  out += detail_line("sides", c.sides);
  out += detail_line("margin", shown(c.margin));
  out += detail_line("reason", c.reason);
  out += detail_line("WRONG", c.contradiction);
  return out;
}

/// That no case fits, and for the first few cases why.
std::string without_case(const ClaimVerdict& v) {
  constexpr size_t kShown = 5;
  std::string out = "        no case fits this claim\n";
  for (size_t k = 0; k < std::min(kShown, v.unfit.size()); ++k)
    out += "          " + v.unfit[k] + "\n";
  if (v.unfit.size() > kShown)
    out += "          and " + std::to_string(v.unfit.size() - kShown) + " more\n";
  return out;
}

/// Below the line of a claim that is not as expected: the cases that show why.
std::string trouble(const ClaimVerdict& v) {
  switch (v.outcome()) {
    case ClaimVerdict::Outcome::expected:
      return "";
    case ClaimVerdict::Outcome::error:
      return detail_line("", v.error);
    case ClaimVerdict::Outcome::no_case:
      return without_case(v);
    default:
      break;
  }
  if (v.contradicted()) {
    std::string out = "        engine and checker contradict each other: believe neither\n";
    for (const auto& c : v.cases)
      if (!c.contradiction.empty()) out += case_details(c);
    return out;
  }
  const bool refuted = v.claim->expectation == Expectation::refuted;
  const Verdict wanted = v.outcome() == ClaimVerdict::Outcome::undecided ? Verdict::undecided
                         : refuted || !v.has(Verdict::violated)          ? Verdict::vacuous
                                                                         : Verdict::violated;
  std::string out;
  if (refuted) out += "        expected to be refuted, but no case violates it\n";
  if (!refuted && wanted == Verdict::vacuous) out += "        every case violates a hypothesis\n";
  for (const auto& c : v.cases) {
    if (c.verdict == wanted) out += case_details(c);
  }
  return out;
}

}  // namespace

std::string shown(const std::optional<Scalar>& s) {
  if (!s) return "";
  const std::string exact = claim::to_string(*s);
  return is_whole(*s) ? exact : exact + " (" + claim::decimal(*s, 12) + ")";
}

std::string to_string(ClaimVerdict::Outcome o) {
  switch (o) {
    case ClaimVerdict::Outcome::expected:
      return "expected";
    case ClaimVerdict::Outcome::unexpected:
      return "unexpected";
    case ClaimVerdict::Outcome::undecided:
      return "undecided";
    case ClaimVerdict::Outcome::no_case:
      return "no case fits";
    case ClaimVerdict::Outcome::error:
      return "error";
  }
  return "";
}

std::string verify_details(const ClaimVerdict& v) {
  std::string out;
  for (const auto& c : v.cases) {
    out += case_details(c);
    for (const auto& t : c.tried) {
      if (!t.empty()) out += detail_line("tried", t);
    }
    for (const auto& s : c.skipped) out += detail_line("not tried", s);
  }
  return out;
}

std::string verify_text(const std::vector<ClaimVerdict>& verdicts, const std::string& missing) {
  size_t width = 5, word = 11, margin = 12;
  for (const auto& v : verdicts) {
    width = std::max(width, v.claim->id.size());
    word = std::max(word, verdict_word(v).size() + 2);
    margin = std::max(margin, columns(exact_and_decimal(v.least_margin())));
  }
  std::string out = padded("", 6) + padded("claim", width + 2) + padded("verdict", word) +
                    padded("margin", margin + 2) + padded("tightness", 14) + padded("time", 9) +
                    "cases\n";
  std::vector<size_t> counts(5, 0);
  double seconds = 0;
  for (const auto& v : verdicts) {
    ++counts[static_cast<size_t>(v.outcome())];
    seconds += v.seconds;
    out += padded(mark(v), 6) + padded(v.claim->id, width + 2) + padded(verdict_word(v), word) +
           padded(exact_and_decimal(v.least_margin()), margin + 2) + padded(tightness(v), 14) +
           padded(seconds_text(v.seconds), 9) + case_counts(v) + "\n";
    out += trouble(v);
  }
  const auto refuted = std::count_if(verdicts.begin(), verdicts.end(), [](const ClaimVerdict& v) {
    return v.outcome() == ClaimVerdict::Outcome::expected &&
           v.claim->expectation == Expectation::refuted;
  });
  out += std::to_string(verdicts.size()) + " claims: " + std::to_string(counts[0]) +
         " as expected (" + std::to_string(refuted) + " of them refuted)";
  const char* words[] = {"", " not as expected", " undecided", " without a case that fits",
                         " with an error"};
  for (size_t k = 1; k < counts.size(); ++k) {
    if (counts[k] > 0) out += ", " + std::to_string(counts[k]) + words[k];
  }
  out += "; " + seconds_text(seconds) + "\n";
  return missing.empty() ? out : out + missing + "\n";
}

}  // namespace istcheck
