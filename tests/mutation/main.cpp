// mutate_certificates DIR [--all] [--jobs N]: changes certificates mechanically and gives each
// mutant to the checker. A mutant must be rejected, or all its steps must state true facts of the
// same obligation. Without --all, a few small certificates for each rule.
#include <atomic>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "check/files.hpp"
#include "input/case_file.hpp"
#include "judge.hpp"
#include "mutants.hpp"

namespace {

namespace fs = std::filesystem;
using namespace istcheck;

struct Entry {
  std::string name, claims, c, text;
};

std::vector<Entry> all_entries(const fs::path& folder) {
  std::ifstream in(folder / "index.tsv");
  std::vector<Entry> entries;
  for (Entry e; std::getline(in, e.name, '\t') && std::getline(in, e.claims, '\t') &&
                std::getline(in, e.c);) {
    e.text = read_text_file(folder / e.name);
    entries.push_back(e);
  }
  return entries;
}

/// The first word of every line of the certificate.
std::set<std::string> rules_of(const std::string& text) {
  std::set<std::string> rules;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) rules.insert(line.substr(0, line.find(' ')));
  return rules;
}

/// The four smallest certificates that contain each rule, and the smallest of each verdict.
std::vector<Entry> sample(std::vector<Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.text.size() < b.text.size(); });
  std::map<std::string, int> seen;
  std::vector<Entry> chosen;
  for (const auto& e : entries) {
    bool wanted = false;
    auto rules = rules_of(e.text);
    rules.insert(e.text.substr(e.text.find("\nverdict"), 12));
    for (const auto& rule : rules) wanted = ++seen[rule] <= 4 || wanted;
    if (wanted) chosen.push_back(e);
  }
  return chosen;
}

struct Sums {
  size_t mutants = 0, rejected = 0, equivalent = 0, wrong = 0;
};

Sums mutate(const Entry& e, const check::ClaimFile& claims, const check::CaseFile* c,
            std::mutex& out) {
  Sums sums;
  const auto complain = [&](const std::string& what) {
    const std::lock_guard<std::mutex> lock(out);
    std::cout << "WRONG " << e.name << ": " << what << std::endl;
    ++sums.wrong;
  };
  if (check::check_certificate(claims, c, e.text).is != check::Answer::Is::accepted)
    complain("the original is not accepted");
  mutation::for_every_mutant(e.text, [&](const std::string& text, const std::string& change) {
    ++sums.mutants;
    const auto answer = check::check_certificate(claims, c, text);
    if (answer.is == check::Answer::Is::rejected) {
      ++sums.rejected;
    } else if (answer.is == check::Answer::Is::incomplete) {
      complain(change + ": incomplete");
    } else if (const auto fault = mutation::untrue_step(text, e.text, claims, c); !fault.empty()) {
      complain(change + ": " + fault);
    } else {
      ++sums.equivalent;
    }
  });
  return sums;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) throw std::runtime_error("usage: mutate_certificates DIR [--all]");
  const bool all = words.size() > 1 && words[1] == "--all";
  const fs::path folder = words[0];
  auto entries = all_entries(folder);
  if (!all) entries = sample(std::move(entries));
  std::map<std::string, check::ClaimFile> claims;
  std::map<std::string, check::CaseFile> cases;
  for (const auto& e : entries) {
    if (claims.count(e.claims) == 0)
      claims.emplace(e.claims, check::read_claim_file(folder / e.claims));
    if (e.c != "-" && cases.count(e.c) == 0)
      cases.emplace(e.c, check::read_case_file(folder / e.c));
  }
  std::atomic<size_t> next{0};
  std::mutex out;
  Sums total;
  const auto work = [&] {
    for (size_t k = next++; k < entries.size(); k = next++) {
      const Entry& e = entries[k];
      const Sums s = mutate(e, claims.at(e.claims), e.c == "-" ? nullptr : &cases.at(e.c), out);
      const std::lock_guard<std::mutex> lock(out);
      total.mutants += s.mutants;
      total.rejected += s.rejected;
      total.equivalent += s.equivalent;
      total.wrong += s.wrong;
      if (all && k % 50 == 0)
        std::cerr << k << " of " << entries.size() << ": " << total.mutants << " mutants\n";
    }
  };
  std::thread second(work);
  work();
  second.join();
  std::cout << entries.size() << " certificates, " << total.mutants
            << " mutants: " << total.rejected << " rejected, " << total.equivalent
            << " equivalent (every step true), " << total.wrong << " accepted wrongly\n";
  return total.wrong == 0 && total.rejected > 0 ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 2;
}
