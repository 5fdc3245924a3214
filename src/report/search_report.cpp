#include "report/search_report.hpp"

#include <algorithm>
#include <map>

#include "claim/printer.hpp"
#include "input/case_file.hpp"
#include "report/document.hpp"
#include "report/json.hpp"
#include "report/text.hpp"
#include "report/verify_report.hpp"

namespace istcheck {

using search::Answer;
using search::Counterexample;

namespace {

std::string indented(const std::string& text, const std::string& by) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    out += by + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& p : parts) out += (out.empty() ? "" : ", ") + p;
  return out;
}

std::string probe_text(const search::Probe& p) {
  if (p.free()) return p.input + " = " + p.value + ": free; also with " + joined(p.kept);
  std::string text = p.input + " = " + p.value + ": lost at " + joined(p.lost);
  return p.kept.empty() ? text : text + "; kept at " + joined(p.kept);
}

/// The file of the counterexample, or what it is to be called when it was not written.
std::string case_file(const SearchAnswer& a) {
  return a.file.empty() ? a.result.counterexample->c.name + ".toml" : a.file;
}

bool to_be_saved(const SearchAnswer& a) {
  return a.result.counterexample->has_case && a.file.empty();
}

std::string reproduce(const SearchAnswer& a) {
  std::string command = "istcheck verify " + a.claim->id;
  if (!a.claims.empty()) command += " --claims " + shell_word(a.claims);
  if (a.result.counterexample->has_case) command += " --case " + shell_word(case_file(a));
  return command + " --details";
}

/// "hypothesis: … | left = …, right = …".
std::string evaluated_text(const search::Evaluated& e) {
  return e.label + (e.holds ? " (true): " : " (false): ") + e.statement +
         (e.sides.empty() ? "" : "\n  " + e.sides);
}

std::string counterexample_text(const SearchAnswer& a) {
  const Counterexample& x = *a.result.counterexample;
  std::string out = "statement: " + a.claim->title + "\n";
  out += indented(claim::to_text(*a.claim), "  ");
  out += "found by " + x.found_by + "\nsize: " + x.shape + "\nwhy: " + x.why + "\n";
  for (const auto& e : x.statements) out += evaluated_text(e) + "\n";
  if (x.verdict.margin) out += "gap: " + shown(x.verdict.margin) + "\n";
  if (x.has_case) out += "configuration:\n" + indented(write_case(x.c), "  ");
  if (!x.probes.empty()) out += "inputs, one changed at a time:\n";
  for (const auto& p : x.probes) out += "  " + probe_text(p) + "\n";
  if (!x.history.empty()) out += "shrunk in " + std::to_string(x.history.size()) + " steps:\n";
  for (const auto& h : x.history) out += "  " + h + "\n";
  if (to_be_saved(a))
    out += "save the configuration as " + case_file(a) + " (or search with --write DIR), then\n";
  return out + "reproduce: " + reproduce(a) + "\n";
}

bool speaks_of_domain(Answer a) { return a == Answer::proved || a == Answer::unsat_uncertified; }

std::string verdict_line(const SearchAnswer& a) {
  std::string out = search::to_string(a.result.answer);
  if (a.result.excluded) {
    out += " (" + domain_text(a.result) + ")";
  } else if (speaks_of_domain(a.result.answer)) {
    out += " for " + domain_text(a.result);
  }
  if (!a.result.no_case.empty()) out += " (" + a.result.no_case + ")";
  if (!a.as_expected()) out += a.undecided() ? ", undecided" : ", NOT as expected";
  if (a.result.interrupted) out += ", interrupted";
  return out;
}

/// Of what a proof speaks (docs/semantics.md 15.3).
std::string proof_domain(const search::ShapeProof& p) {
  const bool said = p.shape && (p.proof.proved() || p.proof.excluded);
  return said ? check::domain_of(p.proof.found, *p.shape) : p.name;
}

/// "proved for all configurations with n = 2, …: 17 steps, accepted by the checker's rules".
std::string proof_line(const search::ShapeProof& p) {
  const std::string about = (p.shape ? "all configurations with " : "") + proof_domain(p);
  if (!p.proof.proved() && p.proof.excluded) return "the hypotheses exclude " + about;
  if (!p.proof.proved()) return "no proof for " + about + ": " + p.proof.reason;
  std::string out = p.proof.excluded ? "the hypotheses exclude " + about : "proved for " + about;
  return out + ": " + std::to_string(p.proof.steps.size()) +
         " steps, accepted by the checker's rules";
}

