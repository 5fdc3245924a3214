#include <algorithm>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "input/case_file.hpp"
#include "input/json_text.hpp"
#include "input/node.hpp"

namespace istcheck {
namespace {

/// Builds the tree from RapidJSON's events, which read the text without its numbers.
class Handler {
 public:
  Handler(std::string_view text, const rapidjson::MemoryStream& stream)
      : text_(text), stream_(stream) {}

  bool Null() { return put(scalar(Node::Kind::null, "null", 4)); }
  bool Bool(bool b) { return put(scalar(Node::Kind::boolean, b ? "true" : "false", b ? 4 : 5)); }
  bool RawNumber(const char*, rapidjson::SizeType length, bool) {
    const std::string digits(json_number(text_, stream_.Tell() - length));
    const bool whole = digits.find_first_of(".eE") == std::string::npos;
    return put(scalar(whole ? Node::Kind::integer : Node::Kind::floating, digits, length));
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return put(scalar(Node::Kind::string, std::string(text, length), string_length()));
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    keys_.push_back({std::string(text, length), here(string_length()), Node()});
    return true;
  }
  bool StartObject() { return open(Node::Kind::table); }
  bool StartArray() { return open(Node::Kind::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  // Numbers always come raw.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  Place place(size_t offset) const { return place_in(text_, offset); }

  Node root;
  bool too_deep = false;
  std::string duplicate;

 private:
  Node scalar(Node::Kind kind, std::string text, size_t length) const {
    Node node;
    node.kind = kind;
    node.text = std::move(text);
    node.place = here(length);
    return node;
  }
  /// The bytes of the string that was read last, with its quotes: one behind a backslash does not
  /// begin it.
  size_t string_length() const {
    const size_t end = stream_.Tell();
    size_t at = end - 2;
    const auto escaped = [&] {
      size_t backslashes = 0;
      while (backslashes < at && text_[at - 1 - backslashes] == '\\') ++backslashes;
      return backslashes % 2 == 1;
    };
    while (text_[at] != '"' || escaped()) --at;
    return end - at;
  }
  /// The place `back` bytes before the reader; walks on from the last one asked for.
  Place here(size_t back) const {
    const size_t offset = stream_.Tell() - std::min(back, stream_.Tell());
    if (offset < last_offset_) {
      last_offset_ = 0;
      last_place_ = Place();
    }
    for (; last_offset_ < offset; ++last_offset_) {
      const auto c = static_cast<unsigned char>(text_[last_offset_]);
      const bool begins = (c & 0xC0U) != 0x80U;
      last_place_.column = c == '\n' ? 1 : last_place_.column + (begins ? 1 : 0);
      last_place_.line += c == '\n' ? 1 : 0;
    }
    return last_place_;
  }
  bool open(Node::Kind kind) {
    if (open_.size() >= kMaxDepth) {
      too_deep = true;
      return false;
    }
    Node node;
    node.kind = kind;
    node.place = here(1);
    open_.push_back(std::move(node));
    return true;
  }
  bool close() {
    Node node = std::move(open_.back());
    open_.pop_back();
    return put(std::move(node));
  }
  bool put(Node node) {
    if (open_.empty()) {
      root = std::move(node);
      return true;
    }
    Node& parent = open_.back();
    if (parent.kind == Node::Kind::array) {
      parent.items.push_back(std::move(node));
      return true;
    }
    Node::Member member = std::move(keys_.back());
    keys_.pop_back();
    if (parent.find(member.key)) {
      duplicate = member.key;
      return false;
    }
    member.value = std::move(node);
    parent.members.push_back(std::move(member));
    return true;
  }

  const std::string_view text_;
  const rapidjson::MemoryStream&
      stream_;  // a StringStream is read in a copy, and stays where it was
  std::vector<Node> open_;
  std::vector<Node::Member> keys_;
  mutable size_t last_offset_ = 0;
  mutable Place last_place_;
};

}  // namespace

Node parse_json(const std::string& bytes, const std::string& file) {
  const std::string_view text = checked_text(bytes, file);
  const std::string shape = without_numbers(text);
  rapidjson::MemoryStream stream(shape.data(), shape.size());
  Handler handler(text, stream);
  rapidjson::Reader reader;
  constexpr unsigned flags = rapidjson::kParseNumbersAsStringsFlag |
                             rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (!reader.Parse<flags>(stream, handler)) {
    const Place place = handler.place(reader.GetErrorOffset());
    if (handler.too_deep)
      fail(file, place, "nested deeper than " + std::to_string(kMaxDepth) + " levels");
    if (!handler.duplicate.empty())
      fail(file, place, "the key \"" + handler.duplicate + "\" occurs twice");
    fail(file, place,
         "not valid JSON: " + std::string(rapidjson::GetParseError_En(reader.GetParseErrorCode())));
  }
  return std::move(handler.root);
}

}  // namespace istcheck
