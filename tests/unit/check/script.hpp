// Steps from a list of lines, to ask the rules for facts directly.
#pragma once

#include <catch2/catch.hpp>
#include <sstream>

#include "check/facts.hpp"

namespace istcheck::check {

class Script final : public Steps {
 public:
  explicit Script(const std::vector<std::string>& lines) {
    for (const auto& line : lines) {
      std::istringstream in(line);
      steps_.push_back({steps_.size() + 1, {}});
      for (std::string word; in >> word;) steps_.back().words.push_back(word);
    }
  }
  cert::Step answer(const Question&) override {
    if (next_ == steps_.size()) throw Rejected({next_, {"end"}}, "no more steps");
    return steps_[next_++];
  }
  void state(const std::string&) override {}
  bool skip() override { return false; }
  std::optional<bool> trusted(const std::string&) override { return std::nullopt; }
  bool finished() const { return next_ == steps_.size(); }

 private:
  std::vector<cert::Step> steps_;
  size_t next_ = 0;
};

inline constexpr cert::Limits kTestLimits{1000, 1000, 100, 200, 1000};

/// Facts that the lines prove; finished() tells whether all of them were used.
struct Proof {
  explicit Proof(const std::vector<std::string>& lines)
      : script(lines), facts(script, kTestLimits) {}
  Script script;
  ShownFacts facts;
};

/// A matrix from its entries, row by row, in words.
inline Mat matrix(size_t rows, size_t columns, const std::string& words) {
  std::istringstream in(words);
  Mat m(rows, columns);
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 0; j < columns; ++j) {
      std::string word;
      in >> word;
      m.at(i, j) = parse_number(word, {});
    }
  return m;
}

}  // namespace istcheck::check
