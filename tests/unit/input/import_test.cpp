#include "input/import.hpp"

#include <catch2/catch.hpp>

#include "input/case_file.hpp"

using namespace istcheck;
using Catch::Matchers::Contains;

namespace {

ImportOptions blocks(int workers, const std::string& target = "y") {
  ImportOptions options;
  options.target = target;
  options.workers = workers;
  options.name = "test";
  return options;
}

ImportOptions by_column(const std::string& column) {
  ImportOptions options = blocks(0);
  options.workers_by = column;
  return options;
}

Table csv(const std::string& text) { return parse_table(text, "t.csv", TableFormat::csv); }
Table tsv(const std::string& text) { return parse_table(text, "t.tsv", TableFormat::tsv); }
Table json(const std::string& text) { return parse_table(text, "t.json", TableFormat::json); }
Table libsvm(const std::string& text) { return parse_table(text, "t.svm", TableFormat::libsvm); }

RationalMatrix matrix(Index rows, const std::vector<std::string>& entries) {
  RationalMatrix result(rows, static_cast<Index>(entries.size()) / rows);
  for (Index i = 0; i < result.rows(); ++i)
    for (Index j = 0; j < result.cols(); ++j)
      result(i, j) = *parse_rational(entries[static_cast<std::size_t>(i * result.cols() + j)]);
  return result;
}

void require_same_workers(const Case& left, const Case& right) {
  REQUIRE(left.workers.size() == right.workers.size());
  for (std::size_t i = 0; i < left.workers.size(); ++i) {
    CHECK(left.workers[i].L == right.workers[i].L);
    CHECK(left.workers[i].b == right.workers[i].b);
  }
}

template <class F>
void require_fault(F&& f, const std::string& part) {
  CAPTURE(part);
  REQUIRE_THROWS_WITH(f(), Contains(part));
  REQUIRE_THROWS_AS(f(), InputError);
}

const std::string kText = "a,b,y\n1,2,3\n0.5,-1,1/2\n0,3,-1\n";

}  // namespace

// Worker 1 has the rows (1, 2; 3) and (1/2, -1; 1/2), worker 2 the row (0, 3; -1):
// L_1 = ½ [1 + ¼, 2 − ½; ·, 4 + 1], b_1 = ½ (3 + ¼, 6 − ½), L_2 = [0, 0; 0, 9], b_2 = (0, −3).
TEST_CASE("import: a hand-computed example") {
  const Case made = import_table(csv(kText), blocks(2)).made;
  REQUIRE(made.n() == 2);
  CHECK(made.workers[0].L == matrix(2, {"5/8", "3/4", "3/4", "5/2"}));
  CHECK(made.workers[0].b == matrix(2, {"13/8", "11/4"}));
  CHECK(made.workers[1].L == matrix(2, {"0", "0", "0", "9"}));
  CHECK(made.workers[1].b == matrix(2, {"0", "-3"}));
  CHECK(std::get<PermSketch>(made.sketch).q == 1);
  CHECK_FALSE(std::get<PermSketch>(made.sketch).remainder);
  CHECK(made.step == Rational(1, 32));  // s² tr L̄ = 4 · (25/8 + 9)/2 = 97/4
}

TEST_CASE("import: ridge, scales and intercept") {
  ImportOptions options = blocks(2);
  options.ridge = Rational(1, 10);
  options.scale = 2;
  options.target_scale = Rational(1, 3);
  options.intercept = true;
  const Imported imported = import_table(csv(kText), options);
  const Worker& w = imported.made.workers[0];
  CHECK(w.L == matrix(3, {"13/5", "3", "3/2", "3", "101/10", "1", "3/2", "1", "11/10"}));
  CHECK(w.b == matrix(3, {"13/12", "11/6", "7/12"}));
  CHECK(imported.coordinates == std::vector<std::string>{"a", "b", "intercept"});
  CHECK(std::get<PermSketch>(imported.made.sketch).remainder);  // d = 3, n = 2
}

