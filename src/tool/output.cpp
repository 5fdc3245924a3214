#include "tool/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "input/case_file.hpp"

namespace istcheck {

void write_out(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0)
    throw InputError(std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace istcheck
