#include "tool/report.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "input/case_file.hpp"
#include "report/advice.hpp"
#include "report/case_figures.hpp"
#include "report/claim_figures.hpp"
#include "report/document.hpp"
#include "report/experiment_figures.hpp"
#include "report/html_template.hpp"
#include "report/readings.hpp"
#include "report/report_writers.hpp"
#include "report/search_results.hpp"
#include "report/verify_report.hpp"
#include "tool/checked_certificates.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/pictures.hpp"
#include "tool/progress.hpp"
#include "tool/verification.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;
using claim::ClaimVerdict;

struct ReportOptions {
  Asked asked;
  std::vector<std::string> formats, plots, searches;
  std::string certificates, experiments, svg, png, pdf, folder = "report",
                                                        title = "Claims checked exactly";
  size_t rounds = 20;
};

struct Format {
  const char *name, *file;
};
constexpr Format kFormats[] = {{"html", "index.html"},
                               {"markdown", "report.md"},
                               {"latex", "report.tex"},
                               {"json", "report.json"},
                               {"junit", "junit.xml"}};

/// A build without the HTML template leaves HTML out unless it is asked for by name.
bool wanted(const ReportOptions& o, const std::string& format) {
  if (o.formats.empty()) return format != "html" || !html_template().empty();
  return std::find(o.formats.begin(), o.formats.end(), format) != o.formats.end();
}

/// The text of a file under proofs/, or nothing where neither the project's own folder nor an
/// installed istcheck has it.
std::string proofs_text(const char* file) {
  const fs::path folder = find_shipped("proofs");
  return folder.empty() || !fs::exists(folder / file) ? "" : read_text_file(folder / file);
}

/// All of proofs/readings, with the statements.
std::vector<Reading> shipped_readings() {
  std::vector<Reading> readings;
  const fs::path proofs = find_shipped("proofs");
  if (proofs.empty() || !fs::is_directory(proofs / "readings")) return readings;
  std::set<fs::path> files;
  for (const auto& file : fs::directory_iterator(proofs / "readings")) files.insert(file.path());
  for (const auto& file : files) {
    if (file.extension() != ".txt") continue;
    for (auto& r : parse_readings(read_text_file(file), file.string()))
      readings.push_back(std::move(r));
  }
  add_statements(readings, proofs_text("rocq/statements.txt"));
  return readings;
}

/// "" for a case from standard input.
std::string path_of(const std::map<std::string, std::string>& paths, const std::string& name) {
  const auto found = paths.find(name);
  return found == paths.end() ? "" : found->second;
}

/// Curves and advice are made of rational cases with a method of the table only.
CaseEntry case_entry(const ReportOptions& o, const Case& c, const std::string& path) {
  if (!c.rational() || c.method.text != nullptr) return {c, path, {}, {}, {}};
  CaseEntry e{c, path, analysis_findings(c), advice(c), case_figures(c, o.rounds)};
  for (auto& f : floor_figure(c)) e.figures.push_back(std::move(f));
  return e;
}

/// The families of a folder, and Remark 1's region with the shipped ones.
void add_experiments(const ReportOptions& o, const Chosen& chosen, Document& d) {
  const bool shipped = o.experiments.empty();
  if (shipped && !(o.asked.claims.empty() && chosen.origin.by_default &&
                   is_shipped(chosen.origin.folder, "cases/paper")))
    return;
  const fs::path folder = shipped ? find_shipped("cases/experiments") : fs::path(o.experiments);
  if (folder.empty()) return;
  if (!fs::is_directory(folder)) throw InputError(folder.string() + ": no such folder");
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() == ".toml" || file.path().extension() == ".json")
      files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const auto loaded = load_case_or_family(file);
    const auto* family = std::get_if<Family>(&loaded);
    if (family == nullptr) throw InputError(file.string() + ": a case, and not a family");
    for (auto& f : family_figures(*family, figure_id(file.stem().string()), o.rounds))
      d.figures.push_back(std::move(f));
  }
  if (shipped) d.figures.push_back(remark1_region());
}

