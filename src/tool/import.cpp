#include "tool/interrupt.hpp"
#include "tool/import.hpp"

#include <iostream>
#include <memory>

#include "claim/utf8.hpp"
#include "exact/linalg.hpp"
#include "input/case_file.hpp"
#include "input/import.hpp"
#include "tool/output.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

constexpr std::size_t kMaxCaseFile = std::size_t{64} << 20;

constexpr const char* kDescription =
    "Make a case from data: least squares, with the rows distributed over workers.\n"
    "Worker i with m_i rows A_i, y_i gets L_i = (1/m_i) A_i'A_i + ridge I and\n"
    "b_i = (1/m_i) A_i'y_i. Every decimal is read exactly and nothing is rounded.";

constexpr const char* kFooter =
    "Rows with a missing value (nothing, NA, N/A, NaN, nan, NULL, null or ?) in a column that is\n"
    "used are dropped, and standard error says how many.\n\n"
    "Example: three species are three workers, lengths in dm and mass in kg\n"
    "  istcheck import penguins.json --target 'Body Mass (g)' --workers-by Species \\\n"
    "    --features 'Beak Length (mm),Beak Depth (mm),Flipper Length (mm)' \\\n"
    "    --scale 1/100 --target-scale 1/1000 -o penguins.toml";

/// The options as given.
struct ImportArguments {
  std::string file, output, format, method = "sketched-gradient", sketch;
  int q = 0;
  std::optional<Rational> p;
  bool shared = false;
  ImportOptions import;
};

/// An option that takes an exact number.
template <class Number>
void add_number(Command app, const std::string& name, Number& value, const std::string& help) {
  const auto read = [&value](const std::string& text) -> std::string {
    const auto number = parse_rational(text);
    if (!number) return "'" + text + "' is not an exact number such as 0.01 or 1/100";
    value = *number;
    return "";
  };
  app.option(name, read, help).type_name("NUMBER");
}

void add_data_options(Command app, ImportArguments& a) {
  app.option("FILE", a.file, "The data: .csv, .tsv, .json (an array of row objects) or .libsvm")
      .required();
  app.option("--format", a.format, "When the file's name does not tell: csv, tsv, json, libsvm");
  app.option("--target", a.import.target, "The column y; 'label' when left out for LIBSVM")
      .type_name("COLUMN");
  app.option("--features", a.import.features,
             "The columns of A, separated by commas; all others when left out")
      .delimiter(',')
      .one_word()
      .type_name("COLUMN,...");
  app.flag("--intercept", a.import.intercept, "Add a last feature that is 1 in every row");
  const Option by =
      app.option("--workers-by", a.import.workers_by,
                 "One worker for each value of this column, in order of first appearance")
          .type_name("COLUMN");
  app.option("--workers", a.import.workers,
             "This many workers: blocks of consecutive rows, as equal as possible")
      .range(1, 1 << 20)
      .excludes(by);
  app.option("--rows", a.import.rows, "Only the first so many complete rows");
}

void add_scaling_options(Command app, ImportArguments& a) {
  add_number(app, "--ridge", a.import.ridge,
             "Added to the diagonal of every L_i, after scaling; 0 when left out");
  add_number(app, "--scale", a.import.scale,
             "Multiplies every feature, but neither the intercept nor the target");
  add_number(app, "--target-scale", a.import.target_scale, "Multiplies the target");
}

void add_case_options(Command app, ImportArguments& a) {
  app.option("--name", a.import.name,
             "The case's name; the file's name without ending when left out");
  add_number(app, "--step", a.import.step,
             "The step size; when left out the greatest power of 2 that surely never expands,\n"
             "1/(s^2 tr L) with the greatest scale s of the sketch and the mean L of the L_i");
  app.option("--sketch", a.sketch,
             "perm, rand, bernoulli, identity, unit-perm or scaled-perm; perm when left out,\n"
             "with remainder = true when the number of workers does not divide the dimension");
  app.option("--q", a.q, "Coordinates for each worker: perm, rand").range(1, 1 << 20);
  add_number(app, "--p", a.p, "Probability that a coordinate is kept: bernoulli");
  app.flag("--shared", a.shared, "One draw for all workers: rand, bernoulli");
  app.option("--method", a.method, "The method, as in case files").shows_default();
  app.option("--local-steps", a.import.method.local_steps, "Local steps: ist");
  app.option("-o,--output", a.output,
             "Write the case here, at once or not at all; standard output when left out")
      .type_name("FILE");
}

