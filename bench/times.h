// Single-call times, and p50, p90, p99 of them as counters.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace stemma::bench {

class Times {
 public:
  template <class Call>
  void measure(const Call& call) {
    const auto start = std::chrono::steady_clock::now();
    call();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    microseconds_.push_back(took.count());
  }
  void report(benchmark::State& state) {
    std::sort(microseconds_.begin(), microseconds_.end());
    for (const auto& [name, part] : {std::pair{"p50_us", 0.5}, {"p90_us", 0.9}, {"p99_us", 0.99}}) {
      const auto at =
          static_cast<std::size_t>(part * static_cast<double>(microseconds_.size() - 1));
      state.counters[name] = microseconds_.empty() ? 0 : microseconds_[at];
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(microseconds_.size()));
  }

 private:
  std::vector<double> microseconds_;
};

}  // namespace stemma::bench
