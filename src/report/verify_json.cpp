#include "claim/printer.hpp"
#include "report/json.hpp"
#include "report/proof_links.hpp"
#include "report/verify_report.hpp"

namespace istcheck {
namespace {

using claim::CaseVerdict;
using claim::ClaimVerdict;

void write_number(JsonWriter& json, const std::optional<claim::Scalar>& held) {
  const auto s = held ? std::optional(claim::simplified(*held)) : std::nullopt;
  if (!s) {
    json.null();
  } else if (s->surd() != nullptr) {
    json.number(*s->surd());
  } else if (s->algebraic() != nullptr) {
    json.number(*s->algebraic());
  } else {
    json.begin_object().key("decimal").text(claim::decimal(*s)).end_object();
  }
}

/// Of a case or of one of its conclusions.
template <class Bounds>
void write_bounds(JsonWriter& json, const Bounds& b) {
  json.key("margin");
  write_number(json, b.margin);
  json.key("tightness");
  write_number(json, b.ratio);
  json.key("margin_scope");
  write_scope(json, b.margin_scope);
  json.key("tightness_scope");
  write_scope(json, b.ratio_scope);
}

void write_case(JsonWriter& json, const CaseVerdict& c) {
  json.begin_object();
  json.key("case").text(c.case_name).key("verdict").text(claim::to_string(c.verdict));
  json.key("scope");
  write_scope(json, c.scope);
  write_bounds(json, c);
  json.key("conclusions").begin_array();
  for (const auto& one : c.conclusions) {
    json.begin_object().key("statement").text(one.statement);
    write_bounds(json, one);
    json.end_object();
  }
  json.end_array();
  json.key("statement").text(c.statement).key("values").text(c.values);
  json.key("sides").text(c.sides).key("reason").text(c.reason);
  json.key("tried");
  json.texts(c.tried);
  json.key("vacuous_choices").integer(Integer(c.vacuous_choices));
  json.key("not_tried");
  json.texts(c.skipped);
  json.key("contradiction").text(c.contradiction);
  json.key("seconds").floating(c.seconds).end_object();
}

void write_claim(JsonWriter& json, const ClaimVerdict& v) {
  const claim::Claim& c = *v.claim;
  json.begin_object();
  json.key("claim").text(c.id).key("title").text(c.title);
  json.key("paper").text(c.paper).key("equation").text(c.equation);
  json.key("repairs").text(c.repairs);
  write_proofs(json, c);
  json.key("expect").text(c.expectation == claim::Expectation::holds ? "holds" : "refuted");
  json.key("because").text(c.reason).key("loose").text(c.loose);
  json.key("settings");
  json.texts(setting_texts(c));
  std::vector<std::string> hypotheses;
  for (const auto& h : c.hypotheses) hypotheses.push_back(claim::to_text(*h.value));
  json.key("hypotheses");
  json.texts(hypotheses);
  const auto verdict = v.overall();
  json.key("verdict").text(v.cases.empty()    ? "none"
                           : v.contradicted() ? "contradicted"
                           : verdict          ? claim::to_string(*verdict)
                                              : "unsupported");
  json.key("scope");
  write_scope(json, v.scope());
  json.key("on").text(case_counts(v));
  json.key("outcome").text(to_string(v.outcome()));
  json.key("error").text(v.error);
  json.key("margin");
  write_number(json, v.least_margin());
  json.key("tightness");
  write_number(json, v.best_ratio());
  json.key("seconds").floating(v.seconds).key("cases").begin_array();
  for (const auto& one : v.cases) write_case(json, one);
  json.end_array().key("does_not_fit");
  json.texts(v.unfit);
  json.end_object();
}

}  // namespace

std::vector<std::string> setting_texts(const claim::Claim& c) {
  std::vector<std::string> texts;
  for (const auto& s : c.settings) texts.push_back(claim::to_text(s));
  return texts;
}

void write_scope(JsonWriter& json, claim::Scope scope) {
  if (scope == claim::Scope::none)
    json.null();
  else
    json.text(claim::to_string(scope));
}

std::string verify_json(const std::vector<ClaimVerdict>& verdicts, const std::string& missing) {
  JsonWriter json;
  json.begin_object().key("partial").text(missing).key("claims").begin_array();
  for (const auto& v : verdicts) write_claim(json, v);
  json.end_array().end_object();
  return json.str();
}

}  // namespace istcheck
