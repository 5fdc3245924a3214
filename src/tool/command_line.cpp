#include "tool/command_line.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>

#include <CLI/CLI.hpp>

#include "input/case_file.hpp"

namespace istcheck {
namespace {

static_assert(std::is_same_v<std::size_t, std::uint64_t>);

/// A word of the command line, or the beginning of a long one.
std::string shown_word(const std::string& word) {
  constexpr size_t kShown = 40;
  return word.size() <= kShown ? word : word.substr(0, kShown) + "…";
}

/// Numbers up to the largest double, said without its 309 digits.
CLI::Validator number_check(const char* shown, const char* expected, bool (*fits)(double)) {
  const auto check = [expected, fits](std::string& text) -> std::string {
    double value = 0;
    if (CLI::detail::lexical_cast(text, value) && std::isfinite(value) && fits(value)) return "";
    return std::string("expected ") + expected + ", found " + shown_word(text);
  };
  return CLI::Validator(check, shown);
}

/// The first word, when it should be a command and is none.
std::string unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2) return "";
  const std::string word = argv[1];
  if (word.empty() || word.front() == '-') return "";
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), word) != known.end()) return "";
  const std::string near = word.size() > 100 ? "" : nearest(word, known);
  return "there is no command '" + shown_word(word) + "'" +
         (near.empty() ? "" : "; did you mean '" + near + "'?");
}

/// What is said of the first word that a command does not take: an option's name with the nearest
/// one.
std::string unexpected_word(const CLI::App& app) {
  const std::vector<std::string> words = app.remaining(true);
  const auto commands = app.get_subcommands();
  if (words.empty() || commands.empty()) return "";
  const CLI::App& command = *commands.front();
  const std::string word = words.front().substr(0, words.front().find('='));
  if (word.empty() || word.front() != '-')
    return "istcheck " + command.get_name() + ": '" + shown_word(word) +
           "' is one argument too many";
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  const std::string near = word.size() > 100 ? "" : nearest(word, known);
  return "istcheck " + command.get_name() + ": there is no option '" + shown_word(word) + "'" +
         (near.empty() ? "" : "; did you mean '" + near + "'?");
}

}  // namespace

Option Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::delimiter(char c) {
  option_->delimiter(c);
  return *this;
}

Option Option::one_word() {
  option_->allow_extra_args(false);
  return *this;
}

Option Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::excludes(const std::string& name) {
  option_->excludes(name);
  return *this;
}

Option Option::range(int low, int high) {
  option_->check(CLI::Range(low, high));
  return *this;
}

Option Option::range(std::size_t low, std::size_t high) {
  option_->check(CLI::Range(low, high));
  return *this;
}

Option Option::positive() {
  option_->check(
      number_check("POSITIVE", "a positive number", [](double value) { return value > 0; }));
  return *this;
}

Option Option::non_negative() {
  option_->check(number_check("NONNEGATIVE", "a number that is not negative",
                              [](double value) { return value >= 0; }));
  return *this;
}

Option Option::one_of(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Option Command::option(const std::string& names, std::string& variable, const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, std::vector<std::string>& variable,
                       const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, int& variable, const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, unsigned& variable, const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, std::ptrdiff_t& variable,
                       const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, std::size_t& variable, const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, double& variable, const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& names, std::optional<std::size_t>& variable,
                       const std::string& help) {
  return Option(app_->add_option(names, variable, help));
}

Option Command::option(const std::string& name, std::function<std::string(const std::string&)> read,
                       const std::string& help) {
  const auto take = [read = std::move(read), name](const std::string& text) {
    const std::string fault = read(text);
    if (!fault.empty()) throw CLI::ValidationError(name, fault);
  };
  return Option(app_->add_option_function<std::string>(name, take, help));
}

Option Command::flag(const std::string& names, bool& variable, const std::string& help) {
  return Option(app_->add_flag(names, variable, help));
}

void Command::footer(const std::string& text) { app_->footer(text); }

void Command::action(std::function<void()> run) { app_->callback(std::move(run)); }

CommandLine::CommandLine(const std::string& description, const std::string& version,
                         const std::string& footer)
    : app_(std::make_unique<CLI::App>(description)) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
  app_->footer(footer);
}

CommandLine::~CommandLine() = default;

Command CommandLine::add_command(const std::string& name, const std::string& help) {
  return Command(app_->add_subcommand(name, help));
}

int CommandLine::run(int argc, char** argv, const Outcome& outcome) {
  const int bad_input = static_cast<int>(Outcome::bad_input);
  const std::string unknown = unknown_command(*app_, argc, argv);
  if (!unknown.empty()) {
    std::cerr << "istcheck: " << unknown << "\nRun with --help for more information.\n";
    return bad_input;
  }
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    const std::string said = unexpected_word(*app_);
    if (said.empty()) return app_->exit(error) == 0 ? 0 : bad_input;
    std::cerr << said << "\nRun with --help for more information.\n";
    return bad_input;
  } catch (const CLI::ParseError& error) {
    return app_->exit(error) == 0 ? 0 : bad_input;
  } catch (const std::exception& error) {
    std::cerr << "istcheck: " << error.what() << "\n";
    return bad_input;
  }
  return static_cast<int>(outcome);
}

}  // namespace istcheck
