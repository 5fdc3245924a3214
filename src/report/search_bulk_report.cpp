#include "report/search_bulk_report.hpp"

#include "input/case_file.hpp"
#include "report/json.hpp"
#include "report/search_report.hpp"
#include "report/text.hpp"

namespace istcheck {

using search::Rung;
using search::Tightening;

namespace {

std::string value_text(const std::optional<Rational>& x) {
  return x ? to_string(*x) + " (" + decimal(*x, 8) + ")" : "nothing";
}

std::string size_text(const Rung& r) {
  return r.n == 0 ? "-" : std::to_string(r.n) + ", " + std::to_string(r.d);
}

}  // namespace

std::string tighten_text(const claim::Claim& c, const Tightening& t) {
  std::string out = c.id + ": " + t.name + ", stated as " + to_string(t.stated) + "\n";
  for (const auto& s : t.steps)
    out += "  " + to_string(s.value) + ": " + search::to_string(s.answer) + " (" + s.how + ")\n";
  if (!t.stands_at && !t.refuted_at) {
    out += "no value was searched to the end\n";
  } else if (!t.stands_at) {
    out += "refuted at " + value_text(t.refuted_at) + ", where the search began\n";
  } else {
    out += "stands at " + value_text(t.stands_at) + ": no configuration found violates it";
    const std::string general = claim::general_proof(c);
    out += general.empty()
               ? "\n"
               : "; at its stated value the claim links the general proof " + general + "\n";
    out += t.refuted_at ? "refuted at " + value_text(t.refuted_at) + "\n"
                        : "refuted at no value that was tried\n";
  }
  if (t.extremal && t.extremal->has_case)
    out += "the configuration that refutes it:\n" + write_case(t.extremal->c);
  return t.interrupted ? out + "interrupted\n" : out;
}

std::string tighten_json(const claim::Claim& c, const Tightening& t) {
  JsonWriter json;
  const auto value = [&](const char* name, const std::optional<Rational>& x) {
    json.key(name);
    if (x) {
      json.number(*x);
    } else {
      json.null();
    }
  };
  json.begin_object().key("claim").text(c.id).key("constant").text(t.name);
  value("stated", t.stated);
  value("stands_at", t.stands_at);
  value("refuted_at", t.refuted_at);
  json.key("proof").text(claim::general_proof(c)).key("interrupted").boolean(t.interrupted);
  json.key("steps").begin_array();
  for (const auto& s : t.steps) {
    json.begin_object().key("value").number(s.value);
    json.key("answer").text(search::to_string(s.answer)).key("how").text(s.how).end_object();
  }
  json.end_array().key("case");
  if (t.extremal && t.extremal->has_case) {
    json.text(write_case(t.extremal->c));
  } else {
    json.null();
  }
  return json.end_object().str();
}

std::string ladder_markdown(const std::vector<Rung>& rungs) {
  std::string out =
      "| claim | n, d | answer | for | method | configurations | seconds |\n"
      "|---|---|---|---|---|--:|--:|\n";
  for (const auto& r : rungs) {
    out += "| " + r.claim->id + " | " + size_text(r) + " | " + search::to_string(r.result.answer) +
           " | " + domain_text(r.result) + " | " + r.method + " | " +
           std::to_string(r.result.judged) + " | " + seconds_number(r.result.seconds) + " |\n";
  }
  return out;
}

std::string ladder_json(const std::vector<Rung>& rungs) {
  JsonWriter json;
  json.begin_object().key("rungs").begin_array();
  for (const auto& r : rungs) {
    json.begin_object().key("claim").text(r.claim->id).key("n").integer(Integer(r.n));
    json.key("d").integer(Integer(r.d)).key("answer").text(search::to_string(r.result.answer));
    json.key("domain").text(domain_text(r.result));
    json.key("method").text(r.method).key("judged").integer(Integer(r.result.judged));
    json.key("seconds").floating(r.result.seconds).end_object();
  }
  return json.end_array().end_object().str();
}

}  // namespace istcheck
