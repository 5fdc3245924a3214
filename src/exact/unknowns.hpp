// What is assumed of numbers that hold unknowns (exact/surd.hpp).
#pragma once

#include "exact/surd.hpp"

namespace istcheck {

/// Answers what computing with unknowns asks. An answer is an assumption: what follows speaks only
/// of values of the unknowns for which it is true.
class Assumptions {
 public:
  virtual ~Assumptions() = default;
  /// -1, 0 or 1, as assumed.
  virtual int sign(const Surd& x) = 0;
  virtual bool zero(const Surd& x) = 0;
  /// 1/x for x ≠ 0. Throws std::domain_error where x = 0 is assumed.
  virtual Surd reciprocal(const Surd& x) = 0;

  /// Those that this thread computes under. Throws std::domain_error when there are none.
  static Assumptions& of_thread();

  /// While it lives, this thread computes under the assumptions.
  class Under {
   public:
    explicit Under(Assumptions& a);
    ~Under();
    Under(const Under&) = delete;
    Under& operator=(const Under&) = delete;

   private:
    Assumptions* before_;
  };
};

}  // namespace istcheck
