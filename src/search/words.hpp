// Polynomials in matrices and vectors that do not commute, without their entries: sums of words
// such as x'·L·E[B]·x with real coefficients. A scalar word of known vectors and matrices, a
// quadratic or bilinear form, is one free real number, whatever the dimension.
//
// A number is a multiple of the empty word, which among matrices is the identity. Letters are
// powers of a symbol, so that L·L^(-1) disappears and L^(1/2)·L^(1/2) is L; that such a power
// exists is for the caller to know.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "search/smt_values.hpp"

namespace istcheck::search {

/// A symbol to the power halves/2.
struct Letter {
  int symbol = 0, halves = 2;
  friend auto operator<=>(const Letter&, const Letter&) = default;
};
using Word = std::vector<Letter>;
/// Word → coefficient; no coefficient is 0.
using WordSum = std::map<Word, Term>;

class Words {
 public:
  /// The bank of the algebra has the coefficients, and the form of every scalar word as a variable.
  explicit Words(Algebra& algebra) : algebra_(algebra) {}

  // Symbols. The same name is the same symbol. `random`: drawn anew in every round.
  WordSum symmetric(const std::string& name, bool random = false);
  WordSum column(const std::string& name, bool random = false);
  WordSum iterate(long k);  ///< x[k] with k ≥ 1: random with the rounds before k
  /// A symmetric matrix that is a sum of words and has no name.
  WordSum named(const WordSum& m, const std::string& hint);

  WordSum number(Term t) const;
  WordSum identity() const { return number(algebra_.bank.number(1)); }
  WordSum add(const WordSum& a, const WordSum& b) const;
  WordSum sub(const WordSum& a, const WordSum& b) const;
  WordSum scale(const WordSum& a, Term t) const;
  WordSum mul(const WordSum& a, const WordSum& b) const;
  WordSum transpose(const WordSum& a) const;
  WordSum form(const WordSum& m, const WordSum& v) const { return mul(transpose(v), mul(m, v)); }
  /// To the power halves/2; half powers only of a matrix with a name, which then has no negative
  /// eigenvalue.
  WordSum power(const WordSum& m, long halves);

  /// The mean over the sketches of one round. A span of random letters becomes one symbol, unless
  /// its mean is known.
  WordSum mean(const WordSum& a);
  void know_mean(const WordSum& letter, WordSum mean);
  bool random(const WordSum& a) const;
  bool random(const Word& w) const;

  /// Whether the word is a form: a row first, a column last.
  bool scalar(const Word& w) const;
  /// The iterates in a word: none, or the only k (0 is not counted); throws Unencodable when two
  /// differ. How often it occurs: 1 or 2.
  std::optional<std::pair<long, int>> iterate_in(const Word& w) const;
  /// Whether some letter is a mean that has no form of its own.
  bool has_mean(const Word& w) const;
  /// The word with v for x[k].
  WordSum substitute(const Word& w, long k, const WordSum& v) const;

  /// The number of a sum of scalar words: forms as variables, the same for a word and its
  /// transpose. Nothing when a form is new and `create` is false.
  std::optional<Term> value(const WordSum& scalars, bool create);
  /// How many symbols there are, powers counted.
  static long length(const Word& w);
  const std::map<Word, Term>& forms() const { return forms_; }
  std::string text(const Word& w) const;

 private:
  enum class Kind { matrix, column, row };
  struct Symbol {
    std::string name;
    Kind kind = Kind::matrix;
    int transposed = 0;  ///< itself when symmetric
    bool random = false, mean = false;
    long iterate = 0;
  };
  Algebra& algebra_;
  std::vector<Symbol> symbols_;
  std::map<std::string, int> known_;
  std::map<Word, Term> forms_;
  std::map<Word, WordSum> means_;
  std::map<WordSum, WordSum> named_;

  const Symbol& symbol(const Letter& l) const { return symbols_[static_cast<size_t>(l.symbol)]; }
  int symbol_named(const std::string& name, Kind kind, bool is_symmetric);
  Word transpose(const Word& w) const;
  Word joined(const Word& a, const Word& b) const;
  void add_to(WordSum& sum, const Word& w, Term t) const;
  WordSum mean_of_span(const Word& span);
};

}  // namespace istcheck::search
