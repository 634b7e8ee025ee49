// A poll costs a clock reading and a call of the caller's function, so it is rare; a tick is one
// decrement. Both kinds of stop are the same Error, told apart by their words.
#include "execution/interrupt.h"

#include <algorithm>

#include "stemma/error.h"

namespace stemma::execution {
namespace {

// A year: adding more could overflow the clock, and nobody waits longer.
constexpr double kLongest = 366.0 * 24 * 3600;

}  // namespace

Interrupt::Interrupt(const SearchOptions& options)
    : seconds_(options.deadline_seconds), cancelled_(options.cancelled) {
  if (seconds_ > 0) {
    deadline_ = std::chrono::steady_clock::now() +
                std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                    std::chrono::duration<double>(std::min(seconds_, kLongest)));
  }
}

void Interrupt::poll() {
  ticks_left_ = kTicks;
  if (cancelled_ && cancelled_()) {
    throw Error(Error::Kind::cancelled, "the search was cancelled by its caller");
  }
  if (seconds_ > 0 && std::chrono::steady_clock::now() >= deadline_) {
    throw Error(Error::Kind::cancelled, "the search took longer than its deadline",
                "give it more time, or narrow the query");
  }
}

}  // namespace stemma::execution
