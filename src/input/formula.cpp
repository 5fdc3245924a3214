#include "input/formula.hpp"

#include <cctype>
#include <stdexcept>

#include "input/case_file.hpp"

namespace istcheck {
namespace {

/// Recursive descent; the depth is limited so that no input can exhaust the stack.
class Parser {
 public:
  Parser(const std::string& text, const FormulaNames& names) : text_(text), names_(names) {}

  Rational parse() {
    const Rational value = comparison();
    skip();
    if (at_ != text_.size()) wrong("unexpected \"" + text_.substr(at_, 1) + "\"");
    return value;
  }

 private:
  [[noreturn]] void wrong(const std::string& message) const {
    throw std::invalid_argument("formula \"" + text_ + "\", character " + std::to_string(at_ + 1) +
                                ": " + message);
  }
  void skip() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool take(const std::string& token) {
    skip();
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    return true;
  }

  Rational comparison() {
    const Rational left = sum();
    if (!take("==")) return left;
    return left == sum() ? 1 : 0;
  }
  Rational sum() {
    Rational value = product();
    for (;;) {
      if (take("+"))
        value += product();
      else if (take("-"))
        value -= product();
      else
        return value;
    }
  }
  Rational product() {
    Rational value = power();
    for (;;) {
      if (take("*")) {
        value *= power();
      } else if (take("/")) {
        const Rational divisor = power();
        if (divisor == 0) wrong("division by zero");
        value /= divisor;
      } else {
        return value;
      }
    }
  }
  Rational power() {
    if (take("-")) {
      if (++depth_ > 100) wrong("nested too deeply");
      const Rational value = -power();
      --depth_;
      return value;
    }
    const Rational base = atom();
    if (!take("^")) return base;
    const bool negative = take("-");
    const Rational exponent = negative ? Rational(-atom()) : atom();
    if (denominator(exponent) != 1 || abs(exponent) > 1000)
      wrong("the exponent must be a whole number up to 1000");
    if (exponent < 0 && base == 0) wrong("division by zero");
    const auto k = static_cast<unsigned>(static_cast<long>(numerator(abs(exponent))));
    const Rational result(pow(numerator(base), k), pow(denominator(base), k));
    return exponent < 0 ? 1 / result : result;
  }
  Rational atom() {
    if (take("(")) {
      if (++depth_ > 100) wrong("nested too deeply");
      const Rational value = comparison();
      if (!take(")")) wrong("expected \")\"");
      --depth_;
      return value;
    }
    skip();
    const size_t start = at_;
    if (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) {
      while (at_ < text_.size() &&
             (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
        ++at_;
      const std::string name = text_.substr(start, at_ - start);
      if (const auto it = names_.find(name); it != names_.end()) return it->second;
      at_ = start;
      std::vector<std::string> known;
      for (const auto& entry : names_) known.push_back(entry.first);
      const std::string near = nearest(name, known);
      std::string list;
      for (const auto& k : known) list += (list.empty() ? "" : ", ") + k;
      wrong("unknown name \"" + name + "\"" +
            (near.empty() ? "" : "; did you mean \"" + near + "\"?") + " (known: " + list + ")");
    }
    while (at_ < text_.size() &&
           (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.'))
      ++at_;
    const auto value = parse_rational(text_.substr(start, at_ - start));
    if (!value) wrong("expected a number, a name or \"(\"");
    return *value;
  }

  const std::string& text_;
  const FormulaNames& names_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Rational evaluate_formula(const std::string& text, const FormulaNames& names) {
  return Parser(text, names).parse();
}

}  // namespace istcheck
