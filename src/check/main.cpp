// istcheck-check: re-checks certificates, trusting only what proofs/trusted-base.md names.
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "check/files.hpp"
#include "input/case_file.hpp"

namespace {

using istcheck::check::Answer;

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);  // the second one ends the program at once
}

constexpr const char* kHelp =
    R"(istcheck-check CASE CLAIM CERTIFICATE   checks one certificate
istcheck-check --all DIR [--jobs N]     checks every certificate that DIR/index.tsv lists
istcheck-check --version

CASE is a case file, or - for a claim that uses none; CLAIM is a claim file; the certificate says
which of its claims it is about. Every obligation is rebuilt from the case and the claim, by plain
enumeration and rational arithmetic; the certificate only supplies what is then multiplied out.
After the answer come the claim file and the case file with their SHA-256. Names are shown with
control characters escaped.

Example:
  istcheck verify thm2-sharp --certificates build/certificates
  istcheck-check cases/paper/scaled-diagonal.toml proofs/claims/ist2023/theorem2.claim \
    build/certificates/thm2-sharp--scaled-diagonal.cert

Exit codes: 0 accepted; 1 rejected, with the line, the rule and what failed, or --all found no
certificate; 2 usage or input error; 3 incomplete: some statements were trusted, and each is listed,
or --all was interrupted, and what it had checked by then is told.
)";

/// The answer, and what it is about.
void show(const Answer& answer, const std::string& claim, const std::string& c) {
  const auto file = [](const char* what, const std::string& name, const std::string& hash) {
    std::cout << "  " << what << " " << istcheck::cert::escaped(name);
    if (!hash.empty() && hash != "-") std::cout << " " << hash;
    std::cout << "\n";
  };
  std::cout << answer.message << "\n";
  file("claim file", claim, answer.claim_hash);
  file("case file", c, answer.case_hash);
}

int check_one(const std::string& c, const std::string& claim, const std::string& certificate) {
  using namespace istcheck::check;
  const ClaimFile claims = read_claim_file(claim);
  const auto file = c == "-" ? nullptr : std::make_unique<CaseFile>(read_case_file(c));
  const Answer answer = check_certificate(claims, file.get(), read_regular_file(certificate));
  show(answer, claim, c);
  return answer.is == Answer::Is::accepted ? 0 : answer.is == Answer::Is::rejected ? 1 : 3;
}

int check_all(const std::string& folder, unsigned jobs) {
  const auto begin = std::chrono::steady_clock::now();
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  const auto totals = istcheck::check::check_folder(
      folder, jobs, interrupted, [](const istcheck::check::Entry& entry, const Answer& answer) {
        if (answer.is == Answer::Is::accepted) return;
        std::cout << istcheck::cert::escaped(entry.certificate) << ": ";
        show(answer, entry.claims, entry.c);
      });
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f", spent.count());
  std::cout << totals.accepted << " certificates accepted, " << totals.rejected << " rejected, "
            << totals.incomplete << " incomplete; " << totals.steps << " steps, " << totals.bytes
            << " bytes, the largest " << totals.largest << "; " << seconds << " s\n";
  if (totals.missing > 0)
    std::cout << "interrupted: " << totals.missing << " certificates were not checked\n";
  const bool nothing = totals.accepted + totals.rejected + totals.incomplete + totals.missing == 0;
  if (nothing)
    std::cerr << "istcheck-check: " << istcheck::cert::escaped(folder)
              << ": the index lists no certificate, so nothing was checked\n";
  const bool open = totals.incomplete + totals.missing > 0;
  const int code = totals.rejected > 0 || nothing ? 1 : open ? 3 : 0;
  if (!totals.left) return code;
  std::cout.flush();
  std::_Exit(code);
}

unsigned jobs_of(const std::string& word) {
  unsigned jobs = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), jobs);
  if (error != std::errc() || end != word.data() + word.size() || jobs < 1 || jobs > 256)
    throw std::invalid_argument("--jobs: expected a whole number from 1 to 256, found \"" + word +
                                "\"");
  return jobs;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
    std::cout << kHelp;
    return 0;
  }
  if (words.size() == 1 && words[0] == "--version") {
    std::cout << "istcheck-check " ISTCHECK_VERSION "\n";
    return 0;
  }
  if (!words.empty() && words[0] == "--all") {
    if (words.size() == 2)
      return check_all(words[1], std::max(1U, std::thread::hardware_concurrency()));
    if (words.size() == 4 && words[2] == "--jobs") return check_all(words[1], jobs_of(words[3]));
    throw std::invalid_argument("--all DIR, or --all DIR --jobs N");
  }
  if (words.size() != 3)
    throw std::invalid_argument("expected CASE CLAIM CERTIFICATE; --help says more");
  return check_one(words[0], words[1], words[2]);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int code = run(std::vector<std::string>(argv + 1, argv + argc));
    std::cout.flush();
    return std::cout ? code : 2;
  } catch (const std::exception& error) {
    std::cerr << "istcheck-check: " << error.what() << "\n";
    return 2;
  }
}
