#include "search/space.hpp"

#include <algorithm>

namespace istcheck::search {

using claim::Kind;
using Eigen::Index;

namespace {

bool is_number(Kind k) { return k == Kind::scalar || k == Kind::integer; }

std::string entry_name(const std::string& base, Index i, Index j) {
  return base + "[" + std::to_string(i + 1) + "," + std::to_string(j + 1) + "]";
}

/// The least value of an integer variable: the low end of its range of trials, when that is a
/// number.
std::optional<Rational> least(const claim::Variable& v) {
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
  const int n = shape_.n, d = shape_.d;
  matrices_ = restriction_.same_L ? 1 : static_cast<size_t>(n);
  for (size_t i = 0; i < matrices_; ++i) {
    const std::string L = matrices_ == 1 ? "L" : "L[" + std::to_string(i + 1) + "]";
    for (int j = 0; j < d; ++j) {
      if (!restriction_.unit_diagonal) slots_.push_back({Role::diagonal, entry_name(L, j, j)});
    }
    for (int j = 0; j < d && !restriction_.diagonal; ++j) {
      for (int k = j + 1; k < d; ++k) slots_.push_back({Role::off_diagonal, entry_name(L, j, k)});
    }
  }
  per_matrix_ = slots_.size() / matrices_;
  const auto vector = [&](Role role, const std::string& name) {
    for (int j = 0; j < d; ++j) slots_.push_back({role, name + "[" + std::to_string(j + 1) + "]"});
  };
  if (uses_.linear && !restriction_.zero_b) {
    for (int i = 0; i < (restriction_.same_b ? 1 : n); ++i)
      vector(Role::linear, "b[" + std::to_string(i + 1) + "]");
  }
  if (uses_.step) slots_.push_back({Role::step, "gamma"});
  if (uses_.start) vector(Role::start, "x0");
  if (restriction_.noise) {
    for (int i = 0; i < n; ++i) vector(Role::noise, "noise[" + std::to_string(i + 1) + "]");
  }
  add_variables();
}

/// Variables that the claim has no trials for always have slots; the others where values are free.
void Space::add_variables() {
  for (const auto& v : claim_.variables) {
    const bool from_case = v.name == "gamma" || v.name == "x0";
    if (v.trials.empty() ? from_case : !restriction_.own_values) continue;
    if (is_number(v.kind)) {
      slots_.push_back({v.kind == Kind::integer ? Role::integer : Role::number, v.name});
      continue;
    }
    for (int j = 0; j < shape_.d; ++j) {
      if (v.kind == Kind::vector) {
        slots_.push_back({Role::number, v.name + "[" + std::to_string(j + 1) + "]"});
        continue;
      }
      for (int k = v.kind == Kind::matrix ? 0 : j; k < shape_.d; ++k)
        slots_.push_back({Role::number, entry_name(v.name, j, k)});
    }
  }
}

std::string Space::name() const {
  const std::string words = to_string(restriction_);
  return to_string(shape_) + (words.empty() ? "" : "; " + words);
}

Case Space::at(const std::vector<Rational>& point) const {
  Case c = *plain_case(shape_);
  c.name = "point";
  const Index d = shape_.d;
  auto next = point.begin();
  for (size_t i = 0; i < matrices_; ++i) {
    RationalMatrix& L = c.workers[i].L;
    for (Index j = 0; j < d && !restriction_.unit_diagonal; ++j) L(j, j) = *next++;
    for (Index j = 0; j < d && !restriction_.diagonal; ++j) {
      for (Index k = j + 1; k < d; ++k) L(j, k) = L(k, j) = *next++;
    }
  }
  const auto vector = [&] {
    RationalVector v(d);
    for (Index j = 0; j < d; ++j) v(j) = *next++;
    return v;
  };
  if (uses_.linear && !restriction_.zero_b) {
    for (size_t i = 0; i < (restriction_.same_b ? 1 : c.workers.size()); ++i)
      c.workers[i].b = vector();
  }
  for (size_t i = 1; i < c.workers.size(); ++i) {
    if (restriction_.same_L) c.workers[i].L = c.workers[0].L;
    if (restriction_.same_b) c.workers[i].b = c.workers[0].b;
  }
  if (uses_.step) c.step = *next++;
  if (uses_.start) c.start = vector();
  if (restriction_.noise) {
    for (auto& w : c.workers) w.noise = vector().asDiagonal();
  }
  for (const auto& v : claim_.variables) {
    const bool from_case = v.name == "gamma" || v.name == "x0";
    if (v.trials.empty() ? from_case : !restriction_.own_values) continue;
    if (is_number(v.kind)) {
      const auto low = least(v);
      c.values[v.name] = low ? Rational(*low + abs(*next)) : *next;
      ++next;
    } else if (v.kind == Kind::vector) {
      c.values[v.name] = vector();
    } else {
      RationalMatrix m(d, d);
      for (Index j = 0; j < d; ++j) {
        for (Index k = v.kind == Kind::matrix ? 0 : j; k < d; ++k) {
          m(j, k) = *next++;
          if (v.kind != Kind::matrix) m(k, j) = m(j, k);
        }
      }
      c.values[v.name] = m;
    }
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
