// The two solvers, as functions from a query to an answer. Z3 is included here and nowhere else.
#include <unistd.h>
#include <z3++.h>

#include <array>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <thread>

#include "search/numbers.hpp"
#include "search/solvers.hpp"

namespace istcheck::search {

namespace {

Rational rational_of(const std::string& text) {
  const auto x = parse_rational(text);
  if (!x) throw std::runtime_error("Z3 wrote a number that is none: " + text);
  return *x;
}

/// Rational numbers near a value of the model: itself, or simple fractions between enclosures that
/// get shorter.
std::vector<Rational> near(const z3::expr& value) {
  if (value.is_numeral()) return {rational_of(Z3_get_numeral_string(value.ctx(), value))};
  if (!value.is_algebraic()) return {Rational(0)};
  std::vector<Rational> result;
  for (unsigned digits : {1U, 2U, 4U, 8U, 16U}) {
    const z3::expr low(value.ctx(), Z3_get_algebraic_number_lower(value.ctx(), value, digits));
    const z3::expr high(value.ctx(), Z3_get_algebraic_number_upper(value.ctx(), value, digits));
    const Rational a = rational_of(Z3_get_numeral_string(value.ctx(), low));
    const Rational b = rational_of(Z3_get_numeral_string(value.ctx(), high));
    for (const Rational& x : {simplest_between(a, b), a, b}) result.push_back(x);
  }
  return result;
}

/// Square roots of products of larger numbers would be long to factor, and to read.
const Integer kLargest = Integer(1) << 62U;

/// The value itself: rational, or the i-th root of c_2 x² + c_1 x + c_0, ascending; nothing for
/// roots of a higher degree, and for discriminants that would be long to factor and to read.
std::optional<Surd> exactly(const z3::expr& value) {
  if (!value.is_algebraic()) return Surd(near(value).front());
  const z3::expr_vector polynomial = value.algebraic_poly();
  if (polynomial.size() != 3) return std::nullopt;
  std::array<Rational, 3> c;
  for (unsigned k = 0; k < 3; ++k) {
    const z3::expr coefficient = polynomial[static_cast<int>(k)];
    c[k] = rational_of(Z3_get_numeral_string(value.ctx(), coefficient));
  }
  const Rational discriminant = c[1] * c[1] - 4 * c[0] * c[2];
  if (numerator(discriminant) * denominator(discriminant) >= kLargest) return std::nullopt;
  const Surd root = Surd::sqrt_of(discriminant) / Surd(2 * abs(c[2]));
  const Surd middle(Rational(-c[1] / (2 * c[2])));
  return value.algebraic_i() == 1 ? middle - root : middle + root;
}

/// Interrupts Z3 when asked to stop; ends with the query.
class Interrupter {
 public:
  Interrupter(z3::context& context, const std::function<bool()>& stop) {
    if (!stop) return;
    thread_ = std::thread([this, &context, stop] {
      std::unique_lock lock(mutex_);
      while (!done_) {
        if (stop()) context.interrupt();
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
    solver.from_string(q.text.c_str());
    const Interrupter interrupter(context, stop);
    const z3::check_result result = solver.check();
    if (result == z3::unsat) return {"unsat", {}, "", {}};
    if (result != z3::sat) return {"unknown", {}, "", {}};
    Z3Answer answer{"sat", {}, "", {}};
    const z3::model model = solver.get_model();
    answer.exact.emplace();
    Integer radicands = 1;  // their products stay short too
    for (const auto& name : q.unknowns) {
      const z3::expr unknown = context.real_const(name.c_str());
      const z3::expr value = model.eval(unknown, true);
      answer.model.push_back(near(value));
      const auto exact = answer.exact ? exactly(value) : std::nullopt;
      if (exact) answer.exact->push_back(*exact);
      if (exact)
        for (const auto& term : exact->terms()) radicands *= term.first;
      if (!exact || radicands >= kLargest) answer.exact.reset();
      if (value.is_algebraic()) answer.irrational += " " + name + " = " + value.to_string();
    }
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
  std::string file = (std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "/tmp");
  file += "/istcheck-XXXXXX";
  const int descriptor = mkstemp(file.data());
  if (descriptor < 0) return std::nullopt;
  close(descriptor);
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
  unlink(file.c_str());
  for (const char* answer : {"unsat", "sat"}) {
    if (out.rfind(answer, 0) == 0) return answer;
  }
  return "unknown";
}

}  // namespace istcheck::search
