// Where something stands in a claim file, and errors that show it.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace istcheck::claim {

/// Line and column count from 1; columns count characters, not bytes.
struct Place {
  int line = 1;
  int column = 1;
};

/// The text of one claim file. `name` only appears in messages.
struct Source {
  std::string name;
  std::string text;
};

/// Bad claim text, or a claim that makes no sense on a case: what() is
///     file:3:14: message
///       3 | let W = Lbar + x
///         |              ^
class ClaimError : public std::runtime_error {
 public:
  ClaimError(const Source& source, Place place, const std::string& message);
  Place place() const { return place_; }

 private:
  Place place_;
};

/// An expression has no value on this case (a division by zero, the inverse of a singular matrix
/// …).
class Undefined : public std::runtime_error {
 public:
  Undefined(Place place, const std::string& message) : std::runtime_error(message), place_(place) {}
  Place place() const { return place_; }

 private:
  Place place_;
};

/// The value exists but istcheck cannot compute or compare it exactly.
class Unsupported : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The word of `known` nearest to `word` by edit distance, or "" when none is near.
std::string nearest_name(const std::string& word, const std::vector<std::string>& known);

/// " (did you mean 'x'?)", or "" when no known word is near.
std::string suggestion(const std::string& word, const std::vector<std::string>& known);

}  // namespace istcheck::claim
