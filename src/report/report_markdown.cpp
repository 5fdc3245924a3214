#include <algorithm>

#include "claim/latex.hpp"
#include "claim/printer.hpp"
#include "claim/utf8.hpp"
#include "report/mixed_text.hpp"
#include "report/proof_links.hpp"
#include "report/readable.hpp"
#include "report/report_writers.hpp"
#include "report/text.hpp"
#include "report/verify_report.hpp"

namespace istcheck {
namespace {

using claim::Scalar;

std::string inline_math(const std::string& latex) { return "$`" + latex + "`$"; }

std::string display(const std::string& latex) { return "\n```math\n" + latex + "\n```\n\n"; }

/// What Markdown would take for markup, escaped.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string("\\`*_[]<>|#$").find(c) != std::string::npos) out += '\\';
    out += c;
  }
  return out;
}

/// A sentence that was written in ASCII.
std::string sentence(const std::string& text) {
  std::string out;
  for (const Script& part : with_scripts(readable(text))) {
    const std::string tag = part.level < 0 ? "sub" : "sup", inside = plain(part.text);
    out += part.level == 0 ? inside : "<" + tag + ">" + inside + "</" + tag + ">";
  }
  return out;
}

std::string mixed_markdown(const MixedText& parts) {
  std::string out;
  for (const auto& part : parts) out += part.math ? inline_math(part.text) : plain(part.text);
  return out;
}
std::string mixed_markdown(const std::string& text) { return mixed_markdown(mixed_text(text)); }

std::string brief_markdown(const std::optional<Scalar>& s) {
  if (!s) return "–";
  const std::string exact = claim::to_string(*s);
  return exact.size() <= 14 ? plain(exact) : claim::marked_decimal(*s, 6, "≈ ");
}

/// A check mark, and a word for those who do not see it.
std::string mark(const ClaimEntry& e) {
  const std::string outcome = to_string(e.verdict.outcome());
  if (outcome != "expected") return "❌ " + outcome;
  return e.verdict.scope() == claim::Scope::tried ? "◻️ as expected where tried"
                                                  : "✅ as expected";
}

std::string markdown_table(const Document& d) {
  std::string out =
      "| paper | claim | verdict | | margin | tightness | certificates | general proof | time |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& e : d.claims) {
    out += "| " + plain(e.claim->equation) + " | [" + sentence(e.claim->title) + "](#" +
           e.claim->id + ") | " + verdict_word(e) + " | " + mark(e) + " | " +
           brief_markdown(e.verdict.least_margin()) + " | " +
           brief_markdown(e.verdict.best_ratio()) + " | " + certificate_counts(e) + " | " +
           plain(proof_text(*e.claim)) + " | " + seconds_text(e.verdict.seconds) + " |\n";
  }
  return out;
}

std::string statement(const ClaimEntry& e) {
  const claim::Claim& c = *e.claim;
  std::string out = mixed_markdown(dollar_text(claim::setting_latex(c)));
  if (!out.empty()) out += "\n\n";
  if (!c.variables.empty()) out += mixed_markdown(dollar_text(quantified(e))) + ":\n";
  if (!c.hypotheses.empty()) out += "if\n";
  for (const auto& h : c.hypotheses) out += display(claim::to_latex(*h.value));
  if (!c.hypotheses.empty()) out += "then\n";
  for (const auto& s : c.conclusions) out += display(claim::to_latex(*s.value));
  for (size_t k = 0; k < c.definitions.size(); ++k) {
    out +=
        (k == 0 ? "where " : ", ") + inline_math(claim::name_latex(c.definitions[k].name) + " = " +
                                                 claim::to_latex(*c.definitions[k].value));
  }
  return out + (c.definitions.empty() ? "" : ".\n");
}

std::string shown_markdown(const Document& d, const ShownCase& s) {
  std::string out = "\n**" +
                    std::string(s.why == ShownCase::Why::violated      ? "Counterexample"
                                : s.why == ShownCase::Why::tight       ? "Tightest case"
                                : s.why == ShownCase::Why::excluded    ? "A hypothesis is false"
                                : s.why == ShownCase::Why::ill_defined ? "No value"
                                                                       : "Undecided") +
                    ".** " + mixed_markdown(reason_sentence(s)) + "\n";
  if (const CaseEntry* one = d.case_named(s.verdict.case_name)) {
    out += "\n" + plain(problem_text(one->data)) + ".\n";
    for (const auto& worker : problem_latex(one->data)) out += display(worker);
  }
  const auto values = assignments_latex(s.verdict.values);
  for (size_t k = 0; k < values.size(); ++k)
    out += (k == 0 ? "At " : ", ") + inline_math(values[k]);
  if (!values.empty()) out += ".\n";
  for (const auto& h : s.hypotheses) {
    out += "- " + inline_math(h.formula.latex) + " is " +
           (h.is == claim::Truth::Is::yes  ? "true"
            : h.is == claim::Truth::Is::no ? "false"
                                           : "undecided") +
           (h.sides.empty() ? "" : ": " + mixed_markdown(h.sides)) + "\n";
  }
  return out;
}

