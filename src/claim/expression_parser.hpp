// Expressions, by precedence climbing. Private to the parsers.
#pragma once

#include <map>

#include "claim/abbreviation.hpp"
#include "claim/ast.hpp"
#include "claim/token_stream.hpp"

namespace istcheck::claim {

/// Words that cannot name anything: they begin a declaration or belong to expressions.
const std::vector<std::string>& reserved_words();
bool is_reserved(const std::string& word);
/// "scalar", "vector", … and the kinds that they name.
const std::map<std::string, Kind>& kinds();

class ExpressionParser {
 public:
  explicit ExpressionParser(TokenStream& tokens) : in_(tokens) {}

  /// Whether an index may run over a set: in the text of a method.
  void allow_sets(bool allowed) { sets_ = allowed; }
  /// Names that are written out from here on, those of the last table first.
  void abbreviate(const Abbreviations& table) { abbreviations_.push_back(&table); }
  void forget_abbreviations() { abbreviations_.pop_back(); }
  const Abbreviation* abbreviation(const std::string& name) const;
  /// "i in 1..n, j in workers", or "i, j in 1..n".
  std::vector<Binder> binders();

  /// Reads the longest expression. Throws ClaimError.
  ExprPtr parse();
  /// Reads an expression that contains no relation and no logic, such as the end of a range.
  ExprPtr parse_arithmetic();

 private:
  class Deeper;
  TokenStream& in_;
  int depth_ = 0;
  bool sets_ = false;
  std::vector<const Abbreviations*> abbreviations_;
  std::vector<std::string> bound_;  ///< indices around

  ExprPtr iff();
  ExprPtr implies();
  ExprPtr disjunction();
  ExprPtr conjunction();
  ExprPtr negation();
  ExprPtr relation();
  ExprPtr sum();
  ExprPtr product();
  ExprPtr unary();
  ExprPtr power();
  ExprPtr exponent();
  ExprPtr postfix();
  ExprPtr primary();
  ExprPtr named();
  [[noreturn]] void refuse_letters(const std::string& number, Place place);
  ExprPtr norm();
  ExprPtr bracketed();
  ExprPtr quantifier();
  ExprPtr quantified(const Token& word);
  bool kinds_at(size_t ahead) const;
  ExprPtr choose();
  ExprPtr write_out(const std::string& name, Place place, const std::vector<ExprPtr>& args);
  ExprPtr fold(const std::string& name, Place place);
  std::vector<ExprPtr> arguments(const char* close);
  /// Appends an argument. Refuses trees that are higher than kMaxDepth.
  void attach(Expr& parent, ExprPtr child);
  ExprPtr make(Op op, Place place, std::vector<ExprPtr> args = {});
};

}  // namespace istcheck::claim
