#include "report/verify_report.hpp"

#include <algorithm>

#include "cert/format.hpp"
#include "report/text.hpp"

namespace istcheck {

using claim::CaseVerdict;
using claim::ClaimVerdict;
using claim::Expectation;
using claim::Scalar;
using claim::Scope;
using claim::Verdict;

namespace {

/// Fits a table column: exact when short, else six digits.
std::string brief_cell(const std::optional<Scalar>& s) {
  if (!s) return "-";
  const std::string exact = claim::to_string(*s);
  return exact.size() <= 12 ? exact : claim::marked_decimal(*s, 6, "~");
}

bool is_whole(const Scalar& s) { return s.is_rational() && denominator(s.rational()) == 1; }

/// The exact number and its decimal; only the decimal, marked with ~, when the exact one is long.
std::string exact_and_decimal(const std::optional<Scalar>& s) {
  if (!s) return "-";
  const std::string exact = claim::to_string(*s);
  if (is_whole(*s)) return exact;
  return exact.size() <= 24 ? exact + " (" + claim::decimal(*s, 6) + ")"
                            : claim::marked_decimal(*s, 6, "~");
}

std::string mark(const ClaimVerdict& v) {
  switch (v.outcome()) {
    case ClaimVerdict::Outcome::expected:
      return "ok";
    case ClaimVerdict::Outcome::unexpected:
      return "FAIL";
    case ClaimVerdict::Outcome::undecided:
      return "????";
    case ClaimVerdict::Outcome::unsupported:
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

/// Lines after the first, such as those that show a place in a claim, stand below it.
std::string detail_line(const std::string& what, const std::string& text) {
  std::string lines = text;
  for (size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', end + 1))
    lines.insert(end + 1, std::string(18, ' '));
  return text.empty() ? "" : "        " + padded(what, 10) + lines + "\n";
}

std::string case_details(const CaseVerdict& c) {
  std::string out = "      case " + cert::escaped(c.case_name) + ": " + scoped_word(c) + "\n";
  out += detail_line("claim", c.statement);
  out += detail_line("at", c.values);
  out += detail_line("sides", c.sides);
  const bool looked_at = c.scope == claim::Scope::all && c.margin_scope == claim::Scope::tried;
  out += detail_line("margin", shown(c.margin) + (looked_at ? ", at the values tried" : ""));
  for (const auto& one : c.conclusions)
    if (c.conclusions.size() > 1 && (one.margin || one.ratio))
      out += detail_line("of", one.statement + ": " +
                                   (one.margin ? "margin " + shown(one.margin) : "") +
                                   (one.margin && one.ratio ? ", " : "") +
                                   (one.ratio ? "tightness " + shown(one.ratio) : ""));
  out += detail_line("reason", c.reason);
  out += detail_line("WRONG", c.contradiction);
  return out;
}

/// Why a claim is unsupported: no case fits (for the first few why), or none reaches the
/// hypotheses.
std::string without_support(const ClaimVerdict& v) {
  constexpr size_t kShown = 5;
  std::string out = v.cases.empty() ? "        no case fits this claim\n"
                                    : "        no case supports this claim: its hypotheses are "
                                      "fulfilled nowhere that was looked\n";
  for (size_t k = 0; k < std::min(kShown, v.cases.size()); ++k) out += case_details(v.cases[k]);
  if (v.cases.size() > kShown)
    out += "      and " + std::to_string(v.cases.size() - kShown) + " more cases\n";
  for (size_t k = 0; k < std::min(kShown, v.unfit.size()) && v.cases.empty(); ++k)
    out += "          " + cert::escaped(v.unfit[k]) + "\n";
  if (v.unfit.size() > kShown && v.cases.empty())
    out += "          and " + std::to_string(v.unfit.size() - kShown) + " more\n";
  return out;
}

std::string details_of(const ClaimVerdict& v, Verdict wanted) {
  std::string out;
  for (const auto& c : v.cases)
    if (c.verdict == wanted && !c.unreached) out += case_details(c);
  return out;
}

/// Below the line of a claim that is not as expected: the cases that show why.
std::string trouble(const ClaimVerdict& v) {
  if (v.outcome() == ClaimVerdict::Outcome::expected) return "";
  if (!v.error.empty()) return detail_line("", v.error);
  if (v.outcome() == ClaimVerdict::Outcome::unsupported) return without_support(v);
  if (v.contradicted()) {
    std::string out = "        engine and checker contradict each other: believe neither\n";
    for (const auto& c : v.cases)
      if (!c.contradiction.empty()) out += case_details(c);
    return out;
  }
  const Verdict verdict = v.overall().value();
  if (v.has(Verdict::ill_defined)) return details_of(v, Verdict::ill_defined);
  if (verdict != Verdict::holds) return details_of(v, verdict);
  return v.claim->expectation == Expectation::refuted
             ? "        expected to be refuted, but no case violates it\n"
             : "        holds at the values tried only, and --strict asks for all\n";
}

/// On how many cases claims hold for all values, and on how many only at those tried.
std::string scope_counts(const std::vector<ClaimVerdict>& verdicts) {
  long all = 0, tried = 0;
  for (const auto& v : verdicts) {
    for (const auto& c : v.cases) {
      all += c.is(Verdict::holds, Scope::all) ? 1 : 0;
      tried += c.is(Verdict::holds, Scope::tried) ? 1 : 0;
    }
  }
  if (all + tried == 0) return "";
  const auto cases = [](long k) { return std::to_string(k) + (k == 1 ? " case" : " cases"); };
  return "holding on " + cases(all) + " for all values of the variables, on " + cases(tried) +
         " only at the values tried\n";
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
    case ClaimVerdict::Outcome::unsupported:
      return "unsupported";
    case ClaimVerdict::Outcome::error:
      return "error";
  }
  return "";
}

std::string scoped_word(const CaseVerdict& c) {
  if (c.unreached) return "unreached";
  if (c.verdict != Verdict::holds) return claim::to_string(c.verdict);
  return c.scope == Scope::all ? "holds for all values" : "holds at the values tried";
}

std::string plain_verdict(const ClaimVerdict& v) {
  if (!v.error.empty()) return "error";
  if (v.cases.empty()) return "no case";
  if (v.contradicted()) return "contradicted";
  const auto verdict = v.overall();
  if (!verdict) return "unsupported";
  return claim::to_string(*verdict);
}

std::string verdict_word(const ClaimVerdict& v) {
  const std::string word = plain_verdict(v);
  return word == "holds" && v.scope() == Scope::tried ? word + ", tried" : word;
}

std::string case_counts(const ClaimVerdict& v) {
  const auto count = [&](const auto& test) {
    return std::count_if(v.cases.begin(), v.cases.end(), test);
  };
  std::string out;
  const auto add = [&](long k, const std::string& what) {
    if (k > 0) out += (out.empty() ? "" : ", ") + std::to_string(k) + " " + what;
  };
  const auto with = [&](Verdict verdict, Scope scope) {
    return count([&](const CaseVerdict& c) { return c.is(verdict, scope) && !c.unreached; });
  };
  const long all = with(Verdict::holds, Scope::all), tried = with(Verdict::holds, Scope::tried);
  add(all, std::string(all == 1 ? "holds" : "hold") + " for all values");
  add(tried, std::string(all > 0 ? "" : tried == 1 ? "holds " : "hold ") + "at the values tried");
  add(with(Verdict::violated, Scope::none), "violated");
  add(with(Verdict::ill_defined, Scope::none), "ill-defined");
  add(with(Verdict::undecided, Scope::none), "undecided");
  add(with(Verdict::vacuous, Scope::all), "vacuous");
  add(count([](const CaseVerdict& c) { return c.unreached; }), "unreached");
  return out;
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
  const char* words[] = {"", " not as expected", " undecided", " unsupported", " with an error"};
  for (size_t k = 1; k < counts.size(); ++k) {
    if (counts[k] > 0) out += ", " + std::to_string(counts[k]) + words[k];
  }
  out += "; " + seconds_text(seconds) + "\n" + scope_counts(verdicts);
  return missing.empty() ? out : out + missing + "\n";
}

}  // namespace istcheck
