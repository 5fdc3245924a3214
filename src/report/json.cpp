#include "report/json.hpp"

#define RAPIDJSON_HAS_STDSTRING 1
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "claim/utf8.hpp"

namespace istcheck {

struct JsonWriter::Impl {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer{buffer};
  explicit Impl(unsigned indent) { writer.SetIndent(' ', indent); }
};

JsonWriter::JsonWriter(Layout layout)
    : impl_(std::make_unique<Impl>(layout == Layout::indented ? 2U : 0U)) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::begin_object() {
  impl_->writer.StartObject();
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  impl_->writer.EndObject();
  return *this;
}
JsonWriter& JsonWriter::begin_array() {
  impl_->writer.StartArray();
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  impl_->writer.EndArray();
  return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
  const std::string valid = valid_utf8(name);
  impl_->writer.Key(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return *this;
}
JsonWriter& JsonWriter::null() {
  impl_->writer.Null();
  return *this;
}
JsonWriter& JsonWriter::boolean(bool value) {
  impl_->writer.Bool(value);
  return *this;
}
JsonWriter& JsonWriter::text(std::string_view value) {
  const std::string valid = valid_utf8(value);  // names of files are any bytes
  impl_->writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  return *this;
}
JsonWriter& JsonWriter::integer(const Integer& value) {
  const std::string digits = value.str();
  impl_->writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  return *this;
}
JsonWriter& JsonWriter::floating(double value) {
  impl_->writer.Double(value);
  return *this;
}

JsonWriter& JsonWriter::texts(const std::vector<std::string>& values) {
  begin_array();
  for (const auto& value : values) text(value);
  return end_array();
}

JsonWriter& JsonWriter::number(const Rational& value) { return text(to_string(value)); }

JsonWriter& JsonWriter::number(const Surd& value) {
  if (value.is_rational()) return number(value.rational());
  if (value.field() != nullptr) return number(Algebraic(value));
  begin_object().key("surd").begin_array();
  // Largest radicand first, the rational part last, as one writes ½√3 − 1.
  for (auto it = value.terms().rbegin(); it != value.terms().rend(); ++it)
    // As text where readers that take integers for doubles would round it.
    bit_length(it->first.radicand) <= 53
        ? begin_array().number(it->second).integer(it->first.radicand).end_array()
        : begin_array().number(it->second).text(it->first.radicand.str()).end_array();
  return end_array().key("decimal").text(decimal(value)).end_object();
}

JsonWriter& JsonWriter::number(const Algebraic& value) {
  if (value.is_rational()) return number(value.rational());
  begin_object().key("poly").begin_array();
  for (const Integer& c : value.minimal_polynomial()) text(c.str());
  end_array().key("interval").begin_array();
  const auto [low, high] = value.enclose(64);
  number(low).number(high);
  return end_array().key("decimal").text(decimal(value)).end_object();
}

std::string JsonWriter::str() const {
  return std::string(impl_->buffer.GetString(), impl_->buffer.GetSize()) + "\n";
}

}  // namespace istcheck
