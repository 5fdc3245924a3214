#include "claim/latex.hpp"
#include "claim/printer.hpp"
#include "report/advice.hpp"
#include "report/json.hpp"
#include "report/mixed_text.hpp"
#include "report/proof_links.hpp"
#include "report/readable.hpp"
#include "report/report_writers.hpp"
#include "report/verify_report.hpp"

namespace istcheck {
namespace {

using claim::Scalar;

/// {"exact": …, "decimal": …, "rounded": …}, and with "short" six digits for tables; exact is null
/// for an expression that is known by its enclosures only.
void number(JsonWriter& json, const std::optional<Scalar>& s, bool with_short = true) {
  constexpr int kDigits = 12, kShort = 6;
  if (!s) {
    json.null();
    return;
  }
  const Scalar known = claim::simplified(*s);
  json.begin_object().key("exact");
  if (known.surd() != nullptr) {
    json.number(*known.surd());
  } else if (known.algebraic() != nullptr) {
    json.number(*known.algebraic());
  } else {
    json.null();
  }
  json.key("decimal").text(claim::decimal(*s, kDigits));
  json.key("rounded").boolean(!claim::decimal_is_exact(*s, kDigits));
  if (with_short) json.key("short").text(claim::marked_decimal(*s, kShort, "≈ "));
  json.end_object();
}

void formula(JsonWriter& json, const std::string& latex, const std::string& text) {
  json.begin_object().key("latex").text(latex).key("text").text(text).end_object();
}

/// Words and formulas in turn: {"text": …} and {"math": …}.
void mixed(JsonWriter& json, const MixedText& parts) {
  json.begin_array();
  for (const auto& part : parts)
    json.begin_object().key(part.math ? "math" : "text").text(part.text).end_object();
  json.end_array();
}

void statements(JsonWriter& json, const std::vector<claim::Statement>& list) {
  json.begin_array();
  for (const auto& s : list) formula(json, claim::to_latex(*s.value), claim::to_text(*s.value));
  json.end_array();
}

void write_statement(JsonWriter& json, const ClaimEntry& e) {
  const claim::Claim& c = *e.claim;
  json.key("settings");
  json.texts(setting_texts(c));
  json.key("setting");
  mixed(json, dollar_text(claim::setting_latex(c)));
  json.key("quantifier").text(quantifier(e)).key("tried").begin_array();
  if (e.verdict.scope() == claim::Scope::tried)
    for (const auto& v : c.variables) json.text(claim::tried_latex(v));
  json.end_array().key("variables").begin_array();
  for (const auto& v : c.variables) json.text(claim::to_latex(v));
  json.end_array().key("hypotheses");
  statements(json, c.hypotheses);
  json.key("conclusions");
  statements(json, c.conclusions);
  json.key("definitions").begin_array();
  for (const auto& d : c.definitions) {
    formula(json, claim::name_latex(d.name) + " = " + claim::to_latex(*d.value),
            d.name + " = " + claim::to_text(*d.value));
  }
  json.end_array();
}

std::string why_word(ShownCase::Why why) {
  switch (why) {
    case ShownCase::Why::tight:
      return "tight";
    case ShownCase::Why::violated:
      return "violated";
    case ShownCase::Why::excluded:
      return "excluded";
    case ShownCase::Why::ill_defined:
      return "ill-defined";
    case ShownCase::Why::undecided:
      return "undecided";
  }
  return "";
}

void write_shown(JsonWriter& json, const ShownCase& s) {
  json.begin_object().key("why").text(why_word(s.why)).key("case").text(s.verdict.case_name);
  json.key("statement");
  if (s.verdict.statement.empty()) {
    json.null();
  } else {
    formula(json, expression_latex(s.verdict.statement), s.verdict.statement);
  }
  json.key("values");
  json.texts(assignments_latex(s.verdict.values));
  json.key("reason");
  mixed(json, mixed_text(reason_sentence(s)));
  json.key("margin");
  number(json, s.verdict.margin);
  json.key("tightness");
  number(json, s.verdict.ratio);
  json.key("hypotheses").begin_array();
  for (const auto& h : s.hypotheses) {
    json.begin_object().key("formula");
    formula(json, h.formula.latex, h.formula.text);
    json.key("is").text(h.is == claim::Truth::Is::yes  ? "true"
                        : h.is == claim::Truth::Is::no ? "false"
                                                       : "undecided");
    json.key("values");
    mixed(json, mixed_text(h.sides));
    json.end_object();
  }
  json.end_array().end_object();
}

void write_case_verdict(JsonWriter& json, const claim::CaseVerdict& c) {
  json.begin_object().key("case").text(c.case_name);
  json.key("verdict").text(claim::to_string(c.verdict)).key("scope");
  write_scope(json, c.scope);
  json.key("says").text(scoped_word(c)).key("margin");
  number(json, c.margin);
  json.key("tightness");
  number(json, c.ratio);
  json.key("values").text(c.values).key("sides").text(c.sides).key("reason").text(c.reason);
  json.key("choices").integer(Integer(c.tried.size()));
  json.key("vacuous_choices").integer(Integer(c.vacuous_choices));
  json.key("contradiction").text(c.contradiction);
  json.key("seconds").floating(c.seconds).end_object();
}

void write_attachments(JsonWriter& json, const std::vector<Attachment>& list) {
  json.begin_array();
  for (const auto& a : list) {
    json.begin_object().key("answer").text(a.answer).key("file").text(a.file);
    json.key("summary").text(a.summary).key("command").text(a.command);
    json.key("detail").text(a.detail).key("shown");
    mixed(json, mixed_text(a.summary));
    json.end_object();
  }
  json.end_array();
}

std::string style_word(Series::Style style) {
  switch (style) {
    case Series::Style::line:
      return "line";
    case Series::Style::dashed:
      return "dashed";
    case Series::Style::points:
      return "points";
    case Series::Style::level:
      return "level";
  }
  return "";
}

void write_figures(JsonWriter& json, const std::vector<Figure>& figures) {
  json.begin_array();
  for (const auto& f : figures) {
    json.begin_object().key("id").text(f.id).key("title").text(readable(f.title));
    json.key("caption")
        .text(readable(f.caption))
        .key("left")
        .text(f.left)
        .key("kind")
        .text(f.cells ? "cells" : "lines");
    json.key("relative").boolean(f.relative);
    json.key("x").begin_object().key("label").text(f.x_label).key("log").boolean(f.x_log);
    json.end_object().key("y").begin_object().key("label").text(f.y_label);
    json.key("log").boolean(f.y_log).end_object().key("series").begin_array();
    for (const auto& s : f.series) {
      json.begin_object().key("name").text(s.name).key("style").text(style_word(s.style));
      json.key("points").begin_array();
      for (const auto& [x, y] : s.points) {
        json.begin_array();
        number(json, x, false);
        number(json, y, false);
        json.end_array();
      }
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

void write_claim(JsonWriter& json, const Document& d, const ClaimEntry& e) {
  const claim::Claim& c = *e.claim;
  json.begin_object().key("claim").text(c.id).key("title").text(readable(c.title)).key("rows");
  json.texts(e.rows);
  json.key("paper")
      .text(c.paper)
      .key("equation")
      .text(c.equation)
      .key("note")
      .text(readable(c.note));
  json.key("repairs").text(c.repairs).key("repaired_by");
  json.texts(e.repaired_by);
  json.key("expect").text(c.expectation == claim::Expectation::holds ? "holds" : "refuted");
  json.key("because").text(readable(c.reason)).key("loose").text(readable(c.loose));
  write_statement(json, e);
  json.key("source").text(claim::to_text(c));
  json.key("verdict")
      .text(plain_verdict(e.verdict))
      .key("outcome")
      .text(to_string(e.verdict.outcome()));
  json.key("scope");
  write_scope(json, e.verdict.scope());
  json.key("on").text(case_counts(e.verdict));
  json.key("error").text(e.verdict.error).key("margin");
  number(json, e.verdict.least_margin());
  json.key("tightness");
  number(json, e.verdict.best_ratio());
  json.key("bounds").begin_array();
  const auto bounds = e.verdict.bounds();
  for (size_t k = 0; k < bounds.size(); ++k) {
    json.begin_object().key("conclusion");
    formula(json, claim::to_latex(*c.conclusions[k].value), bounds[k].statement);
    json.key("margin");
    number(json, bounds[k].margin);
    json.key("tightness");
    number(json, bounds[k].ratio);
    json.end_object();
  }
  json.end_array().key("seconds").floating(e.verdict.seconds);
  write_proofs(json, c, e.readings);
  json.key("row_proof");
  if (e.proof) {
    json.begin_object().key("status").text(e.proof->status).key("theorems");
    json.texts(e.proof->theorems);
    json.key("remark").text(readable(e.proof->remark)).end_object();
  } else {
    json.null();
  }
  json.key("certificates");
  write_attachments(json, e.certificates);
  json.key("searches");
  write_attachments(json, e.searches);
  json.key("reproduce").text(reproduce_command(d, e)).key("shown").begin_array();
  for (const auto& s : e.shown) write_shown(json, s);
  json.end_array().key("cases").begin_array();
  for (const auto& one : e.verdict.cases) write_case_verdict(json, one);
  json.end_array().key("does_not_fit");
  json.texts(e.verdict.unfit);
  json.key("figures");
  write_figures(json, e.figures);
  json.end_object();
}

void write_case(JsonWriter& json, const CaseEntry& e) {
  const Case& c = e.data;
  json.begin_object().key("case").text(c.name).key("path").text(e.path);
  json.key("n").integer(Integer(c.n())).key("d").integer(Integer(c.d()));
  json.key("sketch").text(kind_of(c.sketch)).key("method").text(name_of(c.method));
  json.key("local_steps").integer(Integer(c.method.local_steps)).key("step").number(step_of(c));
  json.key("workers").begin_array();
  for (const auto& w : workers_of(c)) {
    json.begin_object().key("L").matrix<Surd>(w.L).key("b").vector<Surd>(w.b);
    json.end_object();
  }
  json.end_array().key("outcomes");
  if (const auto* table = std::get_if<TableSketch>(&c.sketch)) {
    json.begin_array();
    for (const auto& o : table->outcomes) {
      json.begin_object().key("weight").number(o.weight).key("C").begin_array();
      for (const auto& one : o.C) json.matrix<Rational>(one);
      json.end_array().end_object();
    }
    json.end_array();
  } else {
    json.null();
  }
  json.key("analysis");
  write_findings(json, e.analysis);
  json.key("advice");
  write_findings(json, e.advice);
  json.key("figures");
  write_figures(json, e.figures);
  json.end_object();
}

}  // namespace

void write_findings(JsonWriter& json, const std::vector<Finding>& findings) {
  json.begin_array();
  for (const auto& f : findings) {
    json.begin_object().key("name").text(f.name).key("text").text(f.text).key("value");
    number(json, f.value);
    json.end_object();
  }
  json.end_array();
}

std::string report_json(const Document& d, bool compact) {
  JsonWriter json(compact ? JsonWriter::Layout::compact : JsonWriter::Layout::indented);
  json.begin_object().key("format").text("istcheck report 1").key("title").text(d.title);
  json.key("version").text(d.version).key("partial").text(d.partial);
  json.key("opening");
  json.texts(d.opening);
  json.key("outcomes").begin_object();
  for (const auto& [word, count] : outcome_counts(d)) json.key(word).integer(Integer(count));
  json.end_object().key("claims").begin_array();
  for (const auto& e : d.claims) write_claim(json, d, e);
  json.end_array().key("cases").begin_array();
  for (const auto& c : d.cases) write_case(json, c);
  json.end_array().key("figures");
  write_figures(json, d.figures);
  json.end_object();
  return json.str();
}

}  // namespace istcheck
