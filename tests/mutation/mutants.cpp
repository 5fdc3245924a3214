#include "mutants.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

namespace istcheck::mutation {
namespace {

const std::array<std::string, 34> kRules = {
    "root",         "ldl",    "negative",   "inverse",    "singular", "sqrt",       "least",
    "none",         "radius", "between",    "point",      "unstable", "stationary", "trust",
    "inverse-root", "skip",   "hypothesis", "conclusion", "end",      "limits",     "refute",
    "unknown",      "fact",   "matrix",     "form",       "minor",    "cases",      "sum",
    "zeros",        "cells",  "sign",       "given",      "value",    "every"};

bool digit(char c) { return c >= '0' && c <= '9'; }

/// The decimal digits plus or minus one; empty when that is no natural number.
std::string next_to(std::string digits, int by) {
  for (size_t k = digits.size(); k-- > 0;) {
    const char carry = by > 0 ? '9' : '0';
    if (digits[k] != carry) {
      digits[k] = char(digits[k] + by);
      return digits.size() > 1 && digits[0] == '0' ? digits.substr(1) : digits;
    }
    digits[k] = by > 0 ? '0' : '9';
  }
  return by > 0 ? "1" + digits : "";
}

/// Every number in the word one up and one down, every sign turned, a sign put before it; one
/// hexadecimal digit of a hash; yes for no.
std::vector<std::string> changed_words(const std::string& word) {
  std::vector<std::string> out;
  if (word.size() == 64 && word.find_first_not_of("0123456789abcdef") == std::string::npos) {
    std::string other = word;
    other[17] = other[17] == '0' ? '1' : '0';
    return {other};
  }
  if (word == "yes") return {"no"};
  if (word == "no") return {"yes"};
  for (size_t k = 0; k < word.size(); ++k) {
    if (digit(word[k]) && (k == 0 || !digit(word[k - 1]))) {
      size_t end = k;
      while (end < word.size() && digit(word[end])) ++end;
      for (const int by : {1, -1}) {
        const std::string number = next_to(word.substr(k, end - k), by);
        if (!number.empty()) out.push_back(word.substr(0, k) + number + word.substr(end));
      }
    }
    if (word[k] == '+') out.push_back(word.substr(0, k) + "-" + word.substr(k + 1));
    if (word[k] == '-') out.push_back(word.substr(0, k) + (k == 0 ? "" : "+") + word.substr(k + 1));
  }
  const bool number =
      !word.empty() &&
      (digit(word[0]) || ((word[0] == 'r' || word[0] == 'u') && word.size() > 1 && digit(word[1])));
  if (number) out.push_back("-" + word);
  return out;
}

/// Other rules in the place of this one: four of them, so that each rule replaces each some time.
std::vector<std::string> changed_rules(const std::string& rule, size_t line) {
  std::vector<std::string> out;
  if (std::find(kRules.begin(), kRules.end(), rule) == kRules.end()) return out;
  for (size_t k = 0; out.size() < 4; ++k) {
    const std::string& other = kRules[(5 * line + k) % kRules.size()];
    if (other != rule) out.push_back(other);
  }
  return out;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}

std::string joined(const std::vector<std::string>& parts, char with, bool closed) {
  std::string text;
  for (size_t k = 0; k < parts.size(); ++k) {
    text += parts[k];
    if (closed || k + 1 < parts.size()) text += with;
  }
  return text;
}

}  // namespace

void for_every_mutant(const std::string& certificate, const Visit& visit) {
  const auto lines = split(certificate, '\n');
  const auto offer = [&](const std::vector<std::string>& changed, const std::string& what) {
    const std::string text = joined(changed, '\n', true);
    if (text != certificate) visit(text, what);
  };
  for (size_t l = 0; l < lines.size(); ++l) {
    const std::string place = "line " + std::to_string(l + 1) + ": ";
    const auto words = split(lines[l], ' ');
    const auto with_word = [&](size_t w, const std::string& word) {
      auto changed = words;
      changed[w] = word;
      auto all = lines;
      all[l] = joined(changed, ' ', false);
      offer(all, place + words[w].substr(0, 60) + " -> " + word.substr(0, 60));
    };
    for (size_t w = 0; w < words.size(); ++w) {
      if (w == 0)
        for (const auto& rule : changed_rules(words[0], l)) with_word(0, rule);
      if (w > 0)
        for (const auto& word : changed_words(words[w])) with_word(w, word);
    }
    auto all = lines;
    all.erase(all.begin() + std::ptrdiff_t(l));
    offer(all, place + "left out");
    all = lines;
    all.insert(all.begin() + std::ptrdiff_t(l), lines[l]);
    offer(all, place + "twice");
    if (l + 1 < lines.size()) {
      all = lines;
      std::swap(all[l], all[l + 1]);
      offer(all, place + "exchanged with the next");
    }
  }
}

}  // namespace istcheck::mutation
