#include "judge.hpp"

#include "check/general.hpp"
#include "judge_refutation.hpp"

#include <algorithm>
#include <set>

#include "claim/scalar.hpp"
#include "dynamics/theta.hpp"
#include "exact/linalg.hpp"
#include "search/field.hpp"

namespace istcheck::mutation {
namespace {

using check::CongruenceSum;
using check::Mat;
using check::Number;
using check::Question;
using claim::Scalar;

/// Follows the steps and keeps each question with its answer.
class Recorder final : public check::Steps {
 public:
  explicit Recorder(const cert::Certificate& c) : steps_(c.steps) {}
  struct Answer {
    Question::Kind kind;
    std::vector<Mat> about;
    cert::Step step;
    std::deque<check::Root> roots;
  };
  std::vector<Answer> answers;
  std::string untrue_refutation;  ///< the first one

  cert::Step answer(const Question& q) override {
    const cert::Step step = steps_.at(next_++);
    if (q.kind == Question::Kind::refutation) {
      const auto fault = refutations_.untrue(*q.impossible, step);
      if (untrue_refutation.empty()) untrue_refutation = fault;
      return step;
    }
    answers.push_back({q.kind, q.about, step, q.roots});
    return step;
  }
  void state(const std::string&) override { ++next_; }
  bool skip() override {
    const bool here = steps_.at(next_).rule() == "skip";
    next_ += here ? 1 : 0;
    return here;
  }
  bool narrowed(const std::string& line) override {
    if (next_ == steps_.size()) return false;
    std::string joined;
    for (const auto& w : steps_[next_].words) joined += (joined.empty() ? "" : " ") + w;
    next_ += joined == line ? 1 : 0;
    return joined == line;
  }
  std::optional<bool> trusted(const std::string&) override { return std::nullopt; }

