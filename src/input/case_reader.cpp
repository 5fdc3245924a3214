#include "input/case_file.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>

#include "claim/utf8.hpp"
#include "input/number_reader.hpp"

namespace istcheck {

namespace fs = std::filesystem;

namespace {

constexpr Index kMaxDimension = 2048;
constexpr size_t kMaxWorkers = 4096;
constexpr std::uintmax_t kMaxFileSize = 64U << 20U;
constexpr const char* kNeedsFile = "a method of one's own needs file = \"….claim\"";

/// Reads one case from its tree; every error names the place. The numbers of the data, Σ q √r α^k,
/// are read once for each √r α^k that occurs: the rational parts first, which finds the others.
class CaseReader : NumberReader {
 public:
  CaseReader(const std::string& file, const fs::path& folder, const Node& root, Roots roots)
      : NumberReader(file, roots), folder_(folder), root_(root) {
    const Node* method = root.find("method");
    if (method != nullptr && method->find("file") != nullptr) text_method_ = method;
  }

  Case read() {
    expect(root_, Node::Kind::table, "a case: name, step, [sketch], [method], [[worker]]");
    only(root_, {"name", "step", "start", "sketch", "method", "worker", "values", "schedule",
                 "note", "alpha", "data"});
    Case c;
    if (const Node* alpha = root_.find("alpha")) c.alpha = read_alpha(*alpha);
    c.name = std::filesystem::path(file()).stem().string();
    if (const Node* name = root_.find("name")) c.name = string(*name);
    if (const Node* note = root_.find("note")) string(*note);
    static_cast<Numbers&>(c) = numbers({});
    require_short_roots(root_);
    for (const Irrational& b : found()) c.roots.emplace(b, numbers(b));
    const auto power = [](const auto& part) { return part.first.power > 0; };
    if (c.alpha && std::none_of(c.roots.begin(), c.roots.end(), power))
      fail_at(*root_.find("alpha"), "no number of the case is written in alpha");
    if (c.rational()) require_positive_step(c.step);
    if (const Node* schedule = root_.find("schedule"))
      c.schedule = read_schedule(*schedule, c.rational());
    c.sketch = text_method_ != nullptr && root_.find("sketch") == nullptr
                   ? IdentitySketch{}
                   : read_sketch(required(root_, "sketch", "[sketch]"), c.d());
    c.method = text_method_ != nullptr ? read_text_method(*text_method_)
                                       : read_method(required(root_, "method", "[method]"));
    return c;
  }

 private:
  // ---- Vectors and matrices

  RationalVector vector(const Node& node) {
    expect(node, Node::Kind::array, "a list of exact numbers");
    check_dimension(node, node.items.size());
    RationalVector v(static_cast<Index>(node.items.size()));
    for (Index i = 0; i < v.size(); ++i) v(i) = number(node.items[static_cast<size_t>(i)]);
    return v;
  }
  void check_dimension(const Node& node, size_t size) const {
    if (size == 0) fail_at(node, "expected at least one entry, found an empty list");
    if (static_cast<Index>(size) > kMaxDimension)
      fail_at(node, std::to_string(size) + " entries are more than the limit of " +
                        std::to_string(kMaxDimension));
  }
  /// Square, and with equal row lengths; the first row that differs is named.
  RationalMatrix matrix(const Node& node) {
    expect(node, Node::Kind::array, "a square matrix as a list of rows");
    check_dimension(node, node.items.size());
    const auto d = static_cast<Index>(node.items.size());
    for (size_t i = 0; i < node.items.size(); ++i) {
      const Node& row = node.items[i];
      expect(row, Node::Kind::array, "a matrix row (a list of exact numbers)");
      if (static_cast<Index>(row.items.size()) != d)
        fail_at(row, "row " + std::to_string(i + 1) + " has " + std::to_string(row.items.size()) +
                         " entries, but the matrix has " + std::to_string(d) +
                         " rows; it must be square");
    }
    return entries(node, d);
  }
  /// With equal row lengths, of any number; the first row that differs is named.
  RationalMatrix rows(const Node& node) {
    expect(node, Node::Kind::array, "a matrix as a list of rows");
    check_dimension(node, node.items.size());
    const size_t columns = node.items.front().items.size();
    for (size_t i = 0; i < node.items.size(); ++i) {
      const Node& row = node.items[i];
      expect(row, Node::Kind::array, "a matrix row (a list of exact numbers)");
      check_dimension(row, row.items.size());
      if (row.items.size() != columns)
        fail_at(row, "row " + std::to_string(i + 1) + " has " + std::to_string(row.items.size()) +
                         " entries, but row 1 has " + std::to_string(columns));
    }
    return entries(node, static_cast<Index>(columns));
  }
  RationalMatrix entries(const Node& node, Index columns) {
    RationalMatrix m(static_cast<Index>(node.items.size()), columns);
    for (Index i = 0; i < m.rows(); ++i)
      for (Index j = 0; j < columns; ++j)
        m(i, j) = number(node.items[static_cast<size_t>(i)].items[static_cast<size_t>(j)]);
    return m;
  }
  RationalMatrix symmetric_matrix(const Node& node, const std::string& name) {
    const RationalMatrix m = matrix(node);
    for (Index i = 0; i < m.rows(); ++i)
      for (Index j = 0; j < i; ++j)
        if (m(i, j) != m(j, i))
          fail_at(node.items[static_cast<size_t>(i)].items[static_cast<size_t>(j)],
                  name + " is not symmetric: row " + std::to_string(i + 1) + ", column " +
                      std::to_string(j + 1) + " is " + to_string(m(i, j)) + ", but row " +
                      std::to_string(j + 1) + ", column " + std::to_string(i + 1) + " is " +
                      to_string(m(j, i)));
    return m;
  }

