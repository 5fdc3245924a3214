#include "tool/certify.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <system_error>

#include "cert/rocq_certificate.hpp"
#include "cert/rocq_text.hpp"
#include "claim/check.hpp"
#include "input/case_file.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/progress.hpp"
#include "tool/verification.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;
using claim::Claim;

struct CertifyOptions {
  Asked asked;
  std::string out;
  bool rocq = false;
  rocq::Limits limits;
};

/// What a run wrote, line by line on standard output.
class Report {
 public:
  void add(const std::string& where, const rocq::File& file) {
    for (const auto& p : file.pieces) {
      ++(p.choices > 0 ? written_ : missing_);
      choices_ += p.choices;
      for (const auto& left : p.left_out) {
        left_out_ += p.choices > 0 ? 1 : 0;
        text_ += where + ": " + p.claim + " (" + p.verdict +
                 "): " + (p.choices > 0 ? "without " : "not written: ") + left + "\n";
      }
    }
    files_ += file.any() ? 1 : 0;
  }
  std::string text() const {
    return text_ + std::to_string(written_) + " verdicts written in " + std::to_string(files_) +
           " files, " + std::to_string(choices_) + " choices of variables; " +
           std::to_string(left_out_) + " choices left out, " + std::to_string(missing_) +
           " verdicts not written\n";
  }
  bool complete() const { return left_out_ == 0 && missing_ == 0; }

 private:
  std::string text_;
  std::size_t written_ = 0, missing_ = 0, choices_ = 0, left_out_ = 0, files_ = 0;
};

constexpr const char* kNoCase = "no-case";

std::string file_name(const std::string& of_case) {
  return "case_" + rocq::identifier(of_case) + ".v";
}

void copy_prelude(const fs::path& out) {
  const fs::path folder = find_shipped("proofs/rocq-cert");
  if (folder.empty()) throw InputError("no folder proofs/rocq-cert here or above");
  write_file(out / "istcheck_prelude.v", read_text_file(folder / "istcheck_prelude.v"));
}

void write_one(const CertifyOptions& o, const std::string& name, const rocq::File& file,
               Report& report) {
  report.add(name, file);
  if (file.any()) write_file(fs::path(o.out) / file_name(name), file.text);
}

/// Two cases must not share a file, nor take the name of the prelude.
void check_names(const std::vector<Case>& cases) {
  std::set<std::string> taken = {"istcheck_prelude.v", file_name(kNoCase)};
  for (const auto& c : cases) {
    if (!taken.insert(file_name(c.name)).second)
      throw InputError("certify: the name " + file_name(c.name) + " is taken, so the case '" +
                       c.name + "' needs another one");
  }
}

/// A file to be written: for a case, or for the claims that need none (null).
struct Job {
  std::string name;
  const Case* c;
  std::vector<const Claim*> claims;
};

std::vector<Job> jobs_for(const std::vector<Claim>& claims, const std::vector<Case>& cases) {
  Job alone{kNoCase, nullptr, {}};
  std::vector<const Claim*> with_case;
  for (const auto& c : claims)
    (c.family || !claim::uses_case(c) ? alone.claims : with_case).push_back(&c);
  std::vector<Job> jobs;
  if (!alone.claims.empty()) jobs.push_back(std::move(alone));
  for (const auto& one : cases) {
    Job job{one.name, &one, {}};
    std::copy_if(with_case.begin(), with_case.end(), std::back_inserter(job.claims),
                 [&](const Claim* c) { return !claim::unfit(*c, one); });
    if (!job.claims.empty()) jobs.push_back(std::move(job));
  }
  return jobs;
}

struct Done {
  std::mutex mutex;
  Report report;
  size_t jobs = 0;
};

/// Stops after the job at which `interrupted` becomes true, or in it: whether it did is returned.
bool do_jobs(const CertifyOptions& o, const std::vector<Job>& jobs, Done& done,
             const std::atomic<bool>& interrupted) {
  const bool ended = finish_or_leave(interrupted, [&] {
    Progress progress("cases", jobs.size());
    for (const Job& job : jobs) {
      if (interrupted) break;
      progress.next(job.name);
      const auto file = rocq::certificate(job.claims, job.c, o.limits, {});
      const std::lock_guard lock(done.mutex);
      write_one(o, job.name, file, done.report);
      ++done.jobs;
    }
  });
  if (!ended) done.mutex.lock();  // whatever goes on writes nothing more
  return !ended;
}

void run_certify(const CertifyOptions& o, Outcome& outcome) {
  if (!o.rocq) throw InputError("certify: say which form: --rocq");
  try_folder(o.out);
  const Chosen chosen = choose(o.asked);
  chosen.refuse_method_texts("certify");
  const auto& claims = chosen.claims;
  const auto& cases = chosen.cases;
  check_names(cases);
  std::error_code error;
  fs::create_directories(o.out, error);
  if (error) throw InputError(o.out + ": " + error.message());
  copy_prelude(o.out);
  Done done;
  const auto jobs = jobs_for(claims, cases);
  const bool left = do_jobs(o, jobs, done, watch_interrupt());
  const std::string partial = interrupted_text(done.jobs, jobs.size(), "cases were written");
  write_out(done.report.text() + (partial.empty() ? "" : partial + "\n"));
  if (!done.report.complete() || !partial.empty()) outcome = Outcome::undecided;
  if (left) leave(static_cast<int>(outcome));
}

}  // namespace

void add_certify(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<CertifyOptions>();
  Command command = program.add_command(
      "certify", "Write verdicts as theorems that a proof assistant checks by computation");
  o->asked.add_options(command);
  command.flag("--rocq", o->rocq, "For Rocq/Coq: one file for every case");
  command.option("--out", o->out, "The folder to write to").type_name("DIR").required();
  command
      .option("--max-outcomes", o->limits.outcomes,
              "Leave out what needs a sketch with more outcomes than this")
      .positive()
      .shows_default();
  command
      .option("--max-histories", o->limits.histories,
              "Leave out iterates with more histories than this")
      .positive()
      .shows_default();
  command.footer(
      "Example: istcheck certify --rocq perm1-mean --case cases/paper/heterogeneous-perm1.toml "
      "--out build/certificates\n"
      "Exit codes: 0 all written, 2 bad input, 3 something could not be written; it is named with "
      "the reason, or that Ctrl-C left the rest out.");
  command.action([o, &outcome] { run_certify(*o, outcome); });
}

}  // namespace istcheck
