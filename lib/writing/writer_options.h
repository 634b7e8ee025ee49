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

/// Less would make a segment of every few articles.
inline constexpr std::size_t kLeastBufferBytes = std::size_t{768} << 10U;

/// How much of the budget articles may take before they are handed over to be written; those handed
/// over before may take as much again. What writing, merging and the store need comes on top: some
/// 50 MB, measured at the default.
[[nodiscard]] inline std::size_t buffer_bytes(const WriterOptions& options) {
  return std::clamp(options.memory_bytes / 2, kLeastBufferBytes, kMostBufferBytes);
}

}  // namespace stemma