TableFormat format_of(const ImportArguments& a) {
  const auto format = a.format.empty() ? table_format_of(a.file) : table_format_named(a.format);
  if (format) return *format;
  if (a.format.empty())
    throw InputError(a.file +
                     ": the name does not tell the format; give --format csv, tsv, json or libsvm");
  const std::string near = nearest(a.format, {"csv", "tsv", "json", "libsvm"});
  throw InputError("--format: '" + a.format + "' is none of csv, tsv, json, libsvm" +
                   (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

/// Nothing when the default for the data's sizes is meant.
std::optional<SketchSpec> sketch_of(const ImportArguments& a) {
  const std::string kind = a.sketch.empty() ? "perm" : a.sketch;
  const auto require = [&](bool condition, const std::string& message) {
    if (!condition) throw InputError("--sketch " + kind + ": " + message);
  };
  require(a.q == 0 || kind == "perm" || kind == "rand", "--q has no meaning here");
  require(!a.p || kind == "bernoulli", "--p has no meaning here");
  require(!a.shared || kind == "rand" || kind == "bernoulli", "--shared has no meaning here");
  if (kind == "perm")
    return a.q == 0 ? std::nullopt : std::optional<SketchSpec>(PermSketch{a.q, false});
  if (kind == "identity") return IdentitySketch{};
  if (kind == "unit-perm") return UnitPermSketch{};
  if (kind == "scaled-perm") return ScaledPermSketch{};
  if (kind == "rand") {
    require(a.q != 0, "--q is needed");
    return RandSketch{a.q, a.shared};
  }
  if (kind == "bernoulli") {
    require(a.p.has_value(), "--p is needed");
    return BernoulliSketch{*a.p, a.shared};
  }
  const std::string near =
      nearest(kind, {"perm", "rand", "bernoulli", "identity", "unit-perm", "scaled-perm"});
  require(false, "not a sketch that import can write" +
                     (near.empty() ? "; block and table go into the case file by hand"
                                   : "; did you mean '" + near + "'?"));
  return std::nullopt;
}

Method method_of(const ImportArguments& a) {
  const auto kind = method_named(a.method);
  if (kind) return {*kind, a.import.method.local_steps};
  std::vector<std::string> names;
  for (const MethodKind known : all_methods()) names.push_back(name_of(known));
  const std::string near = nearest(a.method, names);
  throw InputError("--method: there is no method '" + a.method + "'" +
                   (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

ImportOptions options_of(const ImportArguments& a, TableFormat format) {
  ImportOptions result = a.import;
  if (result.target.empty()) {
    if (format != TableFormat::libsvm) throw InputError("--target COLUMN is needed");
    result.target = "label";
  }
  if (result.workers_by.empty() && result.workers == 0)
    throw InputError("--workers-by COLUMN or --workers NUMBER is needed");
  if (result.name.empty()) result.name = valid_utf8(std::filesystem::path(a.file).stem().string());
  result.sketch = sketch_of(a);
  result.method = method_of(a);
  return result;
}

/// Every line behind a prefix, control characters blanked out.
std::string prefixed(const std::string& prefix, const std::string& lines) {
  std::string result = prefix;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const char c = lines[k];
    const bool control = (static_cast<unsigned char>(c) < 32 && c != '\n') || c == 127;
    result += control ? ' ' : c;
    if (c == '\n' && k + 1 < lines.size()) result += prefix;
  }
  return result;
}

void tell(const Imported& imported, const std::string& description) {
  std::cerr << prefixed("istcheck import: ", description.substr(0, description.find('\n') + 1));
  if (imported.rows_dropped > 0)
    std::cerr << "istcheck import: the first missing value: " << imported.first_dropped << "\n";
  if (!is_positive_definite(Problem(imported.made.workers).mean_L()))
    std::cerr << "istcheck import: warning: the mean of the L_i is not positive definite, so the\n"
                 "  minimizer is not unique; --ridge makes it so\n";
}

void run_import(const ImportArguments& a) {
  const TableFormat format = format_of(a);
  const ImportOptions options = options_of(a, format);
  try_file(a.output);
  std::optional<Imported> imported;
  std::string description, text;
  const bool ended = finish_or_leave(watch_interrupt(), [&] {
    const Table table = load_table(a.file, format);
    imported = import_table(table, options);
    description = describe(*imported, table, options);
    text = valid_utf8(prefixed("# ", description)) + write_case(imported->made);
    if (text.size() > kMaxCaseFile)
      throw InputError(a.file + ": the case would have " + std::to_string(text.size() >> 20) +
                       " MB, and case files are read up to 64 MB");
    parse_case(text, "the case made", CaseFormat::toml);  // what cannot be read is not written
  });
  if (!ended) {
    std::cerr << "interrupted: no case was written\n";
    leave(static_cast<int>(Outcome::undecided));
  }
  tell(*imported, description);
  if (!a.output.empty()) return write_file(a.output, text);
  write_out(text);
}

}  // namespace

void add_import(CommandLine& program) {
  const auto arguments = std::make_shared<ImportArguments>();
  Command app = program.add_command("import", kDescription);
  app.footer(kFooter);
  add_data_options(app, *arguments);
  add_scaling_options(app, *arguments);
  add_case_options(app, *arguments);
  app.action([arguments] { run_import(*arguments); });
}

}  // namespace istcheck
