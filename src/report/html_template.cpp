// The bundled template of the HTML report, inside the program.
#include "report/html_template.hpp"

// The assembler reads the file; ISTCHECK_TEMPLATE is its path (web/CMakeLists.txt).
__asm__(
    ".pushsection .rodata\n"
    ".global istcheck_template_begin\n"
    ".global istcheck_template_end\n"
    "istcheck_template_begin:\n"
    ".incbin \"" ISTCHECK_TEMPLATE
    "\"\n"
    "istcheck_template_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char istcheck_template_begin[];
extern const char istcheck_template_end[];
}

namespace istcheck {

std::string_view html_template() {
  const auto size = istcheck_template_end - istcheck_template_begin;
  return {istcheck_template_begin, static_cast<size_t>(size)};
}

}  // namespace istcheck
