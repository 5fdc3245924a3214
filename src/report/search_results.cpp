#include "report/search_results.hpp"

#include <algorithm>

#define RAPIDJSON_HAS_STDSTRING 1
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include "input/case_file.hpp"

namespace istcheck {
namespace {

using Json = rapidjson::Value;

/// A text that is JSON but not what search writes.
struct Unexpected {};

const Json& member(const Json& object, const char* name) {
  if (!object.IsObject() || !object.HasMember(name)) throw Unexpected();
  return object[name];
}

std::string text_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.IsString()) throw Unexpected();
  return value.GetString();
}

std::string count_of(const Json& object, const char* name) {
  const Json& value = member(object, name);
  if (!value.IsUint64()) throw Unexpected();
  return std::to_string(value.GetUint64());
}

Attachment answer_of(const Json& one, const std::string& file) {
  Attachment a;
  a.file = file;
  a.answer = text_of(one, "answer");
  a.summary = count_of(one, "judged") + " configurations judged";
  const bool excluded = one.HasMember("excluded") && one["excluded"].IsTrue();
  if (one.HasMember("domain") && !text_of(one, "domain").empty())
    a.summary = (excluded ? "" : "for ") + text_of(one, "domain") + "; " + a.summary;
  a.command = "istcheck search " + text_of(one, "claim");
  const Json& found = member(one, "counterexample");
  if (found.IsNull()) return a;
  a.summary += "; found by " + text_of(found, "found_by") + ": " + text_of(found, "why");
  const Json& c = member(found, "case");
  if (!c.IsNull()) a.detail = text_of(found, "case");
  if (!text_of(found, "file").empty()) a.command = text_of(found, "reproduce");
  return a;
}

/// A claim about no case has one rung, of size 0.
Attachment rung_of(const Json& one, const std::string& file) {
  const std::string n = count_of(one, "n"), d = count_of(one, "d");
  const bool sized = n != "0";
  Attachment a;
  a.file = file;
  a.answer = text_of(one, "answer");
  a.summary = (sized ? "n = " + n + ", d = " + d + ": " : "") + text_of(one, "method") + ", " +
              count_of(one, "judged") + " configurations judged";
  a.command = "istcheck search " + text_of(one, "claim") + (sized ? " -n " + n + " -d " + d : "");
  return a;
}

}  // namespace

void add_searches(std::vector<ClaimEntry>& entries, const std::string& text,
                  const std::string& file) {
  rapidjson::Document root;
  const std::string_view json = checked_text(text, file);
  root.Parse(json.data(), json.size());
  if (root.HasParseError())
    throw InputError(file + ": " + rapidjson::GetParseError_En(root.GetParseError()));
  try {
    const bool rungs = root.IsObject() && root.HasMember("rungs");
    const Json& list = member(root, rungs ? "rungs" : "claims");
    if (!list.IsArray()) throw Unexpected();
    for (const auto& one : list.GetArray()) {
      Attachment a = rungs ? rung_of(one, file) : answer_of(one, file);
      const std::string id = text_of(one, "claim");
      const auto entry = std::find_if(entries.begin(), entries.end(),
                                      [&](const ClaimEntry& e) { return e.claim->id == id; });
      if (entry == entries.end()) continue;
      if (a.command.rfind("istcheck search ", 0) == 0 && !entry->file.empty())
        a.command += " --claims " + shell_word(entry->file);
      entry->searches.push_back(std::move(a));
    }
  } catch (const Unexpected&) {
    throw InputError(file + ": not what istcheck search --json writes");
  }
}

}  // namespace istcheck
