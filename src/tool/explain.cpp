#include "tool/explain.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "claim/builtins.hpp"
#include "claim/check.hpp"
#include "claim/evaluator.hpp"
#include "claim/judge.hpp"
#include "claim/latex.hpp"
#include "claim/parser.hpp"
#include "claim/printer.hpp"
#include "input/case_file.hpp"
#include "report/mixed_text.hpp"
#include "report/readable.hpp"
#include "report/verify_report.hpp"
#include "tool/claim_files.hpp"
#include "tool/interrupt.hpp"
#include "tool/output.hpp"
#include "tool/verification.hpp"

namespace istcheck {
namespace {

using claim::Claim;

struct ExplainOptions {
  std::string claim, case_file, claim_folder;
  bool unfold = false, latex = false;
};

Claim chosen(const ExplainOptions& o) {
  Chosen chosen;
  chosen.take_claims({o.claim}, o.claim_folder);
  chosen.say();
  return std::move(chosen.claims.front());
}

/// The same claim, for what goes on beside its changes.
Claim read_again(const Claim& c) {
  auto all = claim::parse_claims(c.source->text, c.source->name);
  Claim& own = *std::find_if(all.begin(), all.end(), [&](const Claim& k) { return k.id == c.id; });
  check_types(own);
  return std::move(own);
}

/// Replaces the names of definitions everywhere and drops the definitions.
void unfold(Claim& c) {
  for (auto* list : {&c.hypotheses, &c.conclusions}) {
    for (auto& s : *list) s.value = claim::unfolded(*s.value, c);
  }
  for (auto& v : c.variables) {
    for (auto& t : v.trials) {
      if (t.value) t.value = claim::unfolded(*t.value, c);
    }
  }
}

void add_line(std::string& out, std::set<std::string>& seen, const std::string& name,
              const std::string& value) {
  if (seen.insert(name).second) out += "  " + name + " = " + value + "\n";
}

/// Every subexpression that has one value on the case, innermost first.
void values(claim::Evaluator& evaluator, const claim::Expr& e, std::string& out,
            std::set<std::string>& seen) {
  const bool own_instance =
      e.op == claim::Op::at_member;  // its parts belong to a member of the family
  for (const auto& arg : e.args) {
    if (!own_instance) values(evaluator, *arg, out, seen);
  }
  const bool leaf = e.op == claim::Op::number;
  const claim::Type& t = e.type;
  if (leaf || t.random || t.iterates || t.uses_bound || t.free_state) return;
  const std::string name = claim::to_text(e);
  if (t.shape == claim::Shape::truth) {
    const claim::Truth truth = evaluator.truth(e);
    add_line(out, seen, name,
             truth.yes()  ? "true"
             : truth.no() ? "false"
                          : "undecided: " + truth.reason);
    return;
  }
  try {
    const claim::Value v = evaluator.value(e);
    const auto* s = std::get_if<claim::Scalar>(&v);
    add_line(out, seen, name, s != nullptr ? shown(*s) : claim::to_string(v));
  } catch (const claim::Undefined& u) {
    add_line(out, seen, name, std::string("no value: ") + u.what());
  } catch (const claim::Unsupported& u) {
    add_line(out, seen, name, std::string("not computed: ") + u.what());
  }
}

/// All intermediate values at the first value to try of every variable.
std::string values_on(const Claim& c, const Case& one) {
  claim::World world(one, {});
  claim::Evaluator evaluator(c, &world);
  std::string out = "On the case " + one.name + ":\n";
  if (const std::string alpha = alpha_text(one); !alpha.empty()) out += "  " + alpha + "\n";
  std::set<std::string> seen;
  for (const auto& v : c.variables) {
    if (const auto own = world.own_value(v.name)) {
      evaluator.set_variable(v.name, *own);
    } else if (v.trials.empty() && claim::replaced_by(v.name) == claim::Constant::gamma) {
      evaluator.set_variable(v.name, claim::Scalar(world.step()));
    } else if (v.trials.empty() && claim::replaced_by(v.name) == claim::Constant::x0) {
      evaluator.set_variable(v.name, world.start());
    } else {
      bool found = false;
      for (const auto& t : v.trials) {
        try {
          evaluator.set_variable(v.name, evaluator.value(t.value ? *t.value : *t.low));
          found = true;
          break;
        } catch (const claim::Undefined&) {
        }
      }
      if (!found) return out + "  no value to try for " + v.name + "\n";
    }
    add_line(out, seen, v.name, claim::to_string(evaluator.variables().at(v.name)));
  }
  for (const auto& d : c.definitions) {
    values(evaluator, *d.value, out, seen);
    const claim::Type& t = d.value->type;
    if (t.random || t.iterates || t.free_state || t.shape == claim::Shape::truth) continue;
    try {
      add_line(out, seen, d.name, claim::to_string(evaluator.value(*d.value)));
    } catch (const claim::Undefined& u) {
      add_line(out, seen, d.name, std::string("no value: ") + u.what());
    }
  }
  for (const auto* list : {&c.hypotheses, &c.conclusions}) {
    for (const auto& s : *list) values(evaluator, *s.value, out, seen);
  }
  const auto verdict = claim::judge(c, &one);
  return out + "Verdict: " + scoped_word(verdict) +
         (verdict.reason.empty() ? "" : ", " + verdict.reason) + "\n";
}

void run_explain(const ExplainOptions& o) {
  const auto& interrupted = watch_interrupt();
  Claim c = chosen(o);
  const Claim again = read_again(c);
  const auto cases = o.case_file.empty() ? std::vector<Case>() : load_cases(o.case_file);
  std::string on_case;
  const bool left = !cases.empty() && !finish_or_leave(interrupted, [&] {
    const Case& one = cases.front();
    const auto reason = claim::unfit(again, one);
    on_case = "\n" + (reason ? "The claim does not speak about the case " + one.name + ": " +
                                   *reason + "\n"
                             : values_on(again, one));
  });
  if (o.unfold) {
    unfold(c);
    c.definitions.clear();
  }
  const std::string method = c.method ? claim::printed(*c.method) + "\n" : "";
  const std::string text = o.latex ? "" : method + claim::to_text(c) + "\n";
  c.title = readable(c.title);
  if (!left) return write_out(text + claim::to_latex(c) + on_case);
  write_out(text + claim::to_latex(c) + "\ninterrupted: the values on the case are missing\n");
  leave(static_cast<int>(Outcome::undecided));
}

}  // namespace

void add_explain(CommandLine& program) {
  auto o = std::make_shared<ExplainOptions>();
  Command command = program.add_command(
      "explain", "Show a claim as text and LaTeX, and all its values on a case");
  command
      .option("CLAIM", o->claim,
              "The name of a claim, a .claim file or - for standard input (its first claim)")
      .required();
  command.option("--case", o->case_file, "Also compute every intermediate value on this case")
      .type_name("FILE");
  command
      .option("--claims", o->claim_folder,
              "Where names are looked up; ./claims, else the shipped ones, when left out")
      .type_name("DIR");
  command.flag("--unfold", o->unfold, "Replace every definition by what it stands for");
  command.flag("--latex", o->latex, "Only the LaTeX");
  command.footer("Example: istcheck explain thm2-sharp --case cases/paper/scaled-diagonal.toml");
  command.action([o] { run_explain(*o); });
}

}  // namespace istcheck
