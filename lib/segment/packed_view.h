// A packed array (packed_array.h) whose pages were verified before: an element is one load.
//
// For loops that read an element a posting. PackedArray checks index and page at every access; a
// view is made once a query and segment (PackedArray::view), which verifies the pages that were not
// verified yet, and then reads plain memory.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>

#include "stemma/types.h"

namespace stemma::segment {

/// Lives as long as the segment. Thread-safe.
template <class Number>
class PackedView {
 public:
  PackedView() = default;  ///< of no elements
  /// `width` <= 56; kReadPadding bytes behind the last element must be readable.
  PackedView(const std::uint8_t* bytes, std::uint64_t count, unsigned width)
      : bytes_(bytes), count_(count), width_(width), mask_((std::uint64_t{1} << width) - 1) {}

  [[nodiscard]] std::uint64_t size() const { return count_; }
  /// `index` must be below size(): it is not checked.
  [[nodiscard]] Number operator[](std::uint64_t index) const {
    assert(index < count_);
    const std::uint64_t bit = index * width_;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_ + bit / 8, sizeof word);
    return static_cast<Number>((word >> (bit % 8)) & mask_);
  }

 private:
  const std::uint8_t* bytes_ = nullptr;
  std::uint64_t count_ = 0;
  std::uint64_t width_ = 0;
  std::uint64_t mask_ = 0;
};

/// Document lengths (sums of term counts) by ordinal.
using Lengths = PackedView<std::uint32_t>;

}  // namespace stemma::segment
