#include <stdexcept>

#include "claim/utf8.hpp"
#include "report/html_template.hpp"
#include "report/report_writers.hpp"

namespace istcheck {
namespace {

/// Text between tags.
std::string html_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

/// JSON inside a script element: no "<" of its own, so that nothing ends the element early.
std::string embedded(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else if (c != '\n') {
      out += c;
    }
  }
  return out;
}

void replace(std::string& text, const std::string& name, const std::string& value) {
  const size_t at = text.find(name);
  if (at == std::string::npos) throw std::logic_error("the report's template has no " + name);
  text.replace(at, name.size(), value);
}

}  // namespace

std::string report_html(const Document& d) {
  std::string html(html_template());
  if (html.empty())
    throw std::runtime_error("this build of istcheck has no HTML report (ISTCHECK_WEB=OFF)");
  // The title stands first in the template, so that neither finds its name in the other's text.
  replace(html, "REPORT_JSON", embedded(report_json(d, true)));
  replace(html, "REPORT_TITLE", html_escaped(valid_utf8(d.title)));
  return html;
}

}  // namespace istcheck
