#include "input/case_file.hpp"

#include <iostream>
#include <utility>

#include "claim/utf8.hpp"
#include "exact/linalg.hpp"
#include "exact/number_field.hpp"
#include "input/node.hpp"

namespace istcheck {

namespace {

/// Runs `build`; an std::invalid_argument becomes an error at the node.
template <class Build>
auto built(const std::string& file, const Node& node, const Build& build) {
  try {
    return build();
  } catch (const std::invalid_argument& error) {
    fail(file, node.place, error.what());
  }
}

std::string list_text(const Polynomial& p) {
  std::string text;
  for (const Integer& c : p) text += (text.empty() ? "" : ", ") + c.str();
  return "[" + text + "]";
}

/// α is the only root of an irreducible polynomial in its interval, which is so short that the
/// derivative is seen not to vanish there: then a reader without root isolation sees it as well.
void fit_alpha(const Alpha& alpha, const Node& node, const std::string& file) {
  const Node &poly = *node.find("poly"), &interval = *node.find("interval");
  try {
    const Algebraic root(alpha.polynomial, alpha.low, alpha.high);
    if (const Polynomial p = root.minimal_polynomial(); p.size() != alpha.polynomial.size())
      fail(file, poly.place, "the polynomial is reducible; the root is one of " + list_text(p));
    NumberField::of(root);
    if (monotone_between(alpha.polynomial, alpha.low, alpha.high)) return;
    const auto [low, high] = monotone_interval(root);
    fail(file, interval.place,
         "the derivative may vanish in the interval; this one is short enough: [\"" +
             to_string(low) + "\", \"" + to_string(high) + "\"]");
  } catch (const std::domain_error& error) {
    fail(file, interval.place, error.what());
  }
}

/// The checks that need computing, or several parts: covariances, sizes of the sketch, weights,
/// steps.
void fit(const Case& c, const Node& root, const std::string& file) {
  if (c.alpha) fit_alpha(*c.alpha, *root.find("alpha"), file);
  const Node& workers = *root.find("worker");
  const auto semidefinite = [&](size_t i) {
    return c.rational() ? is_psd(c.workers[i].noise) : is_psd(workers_of(c)[i].noise);
  };
  for (size_t i = 0; i < c.workers.size(); ++i) {
    const Node* noise = workers.items[i].find("noise");
    if (noise != nullptr && !semidefinite(i))
      fail(file, noise->place,
           "noise of worker " + std::to_string(i + 1) +
               " is a covariance and must be positive semidefinite");
  }
  const Surd step = step_of(c);
  if (step.sign() <= 0)
    fail(file, root.find("step")->place,
         "the step size must be positive, found " + to_string(step));
  if (const auto* list = c.schedule ? std::get_if<ListSchedule>(&*c.schedule) : nullptr) {
    for (size_t k = 0; k < list->steps.size(); ++k)
      if (const Surd later = step_in_round_of(c, k); later.sign() <= 0)
        fail(file, root.find("schedule")->find("steps")->items[k].place,
             "the step size must be positive, found " + to_string(later));
  }
  const Problem problem = problem_of(c);
  const Node* sketch_node = root.find("sketch");
  const Sketch sketch = built(file, sketch_node != nullptr ? *sketch_node : root,
                              [&] { return Sketch(c.sketch, problem); });
  if (c.method.kind == MethodKind::text) return;
  built(file, *root.find("method"), [&] { return method_map(problem, sketch, c.method, step); });
}

}  // namespace

std::string read_input(const std::filesystem::path& path) {
  if (path != "-") return read_text_file(path);
  static bool read = false;
  if (std::exchange(read, true))
    throw InputError("-: standard input is read once, and stands for one file");
  return read_stream(std::cin, "-");
}

bool is_json(const std::filesystem::path& path, std::string_view text) {
  if (path != "-") return path.extension() == ".json";
  text = without_mark(text);
  const size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

Case read_case(const Node& root, const std::string& file, Roots roots,
               const std::filesystem::path& folder) {
  Case c = read_case_as_written(root, file, roots, folder);
  fit(c, root, file);
  return c;
}

Case parse_case(const std::string& text, const std::string& file, CaseFormat format, Roots roots,
                const std::filesystem::path& folder) {
  return read_case(format == CaseFormat::json ? parse_json(text, file) : parse_toml(text, file),
                   file, roots, folder);
}

}  // namespace istcheck
