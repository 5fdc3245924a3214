#include <map>

#include "claim/utf8.hpp"
#include "report/verify_report.hpp"

namespace istcheck {
namespace {

using claim::ClaimVerdict;

/// Text as XML 1.0 allows it: markup escaped, control characters and what is no character left out.
std::string xml_escaped(const std::string& text) {
  std::string out;
  const std::string valid = valid_utf8(text);
  for (size_t k = 0; k < valid.size(); ++k) {
    const char c = valid[k];
    if (valid.compare(k, 3, "\xEF\xBF\xBE") == 0 || valid.compare(k, 3, "\xEF\xBF\xBF") == 0) {
      k += 2;
      continue;
    }
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string test_case(const ClaimVerdict& v, const std::string& suite) {
  std::string out = "    <testcase classname=\"" + xml_escaped(suite) + "\" name=\"" +
                    xml_escaped(v.claim->id) + "\" time=\"" + std::to_string(v.seconds) + "\">\n";
  const std::string details = v.error.empty() ? verify_details(v) : v.error;
  const std::string message = xml_escaped(to_string(v.outcome()));
  switch (v.outcome()) {
    case ClaimVerdict::Outcome::expected:
      break;
    case ClaimVerdict::Outcome::unexpected:
      out += "      <failure message=\"" + message + "\">" + xml_escaped(details) + "</failure>\n";
      break;
    case ClaimVerdict::Outcome::error:
      out += "      <error message=\"" + message + "\">" + xml_escaped(details) + "</error>\n";
      break;
    default:
      out += "      <skipped message=\"" + message + "\"/>\n";
  }
  return out + "    </testcase>\n";
}

}  // namespace

std::string verify_junit(const std::vector<ClaimVerdict>& verdicts) {
  std::map<std::string, std::vector<const ClaimVerdict*>> suites;
  for (const auto& v : verdicts) suites[v.claim->source->name].push_back(&v);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const auto& [name, members] : suites) {
    size_t failures = 0, errors = 0, skipped = 0;
    std::string body;
    for (const auto* v : members) {
      const auto outcome = v->outcome();
      failures += outcome == ClaimVerdict::Outcome::unexpected ? 1 : 0;
      errors += outcome == ClaimVerdict::Outcome::error ? 1 : 0;
      skipped += outcome == ClaimVerdict::Outcome::undecided ||
                         outcome == ClaimVerdict::Outcome::unsupported
                     ? 1
                     : 0;
      body += test_case(*v, name);
    }
    out += "  <testsuite name=\"" + xml_escaped(name) + "\" tests=\"" +
           std::to_string(members.size()) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"" + std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) +
           "\">\n" + body + "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace istcheck
