// Seeded choices for property tests: the same on every machine and compiler (std::mt19937 is
// defined bit for bit, the standard distributions are not).
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace stemma::testing {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  /// In [0, limit); limit > 0.
  std::uint32_t below(std::size_t limit) {
    return static_cast<std::uint32_t>(engine_() % static_cast<std::uint_fast32_t>(limit));
  }
  /// In [low, high].
  std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + below(std::size_t{high} - low + 1);
  }
  bool one_in(std::uint32_t chances) { return below(chances) == 0; }
  template <class Container>
  const auto& pick(const Container& from) {
    return from[below(from.size())];
  }

 private:
  std::mt19937 engine_;
};

}  // namespace stemma::testing
