#include "tool/analyze.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <mutex>

#include "cert/format.hpp"
#include "claim/method_analysis.hpp"
#include "exact/floating.hpp"
#include "input/family.hpp"
#include "report/advice.hpp"
#include "report/analysis_report.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

struct AnalyzeOptions {
  std::vector<std::string> files;
  bool json = false, csv = false, enumerate = false, advise = false;
  std::vector<std::string> fields;
  std::string max_outcomes = "2000000", output;
  Index max_operator = 120;
  std::optional<std::size_t> rounds;
  std::size_t runs = 0;
  std::uint64_t seed = 1;
};

AnalysisOptions analysis_options(const AnalyzeOptions& o) {
  AnalysisOptions result;
  const auto limit = parse_rational(o.max_outcomes);
  if (!limit || denominator(*limit) != 1 || *limit < 1)
    throw InputError("--max-outcomes: expected a positive whole number, found \"" + o.max_outcomes +
                     "\"");
  result.moments.max_outcomes = numerator(*limit);
  if (o.enumerate) result.moments.route = Route::enumeration;
  result.max_operator = o.max_operator;
  for (const std::string& field : o.fields) {
    const auto& known = analysis_fields();
    if (std::find(known.begin(), known.end(), field) == known.end()) {
      const std::string near = nearest(field, known);
      std::string list;
      for (const auto& k : known) list += (list.empty() ? "" : ", ") + k;
      throw InputError("--fields: unknown field \"" + field + "\"" +
                       (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                       " (known: " + list + ")");
    }
    result.fields.insert(field);
  }
  return result;
}

struct Output {
  std::string text;
  bool undecided = false;
};

Output analyse_case(const Case& c, const AnalyzeOptions& o, const AnalysisOptions& options,
                    JsonWriter& json) {
  if (c.method.text != nullptr) {
    const auto start = std::chrono::steady_clock::now();
    const Analysis<Surd> a = claim::analyse_text(c, options);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (o.json) write_analysis(json, c, a, options, seconds.count());
    return {o.json ? "" : analysis_text(c, a, options), !a.undecided.empty()};
  }
  return with_scalars(c, [&](auto scalar) {
    using S = decltype(scalar);
    const auto start = std::chrono::steady_clock::now();
    const Analysis<S> a = analyse<S>(c, options);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (o.json) write_analysis(json, c, a, options, seconds.count());
    return Output{o.json ? "" : analysis_text(c, a, options), !a.undecided.empty()};
  });
}

template <class S>
Curve<S> make_curve(const Case& c, const AnalyzeOptions& o, const AnalysisOptions& options) {
  Curve<S> curve{trajectory<S>(c, *o.rounds, options.moments), {}, {}};
  if (o.runs == 0) return curve;
  const bool rational_start = std::all_of(c.roots.begin(), c.roots.end(), [](const auto& part) {
    return !part.second.start || part.second.start->isZero();
  });
  if (!rational_workers(c) || !rational_start || !step_of(c).is_rational())
    throw InputError(
        "--monte-carlo takes irrational numbers in a list of steps only, and this case has others");
  const Instance instance = at_step(c, Surd(c.step));
  const TrajectoryPoint<S>& first = curve.points.front();
  Vector<double> reference;
  if (first.distance_to_minimizer) {
    curve.simulated_reference = "minimizer";
    const RationalMatrix x =
        *solve(instance.problem.mean_L(), RationalMatrix(instance.problem.mean_b()));
    reference = floating(x);
  } else {
    throw InputError(
        "--monte-carlo compares distances to x*, and this case has no unique minimizer");
  }
  curve.simulated = monte_carlo(c, *o.rounds, o.runs, o.seed, reference);
  return curve;
}

Output trace_case(const Case& c, const AnalyzeOptions& o, const AnalysisOptions& options,
                  JsonWriter& json) {
  return with_scalars(c, [&](auto scalar) {
    using S = decltype(scalar);
    const Curve<S> curve = make_curve<S>(c, o, options);
    if (o.json) {
      json.begin_object().key("name").text(c.name).key("trajectory");
      write_curve(json, curve);
      json.end_object();
    }
    return Output{o.json ? "" : curve_csv(curve), false};
  });
}

Output advise_case(const Case& c, const AnalyzeOptions& o, JsonWriter& json) {
  const auto findings = advice(c);
  if (!o.json) return Output{cert::escaped(c.name) + "\n" + advice_text(findings), false};
  json.begin_object().key("name").text(c.name).key("advice");
  write_findings(json, findings);
  json.end_object();
  return {};
}

Output analyse_family(const Family& family, const AnalyzeOptions& o, const AnalysisOptions& options,
                      JsonWriter& json) {
  if (!options.fields.empty() && !o.json)
    throw InputError("--fields with a family needs --json; the table has fixed columns");
  Output output;
  std::vector<FamilyRow> rows;
  if (o.json) {
    json.begin_object().key("family").text(family.name).key("parameter").text(family.parameter);
    json.key("members").begin_array();
  }
  for (const FamilyMember& member : family.members) {
    if (o.json) {
      json.begin_object().key("value").text(member.value).key("analysis");
      output.undecided |= analyse_case(member.c, o, options, json).undecided;
      json.end_object();
      continue;
    }
    with_scalars(member.c, [&](auto scalar) {
      const auto a = analyse<decltype(scalar)>(member.c, options);
      output.undecided |= !a.undecided.empty();
      rows.push_back(family_row(member.value, a));
    });
  }
  if (o.json)
    json.end_array().end_object();
  else
    output.text = family_text(family.name, family.parameter, rows);
  return output;
}

/// The text of one file's analysis; in JSON one document.
Output analyse_file(const std::string& file, const AnalyzeOptions& o,
                    const AnalysisOptions& options) {
  const auto loaded = load_case_or_family(file, Roots::taken);
  JsonWriter json;
  Output output;
  try {
    if (const auto* family = std::get_if<Family>(&loaded)) {
      if (o.rounds || o.advise)
        throw InputError(file + ": --trajectory and --advise take a case, not a family");
      output = analyse_family(*family, o, options, json);
    } else {
      const Case& c = std::get<Case>(loaded);
      if (o.rounds || o.advise) refuse_method_text(c, file, "analyze with a curve or advice");
      if (o.advise && !c.rational())
        throw InputError(file + ": --advise takes rational numbers only, and this case has others");
      output = o.advise   ? advise_case(c, o, json)
               : o.rounds ? trace_case(c, o, options, json)
                          : analyse_case(c, o, options, json);
    }
  } catch (const TooManyOutcomes& error) {
    throw InputError(file + ": " + error.what());
  }
  if (o.json) output.text = json.str();
  return output;
}

/// The documents as one array. No line end of a document stands inside of a string.
std::string json_array(const std::vector<std::string>& documents) {
  std::string text = "[";
  for (const auto& document : documents) {
    text += text.size() == 1 ? "\n  " : ",\n  ";
    for (size_t k = 0; k + 1 < document.size(); ++k)
      text += document[k] == '\n' ? "\n  " : std::string(1, document[k]);
  }
  return text + "\n]\n";
}

void run_analyze(const AnalyzeOptions& o, Outcome& outcome) {
  const AnalysisOptions options = analysis_options(o);
  if (o.runs > 0 && !o.rounds) throw InputError("--monte-carlo needs --trajectory K");
  try_file(o.output);
  struct Done {
    std::mutex mutex;
    std::vector<Output> outputs;
  } done;
  const auto& interrupted = watch_interrupt();
  const bool ended = finish_or_leave(interrupted, [&] {
    for (const std::string& file : o.files) {
      if (interrupted) break;
      auto output = analyse_file(file, o, options);
      const std::lock_guard lock(done.mutex);
      done.outputs.push_back(std::move(output));
    }
  });
  if (!ended) done.mutex.lock();  // nothing is added any more
  const std::string partial =
      interrupted_text(done.outputs.size(), o.files.size(), "files were analysed");
  std::string text;
  std::vector<std::string> documents;
  bool undecided = !partial.empty();
  for (const Output& output : done.outputs) {
    text += (text.empty() || o.json ? "" : "\n") + output.text;
    documents.push_back(output.text);
    undecided = undecided || output.undecided;
  }
  if (o.json && !partial.empty()) {
    JsonWriter note;
    note.begin_object().key("interrupted").text(partial).end_object();
    documents.push_back(note.str());
  }
  if (o.json) text = o.files.size() > 1 ? json_array(documents) : documents.front();
  if (o.rounds && !o.json && !partial.empty()) {
    std::cerr << partial << "\n";  // a table has no place for it
  } else if (!o.json && !partial.empty()) {
    text += (text.empty() ? "" : "\n") + partial + "\n";
  }
  if (o.output.empty())
    write_out(text);
  else
    write_file(o.output, text);
  if (undecided) outcome = Outcome::undecided;
  if (!ended) leave(static_cast<int>(outcome));
}

}  // namespace

