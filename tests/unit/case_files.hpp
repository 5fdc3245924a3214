// Cases from files, without families.
#pragma once

#include <filesystem>

#include "input/case_file.hpp"

namespace istcheck::test {

inline Case load_case(const std::filesystem::path& path, Roots roots = Roots::refused) {
  return parse_case(read_text_file(path), path.string(),
                    path.extension() == ".json" ? CaseFormat::json : CaseFormat::toml, roots,
                    path.parent_path());
}

}  // namespace istcheck::test
