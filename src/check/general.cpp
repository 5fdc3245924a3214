#include "check/general.hpp"

#include <algorithm>

#include "check/replay.hpp"
#include "claim/check.hpp"

namespace istcheck::check {
namespace {

using claim::Claim;
using claim::Kind;

constexpr size_t kMostWays = 100'000;

/// One way through the claim, on unknowns of its own.
class Way {
 public:
  Way(const Claim& claim, const Case* shape, Ways& ways, Steps& steps, const cert::Limits& limits)
      : claim_(claim), shape_(shape), steps_(steps), limits_(limits), facts_(ways, steps, limits) {}

  void run(General& result) {
    if (shape_ != nullptr)
      world_ = std::make_unique<World>(*shape_, data(), facts_, limits_.outcomes);
    evaluator_ = std::make_unique<Evaluator>(claim_, world_.get(), facts_, limits_);
    // A claim that uses no case has no settings.
    if (shape_ != nullptr && !evaluator_->in_setting()) return;
    for (const auto& v : claim_.variables)
      if (!set(v)) return;
    for (const auto& h : claim_.hypotheses)
      if (!evaluator_->truth(*h.value)) return;
    ++result.ways;
    for (size_t k = 0; k < claim_.conclusions.size(); ++k) {
      if (evaluator_->truth(*claim_.conclusions[k].value)) continue;
      ++result.refuted;
      return impossible(k);
    }
  }

 private:
  const Claim& claim_;
  const Case* shape_;
  Steps& steps_;
  const cert::Limits& limits_;
  AssumedFacts facts_;
  std::unique_ptr<World> world_;
  std::unique_ptr<Evaluator> evaluator_;
  std::string integers_;

  bool says(const std::string& flag) const {
    return std::any_of(claim_.settings.begin(), claim_.settings.end(),
                       [&](const auto& s) { return s.key == flag; });
  }

  /// Unknown data; a setting such as "homogeneous" lets workers share them.
  Data data() {
    const auto n = size_t(shape_->n()), d = size_t(shape_->d());
    Data data;
    for (size_t i = 0; i < n; ++i) {
      const std::string worker = "[" + std::to_string(i + 1) + "]";
      const bool again = i > 0 && says("homogeneous");
      data.L.push_back(again ? data.L[0] : facts_.unknown_symmetric("L" + worker, d));
      facts_.assume_form(data.L.back(), false);
      data.b.push_back(says("interpolation") ? Mat(d, 1)
                       : again               ? data.b[0]
                                             : facts_.unknown_matrix("b" + worker, d, 1));
      data.noise.push_back(says("noiseless") ? Mat(d, d)
                                             : facts_.unknown_symmetric("noise" + worker, d));
    }
    data.start = facts_.unknown_matrix("start", d, 1);
    data.step = facts_.unknown("step");
    return data;
  }

  /// What the shape says of an integer variable.
  std::optional<Rational> own_value(const std::string& name) const {
    if (shape_ == nullptr || !shape_->roots.empty()) return std::nullopt;
    const auto own = shape_->values.find(name);
    const auto* q = own == shape_->values.end() ? nullptr : std::get_if<Rational>(&own->second);
    return q == nullptr ? std::nullopt : std::optional(*q);
  }

  /// An unknown of the variable's kind; an integer takes each of its listed values in turn, or only
  /// the one of them that the shape gives.
  bool set(const claim::Variable& v) {
    const auto value = v.kind == Kind::integer ? whole_value(v) : unknown_value(v);
    if (value) evaluator_->set_variable(v.name, *value);
    return value.has_value();
  }

  std::optional<Mat> whole_value(const claim::Variable& v) {
    std::vector<Mat> values;
    const auto own = own_value(v.name);
    for (const Mat& listed : evaluator_->listed_values(v))
      if (listed.whole() && (!own || listed == Mat(Number(*own)))) values.push_back(listed);
    if (own && values.size() > 1) values.resize(1);
    if (values.empty()) return std::nullopt;
    const Mat& value = values[facts_.choose(values.size())];
    integers_ += " " + v.name + "=" + text(value);
    return value;
  }

  Mat unknown_value(const claim::Variable& v) {
    if (v.kind == Kind::scalar) return facts_.unknown(v.name);
    if (!world_) throw Undecided("the size of " + v.name);
    const size_t d = world_->d();
    if (v.kind == Kind::vector || v.kind == Kind::matrix)
      return facts_.unknown_matrix(v.name, d, v.kind == Kind::vector ? 1 : d);
    const Mat m = facts_.unknown_symmetric(v.name, d);
    if (v.kind == Kind::positive) facts_.assume_form(m, true);
    return m;
  }

  /// The certificate repeats what is assumed, for its reader, and refutes it.
  void impossible(size_t conclusion) {
    steps_.state("refute conclusion " + std::to_string(conclusion + 1) + integers_);
    Impossible here{facts_.facts(), facts_.forms(), facts_};
    for (size_t k = 0; k < facts_.names().size(); ++k)
      steps_.state("unknown r" + std::to_string(k + 1) + " " + facts_.names()[k]);
    for (size_t k = 0; k < here.facts.size(); ++k)
      steps_.state("fact f" + std::to_string(k + 1) + " " + text(here.facts[k]));
    for (size_t k = 0; k < here.forms.size(); ++k)
      steps_.state(std::string("matrix ") + std::to_string(k + 1) +
                   (here.forms[k].definite ? " >> 0 " : " >>= 0 ") + text(here.forms[k].m));
    refute(std::move(here), steps_, limits_);
  }
};

}  // namespace

General check_generally(const Claim& claim, const Case* shape, Steps& steps,
                        const cert::Limits& limits) {
  if (claim.family) throw Undecided("a claim that builds its own instances");
  if (claim::uses_case(claim) != (shape != nullptr))
    throw std::invalid_argument(shape == nullptr ? "the claim needs a case, for its shape"
                                                 : "the claim uses no case: give -");
  if (shape != nullptr && shape->schedule)
    throw Undecided("a schedule of steps: steps of all sizes are unknowns");
  Ways ways;
  General result;
  for (size_t count = 1;; ++count) {
    if (count > kMostWays) throw Undecided("more than 100000 ways");
    try {
      Way(claim, shape, ways, steps, limits).run(result);
    } catch (const NoValue&) {  // nothing is said where an expression has no value
    } catch (const NoConfiguration&) {
    }
    if (!ways.next()) break;
  }
  if (result.ways == 0) throw std::invalid_argument("the claim says nothing about this shape");
  return result;
}

}  // namespace istcheck::check
