// Byte ranges as they are handed out: ascending and apart from each other.
#pragma once

#include <vector>

#include "stemma/types.h"

namespace stemma::results {

/// Sorted, with ranges that overlap or touch made one, and empty ones dropped.
[[nodiscard]] std::vector<ByteRange> joined(std::vector<ByteRange> ranges);

}  // namespace stemma::results
