#include "search/space.hpp"

#include <algorithm>

#include "claim/builtins.hpp"
#include "exact/number_field.hpp"

namespace istcheck::search {

using claim::Kind;

namespace {

std::string entry_name(const std::string& base, Index i, Index j) {
  return base + "[" + std::to_string(i + 1) + "," + std::to_string(j + 1) + "]";
}

/// The least value of an integer variable: the low end of its range of trials, when that is a
/// number.
std::optional<Rational> least_value(const claim::Variable& v) {
  if (v.kind != Kind::integer || v.trials.size() != 1 || !v.trials[0].low) return std::nullopt;
  const claim::Expr& low = *v.trials[0].low;
  return low.op == claim::Op::number ? std::optional(low.value) : std::nullopt;
}

}  // namespace

std::string to_string(const Restriction& r) {
  std::string text;
  const auto add = [&](bool is, const char* words) {
    if (is) text += (text.empty() ? "" : ", ") + std::string(words);
  };
  add(r.same_L && r.same_b, "equal workers");
  add(r.same_L && !r.same_b, "equal L_i");
  add(r.unit_diagonal, "unit diagonal");
  add(r.diagonal, "diagonal L_i");
  add(r.zero_b, "b_i = 0");
  add(r.noise, "noise");
  add(r.own_values, "free values of the variables");
  return text;
}

Space::Space(const claim::Claim& c, Shape shape, Restriction restriction)
    : claim_(c), shape_(std::move(shape)), restriction_(restriction), uses_(uses_of(c)) {
  const auto n = static_cast<size_t>(shape_.n);
  const int d = shape_.d;
  const auto number = [](size_t i) { return "[" + std::to_string(i + 1) + "]"; };
  matrices_ = restriction_.same_L ? 1 : n;
  for (size_t i = 0; i < n; ++i)
    layout_.L.push_back(i < matrices_ ? add_matrix(matrices_ == 1 ? "L" : "L" + number(i))
                                      : layout_.L[0]);
  per_matrix_ = slots_.size() / matrices_;
  const bool with_b = uses_.linear && !restriction_.zero_b;
  for (size_t i = 0; i < n; ++i) {
    const bool shared = i > 0 && restriction_.same_b;
    layout_.b.push_back(!with_b  ? Sources::Constant(d, 1, kZero)
                        : shared ? layout_.b[0]
                                 : add_vector(Role::linear, "b" + number(i)));
  }
  if (uses_.step) layout_.step = add_slot(Role::step, "gamma");
  if (uses_.start) layout_.start = add_vector(Role::start, "x0");
  for (size_t i = 0; i < n; ++i) {
    Sources noise = Sources::Constant(d, d, kZero);
    if (restriction_.noise) noise.diagonal() = add_vector(Role::noise, "noise" + number(i)).col(0);
    layout_.noise.push_back(noise);
  }
  add_variables();
}

Space::Space(const claim::Claim& c, const Case& base)
    : claim_(c),
      shape_{static_cast<int>(base.n()), static_cast<int>(base.d()), base.sketch, base.method},
      uses_(uses_of(c)),
      base_(base) {
  restriction_.own_values = true;
  add_variables();
}

int Space::add_slot(Role role, const std::string& name) {
  slots_.push_back({role, name});
  return static_cast<int>(slots_.size()) - 1;
}

Sources Space::add_matrix(const std::string& name) {
  const int d = shape_.d;
  Sources m = Sources::Constant(d, d, kZero);
  for (int j = 0; j < d; ++j)
    m(j, j) = restriction_.unit_diagonal ? kOne : add_slot(Role::diagonal, entry_name(name, j, j));
  for (int j = 0; j < d && !restriction_.diagonal; ++j) {
    for (int k = j + 1; k < d; ++k)
      m(j, k) = m(k, j) = add_slot(Role::off_diagonal, entry_name(name, j, k));
  }
  return m;
}

Sources Space::add_vector(Role role, const std::string& name) {
  Sources v(shape_.d, 1);
  for (int j = 0; j < shape_.d; ++j)
    v(j, 0) = add_slot(role, name + "[" + std::to_string(j + 1) + "]");
  return v;
}

/// Variables that the claim has no trials for always have slots; the others where values are free.
void Space::add_variables() {
  const int d = shape_.d;
  for (const auto& v : claim_.variables) {
    const bool from_case = claim::replaced_by(v.name) != claim::Constant::none;
    if (!base_ && (v.trials.empty() ? from_case : !restriction_.own_values)) continue;
    Sources& s = layout_.values[v.name];
    if (is_number(v.kind)) {
      const Role role = v.kind == Kind::integer ? Role::integer : Role::number;
      s = Sources::Constant(1, 1, add_slot(role, v.name));
    } else if (v.kind == Kind::vector) {
      s = add_vector(Role::number, v.name);
    } else {
      s.resize(d, d);
      for (int j = 0; j < d; ++j) {
        for (int k = v.kind == Kind::matrix ? 0 : j; k < d; ++k) {
          s(j, k) = add_slot(Role::number, entry_name(v.name, j, k));
          if (v.kind != Kind::matrix) s(k, j) = s(j, k);
        }
      }
    }
  }
}

std::string Space::name() const {
  const std::string words = to_string(restriction_);
  return (base_ ? "the case " + base_->name : to_string(shape_)) +
         (words.empty() ? "" : "; " + words);
}

/// The numbers with the coordinates of the point; the constant 1 is a multiple of √1 only.
Numbers Space::numbers_at(const std::vector<Rational>& point, bool rational_part) const {
  const auto number = [&](int source) {
    return source >= 0 ? point[static_cast<size_t>(source)]
                       : Rational(source == kOne && rational_part ? 1 : 0);
  };
  const auto matrix = [&](const Sources& s) -> RationalMatrix {
    RationalMatrix m(s.rows(), s.cols());
    for (Index k = 0; k < s.size(); ++k) m.data()[k] = number(s.data()[k]);
    return m;
  };
  Numbers all;
  all.step = number(layout_.step);
  for (size_t i = 0; i < layout_.L.size(); ++i) {
    all.workers.push_back({matrix(layout_.L[i]), RationalVector(matrix(layout_.b[i]).col(0)),
                           matrix(layout_.noise[i])});
  }
  if (layout_.start) all.start = RationalVector(matrix(*layout_.start).col(0));
  for (const auto& v : claim_.variables) {
    const auto found = layout_.values.find(v.name);
    if (found == layout_.values.end()) continue;
    const RationalMatrix m = matrix(found->second);
    if (is_number(v.kind)) {
      const auto low = rational_part ? least_value(v) : std::nullopt;
      all.values[v.name] = low ? Rational(*low + abs(m(0, 0))) : m(0, 0);
    } else if (v.kind == Kind::vector) {
      all.values[v.name] = RationalVector(m.col(0));
    } else {
      all.values[v.name] = m;
    }
  }
  return all;
}

Case Space::at(const std::vector<Rational>& point) const {
  if (base_) {
    Case c = *base_;
    for (const auto& [name, value] : numbers_at(point, true).values) set_value(c, name, value);
    return c;
  }
  Case c;
  static_cast<Numbers&>(c) = numbers_at(point, true);
  c.name = "point";
  c.sketch = shape_.sketch;
  c.method = shape_.method;
  return c;
}

Case Space::at(const std::vector<Surd>& point) const {
  SurdMatrix all(static_cast<Index>(point.size()), 1);
  for (size_t k = 0; k < point.size(); ++k) all(static_cast<Index>(k), 0) = point[k];
  auto parts = parts_of(all);
  const auto coordinates = [](const RationalMatrix& m) {
    return std::vector<Rational>(m.data(), m.data() + m.size());
  };
  parts.try_emplace(Irrational{}, RationalMatrix::Zero(all.rows(), 1));
  Case c = at(coordinates(parts.at({})));
  parts.erase(Irrational{});
  for (const auto& [b, part] : parts) c.roots.emplace(b, numbers_at(coordinates(part), false));
  if (const auto field = istcheck::field_of(all)) {
    const auto [low, high] = monotone_interval(field->generator());
    c.alpha = Alpha{field->minimal_polynomial(), low, high};
  }
  return c;
}

std::vector<Space> spaces_for(const claim::Claim& c, const Shape& shape) {
  const Uses uses = uses_of(c);
  const bool zero = has_flag(c, "interpolation"), equal = has_flag(c, "homogeneous");
  const bool noisy = uses.noise && !has_flag(c, "noiseless");
  const bool trials = std::any_of(c.variables.begin(), c.variables.end(),
                                  [](const auto& v) { return !v.trials.empty(); });
  std::vector<Space> result;
  const auto add = [&](Restriction r) {
    r.zero_b = r.zero_b || zero;
    r.same_b = r.same_b || (equal && shape.n > 1);
    if (shape.d == 1 && r.diagonal) return;
    result.emplace_back(c, shape, r);
  };
  for (const bool own : {false, true}) {
    if (own && !trials) continue;
    for (const bool noise : {false, true}) {
      if (noise && !noisy) continue;
      for (const bool same : {true, false}) {
        if (!same && (shape.n == 1 || equal)) continue;
        for (const bool unit : {false, true}) {
          Restriction r;
          r.same_L = same && shape.n > 1;
          r.unit_diagonal = unit;
          r.noise = noise;
          r.own_values = own;
          if (shape.n == 1) r.same_L = false;
          add(r);
        }
      }
    }
  }
  return result;
}

}  // namespace istcheck::search
