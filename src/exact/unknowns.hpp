// What is assumed of numbers that hold unknowns (exact/surd.hpp).
#pragma once

#include "exact/surd.hpp"

namespace istcheck {

/// Answers what computing with unknowns asks. An answer is an assumption: what follows speaks only
/// of values of the unknowns for which it is true.
class Assumptions {
 public:
  virtual ~Assumptions() = default;
  virtual bool zero(const Surd& x) = 0;
  virtual bool positive(const Surd& x) = 0;
  /// M ⪰ 0, and M ≻ 0, for symmetric M.
  virtual bool semidefinite(const SurdMatrix& m) = 0;
  virtual bool definite(const SurdMatrix& m) = 0;
  /// 1/x. Throws std::domain_error where x = 0 is assumed.
  virtual Surd reciprocal(const Surd& x) = 0;
  /// √x. Throws std::domain_error where x < 0 is assumed.
  virtual Surd root(const Surd& x) = 0;

  /// Irrational numbers or polynomials are about to be multiplied, with so many products of terms
  /// (long ones count more), or something is done that takes as long. Throws where a budget is
  /// spent.
  virtual void multiply(size_t products) = 0;
  /// How many answers were given; grows whenever something is assumed or defined.
  virtual long answers() const = 0;

  /// -1, 0 or 1.
  int sign(const Surd& x) { return zero(x) ? 0 : positive(x) ? 1 : -1; }

  /// Those that this thread computes under. Throws std::domain_error when there are none.
  static Assumptions& of_thread();
  static Assumptions* of_thread_or_null();

  /// While it lives, this thread computes under the assumptions; under none with null.
  class Under {
   public:
    explicit Under(Assumptions& a) : Under(&a) {}
    explicit Under(Assumptions* a);
    ~Under();
    Under(const Under&) = delete;
    Under& operator=(const Under&) = delete;

   private:
    Assumptions* before_;
  };
};

}  // namespace istcheck
