// What writers check and derive from their options.
#pragma once

#include <algorithm>
#include <cstddef>

#include "stemma/index_writer.h"

namespace stemma {

/// Throw Error{invalid_argument}.
void check_options(const WriterOptions& options);
void check_options(const IndexOptions& options);

/// Addresses inside an inversion have 32 bits.
inline constexpr std::size_t kMostBufferBytes = std::size_t{3} << 30U;

/// An empty inversion has taken two thirds of this.
inline constexpr std::size_t kLeastBufferBytes = std::size_t{768} << 10U;

/// How much of the budget articles may take before they are handed over to be written; those handed
/// over before may take as much again, and the rest is for writing them and for the store's
/// buffers.
[[nodiscard]] inline std::size_t buffer_bytes(const WriterOptions& options) {
  return std::clamp(options.memory_bytes / 2, kLeastBufferBytes, kMostBufferBytes);
}

}  // namespace stemma