/// One line for each method, or with details one for each method and space.
std::string tried_text(const SearchAnswer& a, bool details) {
  std::string out;
  std::map<std::string, std::pair<size_t, size_t>> by_method;  // points, spaces
  for (const auto& t : a.result.attempts) {
    if (t.points == 0) continue;
    by_method[t.method].first += t.points;
    by_method[t.method].second += 1;
    if (!details) continue;
    out += "  " + t.method + " on " + t.space + ": " + std::to_string(t.points) + " points, " +
           t.outcome + "\n";
  }
  for (const auto& [method, sums] : by_method) {
    if (!details)
      out += "  " + method + ": " + std::to_string(sums.first) + " points in " +
             std::to_string(sums.second) + " spaces\n";
  }
  for (const auto& p : a.result.proofs)
    if (details || p.proof.proved() || p.proof.excluded) out += "  " + proof_line(p) + "\n";
  for (const auto& s : a.result.solver_answers) {
    out += "  " + s.solver + " (" + s.encoding + ") on " + s.space + ": " + s.answer + ", " +
           seconds_text(s.seconds) + (s.note.empty() ? "" : " (" + s.note + ")") + "\n";
  }
  return out;
}

}  // namespace

bool SearchAnswer::as_expected() const {
  const bool refuted = result.answer == Answer::refuted;
  return refuted == (claim->expectation == claim::Expectation::refuted) &&
         result.rejected.empty() && result.no_case.empty();
}

bool SearchAnswer::undecided() const {
  return result.rejected.empty() && result.answer != Answer::refuted &&
         (claim->expectation == claim::Expectation::refuted || !result.no_case.empty());
}

std::string search_text(const std::vector<SearchAnswer>& answers, bool details) {
  size_t width = 0;
  for (const auto& a : answers) width = std::max(width, a.claim->id.size());
  std::string out;
  for (const auto& a : answers) {
    out += a.claim->id + std::string(width - a.claim->id.size() + 2, ' ') + verdict_line(a) + "  " +
           std::to_string(a.result.judged) + " configurations judged, " +
           seconds_text(a.result.seconds) + "\n";
    for (const auto& r : a.result.rejected) out += "  REJECTED: " + r + "\n";
    if (a.result.answer == Answer::ill_defined)
      out += "  it has no value here:\n" + indented(a.result.ill_defined, "    ");
    if (a.result.counterexample) out += indented(counterexample_text(a), "    ");
    if (details || a.result.answer != Answer::refuted) out += tried_text(a, details);
  }
  return out;
}

std::string search_markdown(const std::vector<SearchAnswer>& answers) {
  std::string out;
  for (const auto& a : answers) {
    out += "## " + a.claim->id + ": " + verdict_line(a) + "\n\n" + a.claim->title + " (" +
           a.claim->paper + " " + a.claim->equation + ").\n\n```\n" + claim::to_text(*a.claim) +
           "```\n\n";
    if (!a.result.counterexample) {
      if (a.result.answer == Answer::ill_defined)
        out += "It has no value here:\n\n```\n" + a.result.ill_defined + "\n```\n\n";
      out += "Tried, without a counterexample:\n\n" + tried_text(a, false) + "\n";
      continue;
    }
    const Counterexample& x = *a.result.counterexample;
    out += x.why + ".\n\n";
    if (x.has_case) out += "```toml\n" + write_case(x.c) + "```\n\n";
    out += "| statement | value | true |\n|---|---|---|\n";
    for (const auto& e : x.statements) {
      out += "| " + e.label + ": `" + e.statement + "` | " + e.sides + " | " +
             (e.holds ? "yes" : "**no**") + " |\n";
    }
    if (x.verdict.margin) out += "\nGap: " + shown(x.verdict.margin) + ".\n";
    if (!x.probes.empty()) out += "\nInputs, one changed at a time:\n\n";
    for (const auto& p : x.probes) out += "- " + probe_text(p) + "\n";
    if (!x.history.empty()) out += "\nShrunk from what " + x.found_by + " found:\n\n";
    for (const auto& h : x.history) out += "1. " + h + "\n";
    out += to_be_saved(a) ? "\nSave the case as `" + case_file(a) + "` and reproduce with `"
                          : "\nReproduce with `";
    out += reproduce(a) + "`.\n\n";
  }
  return out;
}

