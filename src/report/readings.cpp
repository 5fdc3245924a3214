#include "report/readings.hpp"

#include <map>
#include <sstream>

#include "input/case_file.hpp"

namespace istcheck {

std::vector<Reading> parse_readings(const std::string& text, const std::string& file) {
  std::vector<Reading> readings;
  std::istringstream lines(text);
  size_t number = 0;
  const auto fail = [&](const std::string& what) {
    throw InputError(file + ":" + std::to_string(number) + ": " + what);
  };
  const auto open = [&] {  // a clause without its words
    return !readings.empty() && !readings.back().clauses.empty() &&
           readings.back().clauses.back().proof.empty();
  };
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string word, rest;
    words >> word >> std::ws;
    std::getline(words, rest);
    if (rest.empty()) fail("nothing after '" + word + "'");
    if (open() != (word == "proof"))
      fail(open() ? "expected 'proof' after a clause" : "'proof' without a clause");
    if (word == "reading") {
      std::istringstream names(rest);
      Reading r;
      std::string mark, more;
      if (!(names >> r.claim >> r.theorem >> mark) || names >> more)
        fail("expected 'reading CLAIM THEOREM MARK'");
      readings.push_back(std::move(r));
      continue;
    }
    if (readings.empty()) fail("expected 'reading', got '" + word + "'");
    Reading& r = readings.back();
    if (word == "claim") {
      r.clauses.push_back({rest, ""});
    } else if (word == "proof") {
      r.clauses.back().proof = rest;
    } else if (word == "beside") {
      r.beside.push_back(rest);
    } else if (word == "differs") {
      r.differs.push_back(rest);
    } else {
      fail("unknown word '" + word + "'");
    }
  }
  if (open()) fail("expected 'proof' after a clause");
  return readings;
}

void add_statements(std::vector<Reading>& readings, const std::string& statements) {
  std::map<std::string, std::string> by_name;
  std::istringstream lines(statements);
  for (std::string line; std::getline(lines, line);)
    by_name.emplace(line.substr(0, line.find(' ')), line);
  for (Reading& r : readings) {
    const auto found = by_name.find(r.theorem.substr(r.theorem.rfind('.') + 1));
    if (found != by_name.end()) r.statement = found->second;
  }
}

}  // namespace istcheck
