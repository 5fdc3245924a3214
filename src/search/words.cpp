#include "search/words.hpp"

#include <algorithm>

namespace istcheck::search {

int Words::symbol_named(const std::string& name, Kind kind, bool is_symmetric) {
  const auto [at, fresh] = known_.try_emplace(name, static_cast<int>(symbols_.size()));
  if (!fresh) return at->second;
  const int s = at->second;
  Symbol one;
  one.name = name;
  one.kind = kind;
  one.transposed = is_symmetric ? s : s + 1;
  symbols_.push_back(one);
  if (is_symmetric) return s;
  one.name += "'";
  one.kind = kind == Kind::column ? Kind::row : kind == Kind::row ? Kind::column : kind;
  one.transposed = s;
  symbols_.push_back(one);
  known_[one.name] = s + 1;
  return s;
}

WordSum Words::symmetric(const std::string& name, bool random) {
  const int s = symbol_named(name, Kind::matrix, true);
  symbols_[static_cast<size_t>(s)].random = random;
  return {{{{s, 2}}, algebra_.bank.number(1)}};
}

WordSum Words::column(const std::string& name, bool random) {
  const int s = symbol_named(name, Kind::column, false);
  symbols_[static_cast<size_t>(s)].random = symbols_[static_cast<size_t>(s) + 1].random = random;
  return {{{{s, 2}}, algebra_.bank.number(1)}};
}

WordSum Words::iterate(long k) {
  WordSum x = column("x[" + std::to_string(k) + "]");
  const auto s = static_cast<size_t>(x.begin()->first[0].symbol);
  symbols_[s].iterate = symbols_[s + 1].iterate = k;
  return x;
}

WordSum Words::named(const WordSum& m, const std::string& hint) {
  const auto found = named_.find(m);
  if (found != named_.end()) return found->second;
  return named_[m] = symmetric(hint + " " + std::to_string(named_.size() + 1), random(m));
}

WordSum Words::number(Term t) const {
  WordSum sum;
  add_to(sum, {}, t);
  return sum;
}

void Words::add_to(WordSum& sum, const Word& w, Term t) const {
  const Term zero = algebra_.bank.number(0);
  const auto [at, fresh] = sum.try_emplace(w, zero);
  at->second = algebra_.bank.add(at->second, t);
  if (at->second == zero) sum.erase(at);
}

WordSum Words::add(const WordSum& a, const WordSum& b) const {
  WordSum sum = a;
  for (const auto& [w, t] : b) add_to(sum, w, t);
  return sum;
}

WordSum Words::sub(const WordSum& a, const WordSum& b) const {
  return add(a, scale(b, algebra_.bank.number(-1)));
}

WordSum Words::scale(const WordSum& a, Term t) const {
  WordSum sum;
  for (const auto& [w, s] : a) add_to(sum, w, algebra_.bank.mul(s, t));
  return sum;
}

/// One after the other; powers of one symbol that meet are added.
Word Words::joined(const Word& a, const Word& b) const {
  Word w = a;
  for (const Letter& l : b) {
    const bool meets = !w.empty() && w.back().symbol == l.symbol && symbol(l).kind == Kind::matrix;
    if (!meets) {
      w.push_back(l);
    } else if (w.back().halves += l.halves; w.back().halves == 0) {
      w.pop_back();
    }
  }
  return w;
}

WordSum Words::mul(const WordSum& a, const WordSum& b) const {
  WordSum sum;
  for (const auto& [v, s] : a) {
    for (const auto& [w, t] : b) add_to(sum, joined(v, w), algebra_.bank.mul(s, t));
  }
  return sum;
}

Word Words::transpose(const Word& w) const {
  Word result;
  for (auto l = w.rbegin(); l != w.rend(); ++l)
    result.push_back({symbol(*l).transposed, l->halves});
  return result;
}

WordSum Words::transpose(const WordSum& a) const {
  WordSum sum;
  for (const auto& [w, t] : a) add_to(sum, transpose(w), t);
  return sum;
}

WordSum Words::power(const WordSum& m, long halves) {
  if (halves >= 0 && halves % 2 == 0) {
    WordSum result = identity();
    for (long k = 0; k < halves / 2; ++k) result = mul(result, m);
    return result;
  }
  const bool letter = m.size() == 1 && m.begin()->first.size() <= 1;
  if (letter && halves % 2 == 0) {
    Word word = m.begin()->first;
    const Term t = m.begin()->second;
    for (Letter& l : word) l.halves *= static_cast<int>(halves / 2);
    const Term p = algebra_.power(t, -halves / 2);
    return {{word, algebra_.quotient(algebra_.bank.number(1), p)}};
  }
  if (letter && m.begin()->second == algebra_.bank.number(1)) {
    Word word = m.begin()->first;
    // The root of a power is a power only where the matrix is known to have no negative eigenvalue.
    const bool plain = word.empty() || word[0].halves == 2;
    if (!word.empty()) word[0].halves = static_cast<int>(halves);
    if (plain) return {{word, algebra_.bank.number(1)}};
  }
  if (halves != -2) throw Unencodable("a power of a sum of matrices");
  return named(m, "inverse");
}

bool Words::random(const Word& w) const {
  return std::any_of(w.begin(), w.end(), [this](const Letter& l) { return symbol(l).random; });
}

bool Words::random(const WordSum& a) const {
  return std::any_of(a.begin(), a.end(), [this](const auto& e) { return random(e.first); });
}

void Words::know_mean(const WordSum& letter, WordSum mean) {
  const Word w = letter.begin()->first;
  means_[transpose(w)] = transpose(mean);
  means_[w] = std::move(mean);
}

WordSum Words::mean_of_span(const Word& span) {
  if (const auto known = means_.find(span); known != means_.end()) return known->second;
  if (iterate_in(span)) throw Unencodable("a mean of iterates and sketches at once");
  const Word mirrored = transpose(span);
  // A scalar word has rows and columns at its ends: its mean is a number, the same for both.
  const bool row = symbol(span.front()).kind == Kind::row,
             column = symbol(span.back()).kind == Kind::column;
  const Word& least = std::min(span, mirrored);
  const std::string name = "E[" + text(least) + "]";
  if (row && column) return number(algebra_.bank.variable(name));
  const Kind kind = symbol(least.front()).kind == Kind::row     ? Kind::row
                    : symbol(least.back()).kind == Kind::column ? Kind::column
                                                                : Kind::matrix;
  const int s = symbol_named(name, kind, span == mirrored);
  for (const int t : {s, symbols_[static_cast<size_t>(s)].transposed})
    symbols_[static_cast<size_t>(t)].mean = true;
  const int own = span == least ? s : symbols_[static_cast<size_t>(s)].transposed;
  return {{{{own, 2}}, algebra_.bank.number(1)}};
}

WordSum Words::mean(const WordSum& a) {
  WordSum sum;
  for (const auto& [w, t] : a) {
    const auto drawn = [this](const Letter& l) { return symbol(l).random; };
    const auto first = std::find_if(w.begin(), w.end(), drawn);
    if (first == w.end()) {
      add_to(sum, w, t);
      continue;
    }
    const auto end = std::find_if(w.rbegin(), w.rend(), drawn).base();
    const WordSum before = {{Word(w.begin(), first), t}},
                  after = {{Word(end, w.end()), algebra_.bank.number(1)}};
    sum = add(sum, mul(mul(before, mean_of_span(Word(first, end))), after));
  }
  return sum;
}

bool Words::scalar(const Word& w) const {
  return !w.empty() && symbol(w.front()).kind == Kind::row && symbol(w.back()).kind == Kind::column;
}

std::optional<std::pair<long, int>> Words::iterate_in(const Word& w) const {
  std::optional<std::pair<long, int>> found;
  for (const Letter& l : w) {
    const long k = symbol(l).iterate;
    if (k == 0) continue;
    if (found && found->first != k) throw Unencodable("a product of two iterates");
    found = {k, found ? found->second + 1 : 1};
  }
  return found;
}

bool Words::has_mean(const Word& w) const {
  return std::any_of(w.begin(), w.end(), [this](const Letter& l) { return symbol(l).mean; });
}

WordSum Words::substitute(const Word& w, long k, const WordSum& v) const {
  WordSum result = identity();
  for (const Letter& l : w) {
    const Symbol& s = symbol(l);
    result = mul(result, s.iterate != k           ? WordSum{{{l}, algebra_.bank.number(1)}}
                         : s.kind == Kind::column ? v
                                                  : transpose(v));
  }
  return result;
}

std::optional<Term> Words::value(const WordSum& scalars, bool create) {
  TermBank& bank = algebra_.bank;
  Term total = bank.number(0);
  for (const auto& [word, t] : scalars) {
    if (word.empty()) {
      total = bank.add(total, t);
      continue;
    }
    const Word w = std::min(word, transpose(word));
    auto at = forms_.find(w);
    if (at == forms_.end()) {
      if (!create) return std::nullopt;
      at = forms_.emplace(w, bank.variable(text(w))).first;
    }
    total = bank.add(total, bank.mul(t, at->second));
  }
  return total;
}

long Words::length(const Word& w) {
  long halves = 0;
  for (const Letter& l : w) halves += std::abs(l.halves);
  return (halves + 1) / 2;
}

std::string Words::text(const Word& w) const {
  std::string out;
  for (const Letter& l : w) {
    out += (out.empty() ? "" : " ") + symbol(l).name;
    if (l.halves == 2) continue;
    out += "^" + istcheck::to_string(Rational(l.halves, 2));
  }
  return out;
}

}  // namespace istcheck::search