  // ---- The numbers of a case

  /// The multiples of one product of roots.
  Numbers numbers(const Irrational& b) {
    begin_part(b);
    Numbers all;
    all.workers = workers(required(root_, "worker", "[[worker]]"));
    all.step = number(required(root_, "step", "the step size γ"));
    if (const Node* start = root_.find("start")) {
      if (start->kind == Node::Kind::table)
        all.blocks = read_blocks(*start);
      else
        all.start = start_vector(*start, all.workers.front().b.size());
    }
    if (const Node* values = root_.find("values")) all.values = read_values(*values);
    if (text_method_ != nullptr) all.parameters = named_values(*text_method_, {"kind", "file"});
    if (const Node* data = root_.find("data")) all.data = read_data(*data);
    if (const Node* schedule = root_.find("schedule")) read_steps(*schedule, steps_[b]);
    end_part();
    return all;
  }

  std::vector<Worker> workers(const Node& node) {
    expect(node, Node::Kind::array, "[[worker]] tables");
    if (node.items.empty()) fail_at(node, "a case needs at least one [[worker]]");
    if (node.items.size() > kMaxWorkers)
      fail_at(node, std::to_string(node.items.size()) + " workers are more than the limit of " +
                        std::to_string(kMaxWorkers));
    std::vector<Worker> result;
    for (const Node& item : node.items) {
      const std::string name = "worker " + std::to_string(result.size() + 1);
      expect(item, Node::Kind::table, "a [[worker]] table with L and b");
      only(item, {"L", "b", "noise", "name"});
      const Node& L = required(item, "L", "the matrix of " + name);
      Worker w;
      w.L = symmetric_matrix(L, "L of " + name);
      const Index d = result.empty() ? w.L.rows() : result.front().b.size();
      same_size(L, w.L.rows(), d, "L of " + name);
      const Node& b = required(item, "b", "the vector of " + name);
      w.b = vector(b);
      same_size(b, w.b.size(), d, "b of " + name);
      w.noise = RationalMatrix::Zero(d, d);
      if (const Node* noise = item.find("noise")) {
        w.noise = symmetric_matrix(*noise, "noise of " + name);
        same_size(*noise, w.noise.rows(), d, "noise of " + name);
      }
      result.push_back(std::move(w));
    }
    return result;
  }
  void same_size(const Node& node, Index found, Index d, const std::string& what) const {
    if (found != d)
      fail_at(node, what + " has size " + std::to_string(found) +
                        ", expected d = " + std::to_string(d) + " as set by L of worker 1");
  }

  void require_positive_step(const Rational& step) const { positive(*root_.find("step"), step); }
  Rational positive(const Node& node, const Rational& step) const {
    if (step <= 0) fail_at(node, "the step size must be positive, found " + to_string(step));
    return step;
  }
  RationalVector start_vector(const Node& node, Index d) {
    RationalVector v = vector(node);
    same_size(node, v.size(), d, "start");
    return v;
  }

