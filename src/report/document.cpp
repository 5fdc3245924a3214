#include "report/document.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "claim/check.hpp"
#include "claim/latex.hpp"
#include "claim/printer.hpp"
#include "report/verify_report.hpp"

namespace istcheck {

using claim::CaseVerdict;
using claim::ClaimVerdict;
using claim::Verdict;

namespace {

/// Small problems and short witnesses are read first.
size_t reading_length(const CaseVerdict& c) { return c.values.size() + c.sides.size(); }

const CaseVerdict* shortest(const ClaimVerdict& v,
                            const std::function<bool(const CaseVerdict&)>& take) {
  const CaseVerdict* best = nullptr;
  for (const auto& c : v.cases) {
    if (take(c) && (best == nullptr || reading_length(c) < reading_length(*best))) best = &c;
  }
  return best;
}

/// The case that comes nearest to equality, the shortest among equals.
const CaseVerdict* tightest(const ClaimVerdict& v) {
  const auto best = v.best_ratio();
  const auto holds = [](const CaseVerdict& c) { return c.verdict == Verdict::holds; };
  const CaseVerdict* found = shortest(v, [&](const CaseVerdict& c) {
    return holds(c) && best && c.ratio && claim::to_string(*c.ratio) == claim::to_string(*best);
  });
  return found != nullptr ? found : shortest(v, holds);
}

/// The hypotheses where the verdict was found: the claim is judged again, and looked at when its
/// variables have the values that the verdict names.
std::vector<HypothesisValue> hypotheses_at(const claim::Claim& c, const Case* one,
                                           const CaseVerdict& verdict,
                                           claim::EvaluationOptions options) {
  std::vector<HypothesisValue> out;
  if (c.hypotheses.empty()) return out;
  options.every_value = verdict.found.has_value();
  const Verdict there = verdict.unreached ? Verdict::vacuous : verdict.verdict;
  claim::judge(c, one, options, [&](claim::Evaluator& evaluator, Verdict here) {
    std::string values;
    for (const auto& v : c.variables) {
      values += (values.empty() ? "" : ", ") + v.name + " = " +
                claim::to_string(evaluator.variables().at(v.name));
    }
    if (!out.empty() || here != there || values != verdict.values) return;
    for (const auto& h : c.hypotheses) {
      HypothesisValue value;
      value.formula = {claim::to_latex(*h.value), claim::to_text(*h.value)};
      try {
        const claim::Truth t = evaluator.truth(*h.value);
        value.is = t.is;
        value.sides = t.undecided() ? t.reason : t.sides;
      } catch (const claim::Undefined& u) {
        value.is = claim::Truth::Is::undecided;
        value.sides = u.what();
      }
      out.push_back(std::move(value));
    }
  });
  return out;
}

std::vector<std::string> fields(const std::string& line, char separator) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, separator);) out.push_back(field);
  return out;
}

ClaimEntry* entry_named(std::vector<ClaimEntry>& entries, const std::string& id) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const ClaimEntry& e) { return e.claim->id == id; });
  return found == entries.end() ? nullptr : &*found;
}

std::vector<ShownCase> shown_cases(const ClaimVerdict& v, const std::vector<Case>& cases,
                                   const claim::EvaluationOptions& options, bool judge_again) {
  using Why = ShownCase::Why;
  const auto with = [&](Verdict wanted) {
    return shortest(v, [&](const CaseVerdict& c) { return c.verdict == wanted && !c.unreached; });
  };
  // Rather a case on which a hypothesis is false than one without a value to look at.
  const CaseVerdict* excluded = shortest(v, [](const CaseVerdict& c) {
    return (c.verdict == Verdict::vacuous || c.unreached) && c.vacuous_choices > 0;
  });
  if (excluded == nullptr)
    excluded = shortest(
        v, [](const CaseVerdict& c) { return c.verdict == Verdict::vacuous || c.unreached; });
  std::vector<ShownCase> out;
  for (const auto& [why, verdict] :
       {std::pair(Why::violated, with(Verdict::violated)), std::pair(Why::tight, tightest(v)),
        std::pair(Why::excluded, excluded), std::pair(Why::ill_defined, with(Verdict::ill_defined)),
        std::pair(Why::undecided, with(Verdict::undecided))}) {
    if (verdict == nullptr) continue;
    const auto one =
        std::find_if(cases.begin(), cases.end(),
                     [&, name = verdict->case_name](const Case& c) { return c.name == name; });
    out.push_back({why, *verdict, {}});
    if (judge_again)
      out.back().hypotheses =
          hypotheses_at(*v.claim, one == cases.end() ? nullptr : &*one, *verdict, options);
    out.back().verdict.tried.clear();
  }
  return out;
}

}  // namespace

