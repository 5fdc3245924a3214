// Methods as text in case files; cases of other methods are in case_file_test.cpp.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "../support.hpp"
#include "case_files.hpp"
#include "input/family.hpp"

namespace istcheck {
namespace {

namespace fs = std::filesystem;

const char* kDiana = R"(name = "diana"
step = "1/16"
start = { x = [1, "-1/2"], h = [[0, 1], ["1/3", 0]] }
[method]
kind = "diana"
file = "diana.claim"
alpha = "1/2"
local_steps = 0
weights = [1, 2, 3]
mix_2 = [[1, 2, 3], [4, 5, "0.5"]]
[data]
m = 3
y = [1, 2, "3/2"]
A = [[1, 0], [0, 1], [1, 1]]
[values]
theta = "5"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
)";
const char* kMethodText = "method diana { state x }\n";

/// A folder with diana.claim and what a test writes beside it.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("istcheck-method-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
    write("diana.claim", kMethodText);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  Case read(const std::string& text, CaseFormat format = CaseFormat::toml) const {
    return parse_case(text, "case.toml", format, Roots::taken, path_);
  }
  /// The message for the case with one change, or "accepted".
  std::string refusal(const std::string& from, const std::string& to,
                      std::string text = kDiana) const {
    text.replace(text.find(from), from.size(), to);
    try {
      read(text);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool begins(const std::string& text, const std::string& with) {
  CAPTURE(text);
  return text.rfind(with, 0) == 0;
}

void check_same(const Case& a, const Case& b) {
  CHECK(write_case(a) == write_case(b));
  CHECK(a.parameters == b.parameters);
  CHECK(a.data == b.data);
  CHECK(a.blocks == b.blocks);
  CHECK(a.roots.size() == b.roots.size());
  for (const auto& [root, part] : a.roots) {
    CHECK(part.parameters == b.roots.at(root).parameters);
    CHECK(part.data == b.roots.at(root).data);
    CHECK(part.blocks == b.roots.at(root).blocks);
  }
  CHECK(a.method.text->text == b.method.text->text);
}

}  // namespace

TEST_CASE("a method as text is read with its parameters, data and blocks", "[case]") {
  const Folder folder;
  const Case c = folder.read(kDiana);
  CHECK(c.method.kind == MethodKind::text);
  CHECK(c.method.local_steps == 1);
  CHECK(name_of(c.method) == "diana");
  CHECK(c.method.text->file == "diana.claim");
  CHECK(c.method.text->text == kMethodText);
  CHECK(std::holds_alternative<IdentitySketch>(c.sketch));
  CHECK_FALSE(c.start);
  CHECK(c.parameters.size() == 4);
  CHECK(std::get<Rational>(c.parameters.at("alpha")) == Rational(1, 2));
  CHECK(std::get<Rational>(c.parameters.at("local_steps")) == 0);
  CHECK(std::get<RationalVector>(c.parameters.at("weights")).size() == 3);
  CHECK(std::get<RationalMatrix>(c.parameters.at("mix_2"))(1, 2) == Rational(1, 2));
  CHECK(std::get<RationalVector>(c.data.at("y"))(2) == Rational(3, 2));
  CHECK(std::get<RationalMatrix>(c.data.at("A")).rows() == 3);
  CHECK(std::get<Rational>(c.data.at("m")) == 3);
  CHECK(std::get<RationalVector>(c.blocks.at("x"))(1) == Rational(-1, 2));
  CHECK(std::get<RationalMatrix>(c.blocks.at("h"))(1, 0) == Rational(1, 3));
  CHECK(c.values.size() == 1);
  check_same(folder.read(write_case(c)), c);
}

TEST_CASE("a method as text may have a plain start, a sketch, and nothing else of its own",
          "[case]") {
  const Folder folder;
  const Case c = folder.read(R"(step = 1
start = [1, 2]
[sketch]
kind = "rand"
q = 1
[method]
kind = "a-method_of-2024"
file = "diana.claim"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
)");
  CHECK((*c.start)(1) == 2);
  CHECK(std::get<RandSketch>(c.sketch).q == 1);
  CHECK((c.parameters.empty() && c.data.empty() && c.blocks.empty()));
  check_same(folder.read(write_case(c)), c);
}

TEST_CASE("JSON gives the same method as text", "[case]") {
  const Folder folder;
  const Case c = folder.read(
      R"({"name": "diana", "step": "1/16", "start": {"x": [1, "-1/2"], "h": [[0, 1], ["1/3", 0]]},
    "method": {"kind": "diana", "file": "diana.claim", "alpha": "1/2", "local_steps": 0,
               "weights": [1, 2, 3], "mix_2": [[1, 2, 3], [4, 5, "0.5"]]},
    "data": {"m": 3, "y": [1, 2, "3/2"], "A": [[1, 0], [0, 1], [1, 1]]}, "values": {"theta": 5},
    "worker": [{"L": [[2, 1], [1, 1]], "b": [1, 0]}]})",
      CaseFormat::json);
  check_same(c, folder.read(kDiana));
}

