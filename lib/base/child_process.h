// Another program run to its end: for work that may crash the process that does it.
#pragma once

#include <string>
#include <vector>

namespace stemma {

struct FinishedProcess {
  std::string output;  ///< all of its standard output
  int exit_code = 0;
  int signal = 0;  ///< that ended it; 0 if it ended by itself
};

/// Runs `command` (program, then arguments; a program without a slash is looked up in PATH) with
/// this process's environment, standard input from /dev/null, standard error as it is, and waits.
/// Throws Error{io} if it cannot be started, Error{invalid_argument} if `command` is empty.
[[nodiscard]] FinishedProcess run_process(const std::vector<std::string>& command);

}  // namespace stemma
