// The bundled template of the HTML report, inside the program.
#pragma once

#include <string_view>

namespace istcheck {

/// The file that web/build.mjs makes; empty in a build without it (ISTCHECK_WEB=OFF).
std::string_view html_template();

}  // namespace istcheck
