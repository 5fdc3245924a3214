// Reading the numbers of a case, Σ q √r α^k, part by part. Private to input/.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "input/node_reader.hpp"

namespace istcheck {

/// Between begin_part() and end_part() every number is read for its multiple of one √r α^k; the
/// others that occur are found on the way. All throw InputError with file, line and column.
class NumberReader : protected NodeReader {
 protected:
  NumberReader(const std::string& file, Roots roots) : NodeReader(file), roots_(roots) {}

  void begin_part(const Irrational& b) { part_ = b; }
  void end_part() { part_.reset(); }
  /// The coefficient in the part; of a rational number outside of parts, the number, and irrational
  /// ones are refused there.
  Rational number(const Node& node);
  /// All √r α^k other than 1 that have occurred.
  std::set<Irrational> found() const { return found_; }
  /// [alpha]: poly, its integer coefficients from the lowest, and an interval around one root.
  Alpha read_alpha(const Node& node);
  /// The radicands that have occurred are short together; otherwise fails at the node.
  void require_short_roots(const Node& node) const;

 private:
  const Roots roots_;
  size_t degree_ = 0;               ///< of alpha; 0 where there is none
  std::optional<Irrational> part_;  ///< the √r α^k whose multiples are read now
  std::set<Irrational> found_;

  [[noreturn]] void refuse_irrational(const Node& node) const;
  void add_roots(const Node& terms, std::map<Irrational, Rational>& sum) const;
  void add_powers(const Node& powers, std::map<Irrational, Rational>& sum) const;
  Integer squarefree(const Node& node) const;
};

}  // namespace istcheck
