#include "base/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/descriptor.h"
#include "stemma/error.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): unistd.h has it with GNU only

namespace stemma {
namespace {

[[noreturn]] void fail(const std::string& what, int code) {
  throw Error(Error::Kind::io, what + ": " + std::generic_category().message(code),
              "see that the program is there and that processes may be started");
}

/// What the child does with its descriptors before it becomes the program.
class FileActions {
 public:
  explicit FileActions(int output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
  }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string read_all(int descriptor) {
  std::string all;
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t got = ::read(descriptor, part.data(), part.size());
    if (got == 0) return all;
    if (got < 0 && errno != EINTR) fail("cannot read what a process says", errno);
    if (got > 0) all.append(part.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

FinishedProcess run_process(const std::vector<std::string>& command) {
  if (command.empty()) throw Error(Error::Kind::invalid_argument, "no program to run");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe", errno);
  const Descriptor reading(ends[0]);
  pid_t child = 0;
  {
    const Descriptor writing(ends[1]);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (const std::string& argument : command) {
      arguments.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn changes nothing
    }
    arguments.push_back(nullptr);
    const FileActions actions(writing.get());
    const int failed = ::posix_spawnp(&child, command.front().c_str(), actions.get(), nullptr,
                                      arguments.data(), environ);
    if (failed != 0) fail("cannot start " + command.front(), failed);
  }
  FinishedProcess finished;
  finished.output = read_all(reading.get());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) fail("cannot wait for " + command.front(), errno);
  }
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
  return finished;
}

}  // namespace stemma
