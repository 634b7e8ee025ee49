// The scanners by instruction set; scan.cpp chooses among them.
#pragma once

#include <span>

#include "kernels/scan.h"

namespace stemma::kernels {

extern const Scanner kScalarScanner;

/// of[byte]: the numbers of the bits set in the byte, ascending, then zeros.
struct BitsSet {
  std::uint8_t of[256][8];
};

constexpr BitsSet bits_set() {
  BitsSet bits{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (unsigned bit = 0, next = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1U) != 0) bits.of[byte][next++] = static_cast<std::uint8_t>(bit);
    }
  }
  return bits;
}

alignas(64) inline constexpr BitsSet kBitsSet = bits_set();

/// What the processor must have.
enum class Needs { nothing, sse4, avx2, avx512 };

struct VectorScanner {
  Needs needs;
  Scanner scanner;
};

/// Those that this build has, the fastest last.
[[nodiscard]] std::span<const VectorScanner> vector_scanners();

}  // namespace stemma::kernels
