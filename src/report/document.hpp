// The document model of `istcheck report`: what was checked, what was found, and what is worth
// drawing. Plain data; the writers (report_json, report_markdown, report_latex, report_html) only
// read it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "claim/judge.hpp"
#include "model/case.hpp"
#include "report/readings.hpp"

namespace istcheck {

/// A formula as LaTeX and as the claim language writes it.
struct Formula {
  std::string latex, text;
};

/// A hypothesis at the choice of the variables that a case shows.
struct HypothesisValue {
  Formula formula;
  claim::Truth::Is is = claim::Truth::Is::yes;
  std::string sides;
};

/// A case of a claim that is worth reading: the tight one, one that violates it, one on which a
/// hypothesis is false.
struct ShownCase {
  enum class Why { tight, violated, excluded, ill_defined, undecided } why = Why::tight;
  claim::CaseVerdict verdict;
  std::vector<HypothesisValue> hypotheses;
};

/// What is proved for all n and d about the row of the paper that a claim belongs to: a line of
/// proofs/links.tsv. The theorems for the claim itself are Claim::proofs.
struct RowProof {
  std::string status;                 ///< such as "proved-as-printed", "not-general"
  std::vector<std::string> theorems;  ///< "module.theorem" of proofs/rocq
  std::string remark;
};

/// What a file that another command wrote says about a claim: a certificate, the answer of a
/// search.
struct Attachment {
  std::string answer;   ///< "accepted", "rejected", "incomplete"; "refuted", "unknown", …
  std::string file;     ///< as a command would name it
  std::string summary;  ///< in a sentence
  std::string command;  ///< what to type to see this again
  std::string detail;   ///< the case that a search found, as TOML; "" for none
  std::string about;    ///< the case of a certificate; "" for none, and for a shape
};

/// One line through exact points.
struct Series {
  std::string name;
  enum class Style { line, dashed, points, level } style = Style::line;
  std::vector<std::pair<claim::Scalar, claim::Scalar>> points;
};

/// A plot as data. `id` is unique in the document and names its files.
struct Figure {
  std::string id, title, caption, x_label, y_label;
  std::string left;  ///< LaTeX of the left side whose bounds are drawn; "" for other figures
  bool x_log = false, y_log = false;
  bool cells = false;     ///< points are classes of cells of a grid, not marks on lines
  bool relative = false;  ///< worth a second plot with every value divided by the first
  std::vector<Series> series;
};

struct ClaimEntry {
  const claim::Claim* claim = nullptr;
  claim::ClaimVerdict verdict;
  bool shipped = false;  ///< a claim of istcheck's own, of which rows.tsv and links.tsv speak
  std::string file;      ///< what `--claims` must name for it; "" when it is found without
  std::vector<std::string> rows;         ///< of proofs/claims/rows.tsv
  std::vector<std::string> repaired_by;  ///< claims that repair this one
  std::vector<ShownCase> shown;
  std::optional<RowProof> proof;
  std::vector<Reading> readings;  ///< of the theorems that the claim names
  std::vector<Attachment> certificates, searches;
  std::vector<Figure> figures;
};

/// A named value of a case's analysis, or a sentence of advice when it has no value.
struct Finding {
  std::string name, text;
  std::optional<claim::Scalar> value;
};

struct CaseEntry {
  Case data;
  std::string path;  ///< as a command would name it; "" when unknown
  std::vector<Finding> analysis, advice;
  std::vector<Figure> figures;
};

struct Document {
  std::string title, version;
  std::vector<std::string> opening;  ///< sentences for who reads nothing else
  std::string partial;               ///< what is missing and why; "" for a whole report
  std::string cases_again;  ///< options that name its cases again, such as " --cases dir"; or ""
  std::vector<ClaimEntry> claims;
  std::vector<CaseEntry> cases;
  std::vector<Figure> figures;
  const CaseEntry* case_named(const std::string& name) const;
};

/// The claims' part: verdicts, what repairs what, and the cases worth showing, whose hypotheses are
/// evaluated again at the witness. `cases` are those that the verdicts speak about.
/// `judge_again`: for the values of the hypotheses at the cases shown.
std::vector<ClaimEntry> claim_entries(const std::vector<claim::ClaimVerdict>& verdicts,
                                      const std::vector<Case>& cases,
                                      const claim::EvaluationOptions& options,
                                      bool judge_again = true);

/// What holds, and what is false and how small the counterexamples are: a sentence each, where
/// there is any. `cases` are those that the verdicts speak about.
std::vector<std::string> opening_sentences(const std::vector<ClaimEntry>& entries,
                                           const std::vector<Case>& cases);

/// Fills `rows` from the text of rows.tsv, and `proof` from the text of links.tsv.
void add_rows(std::vector<ClaimEntry>& entries, const std::string& rows_tsv);
void add_proofs(std::vector<ClaimEntry>& entries, const std::string& links_tsv);
/// Gives each shipped claim its readings.
void add_readings(std::vector<ClaimEntry>& entries, const std::vector<Reading>& readings);

/// "For all " where the claim is shown for all values of its variables, else "Claimed of every ".
std::string quantifier(const ClaimEntry& e);
/// The variables behind their quantifier, formulas between dollar signs; with scope tried also the
/// values: "Claimed of every $t \in \mathbb R$; tried at $t \in \{1\}$". Empty without variables.
std::string quantified(const ClaimEntry& e);
/// See verify_report.hpp.
std::string verdict_word(const ClaimEntry& e);
/// "expected", "unexpected", … and how many claims have it, in the order of ClaimVerdict::Outcome,
/// without those that no claim has.
std::vector<std::pair<std::string, size_t>> outcome_counts(const Document& d);
/// For each case on which engine and checker contradict each other: the case, and what each finds.
std::vector<std::string> contradictions(const ClaimEntry& e);
/// "12 accepted", "11 accepted, 1 rejected"; "–" without certificates.
std::string certificate_counts(const ClaimEntry& e);
/// A word of a command, in quotes where the shell would not leave it as it is.
std::string shell_word(const std::string& text);
/// What to type to see this again: the claim on the shown case, or on all cases.
std::string reproduce_command(const Document& d, const ClaimEntry& e);
/// In a sentence: "On the case remark1-border with θ = 5, … is false: left = …, right = …."
std::string reason_sentence(const ShownCase& s);

}  // namespace istcheck
