#include "input/case_file.hpp"

#include "exact/linalg.hpp"
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

/// The checks that need computing, or several parts: covariances, sizes of the sketch, weights,
/// steps.
void fit(const Case& c, const Node& root, const std::string& file) {
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
  const Problem problem = c.rational() ? Problem(c.workers) : Problem(workers_of(c));
  const Sketch sketch =
      built(file, *root.find("sketch"), [&] { return Sketch(c.sketch, problem); });
  built(file, *root.find("method"), [&] { return method_map(problem, sketch, c.method, step); });
}

}  // namespace

Case read_case(const Node& root, const std::string& file, Roots roots) {
  Case c = read_case_as_written(root, file, roots);
  fit(c, root, file);
  return c;
}

Case parse_case(const std::string& text, const std::string& file, CaseFormat format, Roots roots) {
  return read_case(format == CaseFormat::json ? parse_json(text, file) : parse_toml(text, file),
                   file, roots);
}

Case load_case(const std::filesystem::path& path, Roots roots) {
  return parse_case(read_text_file(path), path.string(),
                    path.extension() == ".json" ? CaseFormat::json : CaseFormat::toml, roots);
}

}  // namespace istcheck
