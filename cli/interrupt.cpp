// See interrupt.h.
#include "interrupt.h"

#include <csignal>

namespace stemma::command {

namespace {

volatile std::sig_atomic_t caught = 0;

void on_signal(int) { caught = 1; }

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  // Without SA_RESTART: a read from a terminal or a pipe must end, too.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return caught != 0; }

}  // namespace stemma::command