  std::map<std::string, CaseValue> read_values(const Node& node) {
    expect(node, Node::Kind::table, "a [values] table");
    std::map<std::string, CaseValue> values;
    for (const Node::Member& m : node.members)
      values.emplace(m.key, value(m.value, &CaseReader::matrix));
    return values;
  }
  CaseValue value(const Node& node, RationalMatrix (CaseReader::*read_matrix)(const Node&)) {
    if (node.kind != Node::Kind::array) return number(node);
    if (!node.items.empty() && node.items.front().kind == Node::Kind::array)
      return (this->*read_matrix)(node);
    return vector(node);
  }

  // ---- The numbers of a method as text

  /// What a table gives to names of the method, but these.
  std::map<std::string, CaseValue> named_values(const Node& node,
                                                const std::vector<std::string>& but = {}) {
    std::map<std::string, CaseValue> values;
    for (const Node::Member& m : node.members) {
      if (std::find(but.begin(), but.end(), m.key) != but.end()) continue;
      if (!is_name(m.key, "_"))
        fail(file(), m.place,
             "expected a name of letters, digits and _ that begins with a letter, found " +
                 quoted(m.key));
      values.emplace(m.key, value(m.value, &CaseReader::rows));
    }
    return values;
  }
  /// Of letters, digits and these, and beginning with a letter.
  static bool is_name(const std::string& text, const std::string& others) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
             return letter(c) || (c >= '0' && c <= '9') || others.find(c) != std::string::npos;
           });
  }
  std::map<std::string, CaseValue> read_blocks(const Node& node) {
    if (text_method_ == nullptr)
      fail_at(node, std::string("expected a list of exact numbers, found a table; blocks are those "
                                "of a method of one's own, and ") +
                        kNeedsFile);
    for (const Node::Member& m : node.members)
      expect(m.value, Node::Kind::array, "a block: a vector, or a list of vectors");
    return named_values(node);
  }
  std::map<std::string, CaseValue> read_data(const Node& node) {
    expect(node, Node::Kind::table, "a [data] table");
    if (text_method_ == nullptr)
      fail_at(node, std::string("[data] is for methods of one's own, and ") + kNeedsFile);
    return named_values(node);
  }

  // ---- The other parts of a case

  /// The multiples in a list of steps, if that is what the table has.
  void read_steps(const Node& node, std::vector<Rational>& steps) {
    const Node* list = node.kind == Node::Kind::table ? node.find("steps") : nullptr;
    if (list == nullptr || list->kind != Node::Kind::array) return;
    for (const Node& item : list->items) steps.push_back(number(item));
  }

  /// The steps of an irrational case are compared with 0 where roots are known (case_file.cpp).
  Schedule read_schedule(const Node& node, bool rational_case) {
    expect(node, Node::Kind::table, "a [schedule] table");
    only(node, {"kind", "c", "steps"});
    const Node* kind = node.find("kind");
    const std::string name = kind ? string(*kind) : "list";
    if (name == "harmonic") {
      if (const Node* steps = node.find("steps"))
        fail_at(*steps, "a harmonic schedule γ/(1 + k c) has c, not steps");
      const Node& c = required(node, "c", "the c of γ_k = γ/(1 + k c)");
      const Rational value = rational(c);
      if (value < 0) fail_at(c, "c must not be negative, found " + to_string(value));
      return HarmonicSchedule{value};
    }
    if (name != "list")
      fail_at(*kind, "unknown schedule " + quoted(name) + "; known: harmonic, list");
    if (const Node* c = node.find("c")) fail_at(*c, "a list of steps has no c");
    const Node& steps = required(node, "steps", "a list of step sizes");
    expect(steps, Node::Kind::array, "a list of step sizes");
    ListSchedule list;
    list.steps = steps_.at({});
    if (list.steps.empty()) fail_at(steps, "expected at least one step size");
    for (size_t k = 0; k < list.steps.size() && rational_case; ++k)
      positive(steps.items[k], list.steps[k]);
    for (const auto& [root, multiples] : steps_)
      if (!root.is_one()) list.roots.emplace(root, multiples);
    return list;
  }

  SketchSpec read_sketch(const Node& node, Index d) {
    expect(node, Node::Kind::table, "a [sketch] table");
    const Node& kind_node = required(node, "kind", "the kind of the sketch");
    const std::string kind = string(kind_node);
    const auto keys = [&](std::vector<std::string> known) {
      known.push_back("kind");
      only(node, known);
    };
    const auto flag = [&](const char* key) {
      const Node* value = node.find(key);
      return value && boolean(*value);
    };
    const auto q = [&] { return integer(required(node, "q", "q"), 1, 1000000, "q"); };
    if (kind == "identity") return keys({}), SketchSpec(IdentitySketch{});
    if (kind == "unit-perm") return keys({}), SketchSpec(UnitPermSketch{});
    if (kind == "perm") {
      keys({"q", "remainder"});
      const bool remainder = flag("remainder");
      return PermSketch{remainder && !node.find("q") ? 0 : q(), remainder};
    }
    if (kind == "rand") {
      keys({"q", "shared"});
      return RandSketch{q(), flag("shared")};
    }
    if (kind == "bernoulli") {
      keys({"p", "shared"});
      const Node& p = required(node, "p", "the probability p of keeping a coordinate");
      const Rational value = rational(p);
      if (value <= 0 || value > 1)
        fail_at(p, "the probability p = " + to_string(value) + " is not in (0, 1]");
      return BernoulliSketch{value, flag("shared")};
    }
    if (kind == "scaled-perm") {
      keys({"reading"});
      const Node* reading = node.find("reading");
      const std::string name = reading ? string(*reading) : "diagonal";
      if (name == "diagonal") return ScaledPermSketch{ScaledPermSketch::Reading::diagonal};
      if (name == "printed") return ScaledPermSketch{ScaledPermSketch::Reading::printed};
      fail_at(*reading, "unknown reading " + quoted(name) + "; known: diagonal, printed");
    }
    if (kind == "block") {
      keys({"q", "shared"});
      const Node& shared =
          required(node, "shared", "the coordinates (from 0) that every worker gets");
      expect(shared, Node::Kind::array, "a list of coordinates, counted from 0");
      BlockSketch block{{}, q()};
      for (const Node& item : shared.items)
        block.shared.push_back(
            integer(item, 0, static_cast<int>(d) - 1, "a coordinate, counted from 0"));
      return block;
    }
    if (kind == "table") return keys({"outcome"}), read_table(node);
    static const std::vector<std::string> kinds = {"identity",  "perm",      "rand",  "scaled-perm",
                                                   "unit-perm", "bernoulli", "block", "table"};
    unknown_name(kind_node, "sketch kind", kind, kinds);
  }
  [[noreturn]] void unknown_name(const Node& node, const std::string& what, const std::string& name,
                                 const std::vector<std::string>& known,
                                 const std::string& advice = "") const {
    const std::string near = nearest(name, known);
    std::string list;
    for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
    fail_at(node, "unknown " + what + " " + quoted(name) +
                      (near.empty() ? "" : "; did you mean " + quoted(near) + "?") +
                      " (known: " + list + ")" + advice);
  }
  TableSketch read_table(const Node& node) {
    const Node& outcomes = required(node, "outcome", "[[sketch.outcome]] tables");
    expect(outcomes, Node::Kind::array, "[[sketch.outcome]] tables");
    TableSketch table;
    for (const Node& item : outcomes.items) {
      expect(item, Node::Kind::table, "an outcome with weight and C");
      only(item, {"weight", "C"});
      TableSketch::Outcome outcome;
      const Node& weight = required(item, "weight", "the weight of the outcome");
      outcome.weight = rational(weight);
      if (outcome.weight <= 0)
        fail_at(weight, "a weight must be positive, found " + to_string(outcome.weight));
      const Node& C = required(item, "C", "one matrix for each worker");
      expect(C, Node::Kind::array, "a list of matrices, one for each worker");
      for (const Node& c : C.items)
        outcome.C.push_back(symmetric_matrix(c, "C_" + std::to_string(outcome.C.size() + 1)));
      table.outcomes.push_back(std::move(outcome));
    }
    return table;
  }

  Method read_method(const Node& node) const {
    expect(node, Node::Kind::table, "a [method] table");
    const Node& kind_node = required(node, "kind", "the kind of the method");
    const std::string kind = string(kind_node);
    const auto known = method_named(kind);
    if (!known) {
      std::vector<std::string> names;
      for (const MethodKind m : all_methods()) names.push_back(name_of(m));
      unknown_name(kind_node, "method", kind, names, std::string("; ") + kNeedsFile);
    }
    only(node, {"kind", "local_steps"});
    Method method{*known, 1};
    if (const Node* steps = node.find("local_steps")) {
      method.local_steps = integer(*steps, 1, 10000, "local_steps");
      if (method.local_steps > 1 && method.kind != MethodKind::ist)
        fail_at(*steps, "local_steps above 1 has a meaning for the method \"ist\" only");
    }
    return method;
  }

  Method read_text_method(const Node& node) const {
    const Node& kind = required(node, "kind", "the name of the method in the file");
    const Node& file = *node.find("file");
    const std::string name = string(kind);
    if (method_named(name))
      fail_at(kind, quoted(name) +
                        " is a method of istcheck's own, so it takes no file; "
                        "a method in a file needs another name");
    if (!is_name(name, "-_"))
      fail_at(kind,
              "expected the name of a method, of letters, digits, - and _, that begins with a "
              "letter, found " +
                  quoted(name));
    expect(file, Node::Kind::string, "the file of the method, such as \"" + name + ".claim\"");
    return {MethodKind::text, 1,
            std::make_shared<const MethodText>(
                MethodText{name, file.text, text_beside(file), (folder_ / file.text).string()})};
  }
  /// The text of the file that the node names.
  std::string text_beside(const Node& node) const {
    if (std::any_of(node.text.begin(), node.text.end(), is_control))
      fail_at(node, "the name of this file has control characters");
    const fs::path path = folder_ / node.text;
    std::error_code error;
    const auto status = fs::status(path, error);
    try {
      if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
        throw InputError(path.string() + ": not a regular file");
      return read_text_file(path);
    } catch (const InputError& problem) {  // which begins with the path
      fail_at(node, quoted(node.text) + std::string(problem.what()).substr(path.string().size()) +
                        " (files are named relative to the folder of the case)");
    }
  }

  const fs::path& folder_;
  const Node& root_;
  const Node* text_method_ = nullptr;                  ///< [method], where it names a file
  std::map<Irrational, std::vector<Rational>> steps_;  ///< of [schedule], for each part
};

}  // namespace