namespace {

void write_counterexample(JsonWriter& json, const SearchAnswer& a) {
  const Counterexample& x = *a.result.counterexample;
  json.begin_object().key("found_by").text(x.found_by).key("shape").text(x.shape);
  json.key("why").text(x.why).key("case");
  if (x.has_case) {
    json.text(write_case(x.c));
  } else {
    json.null();
  }
  json.key("file").text(a.file).key("values").text(x.verdict.values);
  json.key("gap").text(x.verdict.margin ? claim::to_string(*x.verdict.margin) : "");
  json.key("statements").begin_array();
  for (const auto& e : x.statements) {
    json.begin_object().key("label").text(e.label).key("statement").text(e.statement);
    json.key("sides").text(e.sides).key("true").boolean(e.holds).end_object();
  }
  json.end_array().key("inputs").begin_array();
  const auto list = [&](const char* name, const std::vector<std::string>& values) {
    json.key(name).begin_array();
    for (const auto& v : values) json.text(v);
    json.end_array();
  };
  for (const auto& p : x.probes) {
    json.begin_object().key("input").text(p.input).key("value").text(p.value);
    json.key("free").boolean(p.free());
    list("kept", p.kept);
    list("lost", p.lost);
    json.end_object();
  }
  json.end_array();
  list("history", x.history);
  json.key("reproduce").text(reproduce(a)).end_object();
}

}  // namespace

std::string domain_text(const search::Result& r) {
  const std::string domain = to_string(r.domain);
  if (r.excluded) return "the hypotheses exclude every configuration of " + domain;
  return speaks_of_domain(r.answer) ? domain : "";
}

std::string search_json(const std::vector<SearchAnswer>& answers) {
  JsonWriter json;
  json.begin_object().key("claims").begin_array();
  for (const auto& a : answers) {
    json.begin_object().key("claim").text(a.claim->id).key("title").text(a.claim->title);
    json.key("expected")
        .text(a.claim->expectation == claim::Expectation::holds ? "holds" : "refuted");
    json.key("answer").text(search::to_string(a.result.answer));
    json.key("as_expected").boolean(a.as_expected());
    json.key("domain").text(domain_text(a.result)).key("excluded").boolean(a.result.excluded);
    json.key("shapes");
    json.texts(a.result.domain.shapes);
    json.key("assumed");
    json.texts(a.result.domain.assumed);
    json.key("sampled");
    json.texts(a.result.domain.sampled);
    json.key("no_value").text(a.result.answer == Answer::ill_defined ? a.result.ill_defined : "");
    json.key("no_case").text(a.result.no_case);
    json.key("interrupted").boolean(a.result.interrupted);
    json.key("judged").integer(Integer(a.result.judged));
    json.key("seconds").floating(a.result.seconds).key("counterexample");
    if (a.result.counterexample) {
      write_counterexample(json, a);
    } else {
      json.null();
    }
    json.key("rejected").begin_array();
    for (const auto& r : a.result.rejected) json.text(r);
    json.end_array().key("proofs").begin_array();
    for (const auto& p : a.result.proofs) {
      json.begin_object().key("shape").text(p.name).key("proved").boolean(p.proof.proved());
      json.key("domain").text(p.proof.proved() || p.proof.excluded ? proof_domain(p) : "");
      json.key("excluded").boolean(p.proof.excluded).key("reason").text(p.proof.reason);
      json.key("steps").integer(Integer(p.proof.proved() ? p.proof.steps.size() : 0)).end_object();
    }
    json.end_array().key("attempts").begin_array();
    for (const auto& t : a.result.attempts) {
      json.begin_object().key("method").text(t.method).key("space").text(t.space);
      json.key("points").integer(Integer(t.points)).key("outcome").text(t.outcome).end_object();
    }
    json.end_array().key("solvers").begin_array();
    for (const auto& s : a.result.solver_answers) {
      json.begin_object().key("solver").text(s.solver).key("encoding").text(s.encoding);
      json.key("space").text(s.space).key("answer").text(s.answer);
      json.key("file").text(s.file).key("note").text(s.note);
      json.key("whole").boolean(s.whole).key("seconds").floating(s.seconds).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.str();
}

}  // namespace istcheck
