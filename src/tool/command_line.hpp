// The command line: its commands, their options, and what is said about a wrong one. The library
// that reads it (CLI11) is known to command_line.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tool/output.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace istcheck {

/// An option or argument of a command. Copies mean the same option.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option type_name(const std::string& name);
  Option required();
  /// Several values may be given in one word, with this character between them.
  Option delimiter(char c);
  /// Of a list: one word each time the option is given.
  Option one_word();
  /// The help shows the variable's value at this moment as the default.
  Option shows_default();
  Option excludes(Option other);
  /// The option of the same command with this name.
  Option excludes(const std::string& name);

  Option range(int low, int high);
  Option range(std::size_t low, std::size_t high);
  Option positive();
  Option non_negative();
  Option one_of(const std::vector<std::string>& words);

 private:
  CLI::Option* option_;
};

/// A command. Copies mean the same command. The variables of the options must live as long as the
/// command line; `std::size_t` is the unsigned 64-bit type, so that it stands for that one too.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  /// `names` is "-o,--output", or a bare word for what stands without a dash.
  Option option(const std::string& names, std::string& variable, const std::string& help);
  Option option(const std::string& names, std::vector<std::string>& variable,
                const std::string& help);
  Option option(const std::string& names, int& variable, const std::string& help);
  Option option(const std::string& names, unsigned& variable, const std::string& help);
  Option option(const std::string& names, std::ptrdiff_t& variable, const std::string& help);
  Option option(const std::string& names, std::size_t& variable, const std::string& help);
  Option option(const std::string& names, double& variable, const std::string& help);
  Option option(const std::string& names, std::optional<std::size_t>& variable,
                const std::string& help);
  /// An option whose text `read` takes; it returns what is wrong with it, or nothing.
  Option option(const std::string& name, std::function<std::string(const std::string&)> read,
                const std::string& help);
  Option flag(const std::string& names, bool& variable, const std::string& help);

  /// Text below the help.
  void footer(const std::string& text);
  /// What the command does. It may throw; the message is shown and the exit code is that of bad
  /// input.
  void action(std::function<void()> run);

 private:
  CLI::App* app_;
};

/// The program's command line.
class CommandLine {
 public:
  CommandLine(const std::string& description, const std::string& version,
              const std::string& footer);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  Command add_command(const std::string& name, const std::string& help);

  /// Reads the words, does what the command named by the first one does, and returns the exit
  /// code: `outcome` as the command left it, or bad_input. Errors go to standard error.
  int run(int argc, char** argv, const Outcome& outcome);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace istcheck
