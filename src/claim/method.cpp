#include "claim/method.hpp"

#include <algorithm>

#include "claim/printer.hpp"

namespace istcheck::claim {
namespace {

std::string text(const ExprPtr& e) { return to_text(*e); }

std::string indices(const std::vector<Binder>& all) {
  std::string out;
  for (const Binder& b : all) out += (out.empty() ? "" : ", ") + to_text(b);
  return all.empty() ? "" : "[" + out + "]";
}

std::string range(const IndexRange& r) {
  std::string out = r.set                       ? text(r.set)
                    : r.domain == Domain::range ? text(r.low) + ".." + text(r.high)
                                                : to_text(r.domain);
  return r.without ? out + " without " + text(r.without) : out;
}

std::string law(const MethodStep& s) {
  switch (s.law) {
    case Law::coin:
      return "coin(" + text(s.args[0]) + ")";
    case Law::element:
      return range(s.range) + (s.args.empty() ? "" : " weight " + text(s.args[0]));
    case Law::permutations:
      return "permutations(" + range(s.range) + ")";
    case Law::subsets:
      return "subsets(" + range(s.range) + ", " + text(s.args[0]) + ")";
    case Law::deals:
      return "deals(" + range(s.range) + ", " + text(s.args[0]) + ")";
    case Law::noise:
      return "noise";
    case Law::sketch:
      return "sketch";
    case Law::rand:
      return "rand(" + text(s.args[0]) + ")";
    case Law::bernoulli:
      return "bernoulli(" + text(s.args[0]) + ")";
    case Law::perm:
      return "perm(" + text(s.args[0]) + ")";
  }
  return "";
}

std::string lines(const std::vector<MethodStep>& steps, const std::string& margin) {
  std::string out;
  for (const MethodStep& s : steps) {
    out += margin;
    switch (s.is) {
      case MethodStep::Is::let:
        out += "let " + s.name + indices(s.indices) + " = " + text(s.value) + "\n";
        break;
      case MethodStep::Is::local:
        out += "local " + s.name + indices(s.indices) + " = " + text(s.value) + "\n";
        break;
      case MethodStep::Is::draw:
        out += "draw " + s.name + indices(s.indices) + " from " + law(s) + "\n";
        break;
      case MethodStep::Is::update:
        out += s.name + (s.at ? "[" + text(s.at) + "]" : "") + " <- " + text(s.value) + "\n";
        break;
      case MethodStep::Is::loop:
        out += "for " + s.name + " in " + range(s.range) + " {\n" + lines(s.body, margin + "  ") +
               margin + "}\n";
        break;
    }
  }
  return out;
}

}  // namespace

const Block* Method::plain_x() const {
  const Block* x = state(to_text(Indexed::x));
  return x != nullptr && !x->index && !x->size ? x : nullptr;
}

std::optional<StateOfClaim> state_in(const Expr& e, const Method& m) {
  if (e.op == Op::name || e.op == Op::index) {
    const Block* block = m.state(e.name);
    if (block == nullptr) return std::nullopt;
    const Expr* first = e.op == Op::index ? e.args[0].get() : nullptr;
    if (block->index) return StateOfClaim{block, first, nullptr};
    return StateOfClaim{block, nullptr, first};
  }
  if (e.op != Op::entry || e.args.size() != 2 || e.args[0]->grouped) return std::nullopt;
  const Expr& base = *e.args[0];
  const Block* block = base.op == Op::index ? m.state(base.name) : nullptr;
  if (block == nullptr || !block->index) return std::nullopt;
  return StateOfClaim{block, base.args[0].get(), e.args[1].get()};
}

namespace {

bool draws_noise(const std::vector<MethodStep>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const MethodStep& s) {
    return (s.is == MethodStep::Is::draw && s.law == Law::noise) || draws_noise(s.body);
  });
}

}  // namespace

bool draws_noise(const Method& m) { return draws_noise(m.body); }

namespace {

std::string rest(const Method& m) {
  std::string out;
  for (const Parameter& p : m.parameters)
    out += "  parameter " + p.name + " : " + to_text(p.kind) + "\n";
  for (const Datum& d : m.data) {
    out += "  data " + d.name + " : ";
    if (d.sizes.empty()) out += "scalar\n";
    if (d.sizes.size() == 1) out += "vector(" + text(d.sizes[0]) + ")\n";
    if (d.sizes.size() == 2) out += "matrix(" + text(d.sizes[0]) + ", " + text(d.sizes[1]) + ")\n";
  }
  for (const Block& b : m.states) {
    out += "  state " + b.name;
    if (b.index) out += "[" + to_text(*b.index) + "]";
    if (b.size) out += " : vector(" + text(b.size) + ")";
    if (b.start) out += " start " + text(b.start);
    out += "\n";
  }
  return out + lines(m.body, "  ") + "}\n";
}

}  // namespace

std::string to_text(const Method& m) { return "method " + m.name + " {\n" + rest(m); }

std::string printed(const Method& m) {
  std::string out = "method " + m.name + " {\n";
  if (!m.title.empty()) out += "  title " + quoted(m.title) + "\n";
  if (!m.paper.empty()) {
    out +=
        "  source " + quoted(m.paper) + (m.equation.empty() ? "" : " " + quoted(m.equation)) + "\n";
  }
  return out + rest(m);
}

}  // namespace istcheck::claim