TEST_CASE("import: four formats make the same case") {
  const Case expected = import_table(csv(kText), blocks(2)).made;
  const auto same = [&](const Table& table, const std::string& target = "y") {
    require_same_workers(import_table(table, blocks(2, target)).made, expected);
  };
  same(csv("\xEF\xBB\xBF\"a\",b,y\r\n1,\"2\",3\r\n\r\n.5,-1.0,5e-1\r\n0,3,-1"));
  same(tsv("a\tb\ty\n1\t2\t3\n0.5\t-1\t0.5\n0\t3\t-1\n"));
  same(json(R"([{"a": 1, "b": 2, "y": 3}, {"y": 0.5, "b": -1, "a": 5E-1},
                {"a": 0, "b": "3", "y": -1}])"));
  same(libsvm("3 1:1 2:2\n+0.5 1:0.5 2:-1 # comment\n\n-1 2:3\n"), "label");
}

TEST_CASE("import: decimals are read exactly") {
  const std::string digits = "0.1234567890123456789012345678901";
  const Rational exact = *parse_rational(digits);
  for (const Table& table :
       {csv("x,y\n" + digits + ",-1e-30\n"), tsv("x\ty\n" + digits + "\t-1e-30\n"),
        json("[{\"x\": " + digits + ", \"y\": -1e-30}]")}) {
    CHECK(*table.number(0, 0) == exact);
    CHECK(*table.number(0, 1) == *parse_rational("-1e-30"));
  }
  CHECK(*libsvm("-1e-30 1:" + digits).number(0, 1) == exact);
  CHECK(*json("[{\"x\": -123456789012345678901234567890.5e-2}]").number(0, 0) ==
        *parse_rational("-1234567890123456789012345678.905"));
}

TEST_CASE("import: one worker for each value of a column, in order of first appearance") {
  const Table table = csv("kind,x,y\nb,1,1\na,2,1\nb,3,1\nc,5,2\n");
  const Imported imported = import_table(table, by_column("kind"));
  REQUIRE(imported.groups.size() == 3);
  CHECK(imported.groups[0].name == "b");
  CHECK(imported.groups[0].rows == 2);
  CHECK(imported.made.workers[0].L(0, 0) == 5);
  CHECK(imported.made.workers[1].L(0, 0) == 4);
  CHECK(imported.made.workers[2].b(0) == 10);
  const auto perm = std::get<PermSketch>(imported.made.sketch);  // d = 1 < n = 3
  CHECK(perm.q == 1);
  CHECK_FALSE(perm.remainder);
  CHECK(import_table(csv("x,y\n1,2\n3,4\n"), by_column("y")).made.n() ==
        2);  // the target may group
}

TEST_CASE("import: blocks are as equal as possible") {
  const Imported imported = import_table(csv("x,y\n1,1\n2,1\n3,1\n4,1\n5,1\n"), blocks(3));
  REQUIRE(imported.groups.size() == 3);
  CHECK(imported.groups[0].rows == 2);
  CHECK(imported.groups[1].rows == 2);
  CHECK(imported.groups[2].rows == 1);
  CHECK(imported.made.workers[1].L(0, 0) == Rational(25, 2));
}

TEST_CASE("import: rows with missing values are dropped and counted") {
  const Table table = csv("a,b,note,y\n1,NA,,1\n1,2,,3\n\n0.5,-1,,0.5\n,1,,1\n0,3,x,-1\n7,7,7,?\n");
  ImportOptions options = blocks(2);
  options.features = {"a", "b"};
  const Imported imported = import_table(table, options);
  CHECK(imported.rows_seen == 6);
  CHECK(imported.rows_dropped == 3);
  CHECK(imported.first_dropped == "t.csv:2: 'b'");
  require_same_workers(imported.made, import_table(csv(kText), blocks(2)).made);
  CHECK_THAT(describe(imported, table, options), Contains("3 rows used, 3 dropped"));

  options.rows = 2;  // complete rows
  options.workers = 1;
  const Imported two = import_table(table, options);
  CHECK(two.rows_seen == 3);
  CHECK(two.made.workers[0].L == matrix(2, {"5/8", "3/4", "3/4", "5/2"}));
}

