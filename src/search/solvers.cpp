#include "search/solvers.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

namespace istcheck::search {

namespace {

constexpr double kCvc5Seconds = 1, kCvc5SecondsOnForms = 0.2;
constexpr size_t kMostIntegerChoices = 6;

std::string integers_text(const Integers& integers) {
  std::string text;
  for (const auto& [name, k] : integers) text += "-" + name + std::to_string(k);
  return text;
}

/// 4 ms for each point of the budget, between `least` and 8 s, and no longer than there is.
unsigned milliseconds(const Patience& patience, size_t least) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                        patience.deadline - std::chrono::steady_clock::now())
                        .count();
  const size_t wanted =
      std::clamp<size_t>(4 * std::min<size_t>(patience.points, 8000), least, 8000);
  return static_cast<unsigned>(std::clamp<long>(left, 1, static_cast<long>(wanted)));
}

std::string query_file_name(const std::string& text) {
  std::string name;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  return name;
}

}  // namespace

bool covers_shape(const Space& space, const Encoding& encoding) {
  const Restriction& r = space.restriction();
  if (!about_a_case(space.claim())) return encoding.whole();
  const bool equal = has_flag(space.claim(), "homogeneous"),
             zero = has_flag(space.claim(), "interpolation"),
             noisy = space.uses().noise && !has_flag(space.claim(), "noiseless");
  return encoding.whole() && (!noisy || r.noise) && !r.unit_diagonal && !r.diagonal &&
         (!r.same_L || equal) && (!r.same_b || equal) && (!r.zero_b || zero);
}

bool Solvers::settled(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto a = answers_.find(key);
  return a != answers_.end() && (a->second.answer != "unknown" || !a->second.note.empty());
}

void Solvers::record(const std::string& key, SolverAnswer a) {
  const std::lock_guard lock(mutex_);
  answers_.insert_or_assign(key, std::move(a));
}

std::string Solvers::written(const Space& space, const Encoding& encoding, const Integers& integers,
                             const Query& q) {
  if (settings_.folder.empty()) return "";
  std::filesystem::create_directories(settings_.folder);
  const std::string file = settings_.folder + "/" +
                           query_file_name(claim_.id + " " + space.name() + " " +
                                           to_string(encoding) + integers_text(integers)) +
                           ".smt2";
  const std::lock_guard lock(mutex_);
  std::ofstream(file) << q.text;
  return file;
}

std::optional<Finding> Solvers::run(const Referee& referee, const Space& space,
                                    const Patience& patience, bool forms) {
  // Variables are unknowns here, so spaces that keep them at their trials add nothing.
  const bool trials = std::any_of(claim_.variables.begin(), claim_.variables.end(),
                                  [](const auto& v) { return !v.trials.empty(); });
  const Restriction& r = space.restriction();
  const bool with_case = about_a_case(claim_);
  if ((with_case && (r.unit_diagonal || r.noise)) || (trials && !r.own_values)) return std::nullopt;
  if (forms && (!with_case || !covers_shape(space, {}))) return std::nullopt;
  std::vector<Integers> choices;
  try {
    choices = integer_choices(claim_, kMostIntegerChoices);
  } catch (const Unencodable& error) {
    record(space.name(), {"none", "", space.name(), "", "unknown", error.what(), 0, false});
    return std::nullopt;
  }
  {
    const std::lock_guard lock(mutex_);
    for (const auto& i : choices) wanted_[to_string(space.shape())].insert(integers_text(i));
  }
  for (const auto& integers : choices) {
    for (const auto& encoding : all_encodings()) {
      if (patience.over()) return std::nullopt;
      // In one dimension, and without a case, matrices have no encodings.
      const bool plain = encoding.whole() && encoding.psd == Encoding::Psd::minors &&
                         encoding.not_psd == Encoding::NotPsd::minors;
      if ((encoding.psd == Encoding::Psd::forms) != forms) continue;
      if ((!with_case || space.shape().d == 1) && !plain && !forms) continue;
      if (auto f = ask(referee, space, encoding, integers, patience)) return f;
    }
  }
  return std::nullopt;
}

