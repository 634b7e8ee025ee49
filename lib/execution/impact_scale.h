// From impact levels to bounds on scores, in whole numbers.
//
// A segment's impacts were computed with some k1, b and average length. Under others the tf-part of
// any posting grows by no more than one factor, which is found here; the bound of a posting is its
// level times its leaf's `unit`, and of a document the sum of these. Bounds are whole numbers so
// that sums are exact; every rounding is upward, and a threshold is rounded downward by more than
// all floating-point error of a score, so pruning by them never loses a hit.
#pragma once

#include <cstdint>

#include "scoring/bm25.h"
#include "segment/segment.h"

namespace stemma::execution {

class ImpactScale {
 public:
  /// For leaves whose weights add up to `total_weight`.
  ImpactScale(const segment::Segment& segment, const scoring::Bm25& bm25, double average_length,
              double total_weight);

  /// The bound of one level of a leaf; at level 255 a bound on its whole score.
  [[nodiscard]] std::uint32_t unit(double weight) const;
  /// What a bound must reach for the document's score to reach `score`.
  [[nodiscard]] std::uint32_t threshold(double score) const;
  /// A score that every posting of this level or a higher one reaches.
  [[nodiscard]] double least_score(double weight, std::uint8_t level) const;

  /// The largest bound of a document.
  static constexpr std::uint32_t kMost = std::uint32_t{1} << 30U;

 private:
  double growth_ = 1;  // a tf-part is at most level / 255 times this
  double shrink_ = 1;  // and more than (level - 1) / 255 times this
  double scale_ = 1;
};

}  // namespace stemma::execution
