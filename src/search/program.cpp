#include "search/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

extern char** environ;

namespace istcheck::search {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

/// The text in memory, to be read from its beginning: a pipe would wait for the reader.
int in_memory(const std::string& text) {
  const int fd = memfd_create("input", MFD_CLOEXEC);
  for (size_t done = 0; fd >= 0 && done < text.size();) {
    const ssize_t n = write(fd, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<size_t>(n);
  }
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

/// A process group of its own, with these as its standard input and output; 0 when it does not
/// start.
pid_t start(const std::vector<std::string>& words, int input, int output,
            const std::string& folder) {
  std::vector<std::string> own = words;
  std::vector<char*> arguments;
  for (auto& w : own) arguments.push_back(w.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0 ? child : 0;
}

}  // namespace

ProgramRun run_program(const std::vector<std::string>& words, const std::string& input,
                       const ProgramLimits& limits, const std::string& folder) {
  ProgramRun run;
  Descriptor text(in_memory(input));
  std::array<int, 2> ends{};
  if (text.get() < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) return run;
  Descriptor from(ends[0]), to(ends[1]);
  const pid_t child = start(words, text.get(), to.get(), folder);
  if (child == 0) return run;
  run.there = true;
  to.close();
  constexpr int kAskMilliseconds = 20;
  bool killed = false;
  std::array<char, 4096> buffer{};
  // Until nobody can write any more: after a kill that is at once.
  while (true) {
    if (!killed &&
        (std::chrono::steady_clock::now() >= limits.deadline || (limits.stop && limits.stop()))) {
      kill(-child, SIGKILL);
      killed = true;
    }
    pollfd ready{from.get(), POLLIN, 0};
    if (poll(&ready, 1, kAskMilliseconds) <= 0) continue;
    const ssize_t n = read(from.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    run.output.append(buffer.data(), static_cast<size_t>(n));
  }
  // One that closed its output and goes on has its limits, too.
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(child, &status, killed ? 0 : WNOHANG)) == 0 ||
         (ended < 0 && errno == EINTR)) {
    if (std::chrono::steady_clock::now() >= limits.deadline || (limits.stop && limits.stop())) {
      kill(-child, SIGKILL);
      killed = true;
    } else {
      poll(nullptr, 0, 1);
    }
  }
  if (ended == child && WIFEXITED(status)) run.code = WEXITSTATUS(status);
  return run;
}

}  // namespace istcheck::search
