#include "search/smt_answers.hpp"

#include <algorithm>
#include <stdexcept>

#include "search/program.hpp"

namespace istcheck::search {

namespace {

/// An s-expression: a word, or a list.
struct SmtNode {
  std::string word;
  std::vector<SmtNode> list;
};

class SmtReader {
 public:
  explicit SmtReader(const std::string& text) : text_(text) {}

  SmtNode node() {
    constexpr int kDeepest = 1000;
    space();
    if (at_ == text_.size() || text_[at_] == ')') refuse();
    if (text_[at_] != '(') return {word(), {}};
    if (++depth_ > kDeepest) refuse();
    ++at_;
    SmtNode n;
    for (space(); at_ < text_.size() && text_[at_] != ')'; space()) n.list.push_back(node());
    if (at_ == text_.size()) refuse();
    ++at_;
    --depth_;
    return n;
  }

 private:
  const std::string& text_;
  size_t at_ = 0;
  int depth_ = 0;

  [[noreturn]] void refuse() const {
    throw std::runtime_error("Z3 wrote what is no list of values: " + text_);
  }
  void space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  std::string word() {
    const bool quoted = text_[at_] == '|';
    const size_t begin = at_ + (quoted ? 1 : 0);
    const size_t end =
        std::min(text_.find_first_of(quoted ? "|" : " \t\r\n()", begin), text_.size());
    if (quoted && end == text_.size()) refuse();
    at_ = end + (quoted ? 1 : 0);
    return text_.substr(begin, end - begin);
  }
};

std::string written(const SmtNode& n) {
  if (n.list.empty()) return n.word;
  std::string out;
  for (const SmtNode& part : n.list) out += (out.empty() ? "(" : " ") + written(part);
  return out + ")";
}

[[noreturn]] void no_number(const SmtNode& n) {
  throw std::runtime_error("Z3 wrote a number that is none: " + written(n));
}

/// Z3 writes every root as one of a polynomial in x.
bool is_unknown(const SmtNode& n) { return n.word.size() == 1 && n.word[0] == 'x'; }

/// A polynomial in x, lowest degree first.
using Coefficients = std::vector<Rational>;

Coefficients product(const Coefficients& a, const Coefficients& b) {
  Coefficients c(a.size() + b.size() - 1);
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) c[i + j] += a[i] * b[j];
  return c;
}

Coefficients polynomial(const SmtNode& n) {
  constexpr size_t kMostDigits = 4;  // of an exponent
  if (n.list.empty()) {
    if (is_unknown(n)) return {0, 1};
    const auto number = parse_rational(n.word);
    if (!number) no_number(n);
    return {*number};
  }
  const std::string& head = n.list[0].word;
  const size_t args = n.list.size() - 1;
  if (head == "^" && args == 2) {
    const std::string& digits = n.list[2].word;
    if (!is_unknown(n.list[1]) || digits.empty() || digits.size() > kMostDigits ||
        digits.find_first_not_of("0123456789") != std::string::npos)
      no_number(n);
    Coefficients c(std::stoul(digits) + 1);
    c.back() = 1;
    return c;
  }
  if (args == 0 || (head != "+" && head != "-" && head != "*" && head != "/")) no_number(n);
  Coefficients result = polynomial(n.list[1]);
  if (head == "-" && args == 1) return product({-1}, result);
  for (size_t k = 2; k <= args; ++k) {
    const Coefficients next = polynomial(n.list[k]);
    if (head == "*") {
      result = product(result, next);
    } else if (head == "/") {
      if (next.size() != 1 || next[0] == 0) no_number(n);
      result = product(result, {1 / next[0]});
    } else {
      result.resize(std::max(result.size(), next.size()));
      for (size_t i = 0; i < next.size(); ++i)
        result[i] += head == "+" ? next[i] : Rational(-next[i]);
    }
  }
  return result;
}

/// (root-obj p k) is the k-th real root of p, from the least.
Algebraic number(const SmtNode& n) {
  if (n.list.size() != 3 || n.list[0].word != "root-obj") {
    const Coefficients c = polynomial(n);
    if (c.size() != 1) no_number(n);
    return {c[0]};
  }
  const Coefficients c = polynomial(n.list[1]);
  Integer scale = 1;
  for (const Rational& q : c) scale = lcm(scale, denominator(q));
  Polynomial p;
  for (const Rational& q : c) p.push_back(numerator(Rational(q * Rational(scale))));
  while (!p.empty() && p.back() == 0) p.pop_back();
  const auto which = parse_rational(n.list[2].word);
  const auto roots = p.size() < 2 ? std::vector<Algebraic>() : real_roots(p);
  for (size_t k = 0; k < roots.size(); ++k)
    if (which && *which == Rational(k + 1)) return roots[k];
  no_number(n);
}

}  // namespace

std::map<std::string, SmtValue> read_values(const std::string& text) {
  std::map<std::string, SmtValue> values;
  for (const SmtNode& pair : SmtReader(text).node().list) {
    if (pair.list.size() != 2) no_number(pair);
    values.emplace(pair.list[0].word, SmtValue{written(pair.list[1]), number(pair.list[1])});
  }
  return values;
}

SmtAnswer run_z3(const std::string& text, const std::string& command,
                 const std::vector<std::string>& names, unsigned milliseconds, unsigned megabytes,
                 const std::function<bool()>& stop) {
  std::string query = text + command + "\n";
  if (!names.empty()) {
    query += "(get-value (";
    for (const auto& name : names) query += "|" + name + "| ";
    query += "))\n";
  }
  ProgramLimits limits;
  limits.deadline =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(3ULL * milliseconds + 200);
  limits.stop = stop;
  // Its own limit of seconds ends it if we are killed.
  const ProgramRun run = run_program({"z3", "-in", "-smt2", "-t:" + std::to_string(milliseconds),
                                      "-T:" + std::to_string(3ULL * milliseconds / 1000 + 2),
                                      "-memory:" + std::to_string(megabytes)},
                                     query, limits);
  const std::string first = run.output.substr(0, run.output.find('\n'));
  SmtAnswer a;
  a.asked = run.there;
  if (first == "unsat") a.answer = first;
  if (first == "sat" && run.code) {
    const std::string rest = run.output.substr(first.size());
    // Out of effort or memory while it wrote the model.
    if (!names.empty() && rest.find("(error") != std::string::npos) return a;
    if (!names.empty()) a.values = read_values(rest);
    a.answer = first;
  }
  // Out of effort or memory is no answer; anything else is a query that Z3 does not understand.
  bool limited = false;
  for (const char* limit : {"canceled", "memory", "resource", "timeout"})
    limited = limited || first.find(limit) != std::string::npos;
  if (first.rfind("(error", 0) == 0 && !limited) throw std::runtime_error("Z3: " + first);
  return a;
}

}  // namespace istcheck::search
