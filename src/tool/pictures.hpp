// Pictures of a report's plots, by headless Chromium.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "report/document.hpp"

namespace istcheck {

/// The figures with these ids; the experiments when `ids` is empty, every figure of the document
/// when it is "all". Throws InputError for an unknown id.
std::vector<Figure> chosen_figures(const Document& d, const std::vector<std::string>& ids);

/// Writes FOLDER/ID.FORMAT for every figure, and FOLDER/ID-relative.FORMAT where it has a second
/// scaling; format is "svg", "png" or "pdf". Runs the program `chromium`, or the one that $CHROMIUM
/// names. Throws InputError when there is none or it fails. Stops early when `interrupted` becomes
/// true.
void write_pictures(const std::vector<Figure>& figures, const std::filesystem::path& folder,
                    const std::string& format, const std::atomic<bool>& interrupted);

}  // namespace istcheck