TEST_CASE("numbers of a method as text may be irrational", "[case]") {
  const Folder folder;
  const Case c = folder.read(R"(name = "roots"
step = 1
start = { x = [{ surd = [[1, 3]] }, 0], h = [[0, { alpha = [0, 2] }]] }
[alpha]
poly = [-2, 0, 0, 1]
interval = [1, "3/2"]
[method]
kind = "diana"
file = "diana.claim"
t = { surd = [[1, 2], [3, 1]] }
[data]
A = [[1, 0, { alpha = [0, 0, 1] }]]
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
)");
  const Surd::Field field = field_of(c);
  const Surd alpha = Surd::basis_number({1, 1}, field);
  CHECK(value_in(c, &Numbers::parameters, "t")(0, 0) == Surd::sqrt_of(2) + Surd(3));
  CHECK(value_in(c, &Numbers::data, "A")(0, 2) == alpha * alpha);
  CHECK(value_in(c, &Numbers::data, "A")(0, 0) == Surd(1));
  CHECK(value_in(c, &Numbers::blocks, "x")(0, 0) == Surd::sqrt_of(3));
  CHECK(value_in(c, &Numbers::blocks, "h")(0, 1) == alpha * Surd(2));
  check_same(folder.read(write_case(c)), c);
  // Where a caller takes none, they are refused here too.
  CHECK_THROWS_WITH(parse_case(write_case(c), "c", CaseFormat::toml, Roots::refused, folder.path()),
                    Catch::Contains("irrational numbers may stand in cases, and not here"));
}

TEST_CASE("the file of a method is found beside the case, whatever messages call it", "[case]") {
  const Folder folder;
  folder.write("below/other.claim", "method other { state x }");
  const auto at = [](const std::string& from, const std::string& to) {
    std::string text = kDiana;
    return text.replace(text.find(from), from.size(), to);
  };
  CHECK(folder.read(at("diana.claim", "below/other.claim")).method.text->text ==
        "method other { state x }");
  folder.write("below/case.toml", at("diana.claim", "../diana.claim"));
  const auto loaded = load_case_or_family(folder.path() / "below/case.toml");
  CHECK(std::get<Case>(loaded).method.text->text == kMethodText);
  CHECK(parse_case_as_written(kDiana, "a\\nb", CaseFormat::toml, Roots::taken, folder.path())
            .method.text->text == kMethodText);
}

TEST_CASE("a file of a method that cannot be read is refused at its entry", "[case]") {
  const Folder folder;
  CHECK(folder.refusal("diana.claim", "none.claim") ==
        "case.toml:6:8: \"none.claim\": no such file (files are named relative to the folder of "
        "the case)");
  CHECK(begins(folder.refusal("diana.claim", "."),
               "case.toml:6:8: \".\": is a directory, expected a file"));
  CHECK(begins(folder.refusal("diana.claim", "/dev/zero"),
               "case.toml:6:8: \"/dev/zero\": not a regular file"));
  CHECK(folder.refusal("diana.claim", "diana.claim\\u0000") ==
        "case.toml:6:8: the name of this file has control characters");
  CHECK(folder.refusal("\"diana.claim\"", "3") ==
        "case.toml:6:8: expected the file of the method, such as \"diana.claim\", found 3");
  folder.write("large.claim", "");
  fs::resize_file(folder.path() / "large.claim", (64U << 20U) + 1);
  CHECK(begins(folder.refusal("diana.claim", "large.claim"),
               "case.toml:6:8: \"large.claim\": larger than 64 MB"));
}

