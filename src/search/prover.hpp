// Finds the steps of a certificate: answers each question of the checker's replay with a witness.
#pragma once

#include <functional>
#include <set>

#include "check/refutation.hpp"
#include "claim/every_value.hpp"
#include "dynamics/conjunction.hpp"
#include "exact/algebraic.hpp"
#include "search/field.hpp"

namespace istcheck::search {

class Prover final : public check::Steps {
 public:
  /// Skips the first `skipped` choices of the variables. `trust` maps the number of a statement (as
  /// they come) to the answer that goes in without a proof.
  /// With `every_value` the certificate is to show its verdict for all values of the variables;
  /// `given` is a choice that the claim does not list. `elements` knows what settles quantifiers
  /// over kinds at a choice of the variables, by the line that asks for it.
  using Elements = std::function<std::optional<claim::Value>(size_t point, const std::string&)>;
  Prover(size_t skipped, std::map<size_t, bool> trust, bool every_value = false,
         std::optional<claim::Choice> given = std::nullopt, Elements elements = {})
      : skipped_(skipped),
        trust_(std::move(trust)),
        every_value_(every_value),
        given_(std::move(given)),
        elements_(std::move(elements)) {}

  cert::Step answer(const check::Question& question) override;
  void state(const std::string& line) override;
  bool skip() override;
  std::optional<bool> trusted(const std::string& what) override;
  bool narrowed(const std::string& line) override;

  const std::vector<cert::Step>& steps() const { return steps_; }
  /// The statement that is being decided, counted from 0; nothing outside of statements.
  std::optional<size_t> statement() const { return deciding_; }
  /// Its choice of the variables, counted from 0 with the skipped ones, and its place there.
  struct Spot {
    size_t point;
    std::string what;
  };
  const Spot& spot() const { return spot_; }
  /// Whether it was at the ways through all values that it ended.
  bool at_every_value() const { return at_every_value_; }

 private:
  size_t skipped_;
  std::map<size_t, bool> trust_;
  bool every_value_, at_every_value_ = false;
  std::optional<claim::Choice> given_;
  size_t given_next_ = 0;
  Elements elements_;
  std::optional<claim::Value> element_;  ///< to be given next
  std::vector<cert::Step> steps_, waiting_;
  std::optional<std::vector<ProofStep>> proof_;  ///< found, and not yet written
  size_t statements_ = 0, points_ = 0;
  std::optional<size_t> deciding_;
  Spot spot_;
  std::map<Integer, size_t> root_of_prime_;  ///< index of the root √p
  std::vector<std::pair<Algebraic, size_t>> root_of_algebraic_;
  std::vector<std::pair<Rational, size_t>> root_of_long_;  ///< √x of an x that is not factored

  void record(std::vector<std::string> words);
  void find(const check::Question& question);
  void definiteness(const Mat& m);
  void inverse(const Mat& m);
  void square_root(const Number& x, const std::deque<check::Root>& roots);
  std::optional<Number> root_of_long(const Rational& x, const std::deque<check::Root>& roots);
  std::vector<std::string> none(const Mat& a, const Mat& b);
  void least(const Mat& a, const Mat& b, const std::deque<check::Root>& roots);
  void radius(const Mat& a, const std::deque<check::Root>& roots);
  void square_radius(const check::CongruenceSum& t);
  void radius_interval(const check::CongruenceSum& t, const Algebraic& rho, bool single);
  void stationary(const check::CongruenceSum& t, const Mat& noise);
  void inverse_root(const Mat& l, const std::deque<check::Root>& roots);
  void value_of_choice(const std::deque<check::Root>& roots);
  void close(const check::Question& question);
  Conjunction conjunction_of(const check::Impossible& known) const;
  std::vector<std::string> words_of(const ProofStep& step, const check::Question& question);

  std::optional<Number> known(const Surd& x, const std::deque<check::Root>& roots,
                              const std::deque<check::Root>* unknowns = nullptr);
  std::optional<Number> known(const Algebraic& x, const std::deque<check::Root>& roots);
  std::optional<Number> related(const Algebraic& x, const std::deque<check::Root>& roots) const;
  bool of_the_case(const check::Root& root) const;
  void declare(const Algebraic& x, const std::deque<check::Root>& roots);
  std::optional<Surd> surd_of(const Number& x, bool algebraic = false) const;
  std::optional<SurdMatrix> surds_of(const Mat& m) const;
};

}  // namespace istcheck::search
