#include "tool/pictures.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "input/case_file.hpp"
#include "report/report_writers.hpp"
#include "search/program.hpp"
#include "search/temporary_folder.hpp"
#include "tool/progress.hpp"
#include "tool/write_file.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;

/// The text between <pre id="svg"> and </pre> of a page, with the entities of HTML replaced.
std::string svg_in(const std::string& page) {
  const std::string open = "<pre id=\"svg\">";
  const size_t begin = page.find(open), end = page.find("</pre>");
  if (begin == std::string::npos || end == std::string::npos) return "";
  std::string text = page.substr(begin + open.size(), end - begin - open.size());
  for (const auto& [entity, character] :
       {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&nbsp;", "\xC2\xA0"),
        std::pair("&amp;", "&")}) {
    for (size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at)
      text.replace(at, std::string(entity).size(), character);
  }
  return text;
}

std::string chromium() {
  const char* named = std::getenv("CHROMIUM");
  return named != nullptr ? named : "chromium";
}

/// width="640" height="404" of the <svg> element.
std::pair<std::string, std::string> size_of(const std::string& svg) {
  const auto attribute = [&](const std::string& name) {
    const size_t at = svg.find(" " + name + "=\"");
    if (at == std::string::npos) return std::string();
    const size_t begin = at + name.size() + 3;
    return svg.substr(begin, svg.find('"', begin) - begin);
  };
  return {attribute("width"), attribute("height")};
}

/// Headless Chromium with a profile of its own.
class Browser {
 public:
  explicit Browser(const std::atomic<bool>& interrupted) : interrupted_(interrupted) {}
  /// Standard output of the browser at the address. Throws InputError.
  std::string run(const std::vector<std::string>& options, const std::string& address) const {
    std::vector<std::string> words = {
        chromium(), "--headless", "--disable-gpu", "--hide-scrollbars",
        // Chromium's own sandbox cannot run as root.
        geteuid() == 0 ? "--no-sandbox" : "--disable-extensions",
        "--user-data-dir=" + (fs::path(work_.path()) / "profile").string()};
    words.insert(words.end(), options.begin(), options.end());
    words.push_back(address);
    search::ProgramLimits limits;
    limits.stop = [this] { return interrupted_.load(); };
    search::ProgramRun run = search::run_program(words, "", limits);
    if (!run.there)
      throw InputError("pictures need the program " + chromium() +
                       " (Debian: apt install chromium), or another one named by $CHROMIUM");
    if (!run.code) throw InputError(chromium() + " was ended by a signal");
    if (*run.code != 0)
      throw InputError(chromium() + " failed with exit code " + std::to_string(*run.code));
    return std::move(run.output);
  }
  fs::path folder() const { return work_.path(); }

 private:
  search::TemporaryFolder work_;
  const std::atomic<bool>& interrupted_;
};

void write_picture(const Browser& browser, const std::string& address, const fs::path& file,
                   const std::string& format) {
  const std::string svg = svg_in(browser.run({"--dump-dom"}, address + "&svg"));
  const auto [width, height] = size_of(svg);
  if (width.empty() || height.empty()) throw InputError(chromium() + " drew nothing");
  if (format == "svg") return write_file(file, svg);
  const fs::path picture = browser.folder() / ("picture." + format);
  if (format == "png") {
    browser.run({"--screenshot=" + picture.string(), "--window-size=" + width + "," + height,
                 "--force-device-scale-factor=2"},
                address);
  } else {
    browser.run({"--print-to-pdf=" + picture.string(), "--no-pdf-header-footer"}, address);
  }
  write_file(file, read_text_file(picture));
}

/// Whether the page draws the figure relative to its first value as well.
bool has_relative(const Figure& f) {
  return f.relative && !f.series.empty() && !f.series[0].points.empty() &&
         f.series[0].points[0].second.sign() > 0;
}

}  // namespace

std::vector<Figure> chosen_figures(const Document& d, const std::vector<std::string>& ids) {
  if (ids.empty()) return d.figures;
  std::vector<Figure> all = d.figures, chosen;
  for (const auto& e : d.claims) all.insert(all.end(), e.figures.begin(), e.figures.end());
  for (const auto& c : d.cases) all.insert(all.end(), c.figures.begin(), c.figures.end());
  if (ids == std::vector<std::string>{"all"}) return all;
  std::vector<std::string> known;
  for (const auto& f : all) known.push_back(f.id);
  for (const auto& id : ids) {
    const auto found = std::find(known.begin(), known.end(), id);
    if (found == known.end()) {
      const std::string near = nearest(id, known);
      throw InputError("there is no plot \"" + id + "\"" +
                       (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    chosen.push_back(all[static_cast<size_t>(found - known.begin())]);
  }
  return chosen;
}

void write_pictures(const std::vector<Figure>& figures, const fs::path& folder,
                    const std::string& format, const std::atomic<bool>& interrupted) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw InputError(folder.string() + ": " + error.message());
  const Browser browser(interrupted);
  if (browser.folder().empty()) throw InputError("cannot make a temporary folder");
  Document page;
  page.figures = figures;
  write_file(browser.folder() / "page.html", report_html(page));
  const std::string url = "file://" + (browser.folder() / "page.html").string() + "#figure=";
  Progress progress("pictures", figures.size());
  for (const auto& f : figures) {
    progress.next(f.id);
    try {
      write_picture(browser, url + f.id, folder / (f.id + "." + format), format);
      if (has_relative(f))
        write_picture(browser, url + f.id + "&relative", folder / (f.id + "-relative." + format),
                      format);
    } catch (const InputError&) {
      if (!interrupted) throw;  // Ctrl-C ended the browser
    }
    if (interrupted) return;
  }
}

}  // namespace istcheck