TEST_CASE("import: JSON keys may be missing or null") {
  const Table table =
      json(R"([{"a": 1, "y": 2}, {"y": 1}, {"a": null, "y": 1}, {"y": 1, "a": 3}])");
  CHECK(import_table(table, blocks(1)).rows_dropped == 2);
}

TEST_CASE("import: quoted fields of CSV") {
  const Table table = csv("\"a, or \"\"alpha\"\"\",y\n\"1\n\",2\n3,x\n");
  CHECK(table.columns()[0] == "a, or \"alpha\"");
  CHECK(table.place(1, 0) == "t.csv:4");
  CHECK_THROWS_WITH(table.number(1, 1), "t.csv:4: column 'y': 'x' is not a number");
}

TEST_CASE("import: text that is not well formed is refused with its place") {
  require_fault([] { csv(""); }, "t.csv: the table is empty");
  require_fault([] { csv("a,b\n"); }, "t.csv: the table has no rows");
  require_fault([] { csv("a,b\n1,2\n\n3\n"); }, "t.csv:4: this row has 1 fields");
  require_fault([] { csv("a,b\n1,2,3\n"); }, "names 2 columns");
  require_fault([] { csv("a,a\n1,2\n"); }, "t.csv:1: two columns are named 'a'");
  require_fault([] { csv("a,b\n1,2\n\"3,4\n5,6\n"); }, "t.csv:3: the last quoted field");
  require_fault([] { csv("a,b\n1,2\"3\"\n"); }, "t.csv:2:4: a quote in the middle");
  require_fault([] { csv(std::string("a,b\n1,\0", 7)); }, "t.csv:2: found a byte that is no text");
  require_fault(
      [] {
        csv("gr\xF6\xDF"
            "e,b\n1,2");
      },
      "t.csv:1: found a byte that is no text in UTF-8; iconv");
  CHECK(csv("größe,b\n1,2").columns()[0] == "größe");
  require_fault([] { json(""); }, "t.json:1:1: not valid JSON");
  require_fault([] { json("[\n {\"a\": 1},\n {\"a\": }]"); }, "t.json:3:8: not valid JSON");
  require_fault([] { json("{\"a\": 1}"); }, "found an object, expected an array of rows");
  require_fault([] { json("[[1]]"); }, "t.json:1:2: found an array, expected a row");
  require_fault([] { json("[1]"); }, "found a number, expected a row");
  require_fault([] { json("[{\"a\": {\"b\": 1}}]"); }, "column 'a': found an object");
  require_fault([] { json("[{\"a\": 1, \"a\": 2}]"); }, "the key 'a' twice");
  require_fault([] { json("[]"); }, "t.json: the table is empty");
  require_fault([] { json("[{\"a\": 1}] 2"); }, "t.json:1:12: not valid JSON");
  CHECK(*json("[{\"a\": 1e400}]").number(0, 0) == Rational(pow(Integer(10), 400)));
  CHECK(json("[{\"a\": \"1\\\"e5\", \"b\": -0.50E+02}]").text(0, 1) == "-0.50E+02");
  require_fault([] { json("[{\"a\": 01}]"); }, "t.json:1:9: not valid JSON");
  require_fault([] { json("[{\"ü\": 1.}]"); }, "t.json:1:");
  require_fault([] { json(std::string(100000, '[')); }, "t.json:1:2: found an array");
  require_fault([] { libsvm("1 2:1 2:3"); }, "t.svm:1: found '2:3', expected an index above 2");
  require_fault([] { libsvm("1\n1 0:1"); }, "t.svm:2: found '0:1', expected index:value");
  require_fault([] { libsvm("1 qid:3 1:2"); }, "found 'qid:3', expected index:value");
  require_fault([] { libsvm("1 7"); }, "found '7', expected index:value");
  require_fault([] { libsvm("1:2 3:4"); }, "found '1:2', expected a label");
  require_fault([] { libsvm("1 99999999:1"); }, "expected an index below 65536");
  require_fault([] { libsvm("1 99999999999999999999:1"); }, "expected index:value");
}

