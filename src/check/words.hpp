// The words of a step of a certificate, read one after the other.
#pragma once

#include "cert/format.hpp"
#include "check/matrix.hpp"

namespace istcheck::check {

/// A step does not show what it must.
class Rejected : public std::runtime_error {
 public:
  Rejected(const cert::Step& step, const std::string& message)
      : std::runtime_error(message), step(step) {}
  cert::Step step;
};

/// All throw Rejected when the step is not as they expect.
class Words {
 public:
  Words(cert::Step step, const std::deque<Root>& roots, const cert::Limits& limits,
        const std::deque<Root>* unknowns = nullptr)
      : step_(std::move(step)), roots_(roots), unknowns_(unknowns), limits_(limits) {}

  std::string rule() const { return step_.rule(); }
  size_t count() const { return step_.words.size() - 1; }  ///< of words after the rule
  size_t left() const { return step_.words.size() - next_; }
  void require(bool fact, const std::string& message) const {
    if (!fact) throw Rejected(step_, message);
  }
  /// The rule must be the one that is named.
  void must_be(const std::string& rule) const { require(step_.rule() == rule, "expected " + rule); }
  /// The rule is `one`, or else it must be `other`.
  bool either(const std::string& one, const std::string& other) const;
  /// So many words must follow the rule.
  Words& expect(size_t count);

  std::string word();
  size_t index(const std::string& word, size_t most) const;  ///< 0 for "1", at most `most` − 1
  size_t index(size_t most) { return index(word(), most); }
  Number number();
  Rational rational();
  Mat matrix(size_t rows, size_t columns);
  Mat symmetric(size_t d);  ///< by its entries (i, j), i <= j

 private:
  cert::Step step_;
  const std::deque<Root>& roots_;
  const std::deque<Root>* unknowns_;
  const cert::Limits& limits_;
  size_t next_ = 1;
};

}  // namespace istcheck::check