const CaseEntry* Document::case_named(const std::string& name) const {
  const auto found = std::find_if(cases.begin(), cases.end(),
                                  [&](const CaseEntry& c) { return c.data.name == name; });
  return found == cases.end() ? nullptr : &*found;
}

std::vector<ClaimEntry> claim_entries(const std::vector<ClaimVerdict>& verdicts,
                                      const std::vector<Case>& cases,
                                      const claim::EvaluationOptions& options, bool judge_again) {
  std::vector<ClaimEntry> entries;
  for (const auto& v : verdicts) {
    ClaimEntry e;
    e.claim = v.claim;
    e.verdict = v;
    if (v.error.empty()) e.shown = shown_cases(v, cases, options, judge_again);
    entries.push_back(std::move(e));
  }
  for (const auto& e : entries) {
    if (ClaimEntry* printed = entry_named(entries, e.claim->repairs))
      printed->repaired_by.push_back(e.claim->id);
  }
  return entries;
}

std::vector<std::string> opening_sentences(const std::vector<ClaimEntry>& entries,
                                           const std::vector<Case>& cases) {
  const auto counted = [](size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
  };
  size_t all = 0, tried = 0, refuted = 0;
  Index workers = 0, coordinates = 0;  // of the largest of the smallest counterexamples
  for (const auto& e : entries) {
    if (e.verdict.outcome() != ClaimVerdict::Outcome::expected) continue;
    if (e.claim->expectation == claim::Expectation::holds) {
      ++(e.verdict.scope() == claim::Scope::tried ? tried : all);
      continue;
    }
    ++refuted;
    Index n = 0, d = 0;
    for (const auto& v : e.verdict.cases) {
      const auto c = std::find_if(cases.begin(), cases.end(),
                                  [&](const Case& one) { return one.name == v.case_name; });
      if (v.verdict != claim::Verdict::violated || c == cases.end()) continue;
      if (n == 0 || c->n() * c->d() < n * d) n = c->n(), d = c->d();
    }
    if (n * d > workers * coordinates) workers = n, coordinates = d;
  }
  std::vector<std::string> sentences;
  if (all + tried > 0) {
    const std::string whole = "for all values of their variables on every case";
    sentences.push_back(counted(all + tried, "claim holds", "claims hold") +
                        (tried == 0 ? " " + whole + "."
                                    : ", " + std::to_string(all) + " of them " + whole +
                                          ", the others on some cases only at the values tried."));
  }
  if (refuted > 0) {
    std::string sentence = counted(refuted, "claim is", "claims are") + " false";
    if (workers > 0)
      sentence += ", each on a case of at most " +
                  counted(static_cast<size_t>(workers), "worker", "workers") + " and " +
                  counted(static_cast<size_t>(coordinates), "coordinate", "coordinates") +
                  ", on a family of its own or by numbers alone";
    sentences.push_back(sentence + ".");
  }
  return sentences;
}

void add_rows(std::vector<ClaimEntry>& entries, const std::string& rows_tsv) {
  for (const auto& line : fields(rows_tsv, '\n')) {
    const auto row = fields(line, '\t');
    if (row.size() < 2 || line.front() == '#') continue;
    for (const auto& id : fields(row[1], ' ')) {
      ClaimEntry* e = entry_named(entries, id);
      if (e != nullptr && e->shipped) e->rows.push_back(row[0]);
    }
  }
}

void add_proofs(std::vector<ClaimEntry>& entries, const std::string& links_tsv) {
  for (const auto& line : fields(links_tsv, '\n')) {
    const auto row = fields(line, '\t');
    if (row.size() < 3 || row[0] == "claim") continue;
    for (auto& e : entries) {
      if (!e.shipped) continue;
      const bool own = e.claim->id == row[0];
      if (own || (!e.rows.empty() && e.rows.front() == row[0] && !e.proof))
        e.proof = RowProof{row[1], row[2] == "-" ? std::vector<std::string>{} : fields(row[2], ','),
                           row.size() > 3 ? row[3] : ""};
    }
  }
}

