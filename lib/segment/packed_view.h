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

/// The same for numbers of any width up to 64 bits.
class PackedBits {
 public:
  PackedBits() = default;  ///< of no elements
  /// kReadPadding bytes behind the last element must be readable.
  PackedBits(const std::uint8_t* bytes, std::uint64_t count, unsigned width)
      : bytes_(bytes), count_(count), width_(width) {
    mask_ = width < 64 ? (std::uint64_t{1} << width) - 1 : ~std::uint64_t{0};
  }

  [[nodiscard]] std::uint64_t size() const { return count_; }
  [[nodiscard]] unsigned width() const { return width_; }
  /// No element is greater.
  [[nodiscard]] std::uint64_t most() const { return mask_; }
  [[nodiscard]] const std::uint8_t* bytes() const { return bytes_; }
  /// `index` must be below size(): it is not checked.
  [[nodiscard]] std::uint64_t operator[](std::uint64_t index) const {
    assert(index < count_);
    const std::uint64_t bit = index * width_;
    const std::uint64_t shift = bit % 8;
    const std::uint8_t* const at = bytes_ + bit / 8;
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    word >>= shift;
    if (shift + width_ > 64) word |= std::uint64_t{at[8]} << (64 - shift);
    return word & mask_;
  }

 private:
  const std::uint8_t* bytes_ = nullptr;
  std::uint64_t count_ = 0;
  unsigned width_ = 0;
  std::uint64_t mask_ = 0;
};

/// Document lengths (sums of term counts) by ordinal.
using Lengths = PackedView<std::uint32_t>;

}  // namespace stemma::segment
