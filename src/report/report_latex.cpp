#include "claim/latex.hpp"
#include "claim/utf8.hpp"
#include "report/mixed_text.hpp"
#include "report/readable.hpp"
#include "report/report_writers.hpp"
#include "report/verify_report.hpp"

namespace istcheck {
namespace {

using claim::Scalar;
using claim::text_latex;

/// Of an index or exponent: max and min as operators, signs as in sentences.
std::string script_latex(const std::string& text) {
  if (text == "max" || text == "min") return "\\" + text;
  std::string out;
  for (const char c : text_latex(text)) out += c == '$' ? "" : std::string(1, c);
  return out;
}

/// A sentence that was written in ASCII.
std::string sentence_latex(const std::string& text) {
  std::string out;
  for (const Script& part : with_scripts(readable(text))) {
    if (part.level == 0) {
      out += text_latex(part.text);
    } else {
      out += std::string(part.level < 0 ? "$_{" : "$^{") + script_latex(part.text) + "}$";
    }
  }
  return out;
}

std::string mixed_latex(const MixedText& parts) {
  std::string out;
  for (const auto& part : parts) out += part.math ? "$" + part.text + "$" : text_latex(part.text);
  return out;
}

std::string brief_latex(const std::optional<Scalar>& s) {
  if (!s) return "--";
  const std::string exact = claim::to_string(*s);
  return exact.size() <= 10 ? "$" + expression_latex(exact) + "$"
                            : "$" + claim::marked_decimal(*s, 4, "\\approx ") + "$";
}

const char* head() {
  return "% Made by istcheck. Paste into an appendix; the preamble needs\n"
         "%   \\usepackage{amsmath,amssymb,longtable}\n"
         "\\makeatletter\n"
         "\\@ifundefined{istcounterexample}{%\n"
         "  \\newenvironment{istcounterexample}[1]%\n"
         "    {\\par\\medskip\\noindent\\textbf{Counterexample to #1.}\\ \\ignorespaces}%\n"
         "    {\\par\\medskip}%\n"
         "  \\newenvironment{isttight}[1]%\n"
         "    {\\par\\medskip\\noindent\\textbf{Tightest case of #1.}\\ \\ignorespaces}%\n"
         "    {\\par\\medskip}%\n"
         "}{}\n"
         "\\makeatother\n";
}

std::string latex_table(const Document& d) {
  std::string out =
      "\\begin{longtable}{@{}p{0.16\\linewidth}p{0.38\\linewidth}lllp{0.08\\linewidth}@{}}\n"
      "\\hline\n"
      "where & claim & verdict & margin & tightness & proof \\\\ \\hline\n"
      "\\endhead\n";
  for (const auto& e : d.claims) {
    out += text_latex(e.claim->equation) + " & " + sentence_latex(e.claim->title) + " & " +
           verdict_word(e) + (to_string(e.verdict.outcome()) == "expected" ? "" : "!") + " & " +
           brief_latex(e.verdict.least_margin()) + " & " + brief_latex(e.verdict.best_ratio()) +
           " & " + (claim::general_proof(*e.claim).empty() ? "" : "Rocq") + " \\\\\n";
  }
  return out + "\\hline\n\\end{longtable}\n";
}

std::string problem(const Document& d, const std::string& name) {
  const CaseEntry* one = d.case_named(name);
  if (one == nullptr) return "";
  std::string out = text_latex(problem_text(one->data)) + ".\n";
  for (const auto& worker : problem_latex(one->data)) out += "\\[ " + worker + " \\]\n";
  return out;
}

/// The setting as a sentence, the variables, and what is assumed of them.
std::string before_conclusions(const ClaimEntry& e) {
  const claim::Claim& c = *e.claim;
  std::string out = mixed_latex(dollar_text(claim::setting_latex(c)));
  if (!out.empty()) out += "\n";
  if (!c.variables.empty()) out += mixed_latex(dollar_text(quantified(e))) + ":\n";
  for (size_t k = 0; k < c.hypotheses.size(); ++k)
    out += std::string(k == 0 ? "if\n" : "") + "\\[ " + claim::to_latex(*c.hypotheses[k].value) +
           " \\]\n";
  return out + (c.hypotheses.empty() ? "" : "then\n");
}

std::string definitions(const claim::Claim& c) {
  std::string out;
  for (const auto& one : c.definitions)
    out += (out.empty() ? "where $" : ", $") + claim::name_latex(one.name) + " = " +
           claim::to_latex(*one.value) + "$";
  return out + (out.empty() ? "" : ".\n");
}

/// Margin and tightness of each of several conclusions.
std::string bounds_latex(const ClaimEntry& e) {
  const auto all = e.verdict.bounds();
  if (all.size() < 2) return "";
  std::string out;
  for (size_t k = 0; k < all.size(); ++k)
    out += (k == 0 ? "Conclusion " : "; conclusion ") + std::to_string(k + 1) + ": margin " +
           brief_latex(all[k].margin) + ", tightness " + brief_latex(all[k].ratio);
  return out + ".\n";
}

/// The statement, the problem, the values of the variables, and both sides.
std::string environment(const Document& d, const ClaimEntry& e, const ShownCase& s) {
  const bool counterexample = s.why == ShownCase::Why::violated;
  const std::string name = counterexample ? "istcounterexample" : "isttight";
  std::string out = "\\begin{" + name + "}{" + sentence_latex(e.claim->title) + ", " +
                    text_latex(e.claim->equation) + "}\n";
  out += before_conclusions(e);
  for (const auto& c : e.claim->conclusions) {
    const std::string text = claim::to_latex(*c.value);
    out += "\\[ " + text + " \\]\n";
  }
  out += definitions(*e.claim);
  out += problem(d, s.verdict.case_name);
  const auto values = assignments_latex(s.verdict.values);
  for (size_t k = 0; k < values.size(); ++k) out += (k == 0 ? "At $" : ", $") + values[k] + "$";
  if (!values.empty()) out += ".\n";
  out += mixed_latex(mixed_text(reason_sentence(s))) + "\n";
  if (!counterexample) out += bounds_latex(e);
  return out + "\\end{" + name + "}\n";
}

}  // namespace

std::string report_latex(const Document& d) {
  std::string out = head();
  out += "\\begingroup\\setcounter{MaxMatrixCols}{32}\\raggedright\\sloppy\n";
  for (const auto& sentence : d.opening) out += text_latex(sentence) + "\n";
  if (!d.opening.empty()) out += "\n";
  if (!d.partial.empty()) out += "\\textbf{Partial report:} " + text_latex(d.partial) + "\n\n";
  out += latex_table(d);
  for (const auto& e : d.claims) {
    for (const auto& line : contradictions(e))
      out += "\\textbf{Engine and checker contradict each other on " + text_latex(e.claim->id) +
             "; believe neither.} " + text_latex(line) + "\n\n";
    for (const auto& s : e.shown) {
      const bool refuted = e.claim->expectation == claim::Expectation::refuted;
      const bool counterexample = s.why == ShownCase::Why::violated;
      if (counterexample || (!refuted && s.why == ShownCase::Why::tight))
        out += environment(d, e, s);
    }
  }
  return valid_utf8(out + "\\endgroup\n");
}

}  // namespace istcheck