Case read_case_as_written(const Node& root, const std::string& file, Roots roots,
                          const fs::path& folder) {
  return CaseReader(file, folder, root, roots).read();
}

Case parse_case_as_written(const std::string& text, const std::string& file, CaseFormat format,
                           Roots roots, const fs::path& folder) {
  return read_case_as_written(
      format == CaseFormat::json ? parse_json(text, file) : parse_toml(text, file), file, roots,
      folder);
}

std::string read_text_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) throw InputError(path.string() + ": no such file");
  if (std::filesystem::is_directory(status))
    throw InputError(path.string() + ": is a directory, expected a file");
  if (std::filesystem::is_regular_file(status) &&
      std::filesystem::file_size(path, error) > kMaxFileSize)
    throw InputError(path.string() + ": larger than 64 MB");
  std::ifstream in(path, std::ios::binary);
  return read_stream(in, path.string());
}

std::string read_stream(std::istream& in, const std::string& name) {
  // A device or a pipe says no size.
  std::string text;
  std::vector<char> part(1U << 16U);
  while (in.read(part.data(), std::streamsize(part.size())) || in.gcount() > 0) {
    text.append(part.data(), size_t(in.gcount()));
    if (text.size() > kMaxFileSize) throw InputError(name + ": larger than 64 MB");
  }
  if (!in.eof() || in.bad()) throw InputError(name + ": cannot be read");
  return text;
}

std::string nearest(const std::string& word, const std::vector<std::string>& known) {
  // Levenshtein's distance, one row at a time.
  const auto distance = [&](const std::string& other) {
    std::vector<size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 1; i <= word.size(); ++i) {
      size_t diagonal = std::exchange(row[0], i);
      for (size_t j = 1; j <= other.size(); ++j)
        diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1,
                                                   diagonal + (word[i - 1] != other[j - 1])}));
    }
    return row.back();
  };
  std::string best;
  size_t least = std::max<size_t>(2, word.size() / 3) + 1;
  for (const std::string& k : known)
    if (const size_t now = distance(k); now < least && now < k.size()) {
      least = now;
      best = k;
    }
  return best;
}

}  // namespace istcheck
