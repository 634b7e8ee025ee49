// Seeded 32-bit randomness for property tests: std::mt19937 itself returns 64-bit numbers.
#pragma once

#include <cstdint>
#include <random>

namespace stemma {

class SmallRandom {
 public:
  explicit SmallRandom(std::uint32_t seed) : engine_(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

 private:
  std::mt19937 engine_;
};

}  // namespace stemma
