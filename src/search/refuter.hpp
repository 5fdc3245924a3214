// Finds the steps of a certificate that refute assumptions about unknowns: sums of products of the
// assumptions and of squares that add up to zero, as linear programs of growing size.
#pragma once

#include <set>

#include "search/refutation_try.hpp"

namespace istcheck::search {

class Refuter final : public check::Steps {
 public:
  /// With `narrowed` the lines that may narrow what the certificate speaks of.
  Refuter(const Patience& patience, std::set<std::string> narrowed)
      : patience_(patience), narrowed_(std::move(narrowed)) {}

  /// Throws NotRefuted.
  cert::Step answer(const check::Question& question) override;
  void state(const std::string& line) override;
  bool skip() override { return false; }
  std::optional<bool> trusted(const std::string&) override { return std::nullopt; }
  bool narrowed(const std::string& line) override;
  void tick() override;

  const std::vector<cert::Step>& steps() const { return steps_; }

 private:
  const Patience& patience_;
  std::set<std::string> narrowed_;
  std::vector<cert::Step> steps_, waiting_;
};

/// Steps that refute the assumptions, ending with `sum`; none when the tries end without success.
std::vector<cert::Step> refutation(const check::Impossible& known, const Patience& patience);

}  // namespace istcheck::search
