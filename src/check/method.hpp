// A method as text on a case (docs/semantics.md 17): its state, and one round of it by running the
// body over all draws, with the entries of the state as unknowns.
#pragma once

#include "check/evaluator.hpp"
#include "claim/method.hpp"

namespace istcheck::check {

class TextMethod {
 public:
  /// Reads sizes, parameters and data of the case. Throws NoValue, Undecided, std::invalid_argument
  /// for what the case lacks or has in another shape.
  TextMethod(const claim::Method& m, World& world, Facts& facts, const cert::Limits& limits);
  ~TextMethod();

  size_t size() const { return size_; }
  /// The first coordinate of a block with this value of its index (none: any), and its length.
  std::pair<size_t, size_t> place(const claim::Block& b, std::optional<long> index) const;
  /// A parameter or datum of the case; nothing when the name is none. A list over rounds throws.
  std::optional<Mat> given(const std::string& name);
  Evaluator::Form form_of(const std::string& name) const;

  static constexpr long kLastRound = -1;  ///< when lists over rounds have come to their ends
  /// One round with this step, of the whole state.
  const Round& round(const Number& step, long k = kLastRound);
  /// z⁰; `x0` replaces the start of a block x, and `own` the first step of the case.
  Mat start(const Mat* x0, const std::optional<Number>& own);
  /// x⁰: where a block x starts, else the case's.
  Mat start_of_x(const std::optional<Number>& own);
  /// E[(z^k; 1)(z^k; 1)ᵀ] from z⁰, with the steps of the case or one of its own.
  const Mat& second_moment(size_t k, const std::optional<Number>& own, const Mat& start);

  /// With the step and the start of the case.
  const ReachableStates& reachable();
  /// A on it, in the coordinates of the directions.
  CongruenceSum on_reachable();
  /// lim E of `length` coordinates from the first one on, from z⁰; throws NoValue when there is
  /// none. `own` replaces the steps of the case, whose last one is `last`.
  Mat limit(const Number& last, const std::optional<Number>& own, const Mat& start, size_t first,
            size_t length);

 private:
  struct Branch;
  const claim::Method& m_;
  World& world_;
  Facts& facts_;
  const cert::Limits& limits_;
  const claim::Claim nothing_;
  std::unique_ptr<Evaluator> evaluator_;
  MethodScope given_;  ///< parameters and data, in the round that is run
  long round_ = kLastRound;
  struct Place {
    long low = 1, high = 1;
    size_t first = 0, length = 0;
  };
  std::map<std::string, Place> places_;
  size_t size_ = 0;
  std::deque<Root> roots_;  ///< of the state, then of noise
  std::map<std::string, Round> rounds_;
  std::map<std::string, std::vector<Mat>> paths_;
  std::optional<ReachableStates> reachable_;

  void read_case(const Number& step, long k);
  size_t longest_list() const;
  std::pair<long, long> ends(const claim::Binder& b, const Branch& at);
  std::vector<long> elements(const claim::IndexRange& r, const Branch& at);
  Mat value(const claim::Expr& e, const Branch& at);
  long whole(const claim::Expr& e, const Branch& at);
  std::vector<long> set_of(const claim::Expr& e, const Branch& at);
  void each(const std::vector<claim::Binder>& indices, Branch& at,
            const std::function<void(long last)>& body, size_t k = 0);
  Number unknown(size_t k);
  std::vector<Branch> after(const std::vector<claim::MethodStep>& steps, Branch from);
  void update(const claim::MethodStep& s, const Branch& before, Branch& after);
  std::vector<Branch> draw(const claim::MethodStep& s, Branch from);
  /// What one draw can be: probabilities and values, more than one where they are drawn jointly.
  using Law = std::vector<std::pair<Number, std::vector<Mat>>>;
  Law law(const claim::MethodStep& s, const Branch& at);
  Number probability(const claim::Expr& e, const Branch& at);
  void add_noise(const claim::MethodStep& s, Branch& at);
  void require_at_most(const Integer& outcomes) const;
};

}  // namespace istcheck::check
