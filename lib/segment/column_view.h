// A column of numbers or dates whose pages were verified before: any value is a load or two.
//
// Values stand by ascending document. Nearly always every document has exactly one; then value i is
// that of document i, and nothing has to be searched for.
#pragma once

#include <cstdint>
#include <cstring>

#include "segment/packed_view.h"
#include "stemma/types.h"

namespace stemma::segment {

/// Which document each value belongs to. A view: lives as long as the segment. Thread-safe.
class ColumnDocuments {
 public:
  ColumnDocuments() = default;  ///< of no values
  ColumnDocuments(PackedBits documents, bool one_each)
      : documents_(documents), one_each_(one_each) {}

  [[nodiscard]] std::uint64_t size() const { return documents_.size(); }
  /// Value i is that of document i, and no document is without.
  [[nodiscard]] bool one_each() const { return one_each_; }
  /// Ascending if the file is sound; a damaged one may say any number.
  [[nodiscard]] std::uint64_t operator[](std::uint64_t index) const { return documents_[index]; }
  /// The first value of `doc` or a later document; size() if none. `hint` is what an earlier call
  /// answered, best for a document shortly before.
  [[nodiscard]] std::uint64_t first_from(Ordinal doc, std::uint64_t hint) const {
    // Doubling steps from the hint, then halving.
    std::uint64_t begin = hint < size() && documents_[hint] < doc ? hint + 1 : 0;
    std::uint64_t end = size();
    if (begin > 0) {
      for (std::uint64_t step = 1; begin + step < size(); step *= 2) {
        if (documents_[begin + step] >= doc) {
          end = begin + step;
          break;
        }
        begin += step;
      }
    }
    while (begin < end) {
      const std::uint64_t middle = begin + (end - begin) / 2;
      if (documents_[middle] < doc) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }

 private:
  PackedBits documents_;
  bool one_each_ = false;
};

/// A packed number stands for least + number * unit, modulo 2^64.
struct ScaledNumbers {
  PackedBits numbers;
  std::uint64_t least = 0;
  std::uint64_t unit = 1;
  [[nodiscard]] std::uint64_t operator[](std::uint64_t index) const {
    return least + numbers[index] * unit;
  }
};

struct DateColumn {
  ColumnDocuments documents;
  ScaledNumbers firsts;
  ScaledNumbers lengths;  ///< last - first
  [[nodiscard]] DateInterval operator[](std::uint64_t index) const {
    const std::uint64_t first = firsts[index];
    return {.first = static_cast<std::int64_t>(first),
            .last = static_cast<std::int64_t>(first + lengths[index])};
  }
};

struct NumberColumn {
  ColumnDocuments documents;
  const std::uint8_t* values = nullptr;  ///< 64-bit floating point
  [[nodiscard]] double operator[](std::uint64_t index) const {
    double value = 0;
    std::memcpy(&value, values + index * sizeof value, sizeof value);
    return value;
  }
};

}  // namespace stemma::segment
