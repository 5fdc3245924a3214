#include "search/program.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace istcheck::search;
using Clock = std::chrono::steady_clock;

TEST_CASE("a program reads its input, and what it writes and its exit code are known") {
  const ProgramRun run = run_program({"cat"}, "one\ntwo\n", {});
  CHECK(run.there);
  CHECK(run.code == 0);
  CHECK(run.output == "one\ntwo\n");
  CHECK(run_program({"sh", "-c", "exit 3"}, "", {}).code == 3);
  CHECK_FALSE(run_program({"sh", "-c", "kill -9 $$"}, "", {}).code);
  CHECK(run_program({"pwd"}, "", {}, "/").output == "/\n");
  // More than a pipe holds, on both sides.
  const std::string much(1'000'000, 'x');
  CHECK(run_program({"cat"}, much, {}).output == much);
}

TEST_CASE("a program that is not there was not started") {
  CHECK_FALSE(run_program({"no program has this name"}, "", {}).there);
}

TEST_CASE("limits end a program and what it started; what it wrote is kept") {
  ProgramLimits limits;
  limits.deadline = Clock::now() + std::chrono::milliseconds(200);
  const auto begin = Clock::now();
  // A child of it that holds the output, and another that has closed it.
  const ProgramRun run = run_program({"sh", "-c", "echo known; sleep 60 & sleep 60"}, "", limits);
  CHECK_FALSE(run.code);
  CHECK(run.output == "known\n");
  limits.deadline = Clock::now() + std::chrono::milliseconds(200);
  CHECK_FALSE(run_program({"sh", "-c", "exec >&-; sleep 60"}, "", limits).code);
  ProgramLimits stops;
  int asked = 0;
  stops.stop = [&] { return ++asked > 3; };
  CHECK_FALSE(run_program({"sleep", "60"}, "", stops).code);
  CHECK(Clock::now() - begin < std::chrono::seconds(30));
}