void add_readings(std::vector<ClaimEntry>& entries, const std::vector<Reading>& readings) {
  for (const Reading& r : readings) {
    ClaimEntry* e = entry_named(entries, r.claim);
    if (e != nullptr && e->shipped) e->readings.push_back(r);
  }
}

std::string quantifier(const ClaimEntry& e) {
  return e.verdict.scope() == claim::Scope::all ? "For all " : "Claimed of every ";
}

std::string quantified(const ClaimEntry& e) {
  const auto& variables = e.claim->variables;
  const auto listed = [&](const auto& latex) {
    std::string out;
    for (const auto& v : variables) out += (out.empty() ? "$" : ", $") + latex(v) + "$";
    return out;
  };
  if (variables.empty()) return "";
  std::string out =
      quantifier(e) + listed([](const claim::Variable& v) { return claim::to_latex(v); });
  if (e.verdict.scope() == claim::Scope::tried) out += "; tried at " + listed(claim::tried_latex);
  return out;
}

std::string verdict_word(const ClaimEntry& e) { return verdict_word(e.verdict); }

std::vector<std::string> contradictions(const ClaimEntry& e) {
  std::vector<std::string> out;
  for (const auto& c : e.verdict.cases)
    if (!c.contradiction.empty()) out.push_back(c.case_name + ": " + c.contradiction);
  return out;
}

std::vector<std::pair<std::string, size_t>> outcome_counts(const Document& d) {
  using Outcome = ClaimVerdict::Outcome;
  std::vector<std::pair<std::string, size_t>> out;
  for (const Outcome o : {Outcome::expected, Outcome::unexpected, Outcome::undecided,
                          Outcome::unsupported, Outcome::error}) {
    const auto count = std::count_if(d.claims.begin(), d.claims.end(),
                                     [&](const ClaimEntry& e) { return e.verdict.outcome() == o; });
    if (count > 0) out.emplace_back(to_string(o), static_cast<size_t>(count));
  }
  return out;
}

std::string certificate_counts(const ClaimEntry& e) {
  std::string out;
  for (const std::string word : {"accepted", "rejected", "incomplete"}) {
    const auto count = std::count_if(e.certificates.begin(), e.certificates.end(),
                                     [&](const Attachment& a) { return a.answer == word; });
    if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + word;
  }
  return out.empty() ? "–" : out;
}

std::string shell_word(const std::string& text) {
  const bool plain =
      !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c >= 0x80 ||
               std::string("-_./+:,@%").find(static_cast<char>(c)) != std::string::npos;
      });
  if (plain) return text;
  std::string out = text[0] == '-' ? "'./" : "'";  // a path, and no option
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string reproduce_command(const Document& d, const ClaimEntry& e) {
  std::string command = "istcheck verify " + e.claim->id;
  if (!e.file.empty()) command += " --claims " + shell_word(e.file);
  if (e.shown.empty()) return command + d.cases_again;
  const CaseEntry* one = d.case_named(e.shown.front().verdict.case_name);
  if (one != nullptr && !one->path.empty()) command += " --case " + shell_word(one->path);
  return command + " --details";
}

std::string reason_sentence(const ShownCase& s) {
  const CaseVerdict& c = s.verdict;
  const std::string where = c.case_name == "(no case)"  ? "Without a case"
                            : c.case_name == "(family)" ? "On its own family"
                                                        : "On the case " + c.case_name;
  switch (s.why) {
    case ShownCase::Why::violated:
      return where +
             (s.hypotheses.empty() ? " the conclusion is false: "
                                   : " every hypothesis is true and the conclusion is false: ") +
             c.sides + ".";
    case ShownCase::Why::tight:
      return where + " the claim " + scoped_word(c) +
             (c.sides.empty() ? "." : ": " + c.sides + ".");
    case ShownCase::Why::excluded:
    case ShownCase::Why::ill_defined:
    case ShownCase::Why::undecided:
      return where + ": " + c.reason + ".";
  }
  return "";
}

}  // namespace istcheck