void add_analyze(CommandLine& program, Outcome& outcome) {
  auto o = std::make_shared<AnalyzeOptions>();
  Command command = program.add_command(
      "analyze", "Exact fixed points, biases, contraction factors and error limits of a case");
  command
      .option("case", o->files,
              "Case or family files (TOML, or JSON when the name ends in .json), or - for standard "
              "input")
      .required();
  command.flag("--json", o->json, "Write JSON; the fields are listed in docs/manual.md");
  command.option("--fields", o->fields, "Only these fields, separated by commas").delimiter(',');
  command
      .option("--trajectory", o->rounds,
              "Write the exact error curve for k = 0..K instead (CSV, or JSON with --json)")
      .type_name("K")
      .excludes("--fields")
      .range(std::size_t{0}, std::size_t{1000000});
  command.option("--monte-carlo", o->runs, "Simulate this many runs beside the curve")
      .type_name("RUNS");
  command.option("--seed", o->seed, "Seed of the simulation").shows_default();
  command
      .flag("--advise", o->advise,
            "Say which step sizes are stable and fastest, what is bias and what variance, and "
            "what another sketch would change")
      .excludes("--trajectory")
      .excludes("--fields");
  command.flag("--enumerate", o->enumerate,
               "Run through all outcomes even where a closed form exists");
  command.option("--max-outcomes", o->max_outcomes, "Refuse to enumerate more outcomes than this")
      .shows_default();
  command
      .option("--max-operator", o->max_operator,
              "Largest size d(d+1)/2 for which the mean-square factor is computed")
      .shows_default();
  command.option("-o,--output", o->output, "Write to a file instead of standard output");
  command.footer(
      "Examples:\n"
      "  istcheck analyze cases/paper/remark1-indefinite.toml\n"
      "  istcheck analyze cases/data/penguins.toml --json --fields fixed_point,bias_sq\n"
      "  istcheck analyze cases/paper/homogeneous-perm1.toml --trajectory 20 --monte-carlo 1000\n"
      "Exit codes: 0 done, 2 bad input, 3 a limit left some field undecided.");
  command.action([o, &outcome] { run_analyze(*o, outcome); });
}

}  // namespace istcheck