TEST_CASE("import: tables beyond reason are refused before room is made for them") {
  std::string wide = "1 60000:1\n";
  for (int k = 0; k < 300; ++k) wide += "1 1:1\n";
  require_fault([&] { libsvm(wide); }, "cells is too large");
  const std::string huge = "x,z,y\n1e9999,1e-9999,1\n1,1,1\n";
  ImportOptions options = blocks(1);
  CHECK(import_table(csv(huge), options).made.d() == 2);
  std::string columns = "y", row = "1e-9999";
  for (int k = 0; k < 600; ++k) {
    columns += ",x" + std::to_string(k);
    row += ",1e-9999";
  }
  require_fault([&] { import_table(csv(columns + "\n" + row + "\n"), options); }, "is too large");
}

TEST_CASE("import: data that make no case are refused") {
  const auto refused = [](const std::string& text, const ImportOptions& options,
                          const std::string& part) {
    require_fault([&] { import_table(csv(text), options); }, part);
  };
  const auto with = [](auto change) {
    ImportOptions options = blocks(2);
    change(options);
    return options;
  };
  refused(kText, blocks(2, "z"), "t.csv: there is no column 'z'");
  refused("length,mass\n1,2\n", blocks(1, "mas"), "did you mean 'mass'?");
  refused(kText, by_column("b c"), "there is no column 'b c'");
  refused("a,b,y\n1,2,3\n1,two,3\n", blocks(2),
          "t.csv:3: column 'b': 'two' is not a number; choose");
  refused("a,y\n1/0,2\n", blocks(1), "'1/0' is not a number");
  refused("a,y\ninf,2\n", blocks(1), "'inf' is not a number");
  refused(kText, blocks(4), "4 workers but only 3 complete rows");
  refused("a,y\nNA,1\n", blocks(1), "every row has a missing value");
  refused("k,a,y\np,1,1\nq,NA,1\n", by_column("k"), "every row with 'k' = 'q' has a missing value");
  refused("y\n1\n", blocks(1), "no column is left as a feature");
  refused(kText, with([](auto& o) { o.features = {"a", "a"}; }), "named twice");
  refused(kText, with([](auto& o) { o.features = {"a", "y"}; }), "both target and feature");
  refused(kText, with([](auto& o) { o.rows = 4; }), "there are only 3 complete rows");
  refused(kText, with([](auto& o) { o.ridge = -1; }), "the ridge -1 is negative");
  refused(kText, with([](auto& o) { o.scale = 0; }), "a scale must not be 0");
  refused(kText, with([](auto& o) { o.step = Rational(0); }), "step size 0 is not positive");
  refused(kText, with([](auto& o) { o.workers_by = "a"; }), "either the column");
  refused(kText, with([](auto& o) { o.sketch = PermSketch{3, false}; }), "d = qn is needed");
  refused(kText, with([](auto& o) { o.method.local_steps = 2; }), "");
}

TEST_CASE("import: the default sketch fits every size") {
  for (int n = 1; n <= 6; ++n)
    for (int d = 1; d <= 6; ++d) {
      const auto perm = std::get<PermSketch>(default_sketch(n, d));
      CHECK(perm.remainder == (d >= n ? d % n != 0 : n % d != 0));
      Case c;
      c.sketch = perm;
      c.step = 1;
      const RationalMatrix identity = RationalMatrix::Identity(d, d);
      const RationalMatrix zero = RationalMatrix::Zero(d, d);
      c.workers.assign(static_cast<std::size_t>(n), Worker{identity, zero.col(0), zero});
      CHECK_NOTHROW(instantiate(c));
    }
}

TEST_CASE("import: files") {
  CHECK(table_format_of("x/y.tab") == TableFormat::tsv);
  CHECK(table_format_of("y.svmlight") == TableFormat::libsvm);
  CHECK_FALSE(table_format_of("csv"));
  require_fault([] { load_table("/nonexistent/file.csv", TableFormat::csv); },
                "/nonexistent/file.csv");
  require_fault([] { load_table("/tmp", TableFormat::csv); }, "/tmp");
}
