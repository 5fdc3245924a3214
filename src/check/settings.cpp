// What a claim says about the cases it speaks of, and about the values of its variables.
#include <algorithm>

#include "check/method.hpp"
#include "claim/parser.hpp"

namespace istcheck::check {
namespace {

/// What the case has where a setting lists choices.
std::string choice_of(const Case& c, const std::string& key) {
  if (key == "sketch") return kind_of(c.sketch);
  if (key == "method") return name_of(c.method);
  if (key == "case") return c.name;
  const auto* s = std::get_if<ScaledPermSketch>(&c.sketch);
  if (s == nullptr) return "none";
  return s->reading == ScaledPermSketch::Reading::diagonal ? "diagonal" : "printed";
}

}  // namespace

/// One without a value says that the case does not fit (docs/semantics.md 10.2).
bool Evaluator::in_setting() try {
  if (world_ != nullptr && !same_method()) return false;
  return std::all_of(claim_.settings.begin(), claim_.settings.end(), [&](const auto& s) {
    if (!s.choices.empty())
      return std::count(s.choices.begin(), s.choices.end(), choice_of(world().data(), s.key)) > 0;
    return s.key.empty() ? truth(*s.condition) : flag(s.key);
  });
} catch (const NoValue&) {
  return false;
}

/// A method as text of the case is the one that the claim names, by its text
/// (docs/semantics.md 17.6); its gradients are exact where it draws no noise.
bool Evaluator::same_method() const {
  const auto& text = world().data().method.text;
  if (text == nullptr || !claim_.method) return text == nullptr && !claim_.method;
  const auto all = claim::parse_claim_file(text->text, text->file).methods;
  const bool same = std::any_of(all.begin(), all.end(), [&](const auto& m) {
    return m->name == text->name && m->name == claim_.method->name &&
           to_text(*m) == to_text(*claim_.method);
  });
  const World& w = world();
  return same && (draws_noise(*claim_.method) ||
                  std::all_of(w.noise.begin(), w.noise.end(),
                              [&](const Mat& m) { return facts_.zero(sum_of_squares(m)); }));
}

/// Each flag says of a sum of squares that it is zero, or that it is not.
bool Evaluator::flag(const std::string& name) {
  const World& w = world();
  Number differences, vectors, noise;
  for (size_t i = 0; i < w.n(); ++i) {
    differences = differences + sum_of_squares(w.L[i] - w.L[0]) + sum_of_squares(w.b[i] - w.b[0]);
    vectors = vectors + sum_of_squares(w.b[i]);
    noise = noise + sum_of_squares(w.noise[i]);
  }
  if (name == "homogeneous") return facts_.zero(differences);
  if (name == "heterogeneous") return !facts_.zero(differences);
  if (name == "interpolation") return facts_.zero(vectors);
  if (name == "noiseless") return facts_.zero(noise);
  if (name == "noisy") return !facts_.zero(noise);
  throw Undecided("the setting '" + name + "'");
}

std::vector<Mat> Evaluator::listed_values(const claim::Variable& v) {
  constexpr size_t kMost = 20'000;
  std::vector<Mat> values;
  const Restored outside(trying_);
  trying_ = v.name;
  for (const auto& t : v.trials) {
    try {
      if (t.value) {
        values.push_back(value(*t.value));
        continue;
      }
      const Number high = scalar(*t.high), by = t.by ? scalar(*t.by) : Number(1);
      if (!facts_.positive(by)) throw Undecided("the step of a range must be positive");
      for (Number s = scalar(*t.low); at_most(s, high); s = s + by) {
        values.emplace_back(s);
        if (v.ranged && !whole(s)) throw NoValue("a range of numbers that are not whole");
        if (values.size() > kMost) throw Undecided("a range with more than 20000 values");
      }
    } catch (const NoValue&) {  // a value to try that does not exist is left out, a range is not
      if (v.ranged) throw;
    }
  }
  return values;
}

}  // namespace istcheck::check
