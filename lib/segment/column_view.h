// A column of numbers or dates whose pages were verified before: any value is a load or two.
//
// Values stand by ascending document. Nearly always a document has one, or one at most: then its
// value is number i if it is document i, or as many as documents before it have one, and nothing
// has to be searched for. Which of these a column is, is found once a mapping.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "segment/packed_view.h"
#include "stemma/types.h"

namespace stemma::segment {

/// How the values of a column are spread over documents.
struct ValuePlaces {
  enum class Shape : std::uint8_t { one_each, one_at_most, several };
  Shape shape = Shape::several;
  // Of one_at_most only:
  std::vector<std::uint64_t> present;  ///< bit d: document d has a value
  std::vector<std::uint32_t> before;   ///< for each word of `present`: values before its first bit
};

/// Which document each value belongs to. A view: lives as long as the segment. Thread-safe.
class ColumnDocuments {
 public:
  ColumnDocuments() = default;  ///< of no values
  ColumnDocuments(PackedBits documents, const ValuePlaces& places)
      : documents_(documents), places_(&places) {}

  [[nodiscard]] std::uint64_t size() const { return documents_.size(); }
  /// Value i is that of document i, and no document is without.
  [[nodiscard]] bool one_each() const {
    return places_ != nullptr && places_->shape == ValuePlaces::Shape::one_each;
  }
  /// No document has two. Only then may place_of() and places() be called; if one_each() is true as
  /// well, places() is empty.
  [[nodiscard]] bool one_at_most() const {
    return places_ != nullptr && places_->shape != ValuePlaces::Shape::several;
  }
  [[nodiscard]] const ValuePlaces& places() const { return *places_; }
  /// The value of a document that is in the segment.
  [[nodiscard]] std::optional<std::uint64_t> place_of(Ordinal doc) const {
    if (one_each()) return doc;
    const std::uint64_t word = places_->present[doc / 64];
    const std::uint64_t bit = std::uint64_t{1} << (doc % 64);
    if ((word & bit) == 0) return std::nullopt;
    return places_->before[doc / 64] + static_cast<std::uint32_t>(std::popcount(word & (bit - 1)));
  }
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
  const ValuePlaces* places_ = nullptr;
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
