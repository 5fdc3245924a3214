// istcheck: the command line. Each command registers itself; errors become exit codes in
// command_line.cpp.
#include <csignal>

#include "tool/analyze.hpp"
#include "tool/certify.hpp"
#include "tool/command_line.hpp"
#include "tool/explain.hpp"
#include "tool/import.hpp"
#include "tool/new_file.hpp"
#include "tool/report.hpp"
#include "tool/search.hpp"
#include "tool/verify.hpp"

int main(int argc, char** argv) {
  using istcheck::Outcome;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe becomes a write error, reported like any other
  Outcome outcome = Outcome::as_expected;
  istcheck::CommandLine program("Exact checker for the theory of Independent Subnetwork Training",
                                "istcheck " ISTCHECK_VERSION,
                                "Example: istcheck analyze cases/paper/remark1-indefinite.toml\n"
                                "Help on a command: istcheck COMMAND --help");
  istcheck::add_analyze(program, outcome);
  istcheck::add_import(program);
  istcheck::add_verify(program, outcome);
  istcheck::add_report(program, outcome);
  istcheck::add_search(program, outcome);
  istcheck::add_certify(program, outcome);
  istcheck::add_explain(program);
  istcheck::add_new(program);
  istcheck::add_check_syntax(program, outcome);
  return program.run(argc, argv, outcome);
}