 private:
  const std::vector<cert::Step>& steps_;
  size_t next_ = 0;
  RefutationJudge refutations_;
};

/// The number as the engine writes it. Throws for a root that is only enclosed.
Scalar scalar(const Number& x) {
  Scalar sum = x.rational();
  for (const auto& [m, q] : x.rest()) {
    Scalar term = q;
    for (const auto& [root, power] : m) {
      if (root->relation.empty()) throw std::runtime_error("a root without a polynomial");
      Integer common = 1;
      for (const auto& c : root->relation) common *= denominator(c);
      Polynomial p;
      for (const auto& c : root->relation) p.push_back(numerator(Rational(c * Rational(common))));
      p.push_back(common);
      Scalar value =
          root->low == root->high ? Scalar(root->low) : Scalar(Algebraic(p, root->low, root->high));
      term = term * claim::power(value, long(power));
    }
    sum = sum + term;
  }
  return sum;
}

std::optional<SurdMatrix> surds(const Mat& m) {
  SurdMatrix result(Index(m.rows()), Index(m.columns()));
  for (size_t i = 0; i < m.rows(); ++i)
    for (size_t j = 0; j < m.columns(); ++j) {
      const Scalar s = scalar(m.at(i, j));
      if (s.surd() == nullptr) return std::nullopt;
      result(Index(i), Index(j)) = *s.surd();
    }
  return result;
}

Number word(const Recorder::Answer& a, size_t k) {
  return parse_number(a.step.words.at(k), a.roots);
}

bool definiteness_is_true(const Recorder::Answer& a) {
  const Mat& m = a.about[0];
  const bool says_psd = a.step.rule() == "ldl";
  bool says_definite = says_psd;
  for (size_t k = 0; says_psd && k < m.rows(); ++k)
    says_definite = says_definite && scalar(word(a, a.step.words.size() - 1 - k)).sign() > 0;
  if (const auto s = surds(m)) {
    const auto found = decide_psd_by_ldlt(*s);
    return found.psd() == says_psd && (!says_psd || found.definite == says_definite);
  }
  const auto found = search::ldl_of(m);
  const bool definite = std::none_of(found.pivots.begin(), found.pivots.end(),
                                     [](const Number& p) { return p.vanishes(); });
  return found.negative.has_value() == !says_psd && (!says_psd || definite == says_definite);
}

bool inverse_is_true(const Recorder::Answer& a) {
  const size_t d = a.about[0].rows();
  const auto found = search::solution_of(a.about[0], Mat::identity(d));
  if (a.step.rule() == "singular") return !found;
  if (!found) return false;
  for (size_t k = 0; k < d * d; ++k)
    if (!(found->at(k / d, k % d) == word(a, k + 1))) return false;
  return true;
}

bool least_is_true(const Recorder::Answer& a) {
  const auto A = surds(a.about[0]), B = surds(a.about[1]);
  if (!A || !B) throw std::runtime_error("an eigenvalue over algebraic numbers");
  const auto found = least_theta(*A, *B);
  // No number at all; or the stated one, and all below it.
  if (a.step.rule() == "none" || a.step.rule() == "apart")
    return !found.least && !found.without_end;
  if (a.step.rule() == "below")
    return found.without_end &&
           decide_psd(SurdMatrix(*B * scalar(word(a, 1)).need_surd("a multiple") - *A)).psd();
  return found.least && compare(Scalar(*found.least), scalar(word(a, 1))) == 0;
}

/// The spectral radius of S ↦ Σ w A S Aᵀ, from the upper left d × d parts.
Scalar radius_of(const std::vector<Mat>& about, size_t first, size_t d) {
  CongruenceSum t;
  for (size_t k = first; k + 1 < about.size(); k += 2)
    t.terms.emplace_back(about[k].at(0, 0).rational(), about[k + 1].block(0, 0, d, d));
  const size_t size = d * (d + 1) / 2;
  Mat op(size, size);
  for (size_t column = 0; column < size; ++column) {
    Mat list(size, 1);
    list.at(column, 0) = 1;
    const Mat image = search::packed(t.apply(search::unpacked(list, d)));
    for (size_t row = 0; row < size; ++row) op.at(row, column) = image.at(row, 0);
  }
  const auto s = surds(op);
  if (!s) throw std::runtime_error("a radius over algebraic numbers");
  return Scalar(is_rational(*s) ? cone_spectral_radius(to_rational(*s)) : cone_spectral_radius(*s));
}

bool radius_is_true(const Recorder::Answer& a) {
  if (a.about.size() == 1) {
    const auto s = surds(a.about[0]);
    return s && compare(Scalar(spectral_radius(*s)), scalar(word(a, 1))) == 0;
  }
  const Scalar rho = radius_of(a.about, 0, a.about[1].rows());
  return compare(scalar(word(a, 1)), rho) <= 0 && compare(rho, scalar(word(a, 2))) <= 0;
}

bool stationary_is_true(const Recorder::Answer& a) {
  const size_t D = a.about[0].rows();
  const bool stable = compare(radius_of(a.about, 1, D - 1), Scalar(1)) < 0;
  if (a.step.rule() == "unstable") return !stable;
  Mat list(D * (D + 1) / 2, 1);
  for (size_t k = 0; k < list.rows(); ++k) list.at(k, 0) = word(a, k + 1);
  const Mat m = search::unpacked(list, D);
  Mat next = a.about[0];
  for (size_t k = 1; k + 1 < a.about.size(); k += 2)
    next = next + a.about[k].at(0, 0) * (a.about[k + 1] * m * a.about[k + 1].transposed());
  return stable && next == m && m.at(D - 1, D - 1) == Number(1);
}

bool square_root_is_true(const Recorder::Answer& a) {
  const Number& x = a.about[0].at(0, 0);
  return x.is_rational() && compare(Scalar(Surd::sqrt_of(x.rational())), scalar(word(a, 1))) == 0;
}

bool inverse_root_is_true(const Recorder::Answer& a) {
  const size_t d = a.about[0].rows();
  Mat list(d * (d + 1) / 2, 1);
  for (size_t k = 0; k < list.rows(); ++k) list.at(k, 0) = word(a, k + 1);
  const Mat x = search::unpacked(list, d);
  const auto s = surds(x);
  const auto square = search::solution_of(a.about[0], Mat::identity(d));
  return s && square && x * x == *square && is_positive_definite(*s);
}

/// The polynomial has one real root in the interval: it changes sign, and Descartes' rule, which is
/// behind Algebraic, isolates that root.
bool root_is_true(const Recorder::Answer& a) {
  check::Root root{a.roots.size() + 1, {}, 0, 0};
  const auto& words = a.step.words;
  for (size_t k = 1; k + 2 < words.size(); ++k) root.relation.push_back(word(a, k).rational());
  root.low = word(a, words.size() - 2).rational();
  root.high = word(a, words.size() - 1).rational();
  const Scalar value = scalar(Number(root));
  return compare(Scalar(root.low), value) < 0 && compare(value, Scalar(root.high)) < 0;
}

bool is_true(const Recorder::Answer& a) {
  if (a.step.rule() == "root") return root_is_true(a);
  switch (a.kind) {
    case Question::Kind::definiteness:
      return definiteness_is_true(a);
    case Question::Kind::inverse:
      return inverse_is_true(a);
    case Question::Kind::root:
      return square_root_is_true(a);
    case Question::Kind::least:
      return least_is_true(a);
    case Question::Kind::radius:
      return radius_is_true(a);
    case Question::Kind::stationary:
      return stationary_is_true(a);
    case Question::Kind::inverse_root:
      return inverse_root_is_true(a);
    case Question::Kind::choice:
      return true;  // any value may be given
    case Question::Kind::refutation:
      break;  // judged as they come
  }
  return false;
}

}  // namespace

std::string untrue_step(const std::string& accepted, const std::string& original,
                        const check::ClaimFile& claims, const check::CaseFile* c) {
  const auto mutant = cert::parse_certificate(accepted), before = cert::parse_certificate(original);
  if (mutant.claim != before.claim || mutant.verdict != before.verdict)
    return "another claim or verdict";
  const auto claim = std::find_if(claims.claims.begin(), claims.claims.end(),
                                  [&](const claim::Claim& k) { return k.id == mutant.claim; });
  std::set<std::string> known;  // steps of the original are the engine's own
  const auto joined = [](const cert::Step& step) {
    std::string line;
    for (const auto& w : step.words) line += w + " ";
    return line;
  };
  for (const auto& step : before.steps) known.insert(joined(step));
  Recorder recorder(mutant);
  if (mutant.verdict == "proved") {
    check::check_generally(*claim, c != nullptr ? &c->c : nullptr, recorder, mutant.limits);
    return recorder.untrue_refutation;
  }
  check::replay(*claim, c != nullptr ? &c->c : nullptr, recorder, mutant.limits,
                mutant.verdict == "violated");
  if (!recorder.untrue_refutation.empty()) return recorder.untrue_refutation;
  for (const auto& a : recorder.answers) {
    if (known.count(joined(a.step)) > 0) continue;
    try {
      if (!is_true(a)) return "untrue: " + joined(a.step);
    } catch (const std::exception& error) {
      return "not judged (" + std::string(error.what()) + "): " + joined(a.step);
    }
  }
  return "";
}

}  // namespace istcheck::mutation