std::optional<Finding> Solvers::ask(const Referee& referee, const Space& space,
                                    const Encoding& encoding, const Integers& integers,
                                    const Patience& patience) {
  const std::string name = space.name() + integers_text(integers);
  const std::string key = name + "|" + to_string(encoding);
  if (settled(key)) return std::nullopt;
  {
    const std::lock_guard lock(mutex_);
    const auto done = excluded_.find(to_string(space.shape()));
    if (done != excluded_.end() && done->second.count(integers_text(integers)) > 0)
      return std::nullopt;
  }
  SolverAnswer a{"Z3", to_string(encoding), name, "", "unknown", "", 0, false};
  a.whole = covers_shape(space, encoding);
  const auto begin = std::chrono::steady_clock::now();
  std::optional<Finding> found;
  try {
    const Query q = encode(space, encoding, integers);
    a.file = written(space, encoding, integers, q);
    const auto [z3, second] = said(q, encoding, patience);
    const bool asked = z3.answer != "not asked";
    a.answer = asked ? z3.answer : "unknown";
    if (!asked) a.note = "the program z3 is not installed";
    if (z3.answer == "sat" && encoding.psd == Encoding::Psd::forms) {
      a.note = "forms as free numbers have a model; the other encodings ask for entries";
    } else if (z3.answer == "sat") {
      found = violating(referee, space, integers, z3);
      a.note = !found                ? "no rational point near the model does"
               : found->c.rational() ? "a model that violates the claim"
                                     : "an irrational model that violates the claim";
      if (!found && encoding.abstract()) a.note = "a model of the abstraction, which is spurious";
      if (!found && !z3.irrational.empty()) a.note += "; its irrational values:" + z3.irrational;
    }
    if (z3.answer == "unsat") {
      if (second) a.note = "cvc5: " + *second;
      const std::lock_guard lock(mutex_);
      if (second && *second == "sat") {
        disagreements_.push_back("Z3 says unsat and cvc5 sat of the query " + key);
      } else if (a.whole) {
        excluded_[to_string(space.shape())].insert(integers_text(integers));
      }
    }
  } catch (const Unencodable& error) {
    a.note = error.what();
  } catch (const std::exception& error) {
    a.note = error.what();
    const std::lock_guard lock(mutex_);
    disagreements_.push_back(a.note + " (query " + key + ")");
  }
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  a.seconds = spent.count();
  record(key, a);
  return found;
}

/// A model as a case: rational numbers near it first, the nearest last, then the model itself.
std::optional<Finding> Solvers::violating(const Referee& referee, const Space& space,
                                          const Integers& integers, const Z3Answer& answer) {
  const auto judged = [&](Case c) {
    for (const auto& [variable, value] : integers) set_value(c, variable, Rational(value));
    return referee.violation(c);
  };
  size_t longest = 1;
  for (const auto& values : answer.model) longest = std::max(longest, values.size());
  for (size_t k = 0; k < longest; ++k) {
    std::vector<Rational> point;
    for (const auto& values : answer.model) point.push_back(values[std::min(k, values.size() - 1)]);
    if (auto found = judged(space.at(point))) return found;
  }
  if (answer.irrational.empty() || !answer.exact) return std::nullopt;
  return judged(space.at(*answer.exact));
}

/// After Z3 says unsat, a second opinion; a contradiction is shown loudly.
Said Solvers::said(const Query& q, const Encoding& encoding, const Patience& patience) {
  const bool forms = encoding.psd == Encoding::Psd::forms;
  const std::string question = q.text.substr(q.text.find("(set-logic"));
  if (forms) {
    const std::lock_guard lock(mutex_);
    if (const auto before = said_.find(question); before != said_.end()) return before->second;
  }
  const bool nlsat = forms || encoding.not_psd == Encoding::NotPsd::minors;
  Said s{ask_z3(q, nlsat ? "qfnra-nlsat" : "", milliseconds(patience, forms ? 2000 : 500),
                settings_.megabytes, patience.stop),
         std::nullopt};
  const std::chrono::duration<double> left = patience.deadline - std::chrono::steady_clock::now();
  const double most = forms ? kCvc5SecondsOnForms : kCvc5Seconds;
  if (s.z3.answer == "unsat" && left.count() > 0.05)
    s.cvc5 = ask_cvc5(q.text, std::min(most, left.count()), patience.stop);
  if (forms && (s.z3.answer == "sat" || s.z3.answer == "unsat")) {
    const std::lock_guard lock(mutex_);
    said_.emplace(question, s);
  }
  return s;
}

std::vector<SolverAnswer> Solvers::answers() const {
  const std::lock_guard lock(mutex_);
  std::vector<SolverAnswer> all;
  for (const auto& [key, a] : answers_) all.push_back(a);
  return all;
}

bool Solvers::exclude(const std::vector<Shape>& shapes) const {
  const std::lock_guard lock(mutex_);
  return !shapes.empty() && std::all_of(shapes.begin(), shapes.end(), [this](const Shape& s) {
    const auto wanted = wanted_.find(to_string(s)), excluded = excluded_.find(to_string(s));
    return wanted != wanted_.end() && excluded != excluded_.end() &&
           wanted->second == excluded->second;
  });
}

std::vector<std::string> Solvers::disagreements() const {
  const std::lock_guard lock(mutex_);
  return disagreements_;
}

}  // namespace istcheck::search
