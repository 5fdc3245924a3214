#include <algorithm>
#include <stdexcept>

#include "exact/number_field.hpp"
#include "exact/overloaded.hpp"
#include "input/case_file.hpp"

namespace istcheck {

namespace {

std::string toml_string(const std::string& s) {
  std::string result = "\"";
  for (const char c : s) {
    static const char* hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7f)
      result += std::string("\\u00") + hex[byte >> 4U] + hex[byte & 15U];
    else
      result += c;
  }
  return result + "\"";
}

/// Whole numbers of moderate size bare, everything else as a string.
std::string number(const Rational& x) {
  const bool bare = denominator(x) == 1 && abs(numerator(x)) < 1000000000;
  return bare ? to_string(x) : toml_string(to_string(x));
}

std::string number(const Surd& x) {
  if (x.is_rational()) return number(x.rational());
  std::string roots, powers;
  for (const auto& [b, q] : x.terms()) {
    if (b.power > 0 && b.radicand > 1)
      throw std::invalid_argument("case files have no way to write " + to_string(b));
    if (b.power == 0 && (b.radicand > 1 || x.field() == nullptr))
      roots += (roots.empty() ? "[" : ", [") + number(q) + ", " + b.radicand.str() + "]";
  }
  if (x.field() != nullptr)
    for (unsigned k = 0; k < x.field()->degree(); ++k) {
      const auto q = x.terms().find({1, k});
      powers += (k == 0 ? "" : ", ") + (q == x.terms().end() ? "0" : number(q->second));
    }
  return "{ " + (roots.empty() ? "" : "surd = [" + roots + "]") +
         (roots.empty() || powers.empty() ? "" : ", ") +
         (powers.empty() ? "" : "alpha = [" + powers + "]") + " }";
}

template <class Entries>
std::string vector(const Entries& v) {
  std::string result = "[";
  for (Index i = 0; i < v.size(); ++i) result += (i ? ", " : "") + number(v(i));
  return result + "]";
}

/// One row a line.
template <class S>
std::string matrix(const Matrix<S>& m, const std::string& indent) {
  std::string result = "[\n";
  for (Index i = 0; i < m.rows(); ++i) result += indent + "  " + vector(m.row(i)) + ",\n";
  return result + indent + "]";
}

std::string flag(const char* name, bool value) {
  return value ? std::string(name) + " = true\n" : std::string();
}

std::string sketch_text(const SketchSpec& spec) {
  std::string text = "\n[sketch]\nkind = " + toml_string(kind_of(spec)) + "\n";
  const auto q = [](int value) { return "q = " + std::to_string(value) + "\n"; };
  std::visit(Overloaded{[&](const IdentitySketch&) {}, [&](const UnitPermSketch&) {},
                        [&](const PermSketch& s) {
                          if (s.q > 0) text += q(s.q);
                          text += flag("remainder", s.remainder);
                        },
                        [&](const RandSketch& s) { text += q(s.q) + flag("shared", s.shared); },
                        [&](const ScaledPermSketch& s) {
                          const bool printed = s.reading == ScaledPermSketch::Reading::printed;
                          text += std::string("reading = ") +
                                  (printed ? "\"printed\"" : "\"diagonal\"") + "\n";
                        },
                        [&](const BernoulliSketch& s) {
                          text += "p = " + number(s.p) + "\n" + flag("shared", s.shared);
                        },
                        [&](const BlockSketch& s) {
                          std::string list;
                          for (const int a : s.shared)
                            list += (list.empty() ? "" : ", ") + std::to_string(a);
                          text += "shared = [" + list + "]\n" + q(s.q);
                        },
                        [&](const TableSketch& s) {
                          for (const auto& outcome : s.outcomes) {
                            text += "\n[[sketch.outcome]]\nweight = " + number(outcome.weight) +
                                    "\nC = [\n";
                            for (const RationalMatrix& c : outcome.C)
                              text += "  " + matrix(c, "  ") + ",\n";
                            text += "]\n";
                          }
                        }},
             spec);
  return text;
}

std::string schedule_text(const Case& c) {
  if (const auto* harmonic = std::get_if<HarmonicSchedule>(&*c.schedule))
    return "\n[schedule]\nkind = \"harmonic\"\nc = " + number(harmonic->c) + "\n";
  std::string steps;
  for (size_t k = 0; k < std::get<ListSchedule>(*c.schedule).steps.size(); ++k)
    steps += (steps.empty() ? "" : ", ") + number(step_in_round_of(c, k));
  return "\n[schedule]\nsteps = [" + steps + "]\n";
}

std::string alpha_text(const Alpha& alpha, const NumberField& field) {
  std::string poly;
  for (const Integer& c : alpha.polynomial)
    poly += (poly.empty() ? "" : ", ") + number(Rational(c));
  return "\n[alpha]\npoly = [" + poly + "]  # alpha = " + decimal(field.generator(), 12) +
         "…\ninterval = [" + number(alpha.low) + ", " + number(alpha.high) + "]\n";
}

/// Of a value whose kind is that of its rational part.
std::string value_text(const CaseValue& kind, const SurdMatrix& value) {
  if (std::holds_alternative<Rational>(kind)) return number(value(0, 0));
  if (std::holds_alternative<RationalVector>(kind)) return vector(value);
  return matrix(value, "");
}

/// The members of one of the maps of a case, one a line.
std::string members(const Case& c, std::map<std::string, CaseValue> Numbers::*map) {
  std::string text;
  for (const auto& [name, value] : c.*map)
    text += toml_string(name) + " = " + value_text(value, value_in(c, map, name)) + "\n";
  return text;
}
/// The same as a table, where there are any.
std::string table(const char* name, const Case& c, std::map<std::string, CaseValue> Numbers::*map) {
  return (c.*map).empty() ? "" : std::string("\n[") + name + "]\n" + members(c, map);
}

}  // namespace

std::string write_case(const Case& c) {
  std::string text = "name = " + toml_string(c.name) + "\nstep = " + number(step_of(c)) + "\n";
  if (c.start) text += "start = " + vector(start_of(c)) + "\n";
  if (c.alpha) text += alpha_text(*c.alpha, *field_of(c));
  text += table("start", c, &Numbers::blocks) + sketch_text(c.sketch);
  text += "\n[method]\nkind = " + toml_string(name_of(c.method)) + "\n";
  if (c.method.local_steps != 1)
    text += "local_steps = " + std::to_string(c.method.local_steps) + "\n";
  if (c.method.text != nullptr)
    text += "file = " + toml_string(c.method.text->file) + "\n" + members(c, &Numbers::parameters);
  if (c.schedule) text += schedule_text(c);
  text += table("data", c, &Numbers::data) + table("values", c, &Numbers::values);
  for (const SurdWorker& w : workers_of(c)) {
    text += "\n[[worker]]\nL = " + matrix(w.L, "") + "\nb = " + vector(w.b) + "\n";
    const auto zero = [](const Surd& x) { return x == Surd(0); };
    if (!std::all_of(w.noise.data(), w.noise.data() + w.noise.size(), zero))
      text += "noise = " + matrix(w.noise, "") + "\n";
  }
  return text;
}

}  // namespace istcheck
