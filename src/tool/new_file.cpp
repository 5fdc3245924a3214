#include "tool/new_file.hpp"

#include <filesystem>
#include <iostream>
#include <memory>

#include "claim/check.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"
#include "claim/unused.hpp"
#include "input/case_file.hpp"
#include "tool/claim_files.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

constexpr const char* kClaimTemplate = R"text(# What every line means is in docs/claim-language.md.
claim NAME {
  title "What one step does to the error, for every theta of hypothesis (14)"
  source "arXiv:0000.00000" "(1)"
  setting method = sketched-gradient, noiseless
  forall theta : scalar try ceil(theta_min, 1/16), 100
  let W = 1/2*E[Lbar*Bbar + Bbar*Lbar]
  assume "(14)" E[Bbar*Lbar*Bbar] <<= theta*W
  conclude E[(I - gamma*Bbar)*Lbar*(I - gamma*Bbar)] <<= Lbar - gamma*(2 - gamma*theta)*W
  expect holds
}
)text";

constexpr const char* kCaseTemplate =
    R"text(# Two workers in two dimensions. What every key means is in docs/manual.md.
name = "NAME"
step = "1/10"
start = [1, "-1/2"]

[sketch]
kind = "perm"
q = 1

[method]
kind = "sketched-gradient"

[[worker]]
L = [
  [4, 1],
  [1, "5/2"],
]
b = [1, "0.25"]

[[worker]]
L = [
  [2, -1],
  [-1, 3],
]
b = [-1, 2]
)text";

struct NewOptions {
  std::string kind, name, output;
  bool force = false;
};

void write_template(const NewOptions& o) {
  const bool claim = o.kind == "claim";
  std::string text = claim ? kClaimTemplate : kCaseTemplate;
  text.replace(text.find("NAME"), 4, o.name);
  if (claim) {
    claim::parse_claims(text, o.name);  // refuses a name that cannot stand in a claim file
  } else {
    parse_case(text, o.name, CaseFormat::toml);
  }
  const std::filesystem::path file =
      o.output.empty() ? o.name + (claim ? ".claim" : ".toml") : o.output;
  std::error_code error;
  if (std::filesystem::exists(file, error) && !o.force) {
    throw InputError(file.string() + ": the file exists; --force replaces it");
  }
  write_file(file, text);
  std::cerr << file.string() << " written\n";
}

struct SyntaxOptions {
  std::vector<std::string> files;
  bool print = false;
};

/// All files are looked at; the first fault of each is reported.
void check_syntax(const SyntaxOptions& o, Outcome& outcome) {
  std::string text;
  std::vector<std::filesystem::path> files;
  for (const auto& file : o.files) {
    for (auto& path : claim_paths(file)) files.push_back(std::move(path));
  }
  for (const auto& file : files) {
    try {
      auto parsed = claim::parse_claim_file(read_input(file), file.string());
      for (const auto& m : parsed.methods) {
        for (const auto& note : claim::kept_blocks(*m)) std::cerr << note << "\n";
        if (o.print) text += (text.empty() ? "" : "\n") + claim::printed(*m);
      }
      for (auto& c : parsed.claims) {
        claim::check_types(c);
        for (const auto& note : claim::unused_notes(c)) std::cerr << note << "\n";
        if (o.print) text += (text.empty() ? "" : "\n") + claim::to_text(c);
      }
    } catch (const std::runtime_error& error) {
      std::cerr << error.what() << "\n";
      outcome = Outcome::bad_input;
    }
  }
  if (o.print) write_out(text);
}

}  // namespace

void add_new(CommandLine& program) {
  auto o = std::make_shared<NewOptions>();
  Command command = program.add_command("new", "Write a template of a claim or a case");
  command.option("KIND", o->kind, "claim or case").required().one_of({"claim", "case"});
  command.option("NAME", o->name, "Its name, such as my-bound").required();
  command.option("-o,--output", o->output, "The file; NAME.claim or NAME.toml when left out")
      .type_name("FILE");
  command.flag("--force", o->force, "Replace an existing file");
  command.footer("Example: istcheck new claim my-bound && istcheck verify my-bound.claim");
  command.action([o] { write_template(*o); });
}

void add_check_syntax(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<SyntaxOptions>();
  Command command =
      program.add_command("check-syntax", "Parse and type-check claim files, for hooks");
  command.option("FILE", o->files, "Claim files, folders of them, or - for standard input")
      .required();
  command.flag("--print", o->print, "Print the claims in canonical form");
  command.footer("Example: istcheck check-syntax proofs/claims/ist2023/theorem2.claim");
  command.action([o, &outcome] { check_syntax(*o, outcome); });
}

}  // namespace istcheck
