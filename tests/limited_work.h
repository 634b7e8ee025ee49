// For programs that a test starts and that may hang: they end by a signal then.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

namespace stemma {

/// SIGXCPU after so many seconds of the process's own work, however busy the machine is; SIGALRM
/// after a wait without end.
inline void limit_work(unsigned seconds) {
  constexpr unsigned kWait = 600;
  const rlimit limit = {seconds, seconds + 1};
  setrlimit(RLIMIT_CPU, &limit);
  alarm(kWait);
}

}  // namespace stemma
