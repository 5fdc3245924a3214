// The two solvers, as functions from a query to an answer. Z3 is included here and nowhere else.
#include <z3++.h>

#include <array>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <thread>

#include "exact/number_field.hpp"
#include "exact/fractions.hpp"
#include "search/case_numbers.hpp"
#include "search/numbers.hpp"
#include "search/solvers.hpp"
#include "search/temporary_folder.hpp"

namespace istcheck::search {

namespace {

Rational rational_of(const std::string& text) {
  const auto x = parse_rational(text);
  if (!x) throw std::runtime_error("Z3 wrote a number that is none: " + text);
  return *x;
}

/// Rational numbers below and above an irrational value, about 10^-digits from it.
std::pair<Rational, Rational> enclosure(const z3::expr& value, unsigned digits) {
  z3::context& context = value.ctx();
  const z3::expr low(context, Z3_get_algebraic_number_lower(context, value, digits));
  const z3::expr high(context, Z3_get_algebraic_number_upper(context, value, digits));
  return {rational_of(Z3_get_numeral_string(context, low)),
          rational_of(Z3_get_numeral_string(context, high))};
}

/// Rational numbers near a value of the model: itself, or simple fractions between enclosures that
/// get shorter.
std::vector<Rational> near(const z3::expr& value) {
  if (value.is_numeral()) return {rational_of(Z3_get_numeral_string(value.ctx(), value))};
  if (!value.is_algebraic()) return {Rational(0)};
  std::vector<Rational> result;
  for (unsigned digits : {1U, 2U, 4U, 8U, 16U}) {
    const auto [a, b] = enclosure(value, digits);
    for (const Rational& x : {simplest_between(a, b), a, b}) result.push_back(x);
  }
  return result;
}

/// The value itself: the root of an integer polynomial between two rational numbers. Nothing for
/// degrees that no field here has.
std::optional<Algebraic> exactly(const z3::expr& value) {
  if (!value.is_algebraic()) return Algebraic(near(value).front());
  const z3::expr_vector coefficients = value.algebraic_poly();
  if (coefficients.size() > NumberField::kMostDegree + 1) return std::nullopt;
  std::vector<Rational> rational;
  Integer scale = 1;
  for (const z3::expr& c : coefficients) {
    rational.push_back(rational_of(Z3_get_numeral_string(value.ctx(), c)));
    scale = lcm(scale, denominator(rational.back()));
  }
  Polynomial p;
  for (const Rational& c : rational) p.push_back(numerator(Rational(c * Rational(scale))));
  for (unsigned digits = 4; digits <= 256; digits *= 2) {
    const auto [a, b] = enclosure(value, digits);
    if (a < b && monotone_between(p, a, b)) return Algebraic(p, a, b);
  }
  return std::nullopt;
}

/// The model itself; nothing where its field is too large.
std::optional<std::vector<Surd>> exactly(const std::vector<z3::expr>& values) {
  std::vector<Algebraic> numbers;
  for (const z3::expr& value : values) {
    const auto x = exactly(value);
    if (!x) return std::nullopt;
    numbers.push_back(*x);
  }
  return as_case_numbers(numbers);
}

/// Interrupts Z3 when asked to stop, and when the time is over by the clock on the wall, which Z3's
/// own limit can miss on a busy machine; ends with the query.
class Interrupter {
 public:
  Interrupter(z3::context& context, unsigned milliseconds, const std::function<bool()>& stop) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    thread_ = std::thread([this, &context, stop, end] {
      std::unique_lock lock(mutex_);
      while (!done_) {
        if (Clock::now() >= end || (stop && stop())) context.interrupt();
        wake_.wait_for(lock, std::chrono::milliseconds(20));
      }
    });
  }
  ~Interrupter() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

/// Parameters and new contexts touch what all of Z3 shares, without a lock of its own.
std::mutex starting_z3;

}  // namespace

Z3Answer ask_z3(const Query& q, const std::string& tactic, unsigned milliseconds,
                unsigned megabytes, const std::function<bool()>& stop) {
  try {
    std::unique_lock start(starting_z3);
    // For all of Z3: its limit for one query miscounts when several threads ask at once.
    z3::set_param("memory_max_size", static_cast<int>(megabytes));
    z3::context context;
    start.unlock();
    z3::solver solver = tactic.empty() ? z3::solver(context, "QF_NRA")
                                       : z3::tactic(context, tactic.c_str()).mk_solver();
    z3::params limits(context);
    limits.set("timeout", milliseconds);
    limits.set("ctrl_c", false);  // Ctrl-C is for the program, not for one query
    solver.set(limits);
    std::optional<Interrupter> interrupter(std::in_place, context, milliseconds, stop);
    solver.from_string(q.text.c_str());
    const z3::check_result result = solver.check();
    interrupter.emplace(context, 2 * milliseconds + 200, stop);  // reading a model takes a while
    if (result == z3::unsat) return {"unsat", {}, "", {}};
    if (result != z3::sat) return {"unknown", {}, "", {}};
    Z3Answer answer{"sat", {}, "", {}};
    const z3::model model = solver.get_model();
    std::vector<z3::expr> values;
    for (const auto& name : q.unknowns) {
      const z3::expr value = model.eval(context.real_const(name.c_str()), true);
      answer.model.push_back(near(value));
      if (value.is_algebraic()) answer.irrational += " " + name + " = " + value.to_string();
      values.push_back(value);
    }
    answer.exact = exactly(values);
    return answer;
  } catch (const z3::exception& error) {
    const std::string message = error.msg();
    // Out of effort or memory is no answer; anything else is a query that Z3 does not understand.
    for (const char* limit : {"canceled", "max. memory", "resource", "timeout", "out of memory"}) {
      if (message.find(limit) != std::string::npos) return {"unknown", {}, "", {}};
    }
    throw std::runtime_error("Z3: " + message);
  }
}

std::optional<std::string> ask_cvc5(const std::string& text, double seconds) {
  static const bool installed = std::system("command -v cvc5 >/dev/null 2>&1") == 0;
  if (!installed) return std::nullopt;
  const TemporaryFolder folder;
  if (!folder.made()) return std::nullopt;
  const std::string file = folder.file("query.smt2");
  std::ofstream(file) << text;
  const std::string command =
      "cvc5 -q --lang=smt2 --tlimit=" + std::to_string(static_cast<long>(seconds * 1000)) + " '" +
      file + "' 2>/dev/null";
  std::string out;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    std::array<char, 256> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) out += buffer.data();
    pclose(pipe);
  }
  for (const char* answer : {"unsat", "sat"}) {
    if (out.rfind(answer, 0) == 0) return answer;
  }
  return "unknown";
}

}  // namespace istcheck::search
