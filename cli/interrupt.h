// Ctrl-C: the first asks the running work to stop, the second ends the process at once.
#pragma once

namespace stemma::command {

/// Catches SIGINT and SIGTERM from now on, and ignores SIGPIPE (a closed pipe is an error of
/// write(2), see console.h).
void watch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace stemma::command
