// Families of cases with one parameter: n, q, γ, a ridge, …
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "input/case_file.hpp"

namespace istcheck {

struct FamilyMember {
  std::string value;  ///< of the parameter
  Case c;
};
struct Family {
  std::string name, parameter;
  std::vector<FamilyMember> members;
};

/// Reads a case file, or a family file: one with the keys `parameter` and `values` (the format is
/// in docs/manual.md). A family has no square roots. Throws InputError.
std::variant<Case, Family> load_case_or_family(const std::filesystem::path& path,
                                               Roots roots = Roots::refused);

}  // namespace istcheck