/// What of a paper was read and what was not: the file read.txt beside its claims, if there is one.
std::vector<std::string> what_was_read(const std::vector<ClaimEntry>& claims) {
  std::vector<std::string> sentences;
  std::set<fs::path> folders;
  for (const auto& e : claims) {
    const fs::path folder = fs::path(e.claim->source->name).parent_path();
    std::error_code error;
    if (!folders.insert(folder).second || !fs::exists(folder / "read.txt", error)) continue;
    std::string text = read_text_file(folder / "read.txt");
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    sentences.push_back(text);
  }
  return sentences;
}

/// `briefly`: without anything that is computed again or takes time.
Document make_document(const ReportOptions& o, const Chosen& chosen,
                       const std::vector<ClaimVerdict>& verdicts,
                       const claim::EvaluationOptions& options,
                       const std::atomic<bool>& interrupted, bool briefly) {
  const auto& cases = chosen.cases;
  const auto paths = paths_of(chosen.origin);
  Document d;
  d.title = o.title;
  d.version = ISTCHECK_VERSION;
  d.claims = claim_entries(verdicts, cases, options, !briefly);
  for (auto& e : d.claims) {
    e.shipped = is_shipped(e.claim->source->name, "proofs/claims");
    e.file = chosen.again(*e.claim);
  }
  if (!chosen.origin.by_default) {
    for (const auto& file : chosen.origin.files) d.cases_again += " --case " + shell_word(file);
    if (chosen.origin.files.empty())
      d.cases_again = " --cases " + shell_word(chosen.origin.folder.string());
  }
  add_rows(d.claims, proofs_text("claims/rows.tsv"));
  add_proofs(d.claims, proofs_text("links.tsv"));
  add_readings(d.claims, shipped_readings());
  d.opening = opening_sentences(d.claims, cases);
  for (const auto& sentence : what_was_read(d.claims)) d.opening.push_back(sentence);
  if (briefly) {
    for (const auto& c : cases) d.cases.push_back({c, path_of(paths, c.name), {}, {}, {}});
    return d;
  }
  const int rounds = static_cast<int>(o.rounds);
  std::vector<Case> drawn;
  std::copy_if(cases.begin(), cases.end(), std::back_inserter(drawn),
               [](const Case& c) { return c.rational(); });
  Progress progress("curves", d.claims.size() + cases.size() + 1);
  for (auto& e : d.claims) {
    if (interrupted) break;
    progress.next(e.claim->id);
    e.figures = claim_figures(e, d.claims, drawn, rounds, options);
  }
  for (const auto& c : cases) {
    progress.next(c.name);
    d.cases.push_back(interrupted ? CaseEntry{c, path_of(paths, c.name), {}, {}, {}}
                                  : case_entry(o, c, path_of(paths, c.name)));
    if (interrupted || !c.rational()) continue;
    for (auto& f : bound_figures(c, d.claims, rounds, options))
      d.cases.back().figures.push_back(std::move(f));
  }
  progress.next("experiments");
  if (!interrupted) add_experiments(o, chosen, d);
  return d;
}

void write_formats(const ReportOptions& o, const Document& d,
                   const std::vector<ClaimVerdict>& verdicts) {
  std::error_code error;
  fs::create_directories(o.folder, error);
  if (error) throw InputError(o.folder + ": cannot be made: " + error.message());
  const fs::path folder = o.folder;
  for (const auto& [name, file] : kFormats) {
    if (!wanted(o, name)) continue;
    const std::string format = name;
    write_file(folder / file, format == "html"       ? report_html(d)
                              : format == "markdown" ? report_markdown(d)
                              : format == "latex"    ? report_latex(d)
                              : format == "json"     ? report_json(d)
                                                     : verify_junit(verdicts));
  }
}