TEST_CASE("names that cannot be those of a method or of its own are refused", "[case]") {
  const Folder folder;
  CHECK(folder.refusal("kind = \"diana\"", "kind = \"ist\"") ==
        "case.toml:5:8: \"ist\" is a method of istcheck's own, so it takes no file; a method in a "
        "file needs another name");
  for (const char* bad : {"", "2diana", "di ana", "di.ana", "-diana", "α"})
    CHECK(begins(folder.refusal("kind = \"diana\"", "kind = \"" + std::string(bad) + "\""),
                 "case.toml:5:8: expected the name of a method, of letters, digits, - and _, that "
                 "begins with a letter, found \"" +
                     std::string(bad) + "\""));
  CHECK(begins(folder.refusal("kind = \"diana\"\n", ""), "case.toml:4:1: \"kind\" is missing"));
  const std::string name = "expected a name of letters, digits and _ that begins with a letter";
  CHECK(folder.refusal("alpha =", "al-pha =") == "case.toml:7:1: " + name + ", found \"al-pha\"");
  CHECK(folder.refusal("m = 3", "2m = 3") == "case.toml:12:1: " + name + ", found \"2m\"");
  CHECK(folder.refusal("x = [1", "_x = [1") == "case.toml:3:11: " + name + ", found \"_x\"");
}

TEST_CASE("parameters, data and blocks that are no numbers, vectors or matrices are refused",
          "[case]") {
  const Folder folder;
  CHECK(begins(folder.refusal("\"1/2\"", "0.5"),
               "case.toml:7:9: the bare number 0.5 would be rounded"));
  CHECK(begins(folder.refusal("\"1/2\"", "true"), "case.toml:7:9: expected an exact number"));
  CHECK(folder.refusal("[4, 5, \"0.5\"]", "[4, 5]") ==
        "case.toml:10:21: row 2 has 2 entries, but row 1 has 3");
  CHECK(folder.refusal("[4, 5, \"0.5\"]", "4") ==
        "case.toml:10:21: expected a matrix row (a list of exact numbers), found 4");
  CHECK(begins(folder.refusal("[1, 2, 3]", "[]"), "case.toml:9:11: expected at least one entry"));
  CHECK(begins(folder.refusal("[0, 1], [1, 1]]", "[]]"), "case.toml:14:14: expected at least one"));
  CHECK(folder.refusal("x = [1, \"-1/2\"]", "x = 1") ==
        "case.toml:3:15: expected a block: a vector, or a list of vectors, found 1");
  CHECK(begins(folder.refusal("{ x = [1, \"-1/2\"], h = [[0, 1], [\"1/3\", 0]] }", "[1]"),
               "case.toml:3:9: start has size 1, expected d = 2"));
}

TEST_CASE("what belongs to methods as text is refused of other methods", "[case]") {
  const Folder folder;
  const std::string plain = R"(step = 1
[sketch]
kind = "identity"
[method]
kind = "gradient"
[[worker]]
L = [[2, 1], [1, 1]]
b = [1, 0]
)";
  const std::string needs = "a method of one's own needs file = \"….claim\"";
  CHECK(folder.refusal("step", "step", plain) == "accepted");
  CHECK(folder.refusal("[sketch]", "start = { x = [1, 2] }\n[sketch]", plain) ==
        "case.toml:2:9: expected a list of exact numbers, found a table; blocks are those of a "
        "method of one's own, and " +
            needs);
  CHECK(folder.refusal("[sketch]", "[data]\nm = 3\n[sketch]", plain) ==
        "case.toml:2:1: [data] is for methods of one's own, and " + needs);
  CHECK(folder.refusal("[sketch]\nkind = \"identity\"\n", "", plain) ==
        "case.toml:1:1: \"sketch\" is missing: expected [sketch]");
  CHECK(folder.refusal("\"gradient\"", "\"gradient\"\nalpha = 1", plain) ==
        "case.toml:6:1: unknown key \"alpha\"; known here: kind, local_steps");
  const std::string unknown =
      folder.refusal("kind = \"gradient\"", "kind = \"diana\"\nalpha = 1", plain);
  CHECK(begins(unknown, "case.toml:5:8: unknown method \"diana\" (known: gradient, "));
  CHECK(begins(unknown.substr(unknown.find(")")), "); " + needs));
}

TEST_CASE("families do not take methods as text yet", "[family]") {
  const Folder folder;
  folder.write("case.toml", kDiana);
  const auto refusal = [&](const std::string& text) {
    folder.write("family.toml", text);
    try {
      load_case_or_family(folder.path() / "family.toml");
    } catch (const InputError& error) {
      return std::string(error.what()).substr((folder.path() / "family.toml").string().size());
    }
    return std::string("accepted");
  };
  const std::string head = "name = \"f\"\nparameter = \"t\"\nvalues = [1]\nstep = \"1/t\"\n";
  CHECK(refusal(head + "base = \"case.toml\"\n") == ":5:8: families do not do methods as text yet");
  CHECK(refusal(head +
                "workers = 2\ndimension = 2\nL = \"r == c\"\nb = 1\n[method]\nkind = \"diana\"\n"
                "file = \"diana.claim\"\n") == ":11:8: families do not do methods as text yet");
}

}  // namespace istcheck
