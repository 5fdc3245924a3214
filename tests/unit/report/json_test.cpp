#include <catch2/catch.hpp>

#include "report/json.hpp"

using namespace istcheck;

namespace {

template <class T>
std::string written(const T& value) {
  JsonWriter json;
  json.number(value);
  std::string text = json.str();
  // One line, to compare without caring about indentation.
  std::string flat;
  for (const char c : text)
    if (c != '\n' && c != ' ') flat += c;
  return flat;
}

}  // namespace

TEST_CASE("exact numbers are written as the manual says", "[json]") {
  CHECK(written(Rational(-3, 7)) == R"("-3/7")");
  CHECK(written(Rational(4)) == R"("4")");
  const Surd s = Surd::sqrt_of(Rational(3, 4)) - Surd(1);  // ½√3 − 1
  CHECK(written(s) ==
        R"({"surd":[["1/2",3],["-1",1]],"decimal":"-0.133974596215561353236276829247"})");
  CHECK(written(Surd(Rational(1, 2))) == R"("1/2")");
  const Algebraic root2({Integer(-2), Integer(0), Integer(1)}, 1, 2);
  const std::string text = written(root2);
  CHECK(text.find(R"({"poly":["-2","0","1"],"interval":[")") == 0);
  CHECK(text.find(R"("decimal":"1.41421356237309504880168872421"})") != std::string::npos);
  // A root that happens to be rational is written as a rational.
  CHECK(written(Algebraic({Integer(-2), Integer(1), Integer(1)}, Rational(1, 2), 2)) == R"("1")");
}

TEST_CASE("vectors, matrices and large integers", "[json]") {
  RationalMatrix m(2, 2);
  m << 1, Rational(1, 2), 0, -1;
  JsonWriter json;
  json.begin_object().key("m").matrix<Rational>(m).key("big");
  json.integer(Integer("123456789012345678901234567890")).key("none").null().end_object();
  const std::string text = json.str();
  CHECK(text.find("123456789012345678901234567890") != std::string::npos);
  CHECK(text.find("\"1/2\"") != std::string::npos);
  CHECK(text.find("\"none\": null") != std::string::npos);
}
