// JSON output with exact numbers, in the form that docs/manual.md fixes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exact/algebraic.hpp"
#include "exact/rational.hpp"
#include "exact/surd.hpp"

namespace istcheck {

/// Writes one JSON document, indented, keys in the order of the calls. Numbers that mathematics is
/// about are strings or objects: "-3/7"; {"surd": [["1/2", 3], …], "decimal": …};
/// {"poly": […], "interval": […], "decimal": …}. A value that is rational is written as a rational.
class JsonWriter {
 public:
  enum class Layout { indented, compact };
  explicit JsonWriter(Layout layout = Layout::indented);
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& null();
  JsonWriter& boolean(bool value);
  JsonWriter& text(std::string_view value);
  JsonWriter& texts(const std::vector<std::string>& values);  ///< an array
  JsonWriter& integer(const Integer& value);                  ///< a JSON number, however large
  JsonWriter& floating(double value);  ///< for durations and simulations only
  JsonWriter& number(const Rational& value);
  JsonWriter& number(const Surd& value);
  JsonWriter& number(const Algebraic& value);
  template <class S>
  JsonWriter& vector(const Vector<S>& v) {
    begin_array();
    for (Index i = 0; i < v.size(); ++i) number(v(i));
    return end_array();
  }
  template <class S>
  JsonWriter& matrix(const Matrix<S>& m) {
    begin_array();
    for (Index i = 0; i < m.rows(); ++i) vector<S>(m.row(i).transpose());
    return end_array();
  }

  /// The document so far, with a newline at the end.
  std::string str() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace istcheck
