// Under the leak sanitizer this program fails when a thread's memory is not given back.
#include "exact/thread_memory.hpp"

#include <optional>
#include <thread>

#include "exact/linalg.hpp"
#include "support.hpp"

using namespace istcheck;
using namespace istcheck::test;

TEST_CASE("numbers outlive the thread that computed them, and its memory") {
  Random random;
  const RationalMatrix root = random.matrix(4, 4);
  const RationalMatrix a = root * root.transpose();
  std::optional<Algebraic> there;
  std::thread([&] {
    const ThreadMemory memory;
    there = largest_eigenvalue(a);
  }).join();
  CHECK(*there == largest_eigenvalue(a));
}
