// When a search has to stop: its deadline has passed, or the caller said so.
//
// Loops call tick() once for each step that costs about one posting; only every few thousandth tick
// looks at the clock. Used by one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "stemma/searcher.h"

namespace stemma::execution {

class Interrupt {
 public:
  explicit Interrupt(const SearchOptions& options);

  /// Throws Error{cancelled} soon after the deadline has passed or `cancelled` has said true.
  void tick() {
    if (--ticks_left_ == 0) poll();
  }
  /// As many ticks.
  void spend(std::size_t ticks) {
    if (ticks < ticks_left_) {
      ticks_left_ -= static_cast<std::uint32_t>(ticks);
    } else {
      poll();
    }
  }
  /// Looks at once.
  void poll();

 private:
  static constexpr std::uint32_t kTicks = 4096;
  std::uint32_t ticks_left_ = kTicks;
  double seconds_;
  std::chrono::steady_clock::time_point deadline_;
  const std::function<bool()>& cancelled_;
};

}  // namespace stemma::execution