/// Margin and tightness of each of several conclusions.
std::string bounds_markdown(const ClaimEntry& e) {
  const auto all = e.verdict.bounds();
  if (all.size() < 2) return "";
  std::string out = "\n| conclusion | margin | tightness |\n|---|---|---|\n";
  for (size_t k = 0; k < all.size(); ++k)
    out += "| " + std::to_string(k + 1) + " | " + brief_markdown(all[k].margin) + " | " +
           brief_markdown(all[k].ratio) + " |\n";
  return out;
}

/// How many certificates the checker accepted, what it said of the others, and one command.
std::string certificates(const ClaimEntry& e) {
  if (e.certificates.empty()) return "";
  std::string out = "\nCertificates: " + certificate_counts(e) + ". Check again with `" +
                    e.certificates.front().command + "`.\n";
  for (const auto& a : e.certificates) {
    if (a.answer != "accepted")
      out += "- " + plain(a.file + ": ") + mixed_markdown(a.summary) + "\n";
  }
  return out;
}

/// A sentence with code between backticks, which stays as it is.
std::string with_code(const std::string& text) {
  std::string out;
  bool code = false;
  for (size_t from = 0;;) {
    const size_t to = std::min(text.find('`', from), text.size());
    const std::string part = text.substr(from, to - from);
    out += code ? "`" + part + "`" : plain(part);
    if (to == text.size()) return out;
    code = !code;
    from = to + 1;
  }
}

/// Each clause of the claim beside what says it in the statement, and the statement.
std::string reading_markdown(const Reading& r) {
  std::string out = "\n<details><summary>The claim and the statement side by side</summary>\n\n";
  for (const auto& one : r.clauses)
    out += "- `" + one.claim + "`  \n  " + with_code(one.proof) + "\n";
  for (const auto& text : r.beside) out += "- Beside the claim: " + with_code(text) + "\n";
  for (const auto& text : r.differs) out += "- Not the claim: " + with_code(text) + "\n";
  if (!r.statement.empty()) out += "\n```coq\n" + r.statement + "\n```\n";
  return out + "\n</details>\n";
}

std::string section(const Document& d, const ClaimEntry& e) {
  const claim::Claim& c = *e.claim;
  std::string out = "\n### <a id=\"" + c.id + "\"></a>" + sentence(c.title) + "\n\n`" + c.id +
                    "`, " + plain(c.paper) + " " + plain(c.equation) + ": **" + verdict_word(e) +
                    "**, " + mark(e) + ".";
  if (!c.reason.empty()) out += " Refuted because " + sentence(c.reason) + ".";
  if (!c.repairs.empty()) out += " Repairs [" + c.repairs + "](#" + c.repairs + ").";
  for (const auto& id : e.repaired_by) out += " Repaired by [" + id + "](#" + id + ").";
  out += "\n\nOn the cases: " + plain(case_counts(e.verdict)) + ".\n\n" + statement(e);
  if (!e.verdict.error.empty()) out += "\n" + plain(e.verdict.error) + "\n";
  for (const auto& line : contradictions(e))
    out += "\n**Engine and checker contradict each other; believe neither.** " + plain(line) + "\n";
  for (const auto& s : e.shown) out += shown_markdown(d, s);
  out += bounds_markdown(e) + certificates(e);
  for (const auto& a : e.searches) {
    out += "\nSearch, **" + plain(a.answer) + "**: " + mixed_markdown(a.summary) + ". `" +
           a.command + "`\n";
    if (!a.detail.empty()) out += "\n```toml\n" + a.detail + "```\n";
  }
  for (const claim::ProofLink& link : c.proofs) {
    out += "\nFor all sizes, in proofs/rocq: " + claim::to_text(link.word) + " `" + link.theorem +
           "`" + (link.note.empty() ? "" : " (" + link.note + ")") + ".\n";
    if (const Reading* reading = reading_of(link, e.readings)) out += reading_markdown(*reading);
  }
  return out + "\n```sh\n" + reproduce_command(d, e) + "\n```\n";
}

}  // namespace

std::string report_markdown(const Document& d) {
  std::string out = "# " + plain(d.title) + "\n\n";
  for (const auto& sentence : d.opening) out += plain(sentence) + "\n";
  if (!d.opening.empty()) out += "\n";
  if (!d.partial.empty()) out += "> **Partial report:** " + plain(d.partial) + "\n\n";
  out += std::to_string(d.claims.size()) + " claims:";
  for (const auto& [word, count] : outcome_counts(d))
    out += " " + std::to_string(count) + " " + word + ",";
  out.back() = '.';
  out += " Made by istcheck " + d.version + "; every number is exact, decimals are rounded.\n\n" +
         markdown_table(d);
  for (const auto& e : d.claims) out += section(d, e);
  return valid_utf8(out);
}

}  // namespace istcheck