void run_report(const ReportOptions& o, Outcome& outcome) {
  for (const std::string& folder : {o.folder, o.svg, o.png, o.pdf}) try_folder(folder);
  if (!o.certificates.empty()) {
    o.asked.refuse_standard_input();
  }
  const claim::EvaluationOptions options;
  const Chosen chosen = choose(o.asked);
  const auto& claims = chosen.claims;
  const auto& cases = chosen.cases;
  const auto& interrupted = watch_interrupt();
  auto [verdicts, left] = verify_claims(claims, cases, options, interrupted);
  // What an interrupt leaves behind goes on with what it refers to: each part has its own.
  auto whole = std::make_shared<Document>();
  if (!interrupted)
    left = !finish_or_leave(interrupted, [&, whole, verdicts = verdicts] {
      *whole = make_document(o, chosen, verdicts, options, interrupted, false);
    });
  Document document = interrupted ? make_document(o, chosen, verdicts, options, interrupted, true)
                                  : std::move(*whole);
  document.partial = interrupted_text(verdicts.size(), claims.size(), "claims were checked");
  if (document.partial.empty() && interrupted)
    document.partial = "interrupted: hypotheses, curves and experiments are missing";
  for (const auto& file : o.searches) add_searches(document.claims, read_text_file(file), file);
  bool accepted = true;
  if (!o.certificates.empty() && !interrupted) {
    struct Checked {
      std::vector<ClaimEntry> claims;
      std::vector<ClaimVerdict> verdicts;
      bool accepted = true;
    };
    const auto checked = std::make_shared<Checked>(Checked{document.claims, verdicts, true});
    left = !finish_or_leave(interrupted, [&, checked] {
      checked->accepted = add_certificates(checked->claims, checked->verdicts, o.certificates,
                                           !cases.empty(), chosen.origin);
    });
    if (!left) {
      document.claims = std::move(checked->claims);
      verdicts = std::move(checked->verdicts);
      accepted = checked->accepted;
    } else {
      document.partial = "interrupted: certificates were not checked again";
    }
  } else if (!o.certificates.empty()) {
    document.partial += "; certificates were not checked again";
  }
  write_formats(o, document, verdicts);
  if (!interrupted)
    left = !finish_or_leave(interrupted, [&] {
      for (const auto& [format, folder] :
           {std::pair("svg", &o.svg), std::pair("png", &o.png), std::pair("pdf", &o.pdf)}) {
        if (folder->empty() || interrupted) continue;
        write_pictures(chosen_figures(document, o.plots), *folder, format, interrupted);
      }
    });
  if (interrupted)
    std::cerr << (document.partial.empty() ? "interrupted: pictures are missing" : document.partial)
              << '\n';
  outcome = outcome_of(verdicts);
  if (!accepted && outcome != Outcome::bad_input) outcome = Outcome::not_as_expected;
  if (interrupted && outcome == Outcome::as_expected) outcome = Outcome::undecided;
  if (left) leave(static_cast<int>(outcome));
}

}  // namespace

void add_report(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<ReportOptions>();
  Command command = program.add_command("report", "Check claims and write reports to read");
  o->asked.add_options(command);
  command
      .option("--certificates", o->certificates,
              "Check the certificates of this folder and show the answers")
      .type_name("DIR");
  command.option("--searches", o->searches, "Show what istcheck search --json wrote to this file")
      .type_name("FILE");
  std::vector<std::string> names;
  for (const auto& format : kFormats) names.emplace_back(format.name);
  command.option("--formats", o->formats, "Only these, separated by commas")
      .delimiter(',')
      .one_of(names);
  command
      .option("--experiments", o->experiments,
              "Families to draw; cases/experiments with a report of everything shipped")
      .type_name("DIR");
  command.option("--rounds", o->rounds, "Rounds of the error curves")
      .range(size_t{1}, size_t{200})
      .shows_default();
  command.option("--svg", o->svg, "Also write plots as SVG, by headless Chromium").type_name("DIR");
  command.option("--png", o->png, "Also write plots as PNG, by headless Chromium").type_name("DIR");
  command.option("--pdf", o->pdf, "Also write plots as PDF, by headless Chromium").type_name("DIR");
  command
      .option("--plots", o->plots,
              "Which plots: names from report.json, separated by commas, or all; the "
              "experiments when left out")
      .delimiter(',');
  command.option("--title", o->title, "Title of the report").shows_default();
  command.option("-o,--output", o->folder, "The folder to write to")
      .type_name("DIR")
      .shows_default();
  command.footer(
      "Examples:\n"
      "  istcheck report\n"
      "  istcheck report thm2 thm2-sharp --formats latex -o build/theorem2\n"
      "  istcheck report --certificates build/certificates --searches build/found.json\n"
      "  istcheck report --formats json --png build/plots --plots remark1-region\n"
      "Exit codes: 0 all as expected, 1 some verdict is not, a certificate is rejected or shows "
      "another verdict,\n2 bad input, 3 something undecided.");
  command.action([o, &outcome] { run_report(*o, outcome); });
}

}  // namespace istcheck
