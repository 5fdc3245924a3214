// istcheck: the command line. Each command registers itself; errors become exit codes here.
#include <csignal>
#include <iostream>

#include <CLI/CLI.hpp>

#include "input/case_file.hpp"
#include "tool/analyze.hpp"
#include "tool/certify.hpp"
#include "tool/explain.hpp"
#include "tool/import.hpp"
#include "tool/new_file.hpp"
#include "tool/output.hpp"
#include "tool/report.hpp"
#include "tool/search.hpp"
#include "tool/verify.hpp"

int main(int argc, char** argv) {
  using istcheck::Outcome;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe becomes a write error, reported like any other
  Outcome outcome = Outcome::as_expected;
  CLI::App program{"Exact checker for the theory of Independent Subnetwork Training"};
  program.set_version_flag("--version", "istcheck " ISTCHECK_VERSION);
  program.require_subcommand(1);
  program.footer(
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
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : static_cast<int>(Outcome::bad_input);
  } catch (const std::exception& error) {
    std::cerr << "istcheck: " << error.what() << "\n";
    return static_cast<int>(Outcome::bad_input);
  }
  return static_cast<int>(outcome);
}
