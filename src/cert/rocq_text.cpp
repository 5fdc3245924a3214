#include "cert/rocq_text.hpp"

#include <cctype>

namespace istcheck::rocq {

namespace {

bool is_diagonal(const RationalMatrix& m) {
  for (Index i = 0; i < m.rows(); ++i) {
    for (Index j = 0; j < m.cols(); ++j) {
      if (i != j && m(i, j) != 0) return false;
    }
  }
  return m.rows() == m.cols();
}

template <class Items>
std::string bracketed(Index count, const Items& item) {
  std::string out = "[";
  for (Index k = 0; k < count; ++k) out += (k == 0 ? "" : "; ") + item(k);
  return out + "]";
}

}  // namespace

std::string at_level(const Term& t, int level) {
  return t.level <= level ? t.text : "(" + t.text + ")";
}

Term infix(const Term& a, const std::string& op, const Term& b, int level) {
  return {at_level(a, level) + " " + op + " " + at_level(b, level - 1), level};
}

Term number(const Rational& x) {
  const std::string top = numerator(x).str();
  if (denominator(x) != 1) return atom("(" + top + " # " + denominator(x).str() + ")");
  return atom(x < 0 ? "(" + top + ")" : top);
}

Term matrix(const RationalMatrix& m) {
  if (m.rows() > 1 && is_diagonal(m)) {
    return applied("Diag_of",
                   atom(bracketed(m.rows(), [&](Index i) { return number(m(i, i)).text; })));
  }
  return atom(bracketed(m.rows(), [&](Index i) {
    return bracketed(m.cols(), [&](Index j) { return number(m(i, j)).text; });
  }));
}

Term column(const RationalMatrix& m) {
  return applied("column",
                 atom(bracketed(m.rows(), [&](Index i) { return number(m(i, 0)).text; })));
}

std::string identifier(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    out += plain ? c : '_';
  }
  return out;
}

std::string comment(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool after_star = !out.empty() && out.back() == '*',
               after_open = !out.empty() && out.back() == '(';
    if ((c == ')' && after_star) || (c == '*' && after_open)) out += ' ';
    out += c == '"' ? '\'' : c == '\n' ? ' ' : c;
  }
  return "(* " + out + " *)";
}

}  // namespace istcheck::rocq
