// What writers check and derive from their options.
#pragma once

#include <cstddef>

#include "stemma/index_writer.h"

namespace stemma {

/// Throw Error{invalid_argument}.
void check_options(const WriterOptions& options);
void check_options(const IndexOptions& options);

/// How much of the budget articles may take before they are written aside; the rest is for writing
/// them, for merging and for the store's own buffers.
[[nodiscard]] inline std::size_t buffer_bytes(const WriterOptions& options) {
  return options.memory_bytes / 4 * 3;
}

}  // namespace stemma
