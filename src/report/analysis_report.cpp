#include "report/analysis_report.hpp"

#include <algorithm>

#include "cert/format.hpp"
#include "report/text.hpp"

namespace istcheck {

namespace {

template <class T, class Write>
void write_optional(JsonWriter& json, const std::optional<T>& value, const Write& write) {
  if (value)
    write(*value);
  else
    json.null();
}

template <class S>
struct FieldWriter {
  JsonWriter& json;
  void operator()(const std::optional<bool>& x) const {
    write_optional(json, x, [&](bool b) { json.boolean(b); });
  }
  void operator()(const std::optional<Algebraic>& x) const {
    write_optional(json, x, [&](const Algebraic& v) { json.number(v); });
  }
  void operator()(const std::optional<S>& x) const {
    write_optional(json, x, [&](const S& v) { json.number(v); });
  }
  void operator()(const std::optional<Vector<S>>& x) const {
    write_optional(json, x, [&](const Vector<S>& v) { json.template vector<S>(v); });
  }
  void operator()(const std::optional<Matrix<S>>& x) const {
    write_optional(json, x, [&](const Matrix<S>& v) { json.template matrix<S>(v); });
  }
};

template <class S>
S curvature(const Matrix<S>& m, const Vector<S>& v) {
  return (v.transpose() * m * v).value();
}

void integers(JsonWriter& json, const std::vector<long>& values) {
  json.begin_array();
  for (const long x : values) json.integer(x);
  json.end_array();
}

template <class S>
void write_witness(JsonWriter& json, const PsdDecision<S>& decision, const Matrix<S>& m) {
  json.begin_object();
  if (const auto* rounded = std::get_if<RoundedCholesky>(&decision.witness)) {
    json.key("kind").text("rounded-cholesky").key("definite").boolean(decision.definite);
    json.key("scale");
    integers(json, rounded->scale);
    json.key("bits").integer(rounded->bits).key("upper").begin_array();
    for (Index i = 0; i < rounded->upper.rows(); ++i) {
      const auto row = rounded->upper.row(i);
      integers(json, std::vector<long>(row.begin(), row.end()));
    }
    json.end_array();
  } else if (const auto* factor = std::get_if<LdltFactor<S>>(&decision.witness)) {
    json.key("kind").text("ldlt").key("definite").boolean(decision.definite).key("order");
    integers(json, std::vector<long>(factor->order.begin(), factor->order.end()));
    json.key("lower")
        .template matrix<S>(factor->lower)
        .key("pivots")
        .template vector<S>(factor->pivots);
  } else {
    const Vector<S>& v = std::get<NegativeDirection<S>>(decision.witness).v;
    json.key("kind").text("negative-direction").key("v").template vector<S>(v);
    json.key("value").number(curvature(m, v));
  }
  json.end_object();
}

// ---- Text
// ------------------------------------------------------------------------------------------

/// The decimal behind the sign that is true of it.
std::string rounded_to(const std::string& exact, const std::string& decimal_text, bool equal) {
  return exact == decimal_text ? exact : exact + (equal ? "  = " : "  ≈ ") + decimal_text;
}

/// An exact value, short where it is long, with its decimal.
std::string show(const Rational& x) {
  const std::string exact = to_string(x);
  const std::string rounded = decimal(x, 12);
  return exact.size() <= 40 ? rounded_to(exact, rounded, parse_rational(rounded) == x) : rounded;
}
std::string show(const Surd& x) {
  if (x.is_rational()) return show(x.rational());
  const std::string exact = to_string(x);
  return exact.size() <= 60 ? rounded_to(exact, decimal(x, 12), false) : decimal(x, 12);
}
std::string show(const Algebraic& x) {
  if (x.is_rational()) return show(x.rational());
  return decimal(x, 12) + "  (algebraic of degree " +
         std::to_string(x.minimal_polynomial().size() - 1) + ")";
}
std::string show(bool x) { return x ? "yes" : "no"; }

template <class S>
std::string entry(const S& x) {
  const std::string exact = to_string(x);
  return exact.size() <= 24 ? exact : decimal(x, 12);
}

template <class S>
std::string show(const Vector<S>& v) {
  std::string text = "(";
  for (Index i = 0; i < v.size() && i < 12; ++i) text += (i ? ", " : "") + entry<S>(v(i));
  if (v.size() > 12) text += ", … " + std::to_string(v.size()) + " entries, all in --json";
  return text + ")";
}

template <class S>
std::string show(const Matrix<S>& m) {
  if (m.rows() > 8)
    return std::to_string(m.rows()) + " × " + std::to_string(m.cols()) + ", in --json";
  std::string text;
  for (Index i = 0; i < m.rows(); ++i) text += "\n    " + show<S>(Vector<S>(m.row(i).transpose()));
  return text;
}

std::string line(const std::string& name, const std::string& value) {
  return padded(name, 34) + " " + value + "\n";
}

template <class T>
std::string line(const std::string& name, const std::optional<T>& value) {
  return line(name, value ? show(*value) : std::string("none"));
}

template <class S>
std::string witness_text(const PsdDecision<S>& decision, const Matrix<S>& m) {
  if (const auto* negative = std::get_if<NegativeDirection<S>>(&decision.witness))
    return "no: vᵀW̄v = " + show(curvature(m, negative->v)) + " for v = " + show<S>(negative->v);
  const std::string how = std::holds_alternative<RoundedCholesky>(decision.witness)
                              ? "by a rounded Cholesky factor with an exactly dominant rest"
                              : "by an exact LDLᵀ";
  return (decision.definite ? "yes, positive definite, " : "yes, singular, ") + how;
}

std::string csv(const std::optional<Rational>& x) { return x ? to_string(*x) : ""; }
std::string csv(const std::optional<Surd>& x) { return x ? to_string(*x) : ""; }
template <class S>
std::string csv_decimal(const std::optional<S>& x) {
  return x ? decimal(*x, 17) : "";
}

}  // namespace

/// "state", the blocks of a method as text, and "limits": a vector for each, or a list of them.
template <class S>
void write_state(JsonWriter& json, const Analysis<S>& a, const AnalysisOptions& options) {
  if (options.wants("state")) {
    json.key("state");
    if (a.state.empty()) json.null();
    if (!a.state.empty()) json.begin_array();
    for (const auto& block : a.state) {
      json.begin_object().key("block").text(block.name).key("indices");
      write_optional(json, block.indices, [&](const auto& ends) {
        json.begin_array().integer(ends.first).integer(ends.second).end_array();
      });
      json.key("size").integer(block.size).end_object();
    }
    if (!a.state.empty()) json.end_array();
  }
  if (!options.wants("limits")) return;
  json.key("limits");
  if (a.state.empty()) return json.null(), void();
  json.begin_object();
  for (const auto& block : a.state) {
    json.key(block.name);
    if (block.indices) json.begin_array();
    for (const auto& limit : block.limits) FieldWriter<S>{json}(limit);
    if (block.limits.empty() && !block.indices) json.null();
    if (block.indices) json.end_array();
  }
  json.end_object();
}

template <class S>
void write_analysis(JsonWriter& json, const Case& c, const Analysis<S>& a,
                    const AnalysisOptions& options, double seconds) {
  const FieldWriter<S> write{json};
  const auto field = [&](const char* name, const auto& value) {
    if (!options.wants(name)) return;
    json.key(name);
    FieldWriter<S>{json}(value);
  };
  json.begin_object().key("name").text(c.name);
  json.key("decimals")
      .text(std::to_string(kDecimalDigits) +
            " significant digits, rounded to nearest, ties to even");
  if (options.wants("minimizer")) {
    json.key("minimizer");
    write_optional(json, a.minimizer, [&](const Vector<S>& v) { json.template vector<S>(v); });
  }
  field("fixed_point", a.fixed_point);
  field("bias", a.bias);
  if (options.wants("bias_sq")) {
    json.key("bias_sq").begin_object().key("euclid");
    write(a.bias_euclid);
    json.key("lbar");
    write(a.bias_lbar);
    json.end_object();
  }
  field("mean_operator", a.mean_operator);
  field("mean_offset", a.mean_offset);
  field("W", a.W);
  field("Q", a.Q);
  if (options.wants("W_psd")) {
    json.key("W_psd");
    write_optional(json, a.W_decision, [&](const auto& decision) { json.boolean(decision.psd()); });
    json.key("W_witness");
    write_optional(json, a.W_decision,
                   [&](const auto& decision) { write_witness(json, decision, *a.W); });
  }
  field("theta_min", a.theta_min);
  field("stable_mean", a.stable_mean);
  field("stable_mean_square", a.stable_mean_square);
  if (options.wants("factor")) {
    json.key("factor").begin_object();
    for (const auto& [name, value] :
         {std::pair("mean", &a.factor_mean), std::pair("mean_square", &a.factor_mean_square),
          std::pair("one_step_lbar", &a.factor_one_step_lbar),
          std::pair("theorem1", &a.factor_theorem1)}) {
      json.key(name);
      write(*value);
    }
    json.end_object();
  }
  field("variance", a.variance);
  if (options.wants("stationary_error")) {
    json.key("stationary_error");
    if (a.stationary_fixed_point) {
      json.begin_object().key("minimizer");
      write(a.stationary_minimizer);
      json.key("fixed_point");
      write(a.stationary_fixed_point);
      json.end_object();
    } else {
      json.null();
    }
  }
  if (options.wants("outcomes")) json.key("outcomes").integer(a.outcomes);
  if (!a.state.empty() || !options.fields.empty()) write_state(json, a, options);
  json.key("notes").begin_array();
  for (const std::string& note : a.notes) json.text(note);
  json.end_array().key("undecided").begin_array();
  for (const std::string& name : a.undecided) json.text(name);
  json.end_array().key("seconds").floating(seconds).end_object();
}

template <class S>
std::string analysis_text(const Case& c, const Analysis<S>& a, const AnalysisOptions& options) {
  std::string text = cert::escaped(c.name) + "\n";
  text += line("workers, dimension", std::to_string(c.n()) + ", " + std::to_string(c.d()));
  if (c.method.text != nullptr)
    text += line("outcomes of a round", a.outcomes.str());
  else
    text += line("sketch", kind_of(c.sketch) + ", " + a.outcomes.str() +
                               (a.outcomes == 1 ? " outcome" : " outcomes") +
                               (a.closed_form ? ", moments in closed form" : ""));
  text += line("method", name_of(c.method) +
                             (c.method.local_steps > 1
                                  ? " with " + std::to_string(c.method.local_steps) + " local steps"
                                  : "") +
                             ", " + steps_text(c));
  // What belongs to the case's sketch, which a method as text does not have.
  const auto sketched = [&](const std::string& name) {
    return a.state.empty() ||
           (name != "mean_operator" && name != "mean_offset" && name != "W" && name != "Q" &&
            name != "W_psd" && name != "theta_min" && name != "variance");
  };
  const auto field = [&](const char* name, const std::string& title, const auto& value) {
    if (!options.wants(name) || !sketched(name)) return;
    const auto& open = a.undecided;
    const bool undecided = !value && std::find(open.begin(), open.end(), name) != open.end();
    text += undecided ? line(title, std::string("undecided")) : line(title, value);
  };
  if (options.wants("minimizer"))
    text += line("minimizer x*", a.minimizer ? show<S>(*a.minimizer) : "none");
  field("fixed_point", "fixed point x^∞", a.fixed_point);
  field("bias", "bias x^∞ − x*", a.bias);
  field("bias_sq", "‖bias‖²", a.bias_euclid);
  field("bias_sq", "‖bias‖² in the norm of L̄", a.bias_lbar);
  field("mean_operator", "E B̄", a.mean_operator);
  field("mean_offset", "E C̄b", a.mean_offset);
  field("W", "W̄", a.W);
  field("Q", "E[B̄L̄B̄]", a.Q);
  if (options.wants("W_psd") && sketched("W_psd"))
    text += line("W̄ ⪰ 0", a.W_decision ? witness_text(*a.W_decision, *a.W) : std::string("none"));
  field("theta_min", "least θ of (14)", a.theta_min);
  field("stable_mean", "mean iteration stable", a.stable_mean);
  field("stable_mean_square", "stable in mean square", a.stable_mean_square);
  field("factor", "factor of the mean", a.factor_mean);
  field("factor", "factor in mean square", a.factor_mean_square);
  if (a.state.empty()) {
    field("factor", "one-step factor in the norm of L̄", a.factor_one_step_lbar);
    field("factor", "factor of Theorem 1 at γ", a.factor_theorem1);
  }
  field("variance", "variance at x^∞", a.variance);
  field("stationary_error", "lim E‖x^k − x*‖²", a.stationary_minimizer);
  field("stationary_error", "lim E‖x^k − x^∞‖²", a.stationary_fixed_point);
  for (const auto& block : a.state)
    for (size_t k = 0; k < block.limits.size(); ++k) {
      const std::string name =
          block.name +
          (block.indices ? "[" + std::to_string(block.indices->first + static_cast<long>(k)) + "]"
                         : "");
      text += line("lim E " + name, block.limits[k] ? show<S>(*block.limits[k]) : "none");
    }
  for (const std::string& note : a.notes) text += "note: " + note + "\n";
  return text + "Decimals are rounded to nearest, ties to even; --json has everything exactly.\n";
}

template <class S>
void write_curve(JsonWriter& json, const Curve<S>& curve) {
  const FieldWriter<S> write{json};
  json.begin_array();
  for (size_t k = 0; k < curve.points.size(); ++k) {
    const TrajectoryPoint<S>& p = curve.points[k];
    json.begin_object().key("k").integer(Integer(k)).key("step").number(p.step);
    json.key("mean").template vector<S>(p.mean).key("distance_sq").begin_object().key("minimizer");
    write(p.distance_to_minimizer);
    json.key("fixed_point");
    write(p.distance_to_fixed);
    json.end_object().key("gap");
    write(p.gap);
    if (!curve.simulated.empty()) {
      json.key("simulated_distance_sq")
          .begin_object()
          .key("reference")
          .text(curve.simulated_reference);
      json.key("mean").floating(curve.simulated[k].mean);
      json.key("standard_error").floating(curve.simulated[k].standard_error).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

template <class S>
std::string curve_csv(const Curve<S>& curve) {
  const Index d = curve.points.front().mean.size();
  std::string text = "k,step";
  for (Index i = 0; i < d; ++i) text += ",mean_" + std::to_string(i + 1);
  for (const char* name : {"distance_sq_minimizer", "distance_sq_fixed_point", "gap"})
    text += std::string(",") + name + "," + name + "_decimal";
  if (!curve.simulated.empty())
    text += ",simulated_distance_sq_" + curve.simulated_reference + ",standard_error";
  text += "\n";
  for (size_t k = 0; k < curve.points.size(); ++k) {
    const TrajectoryPoint<S>& p = curve.points[k];
    text += std::to_string(k) + "," + to_string(p.step);
    for (Index i = 0; i < d; ++i) text += "," + to_string(p.mean(i));
    for (const auto* value : {&p.distance_to_minimizer, &p.distance_to_fixed, &p.gap})
      text += "," + csv(*value) + "," + csv_decimal(*value);
    if (!curve.simulated.empty())
      text += "," + decimal(exactly(curve.simulated[k].mean), 12) + "," +
              decimal(exactly(curve.simulated[k].standard_error), 6);
    text += "\n";
  }
  return text;
}

const std::vector<std::string>& family_headings() {
  static const std::vector<std::string> headings = {"bias²",
                                                    "W̄ ⪰ 0",
                                                    "least θ",
                                                    "stable",
                                                    "factor mean",
                                                    "factor mean-square",
                                                    "factor Theorem 1",
                                                    "lim E‖x−x*‖²"};
  return headings;
}

template <class S>
FamilyRow family_row(const std::string& value, const Analysis<S>& a) {
  const auto digits = [](const auto& x) { return x ? decimal(*x, 8) : std::string("none"); };
  return {
      value,
      {digits(a.bias_euclid), a.W_decision->psd() ? "yes" : "no", digits(a.theta_min),
       a.stable_mean_square ? show(*a.stable_mean_square) : "undecided", digits(a.factor_mean),
       digits(a.factor_mean_square), digits(a.factor_theorem1), digits(a.stationary_minimizer)}};
}

std::string family_text(const std::string& name, const std::string& parameter,
                        const std::vector<FamilyRow>& rows) {
  std::vector<std::vector<std::string>> table = {{parameter}};
  for (const std::string& heading : family_headings()) table.front().push_back(heading);
  for (const FamilyRow& row : rows) {
    table.push_back({row.value});
    table.back().insert(table.back().end(), row.cells.begin(), row.cells.end());
  }
  std::string text = cert::escaped(name) + "\n";
  for (const auto& row : table) {
    std::string out;
    for (size_t k = 0; k < row.size(); ++k) {
      size_t widest = 0;
      for (const auto& other : table) widest = std::max(widest, columns(other[k]));
      out += padded(row[k], widest + 2);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    text += out + "\n";
  }
  return text;
}

template void write_analysis(JsonWriter&, const Case&, const Analysis<Rational>&,
                             const AnalysisOptions&, double);
template void write_analysis(JsonWriter&, const Case&, const Analysis<Surd>&,
                             const AnalysisOptions&, double);
template std::string analysis_text(const Case&, const Analysis<Rational>&, const AnalysisOptions&);
template std::string analysis_text(const Case&, const Analysis<Surd>&, const AnalysisOptions&);
template void write_curve(JsonWriter&, const Curve<Rational>&);
template void write_curve(JsonWriter&, const Curve<Surd>&);
template std::string curve_csv(const Curve<Rational>&);
template std::string curve_csv(const Curve<Surd>&);
template FamilyRow family_row(const std::string&, const Analysis<Rational>&);
template FamilyRow family_row(const std::string&, const Analysis<Surd>&);

}  // namespace istcheck
